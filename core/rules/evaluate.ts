/** Which rules fire on the facts of a turn, and why. Pure. */
import { factValue } from "../conversation/explain-values.ts";
import type { Language } from "../language.ts";
import type { HistoryCondition, RuleEvent } from "../profile/rules-schema.ts";
import type { Rule, RuleCondition } from "../profile/schema.ts";
import { semicolon } from "../wording/format.ts";
import { FACTS, type FactName, type FactValue, type RuleFacts } from "./facts.ts";
import { historyName, historyWords } from "./history.ts";

/** How many earlier repairs, cases or bookings a history condition counts. */
export type CountHistory = (condition: HistoryCondition) => number;

const NO_HISTORY: CountHistory = () => 0;

/** A rule that fired, with the facts that its conditions tested. */
export interface Fired {
  readonly rule: Rule;
  readonly facts: Readonly<Record<string, FactValue>>;
}

type FactCondition = Extract<RuleCondition, { fact: string }>;

/** Does a condition hold? */
export function holds(condition: RuleCondition, facts: RuleFacts, count: CountHistory = NO_HISTORY): boolean {
  if ("all" in condition) return condition.all.every((part) => holds(part, facts, count));
  if ("any" in condition) return condition.any.some((part) => holds(part, facts, count));
  if ("not" in condition) return !holds(condition.not, facts, count);
  if ("history" in condition) return count(condition) >= condition.atLeast;
  return factHolds(condition, facts);
}

function factHolds(condition: FactCondition, facts: RuleFacts): boolean {
  const value = facts[condition.fact];
  if (value === undefined) return false;
  if (condition.is !== undefined && !matches(value, condition.is)) return false;
  if (condition.atLeast !== undefined && !(typeof value === "number" && value >= condition.atLeast)) return false;
  if (condition.atMost !== undefined && !(typeof value === "number" && value <= condition.atMost)) return false;
  return condition.is !== undefined || condition.atLeast !== undefined || condition.atMost !== undefined || value === true;
}

/** A list fact matches when it holds a wanted value; a list of wanted values matches when one of them does. */
function matches(value: FactValue, wanted: string | number | boolean | readonly string[]): boolean {
  const values = Array.isArray(value) ? (value as readonly (string | number | boolean)[]) : [value as string | number | boolean];
  return Array.isArray(wanted)
    ? values.some((one) => (wanted as readonly unknown[]).includes(one))
    : values.includes(wanted as string | number | boolean);
}

/** Names of the facts a condition tests. */
export function factsOf(condition: RuleCondition): string[] {
  if ("all" in condition) return condition.all.flatMap(factsOf);
  if ("any" in condition) return condition.any.flatMap(factsOf);
  if ("not" in condition) return factsOf(condition.not);
  return "history" in condition ? [] : [condition.fact];
}

/** What made a condition hold, by name: of several alternatives only the first that did. */
function decisive(condition: RuleCondition, facts: RuleFacts, count: CountHistory): readonly (readonly [string, FactValue])[] {
  if ("all" in condition) return condition.all.flatMap((part) => decisive(part, facts, count));
  if ("any" in condition) {
    const held = condition.any.find((part) => holds(part, facts, count));
    return held ? decisive(held, facts, count) : [];
  }
  if ("not" in condition) return factsOf(condition).flatMap((name) => (facts[name] === undefined ? [] : [[name, facts[name]] as const]));
  if ("history" in condition) return [[historyName(condition), count(condition)]];
  const value = facts[condition.fact];
  return value === undefined ? [] : [[condition.fact, value]];
}

/**
 * Rules that fire, in the order of the profile.
 *
 * @param already ids of rules that have fired in this turn: none fires twice, so nothing a rule does sets it off again
 * @param count earlier repairs, cases and bookings; left out = none
 * @param events what happens in this turn; left out = any, so that `on` is not looked at
 */
export function fire(
  rules: readonly Rule[],
  facts: RuleFacts,
  already: ReadonlySet<string>,
  count: CountHistory = NO_HISTORY,
  events: ReadonlySet<RuleEvent> | null = null,
): Fired[] {
  const fired: Fired[] = [];
  for (const rule of rules) {
    if (already.has(rule.id)) continue;
    if (events !== null && rule.on !== undefined && !rule.on.some((event) => events.has(event))) continue;
    if (!holds(rule.when, facts, count)) continue;
    fired.push({ rule, facts: Object.fromEntries(decisive(rule.when, facts, count)) });
  }
  return fired;
}

/** Why a rule fired, in words: `投诉：意图 = complaint`. */
export function explainFired(fired: Fired, language: Language): string {
  const tested = Object.entries(fired.facts).map(([name, value]) => {
    const label = factLabel(name, language);
    return `${label} = ${factValue(name, Array.isArray(value) ? value.join(", ") : (value as string | number | boolean), language)}`;
  });
  const colon = language === "en" ? ": " : "：";
  return `${fired.rule.name[language]}${tested.length > 0 ? colon + tested.join(semicolon(language)) : ""}`;
}

/** What a fact, or a history as {@link historyName} writes it, is called. */
export function factLabel(name: string, language: Language): string {
  if (Object.hasOwn(FACTS, name)) return FACTS[name as FactName][language];
  return historyWords(name, language) ?? name;
}
