/** When people work: shifts of their own, or the opening hours. Pure. */
import type { BusinessModel } from "../profile/model.ts";
import type { Staff, WeeklyHours } from "../profile/schema.ts";
import { addDays, type DayKey, dayOf, type Instant, instantOf, weekdayOf } from "../time.ts";
import { absenceOf, type Roster } from "./roster.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const satisfies readonly (keyof WeeklyHours)[];
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
/** How far ahead the next shift of somebody is looked for, days. */
const AHEAD_DAYS = 14;

interface Span {
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
}

/**
 * When somebody works on a calendar day, in order. A shift may go beyond the opening hours; on a day that is closed out of the usual
 * or has hours of its own it ends with them.
 */
function workSpans(model: BusinessModel, staff: Staff, day: DayKey): readonly Span[] {
  const open = model.calendar.openSpans(day);
  if (!staff.shifts) return open;
  const { weekly, special } = model.profile.business.hours;
  const weekday = WEEKDAYS[weekdayOf(day) - 1]!;
  const unusual = special[day] !== undefined || (open.length === 0 && weekly[weekday].length > 0);
  const from = unusual ? (open[0]?.start ?? Number.POSITIVE_INFINITY) : Number.NEGATIVE_INFINITY;
  const to = unusual ? (open.at(-1)?.end ?? Number.NEGATIVE_INFINITY) : Number.POSITIVE_INFINITY;
  return (staff.shifts[weekday] ?? [])
    .map((span) => ({
      start: instantOf(day, minuteOf(span.slice(0, 5)), model.zone),
      end: instantOf(day, minuteOf(span.slice(6)), model.zone),
    }))
    .map((span) => ({ start: Math.max(span.start, from), end: Math.min(span.end, to) }))
    .filter((span) => span.end > span.start)
    .sort((one, other) => one.start - other.start);
}

/** Does a shift of this person cover the instant? */
export function isOnShift(model: BusinessModel, staff: Staff, at: Instant): boolean {
  return workSpans(model, staff, dayOf(at, model.zone)).some((span) => span.start <= at && at < span.end);
}

/** On shift and not away. */
export function isOnDuty(model: BusinessModel, roster: Roster, staff: Staff, at: Instant): boolean {
  return isOnShift(model, staff, at) && absenceOf(roster, staff.id, at) === null;
}

/** The end of somebody's work on a day; a break at noon is no end. `null` = they don't work on it. */
function endOfWork(model: BusinessModel, staff: Staff, day: DayKey): Instant | null {
  return workSpans(model, staff, day).at(-1)?.end ?? null;
}

/** When the first of them is at work, from an instant on: that instant itself when one is; `null` = not within two weeks. */
export function firstAtWork(model: BusinessModel, roster: Roster, people: readonly Staff[], from: Instant): Instant | null {
  if (people.some((one) => isOnDuty(model, roster, one, from))) return from;
  const starts = people.map((one) => nextStart(model, roster, one, from)).filter((at) => at !== null);
  return starts.length > 0 ? Math.min(...starts) : null;
}

/** When somebody begins to work next, from an instant on; `null` = not within two weeks. */
function nextStart(model: BusinessModel, roster: Roster, staff: Staff, from: Instant): Instant | null {
  const today = dayOf(from, model.zone);
  for (let ahead = 0; ahead <= AHEAD_DAYS; ahead += 1) {
    const found = workSpans(model, staff, addDays(today, ahead)).find(
      (span) => span.start >= from && absenceOf(roster, staff.id, span.start) === null,
    );
    if (found) return found.start;
  }
  return null;
}

/**
 * Who takes over when somebody's work ends: colleagues of the same role who are at work then, else those who begin next, as long
 * as they begin before that person is back.
 *
 * @returns empty when nobody is there sooner than they
 */
export function whoIsNext(model: BusinessModel, roster: Roster, staff: Staff, endsAt: Instant): readonly Staff[] {
  const colleagues = model.profile.staff.filter((one) => one.id !== staff.id && one.role === staff.role);
  const present = colleagues.filter((one) => isOnDuty(model, roster, one, endsAt));
  if (present.length > 0) return present;
  const back = nextStart(model, roster, staff, endsAt) ?? Number.POSITIVE_INFINITY;
  const begin = colleagues.map((one) => ({ one, at: nextStart(model, roster, one, endsAt) ?? Number.POSITIVE_INFINITY }));
  const first = Math.min(...begin.map(({ at }) => at));
  return first < back ? begin.filter(({ at }) => at === first).map(({ one }) => one) : [];
}

/** A working day of somebody that ends. */
export interface Ending {
  readonly staff: Staff;
  readonly endsAt: Instant;
}

/** Ends of work of those whose role works in shifts, from yesterday to a day that surely holds the next one. */
function endings(model: BusinessModel, now: Instant): readonly Ending[] {
  const { staff } = model.profile;
  const today = dayOf(now, model.zone);
  const found: Ending[] = [];
  for (const member of staff) {
    // Where all work the same hours nobody is there to hand over to.
    if (!staff.some((one) => one.role === member.role && one.shifts)) continue;
    for (let ahead = -1; ahead <= AHEAD_DAYS; ahead += 1) {
      const endsAt = endOfWork(model, member, addDays(today, ahead));
      if (endsAt !== null) found.push({ staff: member, endsAt });
      if (endsAt !== null && endsAt > now && ahead > 0) break;
    }
  }
  return found;
}

/** What ended longer ago than this is no hand-over any more: the service was down meanwhile, and the next shift is long there. */
const TOO_LATE_MS = 4 * 3_600_000;

/** Ends of work at which cases are to be handed over now, or are overdue. @param leadMs how long before the end it begins */
export function endingNow(model: BusinessModel, roster: Roster, now: Instant, leadMs: number): readonly Ending[] {
  return endings(model, now).filter(
    ({ staff, endsAt }) => endsAt - leadMs <= now && now < endsAt + TOO_LATE_MS && (roster.ended[staff.id] ?? 0) < endsAt,
  );
}

/** When the next work ends that way, `leadMs` before it; `null` where nobody works in shifts. */
export function nextEndingAt(model: BusinessModel, roster: Roster, now: Instant, leadMs: number): Instant | null {
  const times = endings(model, now)
    .filter(({ staff, endsAt }) => now < endsAt + TOO_LATE_MS && (roster.ended[staff.id] ?? 0) < endsAt)
    .map(({ endsAt }) => endsAt - leadMs);
  return times.length > 0 ? Math.min(...times) : null;
}
