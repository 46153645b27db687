/** From labelled wordings to training messages. */
import { detectLanguage, normalise } from "../text/index.ts";
import type { Intent } from "../types.ts";
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

/** Every so many-th wording of a matter is shown as said while a question was open, so that the question alone decides nothing. */
const EVERY = 4;

/** Training messages of a corpus, doubles left out, in the order of the corpus; behind them messages made of two ({@link joinedWordings}). */
export function trainingMessages(examples: readonly Example[], lexicon: Lexicon): TrainingMessage[] {
  const messages: TrainingMessage[] = [];
  const seen = new Set<string>();
  let matters = 0;
  for (const { text, intents, urgency, asked } of examples) {
    const normalised = normalise(text);
    const key = `${normalised.text}|${asked ?? ""}|${intents.join("+")}`;
    if (seen.has(key)) continue;
    seen.add(key);
    let question = asked;
    if (asked === null && INTERRUPTING.has(intents[0])) {
      matters += 1;
      if (matters % EVERY === 0) question = QUESTIONS[(matters / EVERY) % QUESTIONS.length]!;
    }
    const context = { now: NOW, zone: ZONE, asked: question, language: detectLanguage(text, null) };
    messages.push({ tokens: readMessage(normalised, context, lexicon).tokens, intents, urgency, joined: false });
  }
  for (const { text, intents, language } of joinedWordings(examples)) {
    const context = { now: NOW, zone: ZONE, asked: null, language };
    messages.push({ tokens: readMessage(normalise(text), context, lexicon).tokens, intents, urgency: "normal", joined: true });
  }
  return messages;
}
