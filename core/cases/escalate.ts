/** Lets the rules of the profile act on the facts of a turn: open or join cases, page people, hand the conversation over. */
import type { TurnContext } from "../conversation/context.ts";
import { explainFired, type Fired, fire } from "../rules/index.ts";
import { MINUTE_MS } from "../time.ts";
import { formatDateTime } from "../wording/format.ts";
import type { Case, CaseCategory } from "./state.ts";
import { moreUrgent } from "./state.ts";

/** A case that rules opened or joined in this turn. */
export interface Escalation {
  readonly case: Case;
  readonly isNew: boolean;
  /** It had been resolved, and the customer is not satisfied. */
  readonly isReopened: boolean;
  readonly category: CaseCategory;
  readonly pausesBot: boolean;
}

/**
 * Fires every rule whose facts hold and that has not fired in this turn.
 *
 * @param words the customer's words, as written, for the case
 * @returns what became of it, in the order of the rules
 */
export function escalate(turn: TurnContext, words: string): Escalation[] {
  const fired = fire(turn.model.profile.rules, turn.ruleFacts, turn.fired);
  const language = turn.model.profile.business.languages[0]!;
  const byCategory = new Map<CaseCategory, Fired[]>();
  for (const one of fired) {
    turn.fired.add(one.rule.id);
    turn.trace({ kind: "rule", rule: one.rule.id, facts: flat(one.facts) });
    const category = one.rule.then.case?.category;
    if (category) byCategory.set(category, [...(byCategory.get(category) ?? []), one]);
  }
  const results: Escalation[] = [];
  for (const [category, rules] of byCategory) {
    const urgency = rules.map((one) => one.rule.then.case!.urgency).reduce(moreUrgent);
    const claimed = turn.ruleFacts["urgency"] === "urgent" && urgency === "normal" ? "urgent" : urgency;
    const step = rules.map((one) => one.rule.then.case!.step).sort((one, other) => rank(other) - rank(one))[0]!;
    const {
      case: opened,
      isNew,
      isReopened = false,
    } = turn.openCase({
      category,
      urgency: claimed,
      step,
      reasons: rules.map((one) => ({ rule: one.rule.id, why: explainFired(one, language), at: turn.now })),
      words,
      tags: [...new Set(rules.flatMap((one) => one.rule.then.tags))],
      about: aboutOf(turn),
    });
    const page = rules.some((one) => one.rule.then.page);
    const text = turn.wordsIn(language, isNew ? "staff.case_opened" : "staff.case_joined", {
      number: opened.number,
      urgency: turn.wordsIn(language, `urgency.${opened.urgency}`),
      category: turn.wordsIn(language, `category.${opened.category}`),
      customer: turn.customer()?.name ?? "",
      words,
      why: rules.map((one) => explainFired(one, language)).join(" | "),
      promised: formatDateTime(opened.promisedAt, language, turn.zone, turn.now),
    });
    turn.notify(page ? "on_call" : step, text, opened.number);
    if (page) turn.notify(step, text, opened.number);
    results.push({ case: opened, isNew, isReopened, category, pausesBot: rules.some((one) => one.rule.then.pauseBot) });
  }
  const pausing = results.find((one) => one.pausesBot);
  if (pausing && turn.state.holder.by === "bot") {
    turn.state.holder = { by: "human", case: pausing.case.number, since: turn.now, staff: pausing.case.owner };
    turn.setTimer({
      id: `release:${turn.conversation}`,
      dueAt: turn.now + turn.model.profile.business.service.releaseMinutes * MINUTE_MS,
      name: "release",
      data: { case: pausing.case.number },
    });
  }
  return results;
}

const rank = (step: Case["step"]): number => ["representative", "appraiser", "manager", "general_office"].indexOf(step);

function flat(facts: Fired["facts"]): Record<string, string | number | boolean> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === "object" ? value.join(", ") : value]));
}

/** The order or booking a new case is most likely about: the open order, else the next booking. */
function aboutOf(turn: TurnContext): string | null {
  const orders = [...turn.orders()].sort((one, other) => other.updatedAt - one.updatedAt);
  if (orders[0]) return orders[0].number;
  return [...turn.bookings()].sort((one, other) => other.updatedAt - one.updatedAt)[0]?.number ?? null;
}
