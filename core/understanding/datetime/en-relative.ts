/** English pieces that count from now or from another day. */
import { HOUR_MS, MINUTE_MS } from "../../time.ts";
import { ORDINAL_WORDS, readMonth, TODAY, WEEKDAY } from "./en-grammar.ts";
import { COUNT, type CountedLength, lengthOf, readLength, UNIT } from "./en-lengths.ts";
import { DAY_OFFSETS, enNumber, oneOf, WEEKDAYS } from "./lexicon-en.ts";
import { matchAt, type Rule, spaced, textBefore } from "./rule.ts";
import { type DaySpec, type Draft, piece } from "./spec.ts";

/** A length of time ahead of (`sign` 1) or behind (−1) a base day; only a length from today may be in hours. */
function fromBase(at: number, end: number, length: CountedLength, base: DaySpec, sign: 1 | -1, past: boolean): Draft | null {
  const now = base === TODAY;
  if ("ms" in length) return now ? piece(at, end, { shift: { ms: sign * length.ms, within: false }, past }) : null;
  if ("workdays" in length) return piece(at, end, { day: { is: "workday", base, count: sign * length.workdays, open: false }, past });
  return piece(at, end, { day: { is: "from", base, days: sign * length.days, months: sign * length.months }, past });
}

function within(at: number, end: number, length: CountedLength, fromTomorrow: boolean): Draft | null {
  if ("ms" in length) return piece(at, end, { shift: { ms: length.ms, within: true } });
  if ("workdays" in length) {
    const last: DaySpec = { is: "workday", base: TODAY, count: length.workdays, open: false };
    const first: DaySpec = fromTomorrow ? { is: "workday", base: TODAY, count: 1, open: false } : TODAY;
    return piece(at, end, { day: first, to: piece(at, end, { day: last }) });
  }
  if (fromTomorrow)
    return piece(at, end, { day: { is: "days", base: { is: "offset", days: 1 }, days: length.days, months: length.months } });
  return piece(at, end, { day: { is: "days", base: TODAY, days: length.days + 1, months: length.months } });
}

/** What is put on a day: “book it for two weeks from Monday” names a day, “away for two weeks from Monday” a span. */
const PUT_ON =
  /\b(?:book|booked|schedule|scheduled|rescheduled?|arranged?|set|make|moved?|push|it|that|appointment|visit|booking|slot|me|us)(?: in)? +$/;
/** After a length: the time at which it begins. */
const BEGINS = spaced(",? ?(?:starting|beginning|from)(?! now)(?: from| on)?(?: the)? (?=[a-z0-9])");

/** Who asks that someone come, call or meet “now”: anything else tells how things stand. */
const ASKS_NOW = new RegExp(
  "(?:[.,!?;] {0,2}(?=(?:come|send|(?:call|ring|meet) (?:me|us))\\b)|\\b(?:can|could|will|would|please|pls|want|need|let'?s|to)|" +
    "\\b(?:i|we)(?:'?ll| will)|\\b(?:i'?m|we'?re|i am|we are) (?=free|available|home))[^.,!?]{0,30}" +
    "\\b(?:come|meet|visit|call|ring|send|drop|pop|collect|pick|go back|free|available|home|(?<=let'?s )go)" +
    "(?: (?:back|over|out|round|around|here|me|us|you|someone|somebody|anyone|him|them|by|along|up|in|a|man|technician|engineer)){0,3} +$",
);
const ASKS_WHERE = /\b(?:where|what|how|which|why|not|can'?t|cannot|won'?t|unable)\b/;
const LATER = spaced(" ?(?:from now|from today|later|ago|earlier)(?![a-z])");
const NOW_UNTIL = spaced(" ?(?:until|till|til|to|through|and|-) ?(?=[a-z0-9])");

