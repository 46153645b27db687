/** English pieces that name a stretch by its place: end of the day, quarters, weeks of a year, what is left of a week. */

import { isLong } from "./combine.ts";
import { ORDINAL_WORDS, SOFT_END, TODAY } from "./en-grammar.ts";
import { enNumber } from "./lexicon-en.ts";
import { matchAt, type Rule, spaced, textBefore } from "./rule.ts";
import { type DaySpec, type Draft, piece } from "./spec.ts";

const COUNT_OF_QUARTERS = "(two|three|four|five|six|seven|eight|\\d)";
const OF_YEAR = "(?:(?:,? (?:of )?(?:the )?|[- ])?(20\\d\\d|next year|this year|last year|year))";
const OF_THE_YEAR = spaced(`,? (?:of |in )?(?:the )?(20\\d\\d|next year|this year|last year|year)(?![a-z\\d])`);

/** The year named after a period. */
function yearOf(name: string | undefined): { year: number | null; yearOffset: number | null } {
  if (name === undefined || name === "year") return { year: null, yearOffset: null };
  if (/^\d/.test(name)) return { year: Number(name), yearOffset: null };
  return { year: null, yearOffset: name.startsWith("next") ? 1 : name.startsWith("last") ? -1 : 0 };
}

function yearSpec(name: string | undefined): DaySpec {
  const { year, yearOffset } = yearOf(name);
  return { is: "year", year, offset: yearOffset ?? (year === null ? 0 : null), slice: "whole" };
}

function quarterPiece(at: number, end: number, quarter: number, name: string | undefined): Draft {
  return piece(at, end, { day: { is: "quarter", ...yearOf(name), quarter, offset: 0, count: 1 }, past: name?.startsWith("last") ?? false });
}

const IDIOM_AFTER = /^ *,? *(?:it|i|you|we|they|he|she|this|that|the|all|what|nobody|no)\b|^ *,/;

