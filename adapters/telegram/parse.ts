/** Telegram's updates → what happened. Pure: never throws, never asks anyone; what isn't for us says why. */
import type { InboxEntry, Media } from "../../core/spine/events.ts";
import type { Instant } from "../../core/time.ts";
import { CUSTOMER_COMMANDS, PHONE_COMMAND } from "./commands.ts";
import { conversationOf, entryId } from "./ids.ts";
import { mediaOf, otherContent } from "./media.ts";
import { type TelegramMessage, type TelegramUpdate, type TelegramUser, updateSchema } from "./updates.ts";

export interface ParseContext {
  /** Id of our bot. */
  readonly bot: number;
  /** Its `@name` without the sign; `null` until Telegram told it. */
  readonly botName: string | null;
  /** Where staff sit; `null` = nowhere on Telegram. */
  readonly staffChat: number | null;
  readonly now: Instant;
}

export interface AlbumPart {
  readonly message: number;
  readonly media: Media;
  readonly text: string | null;
}

/** Who wrote, as far as the channel needs it to answer. */
export interface Writer {
  readonly chat: number;
  readonly user: number;
  readonly language: string | null;
  /** Topic of a private chat that has topics. */
  readonly thread: number | null;
}

export type Parsed =
  /** Goes to the inbox as it is. */
  | { readonly kind: "entry"; readonly entry: InboxEntry; readonly writer: Writer; readonly message: number | null }
  | { readonly kind: "album"; readonly group: string; readonly part: AlbumPart; readonly writer: Writer }
  /** The customer asks for the button that hands over one's own number. */
  | { readonly kind: "ask_phone"; readonly writer: Writer; readonly message: number }
  | {
      readonly kind: "press";
      readonly query: string;
      readonly data: string;
      /** The message that has the button. */
      readonly message: number;
      readonly chat: number;
      readonly user: number;
      readonly thread: number | null;
      readonly staff: boolean;
    }
  /** Something written in the staff room: in a case's topic, or a command anywhere in it. */
  | {
      readonly kind: "staff";
      readonly message: number;
      readonly user: number;
      readonly thread: number | null;
      readonly act:
        | { readonly kind: "text"; readonly text: string }
        | { readonly kind: "media"; readonly media: Media; readonly text: string | null };
    }
  | { readonly kind: "reaction"; readonly message: number; readonly user: number; readonly emoji: string; readonly update: number }
  /** An admin whom Telegram hides acted in the staff room. */
  | { readonly kind: "anonymous"; readonly message: number; readonly thread: number | null }
  | { readonly kind: "migrated"; readonly from: number; readonly to: number }
  /** The bot came into a group, or left it. */
  | { readonly kind: "group"; readonly chat: number; readonly title: string; readonly forum: boolean; readonly inside: boolean }
  | { readonly kind: "ignored"; readonly reason: string };

export interface ParsedUpdate {
  /** `null` when there is none: then it is no update. */
  readonly update: number | null;
  readonly parsed: Parsed;
}

const ignored = (reason: string): Parsed => ({ kind: "ignored", reason });

export function parseUpdate(body: unknown, context: ParseContext): ParsedUpdate {
  const read = updateSchema.safeParse(body);
  if (!read.success) {
    const known = typeof body === "object" && body !== null ? (body as { update_id?: unknown }).update_id : null;
    return { update: Number.isSafeInteger(known) ? (known as number) : null, parsed: ignored("shape") };
  }
  return { update: read.data.update_id, parsed: sort(read.data, context) };
}

function sort(update: TelegramUpdate, context: ParseContext): Parsed {
  if (update.message) return sortMessage(update.message, context);
  if (update.edited_message) return sortEdit(update.edited_message, update.update_id, context);
  if (update.callback_query) return sortPress(update.callback_query, context);
  if (update.my_chat_member) return sortMember(update.my_chat_member, update.update_id, context);
  if (update.message_reaction) return sortReaction(update.message_reaction, update.update_id, context);
  return ignored("kind");
}

function sortMessage(message: TelegramMessage, context: ParseContext): Parsed {
  const { chat } = message;
  if (message.migrate_to_chat_id !== undefined) return { kind: "migrated", from: chat.id, to: message.migrate_to_chat_id };
  if (message.migrate_from_chat_id !== undefined) return { kind: "migrated", from: message.migrate_from_chat_id, to: chat.id };
  if (chat.id === context.staffChat) return sortStaff(message, context);
  if (chat.type !== "private") return ignored("group");
  const { from } = message;
  if (!from || from.is_bot || from.id !== chat.id) return ignored("sender");
  return sortCustomer(message, from, context);
}

