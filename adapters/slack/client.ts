/** Slack as customers are reached through it: direct messages, and threads in channels. */
import type { Channel, Delivery } from "../../core/ports.ts";
import type { StoredMessage } from "../../core/spine/events.ts";
import { SLACK_CAPABILITIES } from "./capabilities.ts";
import { type Failure, isGone, isThreadLost } from "./errors.ts";
import { type Files, planMedia } from "./files.ts";
import { addressOf, CHANNEL, entryId } from "./ids.ts";
import type { Poster, Target } from "./post.ts";
import type { Reach } from "./reach.ts";
import { renderPosts } from "./render.ts";
import type { Threads } from "./threads.ts";
import type { SlackDependencies } from "./types.ts";
import { say } from "./words.ts";

/** What became of a send, from how it failed. */
export function deliveryOf(failure: Failure): Exclude<Delivery, { result: "sent" }> {
  switch (failure.kind) {
    case "limited":
      return { result: "retry", reason: "rate_limited", afterMs: failure.afterMs };
    case "later":
      return { result: "retry", reason: failure.error, afterMs: failure.afterMs };
    case "unknown":
      return { result: "retry", reason: failure.error, afterMs: null };
    case "refused":
      return { result: "refused", reason: failure.error };
  }
}

export function createSlackChannel(
  { clock, intake }: Pick<SlackDependencies, "clock" | "intake">,
  poster: Poster,
  files: Files,
  threads: Threads,
  reach: Reach,
): Channel {
  const startedAt = clock.now();

  async function send(message: StoredMessage): Promise<Delivery> {
    const address = addressOf(message.conversation);
    if (address === null) return { result: "refused", reason: "not_a_slack_conversation" };
    const thread = address.user === null ? null : await threads.get(message.conversation);
    // Only a placeholder of a list and a hint depend on it.
    const language = /\p{Script=Han}/u.test(message.text) || message.text === "" ? "zh-CN" : "en";
    const plan = message.media === null ? null : planMedia(message.media);
    const told =
      plan?.by === "words"
        ? `📎 ${[message.media!.name, plan.address ?? say("file.kept_away", language)].filter(Boolean).join(" · ")}`
        : "";
    const rendered = {
      text: [message.text, told].filter((part) => part !== "").join("\n"),
      buttons: message.buttons,
      owner: { kind: "customer", user: address.user } as const,
      language,
      links: true,
    } as const;
    const batch = (target: Target) => ({
      key: `${message.conversation}#${message.id}`,
      posts: renderPosts(
        target.thread === null && address.user !== null ? { ...rendered, mention: { users: [address.user], room: false } } : rendered,
      ),
      target,
      triedBefore: message.attempts > 0 || message.at < startedAt,
      since: message.at,
    });
    let target: Target = { channel: address.channel, thread };
    let posted = await poster.post(batch(target));
    if (!posted.ok && thread !== null && isThreadLost(posted.failure)) {
      // The thread was deleted: the answer goes to the channel, with the customer called by name.
      target = { channel: address.channel, thread: null };
      posted = await poster.post(batch(target));
    }
    if (!posted.ok) return failed(message, posted.failure);
    if (plan !== null && plan.by !== "words") {
      const failure = await files.share(`${message.conversation}#${message.id}`, plan, target);
      if (failure !== null) return failed(message, failure);
    }
    return { result: "sent" };
  }

  async function failed(message: StoredMessage, failure: Failure): Promise<Delivery> {
    const { conversation } = message;
    if (isGone(failure) && !(await reach.isGone(conversation))) {
      const event = { kind: "reach", reachable: false, reason: failure.kind === "refused" ? failure.error : failure.kind } as const;
      await intake.accept([{ id: entryId(conversation, "reach", message.id), conversation, receivedAt: clock.now(), event }], (unit) =>
        reach.mark(unit, conversation, true),
      );
    }
    return deliveryOf(failure);
  }

  return { name: CHANNEL, capabilities: SLACK_CAPABILITIES, send };
}
