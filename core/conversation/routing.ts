/** Which flow or topic an intent leads to; how several matters in one message are taken up one after another. */
import { sayUntilThen } from "../booking/about-booking.ts";
import { wantsAmendment } from "../booking/amend-flow.ts";
import { likeBefore, namesUnbooked } from "../booking/another.ts";
import { comingBookings } from "../booking/change-flows.ts";
import { beginWithWish } from "../booking/visit-wish.ts";
import { addToComplaint, takeUpComplaint, tellComplaint } from "../cases/complaint.ts";
import { addToEmergency } from "../cases/customer-flows.ts";
import type { Escalation } from "../cases/escalate.ts";
import type { Intent } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";
import { startFlow } from "./engine.ts";
import { ANSWERED_AT_ONCE, TAKEN_UP } from "./matters.ts";
import { COURTESY, menuChoices, offerMenu } from "./menu.ts";
import { keepOffered, offersWork, readOffered, withFacts, withOffered } from "./offered.ts";
import { askQuestion } from "./question.ts";
import { readAgain } from "./read-again.ts";
import { entitiesOf, type Reading } from "./reading.ts";
import { askAgain, resumeDraft, resumeTop } from "./resume.ts";
import { topFrame } from "./stack.ts";
import { asksHowToPay, greet, TOPICS } from "./topics.ts";

/** Answers questions and courtesies beside the matter under way; the reply's own question follows behind. */
export function digress(turn: TurnContext, reading: Reading, intents: readonly Intent[], absorbs: readonly Intent[]): boolean {
  let answered = false;
  for (const intent of intents) {
    if (absorbs.includes(intent)) continue;
    const topic = ANSWERED_AT_ONCE.includes(intent) || COURTESY.includes(intent) ? TOPICS[intent] : undefined;
    if (topic) {
      topic(turn, reading);
      answered = true;
    } else if (intent === "greet") {
      greet(turn);
      answered = true;
    }
  }
  return answered;
}

/** Takes up the first intent and keeps the others for later; answers those that need no flow at once. */
export function route(turn: TurnContext, reading: Reading, intents: readonly Intent[], escalations: readonly Escalation[]): boolean {
  const [first, ...rest] = intents;
  if (!first) return false;
  const handled = takeUp(turn, first, reading, escalations);
  if (!handled) return false;
  for (const intent of rest) {
    if (intent === first) continue;
    // Details that began a booking and the wish to book are one matter.
    if (intent === "book" && first === "provide_info" && topFrame(turn)?.flow === "book") continue;
    // Who has nothing booked yet and books now changes nothing: the day or the oil.
    if (intent === "reschedule" && first === "book" && comingBookings(turn).length === 0) continue;
    if (ANSWERED_AT_ONCE.includes(intent)) TOPICS[intent]?.(turn, reading);
    else if (intent === "complaint") takeUp(turn, intent, reading, escalations);
    else if (TAKEN_UP.includes(intent) && reading.text) turn.state.matters.push({ intent, text: reading.text, at: turn.now });
  }
  return true;
}

/** No fact at all in the words: a kept draft may be meant. */
function bringsNothing(reading: Reading): boolean {
  return Object.values(entitiesOf(reading)).every((found) => found.length === 0);
}

/** "An oil change" changes no booking: the word belongs to the work that is wanted. */
function wantsWork(reading: Reading): boolean {
  const { service, order_no } = entitiesOf(reading);
  const rest = service.reduce((left, one) => left.replace(one.text, " "), reading.text);
  return (
    order_no.length === 0 &&
    service.some((one) => /change/i.test(one.text)) &&
    !/resched|mov(?:e|ing)|postpone|push|shift|instead|booking|appointment|\bchange|改/i.test(rest)
  );
}

