/** Days, weeks and months as spans of time in the business's zone. */
import { addMonths } from "../care/months.ts";
import { addDays, type DayKey, dayOf, type Instant, instantOf, weekdayOf } from "../time.ts";

export const PERIODS = ["day", "week", "month", "quarter"] as const;
export type PeriodKind = (typeof PERIODS)[number];

export interface Period {
  readonly kind: PeriodKind;
  readonly first: DayKey;
  /** Both ends included. */
  readonly last: DayKey;
  readonly from: Instant;
  /** Excluded. */
  readonly to: Instant;
}

/** The period of a kind that holds a day; weeks begin on Monday. */
export function periodOf(kind: PeriodKind, day: DayKey, zone: string): Period {
  const first = firstDay(kind, day);
  const next = kind === "day" ? addDays(first, 1) : kind === "week" ? addDays(first, 7) : addMonths(first, kind === "month" ? 1 : 3);
  return { kind, first, last: addDays(next, -1), from: instantOf(first, 0, zone), to: instantOf(next, 0, zone) };
}

function firstDay(kind: PeriodKind, day: DayKey): DayKey {
  switch (kind) {
    case "day":
      return day;
    case "week":
      return addDays(day, 1 - weekdayOf(day));
    case "month":
      return `${day.slice(0, 7)}-01`;
    case "quarter":
      return `${day.slice(0, 4)}-${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, "0")}-01`;
  }
}

/** The whole period before the one that holds `now`. */
export function periodBefore(kind: PeriodKind, now: Instant, zone: string): Period {
  return periodOf(kind, addDays(firstDay(kind, dayOf(now, zone)), -1), zone);
}
