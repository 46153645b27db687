import { tzOffset } from "@date-fns/tz";

/** A point in time: milliseconds since 1970-01-01T00:00Z. Everything stored and compared is an instant. */
export type Instant = number;

/** A calendar day without a zone: `YYYY-MM-DD`. Needs a zone beside it to become instants. */
export type DayKey = string;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Wall-clock reading of an instant in a zone. `weekday` 1 = Monday … 7 = Sunday; `minute` counts from midnight, 0–1439. */
export interface WallClock {
  readonly day: DayKey;
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minuteOfHour: number;
  readonly minute: number;
}

/** The finest grain on which zones change: a quarter of an hour. */
const OFFSET_GRAIN_MS = 15 * MINUTE_MS;
const offsetCache = new Map<string, Map<number, number>>();
const CACHED_MOST = 50_000;

/** Offset of a zone from UTC at an instant, ms. Cached by {@link OFFSET_GRAIN_MS}. */
function offsetMs(at: Instant, zone: string): number {
  const bucket = Math.floor(at / OFFSET_GRAIN_MS);
  const known = offsetCache.get(zone)?.get(bucket);
  if (known !== undefined) return known;
  const minutes = tzOffset(zone, new Date(at));
  if (Number.isNaN(minutes)) throw new RangeError(`unknown time zone "${zone}"; wanted an IANA name such as Asia/Shanghai`);
  let ofZone = offsetCache.get(zone);
  if (ofZone === undefined || ofZone.size > CACHED_MOST) {
    ofZone = new Map();
    offsetCache.set(zone, ofZone);
  }
  ofZone.set(bucket, minutes * MINUTE_MS);
  return minutes * MINUTE_MS;
}

/** Throws RangeError when `zone` is not an IANA zone that this machine knows. */
export function assertZone(zone: string): void {
  offsetMs(0, zone);
}

const pad = (value: number, width = 2): string =>
  width === 2 && value >= 0 && value < 100 ? TWO_DIGITS[value]! : String(value).padStart(width, "0");
const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, "0"));

/** The wall clock in `zone` at an instant. */
export function wallClock(at: Instant, zone: string): WallClock {
  const local = new Date(at + offsetMs(at, zone));
  const year = local.getUTCFullYear();
  const month = local.getUTCMonth() + 1;
  const date = local.getUTCDate();
  const hour = local.getUTCHours();
  const minuteOfHour = local.getUTCMinutes();
  return {
    day: `${pad(year, 4)}-${pad(month)}-${pad(date)}`,
    year,
    month,
    date,
    weekday: local.getUTCDay() === 0 ? 7 : local.getUTCDay(),
    hour,
    minuteOfHour,
    minute: hour * 60 + minuteOfHour,
  };
}

/** The day key of an instant in a zone. */
export function dayOf(at: Instant, zone: string): DayKey {
  return wallClock(at, zone).day;
}

/**
 * The first instant at which the wall clock of `zone` shows `minute` minutes after midnight of `day`, or is past it: in an overlap
 * (summer time ends) the earlier of two, in a gap (it begins) the end of the gap. So a later reading is never an earlier instant.
 *
 * @param minute 0 … 1440 and beyond (1440 = next midnight)
 */
export function instantOf(day: DayKey, minute: number, zone: string): Instant {
  const naive = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  if (Number.isNaN(naive)) throw new RangeError(`"${day}" is no calendar day; wanted YYYY-MM-DD`);
  // No zone is a day off UTC: what is asked for lies between the two.
  const before = offsetMs(naive - DAY_MS, zone);
  const after = offsetMs(naive + DAY_MS, zone);
  const early = naive - before;
  if (before === after || offsetMs(early, zone) === before) return early;
  const late = naive - after;
  return offsetMs(late, zone) === after ? late : changeAfter(late, zone);
}

/** The next instant at which a zone changes its offset; there must be one soon. */
function changeAfter(at: Instant, zone: string): Instant {
  let next = Math.floor(at / OFFSET_GRAIN_MS) * OFFSET_GRAIN_MS;
  for (const offset = offsetMs(at, zone); offsetMs(next, zone) === offset; ) next += OFFSET_GRAIN_MS;
  return next;
}

/** Days of a month, 28–31. @param month 1–12 */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/** `day` moved by whole calendar days. */
export function addDays(day: DayKey, days: number): DayKey {
  // Within a month and its neighbours figures do; dates are asked for millions of times when care is planned.
  if (day.length === 10 && days >= -400 && days <= 400 && Number.isInteger(days)) {
    let year = Number(day.slice(0, 4));
    let month = Number(day.slice(5, 7));
    let date = Number(day.slice(8));
    if (year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)) {
      date += days;
      for (; date > daysInMonth(year, month); month = (month % 12) + 1) {
        date -= daysInMonth(year, month);
        if (month === 12) year++;
      }
      while (date < 1) {
        if (month === 1) year--;
        month = month === 1 ? 12 : month - 1;
        date += daysInMonth(year, month);
      }
      if (year >= 1 && year <= 9_999) return `${pad(year, 4)}-${pad(month)}-${pad(date)}`;
    }
  }
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: DayKey, to: DayKey): number {
  return (midnightOf(to) - midnightOf(from)) / DAY_MS;
}

/** Midnight of a day in UTC, by its figures: read as a date it would cost many times as much. NaN for what is no day. */
function midnightOf(day: DayKey): number {
  const month = monthNumber(day);
  const year = Math.floor((month - 1) / 12);
  const isWritten = day.length === 10 && day.charCodeAt(4) === HYPHEN && day.charCodeAt(7) === HYPHEN;
  if (!isWritten || !(year >= 100)) return Date.parse(`${day}T00:00:00Z`);
  return Date.UTC(year, month - 1 - year * 12, figure(day, 8) * 10 + figure(day, 9));
}

const HYPHEN = 45;
const figure = (day: DayKey, place: number): number => day.charCodeAt(place) - 48;

/** Number of a day's month, counted through the years: what is compared before any day is reckoned. */
export function monthNumber(day: DayKey): number {
  const year = figure(day, 0) * 1_000 + figure(day, 1) * 100 + figure(day, 2) * 10 + figure(day, 3);
  return year * 12 + figure(day, 5) * 10 + figure(day, 6);
}

/** Weekday of a calendar day, 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: DayKey): number {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 ? 7 : weekday;
}

/** ISO 8601 with the zone's offset, seconds precision: `2026-11-22T14:00:00+08:00`. */
export function isoInZone(at: Instant, zone: string): string {
  const offset = offsetMs(at, zone);
  const sign = offset < 0 ? "-" : "+";
  const minutes = Math.abs(offset) / MINUTE_MS;
  return `${new Date(at + offset).toISOString().slice(0, 19)}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/**
 * Reads an ISO 8601 instant. Without an offset the reading is taken in `zone`.
 *
 * @returns `null` when the text is no ISO date or date-time
 */
export function parseIso(text: string, zone: string): Instant | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text.trim());
  if (!match) return null;
  const [, day, hour = "00", minute = "00", second = "00", fraction = "0", offset] = match;
  if (Number.isNaN(Date.parse(`${day}T${hour}:${minute}:${second}Z`))) return null;
  const rest = Number(second) * SECOND_MS + Number(fraction.padEnd(3, "0"));
  if (!offset) return instantOf(day!, Number(hour) * 60 + Number(minute), zone) + rest;
  const normal = offset === "Z" ? "Z" : offset.includes(":") ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
  const at = Date.parse(`${day}T${hour}:${minute}:${second}.000${normal}`);
  return Number.isNaN(at) ? null : at + Number(fraction.padEnd(3, "0"));
}
