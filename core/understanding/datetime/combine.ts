/** Joins pieces that belong together: day, part and clock reading into one draft, two drafts into a range. */
import { textBefore } from "./rule.ts";
import type { DaySpec, Draft } from "./spec.ts";

/** Do two specs name the same day? Needed where only the calendar tells an apposition from an alternative. */
export type SameDay = (one: DaySpec, other: DaySpec) => boolean;

const GLUE =
  /^[\s,，.。()（）@]{0,4}(?:(?:的|那一?天|当天|也?就是|就|在|于|大概|大约|差不多|约|是|嘅|at|on|in|the|of|for|around|about|approx|say|some ?time|any ?time|preferably|from|between|after|before|by|until|till|no later than|starting|beginning|morning of|that'?s an?|which is an?|that is an?)[\s,]{0,3}){0,3}$/;
const RANGE = /^\s{0,3}(?:到|至|直到|~{1,2}|-{1,2}|to|till|til|until|through|thru|up to)\s{0,3}(?:the\s|about\s|around\s|on\s){0,2}$/;
const AND = /^\s{0,3}(?:和|与|跟|and|&|to|-)\s{1,3}(?:the\s)?$|^(?:和|与|跟)$/;
export const OR =
  /^\s{0,3}(?:或者?是?|还是|要么|、|,|，|or|\/|and|&|和|跟|及|以及|,? ?or|,? ?and)\s{0,3}(?:on\s|the\s|at\s|maybe\s|是){0,2}$/;
const MOVING = /\b(?:mov|chang|reschedul|switch|shift|push|postpon|swap|bring|rebook|re-book)\w*\b[^.?!]{0,60}$/;

/** Is the stretch a whole week, month or other span, in which a clock reading has no place? */
export function isLong(day: DaySpec): boolean {
  switch (day.is) {
    case "week":
    case "week-of":
    case "weekend":
    case "weekend-of":
    case "month":
    case "quarter":
    case "year":
    case "holiday":
    case "nth-week":
      return true;
    case "days":
      return Math.abs(day.days) !== 1 || (day.months ?? 0) !== 0;
    default:
      return false;
  }
}

/** One day from two sayings of it, or `null` when they are two days. */
function joinDays(one: DaySpec, other: DaySpec, loose: boolean, same: SameDay): DaySpec | null {
  const pair = (a: DaySpec, b: DaySpec): DaySpec | null => {
    if (a.is === "week" && a.slice === "whole" && b.is === "weekday" && b.week === null) return { ...b, week: a.week };
    // The first week of October, on Friday; in three weeks on Friday.
    const weekly = a.is === "week-of" || a.is === "nth-week" || (a.is === "from" && a.months === 0 && Math.abs(a.days) >= 3);
    if (weekly && b.is === "weekday" && b.week === null) return { is: "weekday-in", of: a, weekday: b.weekday };
    if (a.is === "from" && a.months > 0 && b.is === "weekday" && b.week === null)
      return { is: "weekday-from", base: a, weekday: b.weekday, count: 1 };
    if (a.is === "weekend" && b.is === "weekday" && b.week === null && b.weekday >= 6) return { ...b, week: a.week };
    if (a.is === "month" && b.is === "date" && b.month === null && b.monthOffset === undefined && a.slice === "whole") {
      return { ...b, year: a.year, yearOffset: a.yearOffset, month: a.month, monthOffset: a.offset ?? undefined };
    }
    if (a.is === "month" && b.is === "nth-weekday") return null;
    if (a.is === "year" && a.slice === "whole" && b.is === "date" && b.year === null && b.month !== null) {
      return { ...b, year: a.year, yearOffset: a.offset ?? undefined };
    }
    if (a.is === "year" && a.slice === "whole" && b.is === "festival" && b.year === null)
      return { ...b, year: a.year, yearOffset: a.offset };
    if (a.is === "weekday" && b.is === "date") {
      if (b.month !== null || b.monthOffset !== undefined || b.year !== null) return !loose || same(a, b) || a.week === null ? b : null;
      if (loose && !same(a, b)) return null;
      return { ...b, weekday: a.weekday };
    }
    if (a.is === "offset" && (b.is === "weekday" || b.is === "date" || b.is === "festival")) return !loose || same(a, b) ? a : null;
    if (a.is === "festival" && b.is === "date") return !loose || same(a, b) ? b : null;
    if ((a.is === "festival" || a.is === "from") && b.is === "weekday") return same(a, b) ? a : null;
    return null;
  };
  return pair(one, other) ?? pair(other, one);
}

/** Takes `next` into `draft` when they make one time; says whether it did. */
function join(draft: Draft, next: Draft, gap: string, same: SameDay): boolean {
  if (draft.length !== null && next.length !== null) return false;
  if (draft.shift !== null || next.shift !== null || next.to !== null || draft.recurring !== next.recurring) {
    if (
      !(
        next.to !== null &&
        draft.to === null &&
        next.day === null &&
        draft.clock === null &&
        draft.shift === null &&
        (draft.day === null ? draft.part !== null : !isLong(draft.day))
      )
    ) {
      return false;
    }
    // Tuesday from 2 to 4, 明天下午2-4点
    draft.clock = next.clock;
    draft.part = next.part ?? draft.part;
    draft.to = next.to;
    draft.end = next.end;
    draft.bound = null;
    return true;
  }
  // The 2nd, that's a Wednesday: one day, whatever stands between.
  const loose = /[,，.。()（）]/.test(gap) && !/(?:that'?s|that is|which is) an?/.test(gap);
  const long = draft.day !== null && isLong(draft.day);
  let day = draft.day;
  let dayAt = draft.dayAt;
  if (next.day !== null) {
    if (draft.day === null) {
      if (isLong(next.day)) return false;
      day = next.day;
      dayAt = next.dayAt;
    } else {
      const joined = joinDays(draft.day, next.day, loose, same);
      if (joined === null) return false;
      day = joined;
    }
  }
  if (next.clock !== null && draft.clock !== null) return false;
  if (next.part !== null && draft.part !== null && next.part !== draft.part) {
    const halves = (name: string): boolean => /dawn|morning|forenoon/.test(name);
    // 昨晚半夜: the night of that evening.
    const isNight = draft.part === "evening" && (next.part === "midnight" || next.part === "night") && draft.clock === null;
    if (!isNight && (next.clock === null || halves(next.part) !== halves(draft.part))) return false;
    if (isNight) draft.part = next.part;
  }
  if (draft.to !== null) {
    if (next.clock !== null || (draft.part !== null && next.part !== null)) return false;
    // 周一到五白天, the same.
    const days = draft.clock === null && draft.part === null && draft.to.clock === null && draft.to.part === null;
    if (days && next.day === null) {
      draft.end = next.end;
      return true;
    }
    draft.to.part ??= next.part;
  }
  // 下周下午: the week stands, the part of an unknown day does not.
  if (!(long && next.day === null)) {
    draft.day = day;
    draft.dayAt = dayAt;
    draft.part = draft.part ?? next.part;
    if (next.part !== null && next.clock !== null) draft.part = next.part;
    draft.clock = draft.clock ?? next.clock;
    draft.bound = next.bound ?? draft.bound;
  }
  draft.length ??= next.length;
  draft.past ||= next.past;
  draft.end = next.end;
  return true;
}

/** Fills what the second of two alternatives leaves unsaid: 下周三或周四, 明天两点或三点. */
function inherit(draft: Draft, next: Draft): void {
  // Thursday or Friday afternoon: the afternoon of either.
  const alike =
    draft.day !== null && next.day !== null && draft.day.is === next.day.is && (draft.day.is === "weekday" || draft.day.is === "date");
  if (alike && draft.part === null && draft.clock === null && draft.bound === null && next.part !== null && next.clock === null)
    draft.part = next.part;
  // Thursday or Friday, after two: after two on either.
  const isBounded =
    next.clock !== null && next.part === null && (next.bound === "after" || next.bound === "from" || next.bound === "before");
  if (alike && draft.part === null && draft.clock === null && draft.bound === null && isBounded) {
    draft.clock = next.clock;
    draft.bound = next.bound;
  }
  if (draft.day?.is === "weekday" && draft.day.week !== null && next.day?.is === "weekday" && next.day.week === null) {
    next.day = { ...next.day, week: draft.day.week };
  }
  if (draft.day?.is === "date" && next.day?.is === "date" && next.day.month === null && next.day.monthOffset === undefined) {
    if (next.day.date > draft.day.date) {
      next.day = {
        ...next.day,
        year: draft.day.year,
        yearOffset: draft.day.yearOffset,
        month: draft.day.month,
        monthOffset: draft.day.monthOffset,
      };
    }
  }
  if (
    next.day === null &&
    (next.clock !== null || next.part !== null) &&
    draft.day !== null &&
    (draft.clock !== null || draft.part !== null)
  ) {
    next.day = draft.day;
    if (next.clock !== null && next.part === null && next.clock.half === null && draft.part !== null) next.part = draft.part;
  }
}

/** Drafts of a text from its pieces, in order. */
export function combine(pieces: readonly Draft[], text: string, same: SameDay): Draft[] {
  const joined: Draft[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const gap = last ? text.slice(last.end, piece.bodyAt) : "";
    const spans =
      last !== undefined && /[a-z到至]/.test(gap) && RANGE.test(gap) && (last.clock !== null || last.part !== null || piece.day !== null);
    if (last && !spans && gap.length <= 24 && GLUE.test(gap) && join(last, { ...piece }, gap, same)) continue;
    joined.push({ ...piece });
  }
  const drafts: Draft[] = [];
  for (let index = 0; index < joined.length; index += 1) {
    const draft = joined[index];
    if (draft === undefined) break;
    const last = drafts.at(-1);
    const gap = last ? text.slice(last.end, draft.bodyAt) : "";
    if (last && last.to === null && draft.to === null && gap.length <= 16 && isRange(last, draft, gap, text)) {
      // 周一至周五白天: the days stand, the part of each of them does not.
      const isDays = last.day !== null && draft.day !== null && last.part === null && last.clock === null && draft.clock === null;
      if (isDays && (draft.part === "daytime" || text.startsWith("都", draft.end))) draft.part = null;
      last.to = draft;
      last.end = draft.end + (/^之?间/.exec(text.slice(draft.end, draft.end + 2))?.[0].length ?? 0);
      last.bound = null;
      draft.bound = null;
      const between = /(?:\bbetween|\bfrom|从|自) ?(?:the )?$/.exec(textBefore(text, last.at, 14));
      if (between) last.at -= between[0].length;
      shareDay(last, draft);
      continue;
    }
    if (last && gap.length <= 24 && last.to !== null && GLUE.test(gap) && join(last, draft, gap, same)) continue;
    if (last && gap.length <= 16 && OR.test(gap)) inherit(last, draft);
    drafts.push(draft);
  }
  return drafts;
}

function isRange(from: Draft, to: Draft, gap: string, text: string): boolean {
  if (from.shift !== null && to.shift !== null && from.shift.ms !== 0) return false;
  const lead = textBefore(text, from.at, 70);
  if (RANGE.test(gap)) {
    // “Move it from Tuesday to Thursday” is a change, no span.
    if (/^\s*to\s/.test(gap) && MOVING.test(lead)) return false;
    if (/^\s*-/.test(gap) && from.day !== null && from.clock === null && from.part === null && to.day === null) return false;
    return true;
  }
  const opened = /\bbetween (?:the )?$/.test(lead) || /\bbetween\b/.test(text.slice(from.at, from.end));
  return AND.test(gap) && (opened || /^之?间/.test(text.slice(to.end, to.end + 2)));
}

/** 3:00 to 4:00 tomorrow, the 9th to the 12th of June: what was said at the end holds for both. */
function shareDay(from: Draft, to: Draft): void {
  if (from.day === null && to.day !== null && from.clock !== null && to.clock !== null && to.dayAt > to.bodyAt) from.day = to.day;
  // Between 3 and 12 of September: the first number is a day as well.
  const number = from.clock;
  if (
    from.day === null &&
    number !== null &&
    number.minute === 0 &&
    number.half === null &&
    to.day?.is === "date" &&
    to.clock === null &&
    to.part === null
  ) {
    from.day = { ...to.day, date: number.hour, weekday: undefined };
    from.clock = null;
  }
  if (from.day?.is === "date" && to.day?.is === "date" && from.day.month === null && from.day.monthOffset === undefined) {
    if (from.day.date <= to.day.date) from.day = { ...to.day, date: from.day.date, weekday: from.day.weekday };
  }
  if (from.day?.is === "date" && to.day?.is === "date" && from.day.year === null && to.day.year !== null && from.day.month !== null) {
    if (from.day.month <= (to.day.month ?? 0)) from.day = { ...from.day, year: to.day.year };
  }
  if (from.day?.is === "weekday" && to.day?.is === "weekday" && from.day.week === null && to.day.week !== null && to.dayAt !== to.bodyAt) {
    from.day = { ...from.day, week: to.day.week };
  }
}
