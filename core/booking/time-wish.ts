/** What hour a customer wishes: read from the words, against the hour on the table (settled, said before, or booked). Pure. */
import type { TurnContext } from "../conversation/context.ts";
import type { FlowContext } from "../conversation/flow.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Json } from "../conversation/state.ts";
import { addDays, DAY_MS, type DayKey, dayOf, daysBetween, type Instant, instantOf, wallClock } from "../time.ts";
import type { Offer } from "./slots.ts";
import { timeShiftOf } from "./time-shift.ts";

/** A wished time as said: an instant (`end` null), a span, or as soon as possible. */
export type TimeWish = { readonly start: Instant; readonly end: Instant | null; readonly grain: string } | { readonly asap: true };

const ASAP =
  /尽快|盡快|儘快|尽早|盡早|儘早|越快越好|最快|最早|马上|馬上|立刻|随时|隨時|什么时候都|甚麼時候都|什麼時候都|几时都|幾時都|都可以|都行|asap|as soon as|soonest|earliest|how soon|(?:时候|時候|几时|幾時|几点|幾點)(?:能|可以|先)(?:来|來|修|到|嚟)|any ?time|whenever|right away|first available/i;
const NONE_FITS =
  /都不行|都不方便|都不合适|都不合適|都唔得|都唔啱|没一个|沒一個|换个时间|換個時間|改个时间|其他时间|其他時間|另外的时间|none of (?:these|those|them)|another time|other times?|different time|neither/i;

const SAME_HOUR =
  /same (?:time|hour)|(?:同一|同样|同樣|一样的?|一樣的?|相同)(?:个|個)?(?:的)?(?:时间|時間|时段|時段|钟点|鐘點)|(?:时间|時間)(?:不变|不變|一样|一樣)/i;

/** Is the time in the words a wish for as soon as possible? */
export function wantsSoonest(text: string): boolean {
  return ASAP.test(text);
}

export function isSoonest(raw: Json): boolean {
  return typeof raw === "object" && raw !== null && "asap" in raw;
}

/** An hour of today that is past already but plainly wished (约今天上午10点), not told (今天早上八点开始不制冷). */
function wishedToday(
  turn: TurnContext,
  said: { readonly start: Instant; readonly end: Instant | null },
  text: string,
  asked: boolean,
): boolean {
  if (said.end !== null || dayOf(said.start, turn.zone) !== dayOf(turn.now, turn.zone)) return false;
  return (
    (asked || /约|約|来|來|改到|\b(?:book|come|appointment)\b/i.test(text)) &&
    !/开始|開始|起就|就不|坏|壞|\b(?:since|started|broke)\b/i.test(text)
  );
}

/**
 * Reads the wished time; a time that merely repeats the settled one is no new wish.
 *
 * @param standing the hour that stands so far outside the flow: that of the booking being moved
 */
