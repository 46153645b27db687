import { describe, expect, test } from "vitest";
import type { Agenda } from "../../../core/booking/agenda.ts";
import { ableTechnicians, type Job, jobMinutes } from "../../../core/booking/job.ts";
import { bookingWindow, findOffers, nearestOffers, type OfferSearch, offerAt } from "../../../core/booking/slots.ts";
import type { BusinessModel } from "../../../core/profile/model.ts";
import { DAY_MS, dayOf, MINUTE_MS } from "../../../core/time.ts";
import { service, type TinyShop, technician, tinyModel } from "../../support/profile.ts";
import { agendaOf, at, clockOf, EMPTY } from "./days.ts";

/** Sunday noon: all of Monday 23 November can still be booked. */
const NOW = at("22", "12:00");

function offersOn(model: BusinessModel, more: Partial<OfferSearch> & { readonly agenda?: Agenda; readonly date?: string } = {}): string[] {
  const { agenda = EMPTY, date = "23", ...search } = more;
  const job: Job = { services: [model.service("check")!], place: "shop" };
  return findOffers(model, agenda, { job, now: NOW, from: at(date, "00:00"), to: at(date, "23:59"), limit: 100, ...search }).map(
    (offer) => `${clockOf(offer.start)} ${offer.technician}`,
  );
}
const clocks = (offers: readonly string[]): string[] => offers.map((offer) => offer.slice(0, 5));
const shop = (more: TinyShop = {}): BusinessModel => tinyModel({ weekly: { mon: ["09:00-12:00"] }, ...more });

describe("who can do a job", () => {
  const technicians = [
    technician("junior", { skills: ["basic"], level: 1 }),
    technician("gasman", { skills: ["basic", "gas"], level: 3 }),
    technician("master", { skills: ["basic", "gas", "electric"], level: 5 }),
  ];
  const services = [
    service("check", { level: 1 }),
    service("boiler", { skills: ["gas"], level: 2 }),
    service("rewire", { skills: ["electric", "basic"], level: 4 }),
    service("magic", { skills: ["wand"] }),
  ];
  const model = tinyModel({ technicians, services });
  test.each([
    [["check"], ["junior", "gasman", "master"]],
    [["boiler"], ["gasman", "master"]],
    [["rewire"], ["master"]],
    [
      ["check", "boiler"],
      ["gasman", "master"],
    ],
    [["boiler", "rewire"], ["master"]],
    [["magic"], []],
  ])("%j can be done by %j", (ids, wanted) => {
    const job: Job = { services: ids.map((id) => model.service(id)!), place: "shop" };
    expect(ableTechnicians(model, job).map((one) => one.id)).toStrictEqual(wanted);
  });

  test("a job nobody can do has no offers", () => {
    const job: Job = { services: [model.service("magic")!], place: "shop" };
    expect(findOffers(model, EMPTY, { job, now: NOW, from: NOW, to: NOW + 5 * DAY_MS, limit: 3 })).toStrictEqual([]);
    expect(nearestOffers(model, EMPTY, { job, now: NOW, limit: 3 }, at("23", "10:00"))).toStrictEqual([]);
    expect(offerAt(model, EMPTY, { job, now: NOW }, at("23", "10:00"))).toBeNull();
  });

  test("several services take the sum of their times", () => {
    expect(jobMinutes({ services: [service("a", { minutes: 45 }), service("b", { minutes: 50 })], place: "shop" })).toBe(95);
  });
});

