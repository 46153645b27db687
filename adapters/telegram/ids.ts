/** Ids between Telegram's form and ours. Pure; nothing outside this file builds or reads the key of a conversation. */
import type { ConversationId } from "../../core/spine/events.ts";

export const CHANNEL = "telegram";

/** `telegram:<chat id>`; only private chats become conversations. */
export function conversationOf(chat: number): ConversationId {
  return `${CHANNEL}:${chat}`;
}

/** The private chat of a conversation, or `null` when it isn't one of ours. */
export function chatOf(conversation: ConversationId): number | null {
  const match = /^telegram:([1-9]\d{0,15})$/.exec(conversation);
  return match ? Number(match[1]) : null;
}

/**
 * `telegram:<chat>:<bot>.<what>`. The bot's id is part of it because message ids begin at 1 again when a shop changes its bot:
 * without it a customer's first words to the new bot would count as known.
 *
 * @param what the message's id, or another id of the update behind a letter that tells them apart
 */
export function entryId(chat: number, bot: number, what: number | string): string {
  return `${conversationOf(chat)}:${bot}.${what}`;
}

/** The bot's id: what stands before the colon of its token; `null` when the token has not that form. */
export function botIdOf(token: string): number | null {
  const match = /^(\d{1,15}):[A-Za-z0-9_-]+$/.exec(token);
  return match ? Number(match[1]) : null;
}

/** A chat's id as settings have it; `null` when it is none. */
export function chatIdFrom(setting: string | null): number | null {
  return setting !== null && /^-?\d{1,16}$/.test(setting.trim()) ? Number(setting) : null;
}

/** Media by file id. Another bot can't use it, so it carries no bot. */
const FILE = "telegram-file:";

export function fileRef(fileId: string): string {
  return FILE + fileId;
}

export function fileIdOf(ref: string): string | null {
  return ref.startsWith(FILE) ? ref.slice(FILE.length) : null;
}
