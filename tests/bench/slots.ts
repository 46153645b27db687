/** How fast free hours are found: a year of calendars, fifty technicians, ten thousand bookings. Pure computing, no storage. */
import { type Agenda, takeSpan } from "../../core/booking/agenda.ts";
import { ableTechnicians, type Job } from "../../core/booking/job.ts";
import { bookingWindow, findOffers, nearestOffers, offerAt } from "../../core/booking/slots.ts";
import { agendaKey } from "../../core/conversation/facts.ts";
import { type BusinessModel, createBusinessModel } from "../../core/profile/model.ts";
import type { AgendaDay } from "../../core/spine/outcome.ts";
import { DAY_MS, dayOf, type Instant } from "../../core/time.ts";
import { type Figure, median, percentile, progress, type Section } from "./figures.ts";
import { type Bench, withMoreHands } from "./setup.ts";

const TECHNICIANS = 50;
const BOOKINGS = 10_000;
const HORIZON_DAYS = 365;
const NOW = Date.parse("2026-11-23T09:00:00+08:00");

export async function benchSlots(bench: Bench): Promise<Section> {
  const bookings = bench.quick ? 1_000 : BOOKINGS;
  const calls = bench.quick ? 200 : 2_000;
  progress(`slots: ${bookings.toLocaleString("en")} bookings`);
  const model = bigBusiness(bench);
  const jobs: Job[] = model.profile.services.map((service) => ({
    services: [service],
    place: service.place === "shop" ? "shop" : "visit",
  }));
  const able = jobs.filter((job) => ableTechnicians(model, job).length > 0);
  const days = new Map<string, AgendaDay>();
  const agenda: Agenda = { day: (technician, day) => days.get(agendaKey(technician, day)) ?? { technician, day, version: 0, busy: [] } };
  const window = bookingWindow(model, NOW);
  const wish = (index: number): Instant => {
    const at = window.from + ((Math.imul(index + 1, 0x9e3779b1) >>> 0) % (window.to - window.from));
    return at - (at % 1_800_000);
  };
  const job = (index: number): Job => able[index % able.length]!;

  let booked = 0;
  for (let index = 0; booked < bookings && index < bookings * 3; index++) {
    const [offer] = nearestOffers(model, agenda, { job: job(index), now: NOW, limit: 1 }, wish(index));
    if (!offer) continue;
    const day = dayOf(offer.start, model.zone);
    const taken = takeSpan(agenda.day(offer.technician, day), { ...offer.busy, booking: `B${index}` });
    if (taken === null) throw new Error("an offer overlaps what is taken");
    days.set(agendaKey(offer.technician, day), taken);
    booked += 1;
  }

  const cases: readonly (readonly [string, (index: number) => unknown])[] = [
    [
      "findOffers, the first three from now on",
      (index) => findOffers(model, agenda, { job: job(index), now: NOW, from: window.from, to: window.to, limit: 3 }),
    ],
    [
      "findOffers, three within a wished day",
      (index) => findOffers(model, agenda, { job: job(index), now: NOW, from: wish(index), to: wish(index) + DAY_MS, limit: 3 }),
    ],
    ["nearestOffers, three around a wish", (index) => nearestOffers(model, agenda, { job: job(index), now: NOW, limit: 3 }, wish(index))],
    ["offerAt a wish", (index) => offerAt(model, agenda, { job: job(index), now: NOW }, wish(index))],
  ];
  const figures: Figure[] = [];
  for (const [what, call] of cases) {
    const times: number[] = [];
    for (let index = -100; index < calls; index++) {
      const began = performance.now();
      call(index + 100);
      if (index >= 0) times.push((performance.now() - began) * 1_000);
    }
    figures.push(
      { what: `${what}, p50`, value: median(times), unit: "µs" },
      { what: `${what}, p99`, value: percentile(times, 0.99), unit: "µs" },
    );
  }
  return {
    title: `slots: ${TECHNICIANS} technicians, ${HORIZON_DAYS} days, ${booked.toLocaleString("en")} bookings, ${calls.toLocaleString("en")} calls`,
    figures,
  };
}

function bigBusiness(bench: Bench): BusinessModel {
  const { technicians } = withMoreHands(bench.profile, Math.ceil(TECHNICIANS / bench.profile.technicians.length));
  const { business } = bench.profile;
  return createBusinessModel({
    ...bench.profile,
    technicians: technicians.slice(0, TECHNICIANS),
    business: { ...business, booking: { ...business.booking, horizonDays: HORIZON_DAYS } },
  });
}