function writerOf(message: TelegramMessage, from: TelegramUser): Writer {
  const thread = message.is_topic_message ? (message.message_thread_id ?? null) : null;
  return { chat: message.chat.id, user: from.id, language: from.language_code ?? null, thread };
}

function sortCustomer(message: TelegramMessage, from: TelegramUser, context: ParseContext): Parsed {
  const writer = writerOf(message, from);
  const entry = (event: InboxEntry["event"]): Parsed => ({
    kind: "entry",
    writer,
    message: message.message_id,
    entry: {
      id: entryId(writer.chat, context.bot, message.message_id),
      conversation: conversationOf(writer.chat),
      receivedAt: context.now,
      event,
    },
  });

  const media = mediaOf(message);
  const caption = wordsOf(message.caption);
  if (media) {
    if (message.media_group_id !== undefined)
      return { kind: "album", group: message.media_group_id, part: { message: message.message_id, media, text: caption }, writer };
    return entry({ kind: "media", media, text: media.kind === "location" ? venueWords(message) : caption });
  }
  if (message.contact) {
    const { contact } = message;
    // People can forward anybody's card: only their own proves anything (Bot API, Contact.user_id).
    const proven = contact.user_id !== undefined && contact.user_id === from.id;
    return entry({
      kind: "contact",
      phone: phoneOf(contact.phone_number, proven),
      name: nameOf(contact.first_name, contact.last_name),
      proven,
    });
  }
  const text = wordsOf(message.text);
  if (text !== null) {
    const command = commandOf(text, context.botName);
    if (command?.name === "start" || command?.name === "help") {
      const scene = command.name === "start" ? command.rest || null : null;
      return entry({ kind: "opened", scene, name: nameOf(from.first_name, from.last_name), language: from.language_code ?? null });
    }
    if (command?.name === PHONE_COMMAND.name) return { kind: "ask_phone", writer, message: message.message_id };
    const known = CUSTOMER_COMMANDS.find((one) => one.name === command?.name);
    // Words behind a command are worth more than the command: "/book tomorrow at two".
    if (known && command!.rest === "") return entry({ kind: "press", value: known.press });
    return entry({ kind: "message", text: known ? command!.rest : text });
  }
  const other = otherContent(message);
  if (other === null) return ignored("service_message");
  return entry(typeof other === "string" ? { kind: "message", text: other } : { kind: "media", media: other, text: null });
}

function sortEdit(message: TelegramMessage, update: number, context: ParseContext): Parsed {
  const { chat, from } = message;
  // What staff change later has been done already; a case is told by a new message.
  if (chat.id === context.staffChat || chat.type !== "private") return ignored("edit_in_group");
  if (!from || from.is_bot || from.id !== chat.id) return ignored("sender");
  const text = wordsOf(message.text) ?? wordsOf(message.caption);
  // A live location moves by edits; where the customer is was said by the first.
  if (text === null) return ignored("edit_without_words");
  return {
    kind: "entry",
    writer: writerOf(message, from),
    message: null,
    entry: {
      id: entryId(chat.id, context.bot, `u${update}`),
      conversation: conversationOf(chat.id),
      receivedAt: context.now,
      event: { kind: "edited", message: entryId(chat.id, context.bot, message.message_id), text },
    },
  };
}

function sortPress(query: NonNullable<TelegramUpdate["callback_query"]>, context: ParseContext): Parsed {
  const { message, from, data } = query;
  if (!message || data === undefined || from.is_bot) return ignored("press_without_message");
  const staff = message.chat.id === context.staffChat;
  if (!staff && (message.chat.type !== "private" || from.id !== message.chat.id)) return ignored("press_in_group");
  const thread = message.message_thread_id ?? null;
  return { kind: "press", query: query.id, data, message: message.message_id, chat: message.chat.id, user: from.id, thread, staff };
}

