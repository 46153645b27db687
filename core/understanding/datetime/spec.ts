/**
 * What a text says about time before it is placed on the calendar. The way of a message: fold (one spelling, positions kept) → scan
 * (pieces at their anchors) → combine (pieces that belong together) → correct (what was taken back) → resolve (calendar and zone).
 */

/**
 * Slice of a week, month or year. `late` and `end` differ in months only: 下旬 and 月底. `later` is the second half as far as it is still
 * to come; `working` the working week, Monday to Friday.
 */
export type Slice = "whole" | "early" | "middle" | "late" | "end" | "first-half" | "second-half" | "later" | "working";

/** A day or a span of days as said. Offsets count from now: 0 this, 1 next, −1 last; `null` = not said, the nearest not past. */
export type DaySpec =
  | { readonly is: "offset"; readonly days: number }
  | { readonly is: "weekday"; readonly weekday: number; readonly week: number | null }
  | {
      readonly is: "date";
      readonly year: number | null;
      readonly yearOffset?: number | undefined;
      readonly month: number | null;
      readonly monthOffset?: number | undefined;
      readonly date: number;
      readonly weekday?: number | undefined;
      /** Day and month could be the other way round. */
      readonly ambiguous?: boolean;
    }
  | { readonly is: "week"; readonly week: number; readonly slice: Slice }
  | { readonly is: "week-of"; readonly base: DaySpec }
  | { readonly is: "weekend"; readonly week: number | null }
  /** The weekend beside a festival, which it takes in when it touches it. */
  | { readonly is: "weekend-of"; readonly base: DaySpec }
  /** `count` quarters of a year from the named one (1–4) or from the current one moved by `offset`. */
  | {
      readonly is: "quarter";
      readonly year: number | null;
      readonly yearOffset: number | null;
      readonly quarter: number | null;
      readonly offset: number;
      readonly count: number;
    }
  | {
      readonly is: "month";
      readonly year: number | null;
      readonly yearOffset?: number | undefined;
      readonly month: number | null;
      readonly offset: number | null;
      readonly slice: Slice;
    }
  | { readonly is: "year"; readonly year: number | null; readonly offset: number | null; readonly slice: Slice }
  | { readonly is: "lunar"; readonly yearOffset: number | null; readonly month: number; readonly date: number }
  | { readonly is: "festival"; readonly id: string; readonly year: number | null; readonly yearOffset: number | null }
  /** The days off around a festival; `id` null = the nearest holiday. */
  | { readonly is: "holiday"; readonly id: string | null; readonly year: number | null; readonly yearOffset: number | null }
  | { readonly is: "nth-weekday"; readonly nth: number; readonly weekday: number; readonly month: DaySpec }
  /** The n-th week of a month or a year, counted from its end when negative. */
  | { readonly is: "nth-week"; readonly nth: number; readonly month: DaySpec }
  /** That weekday of the week in which the base begins. */
  | { readonly is: "weekday-in"; readonly of: DaySpec; readonly weekday: number }
  /** So far from another day; months are added first. */
  | { readonly is: "from"; readonly base: DaySpec; readonly days: number; readonly months: number }
  /** The `count`-th working day after (negative: before) the base; `open` counts days on which the business opens instead. */
  | { readonly is: "workday"; readonly base: DaySpec; readonly count: number; readonly open: boolean }
  /** The `count`-th such weekday after (negative: before) the base. */
  | { readonly is: "weekday-from"; readonly base: DaySpec; readonly weekday: number; readonly count: number }
  /** First or last day of a span. */
  | { readonly is: "edge"; readonly of: DaySpec; readonly last: boolean }
  /** `days` whole days beginning with the base (negative: ending before it). */
  | { readonly is: "days"; readonly base: DaySpec; readonly days: number; readonly months?: number };

/** Parts of a day; hours in resolve.ts. */
export type PartName =
  | "dawn"
  | "morning"
  | "early-morning"
  | "mid-morning"
  | "late-morning"
  | "forenoon"
  | "noon"
  | "afternoon"
  | "early-afternoon"
  | "mid-afternoon"
  | "late-afternoon"
  | "daytime"
  | "dusk"
  | "evening"
  | "early-evening"
  | "late-evening"
  | "night"
  | "midnight";

/** A clock reading. `half` says which half of the day was said with it. */
export interface ClockSpec {
  /** 0–24 */
  readonly hour: number;
  readonly minute: number;
  /** `day24`: the reading can only be meant on the 24-hour clock (14:30, 08:05). */
  readonly half: "am" | "pm" | "day24" | null;
}

/** A distance from now, ms; `within` = the whole span until then. Now itself is 0. */
export interface ShiftSpec {
  readonly ms: number;
  readonly within: boolean;
}

/** How long something lasts: in ms, or in calendar days and months, months added first. */
export type Length = { readonly ms: number } | { readonly days: number; readonly months: number };

/** `after` the time, `before` it, `by` it (a day itself included), `from` it on. */
export type Bound = "after" | "before" | "by" | "from";

/** Pieces that belong together, with the stretch of text they cover (UTF-16 indexes, `end` exclusive). */
export interface Draft {
  at: number;
  end: number;
  /** Where the time itself begins, after a word such as `until`. */
  bodyAt: number;
  day: DaySpec | null;
  /** Where the piece that said the day begins. */
  dayAt: number;
  part: PartName | null;
  clock: ClockSpec | null;
  shift: ShiftSpec | null;
  bound: Bound | null;
  /** How long it lasts from its beginning on (for two hours from nine). */
  length: Length | null;
  /** The other end of a range that begins with this draft. */
  to: Draft | null;
  /** Moved by so much from what was said (往后推一个小时): calendar days and minutes. */
  delta: { readonly days: number; readonly minutes: number } | null;
  /** Wording that can only speak of the past. */
  past: boolean;
  /** Told as promised (说好两点来的): today's time, whether it has passed or not. */
  promised: boolean;
  /** Every Tuesday, daily: no single time. */
  recurring: boolean;
}

/** A draft of one piece. */
export function piece(at: number, end: number, fields: Partial<Draft>): Draft {
  return {
    at,
    end,
    bodyAt: at,
    day: null,
    dayAt: at,
    part: null,
    clock: null,
    shift: null,
    bound: null,
    length: null,
    to: null,
    delta: null,
    past: false,
    promised: false,
    recurring: false,
    ...fields,
  };
}
