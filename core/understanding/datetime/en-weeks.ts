/** English pieces that name a weekday, a week, a weekend, or a slice of a week or month. */
import { MONTH, ORDINAL, ORDINAL_WORDS, readMonth, SOFT_END, TODAY, WEEKDAY } from "./en-grammar.ts";
import { enNumber, MONTHS, PARTS, WEAK_WEEKDAYS, WEEKDAYS } from "./lexicon-en.ts";
import { matchAt, type Rule, spaced, textBefore } from "./rule.ts";
import { type DaySpec, type Draft, piece, type Slice } from "./spec.ts";

const NEXT = "(this coming|the coming|coming|upcoming|this|next|nxt|nex|last|previous|following|the following|the)";

const WEEKDAY_TAIL = spaced(
  "(?:,? (?:of |on )?(next week|nxt week|next wk|nxt wk|this week|this wk|the following week|the week after next|" +
    "week after next|last week|the coming week))(?![a-z])",
);
const WEEK_BEFORE = spaced(`(next|nxt|this|last|following|the following|coming) (?:week|wk)(?:'s)?,? (?:on |, )?${WEEKDAY}`);
const FORTNIGHT = spaced("(?: (week|wk|fortnight)(?! (?:after|of|beg|com|start|end)))(?![a-z])");
const THE_DATE = spaced(`,? (the )?${ORDINAL}(?: (?:of )?${MONTH}(?:,? (20\\d\\d)(?![\\d:]))?)?`);
const DIGIT_DATE = spaced("(?:,? (?:the )?)(\\d{1,2})(?![\\d:/.-]|[ap]m|st|nd|rd|th| ?[ap]\\.?m| ?o'?clock| ?to | ?till | ?until )");
const SLICED_WEEK = spaced("(?:(this|next|nxt|the|coming|current|the current|the following|following) )?(?:week|wk)(?![a-z])");
const SLICED_YEAR = spaced("(?:(this|next|the) )?year(?![a-z])");

const SLICE_WORDS: readonly (readonly [RegExp, Slice])[] = [
  [/^(?:beginning|start|early)/, "early"],
  [/^(?:mid)/, "middle"],
  [/^end/, "end"],
  [/^later/, "later"],
  [/^late/, "late"],
];

function weekdayPiece(at: number, end: number, shift: string | undefined, weekday: number, tail: string | undefined): Draft {
  let week: number | null = null;
  const said = shift ?? "";
  // Said on a Thursday, “coming Thursday” is the one in a week.
  if (/coming/.test(said) && tail === undefined) return piece(at, end, { day: { is: "weekday-from", base: TODAY, weekday, count: 1 } });
  if (/^(?:next|nxt|nex)$|following/.test(said)) week = 1;
  else if (/last|previous/.test(said)) week = -1;
  if (tail !== undefined) week = /after next/.test(tail) ? 2 : /next|nxt|following|coming/.test(tail) ? 1 : /last/.test(tail) ? -1 : 0;
  return piece(at, end, { day: { is: "weekday", weekday, week }, past: week === -1 });
}

