/** Ways out of a flow and back into it: dropping, kept drafts, going on, starting over, taking back the last answer. */
import { HOUR_MS } from "../time.ts";
import { semicolon } from "../wording/format.ts";
import type { TurnContext } from "./context.ts";
import { advance, recheck } from "./engine.ts";
import { askQuestion, keepAsked, MOST_TIMES } from "./question.ts";
import type { Reading } from "./reading.ts";
import { contextOf, flowOf, shownFacts, topFrame } from "./stack.ts";
import { copyFrame } from "./state.ts";
import { takeFacts } from "./taking.ts";

/** The customer drops what is on top. What was said of it is kept for a while. */
export function dropTop(turn: TurnContext): void {
  const frame = turn.state.stack.pop();
  if (!frame) return;
  const flow = flowOf(turn, frame);
  if (flow.keepsDraft && Object.keys(frame.raw).length > 0) turn.state.draft = { frame, at: turn.now };
  turn.trace({ kind: "flow", flow: flow.id, change: "dropped", detail: null });
  if (flow.dropped) flow.dropped(contextOf(turn, frame));
  else turn.say(turn.words("flow.dropped", { title: flow.title(turn) }));
}

/** Takes up a dropped flow of this kind again, if one is kept; what time has overtaken is checked anew. */
export function resumeDraft(turn: TurnContext, id: string, reading: Reading | null = null): boolean {
  const { draft } = turn.state;
  const keptMs = turn.model.profile.business.conversation.draftHours * HOUR_MS;
  if (!draft || draft.frame.flow !== id || turn.now - draft.at > keptMs) return false;
  turn.state.draft = null;
  const frame = copyFrame(draft.frame);
  turn.state.stack.push(frame);
  if (reading) takeFacts(turn, frame, reading);
  turn.trace({ kind: "flow", flow: id, change: "resumed", detail: "draft" });
  askResume(turn);
  return true;
}

/** Go on with the flow on top, begin it anew, or leave it? */
export function askResume(turn: TurnContext): void {
  const frame = topFrame(turn);
  if (!frame) return;
  const shown = [...shownFacts(turn, frame).values()];
  if (shown.length === 0) {
    // Nothing is settled (any more): the next question says it all.
    resumeTop(turn);
    return;
  }
  const facts = shown.join(semicolon(turn.lang));
  askQuestion(turn, frame.flow, "$resume", {
    text: turn.words("flow.resume", { title: flowOf(turn, frame).title(turn), facts }),
    question: "choice",
    choices: [
      { id: "continue", label: turn.words("choice.continue") },
      { id: "restart", label: turn.words("choice.restart") },
      { id: "drop", label: turn.words("choice.drop") },
    ],
  });
}

/** Offers to go on with what was interrupted. */
export function resumeTop(turn: TurnContext): void {
  const frame = topFrame(turn);
  if (!frame) return;
  turn.trace({ kind: "flow", flow: frame.flow, change: "resumed", detail: null });
  turn.say(turn.words("flow.back_to", { title: flowOf(turn, frame).title(turn) }));
  if (recheck(turn, frame)) advance(turn);
}

/**
 * Puts the open question again after an answer to something else, without repeating the whole.
 *
 * @param answered the reply answers what was said: a question that was put often enough then stays open without a word
 */
export function askAgain(turn: TurnContext, answered = false): void {
  const frame = topFrame(turn);
  if (!frame) return;
  const asked = turn.previouslyAsked;
  // Who wants time, or was asked often enough, hears the answer alone; the question stays open.
  if (answered && asked?.flow === frame.flow && (frame.data["thinking"] === true || asked.times >= MOST_TIMES)) {
    keepAsked(turn);
    return;
  }
  if (frame.phase === "confirming" && asked?.slot === "$confirm") {
    askQuestion(turn, frame.flow, "$confirm", {
      text: turn.words("flow.confirm_again", { title: flowOf(turn, frame).title(turn) }),
      question: "yesno",
      choices: asked.choices,
    });
    return;
  }
  advance(turn);
}

/** Begins the flow on top anew, with nothing of what was said. */
export function restartTop(turn: TurnContext): void {
  const frame = topFrame(turn);
  if (!frame) return;
  frame.values = {};
  frame.raw = {};
  for (const key of Object.keys(frame.data)) if (key.startsWith("was:")) delete frame.data[key];
  frame.phase = "collecting";
  turn.say(turn.words("flow.restarted"));
  advance(turn);
}

/** Takes back the last answer of the flow on top; `false` when there is none to take back. */
export function undoAnswer(turn: TurnContext): boolean {
  const { before, stack } = turn.state;
  const frame = topFrame(turn);
  if (!before || !frame || before.flow !== frame.flow || before.startedAt !== frame.startedAt) return false;
  stack[stack.length - 1] = copyFrame(before);
  turn.state.before = null;
  turn.say(turn.words("undo.answer"));
  advance(turn);
  return true;
}
