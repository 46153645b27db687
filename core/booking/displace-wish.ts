/** A wished time that others have, for work that comes first: room is made where the profile allows it, else staff are asked. */
import type { TurnContext } from "../conversation/context.ts";
import type { Json } from "../conversation/state.ts";
import { DAY_MS, type Instant, MINUTE_MS } from "../time.ts";
import { comesFirst, roomFor } from "./displace.ts";
import type { Job } from "./job.ts";
import { askForRoom } from "./room-wish.ts";
import { bookingWindow, type Offer } from "./slots.ts";

/** Starts looked at within a wished half-day. */
const MOST_STARTS = 12;

/** @param urgent what is wrong can't wait: never by itself, always a matter of staff */
export function roomForWish(turn: TurnContext, job: Job, raw: Json, urgent: boolean): Offer | null {
  const { displace } = turn.model.profile.business.workshop;
  const why = comesFirst(job) ?? (urgent ? "urgent" : null);
  if (why === null || !displace.for.includes(why)) return null;
  const starts = startsOf(turn, raw);
  if (!displace.automatic || why === "urgent") {
    if (starts.length > 0) askForRoom(turn, job, starts[0]!);
    return null;
  }
  for (const start of starts) {
    const offer = roomFor(turn, job, start, "rule");
    if (offer) return offer;
  }
  return null;
}

/** The starts that a wish stands for: a chosen hour, an instant, or the grid of a part of a day. */
function startsOf(turn: TurnContext, raw: Json): Instant[] {
  const wish = raw as { readonly start?: number; readonly end?: number | null; readonly technician?: string };
  if (wish.start === undefined) return [];
  const window = bookingWindow(turn.model, turn.now);
  const inWindow = (start: Instant): boolean => start >= window.from && start <= window.to;
  if (wish.technician !== undefined || wish.end === null || wish.end === undefined) return [wish.start].filter(inWindow);
  if (wish.end - wish.start > DAY_MS) return [];
  const grid = turn.model.profile.business.booking.gridMinutes * MINUTE_MS;
  const starts: Instant[] = [];
  for (let start = wish.start; start < wish.end && starts.length < MOST_STARTS; start += grid)
    if (inWindow(start) && turn.model.calendar.isOpen(start)) starts.push(start);
  return starts;
}
