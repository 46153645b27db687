import type { Span } from "../types.ts";
import { isHanUnit, simplifyUnit } from "./script.ts";

/** Longest message that is read, UTF-16 units; what follows is ignored. Keeps the work on hostile input bounded. */
export const TEXT_LIMIT = 4_000;

/** A message made comparable, with the way back to what was typed. */
export interface Normalised {
  /** What was typed, uncut. */
  readonly original: string;
  /** NFKC, lower case, simplified, without invisible characters, repeated punctuation and blanks squeezed, trimmed. */
  readonly text: string;
  /** For each unit of `text` the first original index it came from. */
  readonly starts: Uint16Array;
  /** For each unit of `text` the exclusive original index at which its source ends. */
  readonly ends: Uint16Array;
  readonly hasDigit: boolean;
  readonly hasHan: boolean;
  readonly hasLatin: boolean;
}

/** The piece of the original text behind `text[from, to)`; `to > from`. */
export function originalSpan(normalised: Normalised, from: number, to: number): Span {
  const at = normalised.starts[from] ?? 0;
  return { text: normalised.original.slice(at, normalised.ends[to - 1] ?? at), at };
}

const pair = (from: string, to: string) => [...from].map((char, i) => [char, to[i]!] as const);

/** Cyrillic and Greek letters by the Latin capital or small letter they look like. */
const LATIN_LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ...pair("авекмнорстухіјѕԁԛԝһ", "abekmhopctyxijsdqwh"),
  ...pair("αβεζηικμνορτυχγ", "abezhikmnoptyxy"),
]);

const PUNCTUATION: ReadonlyMap<string, string> = new Map([
  ..."‐‑‒–—―−﹣─".split("").map((dash) => [dash, "-"] as const),
  ..."‘’‛`´ʼ＇".split("").map((quote) => [quote, "'"] as const),
  ..."“”„‟「」『』〝〞".split("").map((quote) => [quote, '"'] as const),
  ..."•・∙‧⋅●".split("").map((dot) => [dot, "·"] as const),
  ["｡", "。"],
  ["〜", "~"],
  ["∼", "~"],
]);

/** Control, format, private, broken and unassigned characters, and fillers that show as nothing (Hangul, Khmer, Braille). */
const INVISIBLE = /^(?:\p{C}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u2800|\u3164|[\ufe00-\ufe0f]|\uffa0)$/u;

/** Kinds of output, kept beside each cached character. */
const PLAIN = 0;
const SPACE = 1;
const NEWLINE = 2;
const SQUEEZED = 3;

interface Folded {
  readonly text: string;
  readonly kind: number;
}

const CACHE_SIZE = 20_000;
const cache = new Map<string, Folded>();

/** Result of one character (or a base with its marks) on its own. */
function foldCharacter(char: string): Folded {
  const known = cache.get(char);
  if (known) return known;
  const folded = computeFold(char);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(char, folded);
  return folded;
}

function computeFold(char: string): Folded {
  if (char === "\n" || char === "\r" || char === "\u2028" || char === "\u2029" || char === "\v" || char === "\f") {
    return { text: "\n", kind: NEWLINE };
  }
  if (char !== "\ufeff" && /^\s$/u.test(char)) return { text: " ", kind: SPACE };
  if (INVISIBLE.test(char)) return { text: "", kind: PLAIN };
  const swapped = PUNCTUATION.get(char);
  let text = swapped ?? char.normalize("NFKC").toLowerCase();
  if (swapped === undefined && text !== char) {
    let again = "";
    for (const part of text) again += PUNCTUATION.get(part) ?? (INVISIBLE.test(part) ? "" : part);
    text = again.normalize("NFKC");
  }
  // Marks that join to no letter carry nothing (Zalgo text); a letter keeps what composes with it.
  text = text.replace(/\p{M}+/gu, "");
  if (text.length === 1 && isHanUnit(text.charCodeAt(0))) text = String.fromCharCode(simplifyUnit(text.charCodeAt(0)));
  if (/^\s+$/u.test(text)) return { text: " ", kind: SPACE };
  return { text, kind: text.length > 0 && /^[\p{P}~～|]+$/u.test(text) ? SQUEEZED : PLAIN };
}

const isLatinOrDigit = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);

/**
 * Makes a message comparable: full-width and other compatibility forms, letter case, script, invisible characters, repeated
 * punctuation and look-alike letters no longer matter. Never throws; only the first {@link TEXT_LIMIT} units are read.
 * Look-alike Cyrillic and Greek letters become Latin only inside words that also hold a Latin letter or a digit, so that real
 * Russian or Greek stays what it is.
 */
