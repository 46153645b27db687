/**
 * What to do with an update, whichever way it came. Resolves when everything of it is kept; throws when it could not be, and then
 * Telegram sends it again. What is said back to Telegram or to staff beyond that may fail without harm.
 */
import { AnxinError, errorName } from "../../core/errors.ts";
import type { StaffAct } from "../../core/ports.ts";
import type { Albums } from "./albums.ts";
import { TEXT_LIMIT, TOAST_LIMIT } from "./capabilities.ts";
import type { TelegramClient } from "./client.ts";
import { ANONYMOUS_WORDS, ID_COMMAND, languageOf, PHONE_WORDS } from "./commands.ts";
import { CHANNEL, conversationOf, entryId } from "./ids.ts";
import type { Ledger } from "./ledger.ts";
import type { Notes } from "./notes.ts";
import type { UpdateLine } from "./overtake.ts";
import { type Parsed, parseUpdate, type Writer } from "./parse.ts";
import type { Room } from "./room.ts";
import { offerTraditional } from "./setup.ts";
import { clip, shorten } from "./text.ts";
import type { Threads } from "./threads.ts";
import type { ButtonTokens } from "./tokens.ts";
import type { TelegramDependencies, TelegramLimits } from "./types.ts";

/** What a reaction of staff stands for. Nothing is resolved by a reaction: that reaches the customer, and takes words. */
const CLAIM = "👀";
/** A nod: to a page it says that it was heard, to anything else it is a note. */
const NODS = ["👍", "👌", "🫡"];

/** A press whose button is too old: no button has this id, so the customer is told that it no longer holds, in the right language. */
const STALE_PRESS = "stale:";

export interface ReceiveParts {
  readonly bot: number;
  readonly botName: () => string | null;
  readonly dependencies: TelegramDependencies;
  readonly limits: TelegramLimits;
  readonly client: TelegramClient;
  readonly albums: Albums;
  readonly ledger: Ledger;
  readonly notes: Notes;
  readonly room: Room;
  readonly threads: Threads;
  readonly tokens: ButtonTokens;
  /** `null` when updates come in order by themselves. */
  readonly line: UpdateLine | null;
}

export interface Receive {
  update(body: unknown): Promise<void>;
  /** Resolves when no answer to Telegram is under way any more. */
  idle(): Promise<void>;
}

