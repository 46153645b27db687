/** What the team chat is told in the morning: nothing of what there was not, and everything that went badly. */
import { describe, expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import { openScratchStore } from "../../../bots/service/scratch.ts";
import { createVirtualClock } from "../../../bots/service/virtual-clock.ts";
import type { Language } from "../../../core/language.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { createReportCounter } from "../../../core/reports/counter.ts";
import type { ReportFigures } from "../../../core/reports/figures.ts";
import { periodOf } from "../../../core/reports/period.ts";
import { createReportRoutine } from "../../../core/reports/routine.ts";
import { reportTelling } from "../../../core/reports/telling.ts";
import { DAY_MS } from "../../../core/time.ts";
import { fillTemplate } from "../../../core/wording/template.ts";
import { touch } from "../../contract/store/samples.ts";

const profile = loadProfile("dealer", "en");
const model = createBusinessModel(profile);
const MONDAY = Date.parse("2026-11-23T08:45:00+08:00");
const NOTHING = createReportCounter(model, periodOf("day", "2026-11-22", model.zone), MONDAY).result();

const told = (more: Partial<ReportFigures>, kind: "day" | "week" | "month" = "day", language: Language = "en") =>
  reportTelling({ ...NOTHING, ...more }, kind, (key, values = {}) => fillTemplate(profile.wording[key]![language], values));

describe("reportTelling", () => {
  test.each<[Language, string]>([
    ["zh-CN", "【昨日关怀】没有要发的消息。"],
    ["zh-TW", "【昨日關懷】沒有要傳的訊息。"],
    ["en", "[Yesterday's care] nothing was due."],
  ])("says in one line of %s that nothing happened", (language, line) => {
    expect(told({}, "day", language)).toEqual({ text: line, quiet: true });
  });

  test("tells of what waits for people, and of lost customers by the week", () => {
    const customers = { ...NOTHING.customers, lost: 7 };
    expect(told({ openTasks: 3, customers }).text).toBe("[Yesterday's care] nothing was due; 3 waiting for people.");
    expect(told({ openTasks: 3, customers }, "week").text).toBe(
      "[Last week's care] nothing was due; 3 waiting for people; 7 lost customers.",
    );
  });

  test("leaves no bad figure out: nobody reached, nobody satisfied, nobody answered, no booking in a week", () => {
    const surveys = { ...NOTHING.surveys, asked: 4, answered: 2, mean: 2.5, satisfied: { good: 0, of: 2 }, low: 2 };
    const bad = { reached: { good: 0, of: 5 }, surveys, conversion: { good: 0, of: 3 } };
    expect(told(bad)).toEqual({
      quiet: false,
      text:
        "[Yesterday's care] 0 delivered, 0 % reached; 5 not reachable; " +
        "surveys answered 2, mean 2.5, satisfied 0 % (goal 90 %), goal missed, low marks 2.",
    });
    expect(told({ ...bad, surveys: { ...surveys, answered: 0 } }, "week", "zh-CN").text).toBe(
      "【上周关怀】送达 0 条，触达率 0 %；联系不上 5 位；回访发出 4 份，尚无人回复；提醒带来预约 0 个（0 %）。",
    );
  });

  test("a survey answered in words alone has no mean and no share", () => {
    const surveys = { ...NOTHING.surveys, asked: 1, answered: 1 };
    expect(told({ surveys }).text).toBe("[Yesterday's care] surveys answered 1.");
  });
});

test("a run of quiet days on which something waits is told of once, and a new one again", async () => {
  const { store } = await openScratchStore();
  const clock = createVirtualClock(MONDAY + DAY_MS);
  const lines: string[] = [];
  const routine = createReportRoutine(store, model, clock, async (_unit, { id }) => void lines.push(id));
  const task = { way: "call", to: "representative", text: "" } as const;
  await store.unit((unit) => unit.care.plan([touch("t0", { status: "task", task, at: MONDAY - 9 * DAY_MS })]));
  for (let day = 0; day < 9; day++) {
    // On Thursday something is sent, of which Friday morning tells.
    if (day === 2) await store.unit(async (unit) => void (await unit.care.plan([touch("t1", { status: "sent", at: clock.now() })])));
    await routine.step();
    clock.moveTo(clock.now() + DAY_MS);
  }
  expect(lines).toEqual([
    "report:day:2026-11-25",
    "report:day:2026-11-27",
    "report:day:2026-11-28",
    "report:week:2026-11-30",
    "report:month:2026-12-01",
  ]);
  await store.close();
});

test("of a day on which nothing happened and nothing waits nobody is told, of such a week in one line", async () => {
  const { store } = await openScratchStore();
  const clock = createVirtualClock(MONDAY + DAY_MS);
  const lines: string[] = [];
  const routine = createReportRoutine(store, model, clock, async (_unit, { text }) => void lines.push(text));
  for (let day = 0; day < 7; day++) {
    await routine.step();
    clock.moveTo(clock.now() + DAY_MS);
  }
  expect(lines).toEqual(["【上周关怀】没有要发的消息。"]);
  await store.close();
});
