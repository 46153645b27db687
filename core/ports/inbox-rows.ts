import type { ConversationId, InboxEntry } from "../spine/events.ts";
import type { Instant } from "../time.ts";

/** An entry waiting in the inbox. */
export interface PendingEntry extends InboxEntry {
  readonly seq: number;
  /** Failed tries so far. */
  readonly attempts: number;
}

/** Events taken in, waiting and worked. */
export interface InboxRows {
  /** Keeps the entry unless its id is known. */
  accept(entry: InboxEntry): Promise<"new" | "known">;
  /**
   * Entries to work on, at most `limit`: the first of each conversation before the second of any, so that nobody who writes
   * much holds up the others; given oldest first. Entries behind one of the same conversation that waits for its next try are
   * left out, so that order holds.
   */
  pending(now: Instant, limit: number): Promise<readonly PendingEntry[]>;
  /**
   * The entry's turn is saved. `turn` numbers turns in commit order.
   * `done`, `retry` and `dead` of an entry that waits no more throw `AnxinError("conflict")`: no turn is saved twice.
   */
  done(seq: number, at: Instant): Promise<void>;
  /** The turn failed; try again at `nextAt`. */
  retry(seq: number, attempts: number, nextAt: Instant, error: string): Promise<void>;
  /** The turn failed too often. */
  dead(seq: number, at: Instant, error: string): Promise<void>;
  /** Earliest instant at which a waiting entry may be tried, or `null`. */
  nextAt(): Promise<Instant | null>;
  /** What waits, oldest first, without taking it; for monitoring. */
  waiting(limit: number): Promise<readonly { readonly conversation: ConversationId; readonly at: Instant }[]>;
  /** Does anything of this conversation wait for its turn? So a conversation is known before its first turn is saved. */
  waitsFor(conversation: ConversationId): Promise<boolean>;
  /** All entries in the order of their turns, for replay; `after` is a turn number, 0 = from the start. */
  history(after: number, limit: number): Promise<readonly (InboxEntry & { readonly turn: number; readonly doneAt: Instant })[]>;
}
