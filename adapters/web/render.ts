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

export function renderMessage(message: StoredMessage, zone: string): PublicMessage {
  return {
    seq: message.seq,
    id: message.from === "customer" ? ownId(message) : message.id,
    from: message.from,
    text: message.text,
    ...(message.buttons.length > 0 ? { buttons: message.buttons.map(({ id, label }) => ({ id, label })) } : {}),
    ...(message.media ? { media: renderMedia(message) } : {}),
    at: isoInZone(message.at, zone),
  };
}

function renderMedia({ from, media }: StoredMessage): NonNullable<PublicMessage["media"]> {
  const { kind, name, ref } = media!;
  const shown = from === "staff" && /^(?:https:|data:)/.test(ref);
  return { kind, name, ...(shown ? { url: ref } : {}) };
}