/** Begins the flow or gives the answer that an intent asks for. @returns whether there is one */
export function takeUp(turn: TurnContext, wanted: Intent, reading: Reading, escalations: readonly Escalation[]): boolean {
  const another = wanted === "reschedule" && comingBookings(turn).length > 0 && namesUnbooked(turn, reading);
  const intent = wanted === "reschedule" && (another || wantsWork(reading)) ? "book" : wanted;
  switch (intent) {
    case "book":
      takeUpBooking(turn, reading);
      return true;
    case "reschedule":
      takeUpMove(turn, reading);
      return true;
    case "cancel_booking":
      takeUpCancelling(turn, reading);
      return true;
    case "complaint":
      takeUpComplaint(turn, reading, escalations);
      return true;
    case "human":
      // The rule for it hands over; a profile without that rule is told so honestly.
      turn.say(turn.words("handover.phone", { phone: turn.model.profile.business.contact.phone }));
      return true;
    case "greet":
      greet(turn);
      offerMenu(turn, turn.words("menu.what"));
      return true;
    case "confirm_yes":
    case "confirm_no":
      // "All right" to what was told, with no question open, asks for nothing.
      if (intent === "confirm_no" || (turn.previouslyAsked === null && turn.state.turns > 1)) turn.say(turn.words("small.ok"));
      else offerMenu(turn, turn.words("menu.what"));
      return true;
    case "provide_info":
      return takeUpFacts(turn, reading);
    case "emergency":
      return false;
    default:
      return takeUpTopic(turn, intent, reading);
  }
}

function takeUpBooking(turn: TurnContext, reading: Reading, offered?: Reading | null): void {
  const like = likeBefore(turn, reading);
  if (bringsNothing(reading) && Object.keys(like).length === 0 && resumeDraft(turn, "book")) return;
  turn.state.draft = null;
  startFlow(turn, "book", withOffered(turn, reading, offered), like);
  beginWithWish(turn, reading);
  const begun = topFrame(turn);
  if (begun) sayUntilThen(turn, begun, reading);
}

/** Books what was told before, if it was something to be done. */
function takeUpOffered(turn: TurnContext, reading: Reading): boolean {
  const offered = readOffered(turn);
  if (!offersWork(offered)) return false;
  takeUpBooking(turn, reading, offered);
  return true;
}

function takeUpMove(turn: TurnContext, reading: Reading): void {
  if (comingBookings(turn).length > 0) {
    startFlow(turn, wantsAmendment(turn, reading) ? "amend" : "move", reading);
    return;
  }
  const { datetime, fault } = entitiesOf(reading);
  // A time for what was told or complained of before is a wish for a first visit.
  if (datetime.length > 0 && takeUpOffered(turn, reading)) return;
  turn.say(turn.words("change.none"));
  if (topFrame(turn)) askAgain(turn);
  else if (datetime.length + fault.length > 0) startFlow(turn, "book", reading);
  else offerMenu(turn, turn.words("menu.what"));
}

function takeUpCancelling(turn: TurnContext, reading: Reading): void {
  if (comingBookings(turn).length > 0) {
    startFlow(turn, "cancel", reading);
    return;
  }
  turn.say(turn.words("change.none"));
  offerMenu(turn, turn.words("menu.what"));
}

/** Facts without a wish: they go to what they can belong to, or are kept for what comes. */
function takeUpFacts(turn: TurnContext, reading: Reading): boolean {
  const { fault, service, product, order_no, plate, vin, datetime } = entitiesOf(reading);
  if (!topFrame(turn) && addToEmergency(turn, reading)) {
    // It holds for what is arranged next as well.
    keepOffered(turn, reading.text);
    return true;
  }
  const namesWork = fault.length + service.length > 0;
  // A number alone asks how far that order is; a plate or a serial behind "I can't find it" says which one was meant.
  const namesOrder = order_no.length > 0 || (turn.previouslyAsked?.slot === "$verify" && plate.length + vin.length > 0);
  if (namesOrder && !namesWork) return takeUpTopic(turn, "status", reading);
  if (namesWork || product.length > 0) {
    startFlow(turn, "book", withOffered(turn, reading));
    return true;
  }
  // A time behind the price of something, or behind a complaint about it, is when that should be done.
  if (!topFrame(turn) && datetime.length > 0 && takeUpOffered(turn, reading)) return true;
  // A name or a phone that is only told proves nothing: a person checks it, and finds it told already.
  if (!topFrame(turn) && turn.previouslyAsked?.slot === "$verify" && tellsWho(reading)) {
    keepOffered(turn, reading.text);
    turn.say(turn.words("status.told_only"));
    askVerify(turn);
    return true;
  }
  // Who they are and what it is about, behind a complaint, belongs to it.
  if (!topFrame(turn) && tellsWho(reading) && addToComplaint(turn, reading.text)) return true;
  if (!bringsNothing(reading) && !topFrame(turn))
    keepOffered(turn, `${turn.state.offered ? `${turn.state.offered}\n` : ""}${reading.text}`);
  offerMenu(turn, turn.words("menu.noted"));
  return true;
}

