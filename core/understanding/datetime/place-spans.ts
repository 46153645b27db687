/** Puts weeks, weekends, months, quarters and years on the calendar, whole or a slice of them. */
import { nthWeekdayOf } from "../../calendar/festival-days.ts";
import type { DayKey } from "../../time.ts";
import { addDays, weekdayOf } from "../../time.ts";
import { type Ground, key, mondayOf, monthAt, monthOf, type Placed, span, yearOf } from "./ground.ts";
import type { DaySpec, Slice } from "./spec.ts";

/** Slices of a month as first and last date: ten-day periods, the end (月底) from the 25th. */
function sliceOfMonth(year: number, month: number, slice: Slice): Placed {
  const first = key(year, month, 1);
  const after = monthAt(year, month, 1);
  const next = key(after.year, after.month, 1);
  if (slice === "whole") return { first, next, grain: "month", nearest: false };
  const dates: Readonly<Record<Exclude<Slice, "whole">, readonly [number, number]>> = {
    early: [1, 11],
    middle: [11, 21],
    late: [21, 0],
    end: [25, 0],
    "first-half": [1, 16],
    "second-half": [16, 0],
    later: [16, 0],
    working: [1, 0],
  };
  const [from, to] = dates[slice];
  return span(key(year, month, from), to === 0 ? next : key(year, month, to));
}

export function placeMonth(spec: Extract<DaySpec, { is: "month" }>, ground: Ground): Placed {
  const year = yearOf(ground.today);
  const month = monthOf(ground.today);
  if (spec.offset !== null) {
    const at = monthAt(year, month, spec.offset);
    return sliceOfMonth(at.year, at.month, spec.slice);
  }
  const said = spec.year ?? (spec.yearOffset === undefined ? null : year + spec.yearOffset);
  if (spec.month === null) {
    const now = sliceOfMonth(year, month, spec.slice);
    if (ground.back || now.next > ground.from) return { ...now, nearest: true };
    const after = monthAt(year, month, 1);
    return { ...sliceOfMonth(after.year, after.month, spec.slice), nearest: true };
  }
  if (said !== null) return sliceOfMonth(said, spec.month, spec.slice);
  const fromYear = yearOf(ground.from);
  const here = sliceOfMonth(fromYear, spec.month, spec.slice);
  if (ground.back) return { ...(here.first <= ground.from ? here : sliceOfMonth(fromYear - 1, spec.month, spec.slice)), nearest: true };
  return { ...(here.next > ground.from ? here : sliceOfMonth(fromYear + 1, spec.month, spec.slice)), nearest: true };
}

export function placeYear(spec: Extract<DaySpec, { is: "year" }>, ground: Ground): Placed {
  const year = spec.year ?? yearOf(ground.today) + (spec.offset ?? 0);
  const months: Readonly<Record<Slice, readonly [number, number]>> = {
    whole: [1, 13],
    early: [1, 3],
    middle: [6, 8],
    late: [11, 13],
    end: [12, 13],
    "first-half": [1, 7],
    "second-half": [7, 13],
    later: [7, 13],
    working: [1, 13],
  };
  const [from, to] = months[spec.slice];
  const after = monthAt(year, 1, to - 1);
  return span(key(year, from, 1), key(after.year, after.month, 1));
}

export function placeWeek(spec: Extract<DaySpec, { is: "week" }>, ground: Ground): Placed {
  const monday = addDays(mondayOf(ground.today), 7 * spec.week);
  const days: Readonly<Record<Slice, readonly [number, number]>> = {
    whole: [0, 7],
    early: [0, 3],
    middle: [1, 5],
    late: [3, 7],
    end: [3, 7],
    "first-half": [0, 3],
    "second-half": [3, 7],
    later: [3, 7],
    working: [0, 5],
  };
  const [from, to] = days[spec.slice];
  if (spec.slice === "whole") return { first: monday, next: addDays(monday, 7), grain: "week", nearest: false };
  return span(addDays(monday, from), addDays(monday, to));
}

export function placeQuarter(spec: Extract<DaySpec, { is: "quarter" }>, ground: Ground): Placed {
  const thisYear = yearOf(ground.today);
  const said = spec.year ?? (spec.yearOffset === null ? null : thisYear + spec.yearOffset);
  const current = Math.floor((monthOf(ground.today) - 1) / 3) + 1;
  const quarters = (year: number, quarter: number): Placed => {
    const from = monthAt(year, 1, 3 * (quarter - 1));
    const to = monthAt(from.year, from.month, 3 * spec.count);
    return span(key(from.year, from.month, 1), key(to.year, to.month, 1), said === null && spec.quarter !== null);
  };
  if (spec.quarter === null) return quarters(thisYear, current + spec.offset);
  if (said !== null) return quarters(said, spec.quarter);
  const here = quarters(yearOf(ground.from), spec.quarter);
  if (ground.back) return here.first <= ground.from ? here : quarters(yearOf(ground.from) - 1, spec.quarter);
  return here.next > ground.from ? here : quarters(yearOf(ground.from) + 1, spec.quarter);
}

/** The Saturday and Sunday nearest to a day, with the day where it touches them. */
export function weekendOf(day: DayKey, nearest: boolean): Placed {
  const weekday = weekdayOf(day);
  if (weekday === 1) return span(addDays(day, -2), addDays(day, 1), nearest);
  if (weekday === 5) return span(day, addDays(day, 3), nearest);
  const saturday = addDays(day, 6 - weekday);
  return span(saturday, addDays(saturday, 2), nearest);
}

/** What is left of a span from today on. */
export const stillToCome = (found: Placed, ground: Ground): Placed =>
  found.first < ground.today && ground.today < found.next ? { ...found, first: ground.today } : found;

/** The n-th week of a year as ISO 8601 counts them, from the end when negative; `null` when the year has no such week. */
export function weekOfYear(year: number, nth: number): Placed | null {
  const january = nthWeekdayOf(year, 1, 4, 1);
  const december = nthWeekdayOf(year, 12, 4, -1);
  if (january === null || december === null) return null;
  const thursday = nth > 0 ? addDays(january, 7 * (nth - 1)) : addDays(december, 7 * (nth + 1));
  if (yearOf(thursday) !== year) return null;
  const monday = mondayOf(thursday);
  return { first: monday, next: addDays(monday, 7), grain: "week", nearest: false };
}
