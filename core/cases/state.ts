/**
 * A case (个案): what a human must take care of, with its number, urgency and clocks.
 *
 *   open ── claim ──► claimed ── resolve ──► resolved ── close ──► closed
 *   resolved | closed ── reopen ──► open (one ladder step up)
 * A case may be resolved unclaimed: the resolver becomes its owner. While `waitingSince` is set the customer's answer is
 * awaited and the clock of the resolution stands still. A parent gathers the cases of one outbreak and has no customer.
 */
import { unreachable } from "../errors.ts";
import type { Rule, StaffRole } from "../profile/schema.ts";
import type { Instant } from "../time.ts";
import { begun, type CaseClock, type CaseClocks, type ClockKind, NO_CLOCKS, resumed, runs, stopped } from "./clock-spans.ts";
import { type Compensation, type CompensationEvent, evolveCompensations } from "./compensation.ts";

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

/** What a case is opened with; the rest begins empty. */
export type OpenedCase = Pick<
  Case,
  "number" | "category" | "urgency" | "step" | "conversation" | "customerId" | "words" | "about" | "reasons" | "tags" | "promisedAt"
> &
  Partial<Pick<Case, "links" | "queue" | "children" | "known">>;

interface At {
  readonly at: Instant;
}

export type CaseEvent =
  | (At & { readonly type: "case_opened"; readonly case: OpenedCase })
  | (At & {
      readonly type: "case_joined";
      readonly reasons: readonly CaseReason[];
      /** The customer's words, or those of `by`; "" when there are none. */
      readonly words: string;
      /** Left out = the customer. */
      readonly by?: "bot";
      readonly urgency: CaseUrgency;
      readonly step: LadderStep;
      readonly tags: readonly string[];
      readonly queue?: string | null;
    })
  | (At & { readonly type: "case_claimed"; readonly by: string })
  | (At & { readonly type: "case_assigned"; readonly by: string; readonly to: string; readonly text: string | null })
  | (At & { readonly type: "case_snoozed"; readonly by: string; readonly until: Instant })
  | (At & { readonly type: "case_released"; readonly by: string })
  | (At & { readonly type: "case_noted"; readonly by: string; readonly text: string })
  | (At & { readonly type: "case_answered"; readonly by: string })
  /** `by` waits for the customer. */
  | (At & { readonly type: "case_waiting"; readonly by: string })
  /** One step up; `release` takes it from its silent owner. */
  | (At & {
      readonly type: "case_climbed";
      readonly step: LadderStep;
      readonly why: string;
      readonly release?: boolean;
      readonly promisedAt?: Instant;
    })
  | (At & { readonly type: "case_clock_reached"; readonly clock: ClockKind; readonly level: number })
  | (At & { readonly type: "case_breached" })
  | (At & { readonly type: "case_paged" })
  | (At & { readonly type: "case_acknowledged"; readonly by: string })
  | (At & { readonly type: "case_linked"; readonly links: Partial<CaseLinks>; readonly by: string })
  | (At & { readonly type: "case_parented"; readonly parent: string })
  | (At & { readonly type: "case_child_added"; readonly child: CaseChild })
  | (At & { readonly type: "case_tagged"; readonly tags: readonly string[] })
  | (At & { readonly type: "case_task_added"; readonly task: Omit<CaseTask, "doneAt" | "doneBy"> })
  | (At & { readonly type: "case_task_done"; readonly id: string; readonly by: string })
  /** An action of a rule could not be carried out. */
  | (At & { readonly type: "case_action_failed"; readonly rule: string; readonly action: string; readonly why: string })
  | (At & { readonly type: "case_cause_named"; readonly cause: string; readonly by: string })
  | (At & { readonly type: "case_resolved"; readonly by: string; readonly resolution: string })
  | (At & { readonly type: "case_satisfaction"; readonly satisfied: boolean; readonly words: string })
  | (At & { readonly type: "case_reopened"; readonly step: LadderStep; readonly why: string; readonly promisedAt?: Instant })
  | (At & { readonly type: "case_closed" })
  | CompensationEvent;

const RANK: Readonly<Record<CaseUrgency, number>> = { normal: 0, urgent: 1, emergency: 2 };

