/**
 * A case (工单/个案): what a human must take care of, with its number, urgency and clock.
 *
 *   open ── claim ──► claimed ── resolve ──► resolved ── close ──► closed
 *   resolved | closed ── reopen ──► open (one ladder step up)
 * A case may be resolved unclaimed: the resolver becomes its owner.
 */
import { unreachable } from "../errors.ts";
import type { Rule, StaffRole } from "../profile/schema.ts";
import type { Instant } from "../time.ts";

export type CaseCategory = NonNullable<Rule["then"]["case"]>["category"];
export type CaseUrgency = NonNullable<Rule["then"]["case"]>["urgency"];
export type LadderStep = Exclude<StaffRole, "technician">;

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

export interface Case {
  readonly number: string;
  readonly status: "open" | "claimed" | "resolved" | "closed";
  readonly category: CaseCategory;
  readonly urgency: CaseUrgency;
  readonly step: LadderStep;
  readonly owner: string | null;
  readonly conversation: string;
  readonly customerId: string | null;
  /** The customer's words that opened it, as written. */
  readonly words: string;
  /** Number of the booking or order it is about, if known. */
  readonly about: string | null;
  readonly reasons: readonly CaseReason[];
  readonly tags: readonly string[];
  readonly notes: readonly CaseNote[];
  /** Time by which the customer was told a person answers. */
  readonly promisedAt: Instant;
  /** First human answer to the customer. */
  readonly answeredAt: Instant | null;
  readonly resolution: string | null;
  /** Put off by staff until this instant. */
  readonly snoozedUntil?: Instant;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type CaseEvent =
  | {
      readonly type: "case_opened";
      readonly at: Instant;
      readonly case: Omit<Case, "status" | "owner" | "notes" | "answeredAt" | "resolution" | "createdAt" | "updatedAt">;
    }
  | {
      readonly type: "case_joined";
      readonly at: Instant;
      readonly reasons: readonly CaseReason[];
      readonly words: string;
      readonly urgency: CaseUrgency;
      readonly step: LadderStep;
      readonly tags: readonly string[];
    }
  | { readonly type: "case_claimed"; readonly at: Instant; readonly by: string }
  | { readonly type: "case_assigned"; readonly at: Instant; readonly by: string; readonly to: string; readonly text: string | null }
  | { readonly type: "case_snoozed"; readonly at: Instant; readonly by: string; readonly until: Instant }
  | { readonly type: "case_tagged"; readonly at: Instant; readonly by: string; readonly tags: readonly string[] }
  | { readonly type: "case_released"; readonly at: Instant; readonly by: string }
  | { readonly type: "case_noted"; readonly at: Instant; readonly by: string; readonly text: string }
  | { readonly type: "case_answered"; readonly at: Instant; readonly by: string }
  | { readonly type: "case_climbed"; readonly at: Instant; readonly step: LadderStep; readonly why: string }
  | { readonly type: "case_resolved"; readonly at: Instant; readonly by: string; readonly resolution: string }
  | { readonly type: "case_reopened"; readonly at: Instant; readonly step: LadderStep; readonly why: string }
  | { readonly type: "case_closed"; readonly at: Instant };

const RANK: Readonly<Record<CaseUrgency, number>> = { normal: 0, urgent: 1, emergency: 2 };

/** The more urgent of two. */
export function moreUrgent(one: CaseUrgency, other: CaseUrgency): CaseUrgency {
  return RANK[one] >= RANK[other] ? one : other;
}

/** The state after an event. `null` is the state before the first. */
export function evolveCase(state: Case | null, event: CaseEvent): Case {
  if (event.type === "case_opened") {
    return {
      ...event.case,
      status: "open",
      owner: null,
      notes: [],
      answeredAt: null,
      resolution: null,
      createdAt: event.at,
      updatedAt: event.at,
    };
  }
  if (state === null) throw new RangeError(`${event.type} before case_opened`);
  const next = { ...state, updatedAt: event.at };
  switch (event.type) {
    case "case_joined":
      return {
        ...next,
        reasons: [...state.reasons, ...event.reasons],
        urgency: moreUrgent(state.urgency, event.urgency),
        step: event.step,
        tags: [...new Set([...state.tags, ...event.tags])],
        notes: [...state.notes, { at: event.at, by: "customer", text: event.words }],
      };
    case "case_claimed":
      return { ...next, status: "claimed", owner: event.by };
    case "case_assigned":
      return {
        ...next,
        status: "claimed",
        owner: event.to,
        notes: event.text === null ? state.notes : [...state.notes, { at: event.at, by: event.by, text: event.text }],
      };
    case "case_snoozed":
      return { ...next, snoozedUntil: event.until };
    case "case_tagged":
      return { ...next, tags: [...new Set([...state.tags, ...event.tags])] };
    case "case_released":
      return { ...next, status: "open", owner: null };
    case "case_noted":
      return { ...next, notes: [...state.notes, { at: event.at, by: event.by, text: event.text }] };
    case "case_answered":
      return {
        ...next,
        answeredAt: state.answeredAt ?? event.at,
        owner: state.owner ?? event.by,
        status: state.status === "open" ? "claimed" : state.status,
      };
    case "case_climbed":
      return { ...next, step: event.step, notes: [...state.notes, { at: event.at, by: "bot", text: event.why }] };
    case "case_resolved":
      return { ...next, status: "resolved", owner: state.owner ?? event.by, resolution: event.resolution };
    case "case_reopened":
      return {
        ...next,
        status: "open",
        owner: null,
        step: event.step,
        resolution: null,
        notes: [...state.notes, { at: event.at, by: "bot", text: event.why }],
      };
    case "case_closed":
      return { ...next, status: "closed" };
    default:
      return unreachable(event);
  }
}
