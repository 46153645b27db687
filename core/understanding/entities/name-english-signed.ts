/** Names in Latin letters that only their place announces: a signature, or alone before a phone. */
import type { Normalised } from "../text/normalise.ts";
import { FIRST_NAMES } from "./given-names.ts";
import { groupStart, isCapitalAt, NAME, takeWords } from "./name-english-taken.ts";
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
const DASHED = new RegExp(`(?:\\s|[.!?])[-~]{1,2}\\s?${NAME}${SIGN_OFF}`, "gu");
/** A line of its own at the end. */
const LAST_LINE = new RegExp(`\\n\\s?${NAME}\\s*[.!]?$`, "gu");
const BEFORE_PHONE = new RegExp(
  `(?:^|[\\n,.;!?:] ?|[\\u3400-\\u9fff])${NAME}(?=[\\s,:;(-]{1,3}(?:(?:tel|phone|mobile|mob|ph|cell|电话)[.:]? ?)?\\+?\\d[\\d ()-]{5,}\\d)`,
  "gu",
);
const AFTER_PHONE = new RegExp(`\\d[\\d ()-]{5,}\\d[\\s,:;(-]{1,3}${NAME}(?=\\)?[.!]?$)`, "gu");

export function readSignedNames(normalised: Normalised, take: TakeName): void {
  const { text } = normalised;
  for (const pattern of [SIGNED, REGARDS, HAN_SIGNED, KISSED, DASHED, LAST_LINE]) {
    for (const match of text.matchAll(pattern)) takeWhole(normalised, match, take);
  }
  if (!/\d[\d ()-]{5,}\d/.test(text)) return;
  for (const pattern of [BEFORE_PHONE, AFTER_PHONE]) for (const match of text.matchAll(pattern)) takeWhole(normalised, match, take);
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