export function createReceive(parts: ReceiveParts): Receive {
  const { bot, dependencies, limits, client, albums, ledger, notes, room, threads, tokens, line } = parts;
  const { intake, staffIntake, store, clock, log } = dependencies;
  const answers = new Set<Promise<void>>();

  /** Says something beside what is kept; its failure is logged and changes nothing. */
  function beside(what: string, act: () => Promise<{ readonly ok: boolean; readonly failure?: { readonly kind: string } }>): void {
    const run: Promise<void> = act()
      .then((answer) => {
        if (!answer.ok && answer.failure?.kind !== "query_old") log("debug", "telegram.not_said", { what, failure: answer.failure?.kind });
      })
      .catch((error: unknown) => log("warn", "telegram.not_said", { what, error: errorName(error) }))
      .finally(() => answers.delete(run));
    answers.add(run);
  }

  const answerPress = (query: string, say: string | null): void =>
    beside("answer", () =>
      client.ask((raw) =>
        raw.answerCallbackQuery({
          callback_query_id: query,
          ...(say === null ? {} : { text: shorten(say, TOAST_LIMIT), show_alert: true }),
        }),
      ),
    );

  /** The button that hands over one's number, and the thanks that take it away again, belong to Telegram alone: no transcript. */
  const sayTo = (writer: Writer, words: keyof Omit<typeof PHONE_WORDS, "button">): void => {
    const language = languageOf(writer.language);
    const markup =
      words === "ask"
        ? { keyboard: [[{ text: PHONE_WORDS.button[language], request_contact: true }]], resize_keyboard: true, one_time_keyboard: true }
        : { remove_keyboard: true as const };
    beside(words, () =>
      client.ask((raw) =>
        raw.sendMessage({
          chat_id: writer.chat,
          text: PHONE_WORDS[words][language],
          reply_markup: markup,
          ...(writer.thread === null ? {} : { message_thread_id: writer.thread }),
        }),
      ),
    );
  };

  async function customerPress(press: Extract<Parsed, { kind: "press" }>): Promise<void> {
    const conversation = conversationOf(press.chat);
    const opened = tokens.openMessage(press.data, conversation);
    if (opened === null) {
      log("warn", "telegram.press_forged", {});
      return answerPress(press.query, null);
    }
    const message = await store.unit(async (unit) => (await unit.messages.list(conversation, opened.seq - 1, 1))[0]);
    const button = message?.seq === opened.seq ? message.buttons[opened.index] : undefined;
    const fresh = message !== undefined && clock.now() - message.at < limits.buttonMs;
    await intake.accept([
      {
        id: entryId(press.chat, bot, `q${press.query}`),
        conversation,
        receivedAt: clock.now(),
        event: { kind: "press", value: button && fresh ? button.id : STALE_PRESS },
      },
    ]);
    answerPress(press.query, null);
  }

  async function staffPress(press: Extract<Parsed, { kind: "press" }>): Promise<void> {
    const button = tokens.isOfCase(press.data) ? await room.button(press.data) : null;
    if (!button || clock.now() >= button.until) {
      log("warn", button ? "telegram.staff_press_expired" : "telegram.staff_press_forged", {});
      return answerPress(press.query, button ? "⏱ 此按钮已过期。 This button has expired." : null);
    }
    const result = await staffIntake.accept({
      ...actBase(press.chat, `q${press.query}`, press.user),
      case: button.case,
      thread: press.thread === null ? null : String(press.thread),
      act: { kind: "press", button: button.button },
    });
    const say = result.result === "refused" ? result.say : null;
    // What doesn't fit a client's alert is said below.
    const short = say !== null && say.length <= TOAST_LIMIT;
    answerPress(press.query, short ? say : null);
    if (say !== null && !short) tell(press.chat, press.thread, press.user, press.message, say);
  }

  const actBase = (chat: number, what: number | string, user: number): Pick<StaffAct, "id" | "channel" | "actor" | "receivedAt"> => ({
    id: entryId(chat, bot, what),
    channel: CHANNEL,
    actor: String(user),
    receivedAt: clock.now(),
  });

  /** To one person where Telegram can (an ephemeral message), else as an answer below what they wrote. */
  function tell(chat: number, thread: number | null, user: number, message: number, say: string): void {
    const words = {
      chat_id: chat,
      text: clip(say, TEXT_LIMIT),
      link_preview_options: { is_disabled: true },
      ...(thread === null ? {} : { message_thread_id: thread }),
    };
    beside("refusal", async () => {
      const alone = await client.ask((raw) => raw.sendMessage({ ...words, ephemeral_message_parameters: { receiver_user_id: user } }));
      if (alone.ok || alone.failure.kind !== "refused") return alone;
      return client.ask((raw) =>
        raw.sendMessage({ ...words, reply_parameters: { message_id: message, allow_sending_without_reply: true } }),
      );
    });
  }

  async function staffWrote(chat: number, written: Extract<Parsed, { kind: "staff" }>): Promise<void> {
    if (written.act.text === `/${ID_COMMAND.name}`) {
      return tell(chat, written.thread, written.user, written.message, `您的 Telegram 编号 · Your Telegram id: ${written.user}`);
    }
    const result = await staffIntake.accept({
      ...actBase(chat, written.message, written.user),
      case: null,
      thread: written.thread === null ? null : String(written.thread),
      act: written.act,
    });
    if (result.result === "refused") tell(chat, written.thread, written.user, written.message, result.say);
  }

  async function staffReacted(chat: number, reacted: Extract<Parsed, { kind: "reaction" }>): Promise<void> {
    if (reacted.emoji !== CLAIM && !NODS.includes(reacted.emoji)) return;
    const at = await room.postedAt(reacted.message);
    if (at === null) return;
    const text = reacted.emoji === CLAIM ? "/claim" : at.page ? "/ack" : `/note ${reacted.emoji}`;
    const result = await staffIntake.accept({
      ...actBase(chat, `u${reacted.update}`, reacted.user),
      case: at.case,
      thread: at.thread === null ? null : String(at.thread),
      act: { kind: "text", text },
    });
    if (result.result === "refused") tell(chat, at.thread, reacted.user, reacted.message, result.say);
  }

  async function keep(parsed: Parsed): Promise<void> {
    const staffChat = room.chat();
    switch (parsed.kind) {
      case "entry": {
        if (parsed.message !== null) ledger.note(parsed.writer.chat, parsed.message);
        await threads.wrote(parsed.writer.chat, parsed.writer.thread);
        const [result] = await intake.accept([parsed.entry]);
        const { event } = parsed.entry;
        if (result !== "new") return;
        if (event.kind === "contact" && event.proven) sayTo(parsed.writer, "thanks");
        if (event.kind === "opened" && languageOf(event.language) === "zh-TW")
          beside("commands", () => offerTraditional(client, parsed.writer.chat));
        return;
      }
      case "album":
        ledger.note(parsed.writer.chat, parsed.part.message);
        await threads.wrote(parsed.writer.chat, parsed.writer.thread);
        return albums.add(parsed.writer.chat, parsed.group, parsed.part);
      case "ask_phone":
        ledger.note(parsed.writer.chat, parsed.message);
        return sayTo(parsed.writer, "ask");
      case "press":
        return parsed.staff ? staffPress(parsed) : customerPress(parsed);
      case "staff":
        return staffWrote(staffChat!, parsed);
      case "reaction":
        return staffReacted(staffChat!, parsed);
      case "anonymous":
        return beside("anonymous", () =>
          client.ask((raw) =>
            raw.sendMessage({
              chat_id: staffChat!,
              text: ANONYMOUS_WORDS,
              ...(parsed.thread === null ? {} : { message_thread_id: parsed.thread }),
              reply_parameters: { message_id: parsed.message, allow_sending_without_reply: true },
            }),
          ),
        );
      case "migrated":
        return room.moved(parsed.from, parsed.to);
      case "group":
        if (parsed.inside) await notes.write({ group: { chat: parsed.chat, title: parsed.title } });
        if (parsed.chat === staffChat && !parsed.inside) log("error", "telegram.staff_chat_lost", { failure: "kicked" });
        return log("info", "telegram.group", { chat: parsed.chat, inside: parsed.inside, forum: parsed.forum });
      case "ignored":
        return log("debug", "telegram.ignored", { reason: parsed.reason });
    }
  }

  return {
    async update(body) {
      const { update, parsed } = parseUpdate(body, { bot, botName: parts.botName(), staffChat: room.chat(), now: clock.now() });
      const kept = update !== null && line ? line.begin(update) : () => undefined;
      if (parsed.kind === "press" && update !== null && line) await line.clear(update);
      try {
        await keep(parsed);
      } catch (error) {
        // What no store can keep would come again for a day, and hold up everything behind it.
        if (!(error instanceof AnxinError && error.code === "unstorable_text")) throw error;
        log("error", "telegram.update_unstorable", { update });
      }
      kept();
    },
    async idle() {
      while (answers.size > 0) await Promise.all(answers);
    },
  };
}
