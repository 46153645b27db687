/** One fact of a flow is to be another, or is left out. */
import type { TurnContext } from "./context.ts";
import { advance } from "./engine.ts";
import { askQuestion } from "./question.ts";
import { type AnySlot, contextOf, flowOf, forget, slotsOf, topFrame } from "./stack.ts";

/** Asks which fact to change. */
export function askWhatToChange(turn: TurnContext): void {
  const frame = topFrame(turn);
  if (!frame) return;
  const flow = flowOf(turn, frame);
  const context = contextOf(turn, frame);
  const choices = slotsOf(flow)
    .filter(([name]) => name in frame.values)
    .map(([name, slot]) => ({ id: `slot:${name}`, label: slot.label(context) }));
  askQuestion(turn, flow.id, "$change", {
    text: turn.words("flow.what_to_change"),
    question: "choice",
    choices: [...choices, { id: "drop", label: turn.words("choice.drop") }],
  });
}

/** Forgets one fact and asks for it. */
export function changeSlot(turn: TurnContext, name: string): void {
  const frame = topFrame(turn);
  if (!frame) return;
  const flow = flowOf(turn, frame);
  const slot = (flow.slots as Record<string, AnySlot>)[name];
  if (!slot) {
    // A button of a question that is no longer put.
    advance(turn);
    return;
  }
  // Kept in words, so that old → new can be said back when the new one comes.
  const value = frame.values[name];
  if (value !== undefined) frame.data[`was:${name}`] = slot.show(contextOf(turn, frame), value);
  delete frame.raw[name];
  forget(flow, frame, name);
  frame.phase = "collecting";
  turn.trace({ kind: "flow", flow: flow.id, change: "asked", detail: name });
  askQuestion(turn, flow.id, name, slot.ask(contextOf(turn, frame)));
}

/** The slot a customer names without saying its new value ("change the time"). */
export function mentionedSlot(turn: TurnContext, text: string): string | null {
  const frame = topFrame(turn);
  if (!frame) return null;
  for (const [name, slot] of slotsOf(flowOf(turn, frame))) if (name in frame.values && slot.mention?.test(text)) return name;
  return null;
}

/** Is the open question one that may be skipped? Skips it. */
export function skipOpenSlot(turn: TurnContext): boolean {
  const frame = topFrame(turn);
  const asked = turn.previouslyAsked;
  if (!frame || !asked || asked.flow !== frame.flow) return false;
  const slot = (flowOf(turn, frame).slots as Record<string, AnySlot>)[asked.slot];
  if (!slot?.optional) return false;
  frame.values[asked.slot] = null;
  advance(turn);
  return true;
}
