/** How far the clocks of a case have run, and when they will have run out. Business time, or all time in an emergency. Pure. */
import type { BusinessCalendar } from "../calendar/index.ts";
import { AnxinError } from "../errors.ts";
import type { BusinessModel } from "../profile/model.ts";
import { type Instant, MINUTE_MS } from "../time.ts";
import { type CaseClock, type ClockKind, type ClockSpan, runs } from "./clock-spans.ts";
import type { Case } from "./state.ts";

/** Time a clock has. */
export interface Budget {
  /** > 0 */
  readonly minutes: number;
  /** Counted on the clock, day and night, instead of in opening hours. */
  readonly always: boolean;
}

/** The time that the profile gives a clock of a case. */
export function budgetOf(model: BusinessModel, one: Pick<Case, "category" | "urgency">, clock: ClockKind): Budget {
  const { service } = model.profile.business;
  const { clocks } = model.profile.cases;
  const always = one.urgency === "emergency";
  switch (clock) {
    case "first_answer":
      return { minutes: always ? service.emergencyAnswerMinutes : service.firstAnswerMinutes, always };
    case "next_answer":
      return { minutes: always ? service.emergencyAnswerMinutes : clocks.nextAnswerMinutes, always };
    case "resolution":
      return { minutes: (clocks.resolutionHours[one.category] ?? clocks.otherResolutionHours) * 60, always };
  }
}

/** Time within spans until `at`, min; spans that begin later count nothing. */
export function spentMinutes(calendar: BusinessCalendar, spans: readonly ClockSpan[], always: boolean, at: Instant): number {
  let spent = 0;
  for (const span of spans) {
    const to = Math.min(span.to ?? at, at);
    if (to <= span.from) continue;
    spent += always ? (to - span.from) / MINUTE_MS : calendar.businessMinutesBetween(span.from, to);
  }
  return spent;
}

/**
 * When a clock will have run for `minutes`.
 *
 * @returns the instant, at the earliest when it began to run again; `null` while it stands still
 */
export function reachedAt(calendar: BusinessCalendar, clock: CaseClock, always: boolean, minutes: number): Instant | null {
  if (!runs(clock)) return null;
  const last = clock.spans.at(-1)!;
  const left = minutes - spentMinutes(calendar, clock.spans.slice(0, -1), always, last.from);
  if (left <= 0) return last.from;
  return always ? last.from + left * MINUTE_MS : calendar.addBusinessMinutes(last.from, left);
}

/**
 * Shares of the budget at which something happens, percent: the warning, then 100, and again each time the time has doubled.
 * Doubling keeps what is told honest: the next word comes when the time given with the last one has passed.
 */
export function levelAfter(level: number, warnPercent: number): number {
  return level === 0 ? warnPercent : level < 100 ? 100 : level * 2;
}

/** The highest level that `percent` has reached; 0 = none. */
export function levelAt(percent: number, warnPercent: number): number {
  let level = 0;
  for (let next = levelAfter(0, warnPercent); next <= percent + 1e-6; next = levelAfter(level, warnPercent)) level = next;
  return level;
}

/** When the next level of a running clock is reached; `null` while it stands still, or when the business opens no more. */
export function nextLevelAt(model: BusinessModel, one: Case, clock: ClockKind): { readonly at: Instant; readonly level: number } | null {
  const budget = budgetOf(model, one, clock);
  const level = levelAfter(one.clocks[clock].level, model.profile.cases.clocks.warnPercent);
  try {
    const at = reachedAt(model.calendar, one.clocks[clock], budget.always, (budget.minutes * level) / 100);
    return at === null ? null : { at, level };
  } catch (error) {
    if (error instanceof AnxinError && error.code === "calendar_never_open") return null;
    throw error;
  }
}
