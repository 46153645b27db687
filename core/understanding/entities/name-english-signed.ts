/** Names in Latin letters that only their place announces: a signature, or alone before a phone. */
import type { Normalised } from "../text/normalise.ts";
import { FIRST_NAMES } from "./given-names.ts";
import { groupStart, isCapitalAt, NAME, takeWords } from "./name-english-taken.ts";
import { STAFF } from "./name-english-words.ts";
import type { TakeName } from "./name-shapes.ts";

const CLOSING =
  "(?:many thanks|thanks(?: a lot| so much| again| in advance| very much)?|thank you(?: so much| very much)?|thx|tks|cheers|ta|best(?: wishes| regards)?|kind(?:est)? regards|warm(?:est)? regards|regards|rgds|(?:yours )?sincerely|yours(?: truly| faithfully| sincerely)?|faithfully|love|signed|sent by|br|xx?x?)";
/** Up to the end of the message, or to a phone or a line below. */
const SIGN_OFF = "(?=\\s*[.!]?\\s*$|[\\s,.]*(?:\\n|tel|ph|mob|phone|\\+?\\d{3}))";
const SIGNED = new RegExp(`(?:^|[\\n.!?,;] ?|\\s)${CLOSING}\\s?(?:[,!.]+\\s?|[-~]\\s?|\\n\\s?)${NAME}${SIGN_OFF}`, "gu");
/** 谢谢 Amy Wu */
const HAN_SIGNED = new RegExp(`(?:谢谢|多谢|谢了|感谢|唔该晒?|麻烦了|辛苦了|拜托了?)[\\s,!。~]*${NAME}${SIGN_OFF}`, "gu");
/** Lucy x */
const KISSED = new RegExp(`(?:^|[\\n.!?,] ?)${NAME}(?= x{1,3}$)`, "gu");
const REGARDS = new RegExp(`\\b(?:regards|sincerely|rgds|signed|xx+|br) ${NAME}${SIGN_OFF}`, "gu");
/** — Dave */
const DASHED = new RegExp(`(?:^|\\s|[.!?])[-~]{1,2}\\s?${NAME}(?:${SIGN_OFF}|(?=, (?:flat|unit|apt|room|block|no\\.?|number|\\d)))`, "gu");
/** A line of its own at the end. */
const LAST_LINE = new RegExp(`\\n\\s?${NAME}\\s*[.!]?$`, "gu");
/** Fridge is dead. Olga */
const LAST_SENTENCE = new RegExp(`[.!?] ${NAME}\\s?[.!]?$`, "gu");
/** Olga, flat 9: fridge dead; Olga Petrova <mail> */
const AT_HOME = new RegExp(`^${NAME}(?=, (?:flat|unit|apt|room|block|no\\.?|number|\\d)| ?<[^>]{2,40}@)`, "gu");
const BEFORE_PHONE = new RegExp(
  `(?:^|[\\n,.;!?:] ?|[\\u3400-\\u9fff])${NAME}(?=[\\s,:;(-]{1,3}(?:(?:tel|phone|mobile|mob|ph|cell|电话)[.:]? ?)?\\+?\\d[\\d ()-]{5,}\\d)`,
  "gu",
);
const AFTER_PHONE = new RegExp(`\\d[\\d ()-]{5,}\\d[\\s,:;(-]{1,3}${NAME}(?=\\)?[.!]?$)`, "gu");

/** Dryer runs cold, Samantha Reyes, 45 Orchard Ave: two words with capitals before a house number. */
const BEFORE_STREET = new RegExp(
  `(?:^|[\\n,.;!?] ?)${NAME}(?=, ?(?:(?:flat|unit|apt) [a-z\\d]{1,4},? )?\\d{1,5}[a-z]? [a-z][a-z'. ]{2,30} (?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|way|place|pl|boulevard|blvd|terrace|crescent|square)\\b)`,
  "gu",
);

/** Roderick Vance, 2021 Tahoe. */
const AT_HEAD = new RegExp(`^${NAME}(?=, (?:(?:19|20)\\d{2} [a-z]|my |our |order |job |plate |reg |rego ))`, "gu");
/** …, Lalitha, flat 302. */
const BEFORE_FLAT = new RegExp(`[.,!] ${NAME}(?=, (?:flat|apt|unit|villa|house no\\.?|block|blk) [a-z]?\\d)`, "gu");
/** …, Aled Rhys, job 9021: a pause on both sides; and …, Omar at the end. */
const PLAIN = "\\p{Script=Latin}[\\p{Script=Latin}'-]{1,19}";
const BETWEEN_PAUSES = new RegExp(`(?:^|[.,;!?\\n] ?)(${PLAIN}(?: ${PLAIN}){0,2})(?=[,.;!\\n]|$)`, "gu");

