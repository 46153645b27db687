/** Puts a day as said on the calendar. */
import { festivalDay, nthWeekdayOf } from "../../calendar/festival-days.ts";
import { holidayAround, holidaysOf } from "../../calendar/holidays.ts";
import { LUNAR_YEARS, lunarToSolar } from "../../calendar/lunar.ts";
import type { DayKey } from "../../time.ts";
import { addDays, weekdayOf } from "../../time.ts";
import { addMonths, type Ground, key, mondayOf, monthAt, monthLength, monthOf, oneDay, type Placed, span, yearOf } from "./ground.ts";
import { placeMonth, placeQuarter, placeWeek, placeYear, stillToCome, weekendOf, weekOfYear } from "./place-spans.ts";
import type { DaySpec } from "./spec.ts";

/** No working day is further away than this, days. */
const SEARCH_DAYS = 400;

function placeDate(spec: Extract<DaySpec, { is: "date" }>, ground: Ground): Placed | null {
  const { date, weekday } = spec;
  const thisYear = yearOf(ground.today);
  const fits = (year: number, month: number): DayKey | null => {
    if (date > monthLength(year, month)) return null;
    const day = key(year, month, date);
    return weekday === undefined || weekdayOf(day) === weekday ? day : null;
  };
  if (spec.monthOffset !== undefined) {
    const at = monthAt(thisYear, monthOf(ground.today), spec.monthOffset);
    return date <= monthLength(at.year, at.month) ? oneDay(key(at.year, at.month, date)) : null;
  }
  const year = spec.year ?? (spec.yearOffset === undefined ? null : thisYear + spec.yearOffset);
  if (year !== null) {
    if (spec.month === null || year < 1 || year > 9999 || date > monthLength(year, spec.month)) return null;
    return oneDay(key(year, spec.month, date));
  }
  const step = ground.back ? -1 : 1;
  const near = (day: DayKey): boolean => (ground.back ? day <= ground.from : day >= ground.from);
  const fromYear = yearOf(ground.from);
  if (spec.month !== null) {
    // Eight years reach the next 29 February across 2100 as well. A weekday said beside month and date does not overrule them.
    for (let tries = 0; tries <= 8; tries += 1) {
      const candidate = fromYear + step * tries;
      if (date <= monthLength(candidate, spec.month) && near(key(candidate, spec.month, date)))
        return oneDay(key(candidate, spec.month, date), true);
    }
    return null;
  }
  for (let tries = 0; tries <= 24; tries += 1) {
    const at = monthAt(fromYear, monthOf(ground.from), step * tries);
    const day = fits(at.year, at.month);
    if (day !== null && near(day)) return oneDay(day, true);
  }
  return null;
}

/** The years in which a festival or lunar day is sought, nearest first. */
function* yearsFrom(ground: Ground): Generator<number> {
  const year = yearOf(ground.from);
  if (ground.back) for (let tries = 0; tries <= 2; tries += 1) yield year - tries;
  else for (let tries = 0; tries <= 2; tries += 1) yield year + tries;
}

function placeFestival(spec: Extract<DaySpec, { is: "festival" }>, ground: Ground): Placed | null {
  const said = spec.year ?? (spec.yearOffset === null ? null : yearOf(ground.today) + spec.yearOffset);
  if (said !== null) {
    const day = festivalDay(spec.id, said);
    return day === null ? null : oneDay(day);
  }
  for (const year of yearsFrom(ground)) {
    const day = festivalDay(spec.id, year);
    if (day !== null && (ground.back ? day <= ground.from : day >= ground.from)) return oneDay(day, true);
  }
  return null;
}

function placeHoliday(spec: Extract<DaySpec, { is: "holiday" }>, ground: Ground): Placed | null {
  const said = spec.year ?? (spec.yearOffset === null ? null : yearOf(ground.today) + spec.yearOffset);
  const years = said === null ? yearsFrom(ground) : [said];
  for (const year of years) {
    const id = spec.id;
    const day = id === null ? null : festivalDay(id, year);
    const around = id === null ? null : holidayAround(id, year);
    const own = around ?? (day === null ? null : { first: day, last: day });
    const spans = id === null ? holidaysOf(year) : own === null ? [] : [own];
    const list = ground.back ? spans.toReversed() : spans;
    for (const one of list) {
      const near = said !== null || (ground.back ? one.first <= ground.from : one.last >= ground.from);
      if (near) return span(one.first, addDays(one.last, 1), true);
    }
  }
  return null;
}

function placeLunar(spec: Extract<DaySpec, { is: "lunar" }>, ground: Ground): Placed | null {
  const year = yearOf(ground.from);
  if (spec.yearOffset !== null) {
    const day = lunarToSolar(yearOf(ground.today) + spec.yearOffset, spec.month, spec.date);
    return day === null ? null : oneDay(day);
  }
  const years = ground.back ? [year, year - 1, year - 2] : [year - 1, year, year + 1, year + 2];
  for (const lunarYear of years) {
    if (lunarYear > LUNAR_YEARS.last) return null;
    const day = lunarToSolar(lunarYear, spec.month, spec.date);
    if (day !== null && (ground.back ? day <= ground.from : day >= ground.from)) return oneDay(day, true);
  }
  return null;
}

