/**
 * Runs flows: settles facts in any order, asks for what is missing, says corrections back, sums up before a commitment, and
 * completes. Knows no flow by name and no channel.
 *
 * Questions of the engine itself use slot names that begin with `$`: `$confirm` (the summary), `$change` (what to change),
 * `$resume` (go on with what was interrupted). Ways out and back: `resume.ts`; changing one fact: `change.ts`.
 */
import type { TurnContext } from "./context.ts";
import type { Flow, Settled } from "./flow.ts";
import { askQuestion } from "./question.ts";
import type { Reading } from "./reading.ts";
import { type AnySlot, contextOf, flowOf, forget, sameJson, shownFacts, slotsOf, topFrame } from "./stack.ts";
import type { Frame, Json } from "./state.ts";
import { takeFacts } from "./taking.ts";

/** The slots in the order of asking: those the flow's `order` names first, but never before a slot they rest on. */
function slotsInOrder(turn: TurnContext, flow: Flow): [string, AnySlot][] {
  if (!flow.order) return slotsOf(flow);
  const slots = flow.slots as Record<string, AnySlot>;
  const ordered = new Map<string, AnySlot>();
  const place = (name: string): void => {
    const slot = slots[name];
    if (!slot || ordered.has(name)) return;
    for (const earlier of slot.dependsOn ?? []) place(earlier);
    ordered.set(name, slot);
  };
  for (const name of [...flow.order(turn), ...Object.keys(slots)]) place(name);
  return [...ordered];
}

/** Begins a flow with what the message says; one that waits on the stack already is taken up again instead. */
export function startFlow(turn: TurnContext, id: string, reading: Reading | null, data: Record<string, Json> = {}): void {
  const waiting = turn.state.stack.findIndex((frame) => frame.flow === id);
  let frame: Frame;
  if (waiting >= 0) {
    frame = turn.state.stack.splice(waiting, 1)[0]!;
    Object.assign(frame.data, data);
    turn.trace({ kind: "flow", flow: id, change: "resumed", detail: null });
  } else {
    const below = topFrame(turn);
    if (below) turn.trace({ kind: "flow", flow: below.flow, change: "suspended", detail: id });
    frame = { flow: id, values: {}, raw: {}, data, phase: "collecting", startedAt: turn.now };
    turn.trace({ kind: "flow", flow: id, change: "started", detail: null });
  }
  turn.state.stack.push(frame);
  if (reading) takeFacts(turn, frame, reading);
  advance(turn);
}

/**
 * Facts that came together, by slot: each is read as the answer to its own question, then the flow goes on from there.
 *
 * @param values what was chosen (an id of the profile, an ISO time) or written
 */
export function takeForm(turn: TurnContext, id: string, values: Readonly<Record<string, string>>): void {
  const { stack } = turn.state;
  const waiting = stack.findIndex((frame) => frame.flow === id);
  const frame: Frame =
    waiting >= 0 ? stack.splice(waiting, 1)[0]! : { flow: id, values: {}, raw: {}, data: {}, phase: "collecting", startedAt: turn.now };
  turn.trace({ kind: "flow", flow: id, change: waiting >= 0 ? "resumed" : "started", detail: "form" });
  stack.push(frame);
  const flow = flowOf(turn, frame);
  const before = shownFacts(turn, frame);
  for (const [name, slot] of slotsOf(flow)) {
    const value = values[name]?.trim();
    if (!value) continue;
    const { model } = turn;
    const named = model.product(value) ?? model.fault(value) ?? model.service(value);
    const text = named ? named.name[turn.lang] : value.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*$/, "$1 $2");
    const understanding = turn.dependencies.understander.understand(text, { now: turn.now, zone: turn.zone, lang: turn.lang });
    const choice = /^[a-z]+$/.test(value) && !named ? { id: value, label: value } : null;
    const raw = slot.take(contextOf(turn, frame), { text, understanding, choice, media: null }, true);
    if (raw === undefined || sameJson(frame.raw[name], raw)) continue;
    frame.raw[name] = raw;
    forget(flow, frame, name);
    turn.learnt = true;
  }
  advance(turn, before);
}

/**
 * Goes on with the flow on top: settles what was said, asks for the first thing missing, or sums up, or completes.
 *
 * @param before facts in words before this message; what differs now is said back (old → new)
 */