export function readSignedNames(normalised: Normalised, take: TakeName): void {
  const { text } = normalised;
  for (const pattern of [SIGNED, REGARDS, HAN_SIGNED, KISSED, DASHED, LAST_LINE]) {
    for (const match of text.matchAll(pattern)) takeWhole(normalised, match, take);
  }
  for (const match of text.matchAll(AT_HOME)) {
    if (text[match[0].length] !== "," || FIRST_NAMES.has(match[1]!.split(" ")[0]!)) takeWhole(normalised, match, take);
  }
  for (const match of text.matchAll(AT_HEAD)) if (match[1]!.includes(" ")) takeWhole(normalised, match, take);
  for (const match of text.matchAll(BEFORE_FLAT)) takeWhole(normalised, match, take);
  for (const match of text.matchAll(BEFORE_STREET)) if (match[1]!.includes(" ")) takeWhole(normalised, match, take);
  for (const match of text.matchAll(BETWEEN_PAUSES)) {
    const name = match[1]!;
    const end = match.index + match[0].length;
    const first = name.split(" ")[0]!;
    const size = name.split(" ").length;
    const closes = /^[.!]?$/.test(text.slice(end));
    // A greeting before it speaks to them, a word of staff makes them ours, and what happens next is told of a third.
    const before = text.slice(Math.max(0, match.index - 40), match.index + 1);
    // Behind a full stop "your service" is of another sentence, "your technician" still tells who is meant.
    const told = /^[.!?]/.test(match[0]) ? before.replaceAll("your", "") : before;
    const beforeCode = /^[.!?]/.test(match[0]) && /^, ?(?:[a-z]{1,4} ?)?\d/.test(text.slice(end));
    if (
      !isCapitalAt(normalised, groupStart(match, 1)) ||
      !FIRST_NAMES.has(first) ||
      size > 3 ||
      (size === 1 && !(closes && match.index > 10) && !beforeCode)
    )
      continue;
    if (
      /\b(?:under|name|surname)\b[^,.]{0,20},$/.test(before) ||
      STAFF.test(told) ||
      /\b(?:hi|hello|hey|dear|thanks|thank you|thx|cheers|ok|okay|sorry|no|yes)[,. !]*$/.test(before)
    )
      continue;
    if (/^, (?:who|he|she|they|said|told|came|was|is|did|has)\b/.test(text.slice(end))) continue;
    takeWhole(normalised, match, take);
  }
  for (const match of text.matchAll(LAST_SENTENCE)) {
    // One word alone is a name only when everyone knows it for one.
    if (match[1]!.includes(" ") || FIRST_NAMES.has(match[1]!.replace(/\.$/, ""))) takeWhole(normalised, match, take);
  }
  if (!/\d[\d ()-]{5,}\d/.test(text)) return;
  for (const pattern of [BEFORE_PHONE, AFTER_PHONE]) {
    for (const match of text.matchAll(pattern)) {
      // "Remove 087 …" is an order: one unknown word needs a pause before the number.
      const end = match.index + match[0].length;
      const isOrder = pattern === BEFORE_PHONE && !match[1]!.includes(" ") && /^ ?\+?[\d(]/.test(text.slice(end));
      if (!isOrder || FIRST_NAMES.has(match[1]!)) takeWhole(normalised, match, take);
    }
  }
}

/** Takes the words when all of them make the name: each with a capital, or one first name that everyone knows. */
function takeWhole(normalised: Normalised, match: RegExpMatchArray, take: TakeName): void {
  const from = groupStart(match, 1);
  const raw = match[1]!;
  const lower = !isCapitalAt(normalised, from);
  if (lower && !(FIRST_NAMES.has(raw) && !raw.includes(" "))) return;
  if (lower) {
    take(from, from + raw.length, from, from + raw.length, null);
    return;
  }
  const whole: TakeName = (nameFrom, nameTo, valueFrom, valueTo, title) => {
    if (nameTo >= from + raw.replace(/[.'-]+$/, "").length) take(nameFrom, nameTo, valueFrom, valueTo, title);
  };
  takeWords(normalised, from, raw, "capital", whole);
}
