/** Which flow or topic an intent leads to; how several matters in one message are taken up one after another. */
import { aboutBooking } from "../booking/about-booking.ts";
import { wantsAmendment } from "../booking/amend-flow.ts";
import { likeBefore, namesUnbooked, speaksOfAnother } from "../booking/another.ts";
import { comingBookings } from "../booking/change-flows.ts";
import { takeUpExtension } from "../booking/extend-flow.ts";
import { answerReminderOf } from "../booking/reminder-answer.ts";
import { addToComplaint, takeUpComplaint, tellComplaint } from "../cases/complaint.ts";
import { addToEmergency } from "../cases/customer-flows.ts";
import type { Escalation } from "../cases/escalate.ts";
import { takeUpPerson } from "../customers/person-flow.ts";
import type { Intent } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";
import { startFlow } from "./engine.ts";
import { COURTESY, clarify, menuChoices, offerMenu } from "./menu.ts";
import { askQuestion } from "./question.ts";
import { readAgain } from "./read-again.ts";
import { entitiesOf, type Reading } from "./reading.ts";
import { askAgain, resumeDraft, resumeTop } from "./resume.ts";
import { topFrame } from "./stack.ts";
import { greet, TOPICS } from "./topics.ts";
import { undoAct } from "./undo.ts";

