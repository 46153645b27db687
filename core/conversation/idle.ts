/** A message with nothing open: what it can belong to, before its intents begin something. */
import { aboutBooking } from "../booking/about-booking.ts";
import { speaksOfAnother } from "../booking/another.ts";
import { comingBookings } from "../booking/change-flows.ts";
import { takeUpExtension } from "../booking/extend-flow.ts";
import { answerReminderOf } from "../booking/reminder-answer.ts";
import { addToComplaint } from "../cases/complaint.ts";
import { addToEmergency } from "../cases/customer-flows.ts";
import type { Escalation } from "../cases/escalate.ts";
import { answerVisit } from "../cases/put-right.ts";
import { takeUpPerson } from "../customers/person-flow.ts";
import type { Entities, Intent, Understanding } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";
import { ANSWERED_AT_ONCE } from "./matters.ts";
import { clarify, offerMenu } from "./menu.ts";
import { keepOffered } from "./offered.ts";
import { readAgain } from "./read-again.ts";
import { entitiesOf, type Reading } from "./reading.ts";
import { resumeDraft } from "./resume.ts";
import { route } from "./routing.ts";
import { topFrame } from "./stack.ts";
import { undoAct } from "./undo.ts";
import { complaintWords } from "./urgent.ts";

/** @returns whether the message made sense */
export function idle(turn: TurnContext, reading: Reading, intents: readonly Intent[], escalations: readonly Escalation[]): boolean {
  if (answerReminderOf(turn, reading, intents)) return true;
  // What a rule has made a case of is no small matter of a booking.
  const calm = escalations.length === 0;
  if (calm && takeUpPerson(turn, reading)) return true;
  const { understanding } = reading;
  if (understanding?.signals.includes("undo")) {
    undoAct(turn);
    return true;
  }
  if (understanding && namesPlaceAlone(understanding.entities) && addToEmergency(turn, reading)) return true;
  if (understanding?.signals.includes("repeat") && turn.state.lastReply) {
    turn.say(turn.state.lastReply);
    return true;
  }
  if (understanding && calm && takeUpExtension(turn, reading)) return true;
  if (understanding && comingBookings(turn).length > 0 && speaksOfAnother(turn, reading) && !asksOrTells(intents[0]))
    return route(turn, reading, ["book", ...intents.slice(1)], escalations);
  if (reading.choice?.id.startsWith("intent:")) {
    const original = reading.choice.value;
    return route(turn, typeof original === "string" ? readAgain(turn, original) : reading, intents, escalations);
  }
  const visit = answerVisit(turn, reading);
  if (visit === "visit") {
    const complained = escalations.find((one) => one.category === "complaint");
    if (complained) turn.say(complaintWords(turn, complained));
    return route(turn, reading, ["book"], escalations);
  }
  if (visit === "kept" && calm && addToComplaint(turn, reading.text)) return true;
  if (understanding?.signals.includes("help")) {
    turn.say(turn.words("menu.help"));
    offerMenu(turn, turn.words("menu.what"));
    return true;
  }
  if (RESUMES.test(reading.text) && resumeDraft(turn, "book")) return true;
  // The product behind "which one is it?", asked about its warranty.
  if (turn.previouslyAsked?.slot === "$warranty" && namesOnlyProduct(reading)) return route(turn, reading, ["warranty"], escalations);
  if (understanding && calm) {
    if (aboutBooking(turn, reading) || aboutDraft(turn, reading, intents[0])) return true;
    if (understanding.decision === "clarify") return hearDoubtful(turn, reading, understanding, intents);
    if (understanding.decision === "unknown") return hearUnknown(turn, reading, understanding);
  }
  return route(turn, reading, intents, escalations);
}

/** Several intents are possible: the facts may settle which; else it is asked. */
function hearDoubtful(turn: TurnContext, reading: Reading, understanding: Understanding, intents: readonly Intent[]): boolean {
  const settled = settleDoubt(turn, reading, understanding, intents);
  if (settled) return route(turn, reading, settled, []);
  const { fault, service, product, datetime } = understanding.entities;
  const top = understanding.candidates[0]?.[0];
  const more = top === "complaint" || (!ACTS.includes(top!) && datetime.length + product.length + service.length + fault.length === 0);
  if (more && addToComplaint(turn, reading.text)) return true;
  const asked = clarify(turn, reading, product.length > 0);
  // "My aircon": what is the matter with it comes in the next breath.
  if (asked === "asked" && product.length > 0 && !topFrame(turn)) keepOffered(turn, reading.text);
  return asked === "courtesy" ? route(turn, reading, [understanding.candidates[0]![0]], []) : asked === "asked";
}