/** Rules in the order in which they are tried. */
export const EN_PERIOD_RULES: readonly Rule[] = [
  {
    // end of the day, end of tomorrow, close of business Friday, eod
    first: "tec",
    pattern: spaced(
      "(?:the )?(?:(eod|cob|eob)(?![a-z])|(?:close|end) of (business|play)(?![a-z])|end of (?:(?:the |" +
        "this |my |our )?(?:business |working |work )?(day)(?![a-z])|(?:the )?(?=[a-z])))",
    ),
    read(match, { text, at, lean }) {
      const [whole, short, closing, day] = match;
      const end = at + whole.length;
      if (short !== undefined || closing !== undefined || day !== undefined) {
        const rest = text.slice(end, end + 16);
        // “At the end of the day, you broke it” sums up.
        if (day !== undefined && /\bat +(?:the +)?$/.test(textBefore(text, at, 8)) && IDIOM_AFTER.test(rest)) return null;
        // Before close of business: by the end of it.
        const bound = /\bbefore +(?:the +)?$/.test(textBefore(text, at, 12)) ? "by" : null;
        return piece(at, end, { part: "late-afternoon", bound });
      }
      const base = lean(end);
      if (base?.day == null || isLong(base.day) || base.to !== null || base.part !== null) return null;
      return piece(at, base.end, { day: base.day, part: "late-afternoon", past: base.past });
    },
  },
  {
    // the rest of the day
    first: "tr",
    pattern: spaced("(?:the )?(?:rest|remainder|remaining)(?: of)?(?: (?:the|this|my|our|current|today's))? (?:day|today)(?![a-z])"),
    read(match, { at }) {
      const end = at + match[0].length;
      return piece(at, end, { shift: { ms: 0, within: false }, to: piece(at, end, { day: TODAY }) });
    },
  },
  {
    // during business hours
    first: "iwd",
    pattern: spaced(
      "(?:in|during|within) (?:the |your |our |my )?(?:normal |usual |regular )?(?:business|office|working|" +
        "opening|work|shop) hours(?![a-z])",
    ),
    read: (match, { at }) => piece(at, at + match[0].length, { part: "daytime" }),
  },
  {
    // at lunch, before lunch, after my lunch break
    first: "ab",
    pattern: spaced(
      "(at|around|about|before|after|by) (?:the |my |our )?lunch(?:[ -]?time|[ -]break|[ -]hour)?(?![a-z])(?! (?:peak|rush|service|menu))",
    ),
    read(match, { text, at }) {
      const [whole, word] = match;
      const bound = word === "before" || word === "by" ? "before" : word === "after" ? "after" : null;
      const found = piece(at, at + whole.length, { part: "noon", bound });
      return /\b(?:he|she|they|he's|she's|you|always|usually|everyone|staff|technician|guys?)(?: (?:is|was|are|were|all))* +$/.test(
        textBefore(text, at, 24),
      )
        ? null
        : found;
    },
  },
  {
    // this quarter, the next quarter, the coming two quarters
    first: "tncuflp",
    pattern: spaced(
      `(?:the )?(this|current|next|coming|upcoming|following|last|previous)(?: ${COUNT_OF_QUARTERS} quarters|` +
        "(?: (?:business|calendar))? quarter)(?![a-z])(?! (?:past|to|of an?|panel|mile|inch|turn))",
    ),
    read(match, { at }) {
      const [whole, shift = "", number] = match;
      const count = number === undefined ? 1 : enNumber(number);
      const back = /last|previous/.test(shift);
      const offset = /this|current/.test(shift) ? 0 : back ? -count : 1;
      return piece(at, at + whole.length, {
        day: { is: "quarter", year: null, yearOffset: null, quarter: null, offset, count },
        past: back,
      });
    },
  },
  {
    // the first quarter of the year, third quarter 2027
    first: "tfs1234",
    pattern: spaced("(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th|last) (?:business |calendar )?(quarter|half)(?![a-z])"),
    read(match, { text, at }) {
      const [whole, nth = "", unit] = match;
      const year = matchAt(OF_THE_YEAR, text, at + whole.length);
      if (year === null) return null;
      const end = at + whole.length + year[0].length;
      const number = nth === "last" ? (unit === "half" ? 2 : 4) : enNumber(nth);
      if (unit === "quarter") return quarterPiece(at, end, number, year[1]);
      const spec = yearSpec(year[1]);
      return number <= 2 && spec.is === "year"
        ? piece(at, end, { day: { ...spec, slice: number === 1 ? "first-half" : "second-half" } })
        : null;
    },
  },
  {
    // during Q3, Q3 2027, by Q2, H2 next year; a bare Q3 is a car
    first: "qh",
    pattern: spaced(`([qh])([1-4])(?![a-z\\d])(?:${OF_YEAR}(?![a-z\\d]))?`),
    read(match, { text, at }) {
      const [whole, unit, number, year] = match;
      const end = at + whole.length;
      if (
        year === undefined &&
        !/\b(?:during|early(?: in)?|late(?: in)?|end of|start of|beginning of|until|till|this year'?s?|next year'?s?) +$/.test(
          textBefore(text, at, 20),
        )
      )
        return null;
      if (unit === "q") return quarterPiece(at, end, Number(number), year);
      const spec = yearSpec(year);
      return Number(number) <= 2 && spec.is === "year"
        ? piece(at, end, { day: { ...spec, slice: number === "1" ? "first-half" : "second-half" } })
        : null;
    },
  },
  {
    // 2027 Q3, 2027-H2
    first: "2",
    pattern: spaced("(20\\d\\d)[ -]?([qh])([1-4])(?![a-z\\d])"),
    read(match, { at }) {
      const [whole, year, unit, number] = match;
      const end = at + whole.length;
      if (unit === "q") return quarterPiece(at, end, Number(number), year);
      if (Number(number) > 2) return null;
      return piece(at, end, {
        day: { is: "year", year: Number(year), offset: null, slice: number === "1" ? "first-half" : "second-half" },
      });
    },
  },
  {
    // the third week next year, last week of 2027, the 9th month of next year
    first: "0123456789fstlen",
    pattern: spaced(
      `(?:the )?(last|${ORDINAL_WORDS})(?![a-z]) (week|month),?(?: of| in)?(?: the)? (20\\d\\d|next year|this year|year)(?![a-z\\d])`,
    ),
    read(match, { at }) {
      const [whole, nth = "", unit, name] = match;
      const end = at + whole.length;
      const number = nth === "last" ? -1 : enNumber(nth);
      if (unit === "week") return piece(at, end, { day: { is: "nth-week", nth: number, month: yearSpec(name) } });
      const month = number === -1 ? 12 : number;
      const { year, yearOffset } = yearOf(name);
      if (!(month >= 1 && month <= 12)) return null;
      return piece(at, end, {
        day: { is: "month", year, yearOffset: yearOffset ?? (year === null ? 0 : undefined), month, offset: null, slice: "whole" },
      });
    },
  },
  {
    // in week 31, from week 31 to week 35
    first: "w",
    pattern: spaced("(?:week|wk)(?: no\\.?| number)? ?(\\d{1,2})(?![\\d:./%]|st|nd|rd|th)(?: of (20\\d\\d|next year|this year))?"),
    read(match, { text, at }) {
      const [whole, number, year] = match;
      const end = at + whole.length;
      if (!/\b(?:in|from|between|during|to|and|until|till|by|before|after|through|for|the) +$|^ *$/.test(textBefore(text, at, 12)))
        return null;
      if (!SOFT_END.test(text.slice(end, end + 14))) return null;
      const nth = Number(number);
      return nth >= 1 && nth <= 53 ? piece(at, end, { day: { is: "nth-week", nth, month: yearSpec(year) } }) : null;
    },
  },
  {
    // the weekend of Halloween, the weekend after next is another rule
    first: "tw",
    pattern: spaced("(?:the )?(?:weekend|week-end) of (?:the )?(?=[a-z0-9])"),
    read(match, { text, at, lean }) {
      const base = lean(at + match[0].length);
      const spanned = base !== null && /^ ?(?:-|to|till|until|through|and) ?/.test(text.slice(base.end, base.end + 8));
      return base?.day == null || isLong(base.day) || spanned ? null : piece(at, base.end, { day: { is: "weekend-of", base: base.day } });
    },
  },
];
