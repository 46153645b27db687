/** English pieces that name a part of the day. */
import { oneOf, PARTS } from "./lexicon-en.ts";
import { type Rule, spaced, textBefore } from "./rule.ts";
import { piece } from "./spec.ts";

const NAMED_FOR =
  /^[ -](?:lights?|lamps?|mode|vision|shifts?|owl|stand|sun|sunshine|coffee|tea|nap|news|rush|commute|traffic|run|dew|cold|sickness|after pill|dress|paper|class|school|show|sweats|bus|driv\w+|storage|heaters?)\b/;

/** Rules in the order in which they are tried; they come after all others. */
export const EN_PART_RULES: readonly Rule[] = [
  {
    // first thing tomorrow, Friday first thing in the morning
    first: "f",
    pattern: spaced("first thing(?: in the (?:morning|am))?(?![a-z])"),
    read(match, { text, at, before }) {
      const end = at + match[0].length;
      // "The first thing I noticed" tells no time.
      if (
        /\b(?:the|one|very|my|your|a) +$/.test(textBefore(text, at, 8)) ||
        /^ (?:i|you|we|it|that|is|was|to|they|he|she)\b/.test(text.slice(end, end + 8))
      )
        return null;
      const dated =
        before?.day != null || /^,? (?:on |next |this )?(?:tom|tmr|2mo|mon|tue|wed|thu|fri|sat|sun|the \d)/.test(text.slice(end, end + 16));
      return dated || /morning|am$/.test(match[0]) ? piece(at, end, { part: "early-morning" }) : null;
    },
  },
  {
    // after work on Monday
    first: "a",
    pattern: spaced(
      "after (?:work|office hours|working hours)(?![a-z])(?! (?:on (?:my|the|your|it)|was|is|has|had|done|finished|to\\b|in the|by|at the|carried))",
    ),
    read: (match, { at }) => piece(at, at + match[0].length, { part: "evening" }),
  },
  {
    // Monday before work, before work on Monday
    first: "b",
    pattern: spaced("before work(?![a-z])(?! (?:start|begin|is|was|on (?:my|the|it)))"),
    read(match, { text, at, before }) {
      const end = at + match[0].length;
      const dated =
        before?.day != null || /^,? (?:on |next |this )?(?:tom|tmr|mon|tue|wed|thu|fri|sat|sun|the \d)/.test(text.slice(end, end + 16));
      return dated ? piece(at, end, { part: "early-morning" }) : null;
    },
  },
  {
    // after dinner on Friday, after tea
    first: "a",
    pattern: spaced("after (?:dinner|tea|supper|tea ?time|dinner ?time)(?![a-z])(?! (?:was|is|had|party|service))"),
    read: (match, { at }) => piece(at, at + match[0].length, { part: "evening" }),
  },
  {
    // this morning, in the afternoon, evening, lunchtime, Tuesday am
    first: "tidamenl",
    pattern: spaced(
      "(?:(?:in|during|for|by|of) )?(?:(the|this|that|any|one|next|early|late|in the early|in the late|" +
        `early in the|late in the|the same)[ -])?(?:(early|late)[ -])?(${oneOf(PARTS.keys())})(s)?(?![a-z])` +
        "(?: time)?",
    ),
    read(match, { text, at, before }) {
      const [whole, lead, cut, word = "", plural] = match;
      const end = at + whole.length;
      const prior = textBefore(text, at, 14);
      // Any morning next week: that week, no morning in particular.
      if (lead === "any" && (before === null || before.day === null)) return null;
      const name = PARTS.get(word.replace(/[ -]+/g, " ")) ?? null;
      const slice = /early/.test(`${lead} ${cut}`) ? "early" : /late/.test(`${lead} ${cut}`) ? "late" : null;
      // The night light, the evening sun, a morning coffee: named for the time, not put on it.
      if (NAMED_FOR.test(text.slice(end, end + 16))) return null;
      const night = word.startsWith("ni");
      const part =
        night && slice !== null
          ? slice === "late"
            ? "night"
            : "late-evening"
          : slice !== null && (name === "morning" || name === "afternoon" || name === "evening")
            ? (`${slice}-${name}` as const)
            : name;
      const day = before !== null && before.day !== null;
      if (/\b(?:good|gd|every|each|all|over|per|nice|lovely|great|same) +$/.test(prior)) return piece(at, end, { part, recurring: true });
      // Tuesday mornings: that day of the week, in the morning.
      if (plural !== undefined && !(day && before.day?.is === "weekday")) return piece(at, end, { part, recurring: true });
      if (word === "eve" && !day) return null;
      const rest = text.slice(end, end + 14);
      // Noises at night and engines in the morning are habits.
      if (word === "night" && lead === undefined && before === null)
        return /\bat +$/.test(prior) ? piece(at, end, { part, recurring: true }) : null;
      if (!day && before?.clock == null && /^ (?:it|when|the (?:car|engine|boiler|unit|heating|ac|fridge))\b/.test(rest)) return null;
      if (name === "daytime" && !day && !/^(?:in|during) /.test(whole)) return null;
      if (lead === undefined && !/^(?:in|during|for|by) /.test(whole) && !day) {
        const greeting =
          /^\s*$/.test(prior) &&
          (/^\s*(?:[,!.]|all\b|team\b|guys\b|there\b|everyone\b|folks\b|sir\b|i\b|my\b|could\b|can\b|just\b|how\b)/.test(rest) ||
            (word === "morning" && /^\s*$/.test(rest)));
        // Lunchtime Friday, evening tomorrow: the day makes it one.
        const dated =
          /^ (?:on )?(?:tomorrow|tmrw|tmr|today|mon|tue|wed|thu|fri|sat|sun)/.test(rest) &&
          !/\b(?:for|about|of|my|your|a|any|every|each) +$/.test(prior);
        const meal = word.startsWith("lunch") && /^\s*(?:$|[,.?!])/.test(rest);
        const timely =
          meal ||
          dated ||
          (/^ (?:slot|appointment|appt|visit)\b/.test(rest) && !/\bnext +$/.test(prior)) ||
          /(?:\b(?:or|and|prefer|preferably|either|ideally|maybe|is|on|the|at|before|after|until|till|from|rather|earliest|to|day)|[,;:/-]|(?:am|pm|\d|clock))\s*$/.test(
            prior,
          ) ||
          /^\s*$/.test(prior);
        if (
          greeting ||
          !timely ||
          !/^(?:\s*$|\s*[,.;!?/)]|\s+(?:please|pls|plz|works?|is|would|if|on|of|at|before|around|between|only|suits?|or|and|then|slot|appointment|visit|after|from|with|tomorrow|today|next|this|thanks|ok|okay|instead|not|i|we|sounds|better|best|for|but|because|works|tmr|tmrw|mon|tue|wed|thu|fri|sat|sun|\d))/.test(
            rest,
          )
        ) {
          return null;
        }
      }
      if (lead === "next") {
        // The next morning slot is the next one free; “the next morning” tells a story.
        if (day || /\bthe +$/.test(prior) || /^ (?:slot|appointment|visit|available|free|one|time)/.test(rest)) return null;
        return piece(at, end, { part, day: { is: "offset", days: 1 } });
      }
      const today = lead === "this" || whole.startsWith("this ");
      if (today) return piece(at, end, { part, day: before !== null && before.day !== null ? null : { is: "offset", days: 0 } });
      return piece(at, end, { part });
    },
  },
  {
    // Tuesday am, Feb 5 PM, 11/27 in the pm
    first: "api",
    pattern: /(?:in the )?(am|a\.m\.?|pm|p\.m\.?)(?![a-z])/y,
    read(match, { at, before }) {
      if (before === null || before.day === null || before.part !== null || before.clock !== null) return null;
      return piece(at, at + match[0].length, { part: match[1]!.startsWith("a") ? "morning" : "afternoon" });
    },
  },
];
