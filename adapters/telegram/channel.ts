/** Sends to customers, and says what became of it. */
import { errorName } from "../../core/errors.ts";
import type { Channel, Delivery } from "../../core/ports.ts";
import type { StoredMessage } from "../../core/spine/events.ts";
import { CAPABILITIES, TEXT_LIMIT } from "./capabilities.ts";
import { type Failure, outcomeOf } from "./failure.ts";
import { CHANNEL, chatOf, entryId } from "./ids.ts";
import { type Part, renderMessage, renderPlain } from "./render.ts";
import type { Sends } from "./sends.ts";
import type { Threads } from "./threads.ts";
import type { ButtonTokens } from "./tokens.ts";
import type { TelegramDependencies } from "./types.ts";

export interface ChannelParts {
  readonly bot: number;
  readonly dependencies: TelegramDependencies;
  readonly sends: Sends;
  readonly tokens: ButtonTokens;
  readonly threads: Threads;
}

export function createTelegramChannel({ bot, dependencies, sends, tokens, threads }: ChannelParts): Channel {
  const { intake, clock, log } = dependencies;

  const run = async (chat: number, message: StoredMessage, parts: readonly Part[], form = "") =>
    sends.run({
      key: `send:${chat}`,
      id: `${message.seq}${form}`,
      to: { chat, thread: await threads.of(chat), quiet: false },
      parts,
      anewAfterMs: null,
    });

  /** The conversation hears that its customer can't be reached, whether or not Telegram tells of it by itself. */
  async function tellGone(chat: number, message: StoredMessage, reason: string): Promise<void> {
    try {
      await intake.accept([
        {
          id: entryId(chat, bot, `g${message.seq}`),
          conversation: message.conversation,
          receivedAt: clock.now(),
          event: { kind: "reach", reachable: false, reason },
        },
      ]);
    } catch (error) {
      // The refusal itself reaches the conversation by another way: the message comes back as undelivered.
      log("warn", "telegram.reach_not_kept", { message: message.id, error: errorName(error) });
    }
  }

  async function settle(chat: number, message: StoredMessage, failure: Failure): Promise<Delivery> {
    if (failure.kind === "unauthorized") log("error", "telegram.unauthorized", {});
    if (failure.kind === "gone") await tellGone(chat, message, failure.reason);
    return outcomeOf(failure);
  }

  return {
    name: CHANNEL,
    capabilities: CAPABILITIES,
    async send(message) {
      const chat = chatOf(message.conversation);
      if (chat === null) return { result: "refused", reason: "not_a_private_chat" };
      const render = (room = TEXT_LIMIT): readonly Part[] =>
        renderMessage(message, (index) => tokens.ofMessage(message.conversation, message.seq, index), room);
      const parts = render();
      if (parts.length === 0) return { result: "refused", reason: "nothing_to_send" };
      let answer = await run(chat, message, parts);
      if (!answer.ok && answer.failure.kind === "topic_gone") {
        await threads.forget(chat);
        answer = await run(chat, message, parts);
      }
      if (!answer.ok && answer.failure.kind === "too_long") answer = await run(chat, message, render(TEXT_LIMIT / 2), "~short");
      if (!answer.ok && answer.failure.kind === "markup") answer = await run(chat, message, renderPlain(message), "~plain");
      return answer.ok ? { result: "sent" } : settle(chat, message, answer.failure);
    },
  };
}
