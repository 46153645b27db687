/**
 * The ledger of promised times: staff are reminded before one is due; when nobody has said how it stands, the customer hears of a
 * new time before the old one passes; a time that passed all the same brings an apology, a new time and a case.
 */
import { escalate } from "../cases/escalate.ts";
import type { TurnContext } from "../conversation/context.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { Button, TimerData } from "../spine/events.ts";
import { type Instant, MINUTE_MS } from "../time.ts";
import type { TimePromise } from "./state.ts";

const STAGES = ["soon", "tell", "due"] as const;
/** Unkept this often, no further time is given by the bot: a person has the word. */
const BREAKS_MOST = 2;

/** Number of the promise about an order: it has one at a time. */
function orderPromise(order: string): string {
  return `P${order}`;
}

function schedule(turn: TurnContext, promise: TimePromise): void {
  const { remindMinutes, tellMinutes } = turn.model.profile.business.workshop.promises;
  const before = { soon: remindMinutes, tell: tellMinutes, due: 0 };
  for (const stage of STAGES) {
    const id = `promise:${promise.number}:${stage}`;
    const dueAt = promise.dueAt - before[stage] * MINUTE_MS;
    if (promise.status === "open" && dueAt > turn.now) {
      const data = { promise: promise.number, dueAt: promise.dueAt };
      turn.setTimer({ id, dueAt, name: `promise_${stage}`, data }, promise.conversation);
    } else turn.cancelTimer(id);
  }
}

/** A time was given: kept in the ledger, with its reminders. */
export function makePromise(
  turn: TurnContext,
  wanted: { number: string; about: string | null; words: string; by: string; dueAt: Instant; confirmed: boolean },
): TimePromise {
  const made = turn.applyPromise(wanted.number, null, {
    type: "promise_made",
    at: turn.now,
    promise: { ...wanted, conversation: turn.conversation, customerId: turn.customer()?.id ?? null },
  });
  schedule(turn, made);
  return made;
}

/** The time given for an order has been set: a new promise, or another time of the one that is open. The customer is told by the caller. */
export function promiseOrder(turn: TurnContext, order: WorkOrder, dueAt: Instant, by: string): void {
  const number = orderPromise(order.number);
  const known = turn.record("promise", number);
  if (known?.status !== "open") {
    makePromise(turn, { number, about: order.number, words: "", by, dueAt, confirmed: true });
    return;
  }
  if (known.dueAt !== dueAt) schedule(turn, turn.applyPromise(number, known, { type: "promise_renewed", at: turn.now, by, to: dueAt }));
}

/** The order is ready (or off): its promise is kept (or withdrawn). */
export function settleOrderPromise(turn: TurnContext, order: WorkOrder, by: string, off: boolean): void {
  const known = turn.record("promise", orderPromise(order.number));
  if (known?.status === "open") closePromise(turn, known, by, off ? "promise_withdrawn" : "promise_kept");
}

/** Kept, or withdrawn because it was none. */
export function closePromise(turn: TurnContext, promise: TimePromise, by: string, as: "promise_kept" | "promise_withdrawn"): void {
  schedule(turn, turn.applyPromise(promise.number, promise, { type: as, at: turn.now, by }));
}

/** A new time given by staff: the customer hears it at once, so before the old one passes. */
export function renewPromise(turn: TurnContext, promise: TimePromise, by: string, to: Instant): void {
  const renewed = turn.applyPromise(promise.number, promise, { type: "promise_renewed", at: turn.now, by, to });
  schedule(turn, renewed);
  keepOrderInStep(turn, renewed, by);
  turn.say(turn.words("promise.renewed", { about: aboutOf(promise), from: turn.time(promise.dueAt), to: turn.time(to) }));
}

/** A timer of the ledger. One that belongs to an earlier time, or to a promise that is done with, says nothing. */
export function promiseTimer(turn: TurnContext, stage: "promise_soon" | "promise_tell" | "promise_due", data: TimerData): void {
  const promise = turn.record("promise", String(data["promise"]));
  if (promise?.status !== "open" || promise.dueAt !== data["dueAt"]) {
    turn.note("promise_obsolete", { promise: String(data["promise"]) });
    return;
  }
  if (stage === "promise_soon") {
    turn.notify(
      ownerOf(turn, promise),
      turn.staffWords("staff.promise_soon", {
        number: promise.number,
        about: aboutOf(promise),
        words: promise.words,
        due: turn.staffTime(promise.dueAt),
      }),
      caseOf(promise),
      { buttons: promiseTaps(turn, promise.number, ["kept"]) },
    );
    return;
  }
  const next = turn.model.calendar.addBusinessMinutes(
    Math.max(promise.dueAt, turn.now),
    turn.model.profile.business.workshop.promises.renewMinutes,
  );
  if (stage === "promise_tell") {
    // Once only: a second delay is a matter for a person, not for another message.
    if (promise.renewals.some((one) => one.by === "bot")) return;
    const renewed = turn.applyPromise(promise.number, promise, { type: "promise_renewed", at: turn.now, by: "bot", to: next });
    schedule(turn, renewed);
    keepOrderInStep(turn, renewed, "bot");
    turn.say(turn.words("promise.later", { about: aboutOf(promise), from: turn.time(promise.dueAt), to: turn.time(next) }));
    turn.notify(
      ownerOf(turn, promise),
      turn.staffWords("staff.promise_later", {
        number: promise.number,
        about: aboutOf(promise),
        to: turn.staffTime(next),
      }),
      caseOf(promise),
    );
    return;
  }
  const last = promise.broken + 1 >= BREAKS_MOST;
  const broken = turn.applyPromise(promise.number, promise, { type: "promise_broken", at: turn.now, to: last ? null : next });
  schedule(turn, broken);
  if (!last) keepOrderInStep(turn, broken, "bot");
  turn.say(
    turn.words(last ? "promise.broken_again" : "promise.broken", {
      about: aboutOf(promise),
      from: turn.time(promise.dueAt),
      to: turn.time(next),
      name: turn.callName(),
    }),
  );
  turn.ruleFacts["promise_missed"] = true;
  escalate(turn, promise.words || promise.number);
}

const TAPS = { confirm: "/promise", kept: "/kept", dismiss: "/dismiss" } as const;

/** What staff can say of a promise with one tap: the commands that they could type. */
export function promiseTaps(turn: TurnContext, number: string, taps: readonly (keyof typeof TAPS)[]): Button[] {
  return taps.map((tap) => ({ id: `${TAPS[tap]} ${number}`, label: turn.staffWords(`button.promise_${tap}`) }));
}

/** The order shows the time that the customer was told last. */
function keepOrderInStep(turn: TurnContext, promise: TimePromise, by: string): void {
  if (promise.number !== orderPromise(promise.about ?? "")) return;
  const order = turn.orderByNumber(promise.about!);
  if (order) turn.applyOrder(order.number, order, { type: "order_amended", at: turn.now, by, promisedAt: promise.dueAt });
}

function aboutOf(promise: TimePromise): string {
  return promise.about ?? "";
}

function caseOf(promise: TimePromise): string | null {
  return promise.about?.startsWith("C") ? promise.about : null;
}

/** Who is asked: the person who gave the time, else the representatives. */
function ownerOf(turn: TurnContext, promise: TimePromise): string {
  return turn.model.staff(promise.by) ? promise.by : "representative";
}
