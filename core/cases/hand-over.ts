/** The hand-over to a person as the customer hears it: waiting, nobody there, joined, left, ended (handbook: never left unanswered). */
import type { TurnContext } from "../conversation/context.ts";
import { resumeTop } from "../conversation/resume.ts";
import { addToCase } from "./add-to-case.ts";
import { type Case, isOpen } from "./state.ts";

/**
 * The time of the first answer has passed and nobody has come: the bot takes the conversation back, says so with an honest time,
 * and goes on with what was interrupted. The case stays, and whoever takes it joins the conversation.
 *
 * @returns whether the conversation was waiting for that case
 */
export function nobodyCame(turn: TurnContext, found: Case, promised: string): boolean {
  const { holder } = turn.state;
  if (holder.by !== "human" || holder.case !== found.number || found.answeredAt !== null) return false;
  turn.state.holder = { by: "bot" };
  turn.state.misses = 0;
  turn.cancelTimer(`release:${turn.conversation}`);
  turn.say(turn.words("handover.nobody", { number: found.number, promised, phone: turn.model.profile.business.contact.phone }));
  const frame = turn.state.stack.at(-1);
  if (frame) {
    // The open question is put with these words; it is not recalled once more.
    frame.data["nudged"] = true;
    resumeTop(turn);
  }
  return true;
}

/**
 * The customer writes to a person at an hour when nobody is there: said once for each closed span, with when somebody will be
 * and how to go on with the bot.
 */
export function tellClosed(turn: TurnContext, found: Case | undefined): void {
  const { holder } = turn.state;
  if (holder.by !== "human" || found?.urgency === "emergency" || turn.model.calendar.isOpen(turn.now)) return;
  const next = turn.model.calendar.nextOpen(turn.now);
  // What was said at the hand-over itself, or earlier in this closed span, is not said again.
  const told = Math.max(holder.since, holder.toldClosedAt ?? 0);
  if (next === null || (turn.model.calendar.nextOpen(told) === next && !turn.model.calendar.isOpen(told))) return;
  turn.state.holder = { ...holder, toldClosedAt: turn.now };
  turn.say(turn.words("handover.closed", { next: turn.time(next) }));
  turn.say(turn.words("handover.back_word"));
}

/** A person has been silent for long: the bot is back. Said in opening hours only; at night the next answer shows it. */
export function tellLeft(turn: TurnContext, number: string): void {
  if (turn.model.calendar.isOpen(turn.now)) turn.say(turn.words("handover.left", { number }));
}

/** The customer writes while a case waits for them and nobody holds the conversation: the words reach the case and its owner. */
export function tellWaiting(turn: TurnContext, words: string): void {
  for (const one of turn.cases()) {
    if (one.waitingSince !== null && isOpen(one)) addToCase(turn, one, words);
  }
}
