/** When a business is open: its weekly hours, special and closed days and the holidays, as instants. */
import { AnxinError } from "../errors.ts";
import type { Business, WeeklyHours } from "../profile/schema.ts";
import type { DayKey, Instant } from "../time.ts";
import { addDays, dayOf, instantOf, MINUTE_MS, weekdayOf } from "../time.ts";
import { isHoliday, isSwappedWorkday } from "./holidays.ts";

/** An open span, `end` exclusive. */
export interface OpenSpan {
  readonly start: Instant;
  readonly end: Instant;
}

export interface BusinessCalendar {
  readonly zone: string;
  /** Spans of a calendar day in order, joined where they touch; empty when closed. */
  openSpans(day: DayKey): readonly OpenSpan[];
  isOpen(at: Instant): boolean;
  /** `at` itself when open, else the next opening; `null` when there is none within {@link SEARCH_DAYS}. */
  nextOpen(at: Instant): Instant | null;
  /**
   * The earliest instant by which `minutes` of open time have passed since `at`.
   *
   * @param minutes ≥ 0, fractions allowed
   * @throws AnxinError `calendar_never_open` when the business does not open within {@link SEARCH_DAYS} of an instant on the way
   */
  addBusinessMinutes(at: Instant, minutes: number): Instant;
  /** Open time from `a` to `b`, min; negative when `b` is earlier. */
  businessMinutesBetween(a: Instant, b: Instant): number;
  /** Monday to Friday without holidays, and swapped working days; whether the business opens does not matter. */
  isWorkingDay(day: DayKey): boolean;
}

/** How far ahead an opening is looked for, days: longer than any holiday, short enough to end at once on a shop that never opens. */
const SEARCH_DAYS = 400;

/** Days kept before the cache starts anew; a year of bookings and its clocks stay well below. */
const CACHE_DAYS = 4_000;

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const satisfies readonly (keyof WeeklyHours)[];

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Spans `HH:MM-HH:MM` as minutes of the day, sorted and joined; spans that end before they start hold no time. */
function minuteSpans(spans: readonly string[]): readonly (readonly [number, number])[] {
  const sorted = spans
    .map((span): [number, number] => [minuteOf(span.slice(0, 5)), minuteOf(span.slice(6))])
    .filter(([start, end]) => end > start)
    .sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/**
 * The calendar of one business. Pure apart from its cache: the same question has the same answer.
 *
 * A special day beats a closed day, which beats the holidays, which beat the week. On a swapped working day the hours of its weekday hold,
 * or Monday's where the business is usually shut on that weekday. In the night in which the clock is changed a span goes from the
 * first time it shows the opening to the first time it shows the closing.
 *
 * @param zone IANA name
 */
export function createBusinessCalendar(hours: Business["hours"], zone: string): BusinessCalendar {
  const week = WEEKDAYS.map((weekday) => minuteSpans(hours.weekly[weekday]));
  const special = new Map(Object.entries(hours.special).map(([day, spans]) => [day, minuteSpans(spans)]));
  const closed = hours.closed.map((entry): readonly [DayKey, DayKey] => [entry.slice(0, 10), entry.slice(-10)]);
  const chinese = hours.holidays === "cn";
  const cache = new Map<DayKey, readonly OpenSpan[]>();

  function minutesOf(day: DayKey): readonly (readonly [number, number])[] {
    const own = special.get(day);
    if (own) return own;
    if (closed.some(([first, last]) => first <= day && day <= last)) return [];
    const usual = week[weekdayOf(day) - 1] ?? [];
    if (!chinese) return usual;
    if (isHoliday(day)) return [];
    return usual.length === 0 && isSwappedWorkday(day) ? (week[0] ?? []) : usual;
  }

  function openSpans(day: DayKey): readonly OpenSpan[] {
    const known = cache.get(day);
    if (known) return known;
    const spans = minutesOf(day)
      .map(([start, end]) => ({ start: instantOf(day, start, zone), end: instantOf(day, end, zone) }))
      .filter((span) => span.end > span.start);
    if (cache.size >= CACHE_DAYS) cache.clear();
    cache.set(day, spans);
    return spans;
  }

  function neverOpen(at: Instant): AnxinError {
    return new AnxinError("calendar_never_open", `no opening within ${SEARCH_DAYS} days; wanted business hours with open time`, {
      at,
      zone,
    });
  }

  const calendar: BusinessCalendar = {
    zone,
    openSpans,
    isOpen: (at) => openSpans(dayOf(at, zone)).some((span) => span.start <= at && at < span.end),
    nextOpen(at) {
      let day = dayOf(at, zone);
      for (let tried = 0; tried <= SEARCH_DAYS; tried += 1, day = addDays(day, 1)) {
        for (const span of openSpans(day)) if (at < span.end) return Math.max(at, span.start);
      }
      return null;
    },
    addBusinessMinutes(at, minutes) {
      if (!(minutes >= 0)) throw new RangeError(`minutes is ${minutes}; wanted a number of minutes, 0 or more`);
      if (minutes === 0) return at;
      let leftMs = minutes * MINUTE_MS;
      let day = dayOf(at, zone);
      let idle = 0;
      for (; idle <= SEARCH_DAYS; day = addDays(day, 1)) {
        idle += 1;
        for (const span of openSpans(day)) {
          const start = Math.max(at, span.start);
          if (start >= span.end) continue;
          if (span.end - start >= leftMs) return start + leftMs;
          leftMs -= span.end - start;
          idle = 0;
        }
      }
      throw neverOpen(at);
    },
    businessMinutesBetween(a, b) {
      if (b < a) return -calendar.businessMinutesBetween(b, a);
      let openMs = 0;
      const last = dayOf(b, zone);
      for (let day = dayOf(a, zone); day <= last; day = addDays(day, 1)) {
        for (const span of openSpans(day)) openMs += Math.max(0, Math.min(b, span.end) - Math.max(a, span.start));
      }
      return openMs / MINUTE_MS;
    },
    isWorkingDay: (day) => isWorkingDay(day, hours.holidays),
  };
  return calendar;
}

/** Is `day` a working day: Monday to Friday, for `cn` without holidays and with the swapped days? */
export function isWorkingDay(day: DayKey, holidays: Business["hours"]["holidays"]): boolean {
  const weekday = weekdayOf(day) <= 5;
  if (holidays === "none") return weekday;
  return weekday ? !isHoliday(day) : isSwappedWorkday(day);
}
