import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Booking, type BookingEvent, evolveBooking } from "../../../core/booking/state.ts";
import type { CaseEvent } from "../../../core/cases/case-events.ts";
import { evolveCase } from "../../../core/cases/evolve.ts";
import type { Case } from "../../../core/cases/state.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import type { Profile } from "../../../core/profile/schema.ts";
import { replayHistory } from "../../../core/spine/index.ts";
import type { AgendaDay } from "../../../core/spine/outcome.ts";
import { dayOf, HOUR_MS, MINUTE_MS, weekdayOf } from "../../../core/time.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { fault, product, service, technician, tinyProfile } from "../../support/profile.ts";
import { openTestStore } from "../../support/store.ts";
import { at, ZONE } from "./days.ts";

/** A shop with a lunch break, and technicians with other hours and skills; visits need a way of half an hour, jobs in the shop ten minutes. */
const HOURS = ["09:00-12:00", "13:00-17:00"];
const PROFILE: Profile = tinyProfile({
  weekly: { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS, sat: ["09:00-12:00"] },
  booking: { bufferMinutes: 10, travelMinutes: 30, emergencyReservePercent: 10, horizonDays: 7 },
  products: [
    product("machine", { words: { "zh-CN": ["机器"], "zh-TW": [], en: [] } }),
    product("boiler", { place: "visit", words: { "zh-CN": ["锅炉"], "zh-TW": [], en: [] } }),
  ],
  services: [service("check"), service("heat", { products: ["boiler"], minutes: 90, skills: ["basic", "gas"] })],
  faults: [
    fault("broken", { words: { "zh-CN": ["坏了"], "zh-TW": [], en: [] } }),
    fault("cold", { products: ["boiler"], service: "heat", words: { "zh-CN": ["不热"], "zh-TW": [], en: [] } }),
  ],
  technicians: [
    technician("amy", { dailyJobs: 3, shifts: { tue: ["08:00-15:00"], wed: ["09:00-17:00"], thu: ["13:00-20:00"] } }),
    technician("bob", { skills: ["basic", "gas"], level: 3, daysOff: ["2026-11-26"] }),
  ],
});
const MODEL = createBusinessModel(PROFILE);

const CUSTOMERS = ["王芳 13800138000", "李明 13800138001", "张伟 13800138002", "刘洋 13800138003", "陈静 13800138004"];
const WHEN = [
  "明天上午九点",
  "明天上午十点",
  "明天上午十一点",
  "明天下午一点",
  "明天下午两点",
  "后天上午十点",
  "后天下午三点",
  "周四下午两点",
  "周五上午九点半",
  "周六上午十点",
  "尽快",
  "明天中午十二点半",
];

type Act = readonly [
  who: number,
  act: "machine" | "boiler" | "yes" | "move" | "cancel" | "first" | "day" | "no" | "settle" | "later",
  when: number,
];
const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(fc.nat(CUSTOMERS.length - 1), fc.constantFrom("machine" as const, "boiler" as const), fc.nat(WHEN.length - 1)),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.nat(CUSTOMERS.length - 1), fc.constantFrom("move" as const, "cancel" as const), fc.nat(WHEN.length - 1)),
    },
    { weight: 3, arbitrary: fc.tuple(fc.nat(CUSTOMERS.length - 1), fc.constant("yes" as const), fc.constant(0)) },
    {
      weight: 2,
      arbitrary: fc.tuple(
        fc.nat(CUSTOMERS.length - 1),
        fc.constantFrom("first" as const, "day" as const, "no" as const),
        fc.nat(WHEN.length - 1),
      ),
    },
    { weight: 3, arbitrary: fc.tuple(fc.constant(0), fc.constantFrom("settle" as const, "later" as const), fc.constant(0)) },
  ),
  { minLength: 15, maxLength: 45 },
);

function wordsOf([who, act, when]: Act): string {
  switch (act) {
    case "machine":
      return `机器坏了,${WHEN[when]},${CUSTOMERS[who]}`;
    case "boiler":
      return `锅炉不热,${WHEN[when]},${CUSTOMERS[who]},地址是浦东新区张杨路500号3栋1202`;
    case "yes":
      return "确认";
    case "move":
      return `改到${WHEN[when]}`;
    case "cancel":
      return "取消预约";
    case "first":
      return "1";
    case "day":
      return WHEN[when]!;
    default:
      return "不对";
  }
}

