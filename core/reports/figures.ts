/** The figures of a report, as they are counted, shown and written to files. */
import type { CareKind } from "../profile/care-schema.ts";
import type { DayKey } from "../time.ts";
import type { Period } from "./period.ts";

/** A share as it was counted: `of` 0 = nothing to measure. */
export interface Share {
  readonly good: number;
  readonly of: number;
}

export interface ItemFigures {
  readonly survey: string;
  readonly item: string;
  readonly count: number;
  readonly mean: number | null;
  /** Times it was blamed, and of those, whose case is settled. */
  readonly blamed: number;
  readonly mended: number;
}

export interface ReportFigures {
  readonly period: Pick<Period, "kind" | "first" | "last">;
  /** What became of touches that ended in the period, by plan. */
  readonly plans: readonly {
    readonly plan: string;
    readonly kind: CareKind;
    readonly sent: number;
    readonly merged: number;
    readonly held: number;
    readonly tasks: number;
    readonly calledReached: number;
    readonly unreachable: number;
    readonly fruit: number;
  }[];
  readonly sent: number;
  /** Brought by a message or by a person, of all that were to be brought. */
  readonly reached: Share;
  /** Reasons for which something was left out or put off for good. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly surveys: {
    readonly asked: number;
    readonly answered: number;
    /** Of five. */
    readonly mean: number | null;
    /** Four or five of five. */
    readonly satisfied: Share;
    readonly goalPercent: number;
    readonly low: number;
    /** By mark, 1 to 5. */
    readonly marks: readonly number[];
    readonly items: readonly ItemFigures[];
  };
  /** Reminders and campaigns sent, and how many led to a booking or a job. */
  readonly conversion: Share;
  readonly customers: {
    readonly total: number;
    /** Had a service within the churn span. */
    readonly active: number;
    readonly lost: number;
    /** Of those served in the period, served before within the churn span. */
    readonly loyal: Share;
    readonly vip: number;
  };
  /** The five assurances as measured figures (service standard). */
  readonly assurances: Readonly<Record<"quality" | "cost" | "aftercare" | "time" | "emergency", Share>>;
  readonly openTasks: number;
  /** Messages and answers, day by day. */
  readonly days: readonly { readonly day: DayKey; readonly sent: number; readonly answered: number; readonly bookings: number }[];
}

/** A share while it is being counted. */
export interface CountedShare {
  good: number;
  of: number;
}

export const nothingCounted = (): CountedShare => ({ good: 0, of: 0 });

/** A share in percent with one digit behind the point; `null` when there is nothing to measure. */
export function percentOf({ good, of }: Share): number | null {
  return of === 0 ? null : Math.round((good / of) * 1_000) / 10;
}
