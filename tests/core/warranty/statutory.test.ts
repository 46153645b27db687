import { describe, expect, test } from "vitest";
import type { WorkOrder } from "../../../core/orders/state.ts";
import { statutorySchema } from "../../../core/profile/warranty-schema.ts";
import { repairDays, type StatutoryQuestion, statutoryFindings } from "../../../core/warranty/statutory.ts";
import { order } from "../../contract/store/samples.ts";

const ZONE = "Asia/Shanghai";
const at = (day: string, clock = "10:00"): number => Date.parse(`${day}T${clock}:00+08:00`);
const pack = statutorySchema.parse({
  id: "new",
  name: { "zh-CN": "x", "zh-TW": "x", en: "x" },
  source: "x",
  products: ["car"],
  from: "2022-01-01",
  months: 24,
  km: 50_000,
  counters: [
    { count: "same_fault", limit: 5, warnAt: 3, source: "x" },
    { count: "safety_fault", limit: 3, warnAt: 2, source: "x" },
    { count: "repair_days", limit: 31, warnAt: 20, source: "x" },
  ],
});
const old = { ...pack, id: "old", from: "2013-10-01", until: "2022-01-01" };
const repair = (
  number: string,
  from: string,
  to: string | null,
  fault = "noise",
  status: WorkOrder["status"] = to === null ? "in_progress" : "closed",
): WorkOrder =>
  order(number, {
    status,
    fault,
    createdAt: at(from),
    history: [
      { status: "received", at: at(from), by: "rep", why: null },
      ...(to === null ? [] : [{ status: "ready" as const, at: at(to), by: "rep", why: null }]),
    ],
  });
const question: StatutoryQuestion = {
  packs: [old, pack],
  boughtOn: "2025-06-01",
  mileageKm: 10_000,
  orders: [],
  safetyFaults: new Set(["brakes"]),
  now: at("2026-11-22"),
  zone: ZONE,
};
const found = (more: Partial<StatutoryQuestion>): unknown =>
  statutoryFindings({ ...question, ...more }).map(({ pack: { id }, count, value, reached }) => [id, count, value, reached]);

describe("repairDays counts begun days from arrival until it was ready", () => {
  test.each([
    [repair("W1", "2026-11-01", "2026-11-01"), 1],
    [repair("W1", "2026-11-01", "2026-11-03"), 3],
    [repair("W1", "2026-11-20", null), 3],
  ])("%#", (one, wanted) => expect(repairDays(one, at("2026-11-22"), ZONE)).toBe(wanted));
});

describe("statutoryFindings", () => {
  const thrice = ["W1", "W2", "W3"].map((number) => repair(number, "2026-10-01", "2026-10-01"));
  test.each<readonly [string, Partial<StatutoryQuestion>, unknown]>([
    ["two repairs of one fault are below the warning", { orders: thrice.slice(0, 2) }, []],
    ["three warn", { orders: thrice }, [["new", "same_fault", 3, false]]],
    ["different faults do not add up", { orders: [thrice[0]!, thrice[1]!, repair("W4", "2026-10-01", "2026-10-01", "leak")] }, []],
    [
      "what was called off is no repair",
      { orders: [...thrice.slice(0, 2), repair("W5", "2026-10-01", "2026-10-01", "noise", "cancelled")] },
      [],
    ],
    [
      "safety counts faster",
      { orders: ["W1", "W2"].map((number) => repair(number, "2026-10-01", "2026-10-01", "brakes")) },
      [["new", "safety_fault", 2, false]],
    ],
    [
      "days in repair add up over orders, the running one included",
      { orders: [repair("W1", "2026-09-01", "2026-09-15"), repair("W2", "2026-11-17", null)] },
      [["new", "repair_days", 21, false]],
    ],
    ["the limit is reached", { orders: [repair("W1", "2026-10-01", "2026-10-31")] }, [["new", "repair_days", 31, true]]],
    [
      "bought earlier, the rules of then hold",
      { boughtOn: "2021-06-01", now: at("2022-11-22"), orders: thrice },
      [["old", "same_fault", 3, false]],
    ],
    ["after the term nothing runs", { boughtOn: "2024-06-01", orders: thrice }, []],
    ["beyond the kilometres nothing runs", { mileageKm: 50_001, orders: thrice }, []],
    ["without a day of purchase nothing can be said", { boughtOn: null, orders: thrice }, []],
  ])("%s", (_name, more, wanted) => expect(found(more)).toEqual(wanted));
});
