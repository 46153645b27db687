/** Finds rules that can't fire, contradict each other, or add nothing to another one. Pure. */
import type { LocalMessage } from "../profile/problems.ts";
import type { Rule, RuleCondition } from "../profile/schema.ts";
import { type Cube, cubesOf, implies, impossible, statedIn } from "./cubes.ts";
import { FACT_KINDS, type FactKind } from "./fact-kinds.ts";
import type { FactName } from "./facts.ts";

export interface RuleFinding {
  /** `dead` can't fire · `contradiction` two rules want opposite things of one matter · `shadowed` adds nothing. */
  readonly kind: "dead" | "contradiction" | "shadowed";
  /** Index of the rule. */
  readonly index: number;
  /** Path within the rule. */
  readonly path: readonly (string | number)[];
  readonly what: LocalMessage;
  readonly wanted: LocalMessage;
}

/** Everything that is wrong with a set of rules, in their order. Facts that don't exist are the reader's to tell. */
export function lintRules(rules: readonly Rule[]): readonly RuleFinding[] {
  const findings: RuleFinding[] = [];
  const alternatives = rules.map((rule) => livingCubes(rule));
  rules.forEach((rule, index) => {
    const values = lintValues(rule, index);
    findings.push(...values);
    if (values.length === 0) findings.push(...lintDead(rule, index));
    if (findings.some((one) => one.index === index && one.kind === "dead")) return;
    for (let earlier = 0; earlier < index; earlier++) findings.push(...lintPair(rules, alternatives, earlier, index));
  });
  return findings;
}

/** The alternatives of a rule that can hold; `null` when there are too many to look into. */
function livingCubes(rule: Rule): readonly Cube[] | null {
  return cubesOf(rule.when)?.filter((cube) => impossible(cube) === null && possibleOn(cube, rule.on)) ?? null;
}

/** Can everything a cube needs be stated in one of the events? */
function possibleOn(cube: Cube, on: Rule["on"]): boolean {
  const facts = statedIn(cube).flatMap((fact) => (FACT_KINDS[fact]?.on ? [FACT_KINDS[fact].on!] : []));
  return on === undefined || facts.every((events) => events.some((event) => on.includes(event) || broad(on)));
}

/** Events beside which anything may be stated: what the customer or staff do may move orders, bookings and scores. */
const broad = (on: NonNullable<Rule["on"]>): boolean => on.some((event) => ["order", "booking", "score"].includes(event));

function lintDead(rule: Rule, index: number): RuleFinding[] {
  const cubes = cubesOf(rule.when);
  if (cubes === null) return [];
  const reasons = cubes.map((cube) => impossible(cube));
  if (cubes.length > 0 && reasons.every((reason) => reason !== null)) {
    const fact = reasons[0]!;
    return [
      {
        kind: "dead",
        index,
        path: ["when"],
        what: {
          zh: `规则「${rule.id}」不可能触发:对 ${fact} 的要求互相排斥`,
          en: `the rule "${rule.id}" can never fire: its tests of ${fact} exclude each other`,
        },
        wanted: { zh: "能同时成立的条件", en: "tests that can hold together" },
      },
    ];
  }
  if (!cubes.some((cube, at) => reasons[at] === null && possibleOn(cube, rule.on))) {
    const facts = [...new Set(cubes.flatMap(statedIn))].filter((fact) => FACT_KINDS[fact]?.on).join(", ");
    return [
      {
        kind: "dead",
        index,
        path: ["on"],
        what: {
          zh: `规则「${rule.id}」不可能触发:事件 ${rule.on?.join("、")} 下没有 ${facts}`,
          en: `the rule "${rule.id}" can never fire: ${facts} is never known on ${rule.on?.join(", ")}`,
        },
        wanted: { zh: "相符的事件,或删去 on", en: "events that fit, or no on at all" },
      },
    ];
  }
  return [];
}

/** Values that a fact never has. */
function lintValues(rule: Rule, index: number): RuleFinding[] {
  const findings: RuleFinding[] = [];
  const look = (condition: RuleCondition, path: readonly (string | number)[]): void => {
    if ("all" in condition) condition.all.forEach((part, at) => look(part, [...path, "all", at]));
    else if ("any" in condition) condition.any.forEach((part, at) => look(part, [...path, "any", at]));
    else if ("not" in condition) look(condition.not, [...path, "not"]);
    else if ("fact" in condition) {
      const kind = FACT_KINDS[condition.fact as FactName] as FactKind | undefined;
      if (kind) findings.push(...lintTest(rule, index, condition, kind, path));
    }
  };
  look(rule.when, ["when"]);
  return findings;
}