export function advance(turn: TurnContext, before: ReadonlyMap<string, string> = new Map()): void {
  const frame = topFrame(turn);
  if (!frame) return;
  const flow = flowOf(turn, frame);
  const context = contextOf(turn, frame);
  for (const [name, slot] of slotsInOrder(turn, flow)) {
    if (name in frame.values) continue;
    if (slot.needed && !slot.needed(context)) continue;
    const said = frame.raw[name];
    const raw = said ?? slot.known?.(context);
    if (raw === undefined) {
      frame.phase = "collecting";
      turn.trace({ kind: "flow", flow: flow.id, change: "asked", detail: name });
      sayChanges(turn, frame, before);
      acknowledge(turn, frame, before);
      askQuestion(turn, flow.id, name, slot.ask(context));
      return;
    }
    const settled = slot.settle ? slot.settle(context, raw) : { status: "ok" as const, value: raw };
    if (settled.status === "refused") {
      sayChanges(turn, frame, before);
      refuse(turn, frame, name, raw, settled);
      return;
    }
    if (settled.status === "incomplete") {
      frame.phase = "collecting";
      const was = before.get(name);
      if (was !== undefined) frame.data[`was:${name}`] = was;
      turn.trace({ kind: "flow", flow: flow.id, change: "asked", detail: name });
      sayChanges(turn, frame, before);
      acknowledge(turn, frame, before);
      askQuestion(turn, flow.id, name, settled.prompt);
      return;
    }
    frame.values[name] = settled.value;
    if (settled.remark) turn.say(settled.remark);
    turn.trace({
      kind: "slot",
      flow: flow.id,
      slot: name,
      from: before.get(name) ?? null,
      to: slot.show(context, settled.value),
      source: said === undefined ? "known" : "said",
    });
  }
  sayChanges(turn, frame, before);
  const summary = flow.summary?.(context);
  if (summary) {
    frame.phase = "confirming";
    turn.trace({ kind: "flow", flow: flow.id, change: "confirming", detail: null });
    askQuestion(turn, flow.id, "$confirm", summary);
    return;
  }
  completeTop(turn);
}

/** Says why a fact can't be and asks for another. */
function refuse(turn: TurnContext, frame: Frame, name: string, raw: Json, settled: Extract<Settled<Json>, { status: "refused" }>): void {
  delete frame.raw[name];
  delete frame.values[name];
  frame.phase = "collecting";
  turn.trace({ kind: "refused", flow: frame.flow, slot: name, value: JSON.stringify(raw).slice(0, 200), reason: settled.reason });
  turn.say(settled.text);
  askQuestion(turn, frame.flow, name, settled.prompt);
}

/** Settles what time may have overtaken once more; `false` when something no longer holds and was asked anew. */
export function recheck(turn: TurnContext, frame: Frame): boolean {
  const context = contextOf(turn, frame);
  for (const [name, slot] of slotsOf(flowOf(turn, frame))) {
    const value = frame.values[name];
    if (!slot.perishable || !slot.settle || value === undefined) continue;
    const settled = slot.settle(context, value);
    if (settled.status === "refused") {
      refuse(turn, frame, name, value, settled);
      return false;
    }
    if (settled.status === "ok") frame.values[name] = settled.value;
  }
  return true;
}

function sayChanges(turn: TurnContext, frame: Frame, before: ReadonlyMap<string, string>): void {
  const now = shownFacts(turn, frame);
  const context = contextOf(turn, frame);
  for (const [name, slot] of slotsOf(flowOf(turn, frame))) {
    const from = before.get(name);
    const to = now.get(name);
    const value = frame.values[name];
    const told = from !== undefined && value !== undefined && slot.specifies?.(context, from, value) === true;
    if (from !== undefined && to !== undefined && from !== to && !told)
      turn.say(turn.words("flow.changed", { label: slot.label(context), from, to }));
    if (name in frame.values) delete frame.data[`was:${name}`];
  }
}

/** A fact longer than this is the customer's own sentence: nobody wants it read back; characters. */
const LONGEST_ECHO = 60;

/** Facts told beside the open question are said back before the next one is put: who is asked again knows they were heard. */
function acknowledge(turn: TurnContext, frame: Frame, before: ReadonlyMap<string, string>): void {
  const asked = turn.previouslyAsked;
  const context = contextOf(turn, frame);
  const facts: string[] = [];
  for (const [name, slot] of slotsInOrder(turn, flowOf(turn, frame))) {
    if (!turn.told.has(name) || (asked?.flow === frame.flow && asked.slot === name)) continue;
    const value = frame.values[name];
    const from = before.get(name);
    // What was changed has been said as old → new; what only tells it more closely has not.
    if (from !== undefined && !(value !== undefined && slot.specifies?.(context, from, value))) continue;
    const raw = frame.raw[name];
    const words = value !== undefined ? slot.show(context, value) : raw !== undefined ? slot.heard?.(context, raw) : undefined;
    if (words && words.length <= LONGEST_ECHO) facts.push(words);
  }
  if (facts.length > 0) turn.say(turn.words("flow.noted", { facts: facts.join(turn.lang === "en" ? ", " : "，") }));
}

/** The flow on top is agreed to: it leaves the stack and acts. */
export function completeTop(turn: TurnContext): void {
  const frame = topFrame(turn);
  if (!frame || !recheck(turn, frame)) return;
  turn.state.stack.pop();
  const flow = flowOf(turn, frame);
  turn.trace({ kind: "flow", flow: flow.id, change: "completed", detail: null });
  if (flow.quietAfter) turn.quiet = true;
  turn.state.before = null;
  flow.complete(contextOf(turn, frame), frame.values);
}
