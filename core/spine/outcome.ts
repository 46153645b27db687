/** What a turn decided: changes of what is kept with its events, hours taken, messages, notices and timers. All of it is plain JSON. */
import type { Rescue, RescueEvent } from "../booking/rescue-state.ts";
import type { Booking, BookingEvent } from "../booking/state.ts";
import type { Wait, WaitEvent } from "../booking/waiting-state.ts";
import type { Touch } from "../care/touch.ts";
import type { CaseEvent } from "../cases/case-events.ts";
import type { Case } from "../cases/state.ts";
import type { CustomerFile } from "../customers/state.ts";
import { unreachable } from "../errors.ts";
import type { OrderEvent, WorkOrder } from "../orders/state.ts";
import type { PromiseEvent, TimePromise } from "../promises/state.ts";
import type { Quote, QuoteEvent } from "../quotes/state.ts";
import type { DayKey, Instant } from "../time.ts";
import type { ConversationId, NewMessage, StaffLine, StaffNotice, Timer } from "./events.ts";
import type { Trace } from "./trace.ts";

/** Hours of one technician (or of a bay or loan car, `bay:…`) on one day that are taken. Two writers can't both win: `version` is checked at the write. */
export interface AgendaDay {
  readonly technician: string;
  readonly day: DayKey;
  /** 0 = never written. */
  readonly version: number;
  /** Taken spans, travel and buffers included, sorted, never overlapping. */
  readonly busy: readonly BusySpan[];
}

export interface BusySpan {
  readonly start: Instant;
  readonly end: Instant;
  /** Number of the booking that takes it, or of what holds it for a while. */
  readonly booking: string;
  /** A hold: from this instant on the span counts as free. Left out = taken for good. */
  readonly until?: Instant;
}

/** A change of something with a life: the events, and the state they lead to. */
export type Change =
  | { readonly kind: "booking"; readonly id: string; readonly events: readonly BookingEvent[]; readonly state: Booking }
  | { readonly kind: "order"; readonly id: string; readonly events: readonly OrderEvent[]; readonly state: WorkOrder }
  | { readonly kind: "case"; readonly id: string; readonly events: readonly CaseEvent[]; readonly state: Case }
  | { readonly kind: "quote"; readonly id: string; readonly events: readonly QuoteEvent[]; readonly state: Quote }
  | { readonly kind: "promise"; readonly id: string; readonly events: readonly PromiseEvent[]; readonly state: TimePromise }
  | { readonly kind: "wait"; readonly id: string; readonly events: readonly WaitEvent[]; readonly state: Wait }
  | { readonly kind: "rescue"; readonly id: string; readonly events: readonly RescueEvent[]; readonly state: Rescue };

/** What is kept with its events, by number. */
export type RecordKind = Change["kind"];
/** The state of a kind of record. */
export type RecordOf<Kind extends RecordKind> = RecordStates[Kind];
interface RecordStates {
  readonly booking: Booking;
  readonly order: WorkOrder;
  readonly case: Case;
  readonly quote: Quote;
  readonly promise: TimePromise;
  readonly wait: Wait;
  readonly rescue: Rescue;
}

/** Does somebody still wait for it? Open records are listed by kind without looking at those that are done. */
export function isOpenRecord(change: Change): boolean {
  switch (change.kind) {
    case "booking":
    case "order":
      return false;
    case "case":
      return change.state.status !== "closed";
    case "quote":
    case "promise":
    case "rescue":
      return change.state.status === "open";
    case "wait":
      return change.state.status === "waiting" || change.state.status === "offered";
    default:
      return unreachable(change);
  }
}

/** Two files become one, or part again. */
export interface Rejoining {
  /** Every file as it is to be kept. */
  readonly files: readonly CustomerFile[];
  /** Whose each conversation is from now on. */
  readonly links: readonly { readonly conversation: ConversationId; readonly customer: string }[];
  /** The code that was used up; `null` when there was none. */
  readonly code: string | null;
}

/** Everything a turn decided. Nothing has happened yet. */
export interface Outcome<State> {
  readonly state: State;
  readonly customer: CustomerFile | null;
  readonly changes: readonly Change[];
  readonly agenda: readonly AgendaDay[];
  readonly messages: readonly NewMessage[];
  readonly notices: readonly StaffNotice[];
  readonly lines: readonly StaffLine[];
  readonly rejoining: Rejoining | null;
  readonly setTimers: readonly Timer[];
  readonly cancelTimers: readonly string[];
  readonly touches: readonly Touch[];
  readonly trace: Trace | null;
}