/** Rules in the order in which they are tried. */
export const EN_WEEK_RULES: readonly Rule[] = [
  {
    // cancel Friday, rebook for the Friday after
    first: "t",
    pattern: spaced(`the ${WEEKDAY} (?:after(?: that)?|following)(?= ?(?:$|[,.?!;]|please|pls|instead|if|would|works|is))`),
    read: (match, { at }) =>
      piece(at, at + match[0].length, {
        day: { is: "from", base: { is: "weekday", weekday: WEEKDAYS.get(match[1] ?? "") ?? 1, week: null }, days: 7, months: 0 },
      }),
  },
  {
    // next week Wednesday, this week on Friday
    first: "ntlfc",
    pattern: WEEK_BEFORE,
    read: (match, { at }) => weekdayPiece(at, at + match[0].length, undefined, WEEKDAYS.get(match[2] ?? "") ?? 1, `${match[1]} week`),
  },
  {
    // Tuesday, next thurs, this coming Friday, Friday week, Tuesday next week, Tuesday the 24th, Tuesday after next
    first: "mtwfscnlpu",
    pattern: spaced(`(?:${NEXT} )?${WEEKDAY}`),
    read(match, { text, at }) {
      const [whole, shift, word = ""] = match;
      let end = at + whole.length;
      if (whole.endsWith(".") && !/^ ?(?:\d|[a-z])/.test(text.slice(end, end + 2))) end -= 1;
      const weekday = WEEKDAYS.get(word) ?? 1;
      const before = textBefore(text, at, 12);
      if (WEAK_WEEKDAYS.has(word) && shift !== "this" && shift !== "next" && shift !== "last") {
        const rest = text.slice(end, end + 14);
        const timely =
          /^(?:,? ?(?:the )?\d|[ -]*(?:morning|afternoon|evening|night|morn|am|pm|eve|at|@|mid|early|late|week|next|or|and|to|till|through|thru|the)\b|[ ,]*[/&-])/.test(
            rest,
          );
        const led =
          /(?:\b(?:on|by|till|until|til|before|after|for|from|to|or|and|every|since|coming|not|is|about|maybe|say|move|change|of)|[,/&-]|(?:am|pm|\d|morning|afternoon|tomorrow))\s*$/.test(
            before,
          );
        const alone = /(?:^|[.!?;]) *$/.test(before) && /^\s*(?:[?!.,]|$|pls|please|works|ok|is|then|if)/.test(rest);
        const nounAfter =
          /^[ -]?(?:roof|nav|visor|shade|shades|glass|glasses|screen|shine|light|blind|burn|damage|there|down|in|navigation|on|idle|here|dish|tv|block|room|dial|lounger|cream)\b/.test(
            rest,
          );
        const booked = /^ (?:slot|appointment|appt|booking|visit|one)\b/.test(rest);
        if (booked) return { ...weekdayPiece(at, end, shift, weekday, undefined) };
        const shining = word === "sun" && /^(?:'s|'ll| is| was)? ?(?:on|out|up|too|so|very|shin|hot|beat|in|down|blaz|sett|com)/.test(rest);
        if (nounAfter || shining || shift === "the" || !(timely || led || alone)) return null;
      }
      const recurring = /(?:every|each)\s+(?:other\s+)?$/.test(before);
      // The last Saturday of the month is read below.
      if (
        shift === "last" &&
        /^ (?:of|in) (?:the |this |next |january|february|march|april|may|june|july|august|sept|oct|nov|dec)/.test(
          text.slice(end, end + 12),
        )
      )
        return null;
      const tail = matchAt(WEEKDAY_TAIL, text, end);
      if (tail) return { ...weekdayPiece(at, end + tail[0].length, undefined, weekday, tail[1]), recurring };
      const later = matchAt(/ +(after +next|next(?= *(?:[,.?!]|$| at| if| please| pls)))/y, text, end);
      if (later) return { ...weekdayPiece(at, end + later[0].length, undefined, weekday, later[1]), recurring };
      const fortnight = matchAt(FORTNIGHT, text, end);
      if (fortnight) {
        const base: DaySpec = { is: "weekday", weekday, week: null };
        return piece(at, end + fortnight[0].length, {
          day: { is: "from", base, days: fortnight[1] === "fortnight" ? 14 : 7, months: 0 },
          recurring,
        });
      }
      const dated = shift === "last" ? null : matchAt(THE_DATE, text, end);
      if (dated) {
        const [, article, ordinal = "", name, year] = dated;
        const date = enNumber(ordinal);
        const month = name === undefined ? null : (MONTHS.get(name) ?? null);
        // “Friday first thing” names no date.
        const rest = text.slice(end + dated[0].length, end + dated[0].length + 14);
        if (
          date >= 1 &&
          date <= 31 &&
          (/\d/.test(ordinal) || article !== undefined || SOFT_END.test(rest)) &&
          !/^ (?:thing|floor|visit|slot)/.test(rest)
        ) {
          return piece(at, end + dated[0].length, {
            day: { is: "date", year: year === undefined ? null : Number(year), month, date, weekday },
            recurring,
          });
        }
      }
      const digits = shift === undefined || shift === "the" ? matchAt(DIGIT_DATE, text, end) : null;
      const number = Number(digits?.[1]);
      if (digits && number > 12 && number <= 31 && SOFT_END.test(text.slice(end + digits[0].length))) {
        return piece(at, end + digits[0].length, { day: { is: "date", year: null, month: null, date: number, weekday }, recurring });
      }
      return { ...weekdayPiece(at, end, shift, weekday, undefined), recurring };
    },
  },
  {
    // first Monday of next month, last Friday in March, 2nd week of Jan
    first: "0123456789fstlt",
    pattern: spaced(
      `(?:the )?(last|${ORDINAL_WORDS})(?![a-z]) (?:${WEEKDAY}|(week|weekend))(?: (morning|afternoon|evening))?(?:,)? (?:of|in) (?:the )?(?=[a-z])`,
    ),
    read(match, { text, at }) {
      const [whole, nth = "", word, unit, part] = match;
      const base = readMonth(text, at + whole.length);
      if (base === null) return null;
      const count = nth === "last" ? -1 : enNumber(nth);
      if (!(count <= 5)) return null;
      const month = base.day as DaySpec;
      if (unit === "weekend")
        return piece(at, base.end, { day: { is: "weekend-of", base: { is: "nth-weekday", nth: count, weekday: 6, month } } });
      if (word === undefined) return piece(at, base.end, { day: { is: "nth-week", nth: count, month } });
      const day: DaySpec = { is: "nth-weekday", nth: count, weekday: WEEKDAYS.get(word) ?? 1, month };
      return piece(at, base.end, { day, part: PARTS.get(part ?? "") ?? null });
    },
  },
  {
    // the first few days of September
    first: "tf",
    pattern: spaced("(?:the )?first (?:few|couple of|two|three|2|3) days (?:of|in) (?:the )?(?=[a-z])"),
    read(match, { text, at }) {
      const month = readMonth(text, at + match[0].length, true);
      return month?.day?.is === "month" ? piece(at, month.end, { day: { ...month.day, slice: "early" } }) : null;
    },
  },
  {
    // end of next month, early next week, mid March, start of the week, later this week
    first: "besml",
    pattern: spaced("(beginning|start|early|middle|mid|end|later?)[ -](?:of |(?<!(?:beginning|start|end)[ -])in )?(?=[a-z])"),
    read(match, { text, at }) {
      const end = at + match[0].length;
      const slice = SLICE_WORDS.find(([word]) => word.test(match[1] ?? ""))?.[1] ?? "whole";
      const week = matchAt(SLICED_WEEK, text, end);
      if (week) {
        const offset = /next|nxt|coming|following/.test(week[1] ?? "") ? 1 : 0;
        return piece(at, end + week[0].length, { day: { is: "week", week: offset, slice: slice === "end" ? "late" : slice } });
      }
      const month = readMonth(text, end, true);
      if (month?.day?.is === "month") return piece(at, month.end, { day: { ...month.day, slice } });
      const year = matchAt(SLICED_YEAR, text, end);
      if (year) return piece(at, end + year[0].length, { day: { is: "year", year: null, offset: year[1] === "next" ? 1 : 0, slice } });
      return null;
    },
  },
  {
    // week of the 18th, week commencing 4 February, w/c Feb 4
    first: "tw",
    pattern: spaced("(?:the )?(?:(?:week|wk) (?:of|commencing|beginning|starting|from)|w/c|wc)(?: on)? (?:the )?(?=[a-z0-9])"),
    read(match, { at, lean }) {
      const base = lean(at + match[0].length);
      return base?.day == null ? null : piece(at, base.end, { day: { is: "week-of", base: base.day } });
    },
  },
  {
    // this week, next wk, the week after next, next weekend, the weekend, last week
    first: "tnlwcmaf",
    pattern: spaced(
      "(?:(?:the )?(week|wk|weekend|month) after (?:the )?(?:next|(this(?: one)?|that(?= one) one))|(?:(this|this coming|the coming|coming|" +
        "upcoming|current|the current|next|nxt|nex|last|previous|following|the following|the|my|at the)" +
        " )?(weekend|wkend|week-end|week|wk|working week|workweek|work week)(?: after (next))?)(?![a-z])",
    ),
    read(match, { text, at }) {
      const [whole, afterNext, afterThis, shift, unit, tail] = match;
      const end = at + whole.length;
      const before = textBefore(text, at, 12);
      const recurring = /(?:every|each|per|a|weekdays?) +$/.test(before);
      const named = afterNext ?? unit ?? "";
      if (/month/.test(named))
        return piece(at, end, { day: { is: "month", year: null, month: null, offset: afterThis === undefined ? 2 : 1, slice: "whole" } });
      const week =
        afterNext !== undefined || tail !== undefined
          ? afterThis === undefined
            ? 2
            : 1
          : /next|nxt|nex|following/.test(shift ?? "")
            ? 1
            : /last|previous/.test(shift ?? "")
              ? -1
              : 0;
      if (/end$/.test(named)) {
        const nearest = week === 0 && shift !== "this";
        return piece(at, end, { day: { is: "weekend", week: nearest ? null : week }, past: week === -1, recurring });
      }
      if (shift === undefined && afterNext === undefined) return null;
      if (shift === "the" || shift === "my" || shift === "at the") return null;
      if (/^work/.test(named)) {
        const offset = /coming/.test(shift ?? "") ? 1 : week;
        return piece(at, end, { day: { is: "week", week: offset, slice: "working" }, past: week === -1 });
      }
      if (/coming|upcoming/.test(shift ?? "")) return piece(at, end, { day: { is: "week", week: 1, slice: "whole" } });
      return piece(at, end, { day: { is: "week", week, slice: "whole" }, past: week === -1 });
    },
  },
  {
    // next month, this month, last month, next year, last year
    first: "tnlcuf",
    pattern: spaced(
      "(this|current|the current|the coming|coming|upcoming|next|nxt|last|previous|the following|following) (month|mth|year|yr)(?![a-z])",
    ),
    read(match, { at }) {
      const [whole, shift = "", unit = ""] = match;
      const offset = /this|current/.test(shift) ? 0 : /last|previous/.test(shift) ? -1 : 1;
      const end = at + whole.length;
      if (unit.startsWith("m"))
        return piece(at, end, { day: { is: "month", year: null, month: null, offset, slice: "whole" }, past: offset < 0 });
      return offset === 0 ? null : piece(at, end, { day: { is: "year", year: null, offset, slice: "whole" }, past: offset < 0 });
    },
  },
  {
    // rest of the week
    first: "tr",
    pattern: spaced("(?:the )?(?:rest|remainder|remaining)(?: of)?(?: (?:the|this|my|current))? (week|month|year)(?![a-z])"),
    read(match, { at }) {
      const [whole, unit] = match;
      const end = at + whole.length;
      const last: DaySpec =
        unit === "week"
          ? { is: "week", week: 0, slice: "whole" }
          : unit === "month"
            ? { is: "month", year: null, month: null, offset: 0, slice: "whole" }
            : { is: "year", year: null, offset: 0, slice: "whole" };
      return piece(at, end, { day: TODAY, to: piece(at, end, { day: last }) });
    },
  },
];
