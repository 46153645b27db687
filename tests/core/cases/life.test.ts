import { describe, expect, test } from "vitest";
import type { CaseEvent } from "../../../core/cases/case-events.ts";
import { CLOCKS } from "../../../core/cases/clock-spans.ts";
import type { DeskCommand } from "../../../core/spine/events.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import { type Bench, MONDAY_NINE, openBench } from "../../support/bench.ts";
import { AMY, BEN, CUSTOMER, MANAGER, OFFICE, openCaseBench, SHOP, texts } from "./bench-case.ts";

const eventsOf = (bench: Bench, number: string): Promise<readonly CaseEvent[]> =>
  bench.store.unit((unit) => unit.records.events("case", number)) as Promise<readonly CaseEvent[]>;

describe("a case nobody answers", () => {
  test("warns half-way, climbs at the end and each time the time has doubled, up to the end of the ladder", async () => {
    const { bench, number, current, told } = await openCaseBench();
    await bench.wait(15 * MINUTE_MS);
    expect((await told()).at(-1)).toContain("50%");
    expect(await current()).toMatchObject({ step: "representative", clocks: { first_answer: { level: 50 } } });
    const steps: string[] = [];
    for (const minutes of [15, 30, 60, 120]) {
      await bench.wait(minutes * MINUTE_MS);
      steps.push((await current()).step);
    }
    expect(steps).toEqual(["manager", "general_office", "general_office", "general_office"]);
    const climbs = (await eventsOf(bench, number)).filter((event) => event.type === "case_climbed");
    expect(climbs.map((event) => (event.at - MONDAY_NINE) / MINUTE_MS)).toEqual([30, 60, 120, 240]);
  });

  test("the customer hears of the delay with a new time, and that time is when the next word comes", async () => {
    const { bench, current } = await openCaseBench();
    await bench.wait(30 * MINUTE_MS);
    const [last] = (await bench.messages(CUSTOMER)).slice(-1);
    expect(last!.text).toContain("久等");
    expect(last!.text).toContain("10:00");
    expect((await current()).promisedAt).toBe(MONDAY_NINE + HOUR_MS);
    const before = (await bench.messages(CUSTOMER)).length;
    await bench.wait(29 * MINUTE_MS);
    expect((await bench.messages(CUSTOMER)).length).toBe(before);
    await bench.wait(1 * MINUTE_MS);
    expect((await bench.messages(CUSTOMER)).length).toBe(before + 1);
  });

  test("opened in the evening it wakes nobody at night", async () => {
    const { bench } = await openCaseBench("我要投诉,机器坏了", { now: MONDAY_NINE + 9 * HOUR_MS });
    const before = (await bench.notices()).length;
    await bench.wait(14 * HOUR_MS);
    expect((await bench.notices()).length).toBe(before);
    await bench.wait(HOUR_MS + 15 * MINUTE_MS);
    expect((await bench.notices()).length).toBe(before + 1);
  });

  test("after 24 hours it is a breach, on record at once and told to the last step in working time", async () => {
    const { bench, number, current } = await openCaseBench("我要投诉,机器坏了", { now: MONDAY_NINE + 4 * DAY_MS + 7 * HOUR_MS });
    await bench.wait(DAY_MS);
    expect((await current()).breachedAt).toBe(MONDAY_NINE + 5 * DAY_MS + 7 * HOUR_MS);
    const told = async () => (await bench.notices()).filter((notice) => notice.text.includes("违约"));
    expect(await told()).toEqual([]);
    await bench.wait(2 * DAY_MS);
    expect((await told()).map((notice) => notice.to)).toContain("general_office");
    expect((await told())[0]!.at).toBe(MONDAY_NINE + 7 * DAY_MS);
    expect((await eventsOf(bench, number)).filter((event) => event.type === "case_breached")).toHaveLength(1);
  });

  test("answered in time it neither warns, climbs nor breaches", async () => {
    const { bench, number, act } = await openCaseBench();
    await bench.wait(14 * MINUTE_MS);
    await act(AMY, { do: "reply", text: "您好,我来看看" });
    await act(AMY, { do: "wait", text: "" });
    await bench.wait(30 * HOUR_MS);
    expect((await eventsOf(bench, number)).map((event) => event.type)).toEqual([
      "case_opened",
      "case_claimed",
      "case_answered",
      "case_waiting",
    ]);
  });
});

