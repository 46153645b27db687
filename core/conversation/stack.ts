/** The flows under way: which talks, what its slots are, what it knows in words. */
import type { TurnContext } from "./context.ts";
import type { Flow, FlowContext, Slot } from "./flow.ts";
import type { Frame, Json } from "./state.ts";

export type AnySlot = Slot<Record<string, Json>, Json>;

export function topFrame(turn: TurnContext): Frame | null {
  return turn.state.stack.at(-1) ?? null;
}

export function flowOf(turn: TurnContext, frame: Frame): Flow {
  const flow = turn.dependencies.flows.get(frame.flow) as Flow | undefined;
  if (!flow) throw new RangeError(`no flow is called ${frame.flow}`);
  return flow;
}

export function contextOf(turn: TurnContext, frame: Frame): FlowContext<Record<string, Json>> {
  return { turn, frame, values: frame.values };
}

export function slotsOf(flow: Flow): [string, AnySlot][] {
  return Object.entries(flow.slots) as [string, AnySlot][];
}

/** Drops a settled fact and those that rest on it, with what they were shown as. */
export function forget(flow: Flow, frame: Frame, name: string): void {
  delete frame.values[name];
  for (const [other, slot] of slotsOf(flow)) if (slot.dependsOn?.includes(name) && other in frame.values) forget(flow, frame, other);
}

export function sameJson(one: Json | undefined, other: Json): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** The facts of a flow in words, to say later what changed. */
export function shownFacts(turn: TurnContext, frame: Frame): ReadonlyMap<string, string> {
  const flow = flowOf(turn, frame);
  const shown = new Map<string, string>();
  for (const [name, slot] of slotsOf(flow)) {
    const value = frame.values[name];
    const was = frame.data[`was:${name}`];
    if (value !== undefined) shown.set(name, slot.show(contextOf(turn, frame), value));
    else if (typeof was === "string") shown.set(name, was);
  }
  return shown;
}
