import { describe, expect, test } from "vitest";
import { type Birthday, birthdaysIn, parseBirthday } from "../../../core/calendar/birthdays.ts";
import { lunarToSolar, solarToLunar } from "../../../core/calendar/lunar.ts";
import { publishedDays } from "./lunar-table.ts";

const DAYS = publishedDays();

describe("lunar days against the published table, 2020–2035", () => {
  test("the table itself runs without a gap to the eve of 2036", () => {
    expect([DAYS[0]!.day, DAYS.at(-1)!.day, DAYS.length]).toEqual(["2020-01-25", "2036-01-27", 5847]);
  });

  test("every calendar day has the published lunar day", () => {
    const wrong = DAYS.filter(({ day, year, month, leap, date }) => {
      const found = solarToLunar(day);
      return found?.year !== year || found.month !== month || found.leap !== leap || found.date !== date;
    });
    expect(wrong).toEqual([]);
  });

  test("every lunar day has the published calendar day", () => {
    expect(DAYS.filter(({ day, year, month, leap, date }) => lunarToSolar(year, month, date, leap) !== day)).toEqual([]);
  });
});

const POLICY = { leapMonth: "regular", day30: "last", feb29: "feb28" } as const;
const lunar = (month: number, date: number, leap = false): Birthday => ({ calendar: "lunar", year: null, month, date, leap });

describe("birthdaysIn", () => {
  test.each<[string, Birthday, number, Partial<Record<keyof typeof POLICY, string>>, string[]]>([
    ["a solar birthday", { calendar: "solar", year: 1985, month: 3, date: 12, leap: false }, 2027, {}, ["2027-03-12"]],
    ["29 February in a leap year", { calendar: "solar", year: 2000, month: 2, date: 29, leap: false }, 2028, {}, ["2028-02-29"]],
    ["29 February in another year", { calendar: "solar", year: 2000, month: 2, date: 29, leap: false }, 2027, {}, ["2027-02-28"]],
    [
      "29 February kept on 1 March",
      { calendar: "solar", year: 2000, month: 2, date: 29, leap: false },
      2027,
      { feb29: "mar1" },
      ["2027-03-01"],
    ],
    ["31 April", { calendar: "solar", year: null, month: 4, date: 31, leap: false }, 2027, {}, []],
    ["a lunar birthday", lunar(8, 15), 2027, {}, ["2027-09-15"]],
    ["the 30th of a month of 29 days, its last day", lunar(12, 30), 2026, {}, ["2026-02-16"]],
    ["the 30th of a month of 29 days, the first of the next", lunar(3, 30), 2029, { day30: "next" }, ["2029-05-13"]],
    ["born in a leap month, in a year without it", lunar(6, 10, true), 2026, { leapMonth: "leap" }, ["2026-07-23"]],
    ["born in a leap month, kept in it", lunar(6, 10, true), 2025, { leapMonth: "leap" }, ["2025-08-03"]],
    ["born in a leap month, kept in the regular one", lunar(6, 10, true), 2025, {}, ["2025-07-04"]],
    ["a lunar birthday twice in one solar year", lunar(11, 26), 2033, {}, ["2033-12-17"]],
    ["a lunar birthday that falls twice in a solar year", lunar(12, 1), 2033, {}, ["2033-01-01"]],
  ])("%s", (_name, birthday, year, policy, wanted) => {
    expect(birthdaysIn(birthday, year, { ...POLICY, ...policy } as typeof POLICY)).toEqual(wanted);
  });

  test("between 2020 and 2034 every lunar birthday of the 1st to 29th falls once in each lunar year", () => {
    for (const [month, date] of [
      [1, 1],
      [4, 10],
      [6, 29],
      [11, 26],
      [12, 29],
    ] as const) {
      const days = Array.from({ length: 15 }, (_, index) => birthdaysIn(lunar(month, date), 2020 + index, POLICY)).flat();
      const published = DAYS.filter((one) => one.month === month && one.date === date && !one.leap && one.day < "2035").map(
        (one) => one.day,
      );
      expect(days.filter((day) => day >= "2020-01-25")).toEqual(published);
    }
  });
});

describe("parseBirthday", () => {
  test.each([
    ["1985-03-12", { calendar: "solar", year: 1985, month: 3, date: 12, leap: false }],
    ["3-12", { calendar: "solar", year: null, month: 3, date: 12, leap: false }],
    ["农历 1985-08-15", { calendar: "lunar", year: 1985, month: 8, date: 15, leap: false }],
    ["農曆 閏04-10", { calendar: "lunar", year: null, month: 4, date: 10, leap: true }],
    ["lunar leap 04-10", { calendar: "lunar", year: null, month: 4, date: 10, leap: true }],
    ["02-30", null],
    ["lunar 08-31", null],
    ["leap 04-10", null],
    ["soon", null],
  ])("%s", (text, wanted) => {
    expect(parseBirthday(text)).toEqual(wanted);
  });
});