/** Asking price or status in the middle of something else is answered, then the open question is put again. */
const DIGRESSIONS: readonly Intent[] = ["status", "quote_price", "warranty", "hours_location", "reminder_query", "opt_out", "opt_in"];
/** Answers questions and courtesies beside the matter under way; the reply's own question follows behind. */
export function digress(turn: TurnContext, reading: Reading, intents: readonly Intent[], absorbs: readonly Intent[]): boolean {
  let answered = false;
  for (const intent of intents) {
    if (absorbs.includes(intent)) continue;
    const topic = DIGRESSIONS.includes(intent) || COURTESY.includes(intent) ? TOPICS[intent] : undefined;
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

/** An address with no work beside it. */
function namesPlaceAlone({ address, fault, service }: ReturnType<typeof entitiesOf>): boolean {
  return address.length > 0 && fault.length + service.length === 0;
}

/** Work and a time, and no word of cancelling: a doubtful "cancel" is a guess gone wrong. */
function isWorkAtATime({ fault, service, datetime }: ReturnType<typeof entitiesOf>, text: string): boolean {
  return fault.length + service.length > 0 && datetime.length > 0 && !/cancel|call off|drop|取消|不|唔|退/i.test(text);
}

/** A message with nothing open. @returns whether it made sense */
export function idle(turn: TurnContext, reading: Reading, intents: readonly Intent[], escalations: readonly Escalation[]): boolean {
  if (answerReminderOf(turn, reading, intents)) return true;
  if (escalations.length === 0 && takeUpPerson(turn, reading)) return true;
  const understanding = reading.understanding;
  if (understanding?.signals.includes("undo")) {
    undoAct(turn);
    return true;
  }
  if (understanding && namesPlaceAlone(understanding.entities) && addToEmergency(turn, reading)) return true;
  if (understanding?.signals.includes("repeat") && turn.state.lastReply) {
    turn.say(turn.state.lastReply);
    return true;
  }
  if (understanding && escalations.length === 0 && takeUpExtension(turn, reading)) return true;
  if (understanding && comingBookings(turn).length > 0 && speaksOfAnother(turn, reading) && !asksOrTells(intents[0]))
    return route(turn, reading, ["book", ...intents.slice(1)], escalations);
  if (reading.choice?.id.startsWith("intent:")) {
    const original = reading.choice.value;
    if (typeof original === "string") return route(turn, readAgain(turn, original), intents, escalations);
    return route(turn, reading, intents, escalations);
  }
  if (understanding?.signals.includes("help")) {
    turn.say(turn.words("menu.help"));
    offerMenu(turn, turn.words("menu.what"));
    return true;
  }
  if (RESUMES.test(reading.text) && resumeDraft(turn, "book")) return true;
  // The product behind "which one is it?", asked about its warranty.
  if (turn.previouslyAsked?.slot === "$warranty" && namesOnlyProduct(reading)) return route(turn, reading, ["warranty"], escalations);
  if (understanding && escalations.length === 0 && (aboutBooking(turn, reading) || aboutDraft(turn, reading, intents[0]))) return true;
  if (understanding?.decision === "clarify" && !escalations.length) {
    const { fault, service, product } = understanding.entities;
    const top = understanding.candidates[0]?.[0];
    // Work that is named begins a booking, unless there is one that may be meant.
    const begins =
      top === "book" ||
      top === "provide_info" ||
      (top === "reschedule" && comingBookings(turn).length === 0) ||
      (top === "cancel_booking" && isWorkAtATime(understanding.entities, reading.text));
    const { datetime, address, plate, order_no } = understanding.entities;
    const named = fault.length + service.length > 0 || (product.length > 0 && datetime.length + address.length > 0);
    if (named && begins)
      return route(
        turn,
        reading,
        [top === "reschedule" || top === "cancel_booking" ? "book" : (intents[0] ?? "book"), ...intents.slice(1)],
        escalations,
      );
    // A plate or number of an order with a question about progress leaves no doubt.
    if (
      understanding.candidates.slice(0, 3).some(([intent]) => intent === "status") &&
      top !== "book" &&
      plate.length + order_no.length > 0
    )
      return route(turn, reading, ["status"], escalations);
    // Who they are, told with nothing open, is kept for what comes.
    const { phone } = understanding.entities;
    if (phone.length + address.length > 0 && fault.length + service.length + product.length === 0 && !SPEAKS_OF_ORDER.includes(top!))
      return route(turn, reading, ["provide_info"], escalations);
    if (top === "confirm_no" && (turn.previouslyAsked?.slot === "$menu" || turn.previouslyAsked?.slot === "$verify"))
      return route(turn, reading, ["confirm_no"], escalations);
    const { datetime: day } = understanding.entities;
    const more = top === "complaint" || (!ACTS.includes(top!) && day.length + product.length + service.length + fault.length === 0);
    if (more && addToComplaint(turn, reading.text)) return true;
    const asked = clarify(turn, reading, product.length > 0);
    return asked === "courtesy" ? route(turn, reading, [understanding.candidates[0]![0]], escalations) : asked === "asked";
  }
  if (understanding?.decision === "unknown" && escalations.length === 0) {
    const { fault, service, product } = understanding.entities;
    if (fault.length + service.length > 0) return route(turn, reading, ["book"], escalations);
    if (product.length === 0 && addToComplaint(turn, reading.text)) return true;
    if (product.length > 0 && !topFrame(turn)) turn.state.offered = reading.text.slice(-500);
    return false;
  }
  return route(turn, reading, intents, escalations);
}

function tellsWho(reading: Reading): boolean {
  const { name, phone, plate, vin, address } = entitiesOf(reading);
  return name.length + phone.length + plate.length + vin.length + address.length > 0;
}

/** The booking that was put aside, called back. */
const RESUMES =
  /(?:继续|繼續|接着|接著).{0,3}(?:刚才|剛才|之前|上次)?.{0,3}(?:预约|預約|办|辦|约|約)|\b(?:go on|carry on|continue|resume)\b.{0,12}\bbooking\b/i;

function namesOnlyProduct(reading: Reading): boolean {
  const { product, fault, service, datetime } = entitiesOf(reading);
  return product.length > 0 && fault.length + service.length + datetime.length === 0;
}

/** A place, a name, a number or a time by itself, shortly after a booking was put aside, belongs to it. */
function aboutDraft(turn: TurnContext, reading: Reading, intent: Intent | undefined): boolean {
  const { address, phone, name, datetime, plate, fault, service, product } = entitiesOf(reading);
  const told = address.length + phone.length + name.length + datetime.length + plate.length > 0;
  const bare = intent === "provide_info" || reading.understanding?.decision !== "act";
  return told && bare && fault.length + service.length + product.length === 0 && resumeDraft(turn, "book", reading);
}

const SPEAKS_OF_ORDER: readonly Intent[] = ["status", "reschedule", "cancel_booking", "complaint", "human"];

/** A question or a complaint about another thing books nothing. */
function asksOrTells(intent: Intent | undefined): boolean {
  return (
    intent !== undefined && (DIGRESSIONS.includes(intent) || intent === "complaint" || intent === "human" || intent === "cancel_booking")
  );
}

/** What a customer asks to be done; words that may mean it are asked back. */
const ACTS: readonly Intent[] = ["book", "reschedule", "cancel_booking", "human", "opt_out", "opt_in"];

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
    if (DIGRESSIONS.includes(intent)) TOPICS[intent]?.(turn, reading);
    else if (intent === "complaint") takeUp(turn, intent, reading, escalations);
    else if (needsFlow(intent) && reading.text) turn.state.matters.push({ intent, text: reading.text, at: turn.now });
  }
  return true;
}

