import { describe, expect, test } from "vitest";
import { takeSpan } from "../../../core/booking/agenda.ts";
import type { Job } from "../../../core/booking/job.ts";
import { findOffers, offerAt } from "../../../core/booking/slots.ts";
import type { BusinessModel } from "../../../core/profile/model.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { service, type TinyShop, technician, tinyProfile } from "../../support/profile.ts";
import { agendaOf, at, clockOf, EMPTY, type Taken } from "./days.ts";

const NOW = at("23", "08:00");
const name = { "zh-CN": "x", "zh-TW": "x", en: "x" };
const bay = (id: string, kind = "lift", daysOff: string[] = []) => ({ id, kind, name, daysOff });

function shop(more: TinyShop & { resources?: ReturnType<typeof bay>[] }): BusinessModel {
  return createBusinessModel({ ...tinyProfile(more), resources: more.resources ?? [] });
}
/** First starts on Tuesday the 24th. */
function starts(model: BusinessModel, job: Job, taken: readonly Taken[] = [], limit = 3): string[] {
  const agenda = taken.length > 0 ? agendaOf(...taken) : EMPTY;
  return findOffers(model, agenda, { job, now: NOW, from: at("24", "00:00"), to: at("24", "23:59"), limit }).map((offer) =>
    clockOf(offer.start),
  );
}
const job = (model: BusinessModel, more: Partial<Job> = {}): Job => ({ services: model.profile.services, place: "shop", ...more });

describe("a free time needs the paper, the bay and the way", () => {
  test("work that needs a licence goes only to who holds it on that day", () => {
    const services = [service("check", { licences: ["gas"] })];
    const model = shop({
      services,
      technicians: [technician("amy"), technician("bob", { licences: [{ id: "gas", until: "2026-11-24" }] })],
    });
    const search = { job: job(model), now: NOW };
    expect(offerAt(model, EMPTY, search, at("24", "10:00"))?.technician).toBe("bob");
    expect(offerAt(model, EMPTY, search, at("25", "10:00"))).toBeNull();
  });

  test("work that needs a lift waits for one, however many technicians are free", () => {
    const model = shop({
      services: [service("check", { needs: ["lift"] })],
      technicians: [technician("amy"), technician("bob")],
      resources: [bay("one")],
    });
    expect(starts(model, job(model), [["bay:one", "24", "09:00", "11:00"]])).toEqual(["11:00", "11:30", "12:00"]);
    expect(offerAt(model, EMPTY, { job: job(model), now: NOW }, at("24", "10:00"))?.resources?.map(({ key }) => key)).toEqual(["bay:one"]);
  });

  test("the second lift is taken when the first is in use or out of order", () => {
    const model = shop({ services: [service("check", { needs: ["lift"] })], resources: [bay("one", "lift", ["2026-11-25"]), bay("two")] });
    const at10 = (date: string, taken: readonly Taken[] = []) =>
      offerAt(model, taken.length > 0 ? agendaOf(...taken) : EMPTY, { job: job(model), now: NOW }, at(date, "10:00"))?.resources?.map(
        ({ key }) => key,
      );
    expect(at10("24", [["bay:one", "24", "09:30", "10:30"]])).toEqual(["bay:two"]);
    expect(at10("25")).toEqual(["bay:two"]);
  });

  test("a break in the shift is no working time", () => {
    const model = shop({ technicians: [technician("amy", { breaks: { tue: ["09:00-10:00", "10:30-12:00"] } })] });
    expect(starts(model, job(model), [], 2)).toEqual(["12:00", "12:30"]);
  });

  test("the way depends on the part of town in the address", () => {
    const model = shop({ booking: { travelMinutes: 30, zones: [{ id: "far", words: ["崇明"], travelMinutes: 90 }] } });
    const busy = (address: string): number => {
      const offer = offerAt(model, EMPTY, { job: job(model, { place: "visit", address }), now: NOW }, at("24", "12:00"))!;
      return (offer.start - offer.busy.start) / 60_000;
    };
    expect(busy("静安区胶州路 1 号")).toBe(30);
    expect(busy("崇明区陈家镇")).toBe(90);
  });

  test.each([
    ["none", {}, false],
    ["recall", { priority: "recall" as const }, true],
  ])("what is held back for emergencies is for priority work: %s", (_name, more, free) => {
    const model = shop({ services: [service("check", more)], booking: { emergencyReservePercent: 50 } });
    const offer = offerAt(model, agendaOf(["amy", "24", "09:00", "12:30"]), { job: job(model), now: NOW }, at("24", "14:00"));
    expect(offer !== null).toBe(free);
  });

  test("repeat work counts as priority work", () => {
    const model = shop({ booking: { emergencyReservePercent: 50 } });
    const agenda = agendaOf(["amy", "24", "09:00", "12:30"]);
    expect(offerAt(model, agenda, { job: job(model, { priority: true }), now: NOW }, at("24", "14:00"))).not.toBeNull();
  });

  test("the technician of last time is taken when free, whoever has less to do", () => {
    const model = shop({ technicians: [technician("amy"), technician("bob")] });
    const agenda = agendaOf(["bob", "24", "09:00", "10:00"]);
    const search = { job: job(model, { preferred: "bob" }), now: NOW };
    expect(offerAt(model, agenda, search, at("24", "14:00"))?.technician).toBe("bob");
    expect(offerAt(model, agenda, search, at("24", "09:00"))?.technician).toBe("amy");
  });
});

describe("holds", () => {
  const model = shop({});
  const day = (until: number) => ({
    technician: "amy",
    day: "2026-11-24",
    version: 1,
    busy: [{ start: at("24", "10:00"), end: at("24", "11:00"), booking: "hold:web:a", until }],
  });
  const agenda = (until: number) => ({
    day: (who: string, key: string) => (key === "2026-11-24" ? day(until) : { technician: who, day: key, version: 0, busy: [] }),
  });
  const search = { job: job(model), now: NOW };

  test("keep an hour from others and not from their holder, and lapse by themselves", () => {
    const wish = at("24", "10:00");
    expect(offerAt(model, agenda(NOW + 1), search, wish)).toBeNull();
    expect(offerAt(model, agenda(NOW + 1), { ...search, hold: "hold:web:a" }, wish)).not.toBeNull();
    expect(offerAt(model, agenda(NOW), search, wish)).not.toBeNull();
  });

  test("give way to their holder's booking and are cleared away once lapsed", () => {
    const span = { start: at("24", "10:30"), end: at("24", "11:30"), booking: "B1" };
    expect(takeSpan(day(NOW + 1), span, NOW)).toBeNull();
    expect(takeSpan(day(NOW + 1), span, NOW, "hold:web:a")?.busy).toEqual([span]);
    expect(takeSpan(day(NOW), span, NOW)?.busy).toEqual([span]);
  });
});