export function takeTime(
  context: FlowContext<{ time: Json }>,
  reading: Reading,
  asked: boolean,
  standing: Instant | null = null,
): Json | undefined {
  const { datetime } = entitiesOf(reading);
  const shift = timeShiftOf(reading.text);
  const base = shift === null ? null : (hourOnTheTable(context) ?? standing);
  const { zone } = context.turn;
  if (base !== null) return { start: movedBy(base, shift!, zone), end: null, grain: "minute" };
  const settled = context.values.time as unknown as Offer | undefined;
  const said =
    closestOf(datetime.filter((one) => !one.past)) ??
    datetime.find((one) => wishedToday(context.turn, one, reading.text, asked)) ??
    // With an hour on the table a bare clock reading is one of that day, past or not today.
    (settled ? datetime.find((one) => !one.daySaid && one.end === null) : undefined);
  if (said) {
    if (settled && said.end !== null && settled.start >= said.start && settled.start < said.end) return undefined;
    // A bare clock reading moves the hour, not the day: that of the settled time, or of the booking being moved.
    const onTable = settled?.start ?? (said.past ? null : standing);
    if (onTable !== null && said.end === null && !said.daySaid)
      return { start: onDay(dayOf(onTable, zone), said.start, zone), end: null, grain: said.grain };
    const earlier = context.frame.raw["time"] as TimeWish | undefined;
    if (
      said.end === null &&
      !said.daySaid &&
      earlier &&
      "start" in earlier &&
      (earlier.end === null || earlier.end - earlier.start <= DAY_MS)
    ) {
      // The day was said before; a bare clock reading is an hour of that day.
      return { start: onDay(dayOf(earlier.start, zone), said.start, zone), end: null, grain: said.grain };
    }
    if (said.grain === "day" && !settled && !asked && earlier && "start" in earlier) {
      // Another day: the hour or the part of the day that was said before goes with it.
      const day = dayOf(said.start, zone);
      if (earlier.end === null && earlier.grain !== "day")
        return { start: onDay(day, earlier.start, zone), end: null, grain: earlier.grain };
      if (earlier.grain === "part") return { ...spanOnDay(day, earlier, zone), grain: "part" };
    }
    if (said.grain === "part" && !said.daySaid && settled)
      return { ...spanOnDay(dayOf(settled.start, zone), said, zone), grain: said.grain };
    // Another day at the same hour, when only the day was said.
    if (said.grain === "day" && settled && asked === false && context.frame.phase === "confirming")
      return { start: onDay(dayOf(said.start, zone), settled.start, zone), end: null, grain: "minute", soft: true };
    if (said.grain === "day" && standing !== null && SAME_HOUR.test(reading.text))
      return { start: onDay(dayOf(said.start, zone), standing, zone), end: null, grain: "minute" };
    return { start: said.start, end: said.end, grain: said.grain };
  }
  if (asked && ASAP.test(reading.text) && !NONE_FITS.test(reading.text)) return { asap: true };
  if (!settled && ASAP.test(reading.text) && context.frame.raw["time"] === undefined && reading.understanding) return { asap: true };
  return undefined;
}

/** Of several times in one message the first counts; "this week … Thursday at half five" is told more closely by the second. */
function closestOf<T extends { readonly start: Instant; readonly end: Instant | null }>(times: readonly T[]): T | undefined {
  const [first, ...others] = times;
  if (!first || first.end === null) return first;
  const end = first.end;
  const length = ({ start, end: until }: T): number => (until ?? start) - start;
  return others.find((one) => one.start >= first.start && (one.end ?? one.start) <= end && length(one) < length(first)) ?? first;
}

/** The hour settled or wished so far. */
function hourOnTheTable(context: FlowContext<{ time: Json }>): Instant | null {
  const settled = context.values.time as unknown as Offer | undefined;
  if (settled) return settled.start;
  const wish = context.frame.raw["time"] as TimeWish | undefined;
  return wish && "start" in wish && wish.end === null ? wish.start : null;
}

/** Whole days keep the hour of the wall clock. */
function movedBy(base: Instant, shift: number, zone: string): Instant {
  return shift % DAY_MS === 0 ? onDay(addDays(dayOf(base, zone), shift / DAY_MS), base, zone) : base + shift;
}

/** The hour that an instant shows on the clock, on another day. */
function onDay(day: DayKey, hour: Instant, zone: string): Instant {
  return instantOf(day, wallClock(hour, zone).minute, zone);
}

/** A span of hours on another day; it may reach into the day behind. */
function spanOnDay(
  day: DayKey,
  span: { readonly start: Instant; readonly end: Instant | null },
  zone: string,
): { readonly start: Instant; readonly end: Instant | null } {
  if (span.end === null) return { start: onDay(day, span.start, zone), end: null };
  const nights = daysBetween(dayOf(span.start, zone), dayOf(span.end, zone));
  return { start: onDay(day, span.start, zone), end: onDay(addDays(day, nights), span.end, zone) };
}

/** Does an answer to the offered times say that none of them suits? */
export function refusesOffers(text: string): boolean {
  return NONE_FITS.test(text);
}
