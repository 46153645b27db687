/**
 * The training corpus as text: sections `# intent`, one wording a line, after one TAB optional tags separated by spaces:
 * `+intent` a further intent carried by the wording, in order; `!urgency` where it differs from the intent's default;
 * `?question` when the wording only makes sense as an answer to what was just asked. Lines starting with `//` are remarks.
 */

import type { Intent, Question, Urgency } from "../types.ts";
import { INTENTS } from "../types.ts";

/** One labelled wording. */
export interface Example {
  readonly text: string;
  /** First is the one to act on; never empty. */
  readonly intents: readonly [Intent, ...Intent[]];
  readonly urgency: Urgency;
  /** The question it answers; `null` when the wording stands by itself. */
  readonly asked: Question | null;
  /** Name of the file, without folder. */
  readonly file: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** A line that cannot be read. */
export interface CorpusProblem {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

export const QUESTIONS = [
  "datetime",
  "product",
  "fault",
  "phone",
  "address",
  "name",
  "plate",
  "yesno",
  "choice",
  "score",
  "order_no",
] as const satisfies readonly Question[];

const URGENCIES = ["none", "normal", "urgent", "emergency"] as const satisfies readonly Urgency[];

const WITHOUT_MATTER: ReadonlySet<Intent> = new Set([
  "survey_score",
  "confirm_yes",
  "confirm_no",
  "greet",
  "thanks",
  "bye",
  "chitchat",
  "abuse",
  "out_of_scope",
]);

/** Urgency of a wording that carries no tag of its own. */
export function defaultUrgency(intent: Intent): Urgency {
  if (intent === "emergency") return "emergency";
  return WITHOUT_MATTER.has(intent) ? "none" : "normal";
}

const isIntent = (value: string): value is Intent => (INTENTS as readonly string[]).includes(value);
const isQuestion = (value: string): value is Question => (QUESTIONS as readonly string[]).includes(value);
const isUrgency = (value: string): value is Urgency => (URGENCIES as readonly string[]).includes(value);

/**
 * Reads one corpus file.
 *
 * @returns the examples that could be read, and every line that could not, with what is wrong; never throws
 */
export function parseCorpus(file: string, content: string): { examples: readonly Example[]; problems: readonly CorpusProblem[] } {
  const examples: Example[] = [];
  const problems: CorpusProblem[] = [];
  let section: Intent | null = null;
  content.split(/\r?\n/).forEach((raw, index) => {
    const line = index + 1;
    const problem = (what: string): void => void problems.push({ file, line, what });
    if (raw.trim() === "" || raw.startsWith("//")) return;
    const heading = /^#\s*([a-z_]+)\s*$/.exec(raw);
    if (heading) {
      section = isIntent(heading[1]!) ? heading[1]! : null;
      if (section === null) problem(`unknown intent "${heading[1]}"; wanted one of ${INTENTS.join(", ")}`);
      return;
    }
    const [body = "", tagText = "", ...more] = raw.split("\t");
    const text = body.trim();
    if (text === "") return problem("no wording before the TAB");
    if (more.length > 0) return problem("more than one TAB; tags are separated by spaces");
    if (section === null) return problem("wording before the first known # intent");
    const intents: [Intent, ...Intent[]] = [section];
    let urgency: Urgency = defaultUrgency(section);
    let asked: Question | null = null;
    for (const tag of tagText.split(" ").filter((piece) => piece !== "")) {
      const value = tag.slice(1);
      if (tag.startsWith("+") && isIntent(value)) {
        if (!intents.includes(value)) intents.push(value);
      } else if (tag.startsWith("!") && isUrgency(value)) urgency = value;
      else if (tag.startsWith("?") && isQuestion(value)) asked = value;
      else return problem(`unknown tag "${tag}"; wanted +intent, !urgency or ?question`);
    }
    examples.push({ text, intents, urgency, asked, file, line });
  });
  return { examples, problems };
}
