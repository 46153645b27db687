/** From the words behind a cue to the name they begin with. */
import type { Normalised } from "../text/normalise.ts";
import { FIRST_NAMES, WORDLIKE_NAMES } from "./given-names.ts";
import { NO_NAME, STOP } from "./name-english-words.ts";
import type { TakeName } from "./name-shapes.ts";

/** A word of a name, lower case: letters of any Latin alphabet with apostrophe or hyphen inside. */
const WORD = "\\p{Script=Latin}[\\p{Script=Latin}'-]{0,19}";
/** A greeting right before it is no part of it. */
export const NAME = `(?!(?:hi|hello|hey|hiya|morning|afternoon|evening) )(${WORD}(?:\\.? ${WORD}){0,3})`;

/**
 * How sure the cue is: `announced` my name is · `hinted` I'm, this is: a capital, or a first name that everyone knows · `capital` only
 * with a capital.
 */
export type Cue = "announced" | "hinted" | "capital";

/** What stands behind a name to say that its bearer speaks. */
const SPOKEN_BEHIND = /(?:here|speaking|calling|again|is (?:my|the) name)$/;
/** Hello Lindsey Park again. */
const GREETED = /^(?:hi|hello|hey|morning|afternoon)\b/;
const SAYS_SO = /^(?:this is|it's|its|i am|im|i'm|call me)/;
/** Surnames of Chinese people in Latin letters, as Mandarin, Cantonese and Hokkien speakers write them. */
const ROMANISED = new Set(
  (
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo liang song zheng xie han tang feng yu dong xiao cheng " +
    "cao yuan deng fu shen zeng peng lu jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin " +
    "wong chan lee lau cheung cheng leung lam tsang chow yip ng ho kwok tang chu kwan yeung tse lai mak lo law fung wan yuen siu choi kwong " +
    "tam kong hui szeto lim goh teo ong koh chua toh sim seah yap chong chin loh foo low"
  ).split(" "),
);

export const groupStart = (match: RegExpMatchArray, group: number): number => match.index! + match[0].lastIndexOf(match[group]!);

/** Takes the leading words of `raw` that can belong to a name. Returns where the name ends; `null` when there is none. */
export function takeWords(normalised: Normalised, from: number, raw: string, cue: Cue, take: TakeName, whole = ""): number | null {
  const words = raw.split(" ");
  let to = from;
  let at = from;
  let count = 0;
  const shouting = isShouting(normalised.original);
  for (const word of words) {
    const bare = word.replace(/(?:'s)?[.'-]*$/, "");
    const capital = isCapitalAt(normalised, at) && !shouting;
    const initial = bare.length === 1 && capital && (word.endsWith(".") || count > 0) && bare !== "i";
    if (bare === "" || (!initial && stops(bare, word, count, capital, cue, words.length > 1, words[count + 1] ?? null))) break;
    // Toyota's fault, Sarah's husband: not the one who writes.
    if (cue !== "announced" && /'s$/.test(word)) break;
    if (cue !== "announced" && !capital && !(cue === "hinted" && isSpoken(normalised, from, bare, count, words, whole))) break;
    to = at + bare.length;
    at += word.length + 1;
    count += 1;
    if (bare !== word && word.endsWith(".") && bare.length > 1) break;
  }
  if (count === 0 || to - from < 2) return null;
  // "Overcharged again" begins with a capital like any sentence.
  if (/ again$/.test(whole) && !SAYS_SO.test(whole) && !FIRST_NAMES.has(words[0]!) && !(GREETED.test(whole) && count === 2)) return null;
  const { text } = normalised;
  // "snowed in up here" and "do you have English speaking staff" begin with no name.
  if (SPOKEN_BEHIND.test(whole) && !SAYS_SO.test(whole) && count < words.length) return null;
  // HB-27C and the like are codes; ABC 大学 is an institution.
  if (/^-?\d/.test(text.slice(to))) return null;
  const typed = normalised.original.slice(normalised.starts[from], normalised.ends[to - 1]);
  if (cue !== "announced" && count === 1 && /^[A-Z]{2,5}$/.test(typed) && !FIRST_NAMES.has(typed.toLowerCase())) return null;
  if (/^(?:mr|mrs|ms|miss|mdm|madam|dr)$/.test(words[0]!)) return null;
  take(from, to, from, to, null);
  return to;
}

/** Does the name end before this word? A word that is a name too (Will, May) begins one behind a cue when it is written so. */
function stops(bare: string, word: string, count: number, capital: boolean, cue: Cue, more: boolean, next: string | null): boolean {
  // Van der Berg has no van.
  if (count === 0 && /^van$/.test(bare) && /^(?:der|den|de)$/.test(next ?? "")) return false;
  if (count === 0 && /^(?:will|may)$/.test(bare) && more && cue === "capital" && next !== null && !/^(?:is|was|has|can)$/.test(next))
    return true;
  // It's beeping again.
  if (count === 0 && cue !== "announced" && !capital && /.{3}(?:ing|ed)$/.test(bare) && !FIRST_NAMES.has(bare)) return true;
  if (count === 0 && WORDLIKE_NAMES.has(bare)) return !(cue === "announced" ? capital || !more : capital);
  if (FIRST_NAMES.has(bare)) return false;
  if (count > 0 && capital && (bare === "young" || bare === "long" || bare === "english" || bare === "best")) return false;
  return STOP.has(bare) || ((count === 0 || cue !== "announced") && NO_NAME.has(bare)) || (count > 0 && /^(?:i|in|ph)$/.test(word));
}

/** Lower case is believed with a first name that everyone knows, or with "here" and "from" behind it. */
function isSpoken(normalised: Normalised, from: number, bare: string, count: number, words: readonly string[], whole: string): boolean {
  if (words.length === 1 && SPOKEN_BEHIND.test(whole)) return true;
  const rest = normalised.text.slice(from);
  const saysSo = SAYS_SO.test(whole);
  if (count > 0) {
    // this is emma stone, im chan siu ming: the words up to a pause.
    const known = FIRST_NAMES.has(words[0]!) || (ROMANISED.has(words[0]!) && bare.length <= 6);
    const following = rest.slice(words.slice(0, count + 1).join(" ").length);
    return (
      saysSo &&
      known &&
      (/^(?:$|[,.!;\n]| (?:from|here|and|at|speaking|calling)\b)/.test(following) ||
        (ROMANISED.has(words[0]!) && count === 1 && words.length > 2))
    );
  }
  if (
    saysSo &&
    ROMANISED.has(bare) &&
    words.length >= 2 &&
    words.length <= 3 &&
    words.every((word) => /^[a-z]{2,6}$/.test(word) && !STOP.has(word) && !NO_NAME.has(word))
  )
    return true;
  if (FIRST_NAMES.has(bare) && saysSo) return true;
  return (
    /^(?:this is|im|i'm)/.test(whole) &&
    new RegExp(`^.{0,24}?${bare.replace(/[^\p{L}]/gu, "")} (?:here|speaking|calling|from (?!the|my|a)\\w+)`, "u").test(rest)
  );
}

export function isCapitalAt(normalised: Normalised, from: number): boolean {
  return /^\p{Lu}/u.test(normalised.original[normalised.starts[from] ?? 0] ?? "");
}

/** A message all in capitals says nothing by them. */
function isShouting(original: string): boolean {
  return original.length > 8 && original === original.toUpperCase() && /[A-Z]{3,} [A-Z]{2,}/.test(original);
}
