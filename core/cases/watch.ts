/**
 * The timers of cases, set anew at the end of each turn from what the cases have become: whatever was done, by whomever, the
 * clocks that run are watched and those that stand still are not.
 */
import type { TurnContext } from "../conversation/context.ts";
import type { TimerData, TimerName } from "../spine/events.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../time.ts";
import { CLOCKS } from "./clock-spans.ts";
import { nextLevelAt } from "./clocks.ts";
import { type Case, isOpen, isPaging } from "./state.ts";

/** Id of a timer of a case; `what` is the clock, or breach, page, close, waiting, or a task's id. */
export const caseTimer = (number: string, what: string): string => `case:${number}:${what}`;

/** Sets and cancels the timers of every case that this turn has changed. */
export function watchCases(turn: TurnContext): void {
  for (const one of turn.changedCases()) watchCase(turn, one);
}

function watchCase(turn: TurnContext, one: Case): void {
  const { cases } = turn.model.profile;
  const open = isOpen(one);
  const paging = isPaging(one);
  const watch = (what: string, name: TimerName, dueAt: Instant | null, data: TimerData = {}): void => {
    const id = caseTimer(one.number, what);
    if (dueAt === null) turn.cancelTimer(id);
    else turn.setTimer({ id, dueAt, name, data: { case: one.number, ...data } }, one.conversation);
  };
  /** What was due already has been told; it isn't told again whenever the case changes. */
  const ahead = (dueAt: Instant): Instant | null => (dueAt > turn.now ? dueAt : null);

  for (const clock of CLOCKS) {
    // While a page goes out unanswered, the page climbs by itself.
    const next = open && !(paging && clock === "first_answer") ? nextLevelAt(turn.model, one, clock) : null;
    watch(clock, "case_clock", next?.at ?? null, { clock });
  }
  const unanswered = open && one.answeredAt === null && one.breachedAt === null && one.category !== "batch";
  watch("breach", "case_breach", unanswered ? waitsSince(one) + cases.clocks.breachHours * HOUR_MS : null);
  watch("page", "case_page", paging ? nextRound(one.page!.since, cases.pageClimbMinutes * MINUTE_MS, turn.now) : null);
  watch("close", "case_close", one.status === "resolved" ? closesAt(turn, one) : null);
  watch("waiting", "case_waiting", open && one.waitingSince !== null ? ahead(one.waitingSince + cases.waitingRemindHours * HOUR_MS) : null);
  for (const task of one.tasks) watch(task.id, "case_task", open && task.doneAt === null ? ahead(task.dueAt) : null, { task: task.id });
}

/** Since when the customer has waited for a human answer: the opening, or the last reopening. */
function waitsSince(one: Case): Instant {
  return one.clocks.first_answer.spans[0]?.from ?? one.createdAt;
}

/** When a case was resolved: its last clock stopped then. */
function resolvedAt(one: Case): Instant {
  return one.clocks.resolution.spans.at(-1)?.to ?? one.updatedAt;
}

/** When a resolved case closes by itself; one that waits for its cause is looked at again each working day. */
export function closesAt(turn: TurnContext, one: Case): Instant {
  const due = resolvedAt(one) + turn.model.profile.cases.closeAfterHours * HOUR_MS;
  return due > turn.now ? due : turn.model.calendar.addBusinessMinutes(turn.now, WORKING_DAY_MINUTES);
}

/** Business time after which something is asked for again, min. */
const WORKING_DAY_MINUTES = 8 * 60;

/** The next round of a page that repeats since an instant. */
function nextRound(since: Instant, everyMs: number, now: Instant): Instant {
  return since + (Math.floor((now - since) / everyMs) + 1) * everyMs;
}
