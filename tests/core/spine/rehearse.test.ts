import { describe, expect, test } from "vitest";
import { FLOWS } from "../../../core/conversation/flows.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { ruleSchema } from "../../../core/profile/rules-schema.ts";
import type { Profile } from "../../../core/profile/schema.ts";
import { compareCases, compareStores } from "../../../core/spine/compare.ts";
import { rehearseHistory, replayHistory } from "../../../core/spine/index.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { tinyProfile } from "../../support/profile.ts";
import { createTestUnderstander } from "../../support/understander.ts";

const SHOP = tinyProfile();
const AMY = SHOP.staff.find((member) => member.role === "representative")!.id;

/** A morning with a complaint that staff settle, one that nobody answers, a booking, and a danger. */
async function morning(): Promise<Bench> {
  const bench = openBench({ profile: SHOP });
  await bench.say("web:a", "我要投诉,师傅迟到两小时,机器坏了");
  await bench.say("web:b", "机器坏了,明天下午两点,王芳 13800138000");
  await bench.say("web:b", "确认");
  await bench.wait(10 * MINUTE_MS);
  const { number } = (await bench.cases())[0]!;
  await bench.desk("web:a", AMY, { do: "reply", case: number, text: "您好" });
  await bench.desk("web:a", AMY, { do: "resolve", case: number, text: "已道歉" });
  await bench.say("web:a", "满意");
  await bench.say("web:c", "我要投诉,机器坏了两次");
  await bench.say("web:d", "我闻到煤气味");
  await bench.wait(3 * HOUR_MS);
  await bench.say("web:c", "还没人理我,投诉");
  await bench.wait(DAY_MS);
  return bench;
}

const dependencies = (profile: Profile) => ({
  model: createBusinessModel(profile),
  understander: createTestUnderstander(SHOP),
  flows: FLOWS,
});
const conversations = ["web:a", "web:b", "web:c", "web:d"];

describe("a history played again", () => {
  test("with the rules it was lived with leads to the same state, clocks, pages and timers included", async () => {
    const bench = await morning();
    const into = openSqliteStore({ path: ":memory:" });
    await replayHistory(bench.store, into, dependencies(SHOP), bench.engine.channels);
    expect(await compareStores(bench.store, into, conversations)).toEqual([]);
  });

  test("rehearsed with the same rules has the same cases and fires the same rules as often", async () => {
    const bench = await morning();
    const into = openSqliteStore({ path: ":memory:" });
    const rehearsal = await rehearseHistory(bench.store, into, dependencies(SHOP), bench.engine.channels);
    expect(rehearsal.left).toBe(0);
    expect(await compareCases(bench.store, into)).toEqual([]);
    const lived = await bench.store.unit(async (unit) => {
      const traces = [];
      for (const conversation of conversations) traces.push(...(await unit.traces.list(conversation, 1_000)));
      return traces.flatMap((trace) => trace.steps).filter((step) => step.kind === "rule").length;
    });
    expect(rehearsal.firings.length).toBe(lived);
  });

  test("rehearsed with changed rules shows what is new, gone and otherwise, and follows staff to the cases that stand for theirs", async () => {
    const bench = await morning();
    const changed: Profile = {
      ...SHOP,
      rules: [
        ruleSchema.parse({
          id: "first-booking",
          name: { "zh-CN": "新客预约", "zh-TW": "新客預約", en: "first booking" },
          on: ["booking"],
          when: { fact: "customer_class", is: ["new", "known"] },
          then: { case: { category: "booking", urgency: "normal" } },
        }),
        ...SHOP.rules
          .filter((rule) => rule.id !== "emergency")
          .map((rule) =>
            rule.id === "complaint" ? { ...rule, then: { ...rule.then, case: { ...rule.then.case!, urgency: "urgent" as const } } } : rule,
          ),
      ],
    };
    const [one, other] = [openSqliteStore({ path: ":memory:" }), openSqliteStore({ path: ":memory:" })];
    const before = await rehearseHistory(bench.store, one, dependencies(SHOP), bench.engine.channels);
    const after = await rehearseHistory(bench.store, other, dependencies(changed), bench.engine.channels);
    const fired = (rehearsal: typeof before, rule: string) => rehearsal.firings.filter((firing) => firing.rule === rule).length;
    expect([fired(before, "emergency"), fired(after, "emergency")]).toEqual([1, 0]);
    expect([fired(before, "first-booking"), fired(after, "first-booking")]).toEqual([0, 1]);
    const differences = await compareCases(one, other);
    const shown = differences.map((each) => [
      each.before?.category ?? null,
      each.before?.urgency ?? null,
      each.after?.category ?? null,
      each.after?.urgency ?? null,
    ]);
    expect(shown).toContainEqual([null, null, "booking", "normal"]);
    expect(shown).toContainEqual(["emergency", "emergency", null, null]);
    expect(shown).toContainEqual(["complaint", "normal", "complaint", "urgent"]);
    // The settled complaint was settled here too: staff acted on the case that stands for it.
    expect(after.left).toBe(0);
    const cases = await other.unit((unit) => unit.records.casesOf("web:a"));
    expect(cases).toMatchObject([{ category: "complaint", status: "resolved", satisfied: true }]);
  });

  test("an act of staff on a case that the changed rules don't open is left out and counted", async () => {
    const bench = await morning();
    const changed: Profile = { ...SHOP, rules: SHOP.rules.filter((rule) => rule.then.case?.category !== "complaint") };
    const into = openSqliteStore({ path: ":memory:" });
    const rehearsal = await rehearseHistory(bench.store, into, dependencies(changed), bench.engine.channels);
    expect(rehearsal.left).toBe(2);
  });
});