/** Rules in the order in which they are tried. */
export const EN_RELATIVE_RULES: readonly Rule[] = [
  {
    // for two hours (from nine), from nine for two hours, for 3 days starting Monday
    first: "f",
    pattern: spaced("for (?:about |around |roughly |at least )?(?=[a-z0-9])"),
    read(match, { text, at, before }) {
      const found = readLength(text, at + match[0].length);
      if (found === null) return null;
      const begins = matchAt(BEGINS, text, found.end);
      const begun = before?.bound === "from" && before.length === null;
      if (!begun && (begins === null || (begins[0].includes("from") && PUT_ON.test(textBefore(text, at, 24))))) return null;
      return piece(at, found.end, { length: found.length });
    },
  },
  {
    // a day and five hours later, 1 day 2 hours from now: several parts
    first: "0123456789acehfnostw",
    pattern: /(?=[a-z0-9])/y,
    read(_, { text, at }) {
      const found = /^(?:\d|[a-z]{1,7}[ -])/.test(text.slice(at, at + 8)) ? readLength(text, at) : null;
      if (found === null || found.parts < 2) return null;
      const way = matchAt(LATER, text, found.end);
      if (way === null) return null;
      const ago = /^ ?(?:ago|earlier)/.test(way[0]);
      return fromBase(at, found.end + way[0].length, found.length, TODAY, ago ? -1 : 1, ago);
    },
  },
  {
    // within 1 day and 5 hours, in the next 2 days 3 hours: several parts
    first: "iw",
    pattern: spaced("(in|within|inside)(?: the)?( next| coming| following| upcoming)? (?=[a-z0-9])"),
    read(match, { text, at }) {
      const found = readLength(text, at + match[0].length, match[2] !== undefined);
      if (found === null || found.parts < 2) return null;
      if (match[1] === "in" && match[2] === undefined) return fromBase(at, found.end, found.length, TODAY, 1, false);
      return within(at, found.end, found.length, false);
    },
  },
  {
    // less than two weeks from today
    first: "lun",
    pattern: spaced(`(?:less than|under|no more than|not more than) ${COUNT} ${UNIT} from (?:now|today)(?![a-z])`),
    read(match, { at }) {
      const length = lengthOf(enNumber(match[1] ?? ""), match[2] ?? "");
      return length === null ? null : within(at, at + match[0].length, length, false);
    },
  },
  {
    // within the hour
    first: "w",
    pattern: spaced("within the (?:next )?hour(?![a-z])"),
    read: (match, { at }) => piece(at, at + match[0].length, { shift: { ms: HOUR_MS, within: true } }),
  },
  {
    // (in) the next hour, the next few hours, the next fortnight
    first: "iwtnod",
    pattern: spaced("(?:(?:in|within|over|during) )?(?:the )?(?:next|coming) (?:(few|couple of) hours|hour|fortnight)(?![a-z])"),
    read(match, { at }) {
      if (match[0].endsWith("fortnight")) return within(at, at + match[0].length, { days: 14, months: 0 }, true);
      const hours = match[1] === undefined ? 1 : match[1] === "few" ? 3 : 2;
      return piece(at, at + match[0].length, { shift: { ms: hours * HOUR_MS, within: true } });
    },
  },
  {
    // the 2 next weeks, the two upcoming months
    first: "0123456789efnost",
    pattern: spaced(`${COUNT} (?:next|coming|following|upcoming) ${UNIT}`),
    read(match, { at }) {
      // “Only 3 next week” counts people, not weeks.
      const length = /s$/.test(match[2] ?? "") ? lengthOf(enNumber(match[1] ?? ""), match[2] ?? "") : null;
      return length === null ? null : within(at, at + match[0].length, length, true);
    },
  },
  {
    // the last 3 hours, in the past 20 minutes, 5 past minutes
    first: "0123456789efnostlpi",
    pattern: spaced(
      `(?:(?:in |over |during |for )?(?:the )?(?:last|past|previous) ${COUNT} ?|${COUNT} (?:last|past|` +
        "previous) (?=[a-z]{2,6}s))(minutes?|mins?|hours?|hrs?)(?![a-z])",
    ),
    read(match, { at }) {
      const length = lengthOf(enNumber(match[1] ?? match[2] ?? ""), match[3] ?? "");
      if (length === null || !("ms" in length)) return null;
      return piece(at, at + match[0].length, { shift: { ms: -length.ms, within: true }, past: true });
    },
  },
  {
    // can you come now; between now and Friday, from now until six
    first: "rn",
    pattern: /(?:right +)?now(?![a-z'-])/y,
    read(match, { text, at }) {
      const end = at + match[0].length;
      const now = piece(at, end, { shift: { ms: 0, within: false } });
      const lead = textBefore(text, at, 56);
      if (/\b(?:between|from) +$/.test(lead)) return matchAt(NOW_UNTIL, text, end) ? now : null;
      if (/\bbetween [^.,!?]{3,30} and +$/.test(lead)) return now;
      return ASKS_NOW.test(at <= 56 ? `.${lead}` : lead) &&
        !ASKS_WHERE.test(lead) &&
        /^ *(?:$|[?!.,]|please|pls|or|if)/.test(text.slice(end, end + 8))
        ? now
        : null;
    },
  },
  {
    // two Sundays from now, two Mondays later
    first: "0123456789efnost",
    pattern: spaced(`${COUNT} (${oneOf(WEEKDAYS.keys())})s? (?:from now|from today|later)(?![a-z])`),
    read(match, { at }) {
      const count = enNumber(match[1] ?? "");
      if (!(count >= 1 && count <= 8 && Number.isInteger(count))) return null;
      return piece(at, at + match[0].length, {
        day: { is: "weekday-from", base: TODAY, weekday: WEEKDAYS.get(match[2] ?? "") ?? 1, count },
      });
    },
  },
  {
    // in 3 days, in half an hour, in an hour and a half, in a fortnight's time, within 2 hours, in the next 3 days, in 4 business days
    first: "iwo",
    pattern: spaced(
      `(in|within|inside)(?: (?:about|around|roughly|approximately|approx|like|less than|under|maybe|just))?( the)?( next| coming| following| upcoming)? ` +
        `${COUNT}(?: (and a half))?[ -]?${UNIT}( and a half| and (?:a )?quarter)?(?: and (\\d{1,2}) (?:minutes?|` +
        "mins?))?(?:'s|'|s')?(?: time)?(?: from (?:now|today))?",
    ),
    read(match, { at }) {
      const [whole, word, , next, number = "", halfBefore, unit = "", halfAfter, minutes] = match;
      const extra = halfBefore !== undefined || / half/.test(halfAfter ?? "") ? 0.5 : halfAfter !== undefined ? 0.25 : 0;
      let length = lengthOf(enNumber(number) + extra, unit);
      if (length === null) return null;
      if ("ms" in length && minutes !== undefined) length = { ms: length.ms + Number(minutes) * MINUTE_MS };
      const end = at + whole.length;
      if (word !== "in" || next !== undefined) return within(at, end, length, next !== undefined && word === "in" && !("ms" in length));
      return fromBase(at, end, length, TODAY, 1, false);
    },
  },
  {
    // a week Tuesday, two weeks Friday
    first: "aot2",
    pattern: spaced("(a|one|two|2) weeks? (?=[mtwfs])"),
    read(match, { at, text, lean }) {
      const base = lean(at + match[0].length);
      // “Half a week Monday to Wednesday” and “lasted a week Monday” tell how long.
      if (
        base?.day?.is !== "weekday" ||
        base.day.week !== null ||
        base.to !== null ||
        /\b(?:half|once|twice|times|days?|hours?|last\w*|took|for|per) +$/.test(textBefore(text, at, 10))
      )
        return null;
      const days = /^(?:two|2)/.test(match[0]) ? 14 : 7;
      return piece(at, base.end, { day: { is: "from", base: base.day, days, months: 0 } });
    },
  },
  {
    // two hours from now, 3 days later, 2 weeks from Monday, 5 days before new year, a week ago, a week on Friday
    first: "0123456789acehfnostw",
    pattern: spaced(
      `${COUNT}(?: (and a half))?[ -]?${UNIT}( and a half)?,? (from now|from today|later|hence|in the future|` +
        "ago|earlier|back(?! (?:to|in|on))|from|after|before|prior to|on|today|tomorrow|tmrw|tmr)(?![a-z])",
    ),
    read(match, { text, at, lean }) {
      const [whole, number = "", halfBefore, unit = "", halfAfter, way = ""] = match;
      const end = at + whole.length;
      const length = lengthOf(enNumber(number) + ((halfBefore ?? halfAfter) ? 0.5 : 0), unit);
      if (length === null) return null;
      if (/^(?:from now|from today|later|hence|in the future)$/.test(way)) return fromBase(at, end, length, TODAY, 1, false);
      if (/^(?:ago|earlier|back)$/.test(way)) return fromBase(at, end, length, TODAY, -1, true);
      if (/^t/.test(way)) {
        const base: DaySpec = way === "today" ? TODAY : { is: "offset", days: 1 };
        return /^(?:w|f)/.test(unit) && !/^wor/.test(unit) ? fromBase(at, end, length, base, 1, false) : null;
      }
      const gap = matchAt(/ (?:the )?/y, text, end);
      const base = gap ? lean(end + gap[0].length) : null;
      if (base?.day == null || (way === "on" && !(base.day.is === "weekday" && /^[awf]/.test(unit + number)))) return null;
      return fromBase(at, base.end, length, base.day, /before|prior/.test(way) ? -1 : 1, false);
    },
  },
  {
    // (for) the next 3 days, next two weeks, next 4 business days
    first: "tnfc",
    pattern: spaced(`(?:the )?(?:next|coming|following|upcoming) ${COUNT}[ -]?${UNIT}`),
    read(match, { at }) {
      const length = /^an?$/.test(match[1] ?? "") ? null : lengthOf(enNumber(match[1] ?? ""), match[2] ?? "");
      return length === null ? null : within(at, at + match[0].length, length, true);
    },
  },
  {
    // next business day, the next working day
    first: "tnf",
    pattern: spaced("(?:the )?(?:next|following|first) (?:available )?(?:business|working|work) ?day(?![a-z])(?: after (?=[a-z0-9]))?"),
    read(match, { text, at, lean }) {
      const end = at + match[0].length;
      if (!/after/.test(match[0]))
        return /^(?:the )?first/.test(match[0]) ? null : piece(at, end, { day: { is: "workday", base: TODAY, count: 1, open: false } });
      const base = lean(end + (matchAt(/the +/y, text, end)?.[0].length ?? 0));
      if (base?.day == null) return null;
      const day: DaySpec = base.day.is === "festival" ? { ...base.day, is: "holiday" } : base.day;
      return piece(at, base.end, { day: { is: "workday", base: day, count: 1, open: false } });
    },
  },
  {
    // the day after tomorrow, day after tmr, overmorrow; the day before Christmas
    first: "tdo",
    pattern: spaced("(?:(?:the )?day (after|before|following) (?=[a-z0-9])(?:the )?|overmorrow)"),
    read(match, { text, at, lean }) {
      const end = at + match[0].length;
      // Any day after the 18th is no single one.
      if (/\b(?:any|some|every|each) +$/.test(textBefore(text, at, 8))) return null;
      if (match[1] === undefined) return piece(at, end, { day: { is: "offset", days: 2 } });
      const base = lean(end);
      if (base?.day == null || base.to !== null) return null;
      const step = match[1] === "before" ? -1 : 1;
      if (base.day.is === "offset") return piece(at, base.end, { day: { is: "offset", days: base.day.days + step } });
      return piece(at, base.end, { day: { is: "from", base: base.day, days: step, months: 0 } });
    },
  },
  {
    // the Monday after Christmas, Friday before the 15th
    first: "tmwfs",
    pattern: spaced(
      `(?:the )?(?:(first|second) )?${WEEKDAY} (after|before|following) (?!next|\\d{1,2}(?:[:.]| ?[ap]m|$))(?=[a-z0-9])(?:the )?`,
    ),
    read(match, { at, lean }) {
      const base = lean(at + match[0].length);
      if (base?.day == null || base.to !== null || base.day.is === "weekday") return null;
      const count = match[1] === "second" ? 2 : 1;
      const step = match[3] === "before" ? -count : count;
      return piece(at, base.end, { day: { is: "weekday-from", base: base.day, weekday: WEEKDAYS.get(match[2] ?? "") ?? 1, count: step } });
    },
  },
  {
    // last day of the month, first day of December, the second day of Chinese New Year
    first: "tlf0123456789s",
    pattern: spaced(`(?:the )?(last|${ORDINAL_WORDS})(?![a-z]) day (?:of|in) (?:the )?(?=[a-z])`),
    read(match, { text, at, lean }) {
      const [whole, nth = ""] = match;
      const month = readMonth(text, at + whole.length, true);
      const date = enNumber(nth);
      if (month?.day?.is === "month") {
        if (nth === "last" || date === 1) return piece(at, month.end, { day: { is: "edge", of: month.day, last: nth === "last" } });
        return piece(at, month.end, {
          day: { is: "date", year: month.day.year, month: month.day.month, monthOffset: month.day.offset ?? undefined, date },
        });
      }
      const base = lean(at + whole.length);
      if (base?.day?.is !== "festival" || !(date >= 1 && date <= 15)) return null;
      return piece(at, base.end, { day: { is: "from", base: base.day, days: date - 1, months: 0 } });
    },
  },
  {
    // today, tomorrow, tmrw, 2moro, yesterday
    first: "tdy2",
    pattern: spaced(`(${oneOf(DAY_OFFSETS.keys())})(?![a-z])(?:'s(?= ))?( week(?! of))?`),
    read(match, { at }) {
      const word = (match[1] ?? "").replace(/[ -]+/g, " ");
      const days = DAY_OFFSETS.get(word) ?? 0;
      return piece(at, at + match[0].length, { day: { is: "offset", days: days + (match[2] === undefined ? 0 : 7) }, past: days < 0 });
    },
  },
  {
    // tonight; last night
    first: "t2l",
    pattern: /(tonight|tonite|tonigt|tonght|2nite|2night|tnite|last +night)(?![a-z])/y,
    read(match, { at }) {
      const last = match[0].startsWith("last");
      return piece(at, at + match[0].length, { day: { is: "offset", days: last ? -1 : 0 }, part: "evening", past: last });
    },
  },
];
