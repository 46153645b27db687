/** What may be said to any flow at any time: undo, begin anew, say that again, help. */
import { comingBookings } from "../../booking/change-flows.ts";
import { advance } from "../engine.ts";
import { askAgain, restartTop, undoAnswer } from "../resume.ts";
import type { Taker } from "./said.ts";

export const undoes: Taker = ({ turn, signals }) => (signals.includes("undo") && undoAnswer(turn) ? true : null);

export const startsOver: Taker = ({ turn, signals, first }) => {
  if (!signals.includes("start_over") || (first === "cancel_booking" && comingBookings(turn).length > 0)) return null;
  restartTop(turn);
  return true;
};

export const wantsItAgain: Taker = ({ turn, frame, signals }) => {
  if (!signals.includes("repeat")) return null;
  if (frame.phase === "confirming") advance(turn);
  else askAgain(turn);
  return true;
};

export const wantsHelp: Taker = ({ turn, flow, signals }) => {
  if (!signals.includes("help")) return null;
  turn.say(turn.words("flow.help", { title: flow.title(turn) }));
  askAgain(turn);
  return true;
};
