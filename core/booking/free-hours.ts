/** What is free of a technician's day and of the resources, for one piece of work. */
import type { BusinessModel } from "../profile/model.ts";
import type { Technician } from "../profile/schema.ts";
import type { AgendaDay, BusySpan } from "../spine/outcome.ts";
import { addDays, type DayKey, dayOf, type Instant, MINUTE_MS } from "../time.ts";
import { type Agenda, resourceKey } from "./agenda.ts";
import { type Job, jobMinutes, kindsOf, legsOf, licensed, marginMs } from "./job.ts";
import { inDays, subtract, type WorkSpan, workingSpans } from "./working-hours.ts";

/** Whose search it is: what of the taken hours counts for it. */
export interface Asker {
  readonly job: Job;
  readonly now: Instant;
  /** A booking that is being moved: its own hours count as free. */
  readonly moving?: string | null;
  /** A hold of the asker's own: free for them. */
  readonly hold?: string | null;
}

/** What a resource is taken for. */
export interface Taken {
  /** Key of the agenda. */
  readonly key: string;
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * The resources of a job that begins for the customer at `start`: bays and lifts while the work lasts, a driver for each way of a
 * pick-up, a loan car from beginning to end. `null` when one of them is not free.
 *
 * @param start when the customer parts with it, or the work begins
 */
export function freeResources(model: BusinessModel, agenda: Agenda, search: Asker, start: Instant): Taken[] | null {
  const wanted = wantedResources(model, search.job, start);
  if (wanted.length === 0) return [];
  const day = dayOf(start, model.zone);
  const found: Taken[] = [];
  for (const { kind, start: from, end: to, open } of wanted) {
    if (open && !model.calendar.openSpans(day).some((span) => span.start <= from && to <= span.end)) return null;
    const free = model.profile.resources.find((resource) => {
      if (resource.kind !== kind || resource.daysOff.some((off) => inDays(off, day))) return false;
      const key = resourceKey(resource.id);
      if (found.some((taken) => taken.key === key && taken.start < to && from < taken.end)) return false;
      return !agenda.day(key, day).busy.some((span) => counts(span, search) && span.start < to && from < span.end);
    });
    if (!free) return null;
    found.push({ key: resourceKey(free.id), start: from, end: to });
  }
  return found;
}

/** Kinds with their hours. `open`: only within the opening hours. */
function wantedResources(
  model: BusinessModel,
  job: Job,
  start: Instant,
): { readonly kind: string; readonly start: Instant; readonly end: Instant; readonly open: boolean }[] {
  const legs = legsOf(model, job);
  const work = { start: start + legs.before, end: start + legs.before + jobMinutes(job) * MINUTE_MS };
  const end = work.end + legs.after;
  const wanted = kindsOf(job).map((kind) => ({ kind, ...work, open: false }));
  for (const kind of job.lent ?? []) wanted.push({ kind, start, end, open: false });
  if (legs.driver !== null) {
    wanted.push({ kind: legs.driver, start: start - legs.way, end: work.start, open: true });
    wanted.push({ kind: legs.driver, start: work.end, end: end + legs.way, open: true });
  }
  return wanted;
}

/** Does a taken span stand in the way of a search? Not the booking being moved, not one's own hold, not a hold that has lapsed. */
function counts(span: BusySpan, search: Omit<Asker, "job">): boolean {
  if (span.until !== undefined && span.until <= search.now) return false;
  return span.booking !== (search.moving ?? null) && span.booking !== (search.hold ?? null);
}

/**
 * Spans in which a job of this kind may lie on a day: the shift within the opening hours, less what is taken. The margin must
 * be clear of other work, but may reach beyond the shift (the way home).
 *
 * @returns `load`: minutes already taken that day
 */
export function freeSpans(
  model: BusinessModel,
  agenda: Agenda,
  technician: Technician,
  day: DayKey,
  search: Asker,
): { spans: readonly { start: Instant; end: Instant }[]; load: number } {
  const { job } = search;
  if (isFull(model, agenda.day(technician.id, day), technician, search)) return { spans: [], load: 0 };
  const works = workingSpans(model, technician, day);
  if (works.length === 0 || !licensed(job, technician, day)) return { spans: [], load: 0 };
  const others = (of: DayKey): readonly BusySpan[] => {
    const all = agenda.day(technician.id, of).busy;
    return all.length === 0 ? all : all.filter((span) => counts(span, search));
  };
  const busy = others(day);
  const load = busy.reduce((sum, span) => sum + (span.end - span.start), 0) / MINUTE_MS;
  if (busy.length >= technician.dailyJobs) return { spans: [], load };
  const margin = marginMs(model, job);
  const reserve = model.profile.business.booking.emergencyReservePercent;
  const worked = works.reduce((sum, span) => sum + (span.end - span.start), 0) / MINUTE_MS;
  const loadWith = load + jobMinutes(job) + (2 * margin) / MINUTE_MS;
  // A job too long to leave the reserve free may still have an otherwise empty day, or it could never be booked.
  const first = job.priority === true || job.services.some((service) => service.priority !== "none");
  if (reserve > 0 && !first && load > 0 && loadWith > (worked * (100 - reserve)) / 100) return { spans: [], load };
  let spans: readonly { start: Instant; end: Instant }[] = works;
  // The way to or from work around midnight lies on the neighbouring day.
  for (const taken of [...others(addDays(day, -1)), ...busy, ...others(addDays(day, 1))])
    spans = spans.flatMap((span) => subtract(span, { start: taken.start - margin, end: taken.end + margin }));
  return { spans, load };
}

/** Longest free time of a day's row by model, ms; `null` = it holds hours that may lapse. Rows are replaced, never changed. */
const knownGaps = new WeakMap<BusinessModel, WeakMap<AgendaDay, number | null>>();

/** Is there certainly no gap for the job? Most days of a busy year are told by one look, without working them out again. */
function isFull(model: BusinessModel, row: AgendaDay, technician: Technician, search: Pick<Asker, "job" | "moving">): boolean {
  if (row.busy.length === 0) return false;
  const { moving } = search;
  if (moving && row.busy.some((span) => span.booking === moving)) return false;
  let gaps = knownGaps.get(model);
  if (!gaps) {
    gaps = new WeakMap();
    knownGaps.set(model, gaps);
  }
  let longest = gaps.get(row);
  if (longest === undefined) {
    longest = row.busy.some((span) => span.until !== undefined) ? null : longestGap(workingSpans(model, technician, row.day), row.busy);
    gaps.set(row, longest);
  }
  return longest !== null && longest < jobMinutes(search.job) * MINUTE_MS;
}

function longestGap(works: readonly WorkSpan[], busy: readonly BusySpan[]): number {
  let left: readonly WorkSpan[] = works;
  for (const taken of busy) left = left.flatMap((span) => subtract(span, taken));
  return left.reduce((most, span) => Math.max(most, span.end - span.start), 0);
}
