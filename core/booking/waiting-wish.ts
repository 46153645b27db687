/** The wish to be told when an hour becomes free, in the middle of booking or moving. */
import type { TurnContext } from "../conversation/context.ts";
import type { Reading } from "../conversation/reading.ts";
import type { Frame } from "../conversation/state.ts";
import { type BookContext, jobOf, jobOfBooking } from "./book-values.ts";
import type { Job } from "./job.ts";
import { ASKS_TO_WAIT, joinWaiting } from "./waiting.ts";

/** @returns whether the customer is on the list now */
export function takeUpWaiting(turn: TurnContext, frame: Frame, reading: Reading): boolean {
  const offered = turn.previouslyAsked?.choices.find((choice) => choice.id.startsWith("waitlist:"));
  const chosen = reading.choice?.id.startsWith("waitlist:") ? reading.choice : ASKS_TO_WAIT.test(reading.text) ? offered : undefined;
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
