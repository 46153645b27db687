/**
 * Messages made of two wordings of the corpus, so that the learner sees each matter in the company of every other: the corpus has
 * some hundred messages with several matters, too few for twelve matters in three languages.
 */
import type { Language } from "../../language.ts";
import { LANGUAGES } from "../../language.ts";
import { detectLanguage } from "../text/index.ts";
import type { Intent } from "../types.ts";
import { MATTERS } from "../types.ts";
import type { Example } from "./corpus.ts";
import { createRandom } from "./linear.ts";

export interface Joined {
  readonly text: string;
  /** What either of the two holds; in no order. */
  readonly intents: readonly Intent[];
  readonly language: Language;
}

/** For each matter in each language. */
const PER_MATTER = 80;
/** A corpus smaller than this has nothing to put together, messages in one language. */
const LEAST_EXAMPLES = 10;
/** Characters of a wording that may be a part of a message: shorter ones say too little, longer ones are messages by themselves. */
const LENGTH: Readonly<Record<Language, readonly [number, number]>> = { "zh-CN": [4, 30], "zh-TW": [4, 30], en: [9, 90] };
const CHINESE_JOINTS = [",", "。", ",另外", " ", ",顺便", "?"];
const JOINTS: Readonly<Record<Language, readonly string[]>> = {
  "zh-CN": CHINESE_JOINTS,
  "zh-TW": CHINESE_JOINTS,
  en: [". ", ", ", " and ", ". Also ", "? ", " "],
};

/** The same corpus gives the same messages. */
export function joinedWordings(examples: readonly Example[]): Joined[] {
  const random = createRandom(29);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const joined: Joined[] = [];
  for (const language of LANGUAGES) {
    const [shortest, longest] = LENGTH[language];
    const parts = examples.filter(
      ({ text, intents, asked }) =>
        asked === null &&
        (MATTERS as readonly Intent[]).includes(intents[0]) &&
        text.length >= shortest &&
        text.length <= longest &&
        detectLanguage(text, null) === language,
    );
    for (const matter of MATTERS) {
      const own = parts.filter(({ intents }) => intents[0] === matter);
      const others = parts.filter(({ intents }) => !intents.includes(matter));
      if (own.length < LEAST_EXAMPLES || others.length < LEAST_EXAMPLES) continue;
      for (let i = 0; i < PER_MATTER; i += 1) {
        const pair = [pick(own), pick(others)] as const;
        const [one, other] = random() < 0.5 ? pair : [pair[1], pair[0]];
        const text = `${one.text.replace(/[.。!！,，]+$/, "")}${pick(JOINTS[language])}${other.text}`;
        joined.push({ text, intents: [...new Set([...one.intents, ...other.intents])], language });
      }
    }
  }
  return joined;
}
