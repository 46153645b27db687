/** Holds (勿扰): a person said that a customer is to be left in peace, why, and until when. Pure. */
import type { CareHold, CustomerFile } from "../customers/state.ts";
import type { CareSettings } from "../profile/care-schema.ts";
import { addDays, type DayKey, type Instant } from "../time.ts";
import { addMonths } from "./months.ts";

export const HOLD_REASONS = ["bereavement", "accident", "asked"] as const satisfies readonly CareHold["reason"][];

/** The hold in force, or `null`. @param today where the customer lives */
export function activeHold({ hold }: Pick<CustomerFile, "hold">, today: DayKey): CareHold | null {
  return hold !== undefined && (hold.until === null || today <= hold.until) ? hold : null;
}

/** What staff want; what they left out is settled by the profile. */
export interface HoldWish {
  /** `null` = read from the words. */
  readonly reason: CareHold["reason"] | null;
  /** Last day; `null` = as long as the profile respects this reason. */
  readonly until: DayKey | null;
  readonly text: string;
}

const ACCIDENT = /事故|车祸|車禍|撞车|撞車|追尾|住院|accident|crash|collision|hospital/i;

export function holdOf(wish: HoldWish, by: string, at: Instant, today: DayKey, settings: CareSettings): CareHold {
  const reason = wish.reason ?? reasonIn(wish.text, settings);
  return { reason, until: wish.until ?? usualEnd(reason, today, settings), by, at, ...(wish.text === "" ? {} : { text: wish.text }) };
}

function reasonIn(text: string, settings: CareSettings): CareHold["reason"] {
  const plain = text.toLowerCase();
  if (settings.bereavementWords.some((word) => plain.includes(word.toLowerCase()))) return "bereavement";
  return ACCIDENT.test(text) ? "accident" : "asked";
}

/** Who asked to be left in peace is, until somebody takes the hold away. */
function usualEnd(reason: CareHold["reason"], today: DayKey, settings: CareSettings): DayKey | null {
  if (reason === "asked") return null;
  return addDays(today, reason === "bereavement" ? settings.bereavementDays : settings.accidentDays);
}

export type HoldCommand =
  /** `who` null = the customer of the case at hand; `until` null = not said. */
  | { readonly do: "hold"; readonly who: string | null; readonly until: DayKey | null; readonly text: string }
  | { readonly do: "lift"; readonly who: string | null }
  | { readonly do: "show"; readonly who: string | null };

const BEGINS: readonly (readonly ["hold" | "lift", RegExp])[] = [
  ["lift", /^(?:[/!／](?:unhold|resume[-_]?care)|[/!／]?(?:解除勿扰|解除勿擾|恢复关怀|恢復關懷))(?=[\s:：]|$)/i],
  ["hold", /^(?:[/!／](?:hold|no[-_]?care)|[/!／]?(?:勿扰|勿擾|暂停关怀|暫停關懷))(?=[\s:：]|$)/i],
];
const UNTIL_DAY = /(?:\b(?:until|till)\s+|[至到]\s*)?(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)/i;
const UNTIL_SPAN = /(?:\bfor\s+)?(?<![\d-])(\d{1,3})\s*(days?|d|天|日|weeks?|w|周|週|months?|个月|個月)(?![a-z])/i;

/**
 * What staff write in a team chat: `/hold 13800138000 until 2027-03-01 his father died`, `勿扰 浙A12345 三个月…`, `/unhold K123`;
 * with nothing behind it the hold of the case's customer is shown.
 *
 * @param ofCase a case is at hand: then only what has figures in it names somebody else
 * @returns `null` when the text is about something else
 */
export function parseHoldCommand(text: string, today: DayKey, ofCase: boolean): HoldCommand | null {
  const plain = text.trim();
  for (const [verb, pattern] of BEGINS) {
    const begins = pattern.exec(plain);
    if (!begins) continue;
    const rest = plain.slice(begins[0].length).replace(/^[\s:：]+/, "");
    if (verb === "lift") return { do: "lift", who: rest === "" ? null : rest };
    const when = readUntil(rest, today);
    const words = when.rest.split(/[\s,，]+/).filter(Boolean);
    const named = words[0] !== undefined && (!ofCase || /\d{3}/.test(words[0])) ? words.shift()! : null;
    const said = words.join(" ");
    if (said === "" && when.until === null) return { do: "show", who: named };
    return { do: "hold", who: named, until: when.until, text: said };
  }
  return null;
}

function readUntil(text: string, today: DayKey): { readonly until: DayKey | null; readonly rest: string } {
  const day = UNTIL_DAY.exec(text);
  if (day) {
    const key = `${day[1]}-${day[2]!.padStart(2, "0")}-${day[3]!.padStart(2, "0")}`;
    const real = addDays(key, 0) === key && !Number.isNaN(Date.parse(key));
    if (real && key >= today) return { until: key, rest: text.replace(day[0], " ") };
  }
  const span = UNTIL_SPAN.exec(text);
  if (!span) return { until: null, rest: text };
  const amount = Number(span[1]);
  const unit = span[2]!.toLowerCase();
  const until = /^(?:m|个|個)/.test(unit) ? addMonths(today, amount) : addDays(today, amount * (/^(?:w|周|週)/.test(unit) ? 7 : 1));
  return { until, rest: text.replace(span[0], " ") };
}
