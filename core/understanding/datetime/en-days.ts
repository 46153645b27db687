/** The English rules for days in the order in which they are tried. */
import { EN_DATE_RULES } from "./en-dates.ts";
import { TODAY } from "./en-grammar.ts";
import { EN_LATER_RULES } from "./en-later.ts";
import { EN_PERIOD_RULES } from "./en-periods.ts";
import { EN_RELATIVE_RULES } from "./en-relative.ts";
import { EN_WEEK_RULES } from "./en-weeks.ts";
import { matchAt, type Rule } from "./rule.ts";
import { type Draft, piece } from "./spec.ts";

export const EN_DAY_RULES: readonly Rule[] = [
  ...EN_PERIOD_RULES,
  ...EN_LATER_RULES,
  ...EN_RELATIVE_RULES,
  ...EN_WEEK_RULES,
  ...EN_DATE_RULES,
];

/** Phrases that may lean on one another; an open-ended chain would cost more than it says. */
const MAX_DEPTH = 1;

/** Any day piece at an index, for wording that leans on one (`3 days after Christmas`). */
export function leanOn(text: string, at: number, depth = 0): Draft | null {
  if (depth > MAX_DEPTH) return null;
  const lean = (next: number): Draft | null => leanOn(text, next, depth + 1);
  for (const rule of EN_DAY_RULES) {
    if (!rule.first.includes(text.charAt(at))) continue;
    const match = matchAt(rule.pattern, text, at);
    const found = match && rule.read(match, { text, at, before: piece(at, at, { day: TODAY }), lean });
    if (found?.day) return found;
  }
  return null;
}