describe("a silent owner", () => {
  test("who claimed and never answered is replaced in working time, and told so", async () => {
    const { bench, act, current, told } = await openCaseBench();
    await act(AMY, { do: "claim" });
    await bench.wait(30 * MINUTE_MS);
    expect(await current()).toMatchObject({ status: "open", owner: null, step: "manager" });
    expect((await told()).filter((line) => line.startsWith(`${AMY}: 【超时】`))).toHaveLength(1);
    expect((await told()).filter((line) => line.startsWith("manager: 【超时】"))).toHaveLength(1);
  });

  test("who leaves the customer's next words unanswered for two hours is replaced", async () => {
    const { bench, act, current } = await openCaseBench();
    await act(AMY, { do: "reply", text: "您好" });
    await bench.wait(10 * MINUTE_MS);
    await bench.say(CUSTOMER, "什么时候能来");
    await bench.wait(119 * MINUTE_MS);
    expect(await current()).toMatchObject({ status: "claimed", owner: AMY });
    await bench.wait(2 * MINUTE_MS);
    expect(await current()).toMatchObject({ status: "open", owner: null, step: "manager" });
  });
});

describe("the clock of the resolution", () => {
  test("stands still while the customer is awaited and goes on when they write", async () => {
    const { bench, act, current } = await openCaseBench();
    await act(AMY, { do: "reply", text: "请问您周三在家吗" });
    await act(AMY, { do: "wait", text: "" });
    expect(await current()).toMatchObject({ waitingSince: bench.clock.now() });
    await bench.wait(3 * DAY_MS);
    expect((await current()).clocks.resolution.level).toBe(0);
    await bench.say(CUSTOMER, "在的");
    expect(await current()).toMatchObject({ waitingSince: null });
    // Of the 24 hours none has passed yet: half of them end after a day and a half of eight hours.
    await act(AMY, { do: "reply", text: "好的" });
    await bench.wait(DAY_MS + 3 * HOUR_MS);
    expect((await current()).clocks.resolution.level).toBe(0);
    await bench.wait(2 * HOUR_MS);
    expect((await current()).clocks.resolution.level).toBe(50);
  });

  test("the owner is reminded of a customer who is awaited for long", async () => {
    const { bench, act, told } = await openCaseBench();
    await act(AMY, { do: "reply", text: "请发一张照片" });
    await act(AMY, { do: "wait", text: "" });
    await bench.wait(48 * HOUR_MS);
    expect((await told()).at(-1)).toContain("等待客户已 48 小时");
  });
});

