/** The figures of the reports page, counted from what is stored. Pure. */
import type { Booking } from "../../../core/booking/state.ts";
import { type Case, isOpen } from "../../../core/cases/state.ts";
import type { WorkOrder } from "../../../core/orders/state.ts";
import { createPromiseTally, type PromiseFigures, type TimePromise } from "../../../core/promises/state.ts";
import type { Instant } from "../../../core/time.ts";

export interface Figures {
  readonly bookings: { total: number; upcoming: number; moved: number; byStatus: Record<string, number> };
  readonly orders: { total: number; late: number; byStatus: Record<string, number> };
  readonly cases: {
    total: number;
    byStatus: Record<string, number>;
    byCategory: Record<string, number>;
    byUrgency: Record<string, number>;
  };
  /** Cases whose promised time has come or that were answered: in time, late, and still without an answer. */
  readonly answers: { inTime: number; late: number; unanswered: number; medianMinutes: number | null };
  /** Times given to customers: kept, told of anew before they passed, broken. */
  readonly promises: PromiseFigures;
}

export interface FigureCounter {
  booking(booking: Booking): void;
  order(order: WorkOrder): void;
  case(one: Case): void;
  promise(promise: TimePromise): void;
  result(): Figures;
}

/** Orders in which nothing is promised any more. */
const ORDER_DONE: readonly WorkOrder["status"][] = ["ready", "delivered", "closed", "cancelled", "no_show", "declined"];

/** Counts one by one, so that no more than a page of records is held at once. */
export function createFigureCounter(now: Instant): FigureCounter {
  const figures: Figures = {
    bookings: { total: 0, upcoming: 0, moved: 0, byStatus: {} },
    orders: { total: 0, late: 0, byStatus: {} },
    cases: { total: 0, byStatus: {}, byCategory: {}, byUrgency: {} },
    answers: { inTime: 0, late: 0, unanswered: 0, medianMinutes: null },
    promises: createPromiseTally().result(),
  };
  const waits: number[] = [];
  const promises = createPromiseTally();
  return {
    booking(booking) {
      figures.bookings.total++;
      if (booking.status === "confirmed" && booking.start >= now) figures.bookings.upcoming++;
      if (booking.changes > 0) figures.bookings.moved++;
      count(figures.bookings.byStatus, booking.status);
    },
    order(order) {
      figures.orders.total++;
      if (order.promisedAt !== null && order.promisedAt < now && !ORDER_DONE.includes(order.status)) figures.orders.late++;
      count(figures.orders.byStatus, order.status);
    },
    case(one) {
      figures.cases.total++;
      count(figures.cases.byStatus, one.status);
      count(figures.cases.byCategory, one.category);
      count(figures.cases.byUrgency, one.urgency);
      if (one.answeredAt !== null) {
        waits.push(one.answeredAt - one.createdAt);
        if (one.answeredAt <= one.promisedAt) figures.answers.inTime++;
        else figures.answers.late++;
      } else if (one.promisedAt < now && isOpen(one)) figures.answers.unanswered++;
    },
    promise: promises.add,
    result: () => ({
      ...figures,
      answers: { ...figures.answers, medianMinutes: medianMinutes(waits) },
      promises: promises.result(),
    }),
  };
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function medianMinutes(waits: readonly number[]): number | null {
  if (waits.length === 0) return null;
  const sorted = [...waits].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return Math.round(median / 6_000) / 10;
}
