/** A conversation that began with another version of the profile or of the flows. */
import type { TurnContext } from "./context.ts";
import { type AnySlot, flowOf } from "./stack.ts";

/**
 * Makes a stack that was built with another version of the profile or the flows fit for this one: flows that are gone are
 * left out, facts are settled anew from what the customer said.
 *
 * @returns whether anything was under way and had to be renewed
 */
export function renewStack(turn: TurnContext): boolean {
  const { state, model } = turn;
  if (state.version === model.version) return false;
  const first = state.version === "";
  state.version = model.version;
  if (first || state.stack.length === 0) return false;
  state.stack = state.stack.filter((frame) => turn.dependencies.flows.has(frame.flow));
  for (const frame of state.stack) {
    const slots = flowOf(turn, frame).slots as Record<string, AnySlot>;
    frame.values = {};
    frame.raw = Object.fromEntries(Object.entries(frame.raw).filter(([name]) => name in slots));
    frame.phase = "collecting";
  }
  state.before = null;
  state.draft = null;
  turn.note("renewed", { flows: state.stack.length });
  return true;
}
