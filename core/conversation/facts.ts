/**
 * What a turn may know beside its state and event. A turn is a pure function of these, so it can be run again: when it needs
 * something that was not loaded it says so, and the shell loads it and runs the turn anew.
 */

import type { Booking } from "../booking/state.ts";
import type { CareFacts } from "../care/facts.ts";
import type { Case } from "../cases/state.ts";
import type { CustomerFile } from "../customers/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { AgendaDay, Change, RecordKind } from "../spine/outcome.ts";
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
  /** Files with this phone. */
  | { readonly kind: "people"; readonly phone: string }
  /** The joining that a code stands for. */
  | { readonly kind: "join"; readonly code: string }
  /** A file and the conversations that are linked to it. */
  | { readonly kind: "linked"; readonly customer: string }
  /** A message of the customer, by the id of its entry. */
  | { readonly kind: "said"; readonly entry: string }
  /** Messages of this conversation that have not left yet. */
  | { readonly kind: "unsent" }
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
  /** Cases of this conversation, and of the customer's others when it is known whose it is. */
  readonly cases: readonly Case[];
}

/** A file, and the conversations whose customer it is. */
export interface LinkedFile {
  readonly file: CustomerFile;
  readonly conversations: readonly string[];
}

/** What staff asked for when they had a code made: this chat and the one in which the code is typed are one person's. */
export interface JoinOffer {
  readonly conversation: string;
  readonly case: string;
  readonly by: string;
  readonly until: Instant;
}

/** Loaded so far. */
export interface FactSheet {
  file: CustomerFacts | null;
  agenda: { readonly from: DayKey; readonly to: DayKey; readonly days: ReadonlyMap<string, AgendaDay> } | null;
  numbers: Partial<Record<NumberKind, readonly string[]>>;
  cases: Map<string, Case | null>;
  orders: Map<string, WorkOrder | null>;
  people: Map<string, readonly LinkedFile[]>;
  joins: Map<string, { readonly offer: JoinOffer; readonly owner: LinkedFile | null } | null>;
  linked: Map<string, LinkedFile | null>;
  said: Map<string, string | null>;
  unsent: readonly string[] | null;
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
    people: new Map(),
    joins: new Map(),
    linked: new Map(),
    said: new Map(),
    unsent: null,
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
