/** Taken hours: rows by taker (a technician or a resource) and day. Pure; a row is replaced, never changed. */
import type { AgendaDay, BusySpan } from "../spine/outcome.ts";
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
  return takeSpans(day, [span], now, hold);
}

/** The same for several spans of one booking (both ways of a driver): they replace what it had of the day before. */
export function takeSpans(
  day: AgendaDay,
  spans: readonly BusySpan[],
  now: Instant = Number.NEGATIVE_INFINITY,
  hold: string | null = null,
): AgendaDay | null {
  const own = spans[0]?.booking;
  const standing = day.busy.filter(
    (taken) => taken.booking !== own && taken.booking !== hold && (taken.until === undefined || taken.until > now),
  );
  const busy = [...standing, ...spans].sort((one, other) => one.start - other.start);
  const overlaps = spans.some((span) => busy.some((taken) => taken !== span && taken.start < span.end && span.start < taken.end));
  return overlaps ? null : { ...day, busy };
}

/** The day without what a booking took. */
export function freeSpan(day: AgendaDay, booking: string): AgendaDay {
  return { ...day, busy: day.busy.filter((taken) => taken.booking !== booking) };
}

/** What an offer takes, by taker of the agenda: its technician and its resources. */
export function takersOf(offer: {
  readonly technician: string;
  readonly busy: Pick<BusySpan, "start" | "end">;
  readonly resources?: readonly { readonly key: string; readonly start: Instant; readonly end: Instant }[];
}): ReadonlyMap<string, readonly Pick<BusySpan, "start" | "end">[]> {
  const takers = new Map<string, Pick<BusySpan, "start" | "end">[]>([[offer.technician, [offer.busy]]]);
  for (const { key, start, end } of offer.resources ?? []) takers.set(key, [...(takers.get(key) ?? []), { start, end }]);
  return takers;
}
