import { describe, expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import type { OrderStatus } from "../../../core/orders/state.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { createReportCounter } from "../../../core/reports/counter.ts";
import { percentOf } from "../../../core/reports/figures.ts";
import { type PeriodKind, periodBefore, periodOf } from "../../../core/reports/period.ts";
import { drawSecond, drawThird } from "../../../core/reports/samples.ts";
import { caseOf, order, touch } from "../../contract/store/samples.ts";

const ZONE = "Asia/Shanghai";
const model = createBusinessModel(loadProfile("dealer", "en"));
const at = (text: string): number => Date.parse(`${text}+08:00`);

describe("periods", () => {
  test.each<[PeriodKind, string, string, string]>([
    ["day", "2026-11-22", "2026-11-22", "2026-11-22"],
    ["week", "2026-11-22", "2026-11-16", "2026-11-22"],
    ["month", "2028-02-10", "2028-02-01", "2028-02-29"],
    ["quarter", "2026-12-31", "2026-10-01", "2026-12-31"],
  ])("the %s of %s", (kind, day, first, last) => expect(periodOf(kind, day, ZONE)).toMatchObject({ first, last }));

  test("the month before January is December", () => {
    expect(periodBefore("month", at("2027-01-01T08:00:00"), ZONE)).toMatchObject({ first: "2026-12-01", last: "2026-12-31" });
  });
});

describe("the five assurances", () => {
  const period = periodOf("month", "2026-11-15", ZONE);
  const moves = (...steps: [OrderStatus, string][]) =>
    steps.map(([status, time]) => ({ status, at: at(`2026-11-${time}:00`), by: "x", why: null }));
  const count = (add: (counter: ReturnType<typeof createReportCounter>) => void) => {
    const counter = createReportCounter(model, period, at("2026-12-01T08:00:00"));
    add(counter);
    return counter.result().assurances;
  };

  test("quality: what came back within thirty days was not good", () => {
    const { quality } = count((counter) => {
      counter.order(order("W1", { plate: "A", history: moves(["delivered", "02T10:00"]), createdAt: at("2026-11-01T10:00:00") }));
      counter.order(order("W2", { plate: "A", history: [], createdAt: at("2026-11-20T10:00:00") }));
      counter.order(order("W3", { plate: "B", history: moves(["delivered", "02T10:00"]), createdAt: at("2026-11-01T10:00:00") }));
    });
    expect(quality).toEqual({ good: 1, of: 2 });
  });

  test("cost: work that began before the customer's yes was not good", () => {
    const { cost } = count((counter) => {
      counter.order(order("W1", { history: moves(["quoted", "02T10:00"], ["approved", "02T11:00"], ["in_progress", "02T12:00"]) }));
      counter.order(order("W2", { history: moves(["quoted", "02T10:00"], ["in_progress", "02T10:30"], ["approved", "02T11:00"]) }));
      counter.order(order("W3", { history: moves(["in_progress", "02T10:30"]) }));
    });
    expect(cost).toEqual({ good: 1, of: 2 });
  });

  test("time: ready by the promised time", () => {
    const promisedAt = at("2026-11-05T17:00:00");
    const { time } = count((counter) => {
      counter.order(order("W1", { promisedAt, history: moves(["ready", "05T16:00"]) }));
      counter.order(order("W2", { promisedAt, history: moves(["ready", "05T18:00"]) }));
      counter.order(order("W3", { promisedAt, history: [] }));
    });
    expect(time).toEqual({ good: 1, of: 3 });
  });

  test("emergency: answered in the promised time", () => {
    const one = { category: "emergency" as const, createdAt: at("2026-11-05T03:00:00"), promisedAt: at("2026-11-05T03:05:00") };
    const { emergency } = count((counter) => {
      counter.case(caseOf("C1", { ...one, answeredAt: at("2026-11-05T03:04:00") }));
      counter.case(caseOf("C2", { ...one, answeredAt: at("2026-11-05T03:09:00") }));
      counter.case(caseOf("C3", { ...one, answeredAt: null }));
    });
    expect(emergency).toEqual({ good: 1, of: 3 });
  });

  test("aftercare: every hand-over was followed up, by message or by phone", () => {
    const { aftercare } = count((counter) => {
      for (const number of ["W1", "W2", "W3"]) counter.order(order(number, { plate: number, history: moves(["delivered", "02T10:00"]) }));
      counter.touch(touch("t1", { kind: "survey", status: "sent", order: "W1", at: at("2026-11-05T10:00:00") }));
      counter.touch(touch("t2", { kind: "survey", status: "done", order: "W2", at: at("2026-11-07T10:00:00") }));
    });
    expect(aftercare).toEqual({ good: 2, of: 3 });
  });
});

test.each([
  [{ good: 0, of: 0 }, null],
  [{ good: 9, of: 10 }, 90],
  [{ good: 1, of: 3 }, 33.3],
])("%j in percent", (share, wanted) => expect(percentOf(share)).toBe(wanted));

describe("samples", () => {
  const period = periodOf("month", "2026-11-15", ZONE);
  const rule = { secondPercent: 10, secondAtMost: 50, thirdPercent: 50, thirdAtMost: 2 };
  const finished = (number: string, customerId: string, services: readonly string[] = []) =>
    order(number, { customerId, services, history: [{ status: "delivered", at: at("2026-11-10T10:00:00"), by: "x", why: null }] });

  test("are the same however often they are drawn, one of a customer, and never empty", () => {
    const orders = Array.from({ length: 40 }, (_, index) => finished(`W${index}`, `k${index % 20}`));
    const drawn = drawSecond(orders, period, rule);
    expect(drawn).toHaveLength(2);
    expect(drawSecond([...orders].reverse(), period, rule).map((one) => one.customerId)).toEqual(drawn.map((one) => one.customerId));
    expect(drawSecond([finished("W1", "k1")], period, rule)).toHaveLength(1);
    expect(drawSecond([], period, rule)).toEqual([]);
  });

  test("of the third level come from new customers, VIPs and large repairs, at most as many as wanted", () => {
    const people = [
      { id: "vip", vip: true, bought: [] },
      { id: "new", vip: false, bought: ["2026-11-03"] },
      { id: "old", vip: false, bought: ["2020-01-01"] },
    ];
    const all = drawThird([finished("W1", "large", ["a", "b", "c"]), finished("W2", "small")], people, period, {
      ...rule,
      thirdPercent: 100,
      thirdAtMost: 9,
    });
    expect(all.map((one) => one.customerId).sort()).toEqual(["large", "new", "vip"]);
    expect(drawThird([finished("W1", "large", ["a", "b", "c"])], people, period, rule)).toHaveLength(2);
  });
});
