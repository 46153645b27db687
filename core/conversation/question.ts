/** Putting a question, and what becomes of one that is put again and again. */
import type { TurnContext } from "./context.ts";
import type { Flow, Prompt } from "./flow.ts";
import { contextOf, flowOf, topFrame } from "./stack.ts";
import type { Choice } from "./state.ts";

/** A question put this often with nothing learnt in between is put otherwise: what is still needed, and a person can help. */
export const MOST_TIMES = 3;

/** Puts a question and remembers that it is open. */
export function askQuestion(turn: TurnContext, flow: string | null, slot: string, prompt: Prompt): void {
  const before = turn.previouslyAsked;
  const sameSlot = before !== null && before.flow === flow && before.slot === slot;
  const same = before !== null && ((sameSlot && !turn.learnt) || before.text === prompt.text);
  const times = same ? before.times + 1 : 1;
  const asked = {
    flow,
    slot,
    question: prompt.question,
    choices: prompt.choices ?? [],
    times,
    text: prompt.text,
    ...(prompt.again ? { again: prompt.again } : {}),
  };
  if (times < MOST_TIMES) {
    turn.state.asked = asked;
    turn.ask(prompt);
    return;
  }
  const isOdd = times % 2 === 1;
  if (flow === null) {
    turn.state.asked = asked;
    turn.ask(slot === "$menu" && isOdd ? { ...prompt, text: turn.words("menu.again") } : prompt);
    return;
  }
  const person: Choice = { id: "intent:human", label: turn.words("intent.human") };
  const choices = [...asked.choices.filter((choice) => choice.id !== person.id), person];
  turn.state.asked = { ...asked, choices };
  // Nobody in danger is told that there is time.
  const pressing = (turn.dependencies.flows.get(flow) as Flow | undefined)?.quietAfter === true;
  const again = pressing ? prompt.again : turn.words(isOdd ? "flow.no_hurry" : "flow.still_here", { label: labelOf(turn, slot) });
  turn.ask({ text: pressing && !isOdd ? prompt.text : (again ?? prompt.text), question: prompt.question, choices });
}

/** What a question is for, in a word or two. */
function labelOf(turn: TurnContext, name: string): string {
  const frame = topFrame(turn);
  const slot = frame ? flowOf(turn, frame).slots[name] : undefined;
  return frame && slot ? slot.label(contextOf(turn, frame)) : turn.words("label.confirmation");
}

/** Leaves the open question open without putting it again. */
export function keepAsked(turn: TurnContext): void {
  turn.state.asked = turn.previouslyAsked;
}

/** Choices under a summary. */
export function confirmChoices(turn: TurnContext): Choice[] {
  return [
    { id: "yes", label: turn.words("choice.confirm") },
    { id: "change", label: turn.words("choice.change") },
    { id: "drop", label: turn.words("choice.drop") },
  ];
}

/** The open question once more, after something that was no answer to it (an old button, a photo). */
export function askOnceMore(turn: TurnContext): void {
  const asked = turn.previouslyAsked;
  if (!asked) return;
  const { flow, slot, question, choices, again } = asked;
  askQuestion(turn, flow, slot, { text: asked.text ?? turn.state.lastReply, question, choices, ...(again ? { again } : {}) });
}
