/** What processes tell each other, and who of them does what. Hints and rights: none of it is the truth, which is the store. */
import type { ConversationId } from "../spine/events.ts";

/** Tells workers that rows wait. A hint only: the rows are found without it, later. */
export interface Wakeups {
  /** Rows of this kind may be waiting. */
  wake(kind: WakeKind): void;
  /** Calls `listener` on each wake; returns the way to stop. */
  listen(kind: WakeKind, listener: () => void): () => void;
}
export type WakeKind = "inbox" | "outbox" | "timers" | "staff";

/** Tells those who watch a conversation that it has something new. A hint only: what is new is read from the store. */
export interface Feed {
  changed(conversation: ConversationId): void;
  /** Calls `listener` on each change of `conversation`, or of any (`null`); returns the way to stop. */
  watch(conversation: ConversationId | null, listener: (conversation: ConversationId) => void): () => void;
}

/**
 * Who of many processes does what only one may do: long polling, a socket, reading a platform's log. One process has them all
 * at once; of many, one at a time has each.
 */
export interface Leases {
  /** Tries to become the holder of `name`; `null` = somebody else is. */
  acquire(name: string): Promise<Lease | null>;
  /** Gives back everything that is held. */
  close(): Promise<void>;
}

export interface Lease {
  /** Aborted when it is held no longer, by `release` or because the ground it stood on is gone: then somebody else may have it. */
  readonly ended: AbortSignal;
  release(): Promise<void>;
}

/** How fast a channel may be sent to, over all processes together. */
export interface Pacing {
  /** Takes a place for one message now; returns 0 when it may go, else how long to wait before asking again, ms. */
  take(conversation: ConversationId): Promise<number>;
}
