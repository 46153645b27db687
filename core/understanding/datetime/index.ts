/** Reads the times that a customer's message names, in Chinese (simplified, traditional, Cantonese) and English, mixed as they come. */
import { type BusinessCalendar, isWorkingDay } from "../../calendar/business.ts";
import type { DayKey, Instant } from "../../time.ts";
import { wallClock } from "../../time.ts";
import type { DateTimeEntity } from "../types.ts";
import { combine } from "./combine.ts";
import { correct } from "./correct.ts";
import { fold, withPauses } from "./fold.ts";
import type { Ground } from "./ground.ts";
import { markLately } from "./lately.ts";
import { settleMorning } from "./morning.ts";
import { place } from "./place.ts";
import { type Context, resolve } from "./resolve.ts";
import { scan } from "./scan.ts";
import type { DaySpec } from "./spec.ts";

/** Characters of a text that are looked at; a customer's message is shorter. */
const MAX_TEXT = 4_000;
/** Most times reported of one text. */
const MAX_ENTITIES = 16;

/** Zones in which China's statutory holidays make working days. */
const CHINESE_ZONES = new Set(["Asia/Shanghai", "Asia/Chongqing", "Asia/Chungking", "Asia/Harbin", "Asia/Urumqi", "Asia/Kashgar", "PRC"]);

export interface DateTimeContext {
  /** Reference time. */
  readonly now: Instant;
  /** IANA zone of the business, in which days and clock readings are meant. */
  readonly zone: string;
  /** Opening hours: ends `after three`, finds the first day of business after a holiday. */
  readonly calendar?: BusinessCalendar | null;
}

/**
 * The times named in a text, the one that counts first: the final one where one was corrected or moved, the one asked for where others are
 * only mentioned; otherwise in order of appearance, times gone by last. Times refused
 * (`not Tuesday`) and recurring ones (`every Friday`) are left out; times gone by are marked `past`.
 *
 * @param text the message as typed; only its first 4,000 characters are read
 * @throws RangeError when `zone` is unknown
 */
export function readDateTimes(text: string, { now, zone, calendar = null }: DateTimeContext): DateTimeEntity[] {
  const folded = fold(text, MAX_TEXT);
  const pieces = scan(folded);
  if (pieces.length === 0) return [];
  const wall = wallClock(now, zone);
  const holidays = CHINESE_ZONES.has(zone) ? "cn" : "none";
  const working = (day: DayKey): boolean => calendar?.isWorkingDay(day) ?? isWorkingDay(day, holidays);
  const open = (day: DayKey): boolean => (calendar === null ? working(day) : calendar.openSpans(day).length > 0);
  const ground: Ground = {
    today: wall.day,
    from: wall.day,
    back: false,
    isOpenDay: open,
    isWorkingDay: (day) => working(day) && open(day),
  };
  const same = (one: DaySpec, other: DaySpec): boolean => {
    const first = place(one, ground);
    return first !== null && first.first === place(other, ground)?.first;
  };
  const context: Context = { now, zone, wall, ground, calendar };
  const found: DateTimeEntity[] = [];
  for (const draft of correct(combine(pieces, folded, same), withPauses(folded))) {
    markLately(draft, folded, ground);
    settleMorning(draft, folded);
    const resolved = resolve(draft, context);
    if (resolved === null) continue;
    found.push({ ...trimmed(text, draft.at, draft.end), ...resolved });
    if (found.length >= MAX_ENTITIES) break;
  }
  // What lies behind is told, not wished for: it comes after what lies ahead.
  return found.some((entity) => entity.past)
    ? [...found.filter((entity) => !entity.past), ...found.filter((entity) => entity.past)]
    : found;
}

/** The stretch of the original text without blanks and punctuation around it. */
function trimmed(text: string, at: number, end: number): { text: string; at: number } {
  let from = at;
  let to = end;
  while (from < to && /[\s,，.。]/.test(text.charAt(from))) from += 1;
  while (to > from && /[\s,，。]/.test(text.charAt(to - 1))) to -= 1;
  return { text: text.slice(from, to), at: from };
}
