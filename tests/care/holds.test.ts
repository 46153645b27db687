/** A hold that staff place keeps what is planned from being sent; who placed it stays known. */
import { describe, expect, test } from "vitest";
import { loadProfile } from "../../bots/profiles.ts";
import type { CareHold } from "../../core/customers/state.ts";
import { newCustomer } from "../../core/customers/state.ts";
import type { StaffAct } from "../../core/ports.ts";
import { DAY_MS, HOUR_MS } from "../../core/time.ts";
import { caseOf } from "../contract/store/samples.ts";
import { openBench, pushedChannel } from "../support/bench.ts";

const BASE = loadProfile("dealer", "en");
const [first, ...others] = BASE.staff;
const PROFILE = {
  ...BASE,
  staff: [{ ...first!, channels: { slack: "U1" } }, ...others],
  carePlans: BASE.carePlans.filter((plan) => plan.id === "birthday" || plan.id === "inspection-due"),
};
const EVE = Date.parse("2026-11-23T09:00:00+08:00");
const PRODUCT = {
  id: "p1",
  product: "vw-lavida",
  brand: null,
  model: null,
  plate: "浙A12345",
  serial: null,
  boughtOn: null,
  mileageKm: null,
};

async function openShop(inspection?: string) {
  const channel = pushedChannel("push");
  const bench = openBench({ profile: PROFILE, channels: [channel], now: EVE });
  await bench.store.unit(async (unit) => {
    await unit.customers.put({
      ...newCustomer("k1", EVE - DAY_MS),
      name: "王建华",
      phones: ["+8613800138000"],
      language: "zh-CN",
      ...(inspection ? {} : { birthday: { calendar: "solar", year: null, month: 11, date: 26, leap: false } }),
      products: [{ ...PRODUCT, ...(inspection ? { due: { inspection } } : {}) }],
    });
    await unit.customers.linkConversation("push:k1", "k1");
  });
  let acts = 0;
  const staff = async (text: string, actor = "U1", id = `a${++acts}`): Promise<string> => {
    const act: StaffAct = {
      id,
      channel: "slack",
      actor,
      case: null,
      thread: null,
      act: { kind: "text", text },
      receivedAt: bench.clock.now(),
    };
    const answer = await bench.engine.staffIntake.accept(act);
    return "say" in answer ? answer.say : answer.result;
  };
  const hold = (): Promise<CareHold | undefined> => bench.store.unit(async (unit) => (await unit.customers.get("k1"))?.hold);
  const why = async () => (await bench.store.unit((unit) => unit.care.ofCustomer("k1", 0))).map((one) => [one.status, one.log.at(-1)?.why]);
  return { bench, channel, staff, hold, why };
}

describe("a hold", () => {
  test.each<[string, string, string]>([
    ["bereavement", "父亲去世", "bereavement"],
    ["accident", "出了车祸", "accident"],
    ["wish of the customer", "不想收到问候", "asked_not_to"],
  ])("for a %s holds a greeting back until it would be too late", async (_name, words, reason) => {
    const { bench, channel, staff, why } = await openShop();
    expect(await staff(`勿扰 13800138000 ${words}`)).toContain("王建华勿扰");
    await bench.wait(5 * DAY_MS);
    expect(channel.sent).toEqual([]);
    expect(await why()).toEqual([["skipped", reason]]);
  });

  test("of a bereavement still lets the inspection be told, that of an accident does not", async () => {
    const told = await openShop("2026-11-30");
    await told.staff("勿扰 13800138000 父亲去世");
    await told.bench.wait(2 * HOUR_MS);
    expect(told.channel.sent).toHaveLength(1);
    const silent = await openShop("2026-11-30");
    await silent.staff("勿扰 13800138000 出了车祸");
    await silent.bench.wait(2 * HOUR_MS);
    expect(silent.channel.sent).toHaveLength(0);
  });

  test("that is placed while the message waits in the outbox stops it", async () => {
    const { bench, channel, staff, why } = await openShop();
    await bench.engine.settle();
    bench.clock.moveTo(EVE + HOUR_MS);
    await bench.engine.care.step();
    await bench.engine.work();
    expect(await why()).toEqual([["pending", null]]);
    await staff("勿扰 13800138000 父亲去世");
    await bench.engine.settle();
    expect(channel.sent).toEqual([]);
    expect(await why()).toEqual([["waiting", "bereavement"]]);
  });

  test("that is taken away, or whose last day is over, lets the greeting go", async () => {
    const lifted = await openShop();
    await lifted.staff("勿扰 13800138000 父亲去世");
    await lifted.bench.wait(DAY_MS);
    expect(await lifted.staff("/unhold 13800138000")).toContain("已解除");
    await lifted.bench.wait(DAY_MS);
    expect(lifted.channel.sent).toHaveLength(1);
    const over = await openShop();
    await over.staff("勿扰 13800138000 至 2026-11-24 父亲去世");
    await over.bench.wait(DAY_MS + 12 * HOUR_MS);
    expect(over.channel.sent).toHaveLength(0);
    await over.bench.wait(DAY_MS);
    expect(over.channel.sent).toHaveLength(1);
  });

  test("is kept with who, when and what stood there before; the same act is one", async () => {
    const { bench, staff, hold } = await openShop();
    await staff("勿扰 13800138000 至 2027-03-01 父亲去世", "U1", "same");
    await staff("勿扰 13800138000 至 2027-04-01 父亲去世", "U1", "same");
    const placed = { reason: "bereavement", until: "2027-03-01", by: first!.id, at: EVE, text: "父亲去世" };
    expect(await hold()).toEqual(placed);
    await staff("/unhold 13800138000");
    const records = await bench.store.unit((unit) => unit.staff.recordsOf("k1", 10));
    expect(records.map(({ act, by, before, after }) => [act, by, before, after])).toEqual([
      ["hold", first!.id, { hold: null }, { hold: placed }],
      ["lift_hold", first!.id, { hold: placed }, { hold: null }],
    ]);
  });

  test("is asked for by people who are known, and for one customer", async () => {
    const { bench, staff, hold } = await openShop();
    expect(await staff("勿扰 13900000000 父亲去世")).toContain("13900000000");
    expect(await staff("勿扰")).toContain("/hold");
    await bench.store.unit((unit) => unit.customers.put({ ...newCustomer("k2", EVE), name: "王建国", phones: ["+8613900138000"] }));
    expect(await staff("勿扰 王 父亲去世")).toMatch(/王建华.*王建国|王建国.*王建华/);
    expect(await staff("勿扰 13800138000 父亲去世", "U9")).not.toContain("王建华");
    expect(await hold()).toBeUndefined();
    expect(await staff("/hold 13800138000")).toContain("没有勿扰");
  });

  test("of the customer of a case needs no name in its thread", async () => {
    const { bench, staff, hold } = await openShop();
    await bench.store.unit(async (unit) => {
      const state = caseOf("C26112301", { conversation: "push:k1", customerId: "k1" });
      await unit.records.save({ kind: "case", id: "C26112301", events: [], state }, "test");
      await unit.staff.setPlace("slack", "C26112301", { thread: "t1", card: null });
    });
    const act: StaffAct = {
      id: "in-thread",
      channel: "slack",
      actor: "U1",
      case: null,
      thread: "t1",
      act: { kind: "text", text: "勿扰 父亲去世" },
      receivedAt: EVE,
    };
    expect(await bench.engine.staffIntake.accept(act)).toMatchObject({ result: "refused" });
    expect(await hold()).toMatchObject({ reason: "bereavement", by: first!.id });
    expect(await staff("/hold 13800138000")).toContain("家中有丧");
  });
});
