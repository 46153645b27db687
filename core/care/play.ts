/**
 * What becomes of one customer's touches in the coming time, if nobody writes, comes or answers meanwhile: planned, taken their way and
 * decided by the very functions that do it when their time has come ({@link wayOf}, {@link decideTouch}, {@link goingAlong}), on a clock
 * that jumps from one to the next. Pure.
 */
import type { BusinessModel } from "../profile/model.ts";
import { messagesNeeded } from "../spine/push-window.ts";
import type { Instant } from "../time.ts";
import { plansOf, zoneOf } from "./audience.ts";
import { composeCare, type Piece, pieceOf, previewVoice } from "./compose.ts";
import { type DecisionFacts, decideTouch, recheckTouch } from "./decide.ts";
import type { CareFacts, Reach } from "./facts.ts";
import type { Standing } from "./load.ts";
import { goingAlong, talkOf } from "./moment.ts";
import { objectionIn } from "./recheck.ts";
import { moveTouch, type Touch } from "./touch.ts";
import { wayOf } from "./way.ts";

/** Everything known of a customer now. */
export interface PlayedFacts
  extends Pick<DecisionFacts, "customer" | "bookings" | "orders">,
    Pick<CareFacts, "touches" | "cases" | "state" | "campaigns"> {
  readonly conversations: readonly Standing[];
}

/** A touch that is not kept yet, and when it will be. */
export interface PlannedTouch {
  readonly touch: Touch;
  readonly from: Instant;
}

const NO_REACH: Reach = {
  conversation: "",
  running: false,
  blocked: false,
  openUntil: null,
  left: null,
  pulled: false,
  staffSend: false,
  lastAt: 0,
};

/**
 * The touches that come to an end before `until`, as they will be then; `at` is when.
 *
 * @param planned those of the coming passes; what is kept already counts as it is kept
 */
export function playCustomer(
  model: BusinessModel,
  facts: PlayedFacts,
  planned: readonly PlannedTouch[],
  now: Instant,
  until: Instant,
): readonly Touch[] {
  const { customer, campaigns } = facts;
  const { carePlans, care: settings } = model.profile;
  const plans = plansOf(model);
  const zone = zoneOf(customer, model);
  const touches = new Map(facts.touches.map((one) => [one.id, one.status === "asked" ? { ...one, status: "waiting" as const } : one]));
  const from = new Map<string, Instant>();
  for (const one of planned) {
    if (touches.has(one.touch.id)) continue;
    touches.set(one.touch.id, one.touch);
    from.set(one.touch.id, one.from);
  }
  const open = new Set([...touches.values()].filter((one) => one.status === "waiting").map((one) => one.id));
  const spent = new Map<string, number>();
  const ended: Touch[] = [];
  let at = now;

  const keep = (touch: Touch): void => {
    touches.set(touch.id, touch);
    if (touch.status === "waiting") return;
    open.delete(touch.id);
    ended.push(touch);
  };
  const seenAt = (touch: Touch): Instant => Math.max(touch.dueAt, from.get(touch.id) ?? 0);

  /** The touch whose turn it is; the clock moves on to it. `null` = nothing more before the end. */
  function next(): Touch | null {
    const waiting = [...open].map((id) => touches.get(id)!);
    at = Math.max(at, Math.min(...waiting.map(seenAt)));
    if (at > until || waiting.length === 0) return null;
    const due = waiting.filter((one) => seenAt(one) <= at);
    return due.reduce((first, one) => (one.dueAt < first.dueAt || (one.dueAt === first.dueAt && one.id < first.id) ? one : first));
  }

  const reachNow = ({ reach }: Standing): Reach =>
    reach.left === null ? reach : { ...reach, left: Math.max(0, reach.left - (spent.get(reach.conversation) ?? 0)) };

  function decisionFor(reach: Reach, talk: DecisionFacts["talk"]): (touch: Touch) => DecisionFacts {
    const known = [...touches.values()].filter((one) => (from.get(one.id) ?? 0) <= at);
    const care: CareFacts = { touches: known, cases: facts.cases, state: facts.state, reach, campaigns };
    const { bookings, orders } = facts;
    return (touch) => ({
      customer,
      bookings,
      orders,
      care,
      plan: plans.find((plan) => plan.id === touch.plan),
      settings,
      zone,
      now: at,
      talk,
    });
  }

  function say(lead: Piece, others: readonly Piece[], conversation: Standing): void {
    const { reach, capabilities, state } = conversation;
    keep(moveTouch(lead.touch, at, "sent", null, { conversation: reach.conversation }));
    for (const { touch } of others) keep(moveTouch(touch, at, "merged", "merged", { into: lead.touch.id }));
    if (reach.left === null || capabilities === null) return;
    const language = state?.lang ?? customer.language ?? model.profile.business.languages[0]!;
    const { text } = composeCare(previewVoice(model, language, at), [lead, ...others], customer, zone);
    spent.set(reach.conversation, (spent.get(reach.conversation) ?? 0) + messagesNeeded(capabilities, { text, media: null }));
  }

  function ask(touch: Touch, conversation: Standing): void {
    const reach = reachNow(conversation);
    const decision = decisionFor(reach, conversation.state === null ? "free" : talkOf(conversation.state, at));
    const verdict = decideTouch(touch, decision(touch));
    const lead = pieceOf(model, touch, campaigns);
    if (verdict.do === "wait") keep(moveTouch(touch, at, "waiting", verdict.why, { dueAt: verdict.until }));
    else if (verdict.do === "skip") keep(moveTouch(touch, at, "skipped", verdict.why));
    else if (verdict.do === "elsewhere")
      keep(moveTouch(touch, at, "waiting", verdict.why, { dueAt: at, tried: [...touch.tried, reach.conversation] }));
    else if (!lead) keep(moveTouch(touch, at, "skipped", "plan_gone"));
    else say(lead, goingAlong(model, lead, decision(touch).care, at, decision), conversation);
  }

  for (let touch = next(); touch !== null; touch = next()) {
    const { plan: id } = touch;
    const way = wayOf(
      touch,
      plans.find((plan) => plan.id === id),
      customer,
      facts.conversations.map(reachNow),
      at,
    );
    if (way.do === "ask") ask(touch, facts.conversations.find(({ reach }) => reach.conversation === way.reach.conversation)!);
    else if (way.do === "skip") keep(moveTouch(touch, at, "skipped", way.why));
    else {
      const objection = objectionIn(recheckTouch(touch, decisionFor(NO_REACH, "free")(touch)), touch, at);
      if (objection) keep(objection);
      else if (way.do === "give_up") keep(moveTouch(touch, at, "unreachable", way.why));
      else if (!carePlans.some((plan) => plan.id === id) && !campaigns.has(id.slice(id.indexOf(":") + 1)))
        keep(moveTouch(touch, at, "skipped", "plan_gone"));
      else keep(moveTouch(touch, at, "task", way.why, { task: { way: way.way, to: model.profile.ladder[0]!, text: "" } }));
    }
  }
  return ended;
}
