/**
 * China's statutory holidays and swapped working days (调休). What the State Council has published is dated data; for later years the
 * festival days that the law itself grants are computed and marked provisional, because swaps are only known once published.
 */
import type { DayKey } from "../time.ts";
import { addDays } from "../time.ts";
import { festivalDay } from "./festival-days.ts";
import { festival } from "./festivals.ts";
import published from "./holidays.cn.json" with { type: "json" };

/** One holiday: its days, both ends included. */
export interface HolidaySpan {
  /** Id of the festival in core/calendar/festivals.ts. */
  readonly festival: string;
  readonly first: DayKey;
  readonly last: DayKey;
  /** Not yet published: computed from the law or from custom. */
  readonly provisional: boolean;
}

interface PublishedYear {
  readonly source: string;
  readonly holidays: readonly { readonly festival: string; readonly first: DayKey; readonly last: DayKey }[];
  readonly workdays: readonly DayKey[];
}

const YEARS = published.years as Readonly<Record<string, PublishedYear>>;

/**
 * Days the law grants, as offsets from the festival: Regulation on Public Holidays, Article 2, as revised by State Council Order 795
 * (in force since 1 January 2025): 除夕 to 初三, 1–2 May, 1–3 October, one day for the others.
 */
const LAW: readonly { readonly festival: string; readonly from: number; readonly to: number }[] = [
  { festival: "new-year", from: 0, to: 0 },
  { festival: "spring", from: -1, to: 2 },
  { festival: "qingming", from: 0, to: 0 },
  { festival: "labour", from: 0, to: 1 },
  { festival: "dragon-boat", from: 0, to: 0 },
  { festival: "mid-autumn", from: 0, to: 0 },
  { festival: "national", from: 0, to: 2 },
];

interface Year {
  readonly spans: readonly HolidaySpan[];
  readonly holidays: ReadonlySet<DayKey>;
  readonly workdays: ReadonlySet<DayKey>;
}

const years = new Map<number, Year>();

function everyDay(first: DayKey, last: DayKey): DayKey[] {
  const found: DayKey[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) found.push(day);
  return found;
}

function yearOf(year: number): Year {
  const known = years.get(year);
  if (known) return known;
  const data = Object.hasOwn(YEARS, String(year)) ? YEARS[String(year)] : undefined;
  let spans: HolidaySpan[];
  if (data) {
    spans = data.holidays.map((span) => ({ ...span, provisional: false }));
  } else {
    spans = LAW.flatMap((entry) => {
      const day = festivalDay(entry.festival, year);
      if (day === null) return [];
      return [{ festival: entry.festival, first: addDays(day, entry.from), last: addDays(day, entry.to), provisional: true }];
    });
  }
  const value: Year = {
    spans,
    holidays: new Set(spans.flatMap((span) => everyDay(span.first, span.last))),
    workdays: new Set(data?.workdays ?? []),
  };
  years.set(year, value);
  return value;
}

/** Holidays of a year in order. */
export function holidaysOf(year: number): readonly HolidaySpan[] {
  return yearOf(year).spans;
}

/** Is the arrangement of this year published (and so complete with its swapped days)? */
export function isPublished(year: number): boolean {
  return Object.hasOwn(YEARS, String(year));
}

/** From this day of a year on, the next year's arrangement is usually out (2023–2025: 25 October to 12 November). */
const USUALLY_PUBLISHED = "11-15";

/** The first year, this one or from the middle of November on the next, whose arrangement is not known here; `null` when all is. */
export function unpublishedYear(today: DayKey): number | null {
  const year = Number(today.slice(0, 4));
  if (!isPublished(year)) return year;
  return today.slice(5) >= USUALLY_PUBLISHED && !isPublished(year + 1) ? year + 1 : null;
}

/** Is `day` a statutory holiday in China? Ordinary weekends are none. */
export function isHoliday(day: DayKey): boolean {
  return yearOf(Number(day.slice(0, 4))).holidays.has(day);
}

/** Is `day` a Saturday or Sunday worked in exchange for a holiday? */
export function isSwappedWorkday(day: DayKey): boolean {
  return yearOf(Number(day.slice(0, 4))).workdays.has(day);
}

/**
 * The days people have off around a festival. For years not yet published the customary length is taken (provisional): 国庆 seven days,
 * 春节 eight from 除夕, 劳动节 five, the festival itself otherwise.
 *
 * @returns `null` for a festival without a holiday or outside 1900–2100
 */
export function holidayAround(id: string, year: number): HolidaySpan | null {
  if (isPublished(year)) {
    const span = yearOf(year).spans.find((one) => one.festival === id);
    if (span) return span;
    // In some years two festivals share one holiday (国庆 and 中秋 2025).
    const day = festivalDay(id, year);
    const shared = day === null ? undefined : yearOf(year).spans.find((one) => one.first <= day && day <= one.last);
    return shared ? { ...shared, festival: id } : null;
  }
  const entry = festival(id);
  const day = festivalDay(id, year);
  if (entry?.holidayDays === undefined || day === null) return null;
  const first = addDays(day, -(entry.holidayLead ?? 0));
  return { festival: id, first, last: addDays(first, entry.holidayDays - 1), provisional: true };
}
