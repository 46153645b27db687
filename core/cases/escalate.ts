/**
 * Lets the rules of the profile act on the facts of a turn: open or join cases, page people, hand the conversation over,
 * answer, tag, set tasks. Rules act in the order of the profile; what one does never sets the same one off again in the turn.
 */
import type { TurnContext } from "../conversation/context.ts";
import type { HistoryCondition } from "../profile/rules-schema.ts";
import type { CountHistory } from "../rules/evaluate.ts";
import { countHistory } from "../rules/history.ts";
import { explainFired, type Fired, fire } from "../rules/index.ts";
import type { TimerData } from "../spine/events.ts";
import { MINUTE_MS } from "../time.ts";
import { fillTemplate } from "../wording/template.ts";
import { higherStep } from "./ladder.ts";
import { countBatch, gatherOutbreak } from "./outbreak.ts";
import { type Case, type CaseCategory, type CaseUrgency, isOpen, moreUrgent, OUTBREAKS } from "./state.ts";
import { subjectOf } from "./subject.ts";
import { stateFacts } from "./turn-facts.ts";

/** A case that rules opened or joined in this turn. */
export interface Escalation {
  readonly case: Case;
  readonly isNew: boolean;
  /** It had been resolved, and the customer is not satisfied. */
  readonly isReopened: boolean;
  readonly category: CaseCategory;
  readonly pausesBot: boolean;
  /** A rule has said its own words to the customer. */
  readonly replied: boolean;
}

/** What the fact `repeat_repair` says (handbook: 30 天内返修). */
const SAME_REPAIR: HistoryCondition = { history: "repair", same: ["fault", "product"], days: 30, atLeast: 1 };

/**
 * Fires every rule whose facts hold and that has not fired in this turn.
 *
 * @param words the customer's words, as written, for the case; "" when something else happened
 * @returns what became of it, in the order of the rules; parents of outbreaks, which customers don't hear of, left out
 */
export function escalate(turn: TurnContext, words: string): Escalation[] {
  stateFacts(turn);
  const past = { bookings: turn.bookings(), orders: turn.orders(), cases: turn.cases() };
  const subject = subjectOf(turn);
  const count: CountHistory = (condition) => countHistory(condition, past, subject, turn.model, turn.now);
  if (subject.fault !== null) turn.ruleFacts["repeat_repair"] = count(SAME_REPAIR) > 0;
  const fired = fire(turn.model.profile.rules, turn.ruleFacts, turn.fired, count, turn.events);
  if (fired.length === 0) return [];
  const byCategory = new Map<CaseCategory | null, Fired[]>();
  for (const one of fired) {
    turn.fired.add(one.rule.id);
    turn.trace({ kind: "rule", rule: one.rule.id, facts: flat(one.facts) });
    const category = one.rule.then.case?.category ?? null;
    byCategory.set(category, [...(byCategory.get(category) ?? []), one]);
  }
  const results: Escalation[] = [];
  for (const [category, rules] of byCategory) {
    if (category === "batch") callGathering(turn, rules);
    else if (category === null) actWithoutCase(turn, rules);
    else results.push(open(turn, category, rules, words));
  }
  handOver(turn, results);
  for (const one of results) countBatch(turn, one.case);
  // A case that has opened may be one of many: that is a new fact, and the rules on it are heard once more.
  return turn.ruleFacts["batch_count"] === undefined ? results : [...results, ...escalate(turn, words)];
}

function open(turn: TurnContext, category: CaseCategory, rules: readonly Fired[], words: string): Escalation {
  const { case: opened, isNew, isReopened } = turn.openCase(wantedBy(turn, category, rules, words));
  const language = turn.staffLanguage;
  const page = rules.some((one) => one.rule.then.page);
  if (page) turn.applyCase(opened.number, opened, { type: "case_paged", at: turn.now });
  const text = turn.staffWords(isNew ? "staff.case_opened" : "staff.case_joined", {
    number: opened.number,
    urgency: turn.staffWords(`urgency.${opened.urgency}`),
    category: turn.staffWords(`category.${opened.category}`),
    customer: turn.customer()?.name ?? "",
    words,
    why: rules.map((one) => explainFired(one, language)).join(" | "),
    promised: turn.staffTime(opened.promisedAt),
  });
  const step = rules.map((one) => one.rule.then.case!.step).reduce(higherStep);
  turn.notify(page ? "on_call" : step, text, opened.number);
  if (page) turn.notify(step, text, opened.number);
  const replied = actOn(turn, opened.number, rules);
  return {
    case: turn.caseByNumber(opened.number)!,
    isNew,
    isReopened,
    category,
    pausesBot: rules.some((one) => one.rule.then.pauseBot),
    replied,
  };
}

function wantedBy(turn: TurnContext, category: CaseCategory, rules: readonly Fired[], words: string) {
  const urgency: CaseUrgency = rules.map((one) => one.rule.then.case!.urgency).reduce(moreUrgent);
  const queues = rules.flatMap((one) => one.rule.then.case!.queue ?? []);
  const ofQueues = queues.flatMap((id) => turn.model.profile.cases.queues.find((queue) => queue.id === id)?.step ?? []);
  return {
    category,
    urgency: turn.ruleFacts["urgency"] === "urgent" && urgency === "normal" ? ("urgent" as const) : urgency,
    step: [...rules.map((one) => one.rule.then.case!.step), ...ofQueues].reduce(higherStep),
    queue: queues[0] ?? null,
    ...(rules.every((one) => one.rule.then.case!.join === "any") ? { join: "any" as const } : {}),
    reasons: rules.map((one) => ({ rule: one.rule.id, why: explainFired(one, turn.staffLanguage), at: turn.now })),
    words,
    tags: [...new Set(rules.flatMap((one) => one.rule.then.tags))],
  };
}

