/** English pieces that name a clock reading. */
import { clockPiece, endOf, HALF_FULL, HOUR, HOUR_WORD, halfOf, MINUTES_TO, SOFT_AFTER } from "./en-clock-grammar.ts";
import { enNumber, NUMBERS, oneOf } from "./lexicon-en.ts";
import { type Rule, spaced, textBefore } from "./rule.ts";

const HALF = `${HALF_FULL.slice(0, -1)}|a(?![a-z\\d])|p(?![a-z\\d]))`;
const MINUTE_WORD = oneOf([...NUMBERS].filter(([, value]) => value >= 10).map(([word]) => word));
/** Before a bare hour: words that make it one. */
const HOUR_CUE =
  /(?:\b(?:at|around|about|abt|approx|approximately|by|before|after|from|till|til|until|between|past|roughly|round|say|like|since|make it|not|circa|for|is|to)|@|~)\s*$/;
/** After a bare number: it counts something else (after 3 and a half weeks, 2 or 3 visits). */
const COUNTED_AFTER =
  /^ (?:(?:morning|afternoon|evening|night) [a-z]{3,12}s\b|and a half|or \d+ [a-z]|and \d+ (?:days|times|weeks|hours|years|people|visits))/;
/** After a bare hour: the part of the day makes it one. */
const PART_AFTER =
  /^,? ?(?:in the (?:early |late )?(?:morning|afternoon|evening|night)|at night|this (?:morning|afternoon|evening)|tonight|tomorrow (?:morning|afternoon|evening|night))(?![a-z])/;

/** Two or three in the afternoon. */
const OR_HOUR_AFTER = new RegExp(`^ or (?:${HOUR_WORD}|\\d{1,2})(?: ?(?:am|pm)\\b| in the (?:morning|afternoon|evening)| o'?clock)`);

/** Two by four, 10mm by 12: sizes, not deadlines. */
const MEASURED_BEFORE =
  /\b(?:\d+|one|two|three|four|five|six|eight|ten|twelve) ?(?:mm|cm|m|in|ft|foot|feet|inch|inches|met(?:re|er)s?)? by +$/;

