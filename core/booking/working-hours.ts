/** When technicians work: the shift within the opening hours, less the breaks. */
import type { BusinessModel } from "../profile/model.ts";
import type { Technician } from "../profile/schema.ts";
import { type DayKey, type Instant, instantOf, weekdayOf } from "../time.ts";

/** What is left of a span. */
export function subtract(span: WorkSpan, taken: WorkSpan): { start: Instant; end: Instant }[] {
  if (taken.end <= span.start || taken.start >= span.end) return [span];
  const rest = [];
  if (taken.start > span.start) rest.push({ start: span.start, end: taken.start });
  if (taken.end < span.end) rest.push({ start: taken.end, end: span.end });
  return rest;
}

const WEEKDAY_KEYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export type WorkSpan = { readonly start: Instant; readonly end: Instant };

/** Working spans by model, then by technician and day: asked for again and again, and the same as long as the profile is. */
const knownSpans = new WeakMap<BusinessModel, Map<string, readonly WorkSpan[]>>();
/** A year of fifty technicians; beyond it the memory is begun anew. */
const KNOWN_SPANS_MOST = 20_000;

/** A technician's working spans on a day: the shift, cut to the opening hours. */
export function workingSpans(model: BusinessModel, technician: Technician, day: DayKey): readonly WorkSpan[] {
  let known = knownSpans.get(model);
  if (!known || known.size > KNOWN_SPANS_MOST) {
    known = new Map();
    knownSpans.set(model, known);
  }
  const key = `${technician.id}|${day}`;
  let spans = known.get(key);
  if (!spans) {
    spans = computeWorkingSpans(model, technician, day);
    known.set(key, spans);
  }
  return spans;
}

function computeWorkingSpans(model: BusinessModel, technician: Technician, day: DayKey): WorkSpan[] {
  const spans = shiftSpans(model, technician, day);
  const breaks = technician.breaks?.[WEEKDAY_KEYS[weekdayOf(day) - 1]!] ?? [];
  return breaks.reduce((left, text) => {
    const [from, to] = text.split("-") as [string, string];
    const pause = { start: instantOf(day, clockMinutes(from), model.zone), end: instantOf(day, clockMinutes(to), model.zone) };
    return left.flatMap((span) => subtract(span, pause));
  }, spans);
}

function shiftSpans(model: BusinessModel, technician: Technician, day: DayKey): WorkSpan[] {
  if (technician.daysOff.some((off) => inDays(off, day))) return [];
  const open = model.calendar.openSpans(day);
  if (!technician.shifts) return open.map((span) => ({ start: span.start, end: span.end }));
  const shift = technician.shifts[WEEKDAY_KEYS[weekdayOf(day) - 1]!] ?? [];
  const spans: { start: Instant; end: Instant }[] = [];
  for (const text of [...shift].sort()) {
    const [from, to] = text.split("-") as [string, string];
    const start = instantOf(day, clockMinutes(from), model.zone);
    const end = instantOf(day, clockMinutes(to), model.zone);
    for (const hours of open) {
      const cut = { start: Math.max(start, hours.start), end: Math.min(end, hours.end) };
      if (cut.start >= cut.end) continue;
      const last = spans.at(-1);
      // Parts that touch are one: a job may lie across the seam.
      if (last?.end === cut.start) last.end = cut.end;
      else spans.push(cut);
    }
  }
  return spans;
}

function clockMinutes(text: string): number {
  const [hour, minute] = text.split(":") as [string, string];
  return Number(hour) * 60 + Number(minute);
}

/** Does a day lie in `YYYY-MM-DD` or `YYYY-MM-DD..YYYY-MM-DD`? */
export function inDays(text: string, day: DayKey): boolean {
  const [from, to = from] = text.split("..") as [string, string?];
  return day >= from! && day <= to!;
}
