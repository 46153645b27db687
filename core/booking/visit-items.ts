/** Other products in a booking that stands: its hours, its list of work and its estimate change in one go. */
import type { TurnContext } from "../conversation/context.ts";
import { estimateOf } from "../profile/model.ts";
import { jobOfBooking } from "./book-values.ts";
import { type Job, pickupFee } from "./job.ts";
import { scheduleReminders } from "./reminders.ts";
import { hoursOf, type Offer, offerAt } from "./slots.ts";
import { type BookedItem, type Booking, bookedItems, type EarlierVisit, type Estimate, type VisitData } from "./state.ts";
import { agendaOf, bookingWindowOf } from "./window.ts";
import { servicesById } from "./work.ts";

/** The products of a booking, each with what the work on it alone may cost. */
export function itemsOfBooking(turn: TurnContext, booking: Booking): readonly BookedItem[] {
  if (booking.items) return booking.items;
  const way = wayOf(turn, booking, booking.services);
  const { lowMinor, highMinor } = booking.estimate;
  const estimate = { ...booking.estimate, lowMinor: Math.max(0, lowMinor - way), highMinor: Math.max(0, highMinor - way) };
  return bookedItems(booking).map((item) => ({ ...item, estimate }));
}

/** Of the estimate, what the way or the pick-up costs, minor units. */
function wayOf(turn: TurnContext, booking: Booking, services: readonly string[]): number {
  const { currency } = turn.model.profile.business;
  const known = servicesById(turn.model, services);
  const fee = booking.place === "pickup" ? pickupFee(turn.model, booking.address) : 0;
  return estimateOf(known, booking.place === "visit", currency, fee).lowMinor - estimateOf(known, false, currency).lowMinor;
}

/** What a booking may cost with these products. */
export function estimateWith(turn: TurnContext, booking: Booking, items: readonly BookedItem[]): Estimate {
  const way = wayOf(
    turn,
    booking,
    items.flatMap((item) => item.services),
  );
  return {
    lowMinor: way + items.reduce((sum, item) => sum + item.estimate.lowMinor, 0),
    highMinor: way + items.reduce((sum, item) => sum + item.estimate.highMinor, 0),
    currency: booking.estimate.currency,
    afterDiagnosis: items.some((item) => item.estimate.afterDiagnosis),
  };
}

/** The work of a booking with these products; the same technician when free. */
export function jobWith(turn: TurnContext, booking: Booking, items: readonly BookedItem[]): Job {
  return jobOfBooking(turn, { ...booking, services: items.flatMap((item) => item.services) });
}

/**
 * The hour of a booking with other products, from the same start; `null` when nobody has the time for all of it. The minimum notice
 * counts from when it was booked: the technician comes anyway.
 */
export function sameStart(turn: TurnContext, booking: Booking, items: readonly BookedItem[]): Offer | null {
  const search = { job: { ...jobWith(turn, booking, items), priority: true }, now: Math.min(turn.now, booking.createdAt) };
  return offerAt(turn.model, agendaOf(turn, bookingWindowOf(turn)), { ...search, moving: booking.number }, booking.start);
}

/**
 * The booking with these products; may be taken back as one act.
 *
 * @param offer hours for all of it, settled in this turn; `null` = those it has stay
 */
export function changeItems(turn: TurnContext, booking: Booking, items: readonly BookedItem[], offer: Offer | null): Booking {
  const { number, start, technician } = booking;
  const earlier: EarlierVisit = { items: itemsOfBooking(turn, booking), start, technician };
  let changed = booking;
  if (offer) {
    if (offer.start === start) turn.releaseHours(booking, number);
    else turn.freeHours(booking);
    turn.takeHours(offer, number);
    if (offer.start !== start || offer.technician !== technician)
      changed = turn.applyBooking(number, changed, { type: "booking_moved", at: turn.now, ...hoursOf(offer), by: "visit" });
  }
  const visit = visitOf(turn, booking, items, offer);
  changed = turn.applyBooking(number, changed, { type: "booking_amended", at: turn.now, visit });
  scheduleReminders(turn, changed);
  turn.finished({ kind: "visit", number, visit: earlier });
  return changed;
}

function visitOf(turn: TurnContext, booking: Booking, items: readonly BookedItem[], offer: Offer | null): VisitData {
  const first = items[0]!;
  const resources = offer ? offer.resources : booking.resources;
  return {
    product: first.product,
    ownedProduct: first.ownedProduct,
    fault: first.fault,
    services: items.flatMap((item) => item.services),
    end: offer?.end ?? booking.end,
    ...(items.length > 1 ? { items } : {}),
    ...(resources ? { resources } : {}),
    estimate: estimateWith(turn, booking, items),
  };
}

/** Puts a booking back to what it was before products came or went. @returns `null` when the hours are gone meanwhile */
export function restoreItems(turn: TurnContext, booking: Booking, earlier: EarlierVisit): Booking | null {
  const job = { ...jobWith(turn, booking, earlier.items), preferred: earlier.technician, priority: true };
  const search = { job, now: Math.min(turn.now, booking.createdAt), moving: booking.number };
  const offer = offerAt(turn.model, agendaOf(turn, bookingWindowOf(turn)), search, earlier.start);
  if (offer?.technician !== earlier.technician) return null;
  const restored = changeItems(turn, booking, earlier.items, offer);
  turn.state.undo = null;
  return restored;
}
