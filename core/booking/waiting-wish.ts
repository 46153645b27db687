/** The wish to be told when an hour becomes free, in the middle of booking or moving. */
import type { TurnContext } from "../conversation/context.ts";
import type { Reading } from "../conversation/reading.ts";
import type { Choice, Frame } from "../conversation/state.ts";
import { type BookContext, jobOf, jobOfBooking } from "./book-values.ts";
import type { Job } from "./job.ts";
import { ASKS_TO_WAIT, joinWaiting } from "./waiting.ts";

/** "Put me on the waiting list" is the choice to wait in other words, and no wish for a person. */
export function waitingMeant(text: string, choices: readonly Choice[]): Choice | null {
  return ASKS_TO_WAIT.test(text) ? (choices.find((choice) => choice.id.startsWith("waitlist:")) ?? null) : null;
}

/** @returns whether the customer is on the list now */
export function takeUpWaiting(turn: TurnContext, frame: Frame, reading: Reading): boolean {
  const chosen = reading.choice?.id.startsWith("waitlist:") ? reading.choice : undefined;
  if (!chosen) return false;
  const job = jobOfFrame(turn, frame);
  if (!job) return false;
  joinWaiting(turn, frame, chosen.id, job);
  return true;
}

function jobOfFrame(turn: TurnContext, frame: Frame): Job | null {
  if (frame.flow === "book" && frame.values["product"] !== undefined)
    return jobOf({ turn, frame, values: frame.values } as unknown as BookContext);
  const booking = frame.flow === "move" ? turn.bookings().find((one) => one.number === frame.values["booking"]) : undefined;
  return booking ? jobOfBooking(turn, booking) : null;
}
