/**
 * Conversation ids and Slack's ids. Pure.
 *
 * A direct message is `slack:<D…>`: one person and the app. In a channel (a business customer's shared one, or one of our own
 * workspace) each person is a conversation of their own, `slack:<C…>/<U…>`, so that what is known of one is never told to
 * another who writes in the same thread.
 */
import type { ConversationId } from "../../core/spine/events.ts";

export const CHANNEL = "slack";

export type SlackAddress = { readonly channel: string; readonly user: string | null };

/** Ids of Slack: a letter that says what it is, then letters and digits. */
const CHANNEL_ID = /^[CDG][A-Z0-9]{1,30}$/;
const USER_ID = /^[UW][A-Z0-9]{1,30}$/;
/** Seconds and a counter: unique within a channel, and text, never a number. */
const TS = /^\d{1,12}\.\d{1,9}$/;

export const isChannelId = (value: string): boolean => CHANNEL_ID.test(value);
export const isUserId = (value: string): boolean => USER_ID.test(value);
export const isTs = (value: string): boolean => TS.test(value);

export function conversationOf(address: SlackAddress): ConversationId {
  return `${CHANNEL}:${address.channel}${address.user === null ? "" : `/${address.user}`}`;
}

/** @returns `null` when it is no conversation of ours */
export function addressOf(conversation: ConversationId): SlackAddress | null {
  const match = /^slack:([^/]+)(?:\/(.+))?$/.exec(conversation);
  if (!match || !isChannelId(match[1]!)) return null;
  const user = match[2] ?? null;
  return user !== null && !isUserId(user) ? null : { channel: match[1]!, user };
}

/** Id of an entry: what stands behind the conversation is unique in it. */
export function entryId(conversation: ConversationId, ...parts: readonly string[]): string {
  return `${conversation}:${parts.join(":")}`;
}

/** Where to keep the thread in which a person of a channel wrote last. */
export function threadKey(conversation: ConversationId): string {
  return `slack-thread:${conversation}`;
}

/** Where to keep that a conversation can't be reached. */
export function goneKey(conversation: ConversationId): string {
  return `slack-gone:${conversation}`;
}

/** Where to keep the direct message channel of a person. */
export function directKey(user: string): string {
  return `slack-direct:${user}`;
}
