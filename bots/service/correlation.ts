/** One id for all that one event led to, in the logs of every process: taken in, turn saved, sent. */
import { createHash } from "node:crypto";
import type { StoredMessage } from "../../core/spine/events.ts";

/** Ids of entries hold conversation ids, which are the customers' secrets; so their digest stands in the logs. */
export function correlationOf(entry: string): string {
  return createHash("sha256").update(entry).digest("hex").slice(0, 16);
}

/** The entry of the event that caused a message: the message's id is the entry's, a slash, and a count. */
export function causeOf(message: Pick<StoredMessage, "id">): string {
  const slash = message.id.lastIndexOf("/");
  return slash < 0 ? message.id : message.id.slice(0, slash);
}
