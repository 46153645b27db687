import type { AuditEntry, NewStaffPost, StaffChannelHealth, StaffPostMark, StaffPostRow } from "../spine/staff-posts.ts";
import type { Instant } from "../time.ts";
import type { StaffPlace } from "./staff-channel.ts";

/** Posts to team chats, where they stand there, and what staff did. */
export interface StaffRows {
  /** A post with a known id on its channel is left as it was. */
  post(post: NewStaffPost): Promise<void>;
  /**
   * Posts to send now on `channel`, oldest first: of each case (and of the room) only the first pending one, and the pages
   * whose time to come again has arrived.
   */
  due(channel: string, now: Instant, limit: number): Promise<readonly StaffPostRow[]>;
  mark(seq: number, mark: StaffPostMark): Promise<void>;
  /** Earliest instant at which something of `channel` may be sent, or `null`. */
  nextAt(channel: string): Promise<Instant | null>;
  /** Posts that will never be sent, newest first. */
  failed(limit: number): Promise<readonly StaffPostRow[]>;
  /** Of one channel. */
  health(channel: string): Promise<StaffChannelHealth>;
  /** Where a case stands on a channel, or `null`. */
  place(channel: string, caseNumber: string): Promise<StaffPlace | null>;
  setPlace(channel: string, caseNumber: string, place: StaffPlace): Promise<void>;
  /** The case whose posts stand in this thread, or `null`. */
  caseOfThread(channel: string, thread: string): Promise<string | null>;
  /** Keeps what somebody did; a known cause with the same subject and act is left as it was. */
  record(entry: AuditEntry): Promise<"new" | "known">;
  /** What was done to something, oldest first. */
  recordsOf(subject: string, limit: number): Promise<readonly AuditEntry[]>;
}
