/** What a customer answers to a reminder: 来, 不来, 改期, in their own words or by button, also some messages later. */
import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import type { Reading } from "../conversation/reading.ts";
import type { Intent } from "../understanding/types.ts";

const NOT_COMING =
  /来不了|來不了|不来|不來|去不了|去不到|不去|不到了|唔嚟|嚟唔到|唔去|\b(?:can'?t|cannot|won'?t|not) (?:come|make it|be there|coming)\b/i;
const MOVING =
  /改期|改时间|改時間|改天|换个时间|換個時間|换时间|換時間|推迟|推遲|延后|延後|晚点|晚點|reschedule|another (?:time|day)|move it|postpone/i;
const COMING =
  /^(?:好的?[,，]?)?(?:会|會|能|一定|准时|準時|按时|按時|我)?(?:来|來|到|去|嚟)(?:的|啊|哦|吧|呀)?[。!！~]*$|准时到|準時到|按时到|按時到|会到的|會到的|\b(?:i'?ll be there|will be there|coming|see you|on my way)\b/i;

/** @returns whether the message was the answer to the reminder */
export function answerReminderOf(turn: TurnContext, reading: Reading, intents: readonly Intent[]): boolean {
  const asked = turn.previouslyAsked;
  if (asked?.slot !== "$reminder") return false;
  const number = asked.choices[0]?.id.split(":")[1];
  const booking = turn.bookings().find((one) => one.number === number);
  if (booking?.status !== "confirmed" || booking.start <= turn.now) return false;
  const wish = wishOf(reading, intents);
  if (wish === null) return false;
  turn.note("reminder_answered", { booking: booking.number, wish });
  if (wish === "coming") {
    turn.applyBooking(booking.number, booking, { type: "booking_coming", at: turn.now });
    turn.say(turn.words("reminder.coming", { time: turn.time(booking.start) }));
  } else startFlow(turn, wish, reading.choice ? null : reading, { booking: booking.number });
  return true;
}

function wishOf(reading: Reading, intents: readonly Intent[]): "coming" | "move" | "cancel" | null {
  const pressed = reading.choice?.id.split(":")[0];
  if (pressed === "coming" || pressed === "move" || pressed === "cancel") return pressed;
  if (reading.choice !== null) return null;
  const { text, understanding } = reading;
  const first = understanding?.decision === "act" ? intents[0] : undefined;
  if (MOVING.test(text)) return "move";
  // "I can't make it after all" says nothing of another time, whatever else it sounds like.
  if (first === "reschedule" && !NOT_COMING.test(text)) return "move";
  if (NOT_COMING.test(text) || first === "cancel_booking")
    return understanding && understanding.entities.datetime.length > 0 ? "move" : "cancel";
  if (COMING.test(text.trim()) || first === "confirm_yes") return "coming";
  return first === "confirm_no" ? "cancel" : null;
}
