import { describe, expect, test } from "vitest";
import { factsOf, fire } from "../../../core/rules/evaluate.ts";
import { FACTS, type RuleFacts } from "../../../core/rules/facts.ts";
import { shippedProfile } from "../../support/profile.ts";

/** For each rule: facts that fire it, and facts that nearly do. */
const TABLE: Readonly<Record<string, readonly [fires: readonly RuleFacts[], near: readonly RuleFacts[]]>> = {
  emergency: [[{ urgency: "emergency" }], [{ urgency: "urgent" }, { danger: "gas" }, { intents: ["emergency"] }]],
  human: [
    [{ intents: ["status", "human"] }, { intent: "human", event: "press" }],
    [{ intents: ["complaint"] }, { signals: ["human"] }],
  ],
  complaint: [
    [{ intents: ["complaint"] }, { intent: "complaint", event: "press" }],
    [{ intent: "complaint", intents: [], event: "message" }, { intents: ["abuse"] }],
  ],
  "legal-or-press": [
    [{ signals: ["legal_threat"] }, { signals: ["anger", "press_threat"] }],
    [{ signals: ["anger"] }, { signals: [] }],
  ],
  anger: [
    [
      { signals: ["anger"], intents: ["complaint"] },
      { signals: ["anger"], intents: ["status"] },
    ],
    [
      { signals: ["anger"], intents: ["book"] },
      { signals: [], intents: ["complaint"] },
    ],
  ],
  compensation: [
    [{ signals: ["compensation"], intents: ["complaint"] }],
    [{ signals: ["compensation"], intents: ["quote_price"] }, { intents: ["complaint"] }],
  ],
  "repeat-repair": [
    [
      { signals: ["repeat_repair"], intents: ["book"] },
      { signals: ["repeat_repair"], intents: ["complaint"] },
    ],
    [{ signals: ["repeat_repair"], intents: ["status"] }, { repeat_repair: true }],
  ],
  "anger-rising": [
    [{ angry_messages: 2 }, { angry_messages: 5 }],
    [{ angry_messages: 1 }, { signals: ["anger"] }],
  ],
  "third-repair": [[], [{ signals: ["repeat_repair"], intents: ["book"] }]],
  "beyond-authority": [[{ beyond_authority: true }], [{ beyond_authority: false }, {}]],
  "warranty-uncertain": [[{ warranty_uncertain: true }], [{ intents: ["warranty"] }]],
  "quote-declined": [
    [{ quote: "declined" }, { order_status: "declined" }],
    [{ quote: "unanswered" }, { order_status: "quoted" }, { order_status: "declined", quote: "unanswered" }],
  ],
  "quote-unanswered": [[{ quote: "unanswered" }], [{ quote: "declined" }, {}]],
  unreachable: [[{ contact_tries: 3 }], [{ contact_tries: 2 }]],
  "safety-declined": [[{ safety_declined: true }], [{ quote: "declined" }]],
  "batch-fault": [[{ batch_count: 3 }, { batch_count: 9 }], [{ batch_count: 2 }]],
  "silent-in-danger": [
    [{ flow: "emergency", silence_minutes: 3 }],
    [
      { flow: "emergency", silence_minutes: 2 },
      { flow: "book", silence_minutes: 30 },
    ],
  ],
  privacy: [[{ signals: ["privacy"] }], [{ signals: ["help"] }]],
  "not-understood": [[{ misses: 2 }, { misses: 5 }], [{ misses: 1 }]],
  "low-score": [
    [{ score: 6 }, { score: 0 }, { score: 9, item_score: 2 }],
    [{ score: 6.5 }, { score: 9, item_score: 3 }, {}],
  ],
  "no-slot": [[{ days_to_slot: 4 }], [{ days_to_slot: 3 }, { days_to_slot: 0 }]],
  "third-change": [[{ booking_changes: 3 }, { booking_changes: 4 }], [{ booking_changes: 2 }]],
  "promise-missed": [[{ promise_missed: true }], [{ promise_missed: false }, {}]],
  vip: [
    [{ vip: true, intents: ["complaint"] }],
    [
      { vip: false, intents: ["complaint"] },
      { vip: true, intents: ["book"] },
    ],
  ],
  "dead-letter": [[{ dead_letter: true }], [{ event: "dead_letter" }]],
  undelivered: [[{ undelivered: true }], [{ event: "undelivered" }]],
};

describe.each(["dealer", "appliance", "glass"] as const)("the rules of %s", (name) => {
  const { rules, ladder, staff } = shippedProfile(name);
  const shared = rules.filter((rule) => rule.id in TABLE);

  test("hold every shared rule", () => {
    expect(shared.map((rule) => rule.id).sort()).toStrictEqual(Object.keys(TABLE).sort());
  });

  test.each(shared.map((rule) => [rule.id, rule] as const))("%s fires on its facts and not on what is near", (id, rule) => {
    const [fires, near] = TABLE[id]!;
    for (const facts of fires) expect(fire([rule], facts, new Set()), JSON.stringify(facts)).toHaveLength(1);
    for (const facts of near) expect(fire([rule], facts, new Set()), JSON.stringify(facts)).toHaveLength(0);
  });

  test("test only facts that exist, and lead to a step somebody holds", () => {
    for (const rule of rules) {
      for (const fact of factsOf(rule.when)) expect(Object.keys(FACTS), rule.id).toContain(fact);
      const step = rule.then.case?.step;
      if (step)
        expect(
          staff.some((member) => member.role === step),
          `${rule.id} → ${step}`,
        ).toBe(true);
    }
    expect(ladder.length).toBeGreaterThan(1);
  });

  test("an ordinary message fires nothing", () => {
    expect(
      fire(
        rules,
        { event: "message", intent: "book", intents: ["book"], urgency: "normal", signals: [], misses: 0, vip: true, days_to_slot: 0 },
        new Set(),
      ),
    ).toStrictEqual([]);
  });
});
