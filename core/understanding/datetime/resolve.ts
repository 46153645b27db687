/** Drafts to instants: parts of the day, the half of the day that was not said, today or tomorrow, ranges and bounds. */
import type { BusinessCalendar } from "../../calendar/business.ts";
import { festival } from "../../calendar/festivals.ts";
import type { DayKey, Instant, WallClock } from "../../time.ts";
import { addDays, instantOf, MINUTE_MS, wallClock, weekdayOf } from "../../time.ts";
import type { Grain } from "../types.ts";
import { isLong } from "./combine.ts";
import { addMonths, type Ground, type Placed } from "./ground.ts";
import { DAY_MINUTES, fixedMinute, PART_MINUTES, USUAL_HOURS, usualMinute } from "./hours.ts";
import { place } from "./place.ts";
import type { ClockSpec, DaySpec, Draft, Length, PartName } from "./spec.ts";

export interface Context {
  readonly now: Instant;
  readonly zone: string;
  readonly wall: WallClock;
  readonly ground: Ground;
  readonly calendar: BusinessCalendar | null;
}

export interface Resolved {
  readonly start: Instant;
  readonly end: Instant | null;
  readonly grain: Grain;
  readonly daySaid: boolean;
  readonly timeSaid: boolean;
  readonly past: boolean;
  readonly ambiguous: boolean;
}

const at = (context: Context, day: DayKey, minute: number): Instant => instantOf(day, minute, context.zone);

function closing(context: Context, day: DayKey, after: Instant): Instant {
  const spans = context.calendar?.openSpans(day) ?? [];
  const ends = [spans.at(-1)?.end, at(context, day, USUAL_HOURS.to), at(context, day, 1320), at(context, day, DAY_MINUTES)];
  return ends.find((end) => end !== undefined && end > after) ?? after + 60 * MINUTE_MS;
}

function opening(context: Context, day: DayKey, before: Instant): Instant {
  const first = context.calendar?.openSpans(day)[0]?.start ?? at(context, day, USUAL_HOURS.from);
  return first < before ? first : at(context, day, 0);
}

function result(context: Context, draft: Draft, start: Instant, end: Instant | null, grain: Grain, ambiguous = false): Resolved {
  const date = draft.day?.is === "date" && draft.day.ambiguous === true;
  // Now counts by the minute: it is not gone while its minute runs.
  const gone = end === null ? start < context.now - (context.now % MINUTE_MS) : end <= context.now;
  return {
    start,
    end,
    grain,
    daySaid: draft.day !== null || draft.shift !== null,
    timeSaid: draft.clock !== null || draft.part !== null || draft.shift !== null,
    past: gone || ((draft.past || draft.promised) && start <= context.now),
    ambiguous: ambiguous || date || (draft.clock !== null && draft.clock.hour === 12 && draft.clock.half === null && draft.part === null),
  };
}

/** The days of a draft, sought back when its wording tells of the past; `undefined` when none was said. */
function daysOf(draft: Draft, context: Context, from = context.ground.from): Placed | null | undefined {
  if (draft.day === null) return undefined;
  return place(draft.day, { ...context.ground, from, back: draft.past });
}

/** The day for a time said without one: the next (or, telling of the past, the last) on which it falls. */
function dayFor(context: Context, past: boolean, fits: (day: DayKey) => boolean): DayKey {
  const today = context.ground.today;
  return fits(today) ? today : addDays(today, past ? -1 : 1);
}

function resolveClock(draft: Draft, clock: ClockSpec, context: Context): Resolved | null {
  const said = daysOf(draft, context);
  if (said === null) return null;
  const fixed = fixedMinute(clock, draft.part);
  let minute = fixed ?? usualMinute(clock);
  let ambiguous = false;
  let day: DayKey;
  if (said === undefined) {
    const usable = (candidate: DayKey): boolean => {
      const start = at(context, candidate, minute);
      if (draft.promised) return true;
      if (draft.past) return start <= context.now;
      return draft.bound === "after" || draft.bound === "from" ? closing(context, candidate, start) > context.now : start > context.now;
    };
    day = dayFor(context, draft.past, usable);
  } else {
    day = said.first;
    const gone = draft.bound === null && at(context, day, minute) <= context.now && day === context.ground.today && !draft.past;
    if (gone && said.nearest && draft.day?.is === "weekday") day = addDays(day, 7);
    else if (gone && fixed === null && minute + 720 <= 1320 && at(context, day, minute + 720) > context.now) {
      minute += 720;
      ambiguous = true;
    }
  }
  const start = at(context, day, minute);
  if (draft.bound === "after" || draft.bound === "from")
    return result(context, draft, start, closing(context, day, start), "range", ambiguous);
  if (draft.bound !== null) {
    // Before eight tonight begins with the evening, not with the day.
    const evening = draft.part?.includes("evening") ? at(context, day, PART_MINUTES.evening[0]) : null;
    const from = evening !== null && evening < start ? evening : opening(context, day, start);
    return result(context, draft, from, start, "range", ambiguous);
  }
  return result(context, draft, start, null, "minute", ambiguous);
}

