/** The talk around a questionnaire: an answer by button or free words, at most one question back, thanks or a case. */

import type { Escalation } from "../cases/escalate.ts";
import { isOpen } from "../cases/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import { askQuestion } from "../conversation/question.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { CareSurvey } from "../profile/care-schema.ts";
import { DAY_MS } from "../time.ts";
import type { Intent } from "../understanding/types.ts";
import { scoreChoices } from "./compose.ts";
import { readSurvey, tenthsOf } from "./survey.ts";
import type { SurveyAnswer, Touch } from "./touch.ts";

/** An answer this late is one no more, days. */
const ANSWERED_WITHIN_DAYS = 14;
/** Matters of their own: they are dealt with, and the questionnaire does not stand in their way. */
const OWN_MATTERS: readonly Intent[] = [
  "book",
  "reschedule",
  "cancel_booking",
  "status",
  "quote_price",
  "warranty",
  "hours_location",
  "human",
  "opt_out",
  "opt_in",
  "reminder_query",
  "emergency",
];

/**
 * Takes an answer to the open questionnaire.
 *
 * @param asked its question is the open one; otherwise only clear marks count
 * @returns whether the message was that answer and nothing more
 */
export function answerSurvey(turn: TurnContext, reading: Reading, escalations: readonly Escalation[], asked: boolean): boolean {
  const open = turn.state.survey;
  const survey = open ? turn.model.profile.careSurveys.find((one) => one.id === open.survey) : undefined;
  if (!open || !survey || turn.now - open.at > ANSWERED_WITHIN_DAYS * DAY_MS) {
    delete turn.state.survey;
    return false;
  }
  const touch = turn.care().touches.find((one) => one.id === open.touch);
  if (!touch) {
    delete turn.state.survey;
    return false;
  }
  const before = touch.answer;
  const topic = reading.choice?.id.startsWith("topic:") ? reading.choice.id.slice("topic:".length) : null;
  const pressed = reading.choice?.id.startsWith("score:") ? Number(reading.choice.value) : null;
  const intents = reading.understanding?.intents.map((one) => one.intent) ?? [];
  const found = reading.text ? readSurvey(reading.text, entitiesOf(reading).score, survey) : { score: null, items: {}, topics: [] };
  const judges = topic !== null || pressed !== null || found.score !== null || found.topics.length > 0;
  const otherMatter = reading.understanding?.decision === "act" && intents.some((intent) => OWN_MATTERS.includes(intent));
  if (!judges && (otherMatter || !asked || (reading.choice !== null && pressed === null))) return false;
  if (intents[0] === "confirm_no" && !judges) {
    delete turn.state.survey;
    turn.say(turn.words("survey.not_now"));
    return true;
  }
  const answer: SurveyAnswer = {
    at: turn.now,
    score: pressed ?? before?.score ?? found.score,
    items: { ...before?.items, ...found.items },
    topics: [...new Set([...(before?.topics ?? []), ...found.topics, ...(topic === null || topic === "other" ? [] : [topic])])],
    remark: [before?.remark, reading.text].filter(Boolean).join("\n").slice(0, 1_000),
    case: before?.case ?? null,
    asked: before?.asked ?? false,
  };
  return proceed(turn, survey, touch, answer, reading, escalations, otherMatter || intents.includes("complaint"));
}

function proceed(
  turn: TurnContext,
  survey: CareSurvey,
  touch: Touch,
  answer: SurveyAnswer,
  reading: Reading,
  escalations: readonly Escalation[],
  more: boolean,
): boolean {
  const tenths = tenthsOf(answer);
  const low = tenths !== null && tenths <= 6;
  const follow = !answer.asked && !more && (answer.score === null || (low && answer.topics.length === 0));
  const next: SurveyAnswer = { ...answer, asked: answer.asked || follow };
  turn.saveTouch({ ...touch, answer: next });
  turn.note("survey_answer", { score: next.score ?? "", topics: next.topics.join(", ") });
  const known = turn.cases().find((one) => one.category === "survey" && isOpen(one));
  if (known && touch.answer !== null && reading.text) {
    turn.applyCase(known.number, known, { type: "case_noted", at: turn.now, by: "customer", text: reading.text });
  } else if (touch.answer?.score == null && !escalations.some((one) => one.category === "complaint")) {
    // What is low is for the rules to say: the overall mark out of ten, the worst item out of five.
    if (answer.score !== null) turn.ruleFacts["score"] = answer.score * 2;
    const marks = Object.values(answer.items);
    if (marks.length > 0) turn.ruleFacts["item_score"] = Math.min(...marks);
  }
  if (!follow) delete turn.state.survey;
  if (more) return false;
  if (!follow) turn.say(turn.words(low ? "survey.thanks_low" : "survey.thanks"));
  else if (answer.score === null)
    askQuestion(turn, null, "$survey", { text: turn.words("survey.which_mark"), question: "score", choices: scoreChoices(turn) });
  else
    askQuestion(turn, null, "$survey", {
      text: turn.words("survey.what_about"),
      question: "choice",
      choices: [
        ...survey.items.map((item) => ({ id: `topic:${item.id}`, label: item.name[turn.lang] })),
        { id: "topic:other", label: turn.words("survey.other") },
      ],
    });
  return true;
}
