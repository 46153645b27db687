/** English lengths of time: two hours, a week and a half, 1 day 5 hours. */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../time.ts";
import { enNumber, NUMBERS, oneOf } from "./lexicon-en.ts";
import { matchAt, spaced } from "./rule.ts";
import type { Length } from "./spec.ts";

const COUNT_WORDS = oneOf([...NUMBERS].filter(([, value]) => value > 0).map(([word]) => word));

/** A count of units. Source with one group. */
export const COUNT = `(\\d{1,3}(?:\\.5)?|half an?|a couple of|a couple|couple of|couple|an?|another|${COUNT_WORDS})`;
/** A unit of time. Source with one group. */
export const UNIT =
  "(minutes?|mins?|hours?|hrs?|hr|h|(?:business|working|work)[ -]?days?|days?|weeks?|wks?|wk|fortnights?|" +
  "months?|mths?|years?|yrs?)(?![a-z])";

/** A length, or a number of working days, which only the calendar can place. */
export type CountedLength = Length | { readonly workdays: number };

/** Reads a count of a unit; `null` when it is no positive number or no whole number of working days. */
export function lengthOf(count: number, unit: string): CountedLength | null {
  if (!Number.isFinite(count) || count <= 0) return null;
  if (/^h/.test(unit)) return { ms: count * HOUR_MS };
  if (/^mi/.test(unit)) return { ms: count * MINUTE_MS };
  if (/^s/.test(unit)) return { ms: count * SECOND_MS };
  if (/^(?:b|wor)/.test(unit)) return Number.isInteger(count) ? { workdays: count } : null;
  if (/^d/.test(unit)) return count % 1 === 0 ? { days: count, months: 0 } : { ms: count * DAY_MS };
  if (/^w/.test(unit)) return { days: Math.round(count * 7), months: 0 };
  if (/^f/.test(unit)) return { days: Math.round(count * 14), months: 0 };
  if (/^m/.test(unit)) return count % 1 === 0 ? { days: 0, months: count } : { days: 15, months: Math.floor(count) };
  return { days: 0, months: Math.round(count * 12) };
}

const LINK = spaced("(?:,? and |, ?| )(?=[a-z0-9])");
const PART = spaced(`${COUNT}(?: (and a half))?[ -]?(seconds?|secs?|${UNIT.slice(1)}( and a half)?`);
/** The last unit of `within the next day and five hours` stands without a number. */
const LONE_PART = /(hour|day|week|month|year)(?![a-z])/y;
/** Parts of one length; nobody says more. */
const MAX_PARTS = 4;

/**
 * A length of one or more parts at an index.
 *
 * @param lone a unit without a number counts as one
 */
export function readLength(text: string, at: number, lone = false): { length: Length; end: number; parts: number } | null {
  let end = at;
  let parts = 0;
  let ms = 0;
  let days = 0;
  let months = 0;
  while (parts < MAX_PARTS) {
    const link = parts === 0 ? at : end + (matchAt(LINK, text, end)?.[0].length ?? 0);
    if (parts > 0 && link === end) break;
    const part = matchAt(PART, text, link);
    const single = part === null && lone && parts === 0 ? matchAt(LONE_PART, text, link) : null;
    const unit = part?.[3] ?? single?.[1];
    if (unit === undefined) break;
    const half = part?.[2] === undefined && part?.[4] === undefined ? 0 : 0.5;
    const length = lengthOf((part ? enNumber(part[1] ?? "") : 1) + half, unit);
    if (length === null || "workdays" in length) break;
    if ("ms" in length) ms += length.ms;
    else {
      days += length.days;
      months += length.months;
    }
    end = link + (part ?? (single as RegExpExecArray))[0].length;
    parts += 1;
  }
  if (parts === 0) return null;
  // A month has no length in hours; thirty days come near enough where hours are counted on top.
  return { length: ms === 0 ? { days, months } : { ms: ms + (days + 30 * months) * DAY_MS }, end, parts };
}
