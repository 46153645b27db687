/** English words of time, British and American, with the misspellings people really type. */
import type { PartName } from "./spec.ts";

const table = <T>(rows: readonly (readonly [string, T])[]): ReadonlyMap<string, T> =>
  new Map(rows.flatMap(([words, value]) => words.split("|").map((word): [string, T] => [word, value])));

/** Alternatives of a regular expression, longest first so that `tuesday` wins over `tue`. */
export const oneOf = (words: Iterable<string>): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.+*]/g, "\\$&").replaceAll(" ", "[ -]{1,3}"))
    .join("|");

export const WEEKDAYS = table([
  ["monday|mon|mondy|munday|monady", 1],
  ["tuesday|tues|tue|tuesady|teusday|tusday|tuesdy|tueday", 2],
  [
    "wednesday|weds|wed|wednes|wednesdy|wedsnday|wensday|wednsday|wednesay|wendesday|wednesady|wendsday|wedensday|wednessday|wensdey|wedsday|wendnesday",
    3,
  ],
  ["thursday|thurs|thur|thu|thurday|thrus|thursay|thrusday|thursdy|thirsday|thursady", 4],
  ["friday|fri|firday|fryday|friady", 5],
  ["saturday|sat|satur|saturdy|saterday|satuday|satruday", 6],
  ["sunday|sun|sundy|suday", 7],
] as const);

/** Short names that are words of their own: they need a neighbour that speaks of time. */
export const WEAK_WEEKDAYS: ReadonlySet<string> = new Set(["sat", "sun", "mon", "wed"]);

export const MONTHS = table([
  ["january|jan|januray", 1],
  ["february|feb|febuary|feburary", 2],
  ["march|mar", 3],
  ["april|apr", 4],
  ["may", 5],
  ["june|jun", 6],
  ["july|jul", 7],
  ["august|aug", 8],
  ["september|sept|sep|septmber", 9],
  ["october|oct|ocotber", 10],
  ["november|nov|novemeber|novmber", 11],
  ["december|dec|decemeber|decmber", 12],
] as const);

/** Month names that are words of their own. */
export const WEAK_MONTHS: ReadonlySet<string> = new Set(["may", "march", "mar", "dec", "jun"]);

const ONES = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
];
const TENS: readonly (readonly [string, number])[] = [
  ["twenty", 20],
  ["thirty", 30],
  ["forty", 40],
  ["fifty", 50],
];
const ORDINAL_ONES = [
  "",
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
  "tenth",
  "eleventh",
  "twelfth",
  "thirteenth",
  "fourteenth",
  "fifteenth",
  "sixteenth",
  "seventeenth",
  "eighteenth",
  "nineteenth",
];

/** Spelled numbers 1–59. */
export const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...ONES.map((word, index): [string, number] => [word, index]).slice(1),
  ...TENS.flatMap(([word, value]): [string, number][] => [
    [word, value],
    ...ONES.slice(1, 10).map((one, index): [string, number] => [`${word} ${one}`, value + index + 1]),
  ]),
]);

/** Spelled ordinals 1–31. */
export const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...ORDINAL_ONES.map((word, index): [string, number] => [word, index]).slice(1),
  ["twentieth", 20],
  ["thirtieth", 30],
  ...ORDINAL_ONES.slice(1, 10).map((word, index): [string, number] => [`twenty ${word}`, 21 + index]),
  ["thirty first", 31],
]);

/** Reads a number in digits or words (`a` and `an` are 1, a couple 2); `NaN` when it is none. */
export function enNumber(text: string): number {
  const word = text.replace(/[ -]+/g, " ").trim();
  if (/^\d+(?:\.\d+)?$/.test(word)) return Number(word);
  if (word === "a" || word === "an" || word === "another") return 1;
  if (word.startsWith("half a")) return 0.5;
  if (/couple/.test(word)) return 2;
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word);
  if (ordinal) return Number(ordinal[1]);
  return NUMBERS.get(word) ?? ORDINALS.get(word) ?? Number.NaN;
}

/** Days counted from today. */
export const DAY_OFFSETS = table([
  ["the day before yesterday|day before yesterday", -2],
  ["yesterday|yday|yesterdy|ystrday|yesteday", -1],
  ["today|tdy|tday|2day|todya|toady", 0],
  [
    "tomorrow|tomorow|tommorow|tommorrow|tomorro|tommorw|tomorrw|tomrrow|tomoz|tomoro|tmrw|tmrrw|tmr|" +
      "tmw|tmro|2moz|2mo|tmorrow|2moro|2morow|2morrow|2mrw|2mrow|tomm|tomorrrow|tommorro|tomarrow|tmoro|tmoz|" +
      "tomoorow",
    1,
  ],
] as const);

export const PARTS = table<PartName>([
  ["morning|mornin|mornng|morn", "morning"],
  ["noontime|lunchtime|lunch time|midday", "noon"],
  ["midmorning|mid morning", "mid-morning"],
  ["midafternoon|mid afternoon", "mid-afternoon"],
  ["daytime|day time", "daytime"],
  ["afternoon|arvo|afternon|aftrnoon|afternoom", "afternoon"],
  ["evening|evenin|eve|evning", "evening"],
  ["night|nite|nght", "evening"],
]);

/** Words that may follow a bare hour or ordinal; anything else makes it a count or a name (`at 12 High Street`, `the 2nd visit`). */
export const FOLLOWERS =
  "(?:on|in|at|and|or|to|till|til|until|through|thru|tomorrow|tmrw|tmr|today|tonight|this|next|if|please|pls|plz|pleas|then|for|is|was|works?|would|will|could|can|" +
  "but|thanks|thank|thx|ta|when|sharp|instead|latest|o'?clock|because|cos|so|as|i|i'?m|i'?ll|we|we'?re|you|my|the|with|by|before|after|around|between|mate|cheers|" +
  "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|weds?|thurs?|fri|sat|sun|morning|afternoon|evening|night|not|no|ok|okay|suits?|maybe|again|now|" +
  "any|same|rather|possibly|perhaps|too|should|that|which|it|does|do|don'?t|onwards?|or so|ish|am|pm|a\\.?m|p\\.?m|from|everyone|also|pacific|est|gmt|bst)";
