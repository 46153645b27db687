/** Taken hours: rows by taker (a technician or a resource) and day. Pure; a row is replaced, never changed. */
import type { AgendaDay, BusySpan } from "../spine/events.ts";
import type { DayKey, Instant } from "../time.ts";

/** Taken hours by technician and day; a day nobody wrote is free. */
export interface Agenda {
  readonly day: (technician: string, day: DayKey) => AgendaDay;
}

/** Key of a resource in the agenda. */
export function resourceKey(id: string): string {
  return `bay:${id}`;
}

/**
 * The day with a span taken; `null` when it overlaps what is taken already. Holds that have lapsed by `now` are cleared away.
 *
 * @param hold key of a hold that gives way to this span (the taker's own)
 */
export function takeSpan(
  day: AgendaDay,
  span: BusySpan,
  now: Instant = Number.NEGATIVE_INFINITY,
  hold: string | null = null,
): AgendaDay | null {
  const standing = day.busy.filter(
    (taken) => taken.booking !== span.booking && taken.booking !== hold && (taken.until === undefined || taken.until > now),
  );
  if (standing.some((taken) => taken.start < span.end && span.start < taken.end)) return null;
  return { ...day, busy: [...standing, span].sort((one, other) => one.start - other.start) };
}

/** The day without what a booking took. */
export function freeSpan(day: AgendaDay, booking: string): AgendaDay {
  return { ...day, busy: day.busy.filter((taken) => taken.booking !== booking) };
}
