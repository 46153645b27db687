/** What the clients know: what they sent, what was acknowledged, what they saw. The checker holds the service to it. */

export interface SentMessage {
  readonly id: string;
  readonly words: string;
  /** A 202 arrived. Before that the customer can't count on anything. */
  acknowledged: boolean;
  /** How often it was sent. */
  tries: number;
}

export interface CustomerRecord {
  /** As in `POST /channels/web/messages`. */
  readonly conversation: string;
  /** In the order in which they were first sent; the next only after the one before was acknowledged or given up. */
  readonly messages: SentMessage[];
}

export interface SentCommand {
  readonly id: string;
  readonly case: string;
  readonly do: "claim" | "reply" | "anyway" | "note" | "resolve";
  /** Unlike any other, so that it can be found again. */
  readonly text: string | null;
  /** A reply that holds words which stay inside: the desk keeps it back until "send anyway". */
  readonly asked: boolean;
  acknowledged: boolean;
  tries: number;
}

/** What one reader of a live stream saw, over all its reconnections. */
export interface WatchRecord {
  readonly conversation: string;
  readonly seen: { readonly seq: number; readonly id: string }[];
  reconnects: number;
  /** Went on to the very end, so that nothing may be missing. */
  toTheEnd: boolean;
}

export interface Ledger {
  readonly customers: CustomerRecord[];
  readonly commands: SentCommand[];
  readonly watched: WatchRecord[];
}

export function createLedger(): Ledger {
  return { customers: [], commands: [], watched: [] };
}