/** The `count`-th day after (before) a day that passes the test. */
function countDays(from: DayKey, count: number, test: (day: DayKey) => boolean): DayKey | null {
  const step = Math.sign(count);
  let left = Math.abs(count);
  let day = from;
  for (let tries = 0; tries < SEARCH_DAYS && left > 0; tries += 1) {
    day = addDays(day, step);
    if (test(day)) left -= 1;
  }
  return left === 0 ? day : null;
}

/** The days of a spec; `null` when there is no such day (31 April, a festival outside the tables). */
export function place(spec: DaySpec, ground: Ground): Placed | null {
  switch (spec.is) {
    case "offset":
      return oneDay(addDays(ground.today, spec.days));
    case "weekday": {
      if (spec.week !== null) return oneDay(addDays(mondayOf(ground.today), 7 * spec.week + spec.weekday - 1));
      const ahead = (spec.weekday - weekdayOf(ground.from) + 7) % 7;
      return oneDay(addDays(ground.from, ground.back && ahead > 0 ? ahead - 7 : ahead), true);
    }
    case "date":
      return placeDate(spec, ground);
    case "week": {
      const found = placeWeek(spec, ground);
      return spec.slice === "later" ? stillToCome(found, ground) : found;
    }
    case "week-of": {
      const base = place(spec.base, ground);
      if (base === null) return null;
      const monday = mondayOf(base.first);
      return { first: monday, next: addDays(monday, 7), grain: "week", nearest: base.nearest };
    }
    case "weekend": {
      const near = addDays(mondayOf(spec.week === null ? ground.from : ground.today), 7 * (spec.week ?? 0) + 5);
      const saturday = ground.back && spec.week === null && near > ground.from ? addDays(near, -7) : near;
      return span(saturday, addDays(saturday, 2), spec.week === null);
    }
    case "weekend-of": {
      const base = place(spec.base, ground);
      return base === null ? null : weekendOf(base.first, base.nearest);
    }
    case "weekday-in": {
      const base = place(spec.of, ground);
      return base === null ? null : oneDay(addDays(mondayOf(base.first), spec.weekday - 1), base.nearest);
    }
    case "quarter":
      return placeQuarter(spec, ground);
    case "month":
    case "year": {
      const found = spec.is === "month" ? placeMonth(spec, ground) : placeYear(spec, ground);
      return spec.slice === "later" ? stillToCome(found, ground) : found;
    }
    case "lunar":
      return placeLunar(spec, ground);
    case "festival":
      return placeFestival(spec, ground);
    case "holiday":
      return placeHoliday(spec, ground);
    case "nth-weekday":
    case "nth-week": {
      const month = place(spec.month, ground);
      if (month === null) return null;
      if (spec.is === "nth-week" && spec.month.is === "year") return weekOfYear(yearOf(month.first), spec.nth);
      // The n-th week is the one of the n-th Thursday, as ISO 8601 counts weeks of a year.
      const weekday = spec.is === "nth-weekday" ? spec.weekday : 4;
      const find = (first: DayKey): DayKey | null => nthWeekdayOf(yearOf(first), monthOf(first), weekday, spec.nth);
      let day = find(month.first);
      if (day !== null && month.nearest && !ground.back && day < ground.from) day = find(addMonths(month.first, 12));
      if (day === null) return null;
      if (spec.is === "nth-weekday") return oneDay(day, month.nearest);
      const monday = mondayOf(day);
      return { first: monday, next: addDays(monday, 7), grain: "week", nearest: month.nearest };
    }
    case "from": {
      const base = place(spec.base, ground);
      if (base === null) return null;
      const start = spec.days < 0 || spec.months < 0 ? base.first : addDays(base.next, -1);
      return oneDay(addDays(addMonths(start, spec.months), spec.days), base.nearest);
    }
    case "workday": {
      const base = place(spec.base, ground);
      if (base === null) return null;
      const start = spec.count < 0 ? base.first : addDays(base.next, -1);
      const day = countDays(start, spec.count, spec.open ? ground.isOpenDay : ground.isWorkingDay);
      return day === null ? null : oneDay(day, base.nearest);
    }
    case "weekday-from": {
      const base = place(spec.base, ground);
      if (base === null) return null;
      const day = countDays(spec.count < 0 ? base.first : addDays(base.next, -1), spec.count, (one) => weekdayOf(one) === spec.weekday);
      return day === null ? null : oneDay(day, base.nearest);
    }
    case "edge": {
      const base = place(spec.of, ground);
      if (base === null) return null;
      const day = spec.last ? addDays(base.next, -1) : base.first;
      return oneDay(day, base.nearest);
    }
    case "days": {
      const base = place(spec.base, ground);
      if (base === null) return null;
      if (spec.days < 0) return span(addDays(base.first, spec.days), base.first, base.nearest);
      return span(base.first, addDays(addMonths(base.first, spec.months ?? 0), spec.days), base.nearest);
    }
  }
}
