import { describe, expect, test } from "vitest";
import { ruleSchema } from "../../../core/profile/rules-schema.ts";
import type { Profile, Rule } from "../../../core/profile/schema.ts";
import { MINUTE_MS } from "../../../core/time.ts";
import { openBench } from "../../support/bench.ts";
import { AMY, CUSTOMER, SHOP, texts } from "./bench-case.ts";

const local = (text: string) => ({ "zh-CN": text, "zh-TW": text, en: text });
const rule = (id: string, more: object): Rule => ruleSchema.parse({ id, name: local(id), ...more });
const shop = (...rules: Rule[]): Profile => ({ ...SHOP, rules });
const CASE = { category: "complaint", urgency: "normal" };
const complaint = { fact: "intents", is: "complaint" };

describe("what a rule does", () => {
  test("says its words to the customer with the case's number, and nothing beside them", async () => {
    const bench = openBench({
      profile: shop(
        rule("late", {
          when: { fact: "intents", is: "warranty" },
          then: { case: { category: "warranty", urgency: "normal" }, reply: local("已登记 {number}") },
        }),
      ),
    });
    const said = texts(await bench.say(CUSTOMER, "机器还在保修吗"));
    expect(said).toContain(`已登记 ${(await bench.cases())[0]!.number}`);
    expect(said).not.toContain("我已转给同事");
  });

  test("sets a task with its time, which is recalled when due and done by a command", async () => {
    const bench = openBench({
      profile: shop(rule("ring", { when: complaint, then: { case: CASE, task: { text: local("致电客户"), withinMinutes: 20 } } })),
    });
    await bench.say(CUSTOMER, "我要投诉");
    const { number } = (await bench.cases())[0]!;
    expect((await bench.cases())[0]!.tasks).toMatchObject([
      { id: "T1", text: "致电客户", dueAt: bench.clock.now() + 20 * MINUTE_MS, doneAt: null },
    ]);
    await bench.wait(20 * MINUTE_MS);
    expect((await bench.notices()).filter((notice) => notice.text.includes("【到期】"))).toHaveLength(1);
    await bench.desk(CUSTOMER, AMY, { do: "task_done", case: number, text: "T1" });
    expect((await bench.cases())[0]!.tasks).toMatchObject([{ doneBy: AMY }]);
  });

  test("acts in the order of the profile, once for an event, and never sets itself off again", async () => {
    const again = rule("again", {
      when: { any: [complaint, { fact: "batch_count", atLeast: 1 }, { fact: "customer_class", is: "new" }] },
      then: { case: CASE, tags: ["again"] },
    });
    const bench = openBench({ profile: shop(rule("first", { when: complaint, then: { case: CASE, tags: ["one"] } }), again) });
    await bench.say(CUSTOMER, "我要投诉,机器坏了");
    const [trace] = await bench.store.unit((unit) => unit.traces.list(CUSTOMER, 1));
    expect(trace!.steps.flatMap((step) => (step.kind === "rule" ? [step.rule] : []))).toEqual(["first", "again"]);
    expect(await bench.cases()).toMatchObject([{ tags: ["one", "again"], reasons: [{ rule: "first" }, { rule: "again" }] }]);
  });

  test("an action that fails stands on the case with the reason, and the others are done", async () => {
    // A shop that shuts for good can't say when twenty minutes of business time are over.
    const profile = shop(
      rule("ring", { when: complaint, then: { case: CASE, page: true, task: { text: local("致电"), withinMinutes: 60 }, tags: ["kept"] } }),
    );
    const bench = openBench({
      profile: { ...profile, business: { ...profile.business, hours: { ...profile.business.hours, closed: ["2026-11-24..2029-12-31"] } } },
      now: Date.parse("2026-11-23T16:25:00+08:00"),
    });
    await bench.say(CUSTOMER, "我要投诉");
    const [one] = await bench.cases();
    expect(one).toMatchObject({ tags: ["kept"], page: { acknowledgedAt: null }, tasks: [] });
    expect(one!.notes.at(-1)).toMatchObject({ by: "bot", text: expect.stringMatching(/规则「ring」的动作「设置待办」未能执行/) });
    expect((await bench.notices()).some((notice) => notice.text.includes("未能执行"))).toBe(true);
  });

  test("on its events alone: an order that moves, not a message", async () => {
    const bench = openBench({
      profile: shop(
        rule("moved", {
          on: ["booking"],
          when: { fact: "booking_event", is: "confirmed" },
          then: { case: { category: "booking", urgency: "normal" } },
        }),
      ),
    });
    await bench.say(CUSTOMER, "机器坏了,明天下午两点,王芳 13800138000");
    expect(await bench.cases()).toEqual([]);
    await bench.say(CUSTOMER, "确认");
    expect(await bench.cases()).toMatchObject([{ category: "booking", reasons: [{ rule: "moved" }] }]);
  });

  test("after a silence, once for each length, and not when the customer has written meanwhile", async () => {
    const bench = openBench({
      profile: shop(
        rule("quiet", {
          on: ["silence"],
          when: { fact: "silence_minutes", atLeast: 10 },
          then: { case: { category: "other", urgency: "normal" } },
        }),
      ),
    });
    await bench.say(CUSTOMER, "机器坏了");
    await bench.wait(9 * MINUTE_MS);
    await bench.say(CUSTOMER, "明天下午两点");
    await bench.wait(9 * MINUTE_MS);
    expect(await bench.cases()).toEqual([]);
    await bench.wait(MINUTE_MS);
    expect(await bench.cases()).toMatchObject([{ category: "other", known: false }]);
    await bench.wait(5 * MINUTE_MS);
    expect((await bench.cases())[0]!.reasons).toHaveLength(1);
  });

  test("when a clock runs: told by the share of its time", async () => {
    const bench = openBench({
      profile: shop(
        rule("complaint", { when: complaint, then: { case: CASE } }),
        rule("slow", {
          on: ["clock"],
          when: {
            all: [
              { fact: "clock", is: "first_answer" },
              { fact: "clock_percent", atLeast: 100 },
            ],
          },
          then: { tags: ["slow"] },
        }),
      ),
    });
    await bench.say(CUSTOMER, "我要投诉");
    await bench.wait(29 * MINUTE_MS);
    expect((await bench.cases())[0]!.tags).toEqual([]);
    await bench.wait(MINUTE_MS);
    expect((await bench.cases())[0]!.tags).toEqual(["slow"]);
  });
});
