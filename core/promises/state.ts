/**
 * A time given to a customer (承诺), by the bot or typed by staff.
 *
 *   open ── kept ──► kept ;  open ── renewed (the customer hears the new time) ──► open
 *   open ── its time passed ──► open with `broken` + 1 and a new time, the second time ──► broken
 *   open ── taken back by staff, or its order is off ──► withdrawn
 */
import { unreachable } from "../errors.ts";
import type { Instant } from "../time.ts";

export interface Renewal {
  readonly at: Instant;
  readonly from: Instant;
  readonly to: Instant;
  /** Staff id, or `bot`. */
  readonly by: string;
}

/** A promised time and what became of it. Not called Promise: that name is taken. */
export interface TimePromise {
  readonly number: string;
  readonly conversation: string;
  readonly customerId: string | null;
  /** Order or case it is about. */
  readonly about: string | null;
  /** The words that gave the time, as written; "" for the time of an order. */
  readonly words: string;
  /** Who gave it: staff id, or `bot`. */
  readonly by: string;
  readonly status: "open" | "kept" | "broken" | "withdrawn";
  /** Staff said with one tap that it is one; times the bot gave need no tap. */
  readonly confirmed: boolean;
  readonly dueAt: Instant;
  readonly renewals: readonly Renewal[];
  /** How often its time passed unkept. */
  readonly broken: number;
  readonly closedAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type PromiseEvent =
  | {
      readonly type: "promise_made";
      readonly at: Instant;
      readonly promise: Omit<TimePromise, "status" | "renewals" | "broken" | "closedAt" | "createdAt" | "updatedAt">;
    }
  | { readonly type: "promise_confirmed"; readonly at: Instant; readonly by: string }
  | { readonly type: "promise_renewed"; readonly at: Instant; readonly by: string; readonly to: Instant }
  | { readonly type: "promise_kept"; readonly at: Instant; readonly by: string }
  /** Its time passed; `to` is the new time given with the apology, `null` = no further one. */
  | { readonly type: "promise_broken"; readonly at: Instant; readonly to: Instant | null }
  | { readonly type: "promise_withdrawn"; readonly at: Instant; readonly by: string };

/** The state after an event. `null` is the state before the first; a promise about an order may be made again after it was closed. */
export function evolvePromise(state: TimePromise | null, event: PromiseEvent): TimePromise {
  if (event.type === "promise_made") {
    const { promise, at } = event;
    return { ...promise, status: "open", renewals: [], broken: 0, closedAt: null, createdAt: state?.createdAt ?? at, updatedAt: at };
  }
  if (state === null) throw new RangeError(`${event.type} before promise_made`);
  const next = { ...state, updatedAt: event.at };
  const renewed = (to: Instant, by: string): Pick<TimePromise, "dueAt" | "renewals"> => ({
    dueAt: to,
    renewals: [...state.renewals, { at: event.at, from: state.dueAt, to, by }],
  });
  switch (event.type) {
    case "promise_confirmed":
      return { ...next, confirmed: true };
    case "promise_renewed":
      return { ...next, ...renewed(event.to, event.by) };
    case "promise_kept":
      return { ...next, status: "kept", closedAt: event.at };
    case "promise_broken":
      return event.to === null
        ? { ...next, status: "broken", broken: state.broken + 1, closedAt: event.at }
        : { ...next, broken: state.broken + 1, ...renewed(event.to, "bot") };
    case "promise_withdrawn":
      return { ...next, status: "withdrawn", closedAt: event.at };
    default:
      return unreachable(event);
  }
}

/** How promises were kept. */
export interface PromiseFigures {
  /** Done with, not withdrawn. */
  readonly closed: number;
  /** By the time first given. */
  readonly kept: number;
  /** By a later time, of which the customer heard before the earlier one passed. */
  readonly keptLater: number;
  /** Its time passed at least once without a word before. */
  readonly broken: number;
  /** Still open. */
  readonly open: number;
  /** Kept or told in time, of those done with, percent; `null` when there are none. */
  readonly keptPercent: number | null;
}

/** Counts what became of promises, one by one; the kept rate of the "time" assurance. */
export function createPromiseTally(): { readonly add: (promise: TimePromise) => void; readonly result: () => PromiseFigures } {
  const count = { closed: 0, kept: 0, keptLater: 0, broken: 0, open: 0 };
  return {
    add(one) {
      if (one.status === "withdrawn") return;
      if (one.status === "open") {
        count.open += 1;
        return;
      }
      count.closed += 1;
      if (one.broken > 0) count.broken += 1;
      else if (one.renewals.length > 0) count.keptLater += 1;
      else count.kept += 1;
    },
    result() {
      const { closed, kept, keptLater } = count;
      return { ...count, keptPercent: closed === 0 ? null : Math.round(((kept + keptLater) / closed) * 1_000) / 10 };
    },
  };
}
