/** Business time counted minute by minute from the plain data of a calendar, and random calendars to count on. */
import fc from "fast-check";
import { isHoliday, isSwappedWorkday } from "../../../core/calendar/holidays.ts";
import type { ClockSpan } from "../../../core/cases/clock-spans.ts";
import type { Business, WeeklyHours } from "../../../core/profile/schema.ts";
import { addDays, MINUTE_MS, wallClock } from "../../../core/time.ts";

export type Hours = Business["hours"];
export const ZONES = ["Asia/Shanghai", "Asia/Taipei", "Europe/Berlin", "America/New_York"] as const;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Is a minute open? Asked of the plain data alone, one minute after another: slow, and hard to get wrong. */
function isOpenMinute(hours: Hours, at: number, zone: string): boolean {
  const wall = wallClock(at, zone);
  const within = (spans: readonly string[]): boolean =>
    spans.some((span) => {
      const [from, to] = span.split("-").map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
      return from! <= wall.minute && wall.minute < to!;
    });
  const special = hours.special[wall.day];
  if (special) return within(special);
  if (hours.closed.some((entry) => entry.slice(0, 10) <= wall.day && wall.day <= entry.slice(-10))) return false;
  const usual = hours.weekly[DAYS[wall.weekday - 1]!];
  if (hours.holidays === "none") return within(usual);
  if (isHoliday(wall.day)) return false;
  return within(usual.length === 0 && isSwappedWorkday(wall.day) ? hours.weekly.mon : usual);
}

/** Minutes that a clock has run, counted one by one. */
export function countedMinutes(hours: Hours, zone: string, spans: readonly ClockSpan[], always: boolean, until: number): number {
  let minutes = 0;
  for (const span of spans)
    for (let at = span.from; at < Math.min(span.to ?? until, until); at += MINUTE_MS)
      if (always || isOpenMinute(hours, at, zone)) minutes += 1;
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
 * First days of what is tried: two weeks with the National Day holiday and both of its swapped working days within reach, and
 * two in which summer time ends, in Europe and a week later in America.
 */
export const FIRSTS = ["2026-09-24", "2026-10-18"] as const;
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

/**
 * Does a shop of this zone open or close in the hour that is there twice when summer time ends (01:00 to 03:00, whichever zone)?
 * No profile says which of the two it means, so that neither reading is wrong.
 */
export function isDoubtful({ hours, zone, first }: { readonly hours: Hours; readonly zone: string; readonly first: string }): boolean {
  if (first !== FIRSTS[1] || zone.startsWith("Asia/")) return false;
  const edges = [...Object.values(hours.weekly), ...Object.values(hours.special)].flat().flatMap((span) => span.split("-"));
  return edges.some((edge) => "01:00" <= edge && edge < "03:00");
}