function lintTest(
  rule: Rule,
  index: number,
  test: Extract<RuleCondition, { fact: string }>,
  kind: FactKind,
  path: readonly (string | number)[],
): RuleFinding[] {
  const dead = (at: string, what: LocalMessage, wanted: LocalMessage): RuleFinding => ({
    kind: "dead",
    index,
    path: [...path, at],
    what,
    wanted,
  });
  const { fact } = test;
  if ((test.atLeast !== undefined || test.atMost !== undefined) && kind.kind !== "number")
    return [
      dead(
        test.atLeast === undefined ? "atMost" : "atLeast",
        { zh: `${fact} 不是数字(规则「${rule.id}」)`, en: `${fact} is no number (rule "${rule.id}")` },
        { zh: "用 is 检验", en: "a test by is" },
      ),
    ];
  if (test.is === undefined) return [];
  const wanted = Array.isArray(test.is) ? test.is : [test.is];
  const fits = (value: string | number | boolean): boolean => {
    if (kind.kind === "flag") return typeof value === "boolean";
    if (kind.kind === "number") return typeof value === "number" && value >= kind.least && value <= kind.most;
    return typeof value === "string" && (kind.values === undefined || kind.values.includes(value));
  };
  const wrong = wanted.filter((value) => !fits(value));
  if (wrong.length === 0) return [];
  const known =
    kind.kind === "flag" ? "true, false" : kind.kind === "number" ? `${kind.least}–${kind.most}` : (kind.values ?? []).join(", ");
  return [
    dead(
      "is",
      { zh: `${fact} 从不为 ${wrong.join("、")}(规则「${rule.id}」)`, en: `${fact} is never ${wrong.join(", ")} (rule "${rule.id}")` },
      { zh: `其中之一:${known}`, en: `one of ${known}` },
    ),
  ];
}

function lintPair(rules: readonly Rule[], cubes: readonly (readonly Cube[] | null)[], earlier: number, later: number): RuleFinding[] {
  const [one, other] = [rules[earlier]!, rules[later]!];
  const [mine, theirs] = [cubes[earlier], cubes[later]];
  if (!mine || !theirs || mine.length === 0 || theirs.length === 0) return [];
  const laterInEarlier = implies(theirs, mine) && coversEvents(one.on, other.on);
  const earlierInLater = implies(mine, theirs) && coversEvents(other.on, one.on);
  if (laterInEarlier && earlierInLater && one.then.case && other.then.case && one.then.case.category !== other.then.case.category) {
    return [
      {
        kind: "contradiction",
        index: later,
        path: ["then", "case", "category"],
        what: {
          zh: `规则「${other.id}」与「${one.id}」条件相同,却归到不同类别(${other.then.case.category}、${one.then.case.category})`,
          en: `the rules "${other.id}" and "${one.id}" have the same condition and different categories (${other.then.case.category}, ${one.then.case.category})`,
        },
        wanted: { zh: "合为一条,或区分条件", en: "one rule, or conditions that differ" },
      },
    ];
  }
  const shadow = (index: number, by: Rule): RuleFinding => ({
    kind: "shadowed",
    index,
    path: ["when"],
    what: {
      zh: `规则「${rules[index]!.id}」没有作用:它成立时「${by.id}」也成立,且处理不弱于它`,
      en: `the rule "${rules[index]!.id}" adds nothing: whenever it holds, "${by.id}" holds and does at least as much`,
    },
    wanted: { zh: "删去它,或让它多做一些", en: "leave it out, or let it do more" },
  });
  if (laterInEarlier && doesAsMuch(one, other)) return [shadow(later, one)];
  if (earlierInLater && doesAsMuch(other, one)) return [shadow(earlier, other)];
  return [];
}

/** Does a rule on `wide` hear everything that one on `narrow` hears? */
function coversEvents(wide: Rule["on"], narrow: Rule["on"]): boolean {
  return wide === undefined || (narrow?.every((event) => wide.includes(event)) ?? false);
}

const URGENCIES = ["normal", "urgent", "emergency"];
const STEPS = ["representative", "appraiser", "manager", "general_office"];

/** Is what `lesser` does a part of what `greater` does? */
function doesAsMuch(greater: Rule, lesser: Rule): boolean {
  const [more, less] = [greater.then, lesser.then];
  if (less.reply || less.task) return false;
  if ((less.page && !more.page) || (less.pauseBot && !more.pauseBot) || less.tags.some((tag) => !more.tags.includes(tag))) return false;
  if (!less.case) return true;
  return (
    more.case !== undefined &&
    more.case.category === less.case.category &&
    URGENCIES.indexOf(more.case.urgency) >= URGENCIES.indexOf(less.case.urgency) &&
    STEPS.indexOf(more.case.step) >= STEPS.indexOf(less.case.step) &&
    (less.case.queue === undefined || less.case.queue === more.case.queue)
  );
}
