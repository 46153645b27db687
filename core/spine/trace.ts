/** Why the bot did what it did: one trace a turn, kept as data and put into words for staff by core/conversation/explain.ts. */

import type { Instant } from "../time.ts";
import type { Intent, Understanding, Urgency } from "../understanding/types.ts";

export type TraceStep =
  /** What was understood of the message, and by what. */
  | {
      readonly kind: "understood";
      readonly lang: string;
      readonly intents: readonly (readonly [Intent, number])[];
      readonly candidates: readonly (readonly [Intent, number])[];
      readonly decision: Understanding["decision"];
      readonly urgency: Urgency;
      readonly why: Understanding["why"];
      readonly entities: Readonly<Record<string, readonly string[]>>;
    }
  /** A fact taken into a slot of a flow; `from` is what stood there before. */
  | {
      readonly kind: "slot";
      readonly flow: string;
      readonly slot: string;
      readonly from: string | null;
      readonly to: string;
      readonly source: "said" | "known" | "chosen" | "derived";
    }
  /** A fact refused, with the reason's code. */
  | { readonly kind: "refused"; readonly flow: string; readonly slot: string; readonly value: string; readonly reason: string }
  /** The flow entered, left or resumed. */
  | {
      readonly kind: "flow";
      readonly flow: string;
      readonly change: "started" | "asked" | "confirming" | "completed" | "dropped" | "suspended" | "resumed";
      readonly detail: string | null;
    }
  /** Times weighed for an offer. */
  | {
      readonly kind: "offer";
      readonly wished: string | null;
      readonly considered: number;
      readonly offered: readonly { readonly start: Instant; readonly technician: string; readonly reason: string }[];
    }
  /** A rule that fired, with the facts that made it. */
  | { readonly kind: "rule"; readonly rule: string; readonly facts: Readonly<Record<string, string | number | boolean>> }
  /** Anything else that decided. */
  | { readonly kind: "note"; readonly code: string; readonly data: Readonly<Record<string, string | number | boolean | null>> };

export interface Trace {
  /** The inbox entry this turn answered. */
  readonly entry: string;
  readonly conversation: string;
  readonly at: Instant;
  readonly steps: readonly TraceStep[];
}
