/** What staff are told in their team chats, and what they did, as kept. Plain JSON. */
import type { Instant } from "../time.ts";
import type { Button, Media } from "./events.ts";

/**
 * One post to staff on one channel: what is said and to whom. Mentions, the card and its buttons are worked out when it is
 * sent, so that a post which waited for a day shows the case as it is then.
 *
 * `pending` waits to be sent, in order within its case · `repeating` a page that was sent and comes again until somebody
 * acknowledges · `sent` · `failed` for good, with `error`.
 */
export interface StaffPostRow {
  readonly seq: number;
  /** Unique on its channel. */
  readonly id: string;
  /** Name of the staff channel. */
  readonly channel: string;
  /** `null` = for the room itself. */
  readonly case: string | null;
  /** A role of the ladder, `on_call`, a staff id; `null` = nobody in particular. */
  readonly to: string | null;
  /** May be empty: then only the case's card is brought up to date. */
  readonly text: string;
  readonly page: boolean;
  /** Buttons of this post beside those of its case. */
  readonly buttons: readonly Button[];
  readonly media: Media | null;
  readonly at: Instant;
  readonly status: "pending" | "repeating" | "sent" | "failed";
  readonly attempts: number;
  /** Times a page has been sent. */
  readonly repeats: number;
  readonly nextAt: Instant;
  /** Why the last try failed; `null` when it did not. */
  readonly error: string | null;
}

export type NewStaffPost = Pick<StaffPostRow, "id" | "channel" | "case" | "to" | "text" | "page" | "buttons" | "media" | "at">;

/** What became of a try to send a post. */
export type StaffPostMark = Pick<StaffPostRow, "status" | "attempts" | "repeats" | "nextAt" | "error">;

/** How a staff channel does, from its posts. */
export interface StaffChannelHealth {
  readonly channel: string;
  /** Posts that wait to be sent. */
  readonly waiting: number;
  /** When the oldest of them was made; `null` when none waits. */
  readonly oldestAt: Instant | null;
  /** Why the oldest of them could not be sent yet; `null` when it was not tried or all is well. */
  readonly error: string | null;
}

/** One act of staff, with what it changed: old → new. Kept for ever, never changed. */
export interface AuditEntry {
  readonly at: Instant;
  /** Staff id. */
  readonly by: string;
  /** Where it was done: name of a staff channel, or `desk` for the desk page. */
  readonly via: string;
  /** The command's name, such as `claim`. */
  readonly act: string;
  /** What it was done to: number of a case or order, id of a customer, staff id. */
  readonly subject: string;
  /** What was there before and after, the changed fields only. */
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** Inbox entry or act that caused it; the same cause and subject are kept once. */
  readonly cause: string;
}
