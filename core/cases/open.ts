/** Opens a case, or joins the one that is open, or takes up again one that the customer finds unsettled. */
import { DAY_MS, type Instant, MINUTE_MS } from "../time.ts";
import type { CaseTurn } from "./case-turn.ts";
import { higherStep, nextStep } from "./ladder.ts";
import { type Case, type CaseCategory, type CaseReason, type CaseUrgency, isOpen, type LadderStep } from "./state.ts";
import { linksOf } from "./subject.ts";

export interface WantedCase {
  readonly category: CaseCategory;
  readonly urgency: CaseUrgency;
  readonly step: LadderStep;
  readonly queue?: string | null;
  /** `any`: joins the newest open case whatever its category; left out = of the same category only. */
  readonly join?: "category" | "any";
  readonly reasons: readonly CaseReason[];
  readonly words: string;
  readonly tags: readonly string[];
  /** Number of the booking or order it is about; left out = found from what was said and what is on file. */
  readonly about?: string | null;
}

export interface OpenedResult {
  readonly case: Case;
  readonly isNew: boolean;
  /** It had been resolved, and the customer is not satisfied. */
  readonly isReopened: boolean;
}

/** Words of a customer for whom a settled complaint is not settled. */
const UNSETTLED =
  /还是|還是|仍|又|没解决|沒解決|没有解决|沒有解決|没好|沒好|依然|still|again|not (?:solved|resolved|fixed|right|satisfied|happy)|isn't (?:solved|fixed)|unsolved/i;

/** By when a person answers a case of this urgency that begins now. */
export function promiseFor(turn: CaseTurn, urgency: CaseUrgency): Instant {
  const { firstAnswerMinutes, emergencyAnswerMinutes } = turn.model.profile.business.service;
  return urgency === "emergency"
    ? turn.now + emergencyAnswerMinutes * MINUTE_MS
    : turn.model.calendar.addBusinessMinutes(turn.now, firstAnswerMinutes);
}

export function openCase(turn: CaseTurn, wanted: WantedCase): OpenedResult {
  const open = [...turn.cases()]
    .sort((one, other) => other.createdAt - one.createdAt)
    .find((one) => isOpen(one) && (wanted.join === "any" || one.category === wanted.category));
  if (open) return { case: join(turn, open, open.step, wanted), isNew: false, isReopened: false };
  const settled = wanted.category === "complaint" && UNSETTLED.test(wanted.words) ? settledComplaint(turn) : undefined;
  if (settled) {
    const reopened = reopenCase(turn, settled, wanted.words);
    return { case: join(turn, reopened, reopened.step, wanted), isNew: false, isReopened: true };
  }
  const { join: _join, about, ...kept } = wanted;
  const number = turn.number("case");
  const links = linksOf(turn);
  const opened = turn.applyCase(number, null, {
    type: "case_opened",
    at: turn.now,
    case: {
      ...kept,
      known: fromCustomer(turn),
      queue: wanted.queue ?? null,
      number,
      conversation: turn.conversation,
      customerId: turn.customer()?.id ?? null,
      about: about ?? links.order ?? links.booking,
      links,
      promisedAt: promiseFor(turn, wanted.urgency),
    },
  });
  return { case: opened, isNew: true, isReopened: false };
}

/** One step up the ladder, nobody's, with a new promise; staff of that step are told. */
export function reopenCase(turn: CaseTurn, settled: Case, why: string): Case {
  const step = nextStep(turn.model.profile.ladder, settled.step);
  const reopened = turn.applyCase(settled.number, settled, {
    type: "case_reopened",
    at: turn.now,
    step,
    why,
    promisedAt: promiseFor(turn, settled.urgency),
  });
  turn.notify(step, turn.staffWords("staff.case_reopened", { number: settled.number, why }), settled.number);
  return reopened;
}

/** The latest complaint that staff settled not long ago. */
function settledComplaint(turn: CaseTurn): Case | undefined {
  const withinMs = turn.model.profile.cases.reopenDays * DAY_MS;
  return [...turn.cases()]
    .sort((one, other) => other.updatedAt - one.updatedAt)
    .find((one) => one.category === "complaint" && !isOpen(one) && one.owner !== "customer" && turn.now - one.updatedAt < withinMs);
}

function join(turn: CaseTurn, open: Case, step: LadderStep, wanted: WantedCase): Case {
  return turn.applyCase(open.number, open, {
    type: "case_joined",
    at: turn.now,
    reasons: wanted.reasons,
    words: wanted.words,
    urgency: wanted.urgency,
    step: higherStep(step, wanted.step),
    tags: wanted.tags,
    ...(fromCustomer(turn) ? {} : { by: "bot" as const }),
    ...(wanted.queue ? { queue: wanted.queue } : {}),
  });
}

/** Does the turn come from the customer's own doing? */
function fromCustomer(turn: CaseTurn): boolean {
  return (["message", "press", "media", "form", "contact", "edited", "dead_letter"] as const).some((event) => turn.events.has(event));
}
