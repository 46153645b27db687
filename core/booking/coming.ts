/** The question that stands under a reminder. */
import type { TurnContext } from "../conversation/context.ts";
import { askQuestion } from "../conversation/question.ts";
import { topFrame } from "../conversation/stack.ts";
import type { Booking } from "./state.ts";

/** The question under a reminder: coming, another time, or not at all. Put only when nothing else is open. */
export function askComing(turn: TurnContext, booking: Booking, text: string): void {
  if (topFrame(turn) || turn.state.asked || turn.state.holder.by === "human") {
    turn.say(text);
    return;
  }
  askQuestion(turn, null, "$reminder", {
    text,
    question: "choice",
    choices: [
      { id: `coming:${booking.number}`, label: turn.words("reminder.choice_coming") },
      { id: `move:${booking.number}`, label: turn.words("reminder.choice_move") },
      { id: `cancel:${booking.number}`, label: turn.words("reminder.choice_cancel") },
    ],
  });
}
