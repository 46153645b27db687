/**
 * The staff channel: one thread a case. Its first message is the case's card, kept up to date; what happens stands below it.
 * A card that is gone (deleted, or the channel was changed) is posted anew, and the case goes on there.
 */
import { createHash } from "node:crypto";
import type { Language } from "../../core/language.ts";
import type { StaffChannel, StaffDelivery, StaffPlace, StaffPost } from "../../core/ports.ts";
import { DAY_MS } from "../../core/time.ts";
import type { SlackApi } from "./api.ts";
import { SLACK_STAFF_CAPABILITIES } from "./capabilities.ts";
import { renderCard, renderStaffPosts } from "./card.ts";
import { deliveryOf } from "./client.ts";
import { type Failure, isThreadLost } from "./errors.ts";
import { type Files, planMedia } from "./files.ts";
import { CHANNEL } from "./ids.ts";
import { AFTER_START_MS, type Posted, type Poster } from "./post.ts";
import { fallbackOf, renderPosts, richText } from "./render.ts";
import type { Post, SlackDependencies } from "./types.ts";
import { say } from "./words.ts";

/** Cards whose last look is remembered, so that one that didn't change isn't sent again. */
const REMEMBERED = 2_000;
/** A post is looked for this far back. */
const LOOK_BACK_MS = DAY_MS;

const lookOf = (card: Post): string => createHash("sha256").update(JSON.stringify(card)).digest("base64");

export interface SlackStaffParts {
  readonly dependencies: Pick<SlackDependencies, "clock" | "log">;
  readonly api: SlackApi;
  readonly poster: Poster;
  readonly files: Files;
  /** Id of the channel. */
  readonly room: string;
  /** Language of staff, for what the channel says itself. */
  readonly language: Language;
}

export function createSlackStaff({ dependencies, api, poster, files, room, language }: SlackStaffParts): StaffChannel {
  const { clock, log } = dependencies;
  const startedAt = clock.now();
  const cards = new Map<string, string>();

  const remember = (ts: string, card: Post): void => {
    cards.delete(ts);
    cards.set(ts, lookOf(card));
    if (cards.size > REMEMBERED) cards.delete(cards.keys().next().value!);
  };

  function post(key: string, posts: readonly Post[], thread: string | null, broadcast = false): Promise<Posted> {
    const now = clock.now();
    return poster.post({
      key,
      posts,
      target: { channel: room, thread, broadcast },
      triedBefore: now - startedAt < AFTER_START_MS,
      since: now - LOOK_BACK_MS,
    });
  }

  /** The first message of a case's thread. */
  async function open(given: StaffPost): Promise<StaffPlace | Failure> {
    const card: Post =
      given.card === null
        ? { text: fallbackOf(given.case!), blocks: [richText(given.case!)] }
        : renderCard(given.card, given.buttons, language);
    const posted = await post(`${given.id}#card`, [card], null);
    if (!posted.ok) return posted.failure;
    const ts = posted.timestamps[0]!;
    remember(ts, card);
    return { thread: ts, card: given.card === null ? null : ts };
  }

  /** @returns `lost` when the card is not there any more */
  async function update(given: StaffPost, ts: string): Promise<"done" | "lost" | Failure> {
    const card = renderCard(given.card!, given.buttons, language);
    if (cards.get(ts) === lookOf(card)) return "done";
    const updated = await api.call("chat.update", { channel: room, ts, text: card.text, blocks: card.blocks });
    if (updated.ok) {
      remember(ts, card);
      return "done";
    }
    if (isThreadLost(updated.failure)) return "lost";
    // A card that Slack no longer lets change is no reason to keep the news back.
    if (updated.failure.kind === "refused") {
      log("warn", "slack card not updated", { error: updated.failure.error });
      return "done";
    }
    return updated.failure;
  }

  async function send(given: StaffPost, place: StaffPlace | null): Promise<StaffDelivery> {
    let at = place;
    if (given.case !== null) {
      // A thread that was begun without a card shows it in its first message from now on.
      const shown = at?.card ?? at?.thread ?? null;
      if (shown !== null && given.card !== null) {
        const updated = await update(given, shown);
        if (updated === "lost") at = null;
        else if (updated !== "done") return deliveryOf(updated);
        else at = { thread: at?.thread ?? shown, card: shown };
      }
      if (at === null || at.thread === null) {
        const opened = await open(given);
        if ("kind" in opened) return deliveryOf(opened);
        at = opened;
      }
    }
    const first = await speak(given, at);
    if (first === "lost" && given.case !== null) {
      const opened = await open(given);
      if ("kind" in opened) return deliveryOf(opened);
      at = opened;
      const again = await speak(given, at);
      return again === "lost" ? { result: "refused", reason: "thread_lost" } : (again ?? { result: "sent", place: at });
    }
    if (first === "lost") return { result: "refused", reason: "thread_lost" };
    return first ?? { result: "sent", place: at ?? { thread: null, card: null } };
  }

  /** The words and the media of a post; `null` when they are there. */
  async function speak(given: StaffPost, at: StaffPlace | null): Promise<null | "lost" | Exclude<StaffDelivery, { result: "sent" }>> {
    const thread = at?.thread ?? null;
    const plan = given.media === null ? null : planMedia(given.media);
    const told =
      plan?.by === "words" ? `📎 ${[given.media!.name, plan.address ?? say("file.kept_away", language)].filter(Boolean).join(" · ")}` : "";
    const posts = renderStaffPosts(told === "" ? given : { ...given, text: [given.text, told].filter(Boolean).join("\n") }, language);
    const posted = await post(given.id, posts, thread, given.page && thread !== null);
    if (!posted.ok) return isThreadLost(posted.failure) ? "lost" : deliveryOf(posted.failure);
    if (plan !== null && plan.by !== "words") {
      const failure = await files.share(given.id, plan, { channel: room, thread });
      if (failure?.kind === "refused") {
        // The words are there; that a picture is missing must show.
        const note = `📎 ${[given.media!.name, say("file.kept_away", language)].filter(Boolean).join(" · ")}`;
        const noted = await post(
          `${given.id}#file`,
          renderPosts({ text: note, buttons: [], owner: { kind: "case", number: given.case }, language }),
          thread,
        );
        return noted.ok ? null : deliveryOf(noted.failure);
      }
      if (failure !== null) return deliveryOf(failure);
    }
    return null;
  }

  return { name: CHANNEL, capabilities: SLACK_STAFF_CAPABILITIES, send };
}
