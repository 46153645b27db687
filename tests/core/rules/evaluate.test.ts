import { describe, expect, test } from "vitest";
import type { Rule, RuleCondition } from "../../../core/profile/schema.ts";
import { explainFired, factsOf, fire, holds } from "../../../core/rules/evaluate.ts";
import { FACTS, type RuleFacts } from "../../../core/rules/facts.ts";

describe("holds", () => {
  const table: readonly (readonly [RuleCondition, RuleFacts, boolean])[] = [
    // one value
    [{ fact: "intent", is: "book" }, { intent: "book" }, true],
    [{ fact: "intent", is: "book" }, { intent: "booking" }, false],
    [{ fact: "intent", is: "book" }, {}, false],
    [{ fact: "score", is: 0 }, { score: 0 }, true],
    [{ fact: "score", is: 1 }, { score: "1" }, false],
    [{ fact: "vip", is: true }, { vip: true }, true],
    [{ fact: "vip", is: false }, { vip: false }, true],
    [{ fact: "vip", is: false }, {}, false],
    // lists on either side
    [{ fact: "intents", is: "book" }, { intents: ["status", "book"] }, true],
    [{ fact: "intents", is: "book" }, { intents: [] }, false],
    [{ fact: "intent", is: ["book", "status"] }, { intent: "status" }, true],
    [{ fact: "intent", is: ["book", "status"] }, { intent: "thanks" }, false],
    [{ fact: "signals", is: ["a", "b"] }, { signals: ["c", "b"] }, true],
    [{ fact: "signals", is: ["a", "b"] }, { signals: ["c"] }, false],
    // numbers
    [{ fact: "misses", atLeast: 2 }, { misses: 2 }, true],
    [{ fact: "misses", atLeast: 2 }, { misses: 1 }, false],
    [{ fact: "misses", atLeast: 2 }, {}, false],
    [{ fact: "misses", atLeast: 2 }, { misses: "2" }, false],
    [{ fact: "score", atMost: 6 }, { score: 6 }, true],
    [{ fact: "score", atMost: 6 }, { score: 6.1 }, false],
    [{ fact: "score", atMost: 6 }, {}, false],
    [{ fact: "score", atLeast: 3, atMost: 6 }, { score: 4 }, true],
    [{ fact: "score", atLeast: 3, atMost: 6 }, { score: 2 }, false],
    [{ fact: "score", is: 4, atMost: 6 }, { score: 5 }, false],
    // a fact alone
    [{ fact: "vip" }, { vip: true }, true],
    [{ fact: "vip" }, { vip: false }, false],
    [{ fact: "vip" }, { vip: "yes" }, false],
    [{ fact: "vip" }, {}, false],
    // all, any, not
    [{ all: [{ fact: "vip" }, { fact: "score", atMost: 6 }] }, { vip: true, score: 5 }, true],
    [{ all: [{ fact: "vip" }, { fact: "score", atMost: 6 }] }, { vip: true, score: 7 }, false],
    [{ any: [{ fact: "vip" }, { fact: "score", atMost: 6 }] }, { score: 5 }, true],
    [{ any: [{ fact: "vip" }, { fact: "score", atMost: 6 }] }, {}, false],
    [{ not: { fact: "vip" } }, {}, true],
    [{ not: { fact: "vip" } }, { vip: true }, false],
    [
      { all: [{ not: { any: [{ fact: "vip" }, { fact: "score", is: 1 }] } }, { fact: "intent", is: "book" }] },
      { intent: "book", score: 2 },
      true,
    ],
    [
      { all: [{ not: { any: [{ fact: "vip" }, { fact: "score", is: 1 }] } }, { fact: "intent", is: "book" }] },
      { intent: "book", score: 1 },
      false,
    ],
  ];
  test.each(table)("%j on %j is %s", (condition, facts, wanted) => {
    expect(holds(condition, facts)).toBe(wanted);
  });
});

test("factsOf names every fact a condition tests, in order", () => {
  expect(factsOf({ all: [{ fact: "a" }, { any: [{ fact: "b" }, { not: { fact: "c", is: 1 } }] }, { fact: "a" }] })).toStrictEqual([
    "a",
    "b",
    "c",
    "a",
  ]);
});

const rule = (id: string, when: RuleCondition): Rule => ({
  id,
  name: { "zh-CN": `规则${id}`, "zh-TW": `規則${id}`, en: `rule ${id}` },
  when,
  then: { page: false, pauseBot: false, tags: [] },
});

describe("fire", () => {
  const rules = [
    rule("z", { fact: "vip" }),
    rule("a", { fact: "score", atMost: 6 }),
    rule("m", { any: [{ fact: "vip" }, { fact: "intent", is: "book" }] }),
  ];

  test("gives the rules that hold in the order of the profile, with the facts that decided", () => {
    expect(fire(rules, { vip: true, score: 3, intent: "status" }, new Set()).map((one) => [one.rule.id, one.facts])).toStrictEqual([
      ["z", { vip: true }],
      ["a", { score: 3 }],
      ["m", { vip: true }],
    ]);
  });
  test("leaves out absent facts", () => {
    expect(fire(rules, { vip: true }, new Set()).map((one) => one.facts)).toStrictEqual([{ vip: true }, { vip: true }]);
  });
  test("leaves out rules that have fired already", () => {
    expect(fire(rules, { vip: true, score: 3 }, new Set(["z", "m"])).map((one) => one.rule.id)).toStrictEqual(["a"]);
  });
  test("without facts fires nothing", () => {
    expect(fire(rules, {}, new Set())).toStrictEqual([]);
  });
});

test("explainFired says the rule and its facts in each language", () => {
  const [fired] = fire(
    [
      rule("a", {
        all: [
          { fact: "intents", is: "complaint" },
          { fact: "score", atMost: 6 },
        ],
      }),
    ],
    { intents: ["complaint", "status"], score: 3 },
    new Set(),
  );
  expect(explainFired(fired!, "zh-CN")).toBe(`规则a：${FACTS.intents["zh-CN"]} = 投诉或不满/查进度；${FACTS.score["zh-CN"]} = 3`);
  expect(explainFired(fired!, "zh-TW")).toBe(`規則a：${FACTS.intents["zh-TW"]} = 投訴或不滿/查進度；${FACTS.score["zh-TW"]} = 3`);
  expect(explainFired(fired!, "en")).toBe("rule a: all intents = complain / ask how far it is; score out of ten = 3");
  expect(explainFired({ rule: rule("b", { not: { fact: "vip" } }), facts: {} }, "en")).toBe("rule b");
});
