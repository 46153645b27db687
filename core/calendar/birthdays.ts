/** On which day of a year a birthday falls, in the solar or the lunar calendar. */
import type { DayKey } from "../time.ts";
import { lunarToSolar } from "./lunar.ts";

/** Month 1–12 and day as the person counts them; `year` of the same calendar, `null` when not told. */
export interface Birthday {
  readonly calendar: "solar" | "lunar";
  readonly year: number | null;
  readonly month: number;
  readonly date: number;
  /** Lunar only: born in the leap month that follows the month of this number. */
  readonly leap: boolean;
}

/** What the shop does with days that a year lacks; profile `care.birthdays`. */
export interface BirthdayPolicy {
  readonly leapMonth: "leap" | "regular";
  readonly day30: "last" | "next";
  readonly feb29: "feb28" | "mar1";
}

const pad = (value: number): string => String(value).padStart(2, "0");
const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** A lunar birthday within the lunar year that begins in solar year `lunarYear`. */
function lunarBirthday(birthday: Birthday, lunarYear: number, policy: BirthdayPolicy): DayKey | null {
  const { month, date } = birthday;
  const hasLeap = lunarToSolar(lunarYear, month, 1, true) !== null;
  const leap = birthday.leap && policy.leapMonth === "leap" && hasLeap;
  const day = lunarToSolar(lunarYear, month, date, leap);
  if (day !== null || date !== 30) return day;
  if (policy.day30 === "last") return lunarToSolar(lunarYear, month, 29, leap);
  // The month behind: the leap one of the same number where the year has it, else the next number, else the next year's first.
  if (!leap && hasLeap) return lunarToSolar(lunarYear, month, 1, true);
  return month === 12 ? lunarToSolar(lunarYear + 1, 1, 1) : lunarToSolar(lunarYear, month + 1, 1);
}

/** There are some hundred birthdays in a year and millions of people: each is reckoned once for a policy. */
const known = new WeakMap<BirthdayPolicy, Map<number, readonly DayKey[]>>();
/** Days, leap months and a few years; beyond it all is forgotten and reckoned again. */
const KNOWN_MOST = 20_000;

/**
 * The days of a birthday within a solar year, in order. A lunar birthday late in the year may fall twice in one solar year and not at
 * all in the next.
 *
 * @returns an empty list for dates that do not exist or years outside 1900–2100
 */
export function birthdaysIn(birthday: Birthday, year: number, policy: BirthdayPolicy): readonly DayKey[] {
  const { calendar, month, date, leap } = birthday;
  // What is no day of any calendar has no place among the numbers.
  if (!(month >= 1 && month <= 12 && date >= 1 && date <= 31)) return [];
  const key = (((year * 13 + month) * 32 + date) * 2 + (calendar === "lunar" ? 1 : 0)) * 2 + (leap ? 1 : 0);
  let ofPolicy = known.get(policy);
  const found = ofPolicy?.get(key);
  if (found !== undefined) return found;
  if (ofPolicy === undefined || ofPolicy.size >= KNOWN_MOST) {
    ofPolicy = new Map();
    known.set(policy, ofPolicy);
  }
  const days = reckonBirthdays(birthday, year, policy);
  ofPolicy.set(key, days);
  return days;
}

function reckonBirthdays(birthday: Birthday, year: number, policy: BirthdayPolicy): readonly DayKey[] {
  const { month, date } = birthday;
  if (!Number.isInteger(year) || year < 1900 || year > 2100) return [];
  if (!Number.isInteger(month) || month < 1 || month > 12 || !Number.isInteger(date) || date < 1 || date > 31) return [];
  if (birthday.calendar === "solar") {
    if (month === 2 && date === 29 && !isLeapYear(year)) return [policy.feb29 === "feb28" ? `${year}-02-28` : `${year}-03-01`];
    const day = `${year}-${pad(month)}-${pad(date)}`;
    const at = Date.parse(`${day}T00:00:00Z`);
    return Number.isNaN(at) || !new Date(at).toISOString().startsWith(day) ? [] : [day];
  }
  if (date > 30) return [];
  const days = [year - 1, year].map((lunarYear) => lunarBirthday(birthday, lunarYear, policy));
  return days.filter((day): day is DayKey => day?.startsWith(`${year}-`) === true);
}

/**
 * Reads a birthday as shops write it: `1985-03-12`, `03-12`, `lunar 1985-08-15`, `农历 八月十五` in figures (`农历 08-15`), a leap month as
 * `农历 闰04-10` or `lunar leap 04-10`.
 *
 * @returns `null` when it is none
 */
export function parseBirthday(text: string): Birthday | null {
  const match = /^(农历|農曆|阴历|陰曆|lunar)?\s*(?:(\d{4})-)?\s*(闰|閏|leap )?\s*(\d{1,2})-(\d{1,2})$/i.exec(text.trim());
  if (!match) return null;
  const birthday: Birthday = {
    calendar: match[1] ? "lunar" : "solar",
    year: match[2] ? Number(match[2]) : null,
    month: Number(match[4]),
    date: Number(match[5]),
    leap: Boolean(match[3]),
  };
  if (birthday.leap && birthday.calendar === "solar") return null;
  if (birthday.month < 1 || birthday.month > 12 || birthday.date < 1) return null;
  if (birthday.calendar === "lunar") return birthday.date <= 30 ? birthday : null;
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return birthday.date <= days[birthday.month - 1]! ? birthday : null;
}