describe("findOffers: the hours of a day", () => {
  test("starts lie on the grid, and the last job ends at closing time", () => {
    expect(clocks(offersOn(shop()))).toStrictEqual(["09:00", "09:30", "10:00", "10:30", "11:00"]);
  });

  const table: readonly (readonly [string, BusinessModel, readonly string[]])[] = [
    ["a coarser grid has fewer starts", shop({ booking: { gridMinutes: 60 } }), ["09:00", "10:00", "11:00"]],
    ["a grid counts from midnight, not from the opening", tinyModel({ weekly: { mon: ["09:10-11:30"] } }), ["09:30", "10:00", "10:30"]],
    [
      "a lunch break is left free",
      tinyModel({ weekly: { mon: ["10:00-12:00", "13:30-15:00"] } }),
      ["10:00", "10:30", "11:00", "13:30", "14:00"],
    ],
    ["opening spans that touch are one", tinyModel({ weekly: { mon: ["10:00-11:00", "11:00-12:00"] } }), ["10:00", "10:30", "11:00"]],
    ["a closed weekday has none", tinyModel({ weekly: { mon: [] } }), []],
    ["a closed day has none", shop({ hours: { closed: ["2026-11-23"] } }), []],
    ["a day within a closed span has none", shop({ hours: { closed: ["2026-11-20..2026-11-25"] } }), []],
    ["a special day has its own hours", shop({ hours: { special: { "2026-11-23": ["15:00-16:30"] } } }), ["15:00", "15:30"]],
    [
      "a shift is cut to the opening hours",
      shop({ technicians: [technician("amy", { shifts: { mon: ["06:00-10:30"] } })] }),
      ["09:00", "09:30"],
    ],
    ["a shift outside the opening hours has none", shop({ technicians: [technician("amy", { shifts: { mon: ["13:00-18:00"] } })] }), []],
    ["a weekday without a shift has none", shop({ technicians: [technician("amy", { shifts: { tue: ["09:00-12:00"] } })] }), []],
    [
      "a split shift leaves its gap free",
      tinyModel({ technicians: [technician("amy", { shifts: { mon: ["09:00-10:30", "15:00-16:30"] } })] }),
      ["09:00", "09:30", "15:00", "15:30"],
    ],
    [
      "parts of a shift that touch are one",
      shop({ technicians: [technician("amy", { shifts: { mon: ["09:00-10:00", "10:00-11:00"] } })] }),
      ["09:00", "09:30", "10:00"],
    ],
    [
      "a shift across the lunch break is cut in two",
      tinyModel({
        weekly: { mon: ["10:00-12:00", "13:00-15:00"] },
        technicians: [technician("amy", { shifts: { mon: ["11:00-14:00"] } })],
      }),
      ["11:00", "13:00"],
    ],
    ["a day off has none", shop({ technicians: [technician("amy", { daysOff: ["2026-11-23"] })] }), []],
    ["the last day of a holiday has none", shop({ technicians: [technician("amy", { daysOff: ["2026-11-20..2026-11-23"] })] }), []],
    [
      "the day after a holiday is worked",
      shop({ technicians: [technician("amy", { daysOff: ["2026-11-20..2026-11-22"] })] }),
      ["09:00", "09:30", "10:00", "10:30", "11:00"],
    ],
    ["a job as long as the span fits once", shop({ services: [service("check", { minutes: 180 })] }), ["09:00"]],
    ["a job longer than the span does not fit", shop({ services: [service("check", { minutes: 181 })] }), []],
    ["hours until midnight are used to the end", tinyModel({ weekly: { mon: ["22:00-24:00"] } }), ["22:00", "22:30", "23:00"]],
  ];
  test.each(table)("%s", (_name, model, wanted) => {
    expect(clocks(offersOn(model))).toStrictEqual(wanted);
    // offerAt agrees with findOffers on every start of the day.
    const job: Job = { services: [model.service("check")!], place: "shop" };
    for (let minute = 0; minute < 1_440; minute += 30) {
      const start = at("23", "00:00") + minute * MINUTE_MS;
      const onGrid = (minute * 1) % model.profile.business.booking.gridMinutes === 0;
      if (onGrid) expect(offerAt(model, EMPTY, { job, now: NOW }, start) !== null, clockOf(start)).toBe(wanted.includes(clockOf(start)));
    }
  });

  test("the limit and the span asked for hold, both ends included", () => {
    expect(clocks(offersOn(shop(), { limit: 2 }))).toStrictEqual(["09:00", "09:30"]);
    expect(clocks(offersOn(shop(), { from: at("23", "09:30"), to: at("23", "10:30") }))).toStrictEqual(["09:30", "10:00", "10:30"]);
    expect(clocks(offersOn(shop(), { from: at("23", "09:31"), to: at("23", "10:29") }))).toStrictEqual(["10:00"]);
    expect(offersOn(shop(), { limit: 0 })).toStrictEqual([]);
    expect(offersOn(shop(), { from: at("23", "11:00"), to: at("23", "09:00") })).toStrictEqual([]);
  });

  test("offers run on over days that are closed", () => {
    const model = tinyModel({ weekly: { mon: ["09:00-10:00"], tue: [], wed: ["09:00-10:00"] } });
    const job: Job = { services: [model.service("check")!], place: "shop" };
    const offers = findOffers(model, EMPTY, { job, now: NOW, from: NOW, to: at("25", "23:59"), limit: 5 });
    expect(offers.map((offer) => dayOf(offer.start, model.zone))).toStrictEqual(["2026-11-23", "2026-11-25"]);
  });
});