function sortMember(change: NonNullable<TelegramUpdate["my_chat_member"]>, update: number, context: ParseContext): Parsed {
  const { chat, new_chat_member: member } = change;
  const inside = !["left", "kicked"].includes(member.status) && member.is_member !== false;
  if (chat.type !== "private") return { kind: "group", chat: chat.id, title: chat.title ?? "", forum: chat.is_forum ?? false, inside };
  return {
    kind: "entry",
    writer: { chat: chat.id, user: chat.id, language: change.from.language_code ?? null, thread: null },
    message: null,
    entry: {
      id: entryId(chat.id, context.bot, `u${update}`),
      conversation: conversationOf(chat.id),
      receivedAt: context.now,
      event: { kind: "reach", reachable: inside, reason: inside ? "started" : "blocked" },
    },
  };
}

function sortReaction(change: NonNullable<TelegramUpdate["message_reaction"]>, update: number, context: ParseContext): Parsed {
  if (change.chat.id !== context.staffChat) return ignored("reaction_elsewhere");
  if (!change.user || change.user.is_bot) return ignored("reaction_without_name");
  const before = change.old_reaction.map((one) => one.emoji);
  const added = change.new_reaction.map((one) => one.emoji).find((emoji) => emoji !== undefined && !before.includes(emoji));
  if (added === undefined) return ignored("reaction_taken_back");
  return { kind: "reaction", message: change.message_id, user: change.user.id, emoji: added, update };
}

/** In a topic everything counts; in the room itself, where staff talk among themselves, only what is said to the bot. */
function sortStaff(message: TelegramMessage, context: ParseContext): Parsed {
  const { from } = message;
  const thread = message.is_topic_message ? (message.message_thread_id ?? null) : null;
  const media = mediaOf(message);
  const words = wordsOf(message.text) ?? wordsOf(message.caption);
  const command = words === null ? null : commandOf(words, context.botName);
  const spoken = words === null ? null : spokenTo(words, context.botName);
  if (words?.startsWith("/") && /^\/\w+@/.test(words) && command === null) return ignored("another_bots_command");
  if (thread === null && command === null && spoken === null) return ignored("talk_in_general");
  if (words === null && !media) return ignored("service_message");
  if (message.sender_chat !== undefined) return { kind: "anonymous", message: message.message_id, thread };
  if (!from || from.is_bot) return ignored("sender");
  // Said to the bot by its name it is a command as much as behind a slash.
  const named = spoken === null ? null : spoken.startsWith("/") ? spoken : `/${spoken}`;
  const text = command ? `/${command.name}${command.rest ? ` ${command.rest}` : ""}` : (named ?? words);
  if (media) return { kind: "staff", message: message.message_id, user: from.id, thread, act: { kind: "media", media, text } };
  return { kind: "staff", message: message.message_id, user: from.id, thread, act: { kind: "text", text: text! } };
}

/** `/name rest`, or `/name@ourbot rest`; `null` when it is none, or another bot's. */
function commandOf(text: string, botName: string | null): { readonly name: string; readonly rest: string } | null {
  const match = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?=\s|$)\s*([\s\S]*)$/.exec(text);
  if (!match) return null;
  const [, name, to, rest] = match;
  if (to !== undefined && botName !== null && to.toLowerCase() !== botName.toLowerCase()) return null;
  return { name: name!.toLowerCase(), rest: rest!.trim() };
}

/** What stands behind `@ourbot`, or `null`. */
function spokenTo(text: string, botName: string | null): string | null {
  if (botName === null || !text.toLowerCase().startsWith(`@${botName.toLowerCase()}`)) return null;
  const rest = text.slice(botName.length + 1).trim();
  return /^[A-Za-z0-9_]/.test(text.slice(botName.length + 1)) || rest === "" ? null : rest;
}

/** Words that can be kept: whole characters, no NUL, no blanks around; `null` when nothing is left. */
function wordsOf(text: string | undefined): string | null {
  const words = text?.toWellFormed().replaceAll("\0", "").trim();
  return words ? words : null;
}

function nameOf(first: string | undefined, last: string | undefined): string | null {
  return wordsOf([first, last].filter(Boolean).join(" "));
}

/** Telegram writes its users' own numbers with the country in front and, mostly, without the plus. */
function phoneOf(phone: string, own: boolean): string {
  const plain = (wordsOf(phone) ?? "").replace(/[^\d+]/g, "");
  return own && !plain.startsWith("+") ? `+${plain}` : plain;
}

function venueWords(message: TelegramMessage): string | null {
  return wordsOf([message.venue?.title, message.venue?.address].filter(Boolean).join("，"));
}
