/**
 * Free times: which technician can do some work when. Pure: the taken hours come in, offers go out.
 *
 * A time is free when one technician has every skill, licence and the level, works then (shift within opening hours, less the
 * breaks), has the buffer or way before and after it clear, has not reached the day's number of jobs, and one resource of every
 * kind that the work needs is free as well.
 */
import type { BusinessModel } from "../profile/model.ts";
import type { Service, Technician } from "../profile/schema.ts";
import type { AgendaDay, BusySpan } from "../spine/events.ts";
import { addDays, type DayKey, dayOf, type Instant, instantOf, MINUTE_MS, weekdayOf } from "../time.ts";

/** Taken hours by technician and day; a day nobody wrote is free. */
export interface Agenda {
  readonly day: (technician: string, day: DayKey) => AgendaDay;
}

/** Work to find time for. */
export interface Job {
  readonly services: readonly Service[];
  readonly place: "shop" | "visit";
  /** Technician to prefer when free (the same as last time). */
  readonly preferred?: string | null;
  /** For visits: the way depends on the part of town. */
  readonly address?: string | null;
  /** Recalls, campaigns and repeat work may use what is held back for emergencies (service standard: they come first). */
  readonly priority?: boolean;
}

/** A time that can be promised. `busy` is what it takes of the technician's day, way and buffers included. */
export interface Offer {
  readonly start: Instant;
  readonly end: Instant;
  readonly technician: string;
  readonly busy: { readonly start: Instant; readonly end: Instant };
  /** Resources it takes from start to end, as keys of the agenda. */
  readonly resources?: readonly string[];
}

export interface OfferSearch {
  readonly job: Job;
  readonly now: Instant;
  /** Earliest and latest start, both included. */
  readonly from: Instant;
  readonly to: Instant;
  /** Most offers; each at another start. */
  readonly limit: number;
  /** A booking that is being moved: its own hours count as free. */
  readonly moving?: string | null;
  /** A hold of the asker's own: free for them. */
  readonly hold?: string | null;
  /** A technician who can't come. */
  readonly without?: string | null;
}

/** Key of a resource in the agenda. */
export function resourceKey(id: string): string {
  return `bay:${id}`;
}

/** Working time of a job, min. */
export function jobMinutes(job: Job): number {
  return job.services.reduce((sum, service) => sum + service.minutes, 0);
}

/** Kept free on either side of a job, ms: the way for visits, the buffer in the shop. */
function marginMs(model: BusinessModel, job: Job): number {
  const { travelMinutes, bufferMinutes, zones } = model.profile.business.booking;
  if (job.place === "shop") return bufferMinutes * MINUTE_MS;
  const { address } = job;
  const zone = address ? zones.find((one) => one.words.some((word) => address.includes(word))) : undefined;
  return (zone?.travelMinutes ?? travelMinutes) * MINUTE_MS;
}

/** Technicians with every skill and the level of every service of the job. */
export function ableTechnicians(model: BusinessModel, job: Job): Technician[] {
  const level = Math.max(...job.services.map((service) => service.level));
  const skills = job.services.flatMap((service) => service.skills);
  return model.profile.technicians.filter(
    (technician) => technician.level >= level && skills.every((skill) => technician.skills.includes(skill)),
  );
}

/** Technicians for a search: able, and not the one who can't come. */
function ableFor(model: BusinessModel, search: Pick<OfferSearch, "job" | "without">): Technician[] {
  const able = ableTechnicians(model, search.job);
  return search.without ? able.filter((technician) => technician.id !== search.without) : able;
}

/** Does the technician hold every paper the job demands on that day? */
function licensed(job: Job, technician: Technician, day: DayKey): boolean {
  return job.services.every((service) =>
    service.licences.every((wanted) =>
      technician.licences.some((one) => one.id === wanted && (one.until === undefined || one.until >= day)),
    ),
  );
}

/** Kinds of resources a job takes. */
function kindsOf(job: Job): readonly string[] {
  return [...new Set(job.services.flatMap((service) => service.needs))];
}

