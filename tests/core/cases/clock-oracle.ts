/** Business time counted minute by minute from the plain data of a calendar, and random calendars to count on. */
import fc from "fast-check";
import { isHoliday, isSwappedWorkday } from "../../../core/calendar/holidays.ts";
import type { ClockSpan } from "../../../core/cases/clock-spans.ts";
import type { Business, WeeklyHours } from "../../../core/profile/schema.ts";
import { addDays, MINUTE_MS, wallClock } from "../../../core/time.ts";

export type Hours = Business["hours"];
export const ZONES = ["Asia/Shanghai", "Asia/Taipei", "Europe/Berlin", "America/New_York"] as const;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/**
 * Is a shop open on a day on which the clock has come to `shown`, minutes after midnight? Asked of the plain data alone, one
 * minute after another: slow, and hard to get wrong.
 */
function isOpenAt(hours: Hours, day: string, weekday: number, shown: number): boolean {
  const within = (spans: readonly string[]): boolean =>
    spans.some((span) => {
      const [from, to] = span.split("-").map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
      return from! <= shown && shown < to!;
    });
  const special = hours.special[day];
  if (special) return within(special);
  if (hours.closed.some((entry) => entry.slice(0, 10) <= day && day <= entry.slice(-10))) return false;
  const usual = hours.weekly[DAYS[weekday - 1]!];
  if (hours.holidays === "none") return within(usual);
  if (isHoliday(day)) return false;
  return within(usual.length === 0 && isSwappedWorkday(day) ? hours.weekly.mon : usual);
}

/** The clock is watched from so long before on, so that an hour which it shows for the second time is known as such. */
const WATCHED_BEFORE_MS = 180 * MINUTE_MS;

/**
 * Minutes that a clock has run, counted one by one. A shop opens when the clock first shows the time to open, and closes when it
 * first shows the time to close: put back an hour, it opens no door that was shut, and shuts none that was open.
 */
export function countedMinutes(hours: Hours, zone: string, spans: readonly ClockSpan[], always: boolean, until: number): number {
  let minutes = 0;
  for (const span of spans) {
    let today = "";
    let shown = 0;
    for (let at = span.from - WATCHED_BEFORE_MS; at < Math.min(span.to ?? until, until); at += MINUTE_MS) {
      const { day, weekday, minute } = wallClock(at, zone);
      shown = day === today ? Math.max(shown, minute) : minute;
      today = day;
      if (at >= span.from && (always || isOpenAt(hours, day, weekday, shown))) minutes += 1;
    }
  }
  return minutes;
}

const clockTime = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** No span, one, or a split shift, on the quarter of an hour. */
const daySpans = fc
  .uniqueArray(fc.integer({ min: 1, max: 95 }), { minLength: 0, maxLength: 4 })
  .map((quarters) => quarters.sort((one, other) => one - other).map((quarter) => quarter * 15))
  .map((edges) =>
    edges.length >= 4
      ? [`${clockTime(edges[0]!)}-${clockTime(edges[1]!)}`, `${clockTime(edges[2]!)}-${clockTime(edges[3]!)}`]
      : edges.length >= 2
        ? [`${clockTime(edges[0]!)}-${clockTime(edges[1]!)}`]
        : [],
  );

/**
 * First days of what is tried: the National Day holiday with both of its swapped working days within reach, and the end and the
 * beginning of summer time in Europe and in America.
 */
export const FIRSTS = ["2026-09-24", "2026-10-22", "2026-10-29", "2027-03-11", "2027-03-25"] as const;
const someDay = fc.tuple(fc.constantFrom(...FIRSTS), fc.integer({ min: 0, max: 20 })).map(([first, days]) => addDays(first, days));

export const hoursArbitrary: fc.Arbitrary<Hours> = fc.record({
  weekly: fc.record({
    mon: daySpans,
    tue: daySpans,
    wed: daySpans,
    thu: daySpans,
    fri: daySpans,
    sat: daySpans,
    sun: daySpans,
  }) as fc.Arbitrary<WeeklyHours>,
  closed: fc.array(
    fc.oneof(
      someDay,
      fc.tuple(someDay, fc.integer({ min: 0, max: 3 })).map(([day, more]) => `${day}..${addDays(day, more)}`),
    ),
    { maxLength: 2 },
  ),
  special: fc.dictionary(someDay, daySpans, { maxKeys: 3 }),
  holidays: fc.constantFrom("cn", "none") as fc.Arbitrary<Hours["holidays"]>,
});
