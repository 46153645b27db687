/** A complaint as the customer tells it: heard, asked about when it says nothing more, and added to while it is open. */
import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import { resumeTop } from "../conversation/resume.ts";
import { topFrame } from "../conversation/stack.ts";
import { complaintWords } from "../conversation/urgent.ts";
import { addToCase } from "./add-to-case.ts";
import type { Escalation } from "./escalate.ts";
import { offerVisit } from "./put-right.ts";
import { openCaseOf } from "./state.ts";

/** Hears a complaint; what was under way goes on behind it. */
export function takeUpComplaint(turn: TurnContext, reading: Reading, escalations: readonly Escalation[]): void {
  const opened = escalations.find((one) => one.category === "complaint");
  turn.say(opened ? complaintWords(turn, opened) : turn.words("complaint.heard"));
  if (opened?.isNew) turn.finished({ kind: "complained", number: opened.case.number });
  if (opened?.isNew && isBare(turn, reading)) startFlow(turn, "details", null, { case: opened.case.number });
  else if (topFrame(turn)) resumeTop(turn);
  else if (opened?.isNew) offerVisit(turn, reading);
}

/** English words that say only that there is a complaint, not what about. */
const MERE_COMPLAINT =
  /\b(?:hi|hello|i|i'd|i'm|we|want|would|like|need|wish|to|make|file|lodge|raise|have|got|am|a|an|the|my|your|you|this|is|it|so|very|really|not|about|with|please|complain(?:t|ts|ing)?|service|unhappy|happy|disappointed|angry)\b/gi;

/** "I want to complain", and not what about. */
function isBare(turn: TurnContext, reading: Reading): boolean {
  const { fault, service, product, order_no } = entitiesOf(reading);
  if (fault.length + service.length + product.length + order_no.length > 0) return false;
  if (turn.lang === "en") return reading.text.replace(MERE_COMPLAINT, "").replace(/[^a-z]/gi, "").length < 10;
  const length = [...reading.text].length;
  return length < 6 || (length < 12 && /投诉|投訴|抱怨|意见|意見|不满|不滿/.test(reading.text));
}

/** More of what is wrong, while a complaint is open, belongs to that complaint. @returns whether one is open */
export function addToComplaint(turn: TurnContext, words: string): boolean {
  const number = tellComplaint(turn, words);
  if (number !== null) turn.say(turn.words("complaint.added", { number }));
  return number !== null;
}

/** Puts words into the open complaint and before those who have it. @returns its number, `null` when there is none */
export function tellComplaint(turn: TurnContext, words: string): string | null {
  const open = openCaseOf(turn.cases(), "complaint");
  if (!open) return null;
  addToCase(turn, open, words);
  return open.number;
}
