/** English pieces that name a span between two clock readings. */
import { clockPiece, endOf, HALF_FULL, HOUR, halfOf, MINUTES_TO, SOFT_AFTER } from "./en-clock-grammar.ts";
import { enNumber } from "./lexicon-en.ts";
import { type Rule, spaced, textBefore } from "./rule.ts";

const MOVING_FROM = /\b(?:mov|chang|switch|shift|reschedul)\w*\b[^.!?]{0,40}\bfrom +$/;

/** Rules in the order in which they are tried. */
export const EN_CLOCK_SPAN_RULES: readonly Rule[] = [
  {
    // 2-4pm, 9.30 to 11am, 2 to 4, 10:00-12:00, 9 till 5
    first: "0123456789",
    pattern: spaced(
      `(\\d{1,2})(?:[:.]([0-5]\\d))?(?: ?${HALF_FULL})?(?: ?[-~] ?| (?:to|till|til|until|through|thru)` +
        ` |(to|till|til))(\\d{1,2})(?:[:.]([0-5]\\d))?(?! ?[:/]| ?-\\d)(?: ?${HALF_FULL})?(?!\\d)( ?o'?clock)?`,
    ),
    read(match, { text, at, before }) {
      const [whole, hour = "", minute, half, , hourTo = "", minuteTo, halfTo, clocked] = match;
      const end = endOf(at, whole);
      const marked =
        half !== undefined ||
        halfTo !== undefined ||
        clocked !== undefined ||
        (/:/.test(whole) && minute !== undefined && minuteTo !== undefined);
      if (!marked) {
        const lead = /\b(?:between|from|at|around|about|anytime|any time|available|free) +$/.test(textBefore(text, at, 12));
        const day = before !== null && (before.day !== null || before.part !== null);
        const rest = text.slice(end, end + 20);
        const follows = /^ (?:on |this |next )?(?:tomorrow|tmrw|tmr|today|tonight|mon|tue|wed|thu|fri|sat|sun|next|in the|this)/.test(rest);
        const suits = /^ (?:is|works|suits|would be|will be) (?:perfect|fine|good|ok|okay|great|best|better|ideal|me|for me|us)\b/.test(
          rest,
        );
        const timed = lead && (minute !== undefined || minuteTo !== undefined);
        if (!(lead || day || follows || suits) || !(timed || SOFT_AFTER.test(rest)) || /^ (?:of |in )?(?:this|next|last) month/.test(rest))
          return null;
        if (Number(hour) > 24 || Number(hourTo) > 24) return null;
      }
      // At five to three is a minute of an hour; from 1 to 10 is a scale.
      if (!marked && /^(?:5|10)$/.test(hour) && Number(hourTo) <= 12 && MINUTES_TO.test(textBefore(text, at, 8))) return null;
      if (!marked && before === null && hour === "1" && /^(?:5|10)$/.test(hourTo)) return null;
      // Move it from 9 to 11 is a change, no span.
      if (MOVING_FROM.test(textBefore(text, at, 60))) return null;
      if (/^ ?(?:minutes|mins|hours|hrs|days|weeks|months|years|people|%|km|miles|inch)/.test(text.slice(end, end + 8))) return null;
      const from = clockPiece(at, end, Number(hour), Number(minute ?? 0), halfOf(half));
      const to = clockPiece(at, end, Number(hourTo), Number(minuteTo ?? 0), halfOf(halfTo));
      return from === null || to === null ? null : { ...from, to };
    },
  },
  {
    // five to seven today, between two and four is two pieces, from ten till 2
    first: "0123456789otfsenw",
    pattern: spaced(`${HOUR} (?:to|till|til|until|through|thru) ${HOUR}(?![a-z:.]?\\d)(?: ?o'?clock)?(?: ?${HALF_FULL})?(?![a-z])`),
    read(match, { text, at, before }) {
      const [whole, hour = "", hourTo = "", half] = match;
      if (/^\d/.test(hour) && /^\d/.test(hourTo)) return null;
      if (/^(?:five|ten)$/.test(hour) && MINUTES_TO.test(textBefore(text, at, 8))) return null;
      const end = endOf(at, whole);
      const rest = text.slice(end, end + 24);
      const lead = /\b(?:between|from|anytime|any time|available|free|out|away|home|open) +$/.test(textBefore(text, at, 12));
      const day = before !== null && (before.day !== null || before.part !== null);
      const follows = /^ (?:on |this |next )?(?:tomorrow|tmrw|tmr|today|tonight|mon|tue|wed|thu|fri|sat|sun|in the|this)/.test(rest);
      if (!(lead || day || follows || half !== undefined) || !SOFT_AFTER.test(rest)) return null;
      const from = clockPiece(at, end, enNumber(hour), 0, null);
      const to = clockPiece(at, end, enNumber(hourTo), 0, halfOf(half));
      return from === null || to === null ? null : { ...from, to };
    },
  },
  {
    // between nine and eleven, between 2 and four pm
    first: "b",
    pattern: spaced(`between (?:about )?${HOUR} and (?:about )?${HOUR}(?![a-z:.]?\\d)(?: ?o'?clock)?(?: ?${HALF_FULL})?(?![a-z])`),
    read(match, { text, at }) {
      const [whole, hour = "", hourTo = "", half] = match;
      const end = endOf(at, whole);
      // Two numbers in digits are two readings of their own.
      if ((/^\d/.test(hour) && /^\d/.test(hourTo)) || !SOFT_AFTER.test(text.slice(end, end + 14))) return null;
      const from = clockPiece(at, end, enNumber(hour), 0, null);
      const to = clockPiece(at, end, enNumber(hourTo), 0, halfOf(half));
      return from === null || to === null ? null : { ...from, to };
    },
  },
  {
    // between 0730-0930, 0800 to 1000 hrs
    first: "012",
    pattern: spaced(
      "([01]\\d|2[0-3])([0-5]\\d)(?: ?- ?| (?:to|till|until|and) )([01]\\d|2[0-3])([0-5]\\d)(?![\\d/-])(?: ?(hrs|hours|h)(?![a-z]))?",
    ),
    read(match, { text, at, before }) {
      const [whole, hour, minute, hourTo, minuteTo, unit] = match;
      if (unit === undefined && before?.day == null && !/\b(?:between|from|at|around) +$/.test(textBefore(text, at, 10))) return null;
      // From 1000 to 2000 is money as often: a nought in front, a unit or a day makes it a time.
      if (unit === undefined && !whole.startsWith("0") && (before?.day ?? null) === null) return null;
      const end = at + whole.length;
      const from = clockPiece(at, end, Number(hour), Number(minute), "day24");
      const to = clockPiece(at, end, Number(hourTo), Number(minuteTo), "day24");
      return from === null || to === null ? null : { ...from, to };
    },
  },
];
