/** Facts of a message, as the slots of a flow hear them. */
import { isAside } from "./aside.ts";
import type { TurnContext } from "./context.ts";
import type { Reading } from "./reading.ts";
import { contextOf, flowOf, forget, sameJson, slotsOf } from "./stack.ts";
import { copyFrame, type Frame } from "./state.ts";

/** What a message brought to a flow. */
export interface Taken {
  /** Slots whose raw is new. */
  readonly changed: readonly string[];
  /** Slots the message spoke of, changed or not. */
  readonly seen: readonly string[];
}

/**
 * Takes every fact a message holds. Facts that rest on a changed one are dropped and will be settled anew.
 *
 * @param beside the message asks about something else: it overwrites nothing, and its words are no answer
 */
export function takeFacts(turn: TurnContext, frame: Frame, reading: Reading, beside = false): Taken {
  const flow = flowOf(turn, frame);
  const asked = turn.previouslyAsked;
  const snapshot = copyFrame(frame);
  // A button of an older message is no answer to this question.
  const { choice } = reading;
  const picked = choice && asked?.choices.some((one) => one.id === choice.id) ? choice : null;
  const changed: string[] = [];
  const seen: string[] = [];
  for (const [name, slot] of slotsOf(flow)) {
    if (beside && (name in frame.raw || name in frame.values)) continue;
    const isAsked = asked !== null && asked.flow === frame.flow && asked.slot === name;
    const open = isAsked && !beside && (slot.verbatim === true || !isAside(reading, asked.question));
    const raw = open && picked ? (picked.value ?? picked.id) : slot.take(contextOf(turn, frame), reading, open);
    if (raw === undefined) continue;
    seen.push(name);
    if (sameJson(frame.raw[name], raw)) continue;
    changed.push(name);
    turn.told.add(name);
    frame.raw[name] = raw;
    forget(flow, frame, name);
  }
  if (changed.length > 0) {
    turn.state.before = snapshot;
    turn.learnt = true;
  }
  return { changed, seen };
}
