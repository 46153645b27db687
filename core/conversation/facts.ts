/**
 * What a turn may know beside its state and event. A turn is a pure function of these, so it can be run again: when it needs
 * something that was not loaded it says so, and the shell loads it and runs the turn anew.
 */

import type { Booking } from "../booking/state.ts";
import type { CareFacts } from "../care/facts.ts";
import type { Case } from "../cases/state.ts";
import type { CustomerFile } from "../customers/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { AgendaDay, Change, RecordKind } from "../spine/events.ts";
import type { DayKey, Instant } from "../time.ts";

/** Kinds of numbers handed out one after another. */
export type NumberKind = "booking" | "case" | "order" | "customer" | "quote" | "promise" | "wait" | "rescue";

/** Something a turn needs that was not loaded yet. */
export type Need =
  | { readonly kind: "file" }
  | { readonly kind: "agenda"; readonly from: DayKey; readonly to: DayKey }
  | { readonly kind: "number"; readonly of: NumberKind; readonly count: number }
  | { readonly kind: "case"; readonly number: string }
  | { readonly kind: "order"; readonly number: string }
  | { readonly kind: "care" }
  | { readonly kind: "marked"; readonly mark: string; readonly since: Instant }
  /** One record by its number, whoever it belongs to: for staff and for what one conversation leads to in another. */
  | { readonly kind: "record"; readonly of: RecordKind; readonly number: string }
  /** Records of a kind that belong to this conversation. */
  | { readonly kind: "own"; readonly of: RecordKind }
  /** Records of a kind for which somebody waits, of everybody. */
  | { readonly kind: "open"; readonly of: RecordKind };

/**
 * Thrown by a turn when something is missing. Control flow between a turn and its shell and nothing else: no flow catches it,
 * and it never leaves the shell. No Error, because nobody reads its stack and taking one costs more than the turn's own work.
 */
export class FactMissing {
  readonly need: Need;
  constructor(need: Need) {
    this.need = need;
  }
}

/** What belongs to the customer of this conversation, and to nobody else. */
export interface CustomerFacts {
  readonly customer: CustomerFile | null;
  readonly bookings: readonly Booking[];
  readonly orders: readonly WorkOrder[];
  /** Cases of this conversation. */
  readonly cases: readonly Case[];
}

/** Loaded so far. */
export interface FactSheet {
  file: CustomerFacts | null;
  agenda: { readonly from: DayKey; readonly to: DayKey; readonly days: ReadonlyMap<string, AgendaDay> } | null;
  numbers: Partial<Record<NumberKind, readonly string[]>>;
  cases: Map<string, Case | null>;
  orders: Map<string, WorkOrder | null>;
  care: CareFacts | null;
  /** Cases by mark, newest first. */
  marked: Map<string, { readonly since: Instant; readonly cases: readonly Case[] }>;
  /** By `kind:number`. */
  records: Map<string, Change["state"] | null>;
  own: Map<RecordKind, readonly Change["state"][]>;
  open: Map<RecordKind, readonly Change["state"][]>;
}

export function newFactSheet(): FactSheet {
  return {
    file: null,
    agenda: null,
    numbers: {},
    cases: new Map(),
    orders: new Map(),
    care: null,
    marked: new Map(),
    records: new Map(),
    own: new Map(),
    open: new Map(),
  };
}

/** Key of a technician's day within {@link FactSheet.agenda}. */
export function agendaKey(technician: string, day: DayKey): string {
  return `${technician}|${day}`;
}