/** One outbreak, one parent: it is gathered in a conversation of its own, which takes one turn at a time. */
function callGathering(turn: TurnContext, rules: readonly Fired[]): void {
  if (turn.gathering === null) return;
  turn.tell(OUTBREAKS, "case_gather", {
    case: turn.gathering,
    rules: rules.map((one) => one.rule.id).join(","),
    why: rules.map((one) => explainFired(one, turn.staffLanguage)).join("\n"),
  });
}

/** Rules on a batch have fired for a case elsewhere: it and those like it are gathered. */
export function gatherDue(turn: TurnContext, found: Case, data: TimerData): void {
  const why = String(data["why"]).split("\n");
  const rules = String(data["rules"])
    .split(",")
    .flatMap((id) => turn.model.profile.rules.find((rule) => rule.id === id && rule.then.case?.category === "batch") ?? [])
    .map((rule) => ({ rule, facts: {} }));
  if (rules.length === 0) return;
  const reasons = rules.map(({ rule }, at) => ({ rule: rule.id, why: why[at] ?? rule.name[turn.staffLanguage], at: turn.now }));
  const parent = gatherOutbreak(turn, found, { ...wantedBy(turn, "batch", rules, ""), reasons });
  if (parent) actOn(turn, parent.number, rules);
}

/** Rules that open nothing act on the case that is open; where there is none, a task is told to staff and tags go to the trace. */
function actWithoutCase(turn: TurnContext, rules: readonly Fired[]): void {
  const current = [...turn.cases()].filter(isOpen).sort((one, other) => other.updatedAt - one.updatedAt)[0];
  const tags = [...new Set(rules.flatMap((one) => one.rule.then.tags))];
  if (current && tags.length > 0) turn.applyCase(current.number, current, { type: "case_tagged", at: turn.now, tags });
  actOn(turn, current?.number ?? null, rules);
}

/** Answers and tasks. An action that fails is written on the case and keeps no other from being done. @returns whether something was said */
function actOn(turn: TurnContext, number: string | null, rules: readonly Fired[]): boolean {
  let replied = false;
  for (const { rule } of rules) {
    const { reply, task } = rule.then;
    if (reply)
      attempt(turn, number, rule.id, "reply", () => {
        const found = number === null ? null : turn.caseByNumber(number);
        turn.say(
          fillTemplate(reply[turn.lang], {
            number: found?.number ?? "",
            promised: found ? turn.time(found.promisedAt) : "",
            name: turn.callName(),
          }),
        );
        replied = true;
      });
    if (task) attempt(turn, number, rule.id, "task", () => setTask(turn, number, task));
  }
  return replied;
}

function setTask(turn: TurnContext, number: string | null, task: NonNullable<Fired["rule"]["then"]["task"]>): void {
  const dueAt = turn.model.calendar.addBusinessMinutes(turn.now, task.withinMinutes);
  const text = task.text[turn.staffLanguage];
  const found = number === null ? null : turn.caseByNumber(number);
  const to = task.to ?? found?.owner ?? found?.step ?? turn.model.profile.ladder[0]!;
  if (found) {
    const id = `T${found.tasks.length + 1}`;
    turn.applyCase(found.number, found, { type: "case_task_added", at: turn.now, task: { id, text, to, dueAt } });
  }
  turn.notify(
    to,
    turn.staffWords("staff.task", {
      number: number ?? "",
      task: text,
      due: turn.staffTime(dueAt),
    }),
    number,
  );
}

/** Runs one action; its failure is visible on the case and in the trace. What only asks for a fact is passed on. */
function attempt(turn: TurnContext, number: string | null, rule: string, action: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    turn.note("rule_action_failed", { rule, value: action, error: error.message.slice(0, 200) });
    const found = number === null ? null : turn.caseByNumber(number);
    const name = turn.model.profile.rules.find((one) => one.id === rule)?.name[turn.staffLanguage] ?? rule;
    const why = turn.staffWords("staff.action_failed", {
      rule: name,
      action: turn.staffWords(`action.${action as "reply"}`),
      error: error.message,
    });
    if (found) turn.applyCase(found.number, found, { type: "case_action_failed", at: turn.now, rule, action, why });
    turn.notify(found?.owner ?? found?.step ?? turn.model.profile.ladder[0]!, why, number);
  }
}

/** A rule gave the conversation to a person. */
function handOver(turn: TurnContext, results: readonly Escalation[]): void {
  const pausing = results.find((one) => one.pausesBot);
  if (!pausing || turn.state.holder.by !== "bot") return;
  turn.state.holder = { by: "human", case: pausing.case.number, since: turn.now, staff: pausing.case.owner };
  turn.setTimer({
    id: `release:${turn.conversation}`,
    dueAt: turn.now + turn.model.profile.business.service.releaseMinutes * MINUTE_MS,
    name: "release",
    data: { case: pausing.case.number },
  });
}

function flat(facts: Fired["facts"]): Record<string, string | number | boolean> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === "object" ? value.join(", ") : value]));
}
