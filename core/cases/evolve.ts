/** What a case becomes by each event. Pure and exhaustive. */
import { unreachable } from "../errors.ts";
import type { Instant } from "../time.ts";
import type { CaseEvent, OpenedCase } from "./case-events.ts";
import { begun, type CaseClock, type CaseClocks, NO_CLOCKS, resumed, runs, stopped } from "./clock-spans.ts";
import { evolveCompensations } from "./compensation.ts";
import { type Case, isOpen, moreUrgent, NO_LINKS } from "./state.ts";

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
