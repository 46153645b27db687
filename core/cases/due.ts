/**
 * What falls due around a case: a clock has reached a share of its time, a page was not acknowledged, a day has passed without
 * an answer, the customer has not said whether they are satisfied. Each is checked again, for much may have happened meanwhile.
 */
import type { TurnContext } from "../conversation/context.ts";
import { nameIn } from "../profile/model.ts";
import type { TimerData, TimerName } from "../spine/events.ts";
import { HOUR_MS, MINUTE_MS } from "../time.ts";
import type { ClockKind } from "./clock-spans.ts";
import { budgetOf, levelAt, nextLevelAt, reachedAt, spentMinutes } from "./clocks.ts";
import { escalate, gatherDue } from "./escalate.ts";
import { nobodyCame } from "./hand-over.ts";
import { nextStep, topStep } from "./ladder.ts";
import { noteParentResolved } from "./outbreak.ts";
import { type Case, isOpen, isPaging } from "./state.ts";
import { caseTimer, closesAt } from "./watch.ts";

/** Customers are told of a delay this often at most: after that only staff are, and the customer hears the answer. */
const MOST_APOLOGIES_LEVEL = 400;
/** A page that nobody acknowledges is told to the customer in these rounds. */
const TOLD_ROUNDS: readonly number[] = [1, 2, 4];

/** Handles a timer of a case; `false` when the timer is none. */
export function caseDue(turn: TurnContext, name: TimerName, data: TimerData): boolean {
  if (!name.startsWith("case_")) return false;
  const found = turn.caseByNumber(String(data["case"]));
  if (!found) {
    turn.note("case_timer_obsolete", { case: String(data["case"]) });
    return true;
  }
  switch (name) {
    case "case_clock":
      clockDue(turn, found, String(data["clock"]) as ClockKind);
      break;
    case "case_breach":
      breachDue(turn, found, data["told"] === false);
      break;
    case "case_page":
      pageDue(turn, found);
      break;
    case "case_close":
      closeDue(turn, found);
      break;
    case "case_waiting":
      if (isOpen(found) && found.waitingSince !== null) {
        const hours = Math.round((turn.now - found.waitingSince) / HOUR_MS);
        turn.notify(found.owner ?? found.step, turn.staffWords("staff.waiting_long", { number: found.number, hours }), found.number);
      } else obsolete(turn, found);
      break;
    case "case_gather":
      gatherDue(turn, found, data);
      break;
    case "case_parent":
      if (found.parent !== data["parent"])
        turn.applyCase(found.number, found, { type: "case_parented", at: turn.now, parent: String(data["parent"]) });
      break;
    case "case_parent_resolved":
      noteParentResolved(turn, found, String(data["parent"]), String(data["by"]), String(data["text"]));
      break;
    case "case_task": {
      const task = found.tasks.find((one) => one.id === data["task"]);
      if (task?.doneAt === null && isOpen(found))
        turn.notify(task.to, turn.staffWords("staff.task_due", { number: found.number, id: task.id, task: task.text }), found.number);
      else obsolete(turn, found);
      break;
    }
  }
  return true;
}

function obsolete(turn: TurnContext, found: Case): void {
  turn.note("case_timer_obsolete", { case: found.number });
}

function clockDue(turn: TurnContext, found: Case, clock: ClockKind): void {
  const { warnPercent } = turn.model.profile.cases.clocks;
  const budget = budgetOf(turn.model, found, clock);
  const state = found.clocks[clock];
  const runsNow =
    isOpen(found) && reachedAt(turn.model.calendar, state, budget.always, 0) !== null && !(isPaging(found) && clock === "first_answer");
  const spent = spentMinutes(turn.model.calendar, state.spans, budget.always, turn.now);
  const level = levelAt((spent / budget.minutes) * 100, warnPercent);
  if (!runsNow || level <= state.level) {
    obsolete(turn, found);
    return;
  }
  let current = turn.applyCase(found.number, found, { type: "case_clock_reached", at: turn.now, clock, level });
  turn.events.add("clock");
  Object.assign(turn.ruleFacts, { clock, clock_percent: level, case_category: found.category });
  escalate(turn, "");
  current = turn.caseByNumber(found.number)!;
  const clockName = turn.staffWords(`clock.${clock}`);
  if (level < 100) {
    const due = reachedAt(turn.model.calendar, current.clocks[clock], budget.always, budget.minutes)!;
    turn.notify(
      current.owner ?? current.step,
      turn.staffWords("staff.clock_warning", {
        number: current.number,
        clock: clockName,
        percent: level,
        due: turn.staffTime(due),
        words: current.words.slice(0, 120),
      }),
      current.number,
    );
    return;
  }
  climb(turn, current, clock, level, clockName);
}