/** The message with the facts told before any flow was open behind its own. */
function withOffered(turn: TurnContext, reading: Reading): Reading {
  const { offered } = turn.state;
  if (!offered) return reading;
  delete turn.state.offered;
  const earlier = readAgain(turn, offered);
  if (!reading.understanding || !earlier.understanding) return reading.understanding ? reading : earlier;
  const own = reading.understanding.entities;
  const entities = {
    ...own,
    ...Object.fromEntries(Object.entries(earlier.understanding.entities).filter(([kind]) => own[kind as keyof typeof own].length === 0)),
  };
  return { ...reading, understanding: { ...reading.understanding, entities } };
}

/** No fact at all in the words: a kept draft may be meant. */
function bringsNothing(reading: Reading): boolean {
  return Object.values(entitiesOf(reading)).every((found) => found.length === 0);
}

const needsFlow = (intent: Intent): boolean => intent === "book" || intent === "reschedule" || intent === "cancel_booking";

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
    case "book": {
      const like = likeBefore(turn, reading);
      if (bringsNothing(reading) && Object.keys(like).length === 0 && resumeDraft(turn, "book")) return true;
      turn.state.draft = null;
      startFlow(turn, "book", withOffered(turn, reading), like);
      return true;
    }
    case "reschedule":
      if (comingBookings(turn).length === 0) {
        turn.say(turn.words("change.none"));
        if (topFrame(turn)) askAgain(turn);
        else if (entitiesOf(reading).datetime.length > 0 || entitiesOf(reading).fault.length > 0) startFlow(turn, "book", reading);
        else offerMenu(turn, turn.words("menu.what"));
        return true;
      }
      startFlow(turn, wantsAmendment(turn, reading) ? "amend" : "move", reading);
      return true;
    case "cancel_booking":
      if (comingBookings(turn).length === 0) {
        turn.say(turn.words("change.none"));
        offerMenu(turn, turn.words("menu.what"));
        return true;
      }
      startFlow(turn, "cancel", reading);
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
    case "provide_info": {
      const { fault, service, product, order_no, plate, vin } = entitiesOf(reading);
      if (!topFrame(turn) && addToEmergency(turn, reading)) {
        // It holds for what is arranged next as well.
        turn.state.offered = reading.text.slice(-500);
        return true;
      }
      // A number alone asks how far that order is.
      if (order_no.length > 0 && fault.length + service.length === 0) return takeUp(turn, "status", reading, escalations);
      // A plate or a serial behind "I can't find it" says which one was meant.
      if (turn.previouslyAsked?.slot === "$verify" && plate.length + vin.length > 0 && fault.length + service.length === 0)
        return takeUp(turn, "status", reading, escalations);
      if (fault.length + service.length + product.length > 0) {
        startFlow(turn, "book", withOffered(turn, reading));
        return true;
      }
      // Who they are and what it is about, behind a complaint, belongs to it.
      if (!topFrame(turn) && tellsWho(reading) && addToComplaint(turn, reading.text)) return true;
      if (!bringsNothing(reading) && !topFrame(turn))
        turn.state.offered = `${turn.state.offered ? `${turn.state.offered}\n` : ""}${reading.text}`.slice(-500);
      offerMenu(turn, turn.words("menu.noted"));
      return true;
    }
    case "emergency":
      return false;
    default: {
      const topic = TOPICS[intent];
      if (!topic) return false;
      topic(turn, reading);
      // "Nobody has called me back": asked of a complaint, it is told to those who have it.
      if (intent === "status" && reading.text && entitiesOf(reading).order_no.length === 0) tellComplaint(turn, reading.text);
      // What the price or warranty of is asked, is what a booking right behind it is about.
      if ((intent === "quote_price" || intent === "warranty") && !topFrame(turn) && reading.text && !bringsNothing(reading))
        turn.state.offered = reading.text.slice(-500);
      if (topFrame(turn)) askAgain(turn);
      else if (turn.unverified)
        askQuestion(turn, null, "$verify", {
          text: turn.words("status.verify"),
          question: "choice",
          choices: menuChoices(turn, ["human", "book"], null),
        });
      else if (intent === "out_of_scope" || intent === "chitchat") offerMenu(turn, turn.words("menu.what"));
      return true;
    }
  }
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
