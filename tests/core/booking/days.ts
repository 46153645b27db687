/** Days of November 2026 in Shanghai: the 23rd is a Monday. */
import type { Agenda } from "../../../core/booking/agenda.ts";
import type { AgendaDay, BusySpan } from "../../../core/spine/outcome.ts";
import { type Instant, instantOf } from "../../../core/time.ts";
import { formatClock } from "../../../core/wording/format.ts";

export const ZONE = "Asia/Shanghai";

/** @param clock `HH:MM`, beyond 24:00 for the day after */
export function at(date: string, clock: string): Instant {
  const [hour, minute] = clock.split(":") as [string, string];
  return instantOf(`2026-11-${date}`, Number(hour) * 60 + Number(minute), ZONE);
}

export function clockOf(instant: Instant): string {
  return formatClock(instant, ZONE);
}

/** Nothing is taken. */
export const EMPTY: Agenda = { day: (technician, day) => ({ technician, day, version: 0, busy: [] }) };

/** Technician, date, from, to, number of the booking. */
export type Taken = readonly [technician: string, date: string, from: string, to: string, booking?: string];

export function agendaOf(...taken: readonly Taken[]): Agenda {
  const days = new Map<string, BusySpan[]>();
  taken.forEach(([technician, date, from, to, booking], index) => {
    const key = `${technician}|2026-11-${date}`;
    days.set(key, [...(days.get(key) ?? []), { start: at(date, from), end: at(date, to), booking: booking ?? `T${index}` }]);
  });
  return { day: (technician, day): AgendaDay => ({ technician, day, version: 1, busy: days.get(`${technician}|${day}`) ?? [] }) };
}