async function live(bench: Bench, sequence: readonly Act[]): Promise<void> {
  for (const act of sequence) {
    if (act[1] === "settle") await bench.engine.settle();
    else if (act[1] === "later") await bench.wait(HOUR_MS);
    // Not settled at once: several customers' words share a commit.
    else {
      await bench.post(`web:${act[0]}`, { kind: "message", text: wordsOf(act) });
      // Most customers agree at once; the others leave a question open that something else may overtake.
      if (["machine", "boiler", "move", "cancel"].includes(act[1]) && act[2] % 4 !== 3)
        await bench.post(`web:${act[0]}`, { kind: "message", text: "确认" });
    }
  }
  await bench.engine.settle();
}

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function checkCapacity(bookings: readonly Booking[], days: readonly AgendaDay[]): void {
  const confirmed = bookings.filter((booking) => booking.status === "confirmed");
  const margin = (booking: Booking): number => (booking.place === "visit" ? 30 : 10) * MINUTE_MS;
  // The agenda is the confirmed bookings, with their way, and nothing else.
  const rows = days
    .flatMap((day) => day.busy.map((span) => `${day.technician} ${day.day} ${span.start} ${span.end} ${span.booking}`))
    .sort();
  expect(rows).toStrictEqual(
    confirmed
      .map((one) => `${one.technician} ${dayOf(one.start, ZONE)} ${one.start - margin(one)} ${one.end + margin(one)} ${one.number}`)
      .sort(),
  );
  for (const day of days) {
    expect(day.busy.length).toBeLessThanOrEqual(MODEL.technician(day.technician)!.dailyJobs);
    day.busy.slice(1).forEach((span, index) => expect(span.start).toBeGreaterThanOrEqual(day.busy[index]!.end));
  }
  for (const booking of confirmed) {
    const who = MODEL.technician(booking.technician)!;
    const day = dayOf(booking.start, ZONE);
    const within = (from: number, to: number): boolean => from <= booking.start && booking.end <= to;
    expect(
      MODEL.calendar.openSpans(day).some((span) => within(span.start, span.end)),
      `${booking.number} in the opening hours`,
    ).toBe(true);
    if (who.shifts) {
      const shift = who.shifts[WEEKDAYS[weekdayOf(day) - 1]!] ?? [];
      expect(
        shift.some((span) => within(at(day.slice(8), span.slice(0, 5)), at(day.slice(8), span.slice(6)))),
        `${booking.number} in the shift`,
      ).toBe(true);
    }
    expect(who.daysOff).not.toContain(day);
    for (const id of booking.services) expect(who.skills).toEqual(expect.arrayContaining(MODEL.service(id)!.skills));
    expect(booking.start).toBeGreaterThanOrEqual(booking.createdAt + 60 * MINUTE_MS);
  }
}

async function snapshot(store: Bench["store"]): Promise<unknown> {
  return store.unit(async (unit) => {
    const conversations = CUSTOMERS.map((_, index) => `web:${index}`);
    const perConversation = [];
    for (const conversation of conversations) {
      const customer = await unit.customers.ofConversation(conversation);
      perConversation.push({
        customer: customer === null ? null : await unit.customers.get(customer),
        row: await unit.conversations.get(conversation),
        messages: (await unit.messages.list(conversation, 0, 1_000)).map(({ seq: _seq, ...message }) => message),
      });
    }
    return {
      perConversation,
      bookings: await unit.records.all("booking", "", 1_000),
      cases: await unit.records.all("case", "", 1_000),
      agenda: await unit.agenda.days("2026-11-01", "2026-12-31"),
    };
  });
}

describe("any interleaving of customers who book, move and cancel", () => {
  test("keeps every technician's hours, and says the same when it is replayed", { timeout: 60_000 }, async () => {
    let booked = 0;
    let moved = 0;
    let cancelled = 0;
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        const bench = openBench({ profile: PROFILE });
        await live(bench, sequence);
        expect(bench.errors).toStrictEqual([]);
        const bookings = await bench.bookings();
        const days = await bench.store.unit((unit) => unit.agenda.days("2026-11-01", "2026-12-31"));
        checkCapacity(bookings, days);
        booked += bookings.length;
        moved += bookings.filter((booking) => booking.changes > 0).length;
        cancelled += bookings.filter((booking) => booking.status === "cancelled").length;

        // The events of each booking and case lead to its stored state.
        for (const booking of bookings) {
          const events = (await bench.store.unit((unit) => unit.records.events("booking", booking.number))) as BookingEvent[];
          expect(events.reduce<Booking | null>(evolveBooking, null)).toStrictEqual(booking);
        }
        for (const one of await bench.cases()) {
          const events = (await bench.store.unit((unit) => unit.records.events("case", one.number))) as CaseEvent[];
          expect(events.reduce<Case | null>(evolveCase, null)).toStrictEqual(one);
        }

        const into = openTestStore();
        await replayHistory(bench.store, into, bench.engine.dependencies, bench.engine.channels);
        expect(await snapshot(into)).toStrictEqual(await snapshot(bench.store));
        await into.close();
        await bench.store.close();
      }),
      { numRuns: 10, seed: 20261123, endOnFailure: true },
    );
    // The sequences did something: a property over idle customers would say little.
    expect(booked).toBeGreaterThan(20);
    expect(moved).toBeGreaterThan(0);
    expect(cancelled).toBeGreaterThan(0);
  });
});
