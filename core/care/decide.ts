/** What becomes of a touch that is due: sent, put off, left out, or taken another way. Pure; used by the turn and again at the sending. */
import type { Booking } from "../booking/state.ts";
import type { CustomerFile } from "../customers/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { CarePlan, CareSettings } from "../profile/care-schema.ts";
import { addDays, DAY_MS, dayOf, HOUR_MS, type Instant, instantOf, MINUTE_MS, wallClock } from "../time.ts";
import { CAMPAIGN_PLAN_RUNNING, type Campaign } from "./campaign.ts";
import { mayReceive } from "./consent.ts";
import { type CareFacts, counted, unreachable } from "./facts.ts";
import { heldBy, tactReasons } from "./tact.ts";
import { CAMPAIGN_PLAN, type Touch, type TouchReason } from "./touch.ts";

export type Verdict =
  | { readonly do: "send" }
  /** Again at `until`. */
  | { readonly do: "wait"; readonly until: Instant; readonly why: TouchReason }
  | { readonly do: "skip"; readonly why: TouchReason }
  /** This conversation can't bring it. */
  | { readonly do: "elsewhere"; readonly why: TouchReason };

/** Everything the decision looks at. */
export interface DecisionFacts {
  readonly customer: CustomerFile;
  readonly bookings: readonly Booking[];
  readonly orders: readonly WorkOrder[];
  readonly care: CareFacts;
  /** Plan of the profile; `undefined` = gone, or a campaign. */
  readonly plan: CarePlan | undefined;
  readonly settings: CareSettings;
  readonly zone: string;
  readonly now: Instant;
  /** A person talks with the customer, or a question to them is open. */
  readonly talk: "free" | "with_a_person" | "busy";
}

/** The rolling span of the monthly cap: at least as long as any month. */
const MONTH_SPAN_MS = 31 * DAY_MS;
const CALENDAR_SLACK_MS = HOUR_MS;

export function decideTouch(touch: Touch, facts: DecisionFacts): Verdict {
  const lasting = lastingObjection(touch, facts);
  if (lasting) return lasting;
  const { now, zone, settings } = facts;
  const day = dayOf(now, zone);
  const held = heldBy(touch.kind, tactOf(facts), settings) ?? (servedNow(facts) ? "in_shop" : null);
  if (held) return later(touch, nextMorning(touch, now, zone), held);
  const quietUntil = quietEnd(settings.quietHours, now, zone);
  if (quietUntil !== null) return later(touch, quietUntil, "quiet_hours");
  const sent = counted(facts.care.touches).filter((one) => one.id !== touch.id);
  if (sent.filter((one) => dayOf(one.at, zone) === day).length >= settings.perDay) {
    return later(touch, nextMorning(touch, now, zone), "day_full");
  }
  const month = sent.filter((one) => one.at > now - MONTH_SPAN_MS).sort((one, other) => one.at - other.at);
  if (month.length >= settings.perMonth) {
    const free = month[month.length - settings.perMonth]!.at + MONTH_SPAN_MS + CALENDAR_SLACK_MS;
    return later(touch, free, "month_full");
  }
  if (facts.talk !== "free") return later(touch, now + HOUR_MS, facts.talk);
  const shut = unreachable(facts.care.reach, now);
  return shut ? { do: "elsewhere", why: shut } : { do: "send" };
}

/** What no waiting mends. Checked once more when the message leaves. */
function lastingObjection(touch: Touch, facts: DecisionFacts): Verdict | null {
  const { customer, settings, now } = facts;
  const campaign = campaignOf(touch, facts.care.campaigns);
  if (touch.plan.startsWith(CAMPAIGN_PLAN)) {
    if (!campaign || campaign.status === "cancelled") return { do: "skip", why: "campaign_stopped" };
    if (!CAMPAIGN_PLAN_RUNNING.includes(campaign.status)) return { do: "wait", until: now + 10 * MINUTE_MS, why: "campaign_stopped" };
  } else if (!facts.plan) return { do: "skip", why: "plan_gone" };
  if (now > touch.notAfter) return { do: "skip", why: touch.log.at(-1)?.why ?? "too_late" };
  const owned = touch.owned === null ? undefined : customer.products.find((one) => one.id === touch.owned);
  if (touch.owned !== null && (!owned || owned.soldOn !== undefined)) return { do: "skip", why: "sold" };
  if (facts.plan && goalReached(touch, facts.plan, facts)) return { do: "skip", why: "goal_reached" };
  if (!mayReceive(customer, touch.kind, settings)) {
    const said = customer.consents["care"]?.allowed === false || customer.consents[`care.${touch.kind}`]?.allowed === false;
    return { do: "skip", why: said ? "opted_out" : "no_consent" };
  }
  return null;
}