/** One free resource of each kind from `start` to `end`, as keys of the agenda; `null` when a kind has none. */
function freeResources(
  model: BusinessModel,
  agenda: Agenda,
  search: Pick<OfferSearch, "job" | "now" | "moving" | "hold">,
  start: Instant,
  end: Instant,
): string[] | null {
  const kinds = kindsOf(search.job);
  if (kinds.length === 0) return [];
  const day = dayOf(start, model.zone);
  const found: string[] = [];
  for (const kind of kinds) {
    const free = model.profile.resources.find((resource) => {
      if (resource.kind !== kind || resource.daysOff.some((off) => inDays(off, day))) return false;
      const { busy } = agenda.day(resourceKey(resource.id), day);
      return !busy.some((span) => counts(span, search) && span.start < end && start < span.end);
    });
    if (!free) return null;
    found.push(resourceKey(free.id));
  }
  return found;
}

/** Does a taken span stand in the way of a search? Not the booking being moved, not one's own hold, not a hold that has lapsed. */
function counts(span: BusySpan, search: Pick<OfferSearch, "now" | "moving" | "hold">): boolean {
  if (span.until !== undefined && span.until <= search.now) return false;
  return span.booking !== (search.moving ?? null) && span.booking !== (search.hold ?? null);
}

/** First and last start that may be promised now: minimum notice and horizon of the profile. */
export function bookingWindow(model: BusinessModel, now: Instant): { readonly from: Instant; readonly to: Instant } {
  const { minimumNoticeMinutes, horizonDays } = model.profile.business.booking;
  return {
    from: now + minimumNoticeMinutes * MINUTE_MS,
    to: instantOf(addDays(dayOf(now, model.zone), horizonDays + 1), 0, model.zone) - 1,
  };
}

/**
 * The earliest free times within a span, soonest first, one technician each: the preferred one, else among the free the one
 * with the least work that day, the lowest sufficient level (hard jobs stay for higher skill), then by id.
 */
export function findOffers(model: BusinessModel, agenda: Agenda, search: OfferSearch): Offer[] {
  const window = bookingWindow(model, search.now);
  const from = Math.max(search.from, window.from);
  const to = Math.min(search.to, window.to);
  const offers: Offer[] = [];
  if (from > to || search.limit < 1) return offers;
  const technicians = ableFor(model, search);
  const last = dayOf(to, model.zone);
  for (let day = dayOf(from, model.zone); day <= last && offers.length < search.limit; day = addDays(day, 1)) {
    for (const offer of offersOfDay(model, agenda, search, technicians, day, from, to)) {
      offers.push(offer);
      if (offers.length >= search.limit) break;
    }
  }
  return offers;
}

/** The free times nearest to a wished start, nearest first, on both sides of it. */
export function nearestOffers(model: BusinessModel, agenda: Agenda, search: Omit<OfferSearch, "from" | "to">, wished: Instant): Offer[] {
  const window = bookingWindow(model, search.now);
  const technicians = ableFor(model, search);
  const found: Offer[] = [];
  const centre = dayOf(Math.min(Math.max(wished, window.from), window.to), model.zone);
  const horizon = model.profile.business.booking.horizonDays;
  const firstDay = dayOf(window.from, model.zone);
  const lastDay = dayOf(window.to, model.zone);
  for (let distance = 0; distance <= horizon; distance++) {
    for (const day of distance === 0 ? [centre] : [addDays(centre, distance), addDays(centre, -distance)]) {
      if (day < firstDay || day > lastDay) continue;
      found.push(...offersOfDay(model, agenda, { ...search, from: window.from, to: window.to }, technicians, day, window.from, window.to));
    }
    found.sort((one, other) => Math.abs(one.start - wished) - Math.abs(other.start - wished) || one.start - other.start);
    // The days not seen yet begin this far from the wish: once as many lie within, nothing nearer can follow.
    const unseen = Math.min(
      Math.abs(instantOf(addDays(centre, distance + 1), 0, model.zone) - wished),
      Math.abs(wished - instantOf(addDays(centre, -distance), 0, model.zone)),
    );
    const last = found[search.limit - 1];
    if (last && Math.abs(last.start - wished) < unseen) break;
  }
  return found.slice(0, search.limit);
}

