/**
 * Runs flows: takes facts from messages in any order, settles them, asks for what is missing, says corrections back, sums up
 * before a commitment, suspends and resumes. Knows no flow by name and no channel.
 *
 * Questions of the engine itself use slot names that begin with `$`: `$confirm` (the summary), `$change` (what to change),
 * `$resume` (go on with what was interrupted).
 */
import { HOUR_MS } from "../time.ts";
import type { TurnContext } from "./context.ts";
import type { Flow, FlowContext, Prompt, Settled, Slot } from "./flow.ts";
import type { Reading } from "./reading.ts";
import { type Choice, copyFrame, type Frame, type Json } from "./state.ts";

type AnySlot = Slot<Record<string, Json>, Json>;

export function topFrame(turn: TurnContext): Frame | null {
  return turn.state.stack.at(-1) ?? null;
}

export function flowOf(turn: TurnContext, frame: Frame): Flow {
  const flow = turn.dependencies.flows.get(frame.flow) as Flow | undefined;
  if (!flow) throw new RangeError(`no flow is called ${frame.flow}`);
  return flow;
}

function contextOf(turn: TurnContext, frame: Frame): FlowContext<Record<string, Json>> {
  return { turn, frame, values: frame.values };
}

function slotsOf(flow: Flow): [string, AnySlot][] {
  return Object.entries(flow.slots) as [string, AnySlot][];
}

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

/** A question put this often with nothing learnt in between is put otherwise: no hurry, and a person can help. */
const MOST_TIMES = 3;

/** Puts a question and remembers that it is open. */
export function askQuestion(turn: TurnContext, flow: string | null, slot: string, prompt: Prompt): void {
  const before = turn.previouslyAsked;
  const same = before !== null && before.flow === flow && before.slot === slot && !turn.learnt;
  const times = same ? before.times + 1 : 1;
  const choices = prompt.choices ?? [];
  // Nobody in danger is told that there is no hurry.
  const pressing = flow !== null && (turn.dependencies.flows.get(flow) as Flow | undefined)?.quietAfter === true;
  if (flow === null || times < MOST_TIMES) {
    turn.state.asked = { flow, slot, question: prompt.question, choices, times };
    turn.ask(prompt);
    return;
  }
  const person: Choice = { id: "intent:human", label: turn.words("intent.human") };
  const withPerson = [...choices.filter((choice) => choice.id !== person.id), person];
  turn.state.asked = { flow, slot, question: prompt.question, choices: withPerson, times };
  turn.ask({
    text: pressing ? prompt.text : turn.words(times % 2 === 1 ? "flow.no_hurry" : "flow.still_here"),
    question: prompt.question,
    choices: withPerson,
  });
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

/** What a message brought to a flow. */
export interface Taken {
  /** Slots whose raw is new. */
  readonly changed: readonly string[];
  /** Slots the message spoke of, changed or not. */
  readonly seen: readonly string[];
}

/** Takes every fact a message holds. Facts that rest on a changed one are dropped and will be settled anew. */
export function takeFacts(turn: TurnContext, frame: Frame, reading: Reading, onlyMissing = false): Taken {
  const flow = flowOf(turn, frame);
  const asked = turn.previouslyAsked;
  const snapshot = copyFrame(frame);
  const changed: string[] = [];
  const seen: string[] = [];
  for (const [name, slot] of slotsOf(flow)) {
    if (onlyMissing && (name in frame.raw || name in frame.values)) continue;
    const open = asked !== null && asked.flow === frame.flow && asked.slot === name;
    const raw = open && reading.choice ? (reading.choice.value ?? reading.choice.id) : slot.take(contextOf(turn, frame), reading, open);
    if (raw === undefined) continue;
    seen.push(name);
    if (sameJson(frame.raw[name], raw)) continue;
    changed.push(name);
    frame.raw[name] = raw;
    forget(flow, frame, name);
  }
  if (changed.length > 0) {
    turn.state.before = snapshot;
    turn.learnt = true;
  }
  return { changed, seen };
}

/** Drops a settled fact and those that rest on it, with what they were shown as. */
function forget(flow: Flow, frame: Frame, name: string): void {
  delete frame.values[name];
  for (const [other, slot] of slotsOf(flow)) if (slot.dependsOn?.includes(name) && other in frame.values) forget(flow, frame, other);
}

function sameJson(one: Json | undefined, other: Json): boolean {
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
  if (flow.summary) {
    frame.phase = "confirming";
    turn.trace({ kind: "flow", flow: flow.id, change: "confirming", detail: null });
    askQuestion(turn, flow.id, "$confirm", flow.summary(context));
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
function recheck(turn: TurnContext, frame: Frame): boolean {
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
export function resumeDraft(turn: TurnContext, id: string): boolean {
  const { draft } = turn.state;
  const keptMs = turn.model.profile.business.conversation.draftHours * HOUR_MS;
  if (!draft || draft.frame.flow !== id || turn.now - draft.at > keptMs) return false;
  turn.state.draft = null;
  turn.state.stack.push(copyFrame(draft.frame));
  turn.trace({ kind: "flow", flow: id, change: "resumed", detail: "draft" });
  askResume(turn);
  return true;
}

/** Go on with the flow on top, begin it anew, or leave it? */
export function askResume(turn: TurnContext): void {
  const frame = topFrame(turn);
  if (!frame) return;
  const facts = [...shownFacts(turn, frame).values()].join(turn.lang === "en" ? "; " : "；");
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

/** Offers to go on with what was interrupted. */
export function resumeTop(turn: TurnContext): void {
  const frame = topFrame(turn);
  if (!frame) return;
  turn.trace({ kind: "flow", flow: frame.flow, change: "resumed", detail: null });
  turn.say(turn.words("flow.back_to", { title: flowOf(turn, frame).title(turn) }));
  if (recheck(turn, frame)) advance(turn);
}

/** Puts the open question again after an answer to something else, without repeating the whole. */
export function askAgain(turn: TurnContext): void {
  const frame = topFrame(turn);
  if (!frame) return;
  const asked = turn.previouslyAsked;
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

/** Choices under a summary. */
export function confirmChoices(turn: TurnContext): Choice[] {
  return [
    { id: "yes", label: turn.words("choice.confirm") },
    { id: "change", label: turn.words("choice.change") },
    { id: "drop", label: turn.words("choice.drop") },
  ];
}

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
  if (!slot) return;
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