describe("what is taken", () => {
  const model = tinyModel({ weekly: { mon: ["09:00-14:00"] } });
  const visit: Job = { services: [model.service("check")!], place: "visit" };

  test("in the shop without a buffer, one job follows the other", () => {
    expect(clocks(offersOn(model, { agenda: agendaOf(["amy", "23", "11:00", "12:00"]) }))).toStrictEqual([
      "09:00",
      "09:30",
      "10:00",
      "12:00",
      "12:30",
      "13:00",
    ]);
  });

  test("a visit keeps its way free on both sides of what is taken", () => {
    expect(clocks(offersOn(model, { job: visit, agenda: agendaOf(["amy", "23", "11:00", "12:00"]) }))).toStrictEqual([
      "09:00",
      "09:30",
      "12:30",
      "13:00",
    ]);
  });

  test("the way to the first and from the last visit may lie outside the shift", () => {
    expect(clocks(offersOn(model, { job: visit }))).toStrictEqual([
      "09:00",
      "09:30",
      "10:00",
      "10:30",
      "11:00",
      "11:30",
      "12:00",
      "12:30",
      "13:00",
    ]);
  });

  test("a buffer in the shop is kept on both sides", () => {
    const buffered = tinyModel({ weekly: { mon: ["09:00-14:00"] }, booking: { bufferMinutes: 10 } });
    expect(clocks(offersOn(buffered, { agenda: agendaOf(["amy", "23", "11:00", "12:00"]) }))).toStrictEqual([
      "09:00",
      "09:30",
      "12:30",
      "13:00",
    ]);
  });

  test("an offer takes the day with its way on both sides", () => {
    const [offer] = findOffers(model, EMPTY, { job: visit, now: NOW, from: at("23", "00:00"), to: at("23", "23:59"), limit: 1 });
    expect(offer).toStrictEqual({
      start: at("23", "09:00"),
      end: at("23", "10:00"),
      technician: "amy",
      busy: { start: at("23", "08:30"), end: at("23", "10:30") },
    });
  });

  test("a taken day of one technician is free with another", () => {
    const two = tinyModel({ weekly: { mon: ["09:00-11:00"] }, technicians: [technician("amy"), technician("bob")] });
    expect(offersOn(two, { agenda: agendaOf(["amy", "23", "09:00", "10:00"]) })).toStrictEqual(["09:00 bob", "09:30 bob", "10:00 bob"]);
  });

  test("the daily number of jobs is kept", () => {
    const few = tinyModel({ technicians: [technician("amy", { dailyJobs: 2 })] });
    const one = agendaOf(["amy", "23", "09:00", "10:00"]);
    const two = agendaOf(["amy", "23", "09:00", "10:00"], ["amy", "23", "10:00", "11:00"]);
    expect(offersOn(few, { agenda: one })).not.toStrictEqual([]);
    expect(offersOn(few, { agenda: two })).toStrictEqual([]);
    expect(offersOn(few, { agenda: two, date: "24" })).not.toStrictEqual([]);
  });

  test("moving a booking frees its own hours, and its place among the day's jobs", () => {
    const few = tinyModel({ weekly: { mon: ["09:00-11:00"] }, technicians: [technician("amy", { dailyJobs: 1 })] });
    const agenda = agendaOf(["amy", "23", "09:00", "11:00", "B1"]);
    expect(offersOn(few, { agenda })).toStrictEqual([]);
    expect(offersOn(few, { agenda, moving: "B2" })).toStrictEqual([]);
    expect(clocks(offersOn(few, { agenda, moving: "B1" }))).toStrictEqual(["09:00", "09:30", "10:00"]);
    const job: Job = { services: [few.service("check")!], place: "shop" };
    expect(offerAt(few, agenda, { job, now: NOW }, at("23", "09:30"))).toBeNull();
    expect(offerAt(few, agenda, { job, now: NOW, moving: "B1" }, at("23", "09:30"))?.technician).toBe("amy");
  });

  test("work late in the evening keeps its way free into the next day", () => {
    const night = tinyModel({ weekly: { mon: ["20:00-24:00"], tue: ["00:00-04:00"] } });
    const job: Job = { services: [night.service("check")!], place: "visit" };
    const agenda = agendaOf(["amy", "23", "22:30", "24:30"]);
    const offers = findOffers(night, agenda, { job, now: NOW, from: at("24", "00:00"), to: at("24", "23:59"), limit: 2 });
    expect(offers.map((offer) => clockOf(offer.start))).toStrictEqual(["01:00", "01:30"]);
  });
});

