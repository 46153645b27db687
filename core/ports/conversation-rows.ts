/** What a conversation leaves: its state, transcript, traces, timers and notices. */
import type { ConversationId, NewMessage, StaffNotice, StoredMessage, Timer } from "../spine/events.ts";
import type { Trace } from "../spine/trace.ts";
import type { Instant } from "../time.ts";

/** A conversation as kept; `State` is the engine's own and opaque to storage. */
export interface ConversationRow<State = unknown> {
  readonly id: ConversationId;
  readonly customerId: string | null;
  readonly state: State;
  readonly updatedAt: Instant;
}

/** What conversations remember between turns. */
export interface ConversationRows {
  get(id: ConversationId): Promise<ConversationRow | null>;
  put(row: ConversationRow): Promise<void>;
}

/** Transcript and outbox. */
export interface MessageRows {
  /** Adds to the transcript; a message with a known id of the same conversation is left as it was. */
  add(message: NewMessage): Promise<void>;
  /** Transcript after `after` (a `seq`), oldest first. */
  list(conversation: ConversationId, after: number, limit: number): Promise<readonly StoredMessage[]>;
  /** Last messages, oldest first. */
  recent(conversation: ConversationId, limit: number): Promise<readonly StoredMessage[]>;
  /** Messages to send now, oldest first, only the first unsent of each conversation. */
  due(now: Instant, limit: number): Promise<readonly StoredMessage[]>;
  mark(seq: number, status: "sent" | "failed" | "pending", attempts: number, nextAt: Instant): Promise<void>;
  nextAt(): Promise<Instant | null>;
  /** What waits to be sent, oldest first, without taking it; for monitoring. */
  unsent(limit: number): Promise<readonly { readonly conversation: ConversationId; readonly at: Instant }[]>;
}

/** Lines that tell staff of something. */
export interface NoticeRows {
  /** A notice with a known id is left as it was. */
  add(notice: StaffNotice): Promise<void>;
  /** After a sequence number, oldest first. */
  list(after: number, limit: number): Promise<readonly (StaffNotice & { readonly seq: number })[]>;
  /** The newest ones, oldest first. */
  recent(limit: number): Promise<readonly (StaffNotice & { readonly seq: number })[]>;
}

/** What falls due later. */
export interface TimerRows {
  set(timer: Timer): Promise<void>;
  cancel(id: string): Promise<void>;
  due(now: Instant, limit: number): Promise<readonly Timer[]>;
  nextAt(): Promise<Instant | null>;
  of(conversation: ConversationId): Promise<readonly Timer[]>;
}

/** Why turns went as they did. */
export interface TraceRows {
  add(trace: Trace): Promise<void>;
  /** Newest first. */
  list(conversation: ConversationId, limit: number): Promise<readonly Trace[]>;
}
