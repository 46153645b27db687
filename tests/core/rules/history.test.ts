import { describe, expect, test } from "vitest";
import type { HistoryCondition } from "../../../core/profile/rules-schema.ts";
import { countHistory, historyName, historyWords, type Past, type Subject } from "../../../core/rules/history.ts";
import { DAY_MS, HOUR_MS } from "../../../core/time.ts";
import { booking, caseOf, order } from "../../contract/store/samples.ts";
import { fault, product, service, tinyModel } from "../../support/profile.ts";

const NOW = Date.parse("2026-11-23T09:00:00+08:00");
const MODEL = tinyModel({
  products: [product("machine"), product("other")],
  services: [service("check"), service("mend")],
  faults: [fault("broken"), fault("noise", { service: "mend" })],
});
const SUBJECT: Subject = { product: "machine", ownedProduct: null, fault: "broken" };
const daysAgo = (days: number): number => NOW - days * DAY_MS;
const repair = (more: Partial<HistoryCondition> = {}): HistoryCondition => ({ history: "repair", days: 30, atLeast: 1, ...more });
const done = (number: string, days: number, more: object = {}) =>
  order(number, { status: "delivered", product: "machine", services: ["check"], updatedAt: daysAgo(days), ...more });
const visit = (number: string, days: number, more: object = {}) =>
  booking(number, {
    product: "machine",
    fault: "broken",
    start: daysAgo(days),
    end: daysAgo(days) + HOUR_MS,
    createdAt: daysAgo(days),
    ...more,
  });

describe("countHistory", () => {
  const table: readonly (readonly [string, HistoryCondition, Partial<Past>, number, Partial<Subject>?])[] = [
    ["nothing before", repair(), {}, 0],
    ["finished orders within the days", repair(), { orders: [done("W1", 1), done("W2", 29)] }, 2],
    ["an order older than the days", repair(), { orders: [done("W1", 31)] }, 0],
    ["work that isn't finished", repair(), { orders: [done("W1", 1, { status: "in_progress" })] }, 0],
    ["another product, when the same is wanted", repair({ same: ["product"] }), { orders: [done("W1", 1, { product: "other" })] }, 0],
    ["the fault's own work counts as the fault", repair({ same: ["fault"] }), { orders: [done("W1", 1)] }, 1],
    ["other work is another fault", repair({ same: ["fault"] }), { orders: [done("W1", 1, { services: ["mend"] })] }, 0],
    [
      "the booking says which fault an order was for",
      repair({ same: ["fault"] }),
      { orders: [done("W1", 1, { booking: "B1" })], bookings: [visit("B1", 2, { fault: "noise" })] },
      0,
    ],
    ["a visit that has passed without an order", repair({ same: ["fault"] }), { bookings: [visit("B1", 3)] }, 1],
    ["a visit and its order are one repair", repair(), { orders: [done("W1", 1, { booking: "B1" })], bookings: [visit("B1", 2)] }, 1],
    ["a visit still to come", repair(), { bookings: [visit("B1", -1)] }, 0],
    ["a cancelled visit", repair(), { bookings: [visit("B1", 3, { status: "cancelled" })] }, 0],
    ["an unknown fault is the same as none", repair({ same: ["fault"] }), { orders: [done("W1", 1)] }, 0, { fault: null }],
    [
      "the customer's other machine of the kind",
      repair({ same: ["product"] }),
      { orders: [done("W1", 1, { ownedProduct: "p2" })] },
      0,
      { ownedProduct: "p1" },
    ],
    ["bookings made", { history: "booking", days: 7, atLeast: 1 }, { bookings: [visit("B1", 3), visit("B2", 8)] }, 1],
    [
      "cases of a category",
      { history: "case", category: "complaint", days: 7, atLeast: 1 },
      { cases: [caseOf("C1", { createdAt: daysAgo(1) }), caseOf("C2", { createdAt: daysAgo(1), category: "human" })] },
      1,
    ],
  ];
  test.each(table.map(([name, condition, past, wanted, subject]) => ({ name, condition, past, wanted, subject })))(
    "$name",
    ({ condition, past, wanted, subject }) => {
      expect(countHistory(condition, { bookings: [], orders: [], cases: [], ...past }, { ...SUBJECT, ...subject }, MODEL, NOW)).toBe(
        wanted,
      );
    },
  );
});

test("a history is named in words of each language", () => {
  const name = historyName(repair({ same: ["fault", "product"] }));
  expect(historyWords(name, "zh-CN")).toBe("30 天内同一故障同一产品维修次数");
  expect(historyWords(name, "zh-TW")).toBe("30 天內同一故障同一產品維修次數");
  expect(historyWords(name, "en")).toBe("repairs of the same fault of the same product within 30 days");
  expect(historyWords("score", "en")).toBeNull();
});
