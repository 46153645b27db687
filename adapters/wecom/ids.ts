/** Ids between our form and the platform's. Nobody else builds or reads them. */
import { createHash } from "node:crypto";
import type { ConversationId } from "../../core/spine/events.ts";

export const CHANNEL = "wecom";

/** One customer at one customer service account. */
export interface KfChat {
  readonly openKfId: string;
  readonly customer: string;
}

/** `wecom:<open_kfid>:<external_userid>`; neither id holds a colon. */
export function conversationId(chat: KfChat): ConversationId {
  return `${CHANNEL}:${chat.openKfId}:${chat.customer}`;
}

/** @returns `null` when the conversation is none of ours */
export function chatOf(conversation: ConversationId): KfChat | null {
  const [channel, openKfId, customer, ...rest] = conversation.split(":");
  if (channel !== CHANNEL || !openKfId || !customer || rest.length > 0) return null;
  return { openKfId, customer };
}

/** Id of an inbox entry: the conversation, then the platform's own id. */
export function entryId(conversation: ConversationId, msgid: string): string {
  return `${conversation}:${msgid}`;
}

/**
 * Our key of one sent message: at most 32 of `0-9a-zA-Z_-`, unique in an account (document 94677). 128 bits of a hash, then the
 * part's number.
 */
export function sendKey(conversation: ConversationId, message: string, part: number): string {
  return `${hashOf(`${conversation}\n${message}`)}-${part}`;
}

/** 22 characters of `0-9a-zA-Z_-`. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64url").slice(0, 22);
}

/**
 * Id of a menu item: letters, digits and `_` only (the page advises against others, for they may be cut). Hexadecimal of the
 * button's id, at most 98 of the 128 bytes allowed.
 */
export function menuId(button: string): string {
  return `b_${Buffer.from(button, "utf8").toString("hex")}`;
}

/** @returns `null` when the menu item is none of ours */
export function buttonOf(menu: string): string | null {
  if (!/^b_(?:[0-9a-f]{2}){1,64}$/.test(menu)) return null;
  const button = Buffer.from(menu.slice(2), "hex").toString("utf8");
  return menuId(button) === menu ? button : null;
}
