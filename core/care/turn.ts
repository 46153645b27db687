/** A touch is due in a conversation: it is decided anew, with everything known at this moment, and said or put off. */
import type { TurnContext } from "../conversation/context.ts";
import { askQuestion } from "../conversation/question.ts";
import { plansOf, zoneOf } from "./audience.ts";
import { type CareVoice, composeCare, type Piece, pieceOf } from "./compose.ts";
import { type DecisionFacts, decideTouch } from "./decide.ts";
import { byPriority, goingAlong, talkOf } from "./moment.ts";
import { careMessageId, moveTouch, type Touch, touchOfMessage } from "./touch.ts";

export function careTurn(turn: TurnContext, id: string): void {
  const { now, model } = turn;
  const facts = turn.care();
  const customer = turn.customer();
  const touch = facts.touches.find((one) => one.id === id);
  if (!customer || touch?.status !== "asked") {
    turn.note("care_obsolete", { touch: id });
    return;
  }
  const zone = zoneOf(customer, model);
  const plans = plansOf(model);
  const decision = (one: Touch): DecisionFacts => ({
    customer,
    bookings: turn.bookings(),
    orders: turn.orders(),
    care: facts,
    plan: plans.find((plan) => plan.id === one.plan),
    settings: model.profile.care,
    zone,
    now,
    talk: talkOf(turn.state, now),
  });
  const verdict = decideTouch(touch, decision(touch));
  if (verdict.do === "wait") {
    turn.note("care_waits", { plan: touch.plan, why: verdict.why });
    turn.saveTouch(moveTouch(touch, now, "waiting", verdict.why, { dueAt: verdict.until }));
    return;
  }
  if (verdict.do === "skip") {
    turn.note("care_skipped", { plan: touch.plan, why: verdict.why });
    turn.saveTouch(moveTouch(touch, now, "skipped", verdict.why));
    return;
  }
  if (verdict.do === "elsewhere") {
    turn.note("care_elsewhere", { plan: touch.plan, why: verdict.why });
    turn.saveTouch(moveTouch(touch, now, "waiting", verdict.why, { dueAt: now, tried: [...touch.tried, turn.conversation] }));
    return;
  }
  const lead = pieceOf(model, touch, facts.campaigns);
  if (!lead) {
    turn.saveTouch(moveTouch(touch, now, "skipped", "plan_gone"));
    return;
  }
  say(turn, lead, goingAlong(model, lead, facts, now, decision), zone);
}

function say(turn: TurnContext, lead: Piece, others: readonly Piece[], zone: string): void {
  const { now } = turn;
  const customer = turn.customer()!;
  const touch: Touch = { ...lead.touch, tries: lead.touch.tries + 1, conversation: turn.conversation };
  const pieces = [lead, ...others].sort(byPriority(turn.model));
  const voice: CareVoice = {
    model: turn.model,
    lang: turn.lang,
    now,
    first: turn.state.turns === 0,
    words: (key, values) => turn.words(key, values),
  };
  const prompt = composeCare(voice, pieces, customer, zone);
  turn.replyId = careMessageId(touch);
  if (prompt.choices && prompt.choices.length > 0) askQuestion(turn, null, lead.survey ? "$survey" : "$care", prompt);
  else turn.say(prompt.text);
  if (lead.survey) turn.state.survey = { touch: touch.id, survey: lead.survey.id, at: now };
  turn.note("care_said", { plan: touch.plan, merged: others.length });
  turn.saveTouch(moveTouch(touch, now, turn.care().reach.pulled ? "sent" : "pending", null));
  for (const other of others) turn.saveTouch(moveTouch(other.touch, now, "merged", "merged", { into: touch.id }));
}

/**
 * A platform told afterwards that a care message did not arrive: it was not sent, and takes its next way.
 *
 * @returns whether the message was one of care; nobody needs a case for it then
 */
export function careUndelivered(turn: TurnContext, messageId: string): boolean {
  const id = touchOfMessage(messageId);
  if (id === null) return false;
  const touch = turn.care().touches.find((one) => one.id === id);
  if (touch?.status === "sent" || touch?.status === "pending") {
    turn.note("care_elsewhere", { plan: touch.plan, why: "refused" });
    turn.saveTouch(moveTouch(touch, turn.now, "waiting", "refused", { dueAt: turn.now, tried: [...touch.tried, turn.conversation] }));
  }
  return true;
}
