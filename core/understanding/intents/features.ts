/**
 * From a message to the tokens the learner counts. Every token carries a one-letter kind in front, so that none looks like a number
 * or like a property of every object (`__proto__`).
 *
 * `w` 1–3-grams of units (one Han character, one Latin word, one number, ? ! and emoji) with start and end marks · `c` 3–4-grams of the
 * characters of Latin words · `s` two Latin words with any one between (turn … off) · `k` notions of the lexicon, `b` two in a row ·
 * `l` length, `n` digits · `q` the open question, `r` the same for short answers · `x` evidence from the readers and rules.
 */
import type { Question } from "../types.ts";
import type { Lexicon } from "./lexicon.ts";

export interface FeatureInput {
  /** Normalised text. */
  readonly text: string;
  readonly asked: Question | null;
  /** What readers and rules found: names such as `date`, `phone`, `danger:fire`. */
  readonly evidence: readonly string[];
}

/** Weight of each kind of token against the others, by cross-validation over hands; kinds not named weigh 1. */
export const KIND_WEIGHT: Readonly<Record<string, number>> = { c: 0.6, b: 0.6, s: 0.6 };

const UNIT = /\p{Script=Han}|[a-z\u00c0-\u024f]+(?:'[a-z]+)*|\d+|[?!]|\p{Extended_Pictographic}/gu;

const START = "^";
const END = "$";
/** An answer of at most this many units is read by its question first. */
const SHORT_ANSWER = 4;
/** Units looked at; a message of thousands says nothing new after its first hundreds, and the time stays bounded. */
const MAX_UNITS = 600;

/** The units of a rewritten text. */
export function unitsOf(text: string): string[] {
  const units = text.match(UNIT) ?? [];
  return units.length > MAX_UNITS ? [...units.slice(0, MAX_UNITS / 2), ...units.slice(-MAX_UNITS / 2)] : units;
}

const isLatin = (unit: string): boolean => {
  const code = unit.charCodeAt(0);
  return (code >= 97 && code <= 122) || (code >= 0xc0 && code <= 0x24f);
};

/** Tokens of a message, each once. */
export function tokensOf(input: FeatureInput, lexicon: Lexicon): string[] {
  const text = lexicon.rewrite(input.text);
  const units = unitsOf(text);
  const tokens = new Set<string>();
  const framed = [START, ...units, END];
  for (let i = 0; i < framed.length; i += 1) {
    const one = framed[i]!;
    if (one !== START && one !== END) tokens.add(`w${one}`);
    if (i + 1 >= framed.length) continue;
    const two = `w${one} ${framed[i + 1]!}`;
    tokens.add(two);
    if (i + 2 >= framed.length) continue;
    const three = framed[i + 2]!;
    tokens.add(`${two} ${three}`);
    if (isLatin(one) && isLatin(three)) tokens.add(`s${one} ${three}`);
  }
  for (const unit of units) {
    if (unit.length < 2 || unit.length > 30 || !isLatin(unit)) continue;
    const word = `_${unit}_`;
    for (let size = 3; size <= 4; size += 1) {
      for (let i = 0; i + size <= word.length; i += 1) tokens.add(`c${word.slice(i, i + size)}`);
    }
  }
  const concepts = lexicon.concepts(text);
  for (let i = 0; i < concepts.length; i += 1) {
    tokens.add(`k${concepts[i]!}`);
    if (i > 0 && concepts[i - 1] !== concepts[i]) tokens.add(`b${concepts[i - 1]!} ${concepts[i]!}`);
  }
  tokens.add(`l${lengthClass(units.length)}`);
  tokens.add(`n${digitClass(text)}`);
  if (input.asked !== null) {
    tokens.add(`q${input.asked}`);
    if (units.length <= SHORT_ANSWER) tokens.add(`r${input.asked}`);
  }
  for (const name of input.evidence) tokens.add(`x${name}`);
  return [...tokens];
}

function lengthClass(units: number): number {
  for (const bound of [1, 2, 4, 8, 16, 32]) if (units <= bound) return bound;
  return 64;
}

function digitClass(text: string): "none" | "some" | "long" {
  let digits = 0;
  for (let i = 0; i < text.length && digits <= 6; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 48 && unit <= 57) digits += 1;
  }
  return digits === 0 ? "none" : digits > 6 ? "long" : "some";
}

/** How a token is shown to staff; `null` for those that are no words of the message. */
export function shownToken(token: string): string | null {
  if (token[0] === "w") {
    const words = token
      .slice(1)
      .split(" ")
      .filter((unit) => unit !== START && unit !== END);
    return words.length === 0 ? null : words.join(words.some(isLatin) ? " " : "");
  }
  if (token[0] === "k") return `[${token.slice(1)}]`;
  if (token[0] === "x") return `[${token.slice(1)}]`;
  return null;
}