describe("the end of a case", () => {
  test("asks whether the customer is satisfied; yes closes it once the cause is named", async () => {
    const { bench, number, act, current, told } = await openCaseBench();
    const [asked] = (await act(AMY, { do: "resolve", text: "已换新" })).slice(-1);
    expect(asked!.buttons.map((button) => button.label)).toEqual(["满意", "还不满意"]);
    expect((await told()).at(-1)).toContain("根本原因");
    expect(texts(await bench.press(CUSTOMER, `case:yes:${number}`))).toContain("感谢");
    expect(await current()).toMatchObject({ status: "resolved", satisfied: true });
    await act(AMY, { do: "cause", text: "维修工艺" });
    expect(await current()).toMatchObject({ status: "closed", cause: "workmanship" });
  });

  test("no reopens it one step up, with the customer's words, and both sides hear it", async () => {
    const { bench, act, current, told } = await openCaseBench();
    await act(AMY, { do: "resolve", text: "已换新" });
    expect(texts(await bench.say(CUSTOMER, "不满意,地板还是湿的"))).toContain("重新打开");
    expect(await current()).toMatchObject({ status: "open", step: "manager", owner: null, reopened: 1, satisfied: false });
    expect((await told()).some((line) => line.startsWith("manager:") && line.includes("地板还是湿的"))).toBe(true);
  });

  test("the buttons are good days later, after other talk, and not twice", async () => {
    const { bench, number, act, current } = await openCaseBench();
    await act(AMY, { do: "resolve", text: "" });
    await bench.say(CUSTOMER, "多少钱");
    await bench.wait(DAY_MS);
    await bench.press(CUSTOMER, `case:no:${number}`);
    expect(await current()).toMatchObject({ status: "open", reopened: 1 });
    await bench.press(CUSTOMER, `case:no:${number}`);
    expect(await current()).toMatchObject({ status: "open", reopened: 1 });
  });

  test("a stranger's button on the case does nothing to it", async () => {
    const { bench, number, act, current } = await openCaseBench();
    await act(AMY, { do: "resolve", text: "" });
    await bench.press("web:mallory", `case:no:${number}`);
    expect(await current()).toMatchObject({ status: "resolved", reopened: 0 });
  });

  test("silence closes it after three days, but not before the cause is named", async () => {
    const { bench, act, current, told } = await openCaseBench();
    await act(AMY, { do: "resolve", text: "" });
    await bench.wait(4 * DAY_MS);
    expect((await current()).status).toBe("resolved");
    const reminders = (await told()).filter((line) => line.startsWith(`${AMY}:`) && line.includes("根本原因")).length;
    expect(reminders).toBeGreaterThanOrEqual(2);
    await act(AMY, { do: "cause", text: "delay" });
    await bench.wait(5 * DAY_MS);
    expect((await current()).status).toBe("closed");
  });

  test("a cause that isn't one is refused with those there are", async () => {
    const { act, current, told } = await openCaseBench();
    await act(AMY, { do: "cause", text: "维修工" });
    expect((await told()).at(-1)).toMatch(/维修工艺.*产品质量/s);
    expect((await current()).cause).toBeNull();
  });

  test("what was interrupted goes on after the customer has answered", async () => {
    const bench = openBench({ profile: SHOP });
    await bench.say(CUSTOMER, "机器坏了,明天下午两点");
    await bench.say(CUSTOMER, "人工");
    const { number } = (await bench.cases())[0]!;
    await bench.desk(CUSTOMER, AMY, { do: "reply", case: number, text: "您好" });
    expect(texts(await bench.desk(CUSTOMER, AMY, { do: "resolve", case: number, text: "好了" }))).toContain("满意吗");
    expect(texts(await bench.say(CUSTOMER, "满意"))).toMatch(/感谢[\s\S]*预约/);
    await bench.say(CUSTOMER, "王芳 13800138000");
    await bench.say(CUSTOMER, "确认");
    expect(await bench.bookings()).toHaveLength(1);
  });

  test("a reply after its end reaches the customer, stands on the case, and holds no conversation", async () => {
    const { bench, number, act, current } = await openCaseBench();
    await act(AMY, { do: "cause", text: "delay" });
    await act(AMY, { do: "resolve", text: "" });
    await bench.press(CUSTOMER, `case:yes:${number}`);
    expect((await current()).status).toBe("closed");
    expect(texts(await act(BEN, { do: "reply", text: "再补充一句:保修延长到明年" }))).toContain("保修延长");
    expect((await current()).notes.at(-1)).toMatchObject({ by: BEN, text: "再补充一句:保修延长到明年" });
    expect((await current()).status).toBe("closed");
    expect((await bench.state(CUSTOMER))!.holder.by).toBe("bot");
  });
});

describe("staff at once", () => {
  test("of two who claim in the same moment one has it, the other is told who, the customer hears one name", async () => {
    const { bench, number, current } = await openCaseBench();
    const claim: DeskCommand = { do: "claim", case: number };
    await Promise.all([AMY, BEN].map((by) => bench.post(CUSTOMER, { kind: "desk", by, command: claim }, `claim-${by}`)));
    await bench.engine.settle();
    const { owner } = await current();
    expect([AMY, BEN]).toContain(owner);
    const loser = owner === AMY ? BEN : AMY;
    expect((await bench.notices()).filter((notice) => notice.to === loser && notice.text.includes("接手"))).toHaveLength(1);
    expect((await bench.messages(CUSTOMER)).filter((message) => message.text.includes("接手您的个案"))).toHaveLength(1);
    expect((await eventsOf(bench, number)).filter((event) => event.type === "case_claimed")).toHaveLength(1);
  });
});

