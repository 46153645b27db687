/** Moving (改期) a booking of the customer's own, and which of them a change is about. */

import type { TurnContext } from "../conversation/context.ts";
import { defineFlow, type FlowContext, type Prompt, type Slot } from "../conversation/flow.ts";
import { confirmChoices } from "../conversation/question.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Json } from "../conversation/state.ts";
import { nameIn } from "../profile/model.ts";
import { dayOf, MINUTE_MS } from "../time.ts";
import { comma } from "../wording/format.ts";
import { jobOfBooking } from "./book-values.ts";
import { scheduleReminders } from "./reminders.ts";
import { hoursOf, type Offer } from "./slots.ts";
import type { Booking } from "./state.ts";
import { askTime, settleTime } from "./time-slot.ts";
import { refusesOffers, takeTime } from "./time-wish.ts";

type MoveValues = { booking: Json; time: Json };

/** The customer's bookings that have not begun, soonest first. */
export function comingBookings(turn: TurnContext): Booking[] {
  return turn
    .bookings()
    .filter((booking) => booking.status === "confirmed" && booking.start > turn.now)
    .sort((one, other) => one.start - other.start);
}

export function bookingLabel(turn: TurnContext, booking: Booking): string {
  const items = [...new Set(booking.services)].map((id) => nameIn(turn.model.service(id), turn.lang)).join(comma(turn.lang));
  return `${turn.time(booking.start)} ${items}`;
}

export function bookingOf(turn: TurnContext, number: Json | undefined): Booking | undefined {
  return turn.bookings().find((booking) => booking.number === number);
}

/** Which booking: the one named, or the only one. */
export function takeBooking(turn: TurnContext, reading: Reading, moving: boolean): Json | undefined {
  const coming = comingBookings(turn);
  const { order_no, datetime, product } = entitiesOf(reading);
  const named = coming.find((booking) => order_no.some((one) => one.value.toUpperCase() === booking.number));
  if (named) return named.number;
  if (coming.length < 2) return undefined;
  // "Tomorrow's booking": the day names it, if only one lies there. When moving, the first of two times is the old one.
  const day = moving && datetime.length < 2 ? undefined : datetime.at(-1);
  const onDay = day ? coming.filter((booking) => dayOf(booking.start, turn.zone) === dayOf(day.start, turn.zone)) : [];
  if (onDay.length === 1) return onDay[0]!.number;
  const ofProduct = product[0] ? coming.filter((booking) => turn.model.covers([product[0]!.id], booking.product)) : [];
  return ofProduct.length === 1 ? ofProduct[0]!.number : undefined;
}

function askBooking(turn: TurnContext): Prompt {
  return {
    text: turn.words("change.ask_which"),
    question: "choice",
    choices: comingBookings(turn)
      .slice(0, 6)
      .map((booking) => ({ id: `booking:${booking.number}`, label: bookingLabel(turn, booking), value: booking.number })),
  };
}

export function onlyBooking(turn: TurnContext): Json | undefined {
  const coming = comingBookings(turn);
  return coming.length === 1 ? coming[0]!.number : undefined;
}

/** Which of their bookings a customer wants changed: the one named, the one the flow began with, or the only one. */
export const BOOKING_SLOT: Slot<{ booking: Json }, Json> = {
  label: ({ turn }) => turn.words("label.booking"),
  take: ({ turn }, reading, asked) => takeBooking(turn, reading, !asked),
  known: ({ turn, frame }) => frame.data["booking"] ?? onlyBooking(turn),
  ask: ({ turn }) => askBooking(turn),
  show: ({ turn }, value) => {
    const booking = bookingOf(turn, value);
    return booking ? bookingLabel(turn, booking) : String(value);
  },
};

