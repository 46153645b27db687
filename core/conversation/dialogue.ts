/**
 * What a message means for the conversation as it stands: an answer, a correction, a question in between, something more
 * urgent, a new matter. The order of the checks is the order of what matters.
 */
import { waitingMeant } from "../booking/waiting-wish.ts";
import { answerSurvey } from "../care/survey-turn.ts";
import { caseChoice } from "../cases/answers.ts";
import { type Escalation, escalate } from "../cases/escalate.ts";
import { INTENTS, type Intent } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";
import { idle } from "./idle.ts";
import { inFlow } from "./in-flow.ts";
import { type Part, partsOf } from "./matters.ts";
import { missed, offerMenu } from "./menu.ts";
import { matchChoice, type Reading, sureIntent } from "./reading.ts";
import { answersFormer, renewStack, tellLost, withoutFormerChoice } from "./renew.ts";
import { resumeTop } from "./resume.ts";
import { takeUpMatters } from "./routing.ts";
import { takeSeveral, tellRules } from "./several.ts";
import { watchSilence } from "./silence.ts";
import { flowOf, topFrame } from "./stack.ts";
import type { Asked, Choice, Frame } from "./state.ts";
import { takeFacts } from "./taking.ts";
import { handleEmergency, handOver } from "./urgent.ts";

/** Intents of a reading in order; a pressed `intent:…` button is its intent. */
function intentsOf(reading: Reading): readonly Intent[] {
  if (reading.choice?.id.startsWith("intent:")) return [reading.choice.id.slice(7) as Intent];
  return reading.understanding?.intents.map((one) => one.intent) ?? [];
}

export function converse(turn: TurnContext, said: Reading): void {
  const { state } = turn;
  const asked = state.asked;
  state.asked = null;
  const whole = agreesToOffer(said, asked);
  const renewed = renewStack(turn);
  const frame = topFrame(turn);
  const parts = whole.choice || (frame && flowOf(turn, frame).readsAlone) ? [] : partsOf(turn, whole, frame !== null);
  tellRules(turn, parts);
  const escalations = escalate(turn, whole.text || (whole.choice?.label ?? ""));

  if (handleEmergency(turn, escalations, whole, (open) => void inFlow(turn, open, whole, [], []))) return;
  if (handOver(turn, escalations)) return;

  if (state.survey && answerSurvey(turn, whole, escalations, asked?.slot === "$survey")) {
    state.misses = 0;
    afterwards(turn, whole);
    return;
  }

  if (tellLost(turn) && !frame && whole.choice && !whole.choice.id.startsWith("intent:")) {
    offerMenu(turn, turn.words("menu.what"));
    return;
  }
  if (renewed && frame && answersFormer(turn, whole)) {
    // The profile changed in between: what is under way is checked and said anew before anything is agreed to.
    takeFacts(turn, frame, withoutFormerChoice(turn, whole, frame));
    resumeTop(turn);
    afterwards(turn, whole);
    return;
  }
  const reading = parts.length > 0 ? takeSeveral(turn, parts, whole, frame, escalations) : whole;
  const understood = reading === null || goOn(turn, frame, reading, parts, escalations);
  if (understood) {
    state.fragment = null;
    if (!turn.clarified) state.misses = 0;
    takeUpMatters(turn);
  } else missed(turn, (reading ?? whole).text, asked !== null);
  for (const one of escalations) if (one.isNew && !one.replied && !ANSWERED.includes(one.category)) turn.say(alsoWords(turn, one));
  afterwards(turn, whole);
}

/** Goes on with one matter; those that stood beside it are dealt with already. @returns whether it made sense */
function goOn(
  turn: TurnContext,
  frame: Frame | null,
  reading: Reading,
  parts: readonly Part[],
  escalations: readonly Escalation[],
): boolean {
  const [first, ...rest] = intentsOf(reading);
  const intents = first ? [first, ...rest.filter((intent) => !parts.some((part) => part.intent === intent))] : [];
  return frame ? inFlow(turn, frame, reading, intents, escalations) : idle(turn, reading, intents, escalations);
}

/** A plain yes to a reminder takes its first button: the booking. */
function agreesToOffer(reading: Reading, asked: Asked | null): Reading {
  const first = asked?.slot === "$care" ? asked.choices[0] : undefined;
  const yes = sureIntent(reading) === "confirm_yes";
  return first && yes && reading.choice === null ? { ...reading, choice: first } : reading;
}

/** Cases that the answer itself speaks of. */
const ANSWERED: readonly string[] = ["complaint", "emergency", "human", "unclear"];

/** Rules that the turn itself made fire: too many misses, changes, no free time, a promise that passed. */
function afterwards(turn: TurnContext, reading: Reading): void {
  watchSilence(turn);
  turn.ruleFacts["misses"] = turn.state.misses;
  const late = escalate(turn, reading.text);
  if (handOver(turn, late)) return;
  for (const one of late) if (!one.replied) turn.say(alsoWords(turn, one));
}

function alsoWords(turn: TurnContext, escalation: Escalation): string {
  return turn.words("case.also", {
    number: escalation.case.number,
    promised: turn.time(escalation.case.promisedAt),
  });
}

/** Matches the words with the open question's choices; a press outside of it is an `intent:` button of an earlier message. */
export function choose(turn: TurnContext, reading: Omit<Reading, "choice">, pressed: string | null): Choice | null {
  const asked = turn.state.asked;
  if (pressed !== null) {
    const chosen = matchChoice(pressed, asked, null);
    if (chosen) return chosen;
    const ofCase = caseChoice(turn, pressed);
    if (ofCase) return ofCase;
    const intent = pressed.startsWith("intent:") ? pressed.slice("intent:".length) : "";
    return (INTENTS as readonly string[]).includes(intent) ? { id: pressed, label: pressed } : null;
  }
  return matchChoice(reading.text, asked, reading.understanding) ?? waitingMeant(reading.text, asked?.choices ?? []);
}
