import { HolidayUtil } from "lunar-typescript";
import { describe, expect, it } from "vitest";
import { holidayAround, holidaysOf, isHoliday, isPublished, isSwappedWorkday, unpublishedYear } from "../../../core/calendar/holidays.ts";
import { addDays } from "../../../core/time.ts";

describe("holidays", () => {
  it.each(["2026-01-01", "2026-01-03", "2026-02-15", "2026-02-23", "2026-04-06", "2026-05-05", "2026-06-21", "2026-09-25", "2026-10-07"])(
    "isHoliday holds on %s",
    (day) => {
      expect(isHoliday(day)).toBe(true);
    },
  );

  it.each(["2026-01-04", "2026-02-24", "2026-05-06", "2026-09-28", "2026-10-08", "2026-11-21"])("isHoliday does not hold on %s", (day) => {
    expect(isHoliday(day)).toBe(false);
  });

  it.each(["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])("isSwappedWorkday holds on %s", (day) => {
    expect(isSwappedWorkday(day)).toBe(true);
  });

  it("the data agree with the table of an independent library on every day of the published years", () => {
    for (const year of [2024, 2025, 2026]) {
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
        const [y = 0, m = 0, d = 0] = day.split("-").map(Number);
        const entry = HolidayUtil.getHoliday(y, m, d);
        expect([day, isHoliday(day), isSwappedWorkday(day)]).toEqual([day, entry !== null && !entry.isWork(), entry?.isWork() ?? false]);
      }
    }
  });

  it.each([
    ["2026-06-30", null],
    ["2026-11-14", null],
    ["2026-11-15", 2027],
    ["2026-12-31", 2027],
    ["2027-01-01", 2027],
    ["2025-12-01", null],
  ])("on %s the year whose arrangement is missing is %s", (today, year) => {
    expect(unpublishedYear(today)).toBe(year);
  });

  it("a year not yet published has the days of the law only, marked provisional, and no swapped days", () => {
    expect(isPublished(2027)).toBe(false);
    const spans = holidaysOf(2027);
    expect(spans.every((span) => span.provisional)).toBe(true);
    expect(spans.find((span) => span.festival === "spring")).toMatchObject({ first: "2027-02-05", last: "2027-02-08" });
    expect(isHoliday("2027-10-03")).toBe(true);
    expect(isHoliday("2027-10-04")).toBe(false);
    expect(isSwappedWorkday("2027-10-09")).toBe(false);
  });

  it("holidayAround takes the published span, the custom for later years, and nothing for festivals without days off", () => {
    expect(holidayAround("national", 2026)).toMatchObject({ first: "2026-10-01", last: "2026-10-07", provisional: false });
    expect(holidayAround("mid-autumn", 2025)).toMatchObject({ festival: "mid-autumn", first: "2025-10-01", last: "2025-10-08" });
    expect(holidayAround("national", 2027)).toMatchObject({ first: "2027-10-01", last: "2027-10-07", provisional: true });
    expect(holidayAround("christmas", 2026)).toBeNull();
    expect(holidayAround("christmas", 2027)).toBeNull();
  });
});
