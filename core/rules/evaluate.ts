/** Which rules fire on the facts of a turn, and why. Pure. */
import { factValue } from "../conversation/explain-values.ts";
import type { Language } from "../language.ts";
import type { Rule, RuleCondition } from "../profile/schema.ts";
import { FACTS, type FactName, type FactValue, type RuleFacts } from "./facts.ts";

/** A rule that fired, with the facts that its conditions tested. */
export interface Fired {
  readonly rule: Rule;
  readonly facts: Readonly<Record<string, FactValue>>;
}

/** Does a condition hold? */
export function holds(condition: RuleCondition, facts: RuleFacts): boolean {
  if ("all" in condition) return condition.all.every((part) => holds(part, facts));
  if ("any" in condition) return condition.any.some((part) => holds(part, facts));
  if ("not" in condition) return !holds(condition.not, facts);
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
  return [condition.fact];
}

/** Names of the facts that made a condition hold: of several alternatives only the first that did. */
function decisiveFacts(condition: RuleCondition, facts: RuleFacts): string[] {
  if ("all" in condition) return condition.all.flatMap((part) => decisiveFacts(part, facts));
  if ("any" in condition) {
    const held = condition.any.find((part) => holds(part, facts));
    return held ? decisiveFacts(held, facts) : [];
  }
  return factsOf(condition);
}

/** Rules that fire, in the order of the profile; those in `already` are left out. */
export function fire(rules: readonly Rule[], facts: RuleFacts, already: ReadonlySet<string>): Fired[] {
  const fired: Fired[] = [];
  for (const rule of rules) {
    if (already.has(rule.id) || !holds(rule.when, facts)) continue;
    const tested: Record<string, FactValue> = {};
    for (const name of decisiveFacts(rule.when, facts)) {
      const value = facts[name];
      if (value !== undefined) tested[name] = value;
    }
    fired.push({ rule, facts: tested });
  }
  return fired;
}

/** Why a rule fired, in words: `投诉：意图 = complaint`. */
export function explainFired(fired: Fired, language: Language): string {
  const tested = Object.entries(fired.facts).map(([name, value]) => {
    const label = name in FACTS ? FACTS[name as FactName][language] : name;
    return `${label} = ${factValue(name, Array.isArray(value) ? value.join(", ") : (value as string | number | boolean), language)}`;
  });
  const colon = language === "en" ? ": " : "：";
  return `${fired.rule.name[language]}${tested.length > 0 ? colon + tested.join(language === "en" ? "; " : "；") : ""}`;
}
