/** From labelled wordings to training messages. */
import type { Language } from "../../language.ts";
import { detectLanguage, normalise } from "../text/index.ts";
import type { Intent, Question } from "../types.ts";
import { MATTERS } from "../types.ts";
import type { Example } from "./corpus.ts";
import { QUESTIONS } from "./corpus.ts";
import { joinedWordings } from "./joined.ts";
import type { TrainingMessage } from "./learner.ts";
import type { Lexicon } from "./lexicon.ts";
import { readMessage } from "./reading.ts";

/** Reference time of the corpus: relative days are read, whatever they come to. A Wednesday noon. */
const NOW = Date.UTC(2026, 10, 18, 4);
const ZONE = "Asia/Shanghai";

/** Matters that a customer may bring up while a question is open. */
const INTERRUPTING: ReadonlySet<Intent> = new Set([...MATTERS.filter((intent) => intent !== "opt_in"), "emergency"]);

/** Every so many-th wording of a matter is shown once more, as said while a question was open, so that the question alone decides nothing. */
const EVERY = 4;

/** A training message before it is read. */
export interface TrainingInput extends Omit<TrainingMessage, "tokens"> {
  readonly asked: Question | null;
  readonly language: Language | null;
}

/** What there is to learn of a corpus, doubles left out, in the order of the corpus; behind it messages made of two ({@link joinedWordings}). */
export function trainingInputs(examples: readonly Example[]): TrainingInput[] {
  const inputs: TrainingInput[] = [];
  const seen = new Set<string>();
  let matters = 0;
  for (const { text, intents, urgency, asked } of examples) {
    const key = `${normalise(text).text}|${asked ?? ""}|${intents.join("+")}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const language = detectLanguage(text, null);
    const input: TrainingInput = { text, asked, language, intents, urgency, joined: false, again: false };
    inputs.push(input);
    if (asked === null && INTERRUPTING.has(intents[0])) {
      matters += 1;
      const question = QUESTIONS[(matters / EVERY) % QUESTIONS.length];
      if (matters % EVERY === 0) inputs.push({ ...input, asked: question!, again: true });
    }
  }
  for (const { text, intents, language } of joinedWordings(examples))
    inputs.push({ text, asked: null, language, intents, urgency: "normal", joined: true, again: false });
  return inputs;
}

/** The tokens of each, as the learner will count them. Most of the time that training takes goes by here. */
export function readInputs(inputs: readonly TrainingInput[], lexicon: Lexicon): (readonly string[])[] {
  return inputs.map(({ text, asked, language }) => readMessage(normalise(text), { now: NOW, zone: ZONE, asked, language }, lexicon).tokens);
}

/** Inputs and their tokens put together. */
export function withTokens(inputs: readonly TrainingInput[], tokens: readonly (readonly string[])[]): TrainingMessage[] {
  return inputs.map(({ text, intents, urgency, joined, again }, i) => ({ text, tokens: tokens[i]!, intents, urgency, joined, again }));
}

/** Training messages of a corpus. */
export function trainingMessages(examples: readonly Example[], lexicon: Lexicon): TrainingMessage[] {
  const inputs = trainingInputs(examples);
  return withTokens(inputs, readInputs(inputs, lexicon));
}
