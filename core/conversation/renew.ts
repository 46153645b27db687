/** A conversation that began with another version of the profile or of the flows. */
import type { TurnContext } from "./context.ts";
import type { Flow } from "./flow.ts";
import type { Reading } from "./reading.ts";
import { type AnySlot, flowOf } from "./stack.ts";
import { type ConversationState, copyFrame, type Frame, newConversation } from "./state.ts";
import type { TurnDependencies } from "./turn-effects.ts";

/** Stored state with every part that came after it was stored. */
export function completeState(stored: ConversationState): ConversationState {
  return { ...newConversation(stored.lang, stored.lastAt), ...stored };
}

/**
 * Leaves out what this version can't go on with (its flow is gone, or a part of its data is not there), whatever happens in
 * this turn: a timer meets a stored state as readily as the customer does. That something was lost is kept until it is told.
 *
 * @returns names of the flows that were left out
 */
export function leaveOutGone(state: ConversationState, flows: TurnDependencies["flows"]): readonly string[] {
  const goesOn = (frame: Frame): boolean => {
    const flow = flows.get(frame.flow) as Flow | undefined;
    return flow !== undefined && (flow.data ?? []).every((name) => frame.data[name] !== undefined);
  };
  if (state.before && !goesOn(state.before)) state.before = null;
  if (state.draft && !goesOn(state.draft.frame)) state.draft = null;
  const gone = state.stack.filter((frame) => !goesOn(frame)).map((frame) => frame.flow);
  if (state.asked?.flow && (!flows.has(state.asked.flow) || gone.includes(state.asked.flow))) state.asked = null;
  if (gone.length === 0) return gone;
  state.stack = state.stack.filter(goesOn);
  state.lost = true;
  return gone;
}

/** Says that something under way was lost, once. @returns whether there was something to say */
export function tellLost(turn: TurnContext): boolean {
  if (!turn.state.lost) return false;
  delete turn.state.lost;
  turn.say(turn.words("flow.gone"));
  return true;
}

/**
 * Makes what was built with another version of the profile or the flows fit for this one: facts are settled anew from what
 * the customer said, and those that are asked no more are left out.
 *
 * @returns whether anything was under way and had to be renewed
 */
export function renewStack(turn: TurnContext): boolean {
  const { state, model } = turn;
  if (state.version === model.version) return false;
  const first = state.version === "";
  state.version = model.version;
  if (first) return false;
  state.before = null;
  if (state.draft) {
    const frame = copyFrame(state.draft.frame);
    renewFrame(turn, frame);
    state.draft = { ...state.draft, frame };
  }
  for (const frame of state.stack) renewFrame(turn, frame);
  if (state.stack.length > 0) turn.note("renewed", { flows: state.stack.length });
  return state.stack.length > 0;
}

function renewFrame(turn: TurnContext, frame: Frame): void {
  const slots = flowOf(turn, frame).slots as Record<string, AnySlot>;
  // What was skipped stays skipped: nobody is asked for it twice.
  frame.values = Object.fromEntries(Object.entries(frame.values).filter(([name, value]) => value === null && slots[name]?.optional));
  frame.raw = Object.fromEntries(Object.entries(frame.raw).filter(([name]) => name in slots));
  frame.phase = "collecting";
}

/** Answers to what was asked with the version before: agreed to nothing, they lead to the same question as it stands now. */
export function answersFormer(turn: TurnContext, { choice, understanding }: Reading): boolean {
  if (choice) return !choice.id.startsWith("intent:") && !["drop", "no", "restart"].includes(choice.id);
  const first = understanding?.intents[0]?.intent;
  if (first === "confirm_no") return turn.previouslyAsked?.slot === "$confirm" && !understanding?.signals.includes("start_over");
  return first === undefined || first === "confirm_yes";
}

/** The message without a choice that only the version before knew how to take. */
export function withoutFormerChoice(turn: TurnContext, reading: Reading, frame: Frame): Reading {
  const asked = turn.previouslyAsked;
  const isFact = asked !== null && asked.flow === frame.flow && asked.slot in flowOf(turn, frame).slots;
  return isFact ? reading : { ...reading, choice: null };
}
