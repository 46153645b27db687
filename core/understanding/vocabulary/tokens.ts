import type { Normalised } from "../text/normalise.ts";
import { isHanUnit } from "../text/script.ts";
import { stem } from "../text/stem.ts";

/** One unit of matching: a Han character, or the stem of a Latin word, or a number. */
export interface Token {
  /** Canonical form by which wordings and messages meet. */
  readonly key: string;
  /** The word as normalised; misspellings are judged by it, not by its stem. */
  readonly word: string;
  /** Span in the normalised text, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly han: boolean;
  /** Read as a misspelling of the word whose stem is the key. */
  readonly guessed?: boolean;
  /** Punctuation or a line end stands before this token: no wording reaches across it. */
  readonly breaks: boolean;
}

/** Function characters of Cantonese by their counterparts, so that 唔制冷 meets 不制冷. */
const HAN_CANON: ReadonlyMap<string, string> = new Map([
  ["唔", "不"],
  ["冇", "没"],
  ["无", "没"],
  ["咗", "了"],
  ["嘅", "的"],
  ["喺", "在"],
  ["佢", "他"],
]);

/** All ways to deny in English. `no` and `not` are one: "no cooling", "isn't cooling", "won't cool". */
const NEGATIONS = new Set(
  (
    "no not isnt aren arent ain't aint wasnt werent doesnt dont didnt wont cant cannot couldnt wouldnt shouldnt hasnt havent hadnt " +
    "never neither nor isn't aren't wasn't weren't doesn't don't didn't won't can't couldn't wouldn't shouldn't hasn't haven't hadn't " +
    "dosent doesent"
  ).split(" "),
);

/** Key of a Latin word or number. */
function latinKey(word: string): string {
  if (NEGATIONS.has(word)) return "not";
  const bare = word.endsWith("'s") ? word.slice(0, -2) : word.replaceAll("'", "");
  return stem(bare);
}

const isLatinUnit = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || (unit >= 0xdf && unit <= 0x24f && unit !== 0xf7);

/** Cuts a normalised text into tokens. `no longer` becomes one negation. */
export function tokenise(text: Normalised["text"]): Token[] {
  const tokens: Token[] = [];
  let breaks = false;
  for (let i = 0; i < text.length; ) {
    const unit = text.charCodeAt(i);
    if (isHanUnit(unit)) {
      const char = text[i]!;
      tokens.push({ key: HAN_CANON.get(char) ?? char, word: char, from: i, to: i + 1, han: true, breaks });
      breaks = false;
      i += 1;
      continue;
    }
    if (isLatinUnit(unit)) {
      let end = i + 1;
      while (end < text.length && (isLatinUnit(text.charCodeAt(end)) || (text[end] === "'" && isLatinUnit(text.charCodeAt(end + 1)))))
        end += 1;
      const word = text.slice(i, end);
      const last = tokens[tokens.length - 1];
      if (word === "longer" && last?.key === "not" && last.word === "no") tokens[tokens.length - 1] = { ...last, to: end };
      else tokens.push({ key: latinKey(word), word, from: i, to: end, han: false, breaks });
      breaks = false;
      i = end;
      continue;
    }
    // Blanks, hyphens and the like join (air-con, 油 烟机), so does a point inside a code (ID.4, PM2.5); everything else parts.
    if (unit === 46 && isLatinUnit(text.charCodeAt(i - 1)) && isLatinUnit(text.charCodeAt(i + 1))) {
      i += 1;
      continue;
    }
    if (unit !== 32 && unit !== 45 && unit !== 39 && unit !== 47 && unit !== 183 && unit !== 34) breaks = true;
    i += 1;
  }
  return tokens;
}