/** Nobody is asked to book maintenance while the thing is being worked on. */
function servedNow(facts: DecisionFacts): boolean {
  return facts.plan?.on.event === "service_due" && tactReasons(tactOf(facts), facts.settings).includes("in_shop");
}

/** Is what the plan wants done already, since it was first spoken of? */
function goalReached(
  touch: Touch,
  plan: CarePlan,
  facts: Pick<DecisionFacts, "customer" | "bookings" | "orders" | "care" | "now">,
): boolean {
  if (plan.goal === "none") return false;
  if (plan.goal === "answered") {
    return facts.care.touches.some((one) => one.plan === touch.plan && one.anchor === touch.anchor && one.answer !== null);
  }
  const about = (one: { readonly ownedProduct: string | null }): boolean =>
    touch.owned === null || one.ownedProduct === null || one.ownedProduct === touch.owned;
  if (facts.bookings.some((one) => one.status === "confirmed" && one.start > facts.now && about(one))) return true;
  // Served within the month before the first step, or since: another visit so soon is not wanted.
  const since = touch.dueAt - (plan.steps[touch.step]?.afterDays ?? 0) * DAY_MS - 30 * DAY_MS;
  return facts.orders.some(
    (one) => about(one) && one.history.some((move) => (move.status === "delivered" || move.status === "closed") && move.at >= since),
  );
}

/** What is checked once more at the moment of sending: all that can have changed since the turn. */
export function recheckTouch(touch: Touch, facts: Omit<DecisionFacts, "talk">): Verdict {
  const lasting = lastingObjection(touch, { ...facts, talk: "free" });
  if (lasting) return lasting;
  const held = heldBy(touch.kind, tactOf(facts), facts.settings);
  if (held) return later(touch, nextMorning(touch, facts.now, facts.zone), held);
  const quietUntil = quietEnd(facts.settings.quietHours, facts.now, facts.zone);
  return quietUntil === null ? { do: "send" } : later(touch, quietUntil, "quiet_hours");
}

function tactOf({ customer, orders, care, now, zone }: Omit<DecisionFacts, "talk">) {
  return { customer, orders, cases: care.cases, now, today: dayOf(now, zone) };
}

export function campaignOf(touch: Touch, campaigns: ReadonlyMap<string, Campaign>): Campaign | undefined {
  return touch.plan.startsWith(CAMPAIGN_PLAN) ? campaigns.get(touch.plan.slice(CAMPAIGN_PLAN.length)) : undefined;
}

/** Waits, unless it would be too late by then. */
function later(touch: Touch, until: Instant, why: TouchReason): Verdict {
  return until > touch.notAfter ? { do: "skip", why } : { do: "wait", until, why };
}

/** The next day at the hour the touch was planned for. */
function nextMorning(touch: Touch, now: Instant, zone: string): Instant {
  const planned = wallClock(touch.dueAt, zone);
  return instantOf(addDays(dayOf(now, zone), 1), planned.minute, zone);
}

/** End of the quiet hours when `now` lies in them, else `null`. @param span `21:00-09:00` */
export function quietEnd(span: string, now: Instant, zone: string): Instant | null {
  const [from, to] = [minutes(span.slice(0, 5)), minutes(span.slice(6))];
  const { minute, day } = wallClock(now, zone);
  if (from === to) return null;
  if (from < to) return minute >= from && minute < to ? instantOf(day, to, zone) : null;
  if (minute >= from) return instantOf(addDays(day, 1), to, zone);
  return minute < to ? instantOf(day, to, zone) : null;
}

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
