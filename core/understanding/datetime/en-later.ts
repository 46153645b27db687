/** English pieces that say when by now and tomorrow: in three quarters of an hour, this time next week, the day after. */
import { DAY_MS, MINUTE_MS } from "../../time.ts";
import { type Rule, spaced, textBefore } from "./rule.ts";
import { piece } from "./spec.ts";

/** Rules in the order in which they are tried. */
export const EN_LATER_RULES: readonly Rule[] = [
  {
    // in three quarters of an hour
    first: "iw",
    pattern: spaced("(in|within) (?:about |around |roughly )?(?:(three)[ -]quarters|(?:a )?quarter) of an hour(?:'s time)?(?![a-z])"),
    read: (match, { at }) =>
      piece(at, at + match[0].length, { shift: { ms: (match[2] === undefined ? 15 : 45) * MINUTE_MS, within: match[1] === "within" } }),
  },
  {
    // this time tomorrow, this time next week
    first: "t",
    pattern: spaced("(?:about |around )?this time (?:(tomorrow|tmrw|tmr)|next week)(?![a-z])"),
    read: (match, { at }) =>
      piece(at, at + match[0].length, { shift: { ms: match[1] === undefined ? 7 * DAY_MS : DAY_MS, within: false } }),
  },
  {
    // tomorrow is no good, does the day after work?
    first: "t",
    pattern: spaced(
      "the (?:following day|day after)(?= (?:work|works|is|would|that|instead|ok|okay|if|suits?|please|pls|be|then|will|at|in the|around)(?![a-z])| ?(?:$|[,.?!]))",
    ),
    read(match, { text, at }) {
      const led = /\b(tomorrow|tmrw|tmr|2moro)\b/.test(textBefore(text, at, 80));
      return led ? piece(at, at + match[0].length, { day: { is: "offset", days: 2 } }) : null;
    },
  },
];
