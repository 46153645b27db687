import { describe, expect, it } from "vitest";
import { festivalDay, festivalsOn, nthWeekdayOf } from "../../../core/calendar/festival-days.ts";
import { FESTIVALS, festivalByName } from "../../../core/calendar/festivals.ts";
import { lunarNewYearsEve, lunarToSolar, solarTermDay, solarToLunar } from "../../../core/calendar/lunar.ts";

describe("the lunar calendar", () => {
  // Days as printed by the Hong Kong Observatory.
  it.each([
    [1900, "1900-01-31"],
    [1950, "1950-02-17"],
    [1985, "1985-02-20"],
    [2000, "2000-02-05"],
    [2020, "2020-01-25"],
    [2024, "2024-02-10"],
    [2025, "2025-01-29"],
    [2026, "2026-02-17"],
    [2027, "2027-02-06"],
    [2028, "2028-01-26"],
    [2033, "2033-01-31"],
    [2100, "2100-02-09"],
  ])("lunarToSolar puts the spring festival of %i on %s", (year, day) => {
    expect(lunarToSolar(year, 1, 1)).toBe(day);
    expect(solarToLunar(day)).toEqual({ year, month: 1, date: 1, leap: false });
  });

  it("lunarToSolar knows the leap sixth month of 2025 and no leap month in 2026", () => {
    expect(lunarToSolar(2025, 6, 1, true)).toBe("2025-07-25");
    expect(solarToLunar("2025-07-25")).toEqual({ year: 2025, month: 6, date: 1, leap: true });
    expect(lunarToSolar(2026, 6, 1, true)).toBeNull();
  });

  it("lunarToSolar gives null for the 30th of a short month and for what is no date", () => {
    expect(lunarToSolar(2026, 12, 30)).toBeNull();
    expect(lunarToSolar(2026, 13, 1)).toBeNull();
    expect(lunarToSolar(2026, 1, 0)).toBeNull();
    expect(lunarToSolar(2300, 1, 1)).toBeNull();
  });

  it("lunarNewYearsEve is the day before the next spring festival, in short and long years", () => {
    expect(lunarNewYearsEve(2025)).toBe("2026-02-16");
    expect(lunarNewYearsEve(2026)).toBe("2027-02-05");
  });

  it("lunarToSolar and solarToLunar undo each other on every day of a leap year", () => {
    for (let day = Date.parse("2025-01-01T00:00Z"); day < Date.parse("2026-03-01T00:00Z"); day += 86_400_000) {
      const key = new Date(day).toISOString().slice(0, 10);
      const lunar = solarToLunar(key);
      expect(lunar && lunarToSolar(lunar.year, lunar.month, lunar.date, lunar.leap)).toBe(key);
    }
  });

  it.each([
    [2024, "清明", "2024-04-04"],
    [2027, "清明", "2027-04-05"],
    [2026, "冬至", "2026-12-22"],
    [2024, "冬至", "2024-12-21"],
  ] as const)("solarTermDay of %i %s is %s", (year, term, day) => {
    expect(solarTermDay(year, term)).toBe(day);
  });
});

describe("festivals", () => {
  it.each([
    ["春节", 2026, "2026-02-17"],
    ["過年", 2027, "2027-02-06"],
    ["Chinese New Year", 2025, "2025-01-29"],
    ["除夕", 2026, "2026-02-16"],
    ["大年三十", 2027, "2027-02-05"],
    ["元宵节", 2027, "2027-02-20"],
    ["端午節", 2026, "2026-06-19"],
    ["七夕", 2026, "2026-08-19"],
    ["中秋节", 2026, "2026-09-25"],
    ["Mid-Autumn Festival", 2027, "2027-09-15"],
    ["重阳节", 2026, "2026-10-18"],
    ["腊八节", 2027, "2027-01-15"],
    ["清明", 2026, "2026-04-05"],
    ["冬至", 2026, "2026-12-22"],
    ["元旦", 2027, "2027-01-01"],
    ["情人节", 2027, "2027-02-14"],
    ["婦女節", 2027, "2027-03-08"],
    ["五一", 2027, "2027-05-01"],
    ["六一", 2027, "2027-06-01"],
    ["国庆节", 2026, "2026-10-01"],
    ["雙十節", 2026, "2026-10-10"],
    ["双十一", 2026, "2026-11-11"],
    ["平安夜", 2026, "2026-12-24"],
    ["聖誕節", 2026, "2026-12-25"],
    ["母亲节", 2026, "2026-05-10"],
    ["Father's Day", 2026, "2026-06-21"],
    ["Thanksgiving", 2026, "2026-11-26"],
    ["Black Friday", 2026, "2026-11-27"],
    ["Easter", 2026, "2026-04-05"],
    ["Easter", 2038, "2038-04-25"],
    ["Good Friday", 2027, "2027-03-26"],
    ["Memorial Day", 2026, "2026-05-25"],
    ["boxing day", 2026, "2026-12-26"],
  ])("%s of %i is %s", (name, year, day) => {
    const id = festivalByName(
      name.replace(/[過節臘雙聖誕婦]/g, (char) => ({ 過: "过", 節: "节", 臘: "腊", 雙: "双", 聖: "圣", 誕: "诞", 婦: "妇" })[char] ?? char),
    );
    expect(id).not.toBeNull();
    expect(festivalDay(id ?? "", year)).toBe(day);
  });

  it("festivalByName knows every festival by its three names and nothing else", () => {
    for (const one of FESTIVALS) for (const name of Object.values(one.name)) expect(festivalByName(name)).toBe(one.id);
    expect(festivalByName("星期天")).toBeNull();
    expect(festivalByName("__proto__")).toBeNull();
  });

  it("festivalsOn lists what falls on a day", () => {
    expect(festivalsOn("2026-09-25")).toContain("mid-autumn");
    expect(festivalsOn("2026-10-01")).toContain("national");
    expect(festivalsOn("2026-11-18")).toEqual([]);
  });

  it("festivalDay gives null outside its years and for unknown festivals", () => {
    expect(festivalDay("spring", 2200)).toBeNull();
    expect(festivalDay("toString", 2026)).toBeNull();
  });

  it("nthWeekdayOf finds the last weekday and no fifth where there is none", () => {
    expect(nthWeekdayOf(2026, 11, 5, -1)).toBe("2026-11-27");
    expect(nthWeekdayOf(2026, 11, 1, 5)).toBe("2026-11-30");
    expect(nthWeekdayOf(2026, 11, 5, 5)).toBeNull();
  });
});
