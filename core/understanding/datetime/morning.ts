/** The half of the day that goes with what is done then: a car is dropped off at 7:45 in the morning. */
import type { Draft } from "./spec.ts";
import { clauseOf } from "./told.ts";

const EARLY_DEED =
  /\bdrop(?:ping|ped)?\b[^.?!]{0,24}\b(?:off|in|round)\b|\b(?:before|on (?:my|the) way to) (?:work|school|the office|nursery)\b|\bschool run\b|\bbreakfast\b|\bwhen you open\b|送车|送過?去|送孩子|送仔|上班前|上班路上|返工前|上学前|开门就|早饭|早餐/;

/** A bare reading between six and eight of such a clause is in the morning. */
export function settleMorning(draft: Draft, text: string): void {
  const { clock } = draft;
  if (clock === null || clock.half !== null || draft.part !== null || draft.to !== null || clock.hour < 6 || clock.hour >= 8) return;
  if (EARLY_DEED.test(clauseOf(draft, text))) draft.clock = { ...clock, half: "am" };
}
