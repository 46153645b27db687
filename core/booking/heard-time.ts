/** A wished time in words while it can't be settled yet (where and what are still open). */
import type { TurnContext } from "../conversation/context.ts";
import type { Json } from "../conversation/state.ts";
import { HOUR_MS } from "../time.ts";
import { formatDay } from "../wording/format.ts";
import { type BookContext, jobOf } from "./book-values.ts";
import type { Offer } from "./slots.ts";
import { settleTime } from "./time-slot.ts";
import type { TimeWish } from "./time-wish.ts";

/** @returns "" for "as soon as possible" (see `earliestTime`) and for spans longer than a day, which nobody needs to hear again */
export function heardTime(turn: TurnContext, raw: Json): string {
  const wish = raw as unknown as TimeWish;
  if (!("start" in wish)) return "";
  if (wish.grain === "minute" || wish.grain === "hour") return turn.time(wish.start);
  if (wish.end !== null && wish.end - wish.start > 24 * HOUR_MS) return "";
  if (wish.grain === "day" || wish.end === null) return formatDay(wish.start, turn.lang, turn.zone, turn.now);
  return turn.span({ start: wish.start, end: wish.end });
}

/** "As soon as possible", and "how soon?", in the hour it would be now; "" while what and where are still open. */
export function earliestTime(context: BookContext): string {
  const { turn, values } = context;
  if (!values.product || !values.place || (values.place !== "shop" && !values.address)) return "";
  const settled = settleTime(turn, jobOf(context), { asap: true }, null);
  if (settled.status !== "ok") return "";
  const { start } = settled.value as unknown as Offer;
  return turn.words("time.earliest", { time: turn.time(start) });
}
