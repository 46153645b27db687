/** What happens when the customer falls silent at an open question. */
import { MINUTE_MS } from "../time.ts";
import type { TurnContext } from "./context.ts";
import { flowOf, topFrame } from "./stack.ts";

/** A question of a flow that stays open is recalled once, gently; see {@link nudge}. */
export function watchSilence(turn: TurnContext): void {
  const { nudgeMinutes } = turn.model.profile.business.conversation;
  const id = `nudge:${turn.conversation}`;
  const frame = topFrame(turn);
  if (turn.state.asked && frame && nudgeMinutes > 0 && frame.data["nudged"] !== true) {
    turn.setTimer({ id, dueAt: turn.now + nudgeMinutes * MINUTE_MS, name: "nudge", data: { since: turn.now } });
    turn.state.nudge = true;
  } else if (turn.state.nudge) {
    turn.cancelTimer(id);
    turn.state.nudge = false;
  }
}

/** The customer has fallen silent at an open question: one gentle reminder in opening hours, then the flow waits quietly. */
export function nudge(turn: TurnContext, since: number): void {
  const { state } = turn;
  const frame = topFrame(turn);
  state.nudge = false;
  if (
    !frame ||
    frame.data["nudged"] === true ||
    !state.asked ||
    state.holder.by !== "bot" ||
    state.lastAt !== since ||
    !turn.model.calendar.isOpen(turn.now)
  ) {
    turn.note("nudge_obsolete");
    return;
  }
  frame.data["nudged"] = true;
  turn.say(turn.words("flow.nudge", { title: flowOf(turn, frame).title(turn) }));
  turn.ask({ text: state.lastReply, question: state.asked.question, choices: state.asked.choices });
}
