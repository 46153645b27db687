/** Reminders of a booking: timers set when it is confirmed or moved, gone when it is cancelled. */
import type { TurnContext } from "../conversation/context.ts";
import { nameIn } from "../profile/model.ts";
import type { TimerData } from "../spine/events.ts";
import { MINUTE_MS } from "../time.ts";
import { comma } from "../wording/format.ts";
import { placeText } from "./book-words.ts";
import { askComing } from "./coming.ts";
import type { Booking } from "./state.ts";

function timerId(number: string, minutes: number): string {
  return `remind:${number}:${minutes}`;
}

/** Sets the reminders that still lie ahead; those of an earlier time of the booking are replaced. */
export function scheduleReminders(turn: TurnContext, booking: Booking): void {
  for (const minutes of turn.model.profile.business.booking.remindMinutesBefore) {
    const dueAt = booking.start - minutes * MINUTE_MS;
    const id = timerId(booking.number, minutes);
    if (dueAt > turn.now)
      turn.setTimer(
        {
          id,
          dueAt,
          name: "booking_reminder",
          data: { booking: booking.number, start: booking.start, minutes },
        },
        booking.conversation,
      );
    else turn.cancelTimer(id);
  }
  const { noShowMinutes } = turn.model.profile.business.workshop.bookings;
  turn.setTimer(
    {
      id: `visit:${booking.number}`,
      dueAt: booking.start + noShowMinutes * MINUTE_MS,
      name: "visit_check",
      data: { booking: booking.number, start: booking.start },
    },
    booking.conversation,
  );
}

export function cancelReminders(turn: TurnContext, booking: Booking): void {
  for (const minutes of turn.model.profile.business.booking.remindMinutesBefore) turn.cancelTimer(timerId(booking.number, minutes));
  turn.cancelTimer(`visit:${booking.number}`);
}

/** A reminder is due. It is checked again: a booking moved, cancelled or begun meanwhile is not reminded of. */
export function remind(turn: TurnContext, data: TimerData): void {
  const booking = turn.bookings().find((one) => one.number === data["booking"]);
  if (booking?.status !== "confirmed" || booking.start !== data["start"] || booking.start <= turn.now) {
    turn.note("reminder_obsolete", { booking: String(data["booking"]) });
    return;
  }
  // After a stop several may be due at once: only the last one still says something new.
  const next = turn.model.profile.business.booking.remindMinutesBefore.some(
    (minutes) => minutes < Number(data["minutes"]) && booking.start - minutes * MINUTE_MS <= turn.now,
  );
  if (next) {
    turn.note("reminder_obsolete", { booking: booking.number });
    return;
  }
  const technician = turn.model.technician(booking.technician);
  askComing(
    turn,
    booking,
    turn.words("book.reminder", {
      name: turn.callName(),
      number: booking.number,
      time: turn.time(booking.start),
      items: [...new Set(booking.services)].map((id) => nameIn(turn.model.service(id), turn.lang)).join(comma(turn.lang)),
      technician: nameIn(technician, turn.lang),
      place: placeText(turn, booking),
    }),
  );
}
