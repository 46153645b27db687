/** What the desk shows of cases, orders and bookings. Pure; instants become ISO 8601 in the business zone. */
import type { Booking } from "../../../core/booking/state.ts";
import { type Case, isOpen } from "../../../core/cases/state.ts";
import { explainTrace, type TraceNames } from "../../../core/conversation/explain.ts";
import type { HeldReply } from "../../../core/conversation/state.ts";
import type { CustomerFile } from "../../../core/customers/state.ts";
import type { Language } from "../../../core/language.ts";
import { MOVES, type WorkOrder } from "../../../core/orders/state.ts";
import type { TimePromise } from "../../../core/promises/state.ts";
import type { StaffNotice, StoredMessage } from "../../../core/spine/events.ts";
import type { Trace } from "../../../core/spine/trace.ts";
import { type Instant, isoInZone } from "../../../core/time.ts";

const STATUS_RANK: Readonly<Record<Case["status"], number>> = { open: 0, claimed: 1, resolved: 2, closed: 3 };
const URGENCY_RANK: Readonly<Record<Case["urgency"], number>> = { emergency: 0, urgent: 1, normal: 2 };

/** Whom to take first: open before claimed before resolved, then by urgency, then by the time promised. */
export function byPriority(one: Case, other: Case): number {
  return (
    STATUS_RANK[one.status] - STATUS_RANK[other.status] ||
    URGENCY_RANK[one.urgency] - URGENCY_RANK[other.urgency] ||
    one.promisedAt - other.promisedAt ||
    (one.number < other.number ? -1 : 1)
  );
}

/** The channel of a conversation, to show it; nothing is decided by it. */
const channelOf = (conversation: string): string => conversation.split(":", 1)[0]!;

export function viewCase(one: Case, customer: CustomerFile | null, zone: string, now: Instant) {
  const iso = isoOf(zone);
  return {
    ...one,
    channel: channelOf(one.conversation),
    customer: customer && { id: customer.id, name: customer.name, title: customer.title, vip: customer.vip },
    clocks: viewClocks(one, zone),
    snoozedUntil: isoOrNull(one.snoozedUntil ?? null, zone),
    waitingSince: isoOrNull(one.waitingSince, zone),
    tasks: one.tasks.map((task) => ({ ...task, dueAt: iso(task.dueAt), doneAt: isoOrNull(task.doneAt, zone) })),
    compensations: one.compensations.map((each) => ({
      ...each,
      proposedAt: iso(each.proposedAt),
      decidedAt: isoOrNull(each.decidedAt, zone),
    })),
    reasons: one.reasons.map((reason) => ({ ...reason, at: iso(reason.at) })),
    notes: one.notes.map((note) => ({ ...note, at: iso(note.at) })),
    promisedAt: iso(one.promisedAt),
    answeredAt: isoOrNull(one.answeredAt, zone),
    createdAt: iso(one.createdAt),
    updatedAt: iso(one.updatedAt),
    /** Promised, not answered, and the time has passed. */
    overdue: one.answeredAt === null && isOpen(one) && one.promisedAt < now,
  };
}

/** Since when each clock that runs has run. */
function viewClocks(one: Case, zone: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(one.clocks).flatMap(([name, { spans }]) => {
      const last = spans.at(-1);
      return last !== undefined && last.to === null ? [[name, isoInZone(last.from, zone)]] : [];
    }),
  );
}

export function viewPromise(promise: TimePromise, zone: string) {
  return { ...promise, dueAt: isoInZone(promise.dueAt, zone) };
}

/** A reply that has not left: how long it can still be taken back, or what its writer is asked. */
export function viewHeld({ id, by, text, media, why, dueAt }: HeldReply, zone: string) {
  return { id, by, text, media: media && { kind: media.kind, name: media.name }, why: why ?? [], dueAt: isoOrNull(dueAt, zone) };
}

export function viewOrder(order: WorkOrder, zone: string) {
  const iso = isoOf(zone);
  return {
    ...order,
    promisedAt: isoOrNull(order.promisedAt, zone),
    history: order.history.map((move) => ({ ...move, at: iso(move.at) })),
    createdAt: iso(order.createdAt),
    updatedAt: iso(order.updatedAt),
    /** States it may go to next. */
    next: MOVES[order.status],
  };
}

export function viewBooking(booking: Booking, zone: string) {
  const iso = isoOf(zone);
  return {
    ...booking,
    start: iso(booking.start),
    end: iso(booking.end),
    createdAt: iso(booking.createdAt),
    updatedAt: iso(booking.updatedAt),
    ...(booking.status === "cancelled" ? { cancelledAt: iso(booking.cancelledAt) } : {}),
  };
}

export function viewMessage(message: StoredMessage, zone: string) {
  const { seq, id, from, author, text, buttons, media, status } = message;
  return { seq, id, from, author, text, buttons, media, status, at: isoInZone(message.at, zone) };
}

export function viewTrace(trace: Trace, language: Language, names: TraceNames) {
  return { entry: trace.entry, at: isoInZone(trace.at, names.zone), ...explainTrace(trace, language, names) };
}

export function viewNotice(notice: StaffNotice & { readonly seq: number }, zone: string) {
  return { ...notice, at: isoInZone(notice.at, zone) };
}

const isoOf = (zone: string) => (at: Instant) => isoInZone(at, zone);
const isoOrNull = (at: Instant | null, zone: string): string | null => (at === null ? null : isoInZone(at, zone));