export const MOVE_FLOW = defineFlow<MoveValues>({
  id: "move",
  title: (turn) => turn.words("move.title"),
  absorbs: ["reschedule", "provide_info", "book", "confirm_yes", "survey_score"],
  slots: {
    booking: BOOKING_SLOT,
    time: {
      label: ({ turn }) => turn.words("label.time"),
      mention: /时间|時間|日期|哪天|几点|幾點|time|date|day/i,
      dependsOn: ["booking"],
      perishable: true,
      take: (context, reading, asked) => {
        if (asked && refusesOffers(reading.text)) return undefined;
        // "Thursday's", to the question which booking, is no new time.
        const { turn } = context;
        const open = turn.previouslyAsked;
        if (
          open?.flow === "move" &&
          open.slot === "booking" &&
          entitiesOf(reading).datetime.length === 1 &&
          takeBooking(turn, reading, false) !== undefined
        )
          return undefined;
        return takeTime(context as unknown as FlowContext<{ time: Json }>, reading, asked, movedBooking(context)?.start ?? null);
      },
      settle: ({ turn, values }, raw) => {
        const booking = bookingOf(turn, values.booking)!;
        return settleTime(turn, jobOfBooking(turn, booking), raw, booking.number);
      },
      ask: ({ turn, values }) => {
        const booking = bookingOf(turn, values.booking)!;
        return askTime(turn, jobOfBooking(turn, booking), booking.number);
      },
      show: ({ turn }, value) => turn.time((value as unknown as Offer).start),
    },
  },
  summary: ({ turn, values }) => {
    const booking = bookingOf(turn, values.booking)!;
    const offer = values.time as unknown as Offer;
    return {
      text: turn.words("move.summary", {
        number: booking.number,
        from: turn.time(booking.start),
        to: turn.span(offer),
        technician: nameIn(turn.model.technician(offer.technician), turn.lang),
      }),
      question: "yesno",
      choices: confirmChoices(turn),
    };
  },
  complete: ({ turn }, values) => {
    const booking = bookingOf(turn, values.booking);
    const offer = values.time as unknown as Offer;
    if (booking?.status !== "confirmed" && booking?.status !== "no_show") {
      turn.say(turn.words("change.none"));
      return;
    }
    const { movesMost } = turn.model.profile.business.workshop.bookings;
    if (booking.changes >= movesMost) {
      // A person arranges it: the rule for many changes opens the case.
      turn.ruleFacts["booking_changes"] = booking.changes;
      turn.say(turn.words("move.too_many", { number: booking.number, count: booking.changes }));
      return;
    }
    if (booking.status === "confirmed") turn.freeHours(booking);
    turn.takeHours(offer, booking.number);
    const moved = turn.applyBooking(booking.number, booking, {
      type: "booking_moved",
      at: turn.now,
      ...hoursOf(offer),
    });
    scheduleReminders(turn, moved);
    turn.finished({
      kind: "moved",
      number: moved.number,
      from: { start: booking.start, end: booking.end, technician: booking.technician },
    });
    turn.ruleFacts["booking_changes"] = moved.changes;
    const technician = turn.model.technician(offer.technician)!;
    turn.say(
      turn.words("move.done", {
        number: moved.number,
        time: turn.span(moved),
        technician: nameIn(technician, turn.lang),
        technicianPhone: technician.phone,
      }),
    );
    turn.notify(
      "representative",
      turn.staffWords("staff.moved", {
        number: moved.number,
        from: turn.staffTime(booking.start),
        to: turn.staffTime(moved.start),
        late: lateWords(turn, booking),
      }),
      null,
    );
  },
});

/** A change shortly before the start is marked as such for staff: somebody may be on the way. */
export function lateWords(turn: TurnContext, booking: Booking): string {
  const { lateMinutes } = turn.model.profile.business.workshop.bookings;
  const late = booking.status === "confirmed" && booking.start - turn.now < lateMinutes * MINUTE_MS;
  return late ? turn.staffWords("staff.late") : "";
}

/** The booking that is being moved, as far as it is known before its slot is settled. */
function movedBooking({ turn, values, frame }: FlowContext<MoveValues>): Booking | undefined {
  return bookingOf(turn, values.booking ?? frame.raw["booking"] ?? onlyBooking(turn));
}
