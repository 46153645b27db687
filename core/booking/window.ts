/** The span in which bookings are taken, with what is taken in it, as a turn sees them. */
import type { TurnContext } from "../conversation/context.ts";
import { addDays, dayOf, type Instant } from "../time.ts";
import type { Agenda } from "./agenda.ts";
import { bookingWindow } from "./slots.ts";

/** The span in which bookings are taken now. */
export function bookingWindowOf(turn: TurnContext): { readonly from: Instant; readonly to: Instant } {
  return bookingWindow(turn.model, turn.now);
}

/** Taken hours of the booking window, and of its eve: work before midnight keeps the way after it. */
export function agendaOf(turn: TurnContext, window: { readonly from: Instant; readonly to: Instant }): Agenda {
  return turn.agenda(addDays(dayOf(window.from, turn.zone), -1), dayOf(window.to, turn.zone));
}