/** Tomorrow at 12 High Street, at 5 percent: no hours. */
const PLACE_OR_UNIT_AFTER =
  /^(?:[a-z%°$£€]| ?%| (?:[a-z']+ ){0,3}(?:road|rd|street|st|lane|ln|avenue|ave|close|drive|way|court|crescent|terrace|gardens|place|square|hill|park|view|house|mews|grove|row|walk|green|degrees|percent|per|dollars|bucks|quid|pounds|euros|each|k|km|miles|psi|bar|volts|amps|people|cars|units|times)\b)/;

/** Rules in the order in which they are tried. */
export const EN_CLOCK_RULES: readonly Rule[] = [
  {
    // 12 noon, 12 midnight
    first: "1",
    pattern: /12 *(noon|midday|midnight|lunch ?time)(?![a-z])/y,
    read: (match, { at }) => clockPiece(at, at + match[0].length, match[1] === "midnight" ? 24 : 12, 0, "day24"),
  },
  {
    // 3pm, 3.30 pm, 9 a.m., 10:15am, 7p
    first: "0123456789",
    pattern: spaced(`(\\d{1,2})(?:(?: ?[:.h] ?)([0-5]\\d))?(?::[0-5]\\d)?(?:-?ish)?(?:\\.? ?${HALF_FULL}|(a|p)(?![a-z\\d]))`),
    read(match, { text, at }) {
      const [whole, hour = "", minute, half, short] = match;
      if (short !== undefined && !HOUR_CUE.test(textBefore(text, at, 10)) && minute === undefined) return null;
      const value = Number(hour);
      const mark = halfOf(half ?? short);
      if (value > 12 && mark === "am") return null;
      return clockPiece(at, endOf(at, whole), value, Number(minute ?? 0), mark);
    },
  },
  {
    // 340pm, 1140 a.m.
    first: "0123456789",
    pattern: spaced(`(\\d{1,2})([0-5]\\d) ?${HALF}`),
    read: (match, { at }) => clockPiece(at, endOf(at, match[0]), Number(match[1]), Number(match[2]), halfOf(match[3])),
  },
  {
    // 14:30, 9:05, 10:00:00
    first: "0123456789",
    pattern: /(\d{1,2}) ?: ?([0-5]\d)(?::[0-5]\d)?(?![\d:])(?:-?ish|hrs| hrs| hours| o'?clock)?/y,
    read(match, { at }) {
      const [whole, hour = "", minute] = match;
      return clockPiece(at, at + whole.length, Number(hour), Number(minute), hour.startsWith("0") ? "day24" : null);
    },
  },
  {
    // at 2.30, around 9.15
    first: "0123456789",
    pattern: /(\d{1,2})\.([0-5]\d)(?![\d%.])( ?-?ish\b)?/y,
    read(match, { text, at, before }) {
      const lead = textBefore(text, at, 10);
      const end = at + match[0].length;
      const dated = before?.day?.is === "weekday" && /^(?:00|15|30|45)$/.test(match[2] ?? "");
      if (match[3] !== undefined || dated) return clockPiece(at, end, Number(match[1]), Number(match[2]), null);
      if (
        !/(?:\b(?:at|around|say|by|before|after|till|until|from|so|then|make it|make that|do)|@)\s*$/.test(lead) ||
        !SOFT_AFTER.test(text.slice(end, end + 14))
      ) {
        if (
          !/^ (?:tonight|tomorrow|tmrw|tmr|today|this (?:morning|afternoon|evening)|in the (?:morning|afternoon|evening)|(?:on )?(?:mon|tue|wed|thu|fri|sat|sun))/.test(
            text.slice(end, end + 20),
          )
        )
          return null;
      }
      return clockPiece(at, end, Number(match[1]), Number(match[2]), null);
    },
  },
  {
    // at 1430, 1500 hrs
    first: "0123456789",
    pattern: /([01]\d|2[0-3])([0-5]\d)(?! ?(?:块|元|km|miles?))(?: ?(hrs|hours|h)(?![a-z]))?(?!\d)/y,
    read(match, { text, at }) {
      const [whole, hour, minute, unit] = match;
      const end = at + whole.length;
      if (
        unit === undefined &&
        !(
          /(?:\b(?:at|by|around|before|after|until|till)|@)\s*$/.test(textBefore(text, at, 8)) && SOFT_AFTER.test(text.slice(end, end + 14))
        )
      )
        return null;
      if (unit === undefined && /^20[2-9]/.test(whole)) return null;
      return clockPiece(at, end, Number(hour), Number(minute), "day24");
    },
  },
  {
    // half past two, quarter to 3pm, ten past eight, 20 to 4, half two
    first: "0123456789ahqtfnosetw",
    pattern: spaced(
      `(?:(a quarter|quarter|qtr|half|three quarters|\\d{1,2}|${oneOf([...NUMBERS.keys()])})(?: ?(?:minutes?|` +
        `mins?))?[ -](past|to|til|till|after|before) |(half)[ -])${HOUR}(?![a-z:.]?\\d)(?: ?o'?clock)?(?: ?${HALF_FULL})?`,
    ),
    read(match, { text, at }) {
      const [whole, amount, way = "", british, name = "", half] = match;
      const end = endOf(at, whole);
      const hour = enNumber(name);
      if (!(hour >= 1 && hour <= 12)) return null;
      const rest = text.slice(end, end + 14);
      if (british !== undefined) {
        if (!SOFT_AFTER.test(rest) && half === undefined) return null;
        return clockPiece(at, end, hour, 30, halfOf(half));
      }
      const named = amount ?? "";
      const minutes = /quarters/.test(named) ? 45 : /quarter|qtr/.test(named) ? 15 : named === "half" ? 30 : enNumber(named);
      // Ten to nine, said by itself, is no span of twenty-three hours.
      const isDescending =
        /^(?:five|ten)$/.test(named) &&
        hour < minutes &&
        /(?:^|[,.;!?] ?|\b(?:till|until|before|after|be|is|say|make it|for) +)$/.test(textBefore(text, at, 10));
      const plain = !/quarter|qtr|half/.test(named) && !/min/.test(whole);
      // “2 to 4” is a span, “20 to 4” a time; “10 after 3” needs its minutes.
      if (
        !(minutes > 0 && minutes < 60) ||
        (plain &&
          (minutes % 5 !== 0 ||
            /after|before/.test(way) ||
            (!/past/.test(way) &&
              minutes <= 12 &&
              !(/^(?:five|ten|5|10)$/.test(named) && (MINUTES_TO.test(textBefore(text, at, 8)) || isDescending)))))
      )
        return null;
      if (plain && half === undefined && !SOFT_AFTER.test(rest)) return null;
      if (way === "past" || way === "after") return clockPiece(at, end, hour, minutes, halfOf(half));
      return clockPiece(at, end, hour === 1 ? 12 : hour - 1, 60 - minutes, halfOf(half));
    },
  },
  {
    // nineish, six-ish
    first: "otfsen",
    pattern: new RegExp(`(${HOUR_WORD})-?ish(?![a-z])`, "y"),
    read: (match, { at }) => clockPiece(at, at + match[0].length, enNumber(match[1] ?? ""), 0, null),
  },
  {
    // 3 o'clock, three oclock
    first: "0123456789otfsen",
    pattern: spaced(`${HOUR} ?o ?'? ?clock(?: ?${HALF_FULL})?`),
    read: (match, { at }) => clockPiece(at, endOf(at, match[0]), enNumber(match[1] ?? ""), 0, halfOf(match[2])),
  },
  {
    // two thirty, ten forty five pm, three pm, seven p.m.
    first: "otfsen",
    pattern: spaced(`(${HOUR_WORD})(?:[ -](${MINUTE_WORD}|oh (?:five|one|two))(?: minutes)?)?(?:[ -]?${HALF_FULL})?(?![a-z])`),
    read(match, { text, at, before }) {
      const [whole, name = "", minutes, half] = match;
      const end = endOf(at, whole);
      const hour = enNumber(name);
      const minute = minutes === undefined ? 0 : minutes.startsWith("oh") ? enNumber(minutes.slice(3)) : enNumber(minutes);
      if (half !== undefined) return clockPiece(at, end, hour, minute, halfOf(half));
      if (MEASURED_BEFORE.test(textBefore(text, at, 20))) return null;
      const cue = HOUR_CUE.test(textBefore(text, at, 16));
      const soft = SOFT_AFTER.test(text.slice(end, end + 14));
      const timely = before !== null && (before.day !== null || before.part !== null);
      if (minutes !== undefined)
        return soft && (cue || timely || /^(?:thirty|fifteen|forty[ -]five)$/.test(minutes))
          ? clockPiece(at, end, hour, minute, null)
          : null;
      if (PART_AFTER.test(text.slice(end, end + 24)) || OR_HOUR_AFTER.test(text.slice(end, end + 36)))
        return clockPiece(at, end, hour, minute, null);
      const at3 = /(?:\b(?:at|around|by|before|after|till|until|between|from|say)|@)\s*$/.test(textBefore(text, at, 10));
      return at3 &&
        soft &&
        !COUNTED_AFTER.test(text.slice(end, end + 28)) &&
        hour > (/\b(?:at|around|@)\s*$/.test(textBefore(text, at, 8)) ? 0 : 1)
        ? clockPiece(at, end, hour, 0, null)
        : null;
    },
  },
  {
    // 3ish; at 3, by 5, after 10
    first: "0123456789",
    pattern: /(\d{1,2})(?![\d:%/]|\.\d|[a-hj-z]|,\d)(-?ish)?/y,
    read(match, { text, at, before }) {
      const [whole, number, ish] = match;
      const hour = Number(number);
      const end = at + whole.length;
      if (hour < 1 || hour > 12) return null;
      if (ish !== undefined) return clockPiece(at, end, hour, 0, null);
      const lead = textBefore(text, at, 14);
      const rest = text.slice(end, end + 28);
      if (
        PART_AFTER.test(text.slice(end, end + 24)) &&
        !/\b(?:building|unit|room|number|no\.?|flat|bay|gate|door|apt|apartment|suite|block|tower|level) *$/.test(lead)
      ) {
        return clockPiece(at, end, hour, 0, null);
      }
      const dayAt =
        before?.day != null &&
        before.clock === null &&
        /^(?:\s{0,2}at|\s{0,2}@)\s{0,2}$/.test(text.slice(before.end, at)) &&
        !PLACE_OR_UNIT_AFTER.test(rest);
      if (!(SOFT_AFTER.test(rest) || dayAt) || COUNTED_AFTER.test(rest) || MEASURED_BEFORE.test(textBefore(text, at, 20))) return null;
      if (/\b(?:between|from)\s*$/.test(lead)) {
        const span = /^ ?(?:and|to|till|til|until|-|&) ?(?:about |around )?\d{1,2}(?:[:.]\d\d)?(?: ?([ap]\.?m|o'?clock))?/.exec(
          text.slice(end, end + 24),
        );
        if (span && span[1] === undefined && !SOFT_AFTER.test(text.slice(end + span[0].length, end + span[0].length + 14))) return null;
      }
      const firm =
        /(?:\b(?:at|around|round|by|before|after|till|til|until|between|from|past|earlier than|later than)|@|\b(?:tomorrow|today|tonight) (?:at|around|for))\s*$/.test(
          lead,
        );
      const timely = before !== null && before.end <= at && (before.part !== null || (before.day !== null && before.day.is === "offset"));
      // Fri 10
      const dayed =
        before?.day?.is === "weekday" &&
        before.end === at - 1 &&
        before.part === null &&
        before.clock === null &&
        /^\s*(?:$|[,.?!]|pls|please|ok\b|works?\b|suits\b|then\b|(?:is|would be|sounds) (?:fine|good|ok|okay|great|perfect)\b)/.test(rest);
      const second =
        /\b(?:between|from) +(?:half +|(?:a )?quarter (?:past|to) +)?\d{1,2}(?:[:.]\d\d)? *(?:am|pm)? +(?:and|to|till|until) +$/.test(
          textBefore(text, at, 36),
        );
      const talk =
        // I'd say seven is a judgement.
        !/\bi(?:'?d| would| think i'?d) say +$/.test(lead) &&
        (/\b(?:say|like|(?:can|could|shall) (?:(?:we|you|i) )?do|make (?:it|that|this)|let'?s do|let'?s go for|prefer|about(?!,)|not|rather|instead of|no|be|same time|sorry|mean|meant|wait|actually),? +$/.test(
          lead,
        ) ||
          /\b(?:at|around|by|after|before) +\d{1,2}(?::\d\d)? *(?:or|\/) *$/.test(lead)) &&
        /^\s*(?:$|[,.!?]|then|instead|please|on|tomorrow|today|tonight|sharp|or)/.test(rest);
      // Not nine, 10 tomorrow.
      const dated = /(?:^|[,.;!?]) *$/.test(lead) && /^ (?:tomorrow|tmr|tmrw|today|tonight)\s*(?:$|[,.?!])/.test(rest);
      const onDay = /\bfor +$/.test(lead) && /^ (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|^ (?:tomorrow|today)\b/.test(rest);
      const moved =
        /\b(?:mov|chang|push|reschedul|switch|shift|bring|put|delay|postpon)\w*\b[^.?!]{0,30}\bto *$/.test(textBefore(text, at, 44)) ||
        /^ sharp\b/.test(rest);
      if (
        /\b(?:rate|rated|score|scored|give|gave|out of|flat|set|stuck|priced|pressure|temp|temperature|thermostat|running|unit|room|gate|bay|line|no|number|version|level|step|model|channel) +(?:at|by|from)? *$/.test(
          lead,
        )
      )
        return null;
      return firm || dated || onDay || second || timely || dayed || talk || moved ? clockPiece(at, end, hour, 0, null) : null;
    },
  },
  {
    // noon, midday, midnight
    first: "nm",
    pattern:
      /(noonish|noon|mid[- ]?day|mid[- ]?night)(?![a-z]|-day| (?:blue|black|green|gr[ae]y|purple|silver|oil|sun|heat|snack|edition)\b)/y,
    read: (match, { at }) => clockPiece(at, at + match[0].length, /night/.test(match[0]) ? 24 : 12, 0, "day24"),
  },
];
