/**
 * The search for free hours at its hardest (a year of calendars of fifty technicians, nearly full), and hours sold under
 * pressure: a thousand customers at once for a hundred hours, through the whole engine on a real file.
 */
import { join } from "node:path";
import { type Agenda, takeSpan } from "../../core/booking/agenda.ts";
import type { Job } from "../../core/booking/job.ts";
import { bookingWindow, findOffers, nearestOffers } from "../../core/booking/slots.ts";
import type { Booking } from "../../core/booking/state.ts";
import { agendaKey } from "../../core/conversation/facts.ts";
import { type BusinessModel, createBusinessModel } from "../../core/profile/model.ts";
import type { Profile } from "../../core/profile/schema.ts";
import type { AgendaDay } from "../../core/spine/outcome.ts";
import { addDays, dayOf } from "../../core/time.ts";
import { type Figure, median, percentile, progress, type Section } from "./figures.ts";
import { type Bench, openEngine, withMoreHands } from "./setup.ts";

const TECHNICIANS = 50;
const HORIZON_DAYS = 365;
const NOW = Date.parse("2026-11-23T09:00:00+08:00");
const HOURS = 100;

export async function benchCapacity(bench: Bench): Promise<Section> {
  const customers = bench.quick ? 150 : 1_000;
  const sold = await sellUnderPressure(bench, customers, bench.quick ? 15 : HOURS);
  return {
    title: `capacity: a full year of ${TECHNICIANS} technicians; ${customers.toLocaleString("en")} customers at once`,
    figures: [...searchFull(bench), ...sold],
  };
}

/** Everything is taken but the last days: a search must look at the whole year. */
function searchFull(bench: Bench): Figure[] {
  progress("capacity: a year that is full but for its last days");
  const model = fullBusiness(bench);
  const days = new Map<string, AgendaDay>();
  const window = bookingWindow(model, NOW);
  const last = addDays(dayOf(window.to, model.zone), -3);
  for (const { id } of model.profile.technicians) {
    for (let day = dayOf(NOW, model.zone); day <= last; day = addDays(day, 1)) {
      let row: AgendaDay = { technician: id, day, version: 1, busy: [] };
      for (const [index, span] of model.calendar.openSpans(day).entries()) row = takeSpan(row, { ...span, booking: `B${index}` }) ?? row;
      days.set(agendaKey(id, day), row);
    }
  }
  const agenda: Agenda = { day: (technician, day) => days.get(agendaKey(technician, day)) ?? { technician, day, version: 0, busy: [] } };
  const jobs: Job[] = model.profile.services.map((service) => ({
    services: [service],
    place: service.place === "shop" ? "shop" : "visit",
  }));
  const calls = bench.quick ? 50 : 500;
  const figures: Figure[] = [];
  for (const [what, search] of [
    [
      "findOffers over the full year",
      (job: Job) => findOffers(model, agenda, { job, now: NOW, from: window.from, to: window.to, limit: 3 }),
    ],
    ["nearestOffers over the full year", (job: Job) => nearestOffers(model, agenda, { job, now: NOW, limit: 3 }, window.from)],
  ] as const) {
    const times: number[] = [];
    for (let index = -20; index < calls; index++) {
      const job = jobs[(index + 20) % jobs.length]!;
      const began = performance.now();
      search(job);
      if (index >= 0) times.push(performance.now() - began);
    }
    figures.push(
      { what: `${what}, p50`, value: median(times), unit: "ms" },
      { what: `${what}, p99`, value: percentile(times, 0.99), unit: "ms" },
    );
  }
  return figures;
}

function fullBusiness(bench: Bench): BusinessModel {
  const { technicians } = withMoreHands(bench.profile, Math.ceil(TECHNICIANS / bench.profile.technicians.length));
  const { business } = bench.profile;
  return createBusinessModel({
    ...bench.profile,
    technicians: technicians.slice(0, TECHNICIANS).map(({ shifts: _shifts, ...one }) => ({ ...one, dailyJobs: 50 })),
    business: { ...business, booking: { ...business.booking, horizonDays: HORIZON_DAYS } },
  });
}

/** As many technicians as hours, each with one job on one day: `hours` can be sold and not one more. */
async function sellUnderPressure(bench: Bench, customers: number, hours: number): Promise<Figure[]> {
  progress(`capacity: ${customers} customers for ${hours} hours`);
  const { business } = bench.profile;
  const skills = [...new Set(bench.profile.services.flatMap((service) => service.skills))];
  const licences = [...new Set(bench.profile.services.flatMap((service) => service.licences))].map((id) => ({ id }));
  const template = bench.profile.technicians[0]!;
  const { shifts: _shifts, ...hand } = template;
  const profile: Profile = {
    ...bench.profile,
    technicians: Array.from({ length: hours }, (_, index) => ({
      ...hand,
      id: `t${index}`,
      skills,
      licences,
      level: 5,
      dailyJobs: 1,
      daysOff: [],
    })),
    business: { ...business, booking: { ...business.booking, horizonDays: 1, minimumNoticeMinutes: 0, emergencyReservePercent: 0 } },
  };
  // At seven in the evening today's hours are over: tomorrow alone can be had.
  const clock = { now: () => Date.parse("2026-11-23T22:00:00+08:00") };
  const { engine, store } = openEngine(bench, join(bench.folder, "capacity.sqlite"), { profile, clock });
  const conversations = Array.from({ length: customers }, (_, index) => `web:c${index}`);
  const post = (conversation: string, id: string, text: string): Promise<unknown> =>
    engine.intake.accept([{ id: `${conversation}:${id}`, conversation, receivedAt: clock.now(), event: { kind: "message", text } }]);
  const began = performance.now();
  await Promise.all(
    conversations.map((conversation, index) =>
      post(conversation, "1", `空调不制冷,明天上午,徐汇区龙漕路${index + 1}号101室,王芳 138${String(index).padStart(8, "0")}`),
    ),
  );
  await engine.settle();
  // Everybody agrees until they have an hour or there is none left.
  for (let round = 2; round < 14; round++) {
    await Promise.all(conversations.map((conversation) => post(conversation, String(round), round % 2 === 0 ? "确认" : "1")));
    await engine.settle();
    if ((await confirmed()).length >= hours) break;
  }
  const ms = performance.now() - began;
  const bookings = await confirmed();
  const spans = new Set(bookings.map((booking) => `${booking.technician} ${dayOf(booking.start, profile.business.zone)}`));
  await store.close();
  return [
    { what: `hours sold of ${hours}, to ${customers} customers at once`, value: bookings.length, unit: "" },
    { what: "sold twice", value: bookings.length - spans.size, unit: "" },
    { what: "all of it", value: ms / 1_000, unit: "s" },
  ];

  async function confirmed(): Promise<Booking[]> {
    const all = (await store.unit((unit) => unit.records.all("booking", "", 100_000))) as Booking[];
    return all.filter((booking) => booking.status === "confirmed");
  }
}