describe("the emergency reserve", () => {
  // Eight hours a day; a quarter held back leaves six.
  const model = tinyModel({ booking: { emergencyReservePercent: 25 } });

  test("holds back its share of the day", () => {
    expect(offersOn(model, { agenda: agendaOf(["amy", "23", "09:00", "14:00"]) })).not.toStrictEqual([]);
    expect(offersOn(model, { agenda: agendaOf(["amy", "23", "09:00", "15:00"]) })).toStrictEqual([]);
  });

  test("is not eaten into by the job that would reach beyond it", () => {
    expect(offersOn(model, { agenda: agendaOf(["amy", "23", "09:00", "14:30"]) })).toStrictEqual([]);
  });

  test("is given up for a job that could never leave it free, on a day that is otherwise empty", () => {
    const long = tinyModel({ booking: { emergencyReservePercent: 25 }, services: [service("check", { minutes: 420 })] });
    expect(clocks(offersOn(long))).toStrictEqual(["09:00", "09:30", "10:00"]);
    expect(offersOn(long, { agenda: agendaOf(["amy", "23", "09:00", "09:30"]) })).toStrictEqual([]);
  });

  test("counts the booking that is being moved only once", () => {
    const agenda = agendaOf(["amy", "23", "09:00", "14:00", "B1"], ["amy", "23", "14:00", "15:00", "B2"]);
    expect(offersOn(model, { agenda, moving: "B2" })).not.toStrictEqual([]);
  });

  test("of zero lets the whole day be taken", () => {
    expect(clocks(offersOn(tinyModel(), { agenda: agendaOf(["amy", "23", "09:00", "16:00"]) }))).toStrictEqual(["16:00"]);
  });
});

describe("minimum notice and horizon", () => {
  const model = tinyModel({ weekly: { mon: ["09:00-12:00"] }, booking: { minimumNoticeMinutes: 60, horizonDays: 7 } });
  const job: Job = { services: [model.service("check")!], place: "shop" };

  test("the first start lies the minimum notice ahead, to the minute", () => {
    expect(clocks(offersOn(model, { now: at("23", "09:00") }))).toStrictEqual(["10:00", "10:30", "11:00"]);
    expect(clocks(offersOn(model, { now: at("23", "09:01") }))).toStrictEqual(["10:30", "11:00"]);
    expect(offersOn(model, { now: at("23", "10:01") })).toStrictEqual([]);
    expect(offerAt(model, EMPTY, { job, now: at("23", "09:00") }, at("23", "10:00"))).not.toBeNull();
    expect(offerAt(model, EMPTY, { job, now: at("23", "09:01") }, at("23", "10:00"))).toBeNull();
  });

  test("the last start lies on the last day of the horizon", () => {
    const now = at("23", "13:00");
    expect(bookingWindow(model, now)).toStrictEqual({ from: at("23", "14:00"), to: at("30", "24:00") - 1 });
    expect(offerAt(model, EMPTY, { job, now }, at("30", "11:00"))).not.toBeNull();
    expect(offerAt(model, EMPTY, { job, now: at("22", "13:00") }, at("30", "11:00"))).toBeNull();
    const all = findOffers(model, EMPTY, { job, now, from: now, to: now + 60 * DAY_MS, limit: 1_000 });
    expect([all[0]!.start, all.at(-1)!.start]).toStrictEqual([at("24", "09:00"), at("30", "11:00")]);
  });
});

describe("which technician", () => {
  const team = [technician("ann", { level: 4 }), technician("ben", { level: 2 }), technician("cat", { level: 2 })];
  const model = tinyModel({
    weekly: { mon: ["09:00-13:00"] },
    technicians: team,
    services: [service("check"), service("hard", { level: 3 })],
  });
  const pick = (agenda: Agenda, more: Partial<Job> = {}): string | undefined => {
    const job: Job = { services: [model.service("check")!], place: "shop", ...more };
    const exact = offerAt(model, agenda, { job, now: NOW }, at("23", "12:00"))?.technician;
    const listed = findOffers(model, agenda, { job, now: NOW, from: at("23", "12:00"), to: at("23", "12:00"), limit: 1 })[0]?.technician;
    expect(listed).toBe(exact);
    return exact;
  };
  const busy = (who: string, from: string, to: string) => [who, "23", from, to] as const;

  test("the lowest sufficient level first, so that hard jobs find the higher skill free", () => {
    expect(pick(EMPTY)).toBe("ben");
  });
  test("a hard job goes to who has the level", () => {
    expect(pick(EMPTY, { services: [model.service("hard")!] })).toBe("ann");
  });
  test("the one with the least work that day", () => {
    expect(pick(agendaOf(busy("ben", "09:00", "10:00")))).toBe("cat");
    expect(pick(agendaOf(busy("ben", "09:00", "10:00"), busy("cat", "09:00", "10:00")))).toBe("ann");
    expect(pick(agendaOf(busy("ben", "09:00", "11:00"), busy("cat", "09:00", "10:00"), busy("ann", "09:00", "11:00")))).toBe("cat");
  });
  test("the preferred one when free, however much work there is", () => {
    expect(pick(agendaOf(busy("cat", "09:00", "11:00")), { preferred: "cat" })).toBe("cat");
  });
  test("another when the preferred one is taken, lacks the level or is gone", () => {
    expect(pick(agendaOf(busy("cat", "12:00", "13:00")), { preferred: "cat" })).toBe("ben");
    expect(pick(EMPTY, { preferred: "cat", services: [model.service("hard")!] })).toBe("ann");
    expect(pick(EMPTY, { preferred: "zoe" })).toBe("ben");
  });
});
