/** On which day of a year a festival falls. */
import { addDays, type DayKey, weekdayOf } from "../time.ts";
import { FESTIVALS, festival } from "./festivals.ts";
import { lunarNewYearsEve, lunarToSolar, solarTermDay } from "./lunar.ts";

const pad = (value: number): string => String(value).padStart(2, "0");
const dayKey = (year: number, month: number, day: number): DayKey => `${String(year).padStart(4, "0")}-${pad(month)}-${pad(day)}`;

/** The `count`-th such weekday of a month, 1–5, or the last for −1; `null` when the month has no fifth. */
export function nthWeekdayOf(year: number, month: number, weekday: number, count: number): DayKey | null {
  const first = dayKey(year, month, 1);
  const offset = (weekday - weekdayOf(first) + 7) % 7;
  const nextMonth = month === 12 ? dayKey(year + 1, 1, 1) : dayKey(year, month + 1, 1);
  if (count > 0) {
    const found = addDays(first, offset + 7 * (count - 1));
    return found < nextMonth ? found : null;
  }
  const fifth = addDays(first, offset + 28);
  return fifth < nextMonth ? fifth : addDays(first, offset + 21);
}

/** Easter Sunday of the Gregorian calendar, by the anonymous algorithm printed in Nature of 20 April 1876. */
function easterSunday(year: number): DayKey {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return dayKey(year, Math.floor(sum / 31), (sum % 31) + 1);
}

/** A lunar day as it falls within a solar year: the tail of the lunar year before belongs to it too. */
function lunarWithin(year: number, find: (lunarYear: number) => DayKey | null): DayKey | null {
  for (const lunarYear of [year, year - 1]) {
    const found = find(lunarYear);
    if (found?.startsWith(`${year}-`)) return found;
  }
  return null;
}

/**
 * The day of a festival in a solar year (a festival late in the lunar year falls in January or February).
 *
 * @returns `null` for an unknown id, or when the festival does not fall in that year or the year lies outside 1900–2100
 */
export function festivalDay(id: string, year: number): DayKey | null {
  const rule = festival(id)?.rule;
  if (!rule || !Number.isInteger(year) || year < 1900 || year > 2100) return null;
  switch (rule.by) {
    case "date":
      return dayKey(year, rule.month, rule.date);
    case "lunar":
      return lunarWithin(year, (lunarYear) => lunarToSolar(lunarYear, rule.month, rule.date));
    case "lunar-eve":
      return lunarWithin(year, lunarNewYearsEve);
    case "term":
      return solarTermDay(year, rule.term);
    case "weekday": {
      const found = nthWeekdayOf(year, rule.month, rule.weekday, rule.nth);
      return found === null ? null : addDays(found, rule.plusDays ?? 0);
    }
    case "easter":
      return addDays(easterSunday(year), rule.plusDays);
  }
}

/** Ids of the festivals that fall on a day. */
export function festivalsOn(day: DayKey): readonly string[] {
  const year = Number(day.slice(0, 4));
  return FESTIVALS.filter((one) => festivalDay(one.id, year) === day).map((one) => one.id);
}
