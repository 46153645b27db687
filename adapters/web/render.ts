/** Ids and messages between our form and the public one. Pure. */
import type { ConversationId, StoredMessage } from "../../core/spine/events.ts";
import { isoInZone } from "../../core/time.ts";
import type { PublicMessage } from "./types.ts";

const CHANNEL = "web";

/** `web:<conversation>` */
export function conversationId(conversation: string): ConversationId {
  return `${CHANNEL}:${conversation}`;
}

/**
 * `web:<conversation>:<id>`. Both parts may hold colons; those of the id are escaped, so that no two pairs give one entry.
 */
export function entryId(conversation: string, id: string): string {
  return `${conversationId(conversation)}:${id.replaceAll(":", "%3A")}`;
}

/** The customer's own id of a message, whether the core kept the id of the entry or what stands behind the conversation. */
function ownId(message: StoredMessage): string {
  const prefix = `${message.conversation}:`;
  const bare = message.id.startsWith(prefix) ? message.id.slice(prefix.length) : message.id;
  // No id that is accepted holds a percent sign, so this undoes the escape of entryId and nothing else.
  return bare.replaceAll("%3A", ":");
}

/** The address under which the page gets a file that a platform keeps; `null` when none does. */
export type FileLink = (message: StoredMessage) => string | null;

export function renderMessage(message: StoredMessage, zone: string, linkOf: FileLink = () => null): PublicMessage {
  return {
    seq: message.seq,
    id: message.from === "customer" ? ownId(message) : message.id,
    from: message.from,
    text: message.text,
    ...(message.buttons.length > 0 ? { buttons: message.buttons.map(({ id, label }) => ({ id, label })) } : {}),
    ...(message.media ? { media: renderMedia(message, linkOf) } : {}),
    at: isoInZone(message.at, zone),
  };
}

/** What the customer sent stays with us; what staff sent is shown. */
function renderMedia(message: StoredMessage, linkOf: FileLink): NonNullable<PublicMessage["media"]> {
  const { kind, name, ref } = message.media!;
  const url = message.from !== "staff" ? null : /^(?:https:|data:)/.test(ref) ? ref : linkOf(message);
  return { kind, name, ...(url === null ? {} : { url }) };
}