/** The more urgent of two. */
export function moreUrgent(one: CaseUrgency, other: CaseUrgency): CaseUrgency {
  return RANK[one] >= RANK[other] ? one : other;
}

/** Somebody still has to take care of it. */
export function isOpen(one: Case): boolean {
  return one.status === "open" || one.status === "claimed";
}

/** A page that nobody has acknowledged yet. */
export function isPaging(one: Case): boolean {
  return one.page !== null && one.page.acknowledgedAt === null && isOpen(one);
}

/** The state after an event. `null` is the state before the first. */
export function evolveCase(state: Case | null, event: CaseEvent): Case {
  if (event.type === "case_opened") return openedCase(event.case, event.at);
  if (state === null) throw new RangeError(`${event.type} before case_opened`);
  const next = { ...state, updatedAt: event.at };
  switch (event.type) {
    case "case_joined":
      return {
        ...(event.words === "" || event.by === "bot" ? next : heard(next, event.at)),
        reasons: [...state.reasons, ...event.reasons],
        urgency: moreUrgent(state.urgency, event.urgency),
        step: event.step,
        queue: event.queue ?? state.queue,
        tags: [...new Set([...state.tags, ...event.tags])],
        notes: event.words === "" ? state.notes : [...state.notes, { at: event.at, by: event.by ?? "customer", text: event.words }],
      };
    case "case_claimed":
      return acknowledged({ ...next, status: "claimed", owner: event.by }, event.by, event.at);
    case "case_assigned":
      return {
        ...acknowledged({ ...next, status: "claimed", owner: event.to }, event.by, event.at),
        notes: event.text === null ? state.notes : [...state.notes, { at: event.at, by: event.by, text: event.text }],
      };
    case "case_snoozed":
      return { ...next, snoozedUntil: event.until };
    case "case_released":
      return { ...next, status: "open", owner: null };
    case "case_noted":
      return {
        ...(event.by === "customer" ? heard(next, event.at) : next),
        notes: [...state.notes, { at: event.at, by: event.by, text: event.text }],
      };
    case "case_answered":
      return {
        ...acknowledged(next, event.by, event.at),
        answeredAt: state.answeredAt ?? event.at,
        owner: state.owner ?? event.by,
        status: state.status === "open" ? "claimed" : state.status,
        clocks: {
          ...state.clocks,
          first_answer: stopped(state.clocks.first_answer, event.at),
          next_answer: stopped(state.clocks.next_answer, event.at),
        },
      };
    case "case_waiting":
      return {
        ...next,
        waitingSince: event.at,
        clocks: {
          ...state.clocks,
          next_answer: stopped(state.clocks.next_answer, event.at),
          resolution: stopped(state.clocks.resolution, event.at),
        },
      };
    case "case_climbed":
      return {
        ...next,
        step: event.step,
        promisedAt: event.promisedAt ?? state.promisedAt,
        notes: [...state.notes, { at: event.at, by: "bot", text: event.why }],
        ...(event.release && state.status === "claimed" ? { status: "open", owner: null } : {}),
      };
    case "case_clock_reached":
      return { ...next, clocks: { ...state.clocks, [event.clock]: { ...state.clocks[event.clock], level: event.level } } };
    case "case_breached":
      return { ...next, breachedAt: event.at };
    case "case_paged":
      return {
        ...next,
        page: state.page?.acknowledgedAt === null ? state.page : { since: event.at, acknowledgedAt: null, acknowledgedBy: null },
      };
    case "case_acknowledged":
      return acknowledged(next, event.by, event.at);
    case "case_linked":
      return { ...next, links: { ...state.links, ...event.links } };
    case "case_parented":
      return { ...next, parent: event.parent };
    case "case_child_added":
      return { ...next, children: [...state.children.filter((one) => one.number !== event.child.number), event.child] };
    case "case_tagged":
      return { ...next, tags: [...new Set([...state.tags, ...event.tags])] };
    case "case_task_added":
      return { ...next, tasks: [...state.tasks, { ...event.task, doneAt: null, doneBy: null }] };
    case "case_task_done":
      return {
        ...next,
        tasks: state.tasks.map((one) =>
          one.id === event.id && one.doneAt === null ? { ...one, doneAt: event.at, doneBy: event.by } : one,
        ),
      };
    case "case_action_failed":
      return { ...next, notes: [...state.notes, { at: event.at, by: "bot", text: event.why }] };
    case "case_cause_named":
      return { ...next, cause: event.cause };
    case "case_resolved":
      return {
        ...next,
        status: "resolved",
        owner: state.owner ?? event.by,
        resolution: event.resolution,
        satisfied: null,
        waitingSince: null,
        clocks: allStopped(state.clocks, event.at),
      };
    case "case_satisfaction":
      return {
        ...next,
        satisfied: event.satisfied,
        notes: event.words === "" ? state.notes : [...state.notes, { at: event.at, by: "customer", text: event.words }],
      };
    case "case_reopened":
      return {
        ...next,
        status: "open",
        owner: null,
        step: event.step,
        resolution: null,
        answeredAt: null,
        promisedAt: event.promisedAt ?? state.promisedAt,
        waitingSince: null,
        breachedAt: null,
        reopened: state.reopened + 1,
        // Someone has to answer anew; for the solution the customer has been waiting all along.
        clocks: {
          first_answer: begun(event.at),
          next_answer: NO_CLOCKS.next_answer,
          resolution: resumed(state.clocks.resolution, event.at),
        },
        notes: [...state.notes, { at: event.at, by: "bot", text: event.why }],
      };
    case "case_closed":
      return { ...next, status: "closed", waitingSince: null, clocks: allStopped(state.clocks, event.at) };
    case "compensation_proposed":
    case "compensation_approved":
    case "compensation_denied":
    case "compensation_withdrawn":
    case "compensation_answered":
      return { ...next, compensations: evolveCompensations(state.compensations, event) };
    default:
      return unreachable(event);
  }
}

