/** Days on the calendar: where a search begins, what it finds, and sums of days and months. */
import type { DayKey } from "../../time.ts";
import { addDays, weekdayOf } from "../../time.ts";
import type { Grain } from "../types.ts";

/** Days from `first` up to, not including, `next`. */
export interface Placed {
  readonly first: DayKey;
  readonly next: DayKey;
  readonly grain: Grain;
  /** The way in which a nearest day was sought mattered: said without year, month or week. */
  readonly nearest: boolean;
}

/** Where a day is sought from. */
export interface Ground {
  /** The calendar day of now. */
  readonly today: DayKey;
  /** A day said without year, month or week is the nearest not before this one; usually today. */
  readonly from: DayKey;
  /** Seek the nearest before `from` instead: the wording speaks of the past. */
  readonly back: boolean;
  readonly isWorkingDay: (day: DayKey) => boolean;
  readonly isOpenDay: (day: DayKey) => boolean;
}

const pad = (value: number): string => String(value).padStart(2, "0");
export const key = (year: number, month: number, date: number): DayKey => `${String(year).padStart(4, "0")}-${pad(month)}-${pad(date)}`;
export const yearOf = (day: DayKey): number => Number(day.slice(0, 4));
export const monthOf = (day: DayKey): number => Number(day.slice(5, 7));
export const mondayOf = (day: DayKey): DayKey => addDays(day, 1 - weekdayOf(day));

/** Days of a month, 28–31. */
export function monthLength(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Year and month `offset` months from a month; months are 1–12. */
export function monthAt(year: number, month: number, offset: number): { year: number; month: number } {
  const index = year * 12 + month - 1 + offset;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}

/** The same date so many months on, or the last day of a shorter month. */
export function addMonths(day: DayKey, months: number): DayKey {
  const to = monthAt(yearOf(day), monthOf(day), months);
  return key(to.year, to.month, Math.min(Number(day.slice(8)), monthLength(to.year, to.month)));
}

export const oneDay = (day: DayKey, nearest = false): Placed => ({ first: day, next: addDays(day, 1), grain: "day", nearest });
export const span = (first: DayKey, next: DayKey, nearest = false): Placed => ({ first, next, grain: "range", nearest });
