/** Taking back the last finished act (booking, move, cancel, complaint) within a window, with everything that hung on it. */

import { jobOfBooking } from "../booking/book-values.ts";
import { bookingLabel } from "../booking/change-flows.ts";
import { cancelReminders, scheduleReminders } from "../booking/reminders.ts";
import { hoursOf, type Offer, offerAt } from "../booking/slots.ts";
import type { Booking } from "../booking/state.ts";
import { restoreItems } from "../booking/visit-items.ts";
import { dayOf, type Instant } from "../time.ts";
import type { TurnContext } from "./context.ts";

/** Undoes what was finished last, or says that nothing can be undone any more. */
export function undoAct(turn: TurnContext): void {
  const act = turn.state.undo;
  turn.state.undo = null;
  if (!act || act.until < turn.now) {
    turn.say(turn.words("undo.nothing"));
    return;
  }
  turn.note("undo", { kind: act.kind, number: act.number });
  if (act.kind === "complained") {
    const found = turn.cases().find((one) => one.number === act.number);
    if (!found || found.status === "resolved" || found.status === "closed") turn.say(turn.words("undo.nothing"));
    else {
      turn.applyCase(found.number, found, {
        type: "case_resolved",
        at: turn.now,
        by: "customer",
        resolution: turn.staffWords("undo.withdrawn"),
      });
      turn.say(turn.words("undo.complaint", { number: found.number }));
      tellStaff(turn, found.number, found.step);
    }
    return;
  }
  const booking = turn.bookings().find((one) => one.number === act.number);
  if (!booking || booking.start <= turn.now) {
    turn.say(turn.words("undo.nothing"));
    return;
  }
  if (act.kind === "booked") {
    turn.freeHours(booking);
    turn.applyBooking(booking.number, booking, { type: "booking_cancelled", at: turn.now, reason: "undone" });
    cancelReminders(turn, booking);
    turn.say(turn.words("undo.booking", { booking: bookingLabel(turn, booking) }));
  } else if (act.kind === "cancelled") {
    if (retake(turn, booking, booking.start, booking.technician) === null) return;
    const restored = turn.applyBooking(booking.number, booking, { type: "booking_restored", at: turn.now });
    scheduleReminders(turn, restored);
    turn.say(turn.words("undo.cancel", { number: booking.number, booking: bookingLabel(turn, restored) }));
  } else if (act.kind === "visit") {
    const restored = act.visit ? restoreItems(turn, booking, act.visit) : null;
    if (restored === null) {
      turn.say(turn.words("undo.hours_gone", { time: turn.time(act.visit?.start ?? booking.start) }));
      return;
    }
    turn.say(turn.words("undo.cancel", { number: booking.number, booking: bookingLabel(turn, restored) }));
  } else if (act.kind === "amended") {
    const { contact, address, estimate } = act.was ?? {};
    // The way belongs to the address: its hours are taken as they were, by whoever had them, or all stays as it is.
    const earlier = address ? { ...booking, address } : booking;
    const offer = address && act.from ? retake(turn, earlier, act.from.start, act.from.technician) : undefined;
    if (offer === null) return;
    let restored = turn.applyBooking(booking.number, booking, {
      type: "booking_amended",
      at: turn.now,
      ...(contact ? { contact } : {}),
      ...(address ? { address } : {}),
      ...(estimate ? { estimate } : {}),
    });
    if (offer && (offer.technician !== booking.technician || offer.start !== booking.start || offer.end !== booking.end)) {
      const hours = hoursOf(offer);
      restored = turn.applyBooking(booking.number, restored, { type: "booking_moved", at: turn.now, ...hours, by: "address" });
      scheduleReminders(turn, restored);
    }
    turn.say(turn.words("undo.amend", { number: booking.number, address: restored.address ?? "", contact: restored.contact.phone }));
  } else {
    const { from } = act;
    if (!from) return;
    const offer = retake(turn, booking, from.start, from.technician);
    if (offer === null) return;
    const moved = turn.applyBooking(booking.number, booking, { type: "booking_moved", at: turn.now, ...hoursOf(offer) });
    scheduleReminders(turn, moved);
    turn.say(turn.words("undo.move", { number: booking.number, time: turn.time(moved.start) }));
  }
  tellStaff(turn, booking.number, "representative");
}

/** Takes the earlier hours again, if nobody has them meanwhile. */
function retake(turn: TurnContext, booking: Booking, start: Instant, technician: string): Offer | null {
  const day = dayOf(start, turn.zone);
  const agenda = turn.agenda(day, day);
  const job = { ...jobOfBooking(turn, booking), preferred: technician };
  const offer = offerAt(turn.model, agenda, { job, now: turn.now, moving: booking.number }, start);
  if (offer?.technician !== technician) {
    turn.say(turn.words("undo.hours_gone", { time: turn.time(start) }));
    return null;
  }
  if (booking.status === "confirmed") turn.freeHours(booking);
  turn.takeHours(offer, booking.number);
  return offer;
}

function tellStaff(turn: TurnContext, number: string, to: string): void {
  turn.notify(to, turn.staffWords("staff.undone", { number }), null);
}