function resolvePart(draft: Draft, part: PartName, context: Context): Resolved | null {
  const said = daysOf(draft, context);
  if (said === null) return null;
  const [from, to] = PART_MINUTES[part];
  const day =
    said?.first ??
    dayFor(context, draft.past, (one) => (draft.past ? at(context, one, from) <= context.now : at(context, one, to) > context.now));
  const start = at(context, day, from);
  const end = at(context, day, to);
  if (draft.bound === "after") return result(context, draft, end, closing(context, day, end), "range");
  if (draft.bound === "from") return result(context, draft, start, closing(context, day, start), "range");
  if (draft.bound === "before") return result(context, draft, opening(context, day, start), start, "range");
  if (draft.bound === "by") return result(context, draft, opening(context, day, end), end, "range");
  return result(context, draft, start, end, "part");
}

function resolveDay(draft: Draft, context: Context): Resolved | null {
  // After the Spring Festival means after the days off.
  const off = draft.day?.is === "festival" && draft.bound === "after" && festival(draft.day.id)?.holidayDays !== undefined;
  const said = daysOf(off ? { ...draft, day: { ...draft.day, is: "holiday" } as DaySpec } : draft, context);
  if (said == null) return null;
  const midnight = (day: DayKey): Instant => at(context, day, 0);
  const { today } = context.ground;
  // After Wednesday runs to the end of that week, or for a week where little is left of it.
  const monday = addDays(said.first, 8 - weekdayOf(said.first));
  // From October on: that month; from next week on: that week.
  const long = said.grain !== "day" && said.grain !== "range";
  const until = said.grain === "day" && monday > said.next && draft.day?.is !== "festival" ? monday : addDays(said.next, 7);
  switch (draft.bound) {
    case "after":
      return result(context, draft, midnight(said.next), midnight(until), "range");
    case "from":
      return result(context, draft, midnight(said.first), midnight(long ? said.next : until), "range");
    case "before":
      return result(context, draft, midnight(today < said.first ? today : addDays(said.first, -1)), midnight(said.first), "range");
    case "by":
      return result(context, draft, midnight(today < said.next ? today : said.first), midnight(said.next), "range");
    case null:
      return result(context, draft, midnight(said.first), midnight(said.next), said.grain);
  }
}

/** Both clock readings of a range on their days; the half said at one end serves the other. */
function clockRange(from: Draft, to: Draft, context: Context): { start: Instant; end: Instant } | null {
  const one = from.clock as ClockSpec;
  const other = to.clock as ClockSpec;
  const said = daysOf(from, context);
  if (said === null) return null;
  let start = fixedMinute(one, from.part);
  let end = fixedMinute(other, to.part ?? (other.half === null ? null : from.part));
  const half = 720;
  if (start === null && end !== null) {
    const plain = (one.hour % 12) * 60 + one.minute;
    const limit = end > DAY_MINUTES ? end - DAY_MINUTES : end;
    start = one.hour === 12 && limit > half ? half + one.minute : plain + half < limit ? plain + half : plain;
  }
  start ??= usualMinute(one);
  if (end === null) {
    const plain = (other.hour % 12) * 60 + other.minute;
    end = [plain, plain + half, plain + 2 * half].find((minute) => minute > (start as number)) ?? plain + 3 * half;
  }
  const toDay =
    to.day !== null && to.day !== from.day
      ? place(to.day, { ...context.ground, from: said?.first ?? context.ground.from, back: to.past })
      : undefined;
  if (toDay === null) return null;
  const finish = end;
  const begin = start;
  const isUsable = (one: DayKey): boolean =>
    from.promised ||
    (from.past ? at(context, one, begin) <= context.now : at(context, one, toDay ? begin : Math.max(begin, finish)) > context.now);
  const day = said?.first ?? dayFor(context, from.past, isUsable);
  if (toDay !== undefined) {
    const last = to.part === null && other.half === null && toDay.first > day ? usualMinute(other) : finish % DAY_MINUTES;
    return { start: at(context, day, begin), end: at(context, toDay.first, last) };
  }
  return { start: at(context, day, begin), end: at(context, day, finish > begin ? finish : finish + DAY_MINUTES) };
}

/** “From 1 October to 7 November” said in between: the end is nearer than the beginning, so the span has begun. */
function isRunning(draft: Draft, to: Draft, context: Context): boolean {
  if (draft.day?.is !== "date" || to.day?.is !== "date" || draft.day.month === null || to.day.month === null || draft.day.year !== null)
    return false;
  const first = place(draft.day, context.ground);
  const last = place(to.day, context.ground);
  return first !== null && last !== null && to.day.year === null && last.first < first.first;
}