export function normalise(original: string): Normalised {
  const limit = Math.min(original.length, TEXT_LIMIT);
  const units: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let last = PLAIN;
  let hasDigit = false;
  let hasHan = false;
  let hasLatin = false;
  let foreign = false;
  for (let i = 0; i < limit; ) {
    const unit = original.charCodeAt(i);
    let text = "";
    let width = 1;
    let kind = PLAIN;
    let code = unit;
    if (isHanUnit(unit) && !isMarkAhead(original, i + 1)) {
      code = simplifyUnit(unit);
      hasHan = true;
    } else if (unit < 127 && unit > 32 && unit !== 96 && !isMarkAhead(original, i + 1)) {
      if (unit >= 48 && unit <= 57) hasDigit = true;
      else if (unit >= 97 && unit <= 122) hasLatin = true;
      else if (unit >= 65 && unit <= 90) {
        hasLatin = true;
        code = unit + 32;
      } else if (unit !== 36 && unit !== 43 && unit !== 60 && unit !== 61 && unit !== 62 && unit !== 94) kind = SQUEEZED;
    } else {
      code = -1;
      width = original.codePointAt(i)! > 0xffff ? 2 : 1;
      if (i + width > limit) break;
      let end = i + width;
      while (end < limit && end - i < 6 && isMarkAhead(original, end)) end += 1;
      const folded = foldCharacter(original.slice(i, end));
      width = end - i;
      text = folded.text;
      kind = folded.kind;
    }
    const end = i + width;
    if (code >= 0) {
      if (kind === SQUEEZED && last === SQUEEZED && units[units.length - 1] === code) ends[ends.length - 1] = end;
      else {
        units.push(code);
        starts.push(i);
        ends.push(end);
      }
      last = kind;
    } else if (text !== "") {
      if (kind === SPACE || kind === NEWLINE) {
        if (last === SPACE || last === NEWLINE || units.length === 0) {
          if (kind === NEWLINE && units.length > 0) {
            units[units.length - 1] = 10;
            last = NEWLINE;
          }
        } else {
          units.push(kind === NEWLINE ? 10 : 32);
          starts.push(i);
          ends.push(end);
          last = kind;
        }
      } else {
        for (let k = 0; k < text.length; k += 1) {
          const out = text.charCodeAt(k);
          if (kind === SQUEEZED && units[units.length - 1] === out) {
            ends[ends.length - 1] = end;
            continue;
          }
          if (out >= 48 && out <= 57) hasDigit = true;
          else if (out >= 97 && out <= 122) hasLatin = true;
          else if (isHanUnit(out)) hasHan = true;
          else if (out >= 0x370 && out <= 0x52f) foreign = true;
          units.push(out);
          starts.push(i);
          ends.push(end);
        }
        last = kind;
      }
    }
    i = end;
  }
  while (units.length > 0 && (units[units.length - 1] === 32 || units[units.length - 1] === 10)) units.pop();
  if (foreign && foldLookalikes(units)) hasLatin = true;
  return {
    original,
    text: unitsToString(units),
    starts: Uint16Array.from(starts.slice(0, units.length)),
    ends: Uint16Array.from(ends.slice(0, units.length)),
    hasDigit,
    hasHan,
    hasLatin,
  };
}

/** Combining marks, variation selectors and joiners belong to the character before them. */
function isMarkAhead(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (!(unit >= 0x300)) return false;
  return unit <= 0x36f || (unit >= 0x20d0 && unit <= 0x20ff) || unit === 0x3099 || unit === 0x309a || (unit >= 0xfe00 && unit <= 0xfe0f);
}

/** Folds look-alikes inside mixed words, in place. Returns whether anything changed. */
function foldLookalikes(units: number[]): boolean {
  let changed = false;
  for (let i = 0; i < units.length; ) {
    let end = i;
    let mixed = false;
    while (end < units.length && (isLatinOrDigit(units[end]!) || (units[end]! >= 0x370 && units[end]! <= 0x52f))) {
      if (isLatinOrDigit(units[end]!)) mixed = true;
      end += 1;
    }
    if (mixed) {
      for (let k = i; k < end; k += 1) {
        const latin = LATIN_LOOKALIKES.get(String.fromCharCode(units[k]!));
        if (latin === undefined) continue;
        units[k] = latin.charCodeAt(0);
        changed = true;
      }
    }
    i = Math.max(end, i + 1);
  }
  return changed;
}

function unitsToString(units: readonly number[]): string {
  let text = "";
  for (let i = 0; i < units.length; i += 2_000) text += String.fromCharCode(...units.slice(i, i + 2_000));
  return text;
}
