import fc from "fast-check";
import { expect, test } from "vitest";
import { type Agenda, freeSpan, resourceKey, takeSpan } from "../../../core/booking/agenda.ts";
import { type Offer, offerAt } from "../../../core/booking/slots.ts";
import { agendaKey } from "../../../core/conversation/facts.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import type { AgendaDay } from "../../../core/spine/events.ts";
import { dayOf, MINUTE_MS } from "../../../core/time.ts";
import { service, technician, tinyProfile } from "../../support/profile.ts";
import { at, ZONE } from "./days.ts";

const name = { "zh-CN": "x", "zh-TW": "x", en: "x" };
const MODEL = createBusinessModel({
  ...tinyProfile({
    services: [
      service("short", { minutes: 30 }),
      service("long", { minutes: 120, needs: ["lift"] }),
      service("hard", { minutes: 60, level: 3 }),
    ],
    technicians: [technician("amy"), technician("bob", { level: 4 }), technician("cat", { level: 3 })],
    booking: { bufferMinutes: 5, travelMinutes: 20 },
  }),
  resources: [
    { id: "one", kind: "lift", name, daysOff: [] },
    { id: "two", kind: "lift", name, daysOff: [] },
  ],
});

type Act =
  | { kind: "book" | "hold"; who: number; work: number; visit: boolean; slot: number; stale: boolean }
  | { kind: "move"; booking: number; slot: number; stale: boolean }
  | { kind: "cancel"; booking: number }
  | { kind: "wait"; minutes: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom("book" as const, "hold" as const),
      who: fc.nat(4),
      work: fc.nat(2),
      visit: fc.boolean(),
      slot: fc.nat(63),
      stale: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("move" as const), booking: fc.nat(9), slot: fc.nat(63), stale: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancel" as const), booking: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 60 }) }) },
);

/** Rows with versions, as storage keeps them: a write with an old version is refused. */
class Rows {
  readonly rows = new Map<string, AgendaDay>();
  view(): Agenda {
    const seen = new Map(this.rows);
    return { day: (technician, day) => seen.get(agendaKey(technician, day)) ?? { technician, day, version: 0, busy: [] } };
  }
  /** All days or none. */
  commit(days: readonly AgendaDay[]): boolean {
    if (days.some((day) => (this.rows.get(agendaKey(day.technician, day.day))?.version ?? 0) !== day.version)) return false;
    for (const day of days) this.rows.set(agendaKey(day.technician, day.day), { ...day, version: day.version + 1 });
    return true;
  }
}

test("no hour of a technician or a lift is ever taken twice, over thousands of histories with holds, moves and stale readers", {
  timeout: 60_000,
}, () => {
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 30 }), (acts) => {
      const rows = new Rows();
      let now = at("23", "08:00");
      const booked = new Map<string, { offer: Offer; work: number; visit: boolean }>();
      let before = rows.view();
      let count = 0;
      const wish = (slot: number): number => at(slot < 32 ? "24" : "25", "09:00") + (slot % 32) * 15 * MINUTE_MS;
      for (const one of acts) {
        // A stale reader decides on what stood there before the last write.
        const view = "stale" in one && one.stale ? before : rows.view();
        before = rows.view();
        if (one.kind === "wait") {
          now += one.minutes * MINUTE_MS;
          continue;
        }
        if (one.kind === "cancel") {
          const number = [...booked.keys()][one.booking];
          const found = number === undefined ? undefined : booked.get(number);
          if (number === undefined || !found) continue;
          const day = dayOf(found.offer.start, ZONE);
          const keys = [found.offer.technician, ...(found.offer.resources ?? [])];
          expect(rows.commit(keys.map((key) => freeSpan(rows.view().day(key, day), number)))).toBe(true);
          booked.delete(number);
          continue;
        }
        const moving = one.kind === "move" ? [...booked.keys()][one.booking] : undefined;
        const old = moving === undefined ? undefined : booked.get(moving);
        if (one.kind === "move" && !old) continue;
        const work = one.kind === "move" ? old!.work : one.work;
        const visit = one.kind === "move" ? old!.visit : one.visit;
        const job = { services: [MODEL.profile.services[work]!], place: visit ? ("visit" as const) : ("shop" as const) };
        const hold = one.kind === "move" ? null : `hold:${one.who}`;
        const offer = offerAt(MODEL, view, { job, now, moving: moving ?? null, hold }, wish(one.slot));
        if (!offer) continue;
        const number = moving ?? (one.kind === "hold" ? hold! : `B${++count}`);
        const day = dayOf(offer.start, ZONE);
        const changed = new Map<string, AgendaDay>();
        const of = (key: string, on: string): AgendaDay => changed.get(agendaKey(key, on)) ?? view.day(key, on);
        if (old) {
          const was = dayOf(old.offer.start, ZONE);
          for (const key of [old.offer.technician, ...(old.offer.resources ?? [])])
            changed.set(agendaKey(key, was), freeSpan(of(key, was), number));
        }
        const until = one.kind === "hold" ? { until: now + 30 * MINUTE_MS } : {};
        let fits = true;
        for (const [key, start, end] of [
          [offer.technician, offer.busy.start, offer.busy.end] as const,
          ...(offer.resources ?? []).map((key) => [key, offer.start, offer.end] as const),
        ]) {
          const next = takeSpan(of(key, day), { start, end, booking: number, ...until }, now, hold);
          if (next) changed.set(agendaKey(key, day), next);
          else fits = false;
        }
        expect(fits, "an offer fits what it was made from").toBe(true);
        if (!rows.commit([...changed.values()])) {
          refused += 1;
          continue;
        }
        taken += 1;
        if (one.kind !== "hold") booked.set(number, { offer, work, visit });
        // What stands now: no two spans of a row overlap, and every booking has its hours.
        for (const row of rows.rows.values()) {
          const standing = row.busy.filter((span) => span.until === undefined || span.until > now);
          standing.slice(1).forEach((span, index) => expect(span.start).toBeGreaterThanOrEqual(standing[index]!.end));
        }
        for (const [id, { offer: own }] of booked) {
          for (const key of [own.technician, ...(own.resources ?? [])])
            expect(
              rows
                .view()
                .day(key, dayOf(own.start, ZONE))
                .busy.some((span) => span.booking === id),
            ).toBe(true);
        }
      }
    }),
    { numRuns: 3_000 },
  );
  // The property says nothing about histories in which nothing happens.
  expect(taken).toBeGreaterThan(3_000);
  expect(refused).toBeGreaterThan(100);
  expect(MODEL.profile.resources.map(({ id }) => resourceKey(id))).toEqual(["bay:one", "bay:two"]);
});
