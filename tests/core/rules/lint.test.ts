import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Rule, ruleSchema } from "../../../core/profile/rules-schema.ts";
import type { RuleCondition } from "../../../core/profile/schema.ts";
import { cubesOf, implies, impossible } from "../../../core/rules/cubes.ts";
import { holds } from "../../../core/rules/evaluate.ts";
import type { RuleFacts } from "../../../core/rules/facts.ts";
import { lintRules } from "../../../core/rules/lint.ts";
import { shippedProfile } from "../../support/profile.ts";

const CASE = { category: "complaint", urgency: "normal" } as const;

function rule(id: string, when: RuleCondition, more: { on?: Rule["on"]; then?: object } = {}): Rule {
  return ruleSchema.parse({
    id,
    name: { "zh-CN": id, "zh-TW": id, en: id },
    when,
    ...(more.on ? { on: more.on } : {}),
    then: more.then ?? { case: CASE },
  });
}

const kinds = (...rules: Rule[]): string[] => lintRules(rules).map((finding) => `${finding.kind} ${rules[finding.index]!.id}`);

describe("lintRules on one rule", () => {
  const table: readonly (readonly [string, RuleCondition, Rule["on"], readonly string[]])[] = [
    ["a plain test", { fact: "vip", is: true }, undefined, []],
    ["a value the fact never has", { fact: "intent", is: "boook" }, undefined, ["dead a"]],
    ["one wrong value among right ones", { fact: "signals", is: ["anger", "rage"] }, undefined, ["dead a"]],
    ["a number out of range", { fact: "score", is: 11 }, undefined, ["dead a"]],
    ["a bound on what is no number", { fact: "urgency", atLeast: 2 }, undefined, ["dead a"]],
    ["a text for a flag", { fact: "vip", is: "yes" }, undefined, ["dead a"]],
    ["bounds that cross", { fact: "score", atLeast: 7, atMost: 6 }, undefined, ["dead a"]],
    [
      "bounds that cross in two tests",
      {
        all: [
          { fact: "misses", atLeast: 3 },
          { fact: "misses", atMost: 2 },
        ],
      },
      undefined,
      ["dead a"],
    ],
    [
      "two values of a fact that has one",
      {
        all: [
          { fact: "intent", is: "book" },
          { fact: "intent", is: "status" },
        ],
      },
      undefined,
      ["dead a"],
    ],
    [
      "two values of a fact that has many",
      {
        all: [
          { fact: "intents", is: "book" },
          { fact: "intents", is: "status" },
        ],
      },
      undefined,
      [],
    ],
    ["a test and its denial", { all: [{ fact: "vip" }, { not: { fact: "vip", is: true } }] }, undefined, ["dead a"]],
    [
      "a value outside of the bounds",
      {
        all: [
          { fact: "hour", is: 8 },
          { fact: "hour", atLeast: 9 },
        ],
      },
      undefined,
      ["dead a"],
    ],
    ["one of several ways that can't hold", { any: [{ fact: "score", atLeast: 7, atMost: 6 }, { fact: "vip" }] }, undefined, []],
    [
      "several ways of which none can hold",
      { any: [{ fact: "score", atLeast: 7, atMost: 6 }, { all: [{ fact: "vip" }, { not: { fact: "vip" } }] }] },
      undefined,
      ["dead a"],
    ],
    ["a fact of messages on a clock", { fact: "intents", is: "book" }, ["clock"], ["dead a"]],
    ["a fact of clocks on a clock", { fact: "clock_percent", atLeast: 100 }, ["clock"], []],
    ["a fact of messages on messages and clocks", { fact: "intents", is: "book" }, ["clock", "message"], []],
    ["only denied facts on a clock", { not: { fact: "intents", is: "book" } }, ["clock"], []],
    [
      "a history and its denial",
      { all: [{ history: "repair", days: 30, atLeast: 2 }, { not: { history: "repair", days: 30, atLeast: 1 } }] },
      undefined,
      ["dead a"],
    ],
    [
      "a history between two counts",
      { all: [{ history: "repair", days: 30, atLeast: 2 }, { not: { history: "repair", days: 30, atLeast: 4 } }] },
      undefined,
      [],
    ],
  ];
  test.each(table)("%s", (_name, when, on, wanted) => {
    expect(kinds(rule("a", when, on ? { on } : {}))).toStrictEqual(wanted);
  });
});