/** Time is up: one step up, a silent owner is replaced, the customer hears honestly by when. */
function climb(turn: TurnContext, found: Case, clock: ClockKind, level: number, clockName: string): void {
  const step = nextStep(turn.model.profile.ladder, found.step);
  const silent = clock !== "resolution" && found.owner !== null;
  const next = nextLevelAt(turn.model, found, clock);
  const stepName = turn.staffWords(`step.${step}`);
  const owner = found.owner === null ? "" : nameIn(turn.model.staff(found.owner), turn.staffLanguage);
  const why = turn.staffWords(silent ? "staff.clock_replaced" : "staff.clock_over", {
    number: found.number,
    clock: clockName,
    step: stepName,
    owner,
    words: found.words.slice(0, 120),
  });
  const climbed = turn.applyCase(found.number, found, {
    type: "case_climbed",
    at: turn.now,
    step,
    why,
    release: silent,
    ...(next && clock !== "resolution" ? { promisedAt: next.at } : {}),
  });
  turn.notify(step, why, found.number);
  if (found.owner !== null) turn.notify(found.owner, why, found.number);
  const { holder } = turn.state;
  if (silent && holder.by === "human" && holder.case === found.number) turn.state.holder = { ...holder, staff: null };
  if (!found.known || level > MOST_APOLOGIES_LEVEL || next === null) return;
  const promised = turn.time(next.at);
  if (clock === "first_answer" && nobodyCame(turn, climbed, promised)) return;
  turn.say(
    turn.words(clock === "resolution" ? "case.takes_longer" : "case.still_waiting", {
      number: found.number,
      promised,
      name: turn.callName(),
    }),
  );
}

/** A day without a human answer. It is on record at once; staff are told in working time, unless it can't wait. */
function breachDue(turn: TurnContext, found: Case, tell: boolean): void {
  if (!isOpen(found) || found.answeredAt !== null) {
    obsolete(turn, found);
    return;
  }
  const breached = found.breachedAt === null ? turn.applyCase(found.number, found, { type: "case_breached", at: turn.now }) : found;
  const wakes = found.urgency !== "normal" || turn.model.calendar.isOpen(turn.now);
  const opensAt = wakes ? null : turn.model.calendar.nextOpen(turn.now);
  if (opensAt !== null && !tell) {
    turn.setTimer(
      { id: caseTimer(found.number, "told"), dueAt: opensAt, name: "case_breach", data: { case: found.number, told: false } },
      found.conversation,
    );
    return;
  }
  const step = topStep(turn.model.profile.ladder);
  const why = turn.staffWords("staff.breach", {
    number: found.number,
    hours: turn.model.profile.cases.clocks.breachHours,
    words: found.words.slice(0, 120),
  });
  turn.applyCase(found.number, breached, { type: "case_climbed", at: turn.now, step, why, release: true });
  turn.notify(step, why, found.number);
  if (found.owner !== null) turn.notify(found.owner, why, found.number);
}

/** Nobody has said that they saw the page: one step up, and once more to those on call. At the end of the ladder it goes on. */
function pageDue(turn: TurnContext, found: Case): void {
  if (!isPaging(found)) {
    obsolete(turn, found);
    return;
  }
  const everyMs = turn.model.profile.cases.pageClimbMinutes * MINUTE_MS;
  const round = Math.round((turn.now - found.page!.since) / everyMs);
  const step = nextStep(turn.model.profile.ladder, found.step);
  const why = turn.staffWords("staff.page_climbed", {
    number: found.number,
    minutes: Math.round((turn.now - found.page!.since) / MINUTE_MS),
    step: turn.staffWords(`step.${step}`),
    words: found.words.slice(0, 120),
  });
  turn.applyCase(found.number, found, { type: "case_climbed", at: turn.now, step, why });
  turn.notify("on_call", why, found.number);
  turn.notify(step, why, found.number);
  if (TOLD_ROUNDS.includes(round) && found.category === "emergency")
    turn.say(turn.words("emergency.still_paging", { number: found.number, phone: turn.model.profile.business.contact.emergencyPhone }));
}

/** The customer did not say whether they are satisfied: closed, once the cause is named. */
function closeDue(turn: TurnContext, found: Case): void {
  if (found.status !== "resolved") {
    obsolete(turn, found);
    return;
  }
  if (needsCause(turn, found)) {
    askCause(turn, found);
    turn.setTimer(
      { id: caseTimer(found.number, "close"), dueAt: closesAt(turn, found), name: "case_close", data: { case: found.number } },
      found.conversation,
    );
    return;
  }
  turn.applyCase(found.number, found, { type: "case_closed", at: turn.now });
}

/** A cause is demanded where the business has named causes; what the customer withdrew, and a mere wish for a person, has none. */
export function needsCause(turn: TurnContext, one: Case): boolean {
  return (
    turn.model.profile.cases.causes.length > 0 &&
    one.cause === null &&
    one.owner !== "customer" &&
    !["human", "unclear", "privacy", "booking", "other"].includes(one.category)
  );
}

export function askCause(turn: TurnContext, one: Case): void {
  const causes = turn.model.profile.cases.causes.map((cause) => cause.name[turn.staffLanguage]).join("、");
  turn.notify(one.owner ?? one.step, turn.staffWords("staff.cause_wanted", { number: one.number, causes }), one.number);
}