function tellsWho(reading: Reading): boolean {
  const { name, phone, plate, vin, address } = entitiesOf(reading);
  return name.length + phone.length + plate.length + vin.length + address.length > 0;
}

/** A price or a warranty asked of nothing by itself is asked of what was told before, such as in a complaint. */
function asksOfKept(turn: TurnContext, intent: Intent, reading: Reading): boolean {
  const { product, fault, service } = entitiesOf(reading);
  if (intent === "quote_price" && asksHowToPay(reading)) return false;
  return (intent === "quote_price" || intent === "warranty") && !topFrame(turn) && product.length + fault.length + service.length === 0;
}

/** A question that is answered at once; what was open is asked again behind it. @returns whether there is an answer */
function takeUpTopic(turn: TurnContext, intent: Intent, reading: Reading): boolean {
  const topic = TOPICS[intent];
  if (!topic) return false;
  const kept = asksOfKept(turn, intent, reading) ? readOffered(turn) : null;
  topic(turn, kept === null ? reading : withFacts(reading, kept));
  // "Nobody has called me back": asked of a complaint, it is told to those who have it.
  if (intent === "status" && reading.text && entitiesOf(reading).order_no.length === 0) tellComplaint(turn, reading.text);
  // What the price or warranty of is asked, is what a booking right behind it is about.
  if ((intent === "quote_price" || intent === "warranty") && !topFrame(turn) && reading.text && !bringsNothing(reading))
    keepOffered(turn, reading.text);
  if (topFrame(turn)) askAgain(turn);
  else if (turn.unverified) askVerify(turn);
  else if (intent === "out_of_scope" || intent === "chitchat") offerMenu(turn, turn.words("menu.what"));
  return true;
}

/** Longer words of the customer are not said back, characters. */
const MOST_QUOTED = 60;

function quoted(turn: TurnContext, text: string): string {
  const plain = text.replace(/^[\s,，、。.;；]+|[\s,，、。.;；]+$/gu, "").replace(/\s+/g, " ");
  return turn.lang === "en" ? `“${plain}”` : `「${plain}」`;
}

/** When nothing is open any more, the next thing the customer mentioned is taken up; then what waits on the stack. */
export function takeUpMatters(turn: TurnContext): void {
  const { state } = turn;
  if (state.asked || turn.quiet) return;
  const frame = topFrame(turn);
  if (frame) {
    resumeTop(turn);
    return;
  }
  const matter = state.matters.shift();
  if (!matter) return;
  const { text } = matter;
  // Their own words say best which one is meant; a long story is named by what it is about.
  const named = [...text].length <= MOST_QUOTED ? quoted(turn, text) : turn.words(`intent.${matter.intent as "book"}`);
  turn.say(turn.words("menu.also", { matter: named }));
  takeUp(turn, matter.intent, readAgain(turn, matter.text, matter.at), []);
}

/** Shall a person check whose order it is? */
function askVerify(turn: TurnContext): void {
  askQuestion(turn, null, "$verify", {
    text: turn.words("status.verify"),
    question: "choice",
    choices: menuChoices(turn, ["human", "book"], null),
  });
}
