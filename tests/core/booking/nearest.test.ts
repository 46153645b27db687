import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Job } from "../../../core/booking/job.ts";
import { bookingWindow, findOffers, nearestOffers } from "../../../core/booking/slots.ts";
import { DAY_MS, MINUTE_MS } from "../../../core/time.ts";
import { service, technician, tinyModel } from "../../support/profile.ts";
import { agendaOf, at, clockOf, EMPTY, type Taken } from "./days.ts";

const NOW = at("23", "08:00");
const model = tinyModel({
  booking: { horizonDays: 6 },
  technicians: [technician("amy"), technician("bob", { shifts: { mon: ["13:00-17:00"], thu: ["09:00-12:00"] } })],
});
const job: Job = { services: [model.service("check")!], place: "shop" };

describe("nearestOffers", () => {
  test("gives times on both sides of the wish, nearest first, the earlier of two as near", () => {
    const one = tinyModel();
    const alone: Job = { services: [one.service("check")!], place: "shop" };
    const agenda = agendaOf(["amy", "24", "11:00", "13:00"]);
    const offers = nearestOffers(one, agenda, { job: alone, now: NOW, limit: 4 }, at("24", "11:30"));
    expect(offers.map((offer) => clockOf(offer.start))).toStrictEqual(["10:00", "13:00", "09:30", "13:30"]);
  });

  test("looks before and after a day that is full or closed", () => {
    const one = tinyModel({ hours: { closed: ["2026-11-25"] } });
    const alone: Job = { services: [one.service("check")!], place: "shop" };
    const offers = nearestOffers(one, EMPTY, { job: alone, now: NOW, limit: 2 }, at("25", "12:30"));
    expect(offers.map((offer) => offer.start)).toStrictEqual([at("24", "16:00"), at("26", "09:00")]);
  });

  test("a day further out wins over a nearer day's far end", () => {
    // Wished late on the 24th: the morning of the 26th is nearer than the morning of the 24th's eve.
    const rare = tinyModel({
      weekly: { mon: ["09:00-11:00"], tue: [], wed: [], thu: ["09:00-11:00"], fri: [] },
      services: [service("check", { minutes: 120 })],
    });
    const long: Job = { services: [rare.service("check")!], place: "shop" };
    const offers = nearestOffers(rare, EMPTY, { job: long, now: at("22", "08:00"), limit: 1 }, at("24", "23:00"));
    expect(offers.map((offer) => offer.start)).toStrictEqual([at("26", "09:00")]);
  });

  test("are the nearest of all free times, whatever is taken and wished", () => {
    const taken = fc.array(
      fc
        .tuple(
          fc.constantFrom("amy", "bob"),
          fc.integer({ min: 23, max: 29 }),
          fc.integer({ min: 16, max: 32 }),
          fc.integer({ min: 1, max: 12 }),
        )
        .map(([who, date, slot, length]): Taken => {
          const clock = (half: number) => `${String(Math.floor(half / 2)).padStart(2, "0")}:${half % 2 ? "30" : "00"}`;
          return [who, String(date), clock(slot), clock(Math.min(slot + length, 34))];
        }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(taken, fc.integer({ min: -12 * 60, max: 9 * 24 * 60 }), fc.integer({ min: 1, max: 6 }), (spans, minutes, limit) => {
        const agenda = agendaOf(...spans);
        const wished = NOW + minutes * MINUTE_MS;
        const window = bookingWindow(model, NOW);
        const all = findOffers(model, agenda, { job, now: NOW, from: window.from, to: window.to, limit: 10_000 });
        const byDistance = [...all].sort(
          (one, other) => Math.abs(one.start - wished) - Math.abs(other.start - wished) || one.start - other.start,
        );
        expect(nearestOffers(model, agenda, { job, now: NOW, limit }, wished)).toStrictEqual(byDistance.slice(0, limit));
      }),
      { numRuns: 150, seed: 20261123 },
    );
  });

  test("a wish outside the window gives the nearest within it", () => {
    const late = nearestOffers(model, EMPTY, { job, now: NOW, limit: 1 }, NOW + 40 * DAY_MS);
    const early = nearestOffers(model, EMPTY, { job, now: NOW, limit: 1 }, NOW - DAY_MS);
    expect(late[0]!.start).toBe(at("27", "16:00"));
    expect(early[0]!.start).toBe(at("23", "09:00"));
  });
});