/** The offer at exactly this start, or `null` when nobody is free then. */
export function offerAt(
  model: BusinessModel,
  agenda: Agenda,
  search: Omit<OfferSearch, "from" | "to" | "limit">,
  start: Instant,
): Offer | null {
  const window = bookingWindow(model, search.now);
  if (start < window.from || start > window.to) return null;
  const day = dayOf(start, model.zone);
  const minutes = jobMinutes(search.job);
  let best: { technician: Technician; load: number } | null = null;
  for (const technician of ableFor(model, search)) {
    const free = freeSpans(model, agenda, technician, day, search);
    if (!free.spans.some((span) => span.start <= start && span.end >= start + minutes * MINUTE_MS)) continue;
    if (best === null || preferred(search.job, technician, free.load, best.technician, best.load)) best = { technician, load: free.load };
  }
  if (!best) return null;
  const resources = freeResources(model, agenda, search, start, start + minutes * MINUTE_MS);
  return resources ? makeOffer(model, search.job, start, best.technician.id, resources) : null;
}

function makeOffer(model: BusinessModel, job: Job, start: Instant, technician: string, resources: readonly string[]): Offer {
  const end = start + jobMinutes(job) * MINUTE_MS;
  const margin = marginMs(model, job);
  const offer = { start, end, technician, busy: { start: start - margin, end: end + margin } };
  return resources.length > 0 ? { ...offer, resources } : offer;
}

function preferred(job: Job, one: Technician, oneLoad: number, other: Technician, otherLoad: number): boolean {
  if (job.preferred) {
    if (one.id === job.preferred) return true;
    if (other.id === job.preferred) return false;
  }
  if (oneLoad !== otherLoad) return oneLoad < otherLoad;
  if (one.level !== other.level) return one.level < other.level;
  return one.id < other.id;
}

function* offersOfDay(
  model: BusinessModel,
  agenda: Agenda,
  search: OfferSearch,
  technicians: readonly Technician[],
  day: DayKey,
  from: Instant,
  to: Instant,
): Generator<Offer> {
  const grid = model.profile.business.booking.gridMinutes * MINUTE_MS;
  const midnight = instantOf(day, 0, model.zone);
  const lengthMs = jobMinutes(search.job) * MINUTE_MS;
  const starts = new Map<Instant, { technician: Technician; load: number }>();
  for (const technician of technicians) {
    const free = freeSpans(model, agenda, technician, day, search);
    for (const span of free.spans) {
      const first = Math.max(span.start, from);
      let start = midnight + Math.ceil((first - midnight) / grid) * grid;
      for (; start + lengthMs <= span.end && start <= to; start += grid) {
        const best = starts.get(start);
        if (!best || preferred(search.job, technician, free.load, best.technician, best.load))
          starts.set(start, { technician, load: free.load });
      }
    }
  }
  for (const start of [...starts.keys()].sort((one, other) => one - other)) {
    const resources = freeResources(model, agenda, search, start, start + lengthMs);
    if (resources) yield makeOffer(model, search.job, start, starts.get(start)!.technician.id, resources);
  }
}

/**
 * Spans in which a job of this kind may lie on a day: the shift within the opening hours, less what is taken. The margin must
 * be clear of other work, but may reach beyond the shift (the way home).
 *
 * @returns `load`: minutes already taken that day
 */
function freeSpans(
  model: BusinessModel,
  agenda: Agenda,
  technician: Technician,
  day: DayKey,
  search: Pick<OfferSearch, "job" | "now" | "moving" | "hold">,
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
function isFull(model: BusinessModel, row: AgendaDay, technician: Technician, search: Pick<OfferSearch, "job" | "moving">): boolean {
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

function subtract(span: { start: Instant; end: Instant }, taken: { start: Instant; end: Instant }): { start: Instant; end: Instant }[] {
  if (taken.end <= span.start || taken.start >= span.end) return [span];
  const rest = [];
  if (taken.start > span.start) rest.push({ start: span.start, end: taken.start });
  if (taken.end < span.end) rest.push({ start: taken.end, end: span.end });
  return rest;
}

const WEEKDAY_KEYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

type WorkSpan = { readonly start: Instant; readonly end: Instant };

/** Working spans by model, then by technician and day: asked for again and again, and the same as long as the profile is. */
const knownSpans = new WeakMap<BusinessModel, Map<string, readonly WorkSpan[]>>();
/** A year of fifty technicians; beyond it the memory is begun anew. */
const KNOWN_SPANS_MOST = 20_000;

/** A technician's working spans on a day: the shift, cut to the opening hours. */
function workingSpans(model: BusinessModel, technician: Technician, day: DayKey): readonly WorkSpan[] {
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

function inDays(text: string, day: DayKey): boolean {
  const [from, to = from] = text.split("..") as [string, string?];
  return day >= from! && day <= to!;
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