/** The intents that the facts of a doubtful message leave no doubt of; `null` when they don't. */
function settleDoubt(
  turn: TurnContext,
  reading: Reading,
  understanding: Understanding,
  intents: readonly Intent[],
): readonly Intent[] | null {
  const { fault, service, product, datetime, address, plate, order_no, phone } = understanding.entities;
  const top = understanding.candidates[0]?.[0];
  const namesWork = fault.length + service.length > 0;
  if ((namesWork || (product.length > 0 && datetime.length + address.length > 0)) && beginsBooking(turn, reading, understanding)) {
    const [first = "book", ...further] = intents;
    return [BEGIN_BOOKING.includes(first) ? "book" : first, ...further];
  }
  // A plate or number of an order with a question about progress leaves no doubt.
  const mayAskStatus = top !== "book" && understanding.candidates.slice(0, 3).some(([intent]) => intent === "status");
  if (mayAskStatus && plate.length + order_no.length > 0) return ["status"];
  // Who they are, told with nothing open, is kept for what comes.
  if (phone.length + address.length > 0 && !namesWork && product.length === 0 && !SPEAKS_OF_ORDER.includes(top!)) return ["provide_info"];
  const offered = turn.previouslyAsked?.slot;
  return top === "confirm_no" && (offered === "$menu" || offered === "$verify") ? ["confirm_no"] : null;
}

/** Readings of a message that names work with no booking open or to come: one is wanted. */
const BEGIN_BOOKING: readonly Intent[] = ["reschedule", "cancel_booking", "provide_info"];

/** Work that is named begins a booking, unless there is one that may be meant. */
function beginsBooking(turn: TurnContext, reading: Reading, { candidates, entities }: Understanding): boolean {
  const top = candidates[0]?.[0];
  if (top === "book" || top === "provide_info") return true;
  if (top === "reschedule") return comingBookings(turn).length === 0;
  return top === "cancel_booking" && isWorkAtATime(entities, reading.text);
}

/** No intent fits: work that is named is wanted, and more of what is wrong belongs to the open complaint. */
function hearUnknown(turn: TurnContext, reading: Reading, { entities }: Understanding): boolean {
  const { fault, service, product } = entities;
  if (fault.length + service.length > 0) return route(turn, reading, ["book"], []);
  if (product.length === 0 && addToComplaint(turn, reading.text)) return true;
  if (product.length > 0 && !topFrame(turn)) keepOffered(turn, reading.text);
  return false;
}

/** A place, a name, a number or a time by itself, shortly after a booking was put aside, belongs to it. */
function aboutDraft(turn: TurnContext, reading: Reading, intent: Intent | undefined): boolean {
  const { address, phone, name, datetime, plate, fault, service, product } = entitiesOf(reading);
  const told = address.length + phone.length + name.length + datetime.length + plate.length > 0;
  const bare = intent === "provide_info" || reading.understanding?.decision !== "act";
  return told && bare && fault.length + service.length + product.length === 0 && resumeDraft(turn, "book", reading);
}

/** The booking that was put aside, called back. */
const RESUMES =
  /(?:继续|繼續|接着|接著).{0,3}(?:刚才|剛才|之前|上次)?.{0,3}(?:预约|預約|办|辦|约|約)|\b(?:go on|carry on|continue|resume)\b.{0,12}\bbooking\b/i;

/** What customers say of an order or a booking that is there already. */
const SPEAKS_OF_ORDER: readonly Intent[] = ["status", "reschedule", "cancel_booking", "complaint", "human"];

/** What a customer asks to be done; words that may mean it are asked back. */
const ACTS: readonly Intent[] = ["book", "reschedule", "cancel_booking", "human", "opt_out", "opt_in"];

/** A question or a complaint about another thing books nothing. */
function asksOrTells(intent: Intent | undefined): boolean {
  return (
    intent !== undefined &&
    (ANSWERED_AT_ONCE.includes(intent) || intent === "complaint" || intent === "human" || intent === "cancel_booking")
  );
}

/** An address with no work beside it. */
function namesPlaceAlone({ address, fault, service }: Entities): boolean {
  return address.length > 0 && fault.length + service.length === 0;
}

function namesOnlyProduct(reading: Reading): boolean {
  const { product, fault, service, datetime } = entitiesOf(reading);
  return product.length > 0 && fault.length + service.length + datetime.length === 0;
}

/** Work and a time, and no word of cancelling: a doubtful "cancel" is a guess gone wrong. */
function isWorkAtATime({ fault, service, datetime }: Entities, text: string): boolean {
  return fault.length + service.length > 0 && datetime.length > 0 && !/cancel|call off|drop|取消|不|唔|退/i.test(text);
}