function openedCase(opened: OpenedCase, at: Instant): Case {
  return {
    queue: null,
    links: NO_LINKS,
    children: [],
    known: true,
    ...opened,
    status: "open",
    owner: null,
    parent: null,
    notes: [],
    tasks: [],
    answeredAt: null,
    clocks: { ...NO_CLOCKS, first_answer: begun(at), resolution: begun(at) },
    waitingSince: null,
    page: null,
    breachedAt: null,
    resolution: null,
    cause: null,
    satisfied: null,
    reopened: 0,
    compensations: [],
    createdAt: at,
    updatedAt: at,
  };
}

/** The customer has written: nobody waits for them any more, and they wait for an answer. */
function heard(state: Case, at: Instant): Case {
  if (!isOpen(state)) return { ...state, known: true };
  const { clocks } = state;
  const next: CaseClock =
    state.answeredAt !== null && !runs(clocks.first_answer) && !runs(clocks.next_answer) ? begun(at) : clocks.next_answer;
  return {
    ...state,
    known: true,
    waitingSince: null,
    clocks: { ...clocks, next_answer: next, resolution: resumed(clocks.resolution, at) },
  };
}

/**
 * Somebody has seen the page. From then on they have the time of a first answer: what passed while nobody was there is the
 * page's, and has climbed by itself. Where there is no customer to answer (a parent), taking it is the answer.
 */
function acknowledged(state: Case, by: string, at: Instant): Case {
  const paging = state.page !== null && state.page.acknowledgedAt === null;
  const clocks =
    state.customerId === null && state.children.length > 0
      ? { ...state.clocks, first_answer: stopped(state.clocks.first_answer, at) }
      : state.clocks;
  if (!paging) return { ...state, clocks };
  return {
    ...state,
    page: { since: state.page!.since, acknowledgedAt: at, acknowledgedBy: by },
    clocks: runs(clocks.first_answer) ? { ...clocks, first_answer: begun(at) } : clocks,
  };
}

function allStopped(clocks: CaseClocks, at: Instant): CaseClocks {
  return {
    first_answer: stopped(clocks.first_answer, at),
    next_answer: stopped(clocks.next_answer, at),
    resolution: stopped(clocks.resolution, at),
  };
}
