/**
 * A case (个案): what a human must take care of, with its number, urgency and clocks.
 *
 *   open ── claim ──► claimed ── resolve ──► resolved ── close ──► closed
 *   resolved | closed ── reopen ──► open (one ladder step up)
 * A case may be resolved unclaimed: the resolver becomes its owner. While `waitingSince` is set the customer's answer is
 * awaited and the clock of the resolution stands still. A parent gathers the cases of one outbreak and has no customer.
 */
import type { Rule, StaffRole } from "../profile/schema.ts";
import type { Instant } from "../time.ts";
import type { CaseClocks } from "./clock-spans.ts";
import type { Compensation } from "./compensation.ts";

export type CaseCategory = NonNullable<Rule["then"]["case"]>["category"];
export type CaseUrgency = NonNullable<Rule["then"]["case"]>["urgency"];
export type LadderStep = Exclude<StaffRole, "technician">;

/** Conversation of the parents of outbreaks: they have no customer, and nothing said there goes anywhere. */
export const OUTBREAKS = "internal:outbreaks";

/** A rule that fired, and the facts that made it, in words. */
export interface CaseReason {
  readonly rule: string;
  readonly why: string;
  readonly at: Instant;
}

export interface CaseNote {
  readonly at: Instant;
  /** Staff id, or `bot`. */
  readonly by: string;
  readonly text: string;
}

/** What a case is about, as far as known: ids of the profile, and numbers. */
export interface CaseLinks {
  readonly product: string | null;
  /** Model as on the customer's file, where known. */
  readonly model: string | null;
  readonly fault: string | null;
  readonly part: string | null;
  readonly technician: string | null;
  readonly order: string | null;
  readonly booking: string | null;
}

export const NO_LINKS: CaseLinks = { product: null, model: null, fault: null, part: null, technician: null, order: null, booking: null };

/** One case of an outbreak, its customer's words beside those of the others. */
export interface CaseChild {
  readonly number: string;
  readonly words: string;
  readonly at: Instant;
}

/** Something to be done for a case by a certain time. */
export interface CaseTask {
  /** Unique within the case: `T1`, `T2` … */
  readonly id: string;
  readonly text: string;
  /** Role or staff id. */
  readonly to: string;
  readonly dueAt: Instant;
  readonly doneAt: Instant | null;
  readonly doneBy: string | null;
}

/** A page to those on call, until somebody says that they have seen it. */
export interface CasePage {
  readonly since: Instant;
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: string | null;
}

export interface Case {
  readonly number: string;
  readonly status: "open" | "claimed" | "resolved" | "closed";
  readonly category: CaseCategory;
  readonly urgency: CaseUrgency;
  readonly step: LadderStep;
  /** Id of a queue of the profile, beside the step. */
  readonly queue: string | null;
  readonly owner: string | null;
  readonly conversation: string;
  readonly customerId: string | null;
  /** The customer's words that opened it, as written. */
  readonly words: string;
  /** The customer knows of it: they opened it, or wrote to it. Of the others they are told nothing. */
  readonly known: boolean;
  /** Number of the booking or order it is about, if known. */
  readonly about: string | null;
  readonly links: CaseLinks;
  /** Number of the case that gathers the outbreak this one belongs to. */
  readonly parent: string | null;
  readonly children: readonly CaseChild[];
  readonly reasons: readonly CaseReason[];
  readonly tags: readonly string[];
  readonly notes: readonly CaseNote[];
  readonly tasks: readonly CaseTask[];
  /** Time by which the customer was told a person answers. */
  readonly promisedAt: Instant;
  /** First human answer to the customer since it was opened, or reopened. */
  readonly answeredAt: Instant | null;
  readonly clocks: CaseClocks;
  /** The customer's answer is awaited since. */
  readonly waitingSince: Instant | null;
  readonly page: CasePage | null;
  /** The customer had been without a human answer for longer than the business allows. */
  readonly breachedAt: Instant | null;
  readonly resolution: string | null;
  /** Put off by staff until this instant. */
  readonly snoozedUntil?: Instant;
  /** Id of the root cause, `null` until staff have named it. */
  readonly cause: string | null;
  /** What the customer answered at the end; `null` = nothing yet. */
  readonly satisfied: boolean | null;
  /** Times it was reopened. */
  readonly reopened: number;
  readonly compensations: readonly Compensation[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

const RANK: Readonly<Record<CaseUrgency, number>> = { normal: 0, urgent: 1, emergency: 2 };

/** The more urgent of two. */
export function moreUrgent(one: CaseUrgency, other: CaseUrgency): CaseUrgency {
  return RANK[one] >= RANK[other] ? one : other;
}

/** Somebody still has to take care of it. */
export function isOpen(one: Case): boolean {
  return one.status === "open" || one.status === "claimed";
}

/** The case of a kind that somebody still has to take care of. */
export function openCaseOf(cases: readonly Case[], category: CaseCategory): Case | undefined {
  return cases.find((one) => one.category === category && isOpen(one));
}

/** A page that nobody has acknowledged yet. */
export function isPaging(one: Case): boolean {
  return one.page !== null && one.page.acknowledgedAt === null && isOpen(one);
}