/** From now until eight: a bare reading gone by in the morning is the one of the evening. */
function laterToday(to: Draft, context: Context): ClockSpec | null {
  const { clock } = to;
  if (clock === null || clock.half !== null || to.part !== null || to.day !== null || clock.hour >= 12) return clock;
  const passed = usualMinute(clock) <= context.wall.minute;
  return passed && (clock.hour + 12) * 60 + clock.minute > context.wall.minute ? { ...clock, half: "pm" } : clock;
}

function resolveRange(draft: Draft, to: Draft, context: Context): Resolved | null {
  if (draft.clock !== null && to.clock !== null) {
    const found = clockRange(draft, to, context);
    return found === null || found.end <= found.start ? null : result(context, draft, found.start, found.end, "range");
  }
  if (to.shift !== null && to.shift.ms === 0 && draft.shift === null) {
    // Between eight and now: the beginning lies behind.
    const start = resolve({ ...draft, to: null, bound: null, past: true }, context);
    return start === null || start.start >= context.now
      ? null
      : result(context, { ...draft, past: true }, start.start, context.now - (context.now % MINUTE_MS), "range");
  }
  const running = isRunning(draft, to, context);
  const start = resolve({ ...draft, to: null, bound: null, past: draft.past || running }, context);
  if (start === null) return null;
  // The end is sought from the beginning on: Friday to Monday runs over the weekend.
  const day = to.day ?? draft.day;
  const beginning =
    draft.day === null
      ? context.ground.from
      : (place(draft.day, { ...context.ground, back: draft.past || running })?.first ?? context.ground.from);
  const clock = draft.shift === null ? to.clock : laterToday(to, context);
  const end = resolve({ ...to, clock, day, to: null, bound: null }, { ...context, ground: { ...context.ground, from: beginning } });
  if (end === null) return null;
  const finish = end.end ?? end.start;
  // Between now and Friday counts by days, as “by Friday” does.
  const days = draft.shift !== null && end.grain === "day" && wallClock(end.start, context.zone).day > context.ground.today;
  if (days) return result(context, draft, at(context, context.ground.today, 0), finish, "range");
  return finish > start.start
    ? { ...result(context, draft, start.start, finish, "range"), timeSaid: start.timeSaid || end.timeSaid }
    : null;
}

/** A time and how long it lasts; a length without a time to begin at says nothing. */
function resolveLength(draft: Draft, length: Length, context: Context): Resolved | null {
  if (draft.day === null && draft.clock === null) return null;
  const found = resolve({ ...draft, length: null, bound: null }, context);
  if (found === null || found.end === null) {
    if (found === null) return null;
    const wall = wallClock(found.start, context.zone);
    const end =
      "ms" in length ? found.start + length.ms : at(context, addDays(addMonths(wall.day, length.months), length.days), wall.minute);
    return result(context, draft, found.start, end, "range", found.ambiguous);
  }
  // For two hours from tomorrow: no hour to count from.
  if ("ms" in length) return found;
  const first = wallClock(found.start, context.zone).day;
  return result(context, draft, found.start, at(context, addDays(addMonths(first, length.months), length.days), 0), "range");
}

/**
 * The instants of a draft in the zone of the context.
 *
 * @returns `null` when the draft names a day that does not exist
 */
export function resolve(draft: Draft, context: Context): Resolved | null {
  if (draft.delta !== null) {
    const { days, minutes } = draft.delta;
    const found = resolve({ ...draft, delta: null }, context);
    if (found === null) return null;
    const moved = (instant: Instant): Instant => {
      const wall = wallClock(instant, context.zone);
      return at(context, addDays(wall.day, days), wall.minute + minutes);
    };
    return {
      ...found,
      start: moved(found.start),
      end: found.end === null ? null : moved(found.end),
      past: moved(found.start) < context.now,
    };
  }
  if (draft.length !== null) return resolveLength(draft, draft.length, context);
  if (draft.to !== null) return resolveRange(draft, draft.to, context);
  if (draft.shift !== null) {
    const minute = Math.floor(context.now / MINUTE_MS) * MINUTE_MS;
    const other = minute + Math.trunc(draft.shift.ms / MINUTE_MS) * MINUTE_MS;
    if (!draft.shift.within) return result(context, draft, other, null, "minute");
    // Within ten seconds is no span of whole minutes.
    if (other === minute) return null;
    return result(context, draft, Math.min(minute, other), Math.max(minute, other), "range");
  }
  const long = draft.day !== null && isLong(draft.day);
  if (!long && draft.clock !== null) return resolveClock(draft, draft.clock, context);
  if (!long && draft.part !== null) return resolvePart(draft, draft.part, context);
  return resolveDay(draft, context);
}
