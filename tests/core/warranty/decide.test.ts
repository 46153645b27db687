import { describe, expect, test } from "vitest";
import { type WarrantyTerm, warrantySchema } from "../../../core/profile/warranty-schema.ts";
import { decideWarranty, type WarrantyQuestion, warrantyEnd } from "../../../core/warranty/decide.ts";
import { order } from "../../contract/store/samples.ts";

const text = { "zh-CN": "x", "zh-TW": "x", en: "x" };
const term = (id: string, more: Partial<WarrantyTerm>): WarrantyTerm =>
  warrantySchema.parse({ id, products: ["car"], months: 36, covers: text, excludes: text, proof: text, ...more });
const WHOLE = term("whole", { km: 60_000, doubtfulFaults: ["scratch"], doubtfulWords: ["进水"] });
const PART = term("part", { months: 60, scope: "part" });
const REPAIR = term("repair", { months: 3, scope: "repair" });

const question: WarrantyQuestion = {
  terms: [WHOLE, PART, REPAIR],
  boughtOn: "2024-01-31",
  mileageKm: 20_000,
  fault: "noise",
  words: "有异响",
  today: "2026-11-22",
  orders: [],
  zone: "Asia/Shanghai",
};
const delivered = (on: string, fault = "noise") =>
  order("W1", {
    status: "closed",
    fault,
    history: [{ status: "delivered", at: Date.parse(`${on}T10:00:00+08:00`), by: "rep", why: null }],
  });

describe("warrantyEnd: the same date so many months later, the month's last day where it has none", () => {
  test.each([
    ["2024-01-31", 1, "2024-02-29"],
    ["2024-01-31", 12, "2025-01-31"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-12-15", 1, "2025-01-15"],
    ["2024-11-30", 3, "2025-02-28"],
  ])("%s + %d = %s", (from, months, wanted) => expect(warrantyEnd(from, months)).toBe(wanted));
});

describe("decideWarranty: given the file, when asked, then what is certain", () => {
  test.each<readonly [string, Partial<WarrantyQuestion>, object]>([
    ["within months and kilometres", {}, { status: "covered", until: "2027-01-31", order: null }],
    ["on the last day", { today: "2027-01-31" }, { status: "covered" }],
    ["the day after, while a part may still be covered", { today: "2027-02-01" }, { status: "uncertain", why: "part" }],
    ["past every term", { today: "2029-02-01" }, { status: "expired", until: "2029-01-31" }],
    ["past every term, whatever the cause", { today: "2029-02-01", words: "进水了" }, { status: "expired" }],
    ["too many kilometres", { mileageKm: 60_001 }, { status: "uncertain", why: "part" }],
    ["kilometres not known", { mileageKm: null }, { status: "uncertain", why: "no_mileage" }],
    ["no day of purchase", { boughtOn: null }, { status: "uncertain", why: "no_date" }],
    ["words that point to what is excluded", { words: "昨天进水以后有异响" }, { status: "uncertain", why: "excluded" }],
    ["a fault that must be looked at", { fault: "scratch" }, { status: "uncertain", why: "excluded" }],
    [
      "the same fault soon after our repair",
      { today: "2030-02-01", orders: [delivered("2030-01-10")] },
      { status: "covered", order: "W1", until: "2030-04-10" },
    ],
    ["another fault after our repair", { today: "2030-02-01", orders: [delivered("2030-01-10", "leak")] }, { status: "expired" }],
    ["the same fault long after our repair", { today: "2030-06-01", orders: [delivered("2030-01-10")] }, { status: "expired" }],
    ["no terms", { terms: [] }, { status: "no_terms" }],
  ])("%s", (_name, more, wanted) => expect(decideWarranty({ ...question, ...more })).toMatchObject(wanted));
});
