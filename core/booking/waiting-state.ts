/**
 * A place on the waiting list (候补): a customer who wants an hour that is taken, with everything needed to book it at once.
 *
 *   waiting ── offered ──► offered ── yes ──► booked ;  offered ── no, gone or silence ──► waiting
 *   waiting | offered ── left, booked otherwise or too old ──► left
 */
import type { Frame } from "../conversation/state.ts";
import { unreachable } from "../errors.ts";
import type { Instant } from "../time.ts";
import type { Place } from "./job.ts";

/** An hour kept free for those it was offered to. */
export interface HeldHour {
  readonly start: Instant;
  readonly technician: string;
  /** Key of the hold in the agenda. */
  readonly hold: string;
  readonly until: Instant;
}

export interface Wait {
  readonly number: string;
  readonly conversation: string;
  readonly customerId: string | null;
  readonly status: "waiting" | "offered" | "booked" | "left";
  /** Services of the profile and place, to look for hours. */
  readonly services: readonly string[];
  readonly place: Place;
  readonly lent?: readonly string[];
  readonly address: string | null;
  /** Wanted between these, both included. */
  readonly from: Instant;
  readonly to: Instant;
  /** The booking as far as it was arranged. */
  readonly frame: Frame;
  readonly offer: HeldHour | null;
  /** Starts that were offered and not taken: not offered again. */
  readonly passed: readonly Instant[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type WaitEvent =
  | { readonly type: "wait_joined"; readonly at: Instant; readonly wait: Wait }
  | { readonly type: "wait_offered"; readonly at: Instant; readonly offer: HeldHour }
  /** The offer ended without this customer having it; `left` = they wait no more. */
  | { readonly type: "wait_passed"; readonly at: Instant; readonly left: boolean }
  | { readonly type: "wait_booked"; readonly at: Instant };

/** The state after an event. `null` is the state before the first. */
export function evolveWait(state: Wait | null, event: WaitEvent): Wait {
  if (event.type === "wait_joined") return event.wait;
  if (state === null) throw new RangeError(`${event.type} before wait_joined`);
  const next = { ...state, updatedAt: event.at };
  switch (event.type) {
    case "wait_offered":
      return { ...next, status: "offered", offer: event.offer };
    case "wait_passed":
      return {
        ...next,
        status: event.left ? "left" : "waiting",
        offer: null,
        passed: state.offer ? [...state.passed, state.offer.start] : state.passed,
      };
    case "wait_booked":
      return { ...next, status: "booked", offer: null };
    default:
      return unreachable(event);
  }
}
