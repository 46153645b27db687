/**
 * What a customer is asked about a case itself: whether they are satisfied at its end, whether they accept what is offered.
 * The buttons are good for as long as the question is: their ids carry the case. Words count while the question is open.
 */
import type { TurnContext } from "../conversation/context.ts";
import { askQuestion } from "../conversation/question.ts";
import { type Reading, sureIntent } from "../conversation/reading.ts";
import type { Asked, Choice } from "../conversation/state.ts";
import { DAY_MS } from "../time.ts";
import { formatMoney } from "../wording/format.ts";
import type { Compensation } from "./compensation.ts";
import { askCause, needsCause } from "./due.ts";
import { reopenCase } from "./open.ts";
import { type Case, isOpen } from "./state.ts";

/** Slot name of questions about a case. */
const CASE_QUESTION = "$case";

type Answer = "yes" | "no" | "accept" | "decline";

/** A case is resolved: is the customer satisfied? (service standard: confirm, close; not satisfied → one step up) */
export function askSatisfied(turn: TurnContext, number: string): void {
  askQuestion(turn, null, CASE_QUESTION, {
    text: turn.words("case.ask_satisfied", { number }),
    question: "yesno",
    choices: [
      { id: `case:yes:${number}`, label: turn.words("choice.satisfied") },
      { id: `case:no:${number}`, label: turn.words("choice.unsatisfied") },
    ],
  });
}

/** Something was approved: it is offered, and the customer's answer is kept with the case. */
export function askAcceptance(turn: TurnContext, number: string, one: Compensation): void {
  const { currency } = turn.model.profile.business;
  askQuestion(turn, null, CASE_QUESTION, {
    text: turn.words("comp.offer", {
      number,
      kind: turn.words(`comp.${one.kind}`),
      amount: formatMoney(one.amountMinor, currency),
      name: turn.callName(),
    }),
    question: "yesno",
    choices: [
      { id: `case:accept:${number}:${one.id}`, label: turn.words("choice.accept") },
      { id: `case:decline:${number}:${one.id}`, label: turn.words("choice.decline") },
    ],
  });
}

interface Target {
  readonly answer: Answer;
  readonly case: Case;
  readonly compensation: string | null;
}

function parseId(turn: TurnContext, id: string): Target | null {
  const match = /^case:(yes|no|accept|decline):(C\d+)(?::(K\d+))?$/.exec(id);
  const found = match && turn.cases().find((one) => one.number === match[2]);
  return found ? { answer: match[1] as Answer, case: found, compensation: match[3] ?? null } : null;
}

/** A pressed button of a question about a case, however long ago it was put; `null` when it is none. */
export function caseChoice(turn: TurnContext, pressed: string): Choice | null {
  const target = parseId(turn, pressed);
  if (!target) return null;
  const labels = { yes: "choice.satisfied", no: "choice.unsatisfied", accept: "choice.accept", decline: "choice.decline" } as const;
  return { id: pressed, label: turn.words(labels[target.answer]) };
}

const NO =
  /不满意|不滿意|不行|不好|没解决|沒解決|没有解决|沒有解決|还没|還沒|没好|沒好|不接受|不同意|不要|not (?:at all|really|yet|happy|satisfied|ok|okay|fixed|solved)|unhappy|dissatisfied|isn'?t|don'?t (?:accept|agree|want)|\bdecline\b|\bno\b/i;
const YES = /满意|滿意|可以|接受|同意|解决了|解決了|好了|satisfied|happy|\baccept\b|\bagree\b|\bfine\b|\byes\b|\bsolved\b|\bfixed\b/i;

/** What words answer to an open question about a case; `null` when they speak of something else. */
function inWords(turn: TurnContext, reading: Reading, asked: Asked | null): Target | null {
  if (asked?.slot !== CASE_QUESTION || !reading.understanding || reading.understanding.urgency === "emergency") return null;
  const first = sureIntent(reading);
  const about = ["confirm_yes", "confirm_no", "complaint", "thanks", "chitchat", "provide_info", "survey_score", "abuse", undefined];
  if (!about.includes(first)) return null;
  const no = NO.test(reading.text) || first === "confirm_no";
  const yes = !no && (YES.test(reading.text) || first === "confirm_yes");
  if (!no && !yes) return null;
  const choice = asked.choices[yes ? 0 : 1];
  return choice ? parseId(turn, choice.id) : null;
}

/**
 * Takes a message or press as the answer to a question about a case.
 *
 * @returns whether it was one
 */
export function answerCase(turn: TurnContext, reading: Reading, asked: Asked | null, words: string): boolean {
  const target = (reading.choice && parseId(turn, reading.choice.id)) ?? inWords(turn, reading, asked);
  if (!target) return false;
  if (asked?.slot === CASE_QUESTION) turn.state.asked = null;
  const said = reading.choice ? "" : words;
  if (target.answer === "yes") satisfied(turn, target.case, said);
  else if (target.answer === "no") unsatisfied(turn, target.case, said);
  else answerOffer(turn, target.case, target.compensation, target.answer === "accept", words);
  return true;
}

function satisfied(turn: TurnContext, found: Case, words: string): void {
  if (found.status === "resolved") {
    const content = turn.applyCase(found.number, found, { type: "case_satisfaction", at: turn.now, satisfied: true, words });
    if (needsCause(turn, content)) askCause(turn, content);
    else turn.applyCase(found.number, content, { type: "case_closed", at: turn.now });
  }
  turn.say(turn.words("case.thanks_satisfied", { number: found.number, name: turn.callName() }));
}

function unsatisfied(turn: TurnContext, found: Case, words: string): void {
  const late = turn.now - found.updatedAt > turn.model.profile.cases.reopenDays * DAY_MS;
  if (isOpen(found) || (found.status === "closed" && late)) {
    turn.say(
      turn.words(isOpen(found) ? "complaint.added" : "case.too_late", {
        number: found.number,
        phone: turn.model.profile.business.contact.phone,
      }),
    );
    return;
  }
  turn.applyCase(found.number, found, { type: "case_satisfaction", at: turn.now, satisfied: false, words });
  const reopened = reopenCase(turn, found, words || turn.staffWords("case.not_satisfied"));
  turn.say(turn.words("desk.reopened", { number: found.number }));
  turn.say(turn.words("handover.open", { promised: turn.time(reopened.promisedAt) }));
}

function answerOffer(turn: TurnContext, found: Case, id: string | null, accepted: boolean, words: string): void {
  const one = found.compensations.find((each) => each.id === id);
  if (one?.status !== "approved") {
    turn.say(turn.words("comp.answered_before", { number: found.number }));
    return;
  }
  turn.applyCase(found.number, found, { type: "compensation_answered", at: turn.now, id: one.id, accepted, words });
  // The customer has spoken: the clock of the resolution goes on.
  turn.applyCase(found.number, found, { type: "case_noted", at: turn.now, by: "customer", text: words });
  turn.notify(
    found.owner ?? found.step,
    turn.staffWords(accepted ? "staff.comp_accepted" : "staff.comp_declined", { number: found.number, id: one.id, words }),
    found.number,
  );
  turn.say(turn.words(accepted ? "comp.thanks" : "comp.noted", { number: found.number }));
}
