/** A wished time in words while it can't be settled yet (where and what are still open). */
import type { TurnContext } from "../conversation/context.ts";
import type { Json } from "../conversation/state.ts";
import { HOUR_MS } from "../time.ts";
import { formatClock, formatDateTime, formatDay } from "../wording/format.ts";
import type { TimeWish } from "./time-slot.ts";

/** @returns "" for "as soon as possible" and for spans longer than a day, which nobody needs to hear again */
export function heardTime(turn: TurnContext, raw: Json): string {
  const wish = raw as unknown as TimeWish;
  if (!("start" in wish)) return "";
  if (wish.grain === "minute" || wish.grain === "hour") return formatDateTime(wish.start, turn.lang, turn.zone, turn.now);
  if (wish.end !== null && wish.end - wish.start > 24 * HOUR_MS) return "";
  if (wish.grain === "day" || wish.end === null) return formatDay(wish.start, turn.lang, turn.zone, turn.now);
  return `${formatDateTime(wish.start, turn.lang, turn.zone, turn.now)}–${formatClock(wish.end, turn.zone)}`;
}
