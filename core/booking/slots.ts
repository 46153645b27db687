/**
 * Free times: which technician can do some work when. Pure: the taken hours come in, offers go out.
 *
 * A time is free when one technician has every skill, licence and the level, works then (shift within opening hours, less the
 * breaks), has the buffer or way before and after it clear, has not reached the day's number of jobs, and one resource of every
 * kind that the work needs is free as well.
 */
import type { BusinessModel } from "../profile/model.ts";
import type { Technician } from "../profile/schema.ts";
import { addDays, type DayKey, dayOf, type Instant, instantOf, MINUTE_MS } from "../time.ts";
import type { Agenda } from "./agenda.ts";
import { type Asker, freeResources, freeSpans, type Taken } from "./free-hours.ts";
import { ableTechnicians, type Job, jobMinutes, legsOf, marginMs } from "./job.ts";

/**
 * A time that can be promised, from what the customer first sees of it to the last (with a pick-up: from their door and back to it).
 * `busy` is what it takes of the technician's day, way and buffers included.
 */
export interface Offer {
  readonly start: Instant;
  readonly end: Instant;
  readonly technician: string;
  readonly busy: { readonly start: Instant; readonly end: Instant };
  /** Resources it takes (bay, loan car, driver), each with its hours. */
  readonly resources?: readonly Taken[];
  /** Bookings that give way to it ({@link roomFor}). */
  readonly displaces?: readonly string[];
}

/** An offer as a booking keeps it. */
export function hoursOf({ start, end, technician, resources }: Offer): Pick<Offer, "start" | "end" | "technician" | "resources"> {
  return { start, end, technician, ...(resources ? { resources } : {}) };
}

export interface OfferSearch extends Asker {
  /** Earliest and latest start, both included. */
  readonly from: Instant;
  readonly to: Instant;
  /** Most offers; each at another start. */
  readonly limit: number;
  /** A technician who can't come. */
  readonly without?: string | null;
}

/** Technicians for a search: able, and not the one who can't come. */
function ableFor(model: BusinessModel, search: Pick<OfferSearch, "job" | "without">): Technician[] {
  const able = ableTechnicians(model, search.job);
  return search.without ? able.filter((technician) => technician.id !== search.without) : able;
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
  const work = start + legsOf(model, search.job).before;
  const workEnd = work + jobMinutes(search.job) * MINUTE_MS;
  let best: { technician: Technician; load: number } | null = null;
  for (const technician of ableFor(model, search)) {
    const free = freeSpans(model, agenda, technician, day, search);
    if (!free.spans.some((span) => span.start <= work && span.end >= workEnd)) continue;
    if (best === null || preferred(search.job, technician, free.load, best.technician, best.load)) best = { technician, load: free.load };
  }
  if (!best) return null;
  const resources = freeResources(model, agenda, search, start);
  return resources ? makeOffer(model, search.job, start, best.technician.id, resources) : null;
}

function makeOffer(model: BusinessModel, job: Job, start: Instant, technician: string, resources: readonly Taken[]): Offer {
  const legs = legsOf(model, job);
  const work = start + legs.before;
  const workEnd = work + jobMinutes(job) * MINUTE_MS;
  const margin = marginMs(model, job);
  const offer = { start, end: workEnd + legs.after, technician, busy: { start: work - margin, end: workEnd + margin } };
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
  const { before } = legsOf(model, search.job);
  const lengthMs = before + jobMinutes(search.job) * MINUTE_MS;
  const starts = new Map<Instant, { technician: Technician; load: number }>();
  for (const technician of technicians) {
    const free = freeSpans(model, agenda, technician, day, search);
    for (const span of free.spans) {
      const first = Math.max(span.start - before, from);
      let start = midnight + Math.ceil((first - midnight) / grid) * grid;
      for (; start + lengthMs <= span.end && start <= to; start += grid) {
        const best = starts.get(start);
        if (!best || preferred(search.job, technician, free.load, best.technician, best.load))
          starts.set(start, { technician, load: free.load });
      }
    }
  }
  for (const start of [...starts.keys()].sort((one, other) => one - other)) {
    const resources = freeResources(model, agenda, search, start);
    if (resources) yield makeOffer(model, search.job, start, starts.get(start)!.technician.id, resources);
  }
}