describe("an emergency's page", () => {
  test("climbs every five minutes, day and night, until somebody acknowledges", async () => {
    const { bench, number, current, told } = await openCaseBench("我闻到煤气味", { now: MONDAY_NINE - 7 * HOUR_MS });
    expect((await current()).page).toEqual({ since: bench.clock.now(), acknowledgedAt: null, acknowledgedBy: null });
    await bench.wait(5 * MINUTE_MS);
    expect((await current()).step).toBe("general_office");
    expect(texts(await bench.messages(CUSTOMER))).toContain("还在联系值班人员");
    await bench.wait(10 * MINUTE_MS);
    const pages = async () => (await told()).filter((line) => line.startsWith("on_call: 【呼叫】")).length;
    expect(await pages()).toBe(3);
    const [said] = await bench.desk(CUSTOMER, MANAGER, { do: "acknowledge", case: number, text: "" });
    expect(said!.text).toContain("已看到您的求助");
    await bench.wait(4 * MINUTE_MS);
    expect(await pages()).toBe(3);
    expect(await current()).toMatchObject({ page: { acknowledgedBy: MANAGER }, status: "open" });
    // Acknowledged and yet unanswered: now the clock of the answer runs.
    await bench.wait(MINUTE_MS);
    expect((await current()).clocks.first_answer.level).toBe(100);
  });

  test("acknowledged twice, the second is told who has it", async () => {
    const { bench, number, told } = await openCaseBench("我闻到煤气味");
    await bench.desk(CUSTOMER, MANAGER, { do: "acknowledge", case: number, text: "" });
    expect(await bench.desk(CUSTOMER, AMY, { do: "acknowledge", case: number, text: "" })).toEqual([]);
    expect((await told()).at(-1)).toMatch(new RegExp(`^${AMY}: .*已响应`));
  });
});

describe("the hand-over", () => {
  async function waiting(now = MONDAY_NINE): Promise<Bench> {
    const bench = openBench({ profile: SHOP, now });
    await bench.say(CUSTOMER, "机器坏了,明天下午两点");
    await bench.say(CUSTOMER, "人工");
    return bench;
  }

  test("when nobody comes in the time told, the bot says so, takes the talk back and goes on; the case climbs", async () => {
    const bench = await waiting();
    await bench.wait(30 * MINUTE_MS);
    expect((await bench.messages(CUSTOMER)).at(-1)!.text).toMatch(/还没能接入[\s\S]*10:00[\s\S]*预约/);
    expect((await bench.state(CUSTOMER))!.holder).toEqual({ by: "bot" });
    await bench.say(CUSTOMER, "王芳 13800138000");
    await bench.say(CUSTOMER, "确认");
    expect(await bench.bookings()).toHaveLength(1);
    expect(await bench.cases()).toMatchObject([{ status: "open", step: "manager" }]);
  });

  test("a person who comes later joins, and the bot is quiet again", async () => {
    const bench = await waiting();
    await bench.wait(40 * MINUTE_MS);
    const { number } = (await bench.cases())[0]!;
    expect(texts(await bench.desk(CUSTOMER, MANAGER, { do: "claim", case: number }))).toContain("接手");
    expect(await bench.say(CUSTOMER, "多少钱")).toEqual([]);
  });

  test("written to after hours, the customer hears once when somebody is there, and the way back to the bot", async () => {
    const bench = await waiting(MONDAY_NINE + 7 * HOUR_MS);
    const { number } = (await bench.cases())[0]!;
    await bench.desk(CUSTOMER, AMY, { do: "reply", case: number, text: "您好" });
    await bench.wait(2 * HOUR_MS);
    expect(texts(await bench.say(CUSTOMER, "还有人吗"))).toMatch(/11月24日.*09:00[\s\S]*机器人/);
    expect(await bench.say(CUSTOMER, "喂")).toEqual([]);
    expect(texts(await bench.say(CUSTOMER, "那先找机器人"))).toContain("继续为您服务");
    expect((await bench.state(CUSTOMER))!.holder).toEqual({ by: "bot" });
  });
});

test("when everything is over no timer of a case is left", async () => {
  const { bench, number, act } = await openCaseBench();
  await act(OFFICE, { do: "cause", text: "delay" });
  await act(OFFICE, { do: "resolve", text: "" });
  await bench.press(CUSTOMER, `case:yes:${number}`);
  const timers = await bench.store.unit((unit) => unit.timers.of(CUSTOMER));
  expect(timers.filter((timer) => timer.id.startsWith("case:"))).toEqual([]);
  expect(CLOCKS).toHaveLength(3);
});
