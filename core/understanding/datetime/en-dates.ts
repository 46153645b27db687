/** English pieces that name a date, a month or a festival. */
import { FESTIVALS, festivalByName } from "../../calendar/festivals.ts";
import { DATE, datePiece, MONTH, ORDINAL, SOFT_END, YEAR } from "./en-grammar.ts";
import { enNumber, MONTHS, ORDINALS, oneOf, WEAK_MONTHS } from "./lexicon-en.ts";
import { type Rule, spaced, textBefore } from "./rule.ts";
import { type DaySpec, piece } from "./spec.ts";

/** A date at one end of a range. */
const RANGE_DATE = `(\\d{1,2}(?!\\d)(?:st|nd|rd|th)?|${oneOf(ORDINALS.keys())})`;

const FESTIVAL_NAMES = FESTIVALS.flatMap((one) => [one.name.en.replace(/ \(.*/, ""), ...one.also])
  .map((name) => name.toLowerCase())
  .filter((name) => /^[a-z]/.test(name) && name !== "golden week");
const FESTIVAL = `(${oneOf(new Set([...FESTIVAL_NAMES, "golden week"]))})(?![a-z])`;

/** What is counted by an ordinal rather than dated. */
const COUNTED_NOUN =
  /^[ -](?:floor|flr|time|visit|call|attempt|street|st\b|ave|road|generation|gen\b|version|gear|grade|basement|level|unit|row|month|year|week|day|edition|hour|birthday|anniversary|one|reminder|text|message|door|house|turn|exit|appointment|service)/;
/** The gears of a car are numbered like days. */
const GEARS = /\b(?:gear|gears|gearbox|transmission)\b[^.!?]{0,30}$/;
/** Before an ordinal that is somebody's fifth of something, or a gear. */
const POSSESSED = /\b(?:my|your|our|his|her|their|its|this|that|an?|every|each|another|already|gear|in|from|to|into|was|came|is)\s*$/;

/** Rules in the order in which they are tried. */
export const EN_DATE_RULES: readonly Rule[] = [
  {
    // 3rd to 5th of December, between 3 and 5 December, 5-7 Dec, 4 to 22 this month
    first: "0123456789tfsen",
    pattern: spaced(
      `(?:the )?${RANGE_DATE} ?(?:-|to|till|til|until|through|and|or) ?(?:the )?${RANGE_DATE},? ?(?:of |` +
        `in )?(?:${MONTH}${YEAR}|(this|next|last) month(?![a-z]))`,
    ),
    read(match, { text, at }) {
      const [whole, fromSaid = "", toSaid = "", name, year, shift] = match;
      const end = at + whole.length;
      const from = enNumber(fromSaid);
      const to = enNumber(toSaid);
      const monthOffset = shift === undefined ? undefined : shift === "next" ? 1 : shift === "last" ? -1 : 0;
      const dates = [from, to].map((date) =>
        datePiece(at, end, year, name === undefined ? null : (MONTHS.get(name) ?? null), date, monthOffset),
      );
      const [first, last] = dates;
      if (!first || !last) return null;
      if (from >= to) {
        // From the 27th to the third of April begins in the month before.
        if (from < 20 || to > 10 || last.day?.is !== "date" || last.day.month === null || year !== undefined || / (?:and|or) /.test(whole))
          return null;
        const before = datePiece(at, end, undefined, ((last.day.month + 10) % 12) + 1, from);
        return before && { ...before, to: last };
      }
      // “The 3rd and 5th” are two days; only the nearer one can be told apart from a span by `between`.
      if (/ (?:and|or) /.test(whole) && !/\bbetween (?:the )?$/.test(textBefore(text, at, 14))) {
        return { ...first, end: at + whole.indexOf(fromSaid) + fromSaid.length };
      }
      return { ...first, to: last };
    },
  },
  {
    // November 18-19, Dec 9th through 17th, November 19 to 20
    first: "jfmasond",
    pattern: spaced(
      `${MONTH} ?(?:the )?${RANGE_DATE} ?(?:-|to|till|til|until|through) ?(?:the )?${RANGE_DATE}(?![\\d:/]|` +
        `\\.\\d| ?[ap]\\.?m(?![a-z])| ?o'?clock)${YEAR}`,
    ),
    read(match, { at }) {
      const [whole, name = "", fromSaid = "", toSaid = "", year] = match;
      const from = enNumber(fromSaid);
      const to = enNumber(toSaid);
      const month = MONTHS.get(name) ?? 1;
      // From April 27th to the third ends in the month after.
      const over = from >= to;
      if (over && (from < 20 || to > 10 || year !== undefined || !/[a-z]$/.test(toSaid))) return null;
      const first = datePiece(at, at + whole.length, year, month, from);
      const last = datePiece(at, at + whole.length, year, over ? (month % 12) + 1 : month, to);
      return first && last ? { ...first, to: last } : null;
    },
  },
  {
    // 24th of November 2026, 5 May, the 3rd of next month, twenty second of June
    first: "0123456789tfsen",
    pattern: spaced(`(?:the )?${DATE}(?:[ -]?(?:day )?(?:of )?(?:the )?[-/ .]{0,2})(?:${MONTH}${YEAR}|(next|this|last) month(?![a-z]))`),
    read(match, { text, at }) {
      const [whole, number = "", word, year, shift] = match;
      const date = enNumber(number);
      const end = at + whole.trimEnd().length;
      if (!(date >= 1 && date <= 31)) return null;
      if (shift !== undefined) {
        return piece(at, end, {
          day: { is: "date", year: null, month: null, monthOffset: shift === "next" ? 1 : shift === "this" ? 0 : -1, date },
        });
      }
      // “3 may” in “the 3 may come”; “2 march” stays a date.
      if (
        word === "may" &&
        /^\d+$/.test(number) &&
        /^ (?:be|have|come|need|not|also|take|want|get|i|we|you)\b/.test(text.slice(end, end + 6))
      )
        return null;
      return datePiece(at, end, year, MONTHS.get(word ?? "") ?? null, date);
    },
  },
  {
    // November 24, 2026; Nov 24th; May the 5th; Oct-2; february twenty second
    first: "jfmasond",
    pattern: spaced(
      `${MONTH}[ ,/-]{0,3}(?:the )?${DATE}(?! ?(?:people|men|guys|times|units?|cars?|of us|minutes|hours|days|weeks)\\b)${YEAR}`,
    ),
    read(match, { at }) {
      const [whole, word = "", number = "", year] = match;
      const date = enNumber(number);
      return date >= 1 && date <= 31 ? datePiece(at, at + whole.length, year, MONTHS.get(word) ?? null, date) : null;
    },
  },
  {
    // in March, next June, March 2027
    first: "jfmasondntl",
    pattern: spaced(`(?:(this|next|last) )?${MONTH}(?:(?:,? (?:of )?|[-/])(20\\d\\d|next year|this year|last year)(?!\\d))?`),
    read(match, { text, at }) {
      const [whole, shift, word = "", year] = match;
      let end = at + whole.length;
      if (whole.endsWith(".")) end -= 1;
      const before = textBefore(text, at, 14);
      const led =
        /(?:\b(?:in|during|by|until|till|before|after|since|from|to|through|for|of|early|mid|late|and|or|this|next|last|between)|[-,])\s+$|^\s*$/.test(
          before,
        );
      if (shift === undefined && year === undefined) {
        if (!led && !SOFT_END.test(text.slice(end, end + 12))) return null;
        if (
          WEAK_MONTHS.has(word) &&
          !/\b(?:in|during|until|till|since|early|mid|late|of|this|next|last|end of|before|after|by|from|to|through|between)\s+(?:early |mid |late )?$/.test(
            before,
          )
        )
          return null;
        if (word === "mar" || (word === "march" && /\bto +$/.test(before) && !/\b(?:from|between|jan|feb|nov|dec)/.test(before)))
          return null;
        if (word === "may" && /\bthis +$/.test(before)) return null;
        if (WEAK_MONTHS.has(word) && word === "may" && /^ (?:i|be|not|have|we|you|come|need|it|or)\b/.test(text.slice(end, end + 6)))
          return null;
      }
      if (word === "may" && shift !== undefined && year === undefined && !/^\s*(?:$|[,.?!;)])/.test(text.slice(end, end + 3))) return null;
      const month = MONTHS.get(word) ?? null;
      const number = year !== undefined && /^\d/.test(year) ? Number(year) : null;
      const yearOffset = year === undefined || number !== null ? undefined : year.startsWith("next") ? 1 : year.startsWith("this") ? 0 : -1;
      return piece(at, end, {
        day: { is: "month", year: number, yearOffset, month, offset: null, slice: "whole" },
        past: shift === "last" || yearOffset === -1,
      });
    },
  },
  {
    // 2026-nov-24, 2026/Nov/24
    first: "2",
    pattern: spaced(`(20\\d\\d) ?[-/. ] ?${MONTH} ?[-/. ]? ?(\\d{1,2})(?!\\d|:)`),
    read: (match, { at }) => datePiece(at, at + match[0].length, match[1], MONTHS.get(match[2] ?? "") ?? null, Number(match[3])),
  },
  {
    // 2026-11-24, 2026/11/24
    first: "2",
    pattern: /(20\d\d) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})(?!\d)(?:t(?=\d))?/y,
    read: (match, { at }) => datePiece(at, at + match[0].length, match[1], Number(match[2]), Number(match[3])),
  },
  {
    // 2016-11, 11/2016
    first: "0123456789",
    pattern: /(?:(20\d\d) ?[-/] ?(0?[1-9]|1[0-2])|(0?[1-9]|1[0-2]) ?[-/] ?(20\d\d))(?![\d:/.-]| ?[-/] ?\d|[a-z])/y,
    read(match, { text, at }) {
      const [whole, year, month, monthFirst, yearLast] = match;
      const end = at + whole.length;
      if (!SOFT_END.test(text.slice(end, end + 12))) return null;
      return piece(at, end, {
        day: { is: "month", year: Number(year ?? yearLast), month: Number(month ?? monthFirst), offset: null, slice: "whole" },
      });
    },
  },
  {
    // 3/4, 24/11/2026, 4-22-2026, 3.4.26
    first: "0123456789",
    pattern:
      /(\d{1,2})([/.-])(\d{1,2})(?:\2(20\d\d|\d\d))?(?![\d%:/]|\.\d|-\d(?!\d?\/)| ?[ap]\.?m(?![a-z])| ?(?:inch|stars?|scale|litre|liter|mm|cm|km|miles|v\b))/y,
    read(match, { text, at, before }) {
      const [whole, first, mark, last, year] = match;
      const end = at + whole.length;
      const a = Number(first);
      const b = Number(last);
      const lead = textBefore(text, at, 16);
      const near = before !== null && before.end <= at && before.day !== null && before.day.is === "weekday";
      const cue =
        near ||
        /\b(?:on|by|for|until|till|from|before|after|between|to|date|dated|since|this|next)(?: the)?:? +$/.test(lead) ||
        year !== undefined;
      if (/\b(?:at|@) *$/.test(lead) && mark !== "/") return null;
      // Mon 9.30 is an hour.
      if (mark === "." && near && year === undefined && /^(?:00|15|30|45)$/.test(last ?? "")) return null;
      const alone = lead.trim() === "" && text.slice(end).trim() === "";
      if (mark !== "/" && !near && !(year !== undefined) && !(/\bon +$/.test(lead) && SOFT_END.test(text.slice(end, end + 12))))
        return null;
      // Marks (8/10), fractions (3/4) and “24/7” are no days unless the words around say so.
      if (!cue && (b === 10 || b === 5 || b === 100 || (a === 24 && b === 7))) return null;
      if (!cue && !alone && a < b && b <= 4) return null;
      const full = year === undefined ? undefined : year.length === 2 ? `20${year}` : year;
      if (a > 12) return b > 12 ? null : datePiece(at, end, full, b, a);
      if (b > 12) return datePiece(at, end, full, a, b);
      const found = datePiece(at, end, full, a, b);
      if (found?.day?.is !== "date") return found;
      return a === b ? found : { ...found, day: { ...found.day, ambiguous: true } };
    },
  },
  {
    // Christmas, next Easter, Black Friday, CNY
    first: "abcdefghijklmnopqrstuvwxyzt",
    pattern: spaced(`(?:(this|next|last|this year's|next year's) )?${FESTIVAL}(?: (holidays?|break|weekend))?`),
    read(match, { text, at }) {
      const [whole, shift, name = "", holiday] = match;
      const id = festivalByName(name.replace(/[ -]{1,3}/g, " ")) ?? festivalByName(name);
      const lead = textBefore(text, at, 10);
      if (id === null || (/(?:happy|merry|for) +$/.test(lead) && /happy|merry/.test(lead))) return null;
      if (
        /^ (?:tree|lights?|card|gift|present|sale|deal|discount|offer|bonus|party|dinner|special|promotion)/.test(
          text.slice(at + whole.length, at + whole.length + 12),
        )
      )
        return null;
      if (name === "new year" && !/\b(?:the|before|after|by|until|in|over|on|for|since|and) +$/.test(lead) && shift === undefined)
        return null;
      const yearOffset = shift?.startsWith("next year") ? 1 : shift?.startsWith("this year") ? 0 : shift === "last" ? -1 : null;
      const day: DaySpec = { is: holiday === undefined || holiday === "weekend" ? "festival" : "holiday", id, year: null, yearOffset };
      if (holiday === "weekend") return piece(at, at + whole.length, { day: { is: "weekend-of", base: day }, past: shift === "last" });
      return piece(at, at + whole.length, { day, past: shift === "last" });
    },
  },
  {
    // the 5th, 23rd, on the 15
    first: "0123456789t",
    pattern: spaced(`(the )?(?:${ORDINAL}|(\\d{1,2})(?![\\d:/%-]|[.,]\\d|[a-z]))`),
    read(match, { text, at, before }) {
      const [whole, article, ordinal, plain] = match;
      const end = at + whole.length;
      const date = enNumber(ordinal ?? plain ?? "");
      if (!(date >= 1 && date <= 31) || GEARS.test(textBefore(text, at, 40))) return null;
      const lead = textBefore(text, at, 16);
      const on =
        /\b(?:on|for|by|until|till|before|after|from|to|between|and|or|around|since|not|about|than|move it to|to be|is|works|next|say|through|thru) +$/.test(
          lead,
        );
      const soft = SOFT_END.test(text.slice(end, end + 16));
      if (
        /^ (?:one|of us|person|time)\b/.test(text.slice(end, end + 10)) ||
        ((/\b(?:this is|that'?s) +$/.test(lead) || (/\bfor +$/.test(lead) && date <= 3)) &&
          article !== undefined &&
          /^ *(?:$|[.!])/.test(text.slice(end, end + 2)))
      )
        return null;
      if (
        /^ (?:and|or) (?:(?:\d+(?:st|nd|rd|th)|third|second) (?:time|floor|visit|call|attempt|one|reminder)|final|last|only)\b/.test(
          text.slice(end, end + 24),
        )
      )
        return null;
      if (plain !== undefined && article === undefined && /\bon +$/.test(lead) && soft && date > 12)
        return datePiece(at, end, undefined, null, date);
      if (plain !== undefined)
        return article !== undefined && /\b(?:on|for|by|until|before|after) +$/.test(lead) && soft && date > 12
          ? datePiece(at, end, undefined, null, date)
          : null;
      const digits = /\d/.test(ordinal ?? "");
      const joined =
        before?.day?.is === "date" ||
        (/\b(?:from|between)(?: the)? *$/.test(lead) &&
          /^ (?:and|to|till|until|through) [^.?!]{3,24} of [a-z]/.test(text.slice(end, end + 40)));
      // On the 25th out of the book: nothing that a 25th could be of.
      const named =
        article !== undefined && digits && date >= 4 && /\b(?:on|for) +$/.test(lead) && !COUNTED_NOUN.test(text.slice(end, end + 16));
      if (named) return datePiece(at, end, undefined, null, date);
      if (!digits && !joined && !(article !== undefined && /\bon +$/.test(lead) && date >= 4)) return null;
      if (
        !soft ||
        !(
          article !== undefined ||
          on ||
          before !== null ||
          /^\s*$/.test(lead) ||
          /[,.!?;:/-]\s*$/.test(lead) ||
          (date >= 4 && !POSSESSED.test(lead))
        )
      )
        return null;
      return datePiece(at, end, undefined, null, date);
    },
  },
];
