/** Patterns and small readers that the English rules share. */
import { FOLLOWERS, MONTHS, NUMBERS, ORDINALS, oneOf, WEEKDAYS } from "./lexicon-en.ts";
import { matchAt, spaced } from "./rule.ts";
import { type DaySpec, type Draft, piece } from "./spec.ts";

export const WEEKDAY = `(${oneOf(WEEKDAYS.keys())})\\.?(?![a-z])`;
export const MONTH = `(${oneOf(MONTHS.keys())})(?![a-z])\\.?`;
export const ORDINAL_WORDS = `\\d{1,2}(?:st|nd|rd|th)|${oneOf(ORDINALS.keys())}`;
export const ORDINAL = `(${ORDINAL_WORDS})(?![a-z])`;
export const DATE =
  `(\\d{1,2}(?:st|nd|rd|th)?(?![\\d:%]|[ap]m)|${oneOf(ORDINALS.keys())}|${oneOf([...NUMBERS].filter(([, n]) => n <= 31).map(([w]) => w))})` +
  "(?![a-z])";
export const YEAR = "(?:(?: of| in|,|-)? ?(20\\d\\d)(?![\\d:]))?";

export const TODAY: DaySpec = { is: "offset", days: 0 };

/** After a number that stands alone: the end, punctuation, or a word that does not make it a count. */
export const SOFT_END = new RegExp(
  `^(?:\\s*$|\\s*[,.;!?)](?!\\d)|\\s*[-~]|\\s*\\d{1,2}(?:[:.]\\d\\d)?\\s?(?:am|pm)|\\s+${FOLLOWERS}(?![a-z]))`,
);

const SHIFTED_MONTH = spaced("(this|next|the following|following|the|last|coming) month(?![a-z])");
const NAMED_MONTH = spaced(`${MONTH}(?: (20\\d\\d))?`);

/** A month at an index: this, next or a named one; with `bare`, also “the month”. */
export function readMonth(text: string, at: number, bare = false): Draft | null {
  const shifted = matchAt(SHIFTED_MONTH, text, at);
  if (shifted) {
    const shift = shifted[1] ?? "";
    const offset = /next|following|coming/.test(shift) ? 1 : shift === "last" ? -1 : 0;
    return piece(at, at + shifted[0].length, { day: { is: "month", year: null, month: null, offset, slice: "whole" } });
  }
  const alone = bare ? matchAt(/month(?![a-z])/y, text, at) : null;
  if (alone) return piece(at, at + alone[0].length, { day: { is: "month", year: null, month: null, offset: 0, slice: "whole" } });
  const named = matchAt(NAMED_MONTH, text, at);
  if (!named) return null;
  const year = named[2] === undefined ? null : Number(named[2]);
  return piece(at, at + named[0].length, {
    day: { is: "month", year, month: MONTHS.get(named[1] ?? "") ?? null, offset: null, slice: "whole" },
  });
}

/** A date piece, or `null` when there is no such day or month. */
export function datePiece(
  at: number,
  end: number,
  year: string | undefined,
  month: number | null,
  date: number,
  monthOffset?: number,
): Draft | null {
  if (!(date >= 1 && date <= 31) || (month !== null && !(month >= 1 && month <= 12))) return null;
  return piece(at, end, { day: { is: "date", year: year === undefined ? null : Number(year), month, monthOffset, date } });
}
