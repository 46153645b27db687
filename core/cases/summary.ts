/** Cases of a span of time by cause, as figures for the weekly summary (domain: weekly summary of cases by cause). Pure. */
import type { Instant } from "../time.ts";
import type { CaseEvent } from "./case-events.ts";
import { isGiven } from "./compensation.ts";
import { type Case, type CaseCategory, isOpen } from "./state.ts";

/** One case with everything that happened to it, oldest first. */
export interface CaseHistory {
  readonly case: Case;
  readonly events: readonly CaseEvent[];
}

/** Cases of one cause. `cause` is an id of the profile; `null` = not named yet. */
export interface CauseLine {
  readonly cause: string | null;
  readonly cases: number;
  readonly byCategory: Readonly<Partial<Record<CaseCategory, number>>>;
  readonly reopened: number;
  /** What was given to the customers of these cases, minor units. */
  readonly givenMinor: number;
  readonly numbers: readonly string[];
}

export interface CaseSummary {
  /** Both ends of the span, `to` exclusive. */
  readonly from: Instant;
  readonly to: Instant;
  /** Opened within the span; parents of outbreaks are counted apart. */
  readonly opened: number;
  readonly resolved: number;
  readonly stillOpen: number;
  readonly outbreaks: number;
  /** Cases that were without any human answer for longer than allowed. */
  readonly breaches: number;
  /** Cases that climbed because time ran out or nobody acknowledged. */
  readonly climbed: number;
  readonly reopened: number;
  /** Of those who answered the question at the end. */
  readonly satisfied: number;
  readonly unsatisfied: number;
  /** Middle time from opening to the first human answer, min on the clock; `null` without any answer. */
  readonly firstAnswerMinutes: number | null;
  /** Middle time from opening to the resolution, min on the clock; `null` without any. */
  readonly resolutionMinutes: number | null;
  readonly byUrgency: Readonly<Record<Case["urgency"], number>>;
  /** Most cases first. */
  readonly causes: readonly CauseLine[];
}

/** The lower middle of some numbers; `null` of none. */
function middleOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

const minutesBetween = (from: Instant, to: Instant): number => Math.round((to - from) / 60_000);

/**
 * Sums up the cases opened from `from` until `to`.
 *
 * @param histories cases of any time; those opened outside of the span are left out
 */
export function summariseCases(histories: readonly CaseHistory[], from: Instant, to: Instant): CaseSummary {
  const within = histories.filter(({ case: one }) => from <= one.createdAt && one.createdAt < to);
  const cases = within.filter(({ case: one }) => one.category !== "batch");
  const first = (history: CaseHistory, type: CaseEvent["type"]): Instant | null =>
    history.events.find((event) => event.type === type)?.at ?? null;
  const times = (type: CaseEvent["type"]): number[] =>
    cases.flatMap((history) => {
      const at = first(history, type);
      return at === null ? [] : [minutesBetween(history.case.createdAt, at)];
    });
  const has = (type: CaseEvent["type"]): number => cases.filter((history) => first(history, type) !== null).length;
  const answers = cases.flatMap(({ events }) => {
    const last = events.findLast((event) => event.type === "case_satisfaction");
    return last ? [last.satisfied] : [];
  });
  const count = (urgency: Case["urgency"]): number => cases.filter(({ case: one }) => one.urgency === urgency).length;
  return {
    from,
    to,
    opened: cases.length,
    resolved: has("case_resolved"),
    stillOpen: cases.filter(({ case: one }) => isOpen(one)).length,
    outbreaks: within.length - cases.length,
    breaches: has("case_breached"),
    climbed: has("case_climbed"),
    reopened: has("case_reopened"),
    satisfied: answers.filter(Boolean).length,
    unsatisfied: answers.filter((answer) => !answer).length,
    firstAnswerMinutes: middleOf(times("case_answered")),
    resolutionMinutes: middleOf(times("case_resolved")),
    byUrgency: { normal: count("normal"), urgent: count("urgent"), emergency: count("emergency") },
    causes: causesOf(cases.map((history) => history.case)),
  };
}

function causesOf(cases: readonly Case[]): readonly CauseLine[] {
  const byCause = new Map<string | null, Case[]>();
  for (const one of cases) byCause.set(one.cause, [...(byCause.get(one.cause) ?? []), one]);
  return [...byCause]
    .map(([cause, list]): CauseLine => {
      const byCategory: Partial<Record<CaseCategory, number>> = {};
      for (const { category } of list) byCategory[category] = (byCategory[category] ?? 0) + 1;
      return {
        cause,
        cases: list.length,
        byCategory,
        reopened: list.filter((one) => one.reopened > 0).length,
        givenMinor: list.flatMap((one) => one.compensations.filter(isGiven)).reduce((sum, one) => sum + one.amountMinor, 0),
        numbers: list.map((one) => one.number).sort(),
      };
    })
    .sort((one, other) => other.cases - one.cases || (String(one.cause) < String(other.cause) ? -1 : 1));
}
