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

interface Wanted {
  readonly name: TimerName;
  readonly dueAt: Instant;
  readonly data: TimerData;
}

/**
 * Sets and cancels the timers of every case that this turn has changed. Only what differs from before is written: a case
 * changes far more often than its times do. After a timer everything is set, for the one that was due is gone.
 */
export function watchCases(turn: TurnContext): void {
  const anew = turn.events.has("timer");
  for (const one of turn.changedCases()) {
    const earlier = turn.caseBefore(one.number);
    const before = earlier ? timersOf(turn, earlier) : new Map<string, Wanted>();
    const after = timersOf(turn, one);
    for (const id of before.keys()) if (!after.has(id)) turn.cancelTimer(id);
    for (const [id, wanted] of after)
      if (anew || before.get(id)?.dueAt !== wanted.dueAt) turn.setTimer({ id, ...wanted }, one.conversation);
  }
}

/** The timers that a case needs, by id. */
function timersOf(turn: TurnContext, one: Case): ReadonlyMap<string, Wanted> {
  const { cases } = turn.model.profile;
  const open = isOpen(one);
  const paging = isPaging(one);
  const timers = new Map<string, Wanted>();
  const watch = (what: string, name: TimerName, dueAt: Instant | null, data: TimerData = {}): void => {
    if (dueAt !== null) timers.set(caseTimer(one.number, what), { name, dueAt, data: { case: one.number, ...data } });
  };
  /** What was due already has been told; it isn't told again whenever the case changes. */
  const ahead = (dueAt: Instant): Instant | null => (dueAt > turn.now ? dueAt : null);

  if (open)
    for (const clock of CLOCKS) {
      // While a page goes out unanswered, the page climbs by itself.
      if (!(paging && clock === "first_answer")) watch(clock, "case_clock", nextLevelAt(turn.model, one, clock)?.at ?? null, { clock });
    }
  const unanswered = open && one.answeredAt === null && one.breachedAt === null && one.category !== "batch";
  if (unanswered) watch("breach", "case_breach", waitsSince(one) + cases.clocks.breachHours * HOUR_MS);
  if (paging) watch("page", "case_page", nextRound(one.page!.since, cases.pageClimbMinutes * MINUTE_MS, turn.now));
  if (one.status === "resolved") watch("close", "case_close", closesAt(turn, one));
  if (open && one.waitingSince !== null) watch("waiting", "case_waiting", ahead(one.waitingSince + cases.waitingRemindHours * HOUR_MS));
  if (open) for (const task of one.tasks) if (task.doneAt === null) watch(task.id, "case_task", ahead(task.dueAt), { task: task.id });
  return timers;
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