describe("lintRules on two rules", () => {
  const complaint: RuleCondition = { fact: "intents", is: "complaint" };
  const angry: RuleCondition = { all: [complaint, { fact: "signals", is: "anger" }] };
  const urgent = { case: { ...CASE, urgency: "urgent", step: "manager" } };
  const table: readonly (readonly [string, Rule, Rule, readonly string[]])[] = [
    ["that do different things are fine", rule("a", complaint), rule("b", angry, { then: urgent }), []],
    ["the narrow one doing no more is shadowed by the wide one", rule("a", complaint, { then: urgent }), rule("b", angry), ["shadowed b"]],
    ["the narrow one first is shadowed all the same", rule("a", angry), rule("b", complaint, { then: urgent }), ["shadowed a"]],
    ["the same twice is shadowed", rule("a", complaint), rule("b", { any: [complaint] }), ["shadowed b"]],
    ["a tag of its own is something", rule("a", complaint, { then: urgent }), rule("b", angry, { then: { case: CASE, tags: ["x"] } }), []],
    [
      "a reply of its own is something",
      rule("a", complaint, { then: urgent }),
      rule("b", angry, { then: { case: CASE, reply: { "zh-CN": "x", "zh-TW": "x", en: "x" } } }),
      [],
    ],
    [
      "the same condition with another category contradicts",
      rule("a", complaint),
      rule("b", complaint, { then: { case: { ...CASE, category: "survey" } } }),
      ["contradiction b"],
    ],
    [
      "a narrower condition with another category is fine",
      rule("a", complaint),
      rule("b", angry, { then: { case: { ...CASE, category: "survey" } } }),
      [],
    ],
    ["on fewer events the wide one shadows nothing else", rule("a", complaint, { on: ["press"], then: urgent }), rule("b", angry), []],
    [
      "a lower bound follows from a higher one",
      rule("a", { fact: "misses", atLeast: 2 }),
      rule("b", { fact: "misses", atLeast: 3 }),
      ["shadowed b"],
    ],
    [
      "more history follows from less",
      rule("a", { history: "repair", days: 30, atLeast: 1 }),
      rule("b", { history: "repair", days: 30, atLeast: 2 }),
      ["shadowed b"],
    ],
    [
      "history of other days says nothing",
      rule("a", { history: "repair", days: 30, atLeast: 1 }),
      rule("b", { history: "repair", days: 60, atLeast: 2 }),
      [],
    ],
  ];
  test.each(table)("%s", (_name, one, other, wanted) => {
    expect(kinds(one, other)).toStrictEqual(wanted);
  });
});

test.each(["dealer", "appliance", "glass"] as const)("the rules of %s have nothing to complain of", (name) => {
  expect(lintRules(shippedProfile(name).rules).map((finding) => finding.what.en)).toStrictEqual([]);
});

describe("what the linter concludes is true of every combination of facts", () => {
  const FACT = fc.constantFrom("vip", "urgency", "signals", "misses");
  const VALUES: Readonly<Record<string, readonly (string | number | boolean)[]>> = {
    vip: [true, false],
    urgency: ["normal", "urgent"],
    signals: ["anger", "help"],
    misses: [0, 1, 2, 3],
  };
  const leaf: fc.Arbitrary<RuleCondition> = FACT.chain(
    (fact): fc.Arbitrary<RuleCondition> =>
      fact === "misses"
        ? fc.oneof(
            fc.record({ fact: fc.constant(fact), atLeast: fc.integer({ min: 0, max: 3 }) }),
            fc.record({ fact: fc.constant(fact), atMost: fc.integer({ min: 0, max: 3 }) }),
            fc.record({ fact: fc.constant(fact), is: fc.integer({ min: 0, max: 3 }) }),
          )
        : fc.record({ fact: fc.constant(fact), is: fc.constantFrom(...VALUES[fact]!) as fc.Arbitrary<string | boolean> }),
  );
  const condition = fc.letrec<{ any: RuleCondition }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.record({ all: fc.array(tie("any"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("any"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie("any") }),
    ),
  })).any;
  /** Every state of the four facts, each absent too. */
  const worlds: RuleFacts[] = [];
  for (const vip of [undefined, true, false])
    for (const urgency of [undefined, "normal", "urgent"])
      for (const signals of [undefined, [], ["anger"], ["help"], ["anger", "help"]])
        for (const misses of [undefined, 0, 1, 2, 3]) worlds.push({ vip, urgency, signals, misses });

  test("a condition of which no alternative can hold never holds", () => {
    fc.assert(
      fc.property(condition, (when) => {
        const cubes = cubesOf(when);
        if (cubes === null) return;
        const possible = cubes.some((cube) => impossible(cube) === null);
        if (!possible) expect(worlds.some((facts) => holds(when, facts))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a condition that follows from another holds whenever that one does", () => {
    let found = 0;
    fc.assert(
      fc.property(condition, condition, (given, wanted) => {
        const [one, other] = [cubesOf(given), cubesOf(wanted)];
        if (!one || !other || !implies(one, other)) return;
        found += 1;
        for (const facts of worlds) if (holds(given, facts)) expect(holds(wanted, facts)).toBe(true);
      }),
      { numRuns: 4_000 },
    );
    expect(found).toBeGreaterThan(50);
  });
});
