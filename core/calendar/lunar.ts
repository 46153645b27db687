/**
 * Lunar calendar ↔ calendar days. The only file that knows the library behind it (lunar-typescript, astronomical, checked against
 * the published tables in tests/core/calendar).
 */
import { Lunar, LunarMonth, Solar } from "lunar-typescript";
import type { DayKey } from "../time.ts";

/** First and last solar year for which answers are given. */
export const LUNAR_YEARS = { first: 1900, last: 2100 } as const;

/** A day of the lunar calendar. `year` is the year whose spring festival opens it; `month` 1–12; `date` 1–30. */
export interface LunarDay {
  readonly year: number;
  readonly month: number;
  readonly date: number;
  /** The month is the leap one that follows the month of the same number. */
  readonly leap: boolean;
}

/** Solar terms that customers name as days. */
export type SolarTerm = "清明" | "夏至" | "冬至" | "立春" | "立夏" | "立秋" | "立冬";

const pad = (value: number, width = 2): string => String(value).padStart(width, "0");
const keyOf = (solar: { getYear(): number; getMonth(): number; getDay(): number }): DayKey =>
  `${pad(solar.getYear(), 4)}-${pad(solar.getMonth())}-${pad(solar.getDay())}`;

const months = new Map<string, { readonly first: DayKey; readonly days: number } | null>();

function monthOf(year: number, month: number, leap: boolean): { readonly first: DayKey; readonly days: number } | null {
  const key = `${year}/${month}/${leap}`;
  const known = months.get(key);
  if (known !== undefined) return known;
  const number = leap ? -month : month;
  const found = LunarMonth.fromYm(year, number);
  const value = found === null ? null : { first: keyOf(Lunar.fromYmd(year, number, 1).getSolar()), days: found.getDayCount() };
  months.set(key, value);
  return value;
}

const inRange = (year: number): boolean => Number.isInteger(year) && year >= LUNAR_YEARS.first - 1 && year <= LUNAR_YEARS.last;

/**
 * The calendar day of a lunar day.
 *
 * @returns `null` when the lunar calendar has no such day (the 30th of a short month, a leap month that is not) or the year lies outside
 *   1899–2100
 */
export function lunarToSolar(year: number, month: number, date: number, leap = false): DayKey | null {
  if (!inRange(year) || !Number.isInteger(month) || month < 1 || month > 12) return null;
  const found = monthOf(year, month, leap);
  if (found === null || !Number.isInteger(date) || date < 1 || date > found.days) return null;
  return new Date(Date.parse(`${found.first}T00:00:00Z`) + (date - 1) * 86_400_000).toISOString().slice(0, 10);
}

/** The lunar day of a calendar day; `null` outside 1900–2100 or when `day` is no calendar day. */
export function solarToLunar(day: DayKey): LunarDay | null {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split("-").map(Number);
  if (Number.isNaN(Date.parse(`${day}T00:00:00Z`)) || year < LUNAR_YEARS.first || year > LUNAR_YEARS.last) return null;
  const lunar = Solar.fromYmd(year, month, date).getLunar();
  return { year: lunar.getYear(), month: Math.abs(lunar.getMonth()), date: lunar.getDay(), leap: lunar.getMonth() < 0 };
}

/** Last day of a lunar year (除夕): the day before the next spring festival. */
export function lunarNewYearsEve(year: number): DayKey | null {
  const last = monthOf(year, 12, false);
  if (!inRange(year) || last === null) return null;
  const leap = monthOf(year, 12, true);
  return leap === null ? lunarToSolar(year, 12, last.days) : lunarToSolar(year, 12, leap.days, true);
}

const terms = new Map<string, DayKey | null>();

/** The day on which a solar term falls in a solar year; `null` outside 1900–2100. */
export function solarTermDay(year: number, term: SolarTerm): DayKey | null {
  if (!Number.isInteger(year) || year < LUNAR_YEARS.first || year > LUNAR_YEARS.last) return null;
  const key = `${year}/${term}`;
  const known = terms.get(key);
  if (known !== undefined) return known;
  // A lunar year's table runs from 大雪 of the year before to 惊蛰 of the year after; the winter solstice that falls within the
  // solar year itself stands under the name of the second round.
  const table = Lunar.fromYmd(year, 1, 1).getJieQiTable();
  const found = table[term === "冬至" ? "DONG_ZHI" : term];
  const value = found === undefined ? null : keyOf(found);
  terms.set(key, value);
  return value;
}
