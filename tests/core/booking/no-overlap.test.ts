import fc from "fast-check";
import { expect, test } from "vitest";
import { type Agenda, freeSpan, resourceKey, takersOf, takeSpans } from "../../../core/booking/agenda.ts";
import type { Job } from "../../../core/booking/job.ts";
import { nearestOffers, type Offer, offerAt } from "../../../core/booking/slots.ts";
import { agendaKey } from "../../../core/conversation/facts.ts";
import type { AgendaDay } from "../../../core/spine/outcome.ts";
import { dayOf, MINUTE_MS } from "../../../core/time.ts";
import { BUSY_SHOP } from "./busy-shop.ts";
import { at, ZONE } from "./days.ts";

type Act =
  | { kind: "book" | "hold"; who: number; work: number[]; place: Job["place"]; lent: boolean; slot: number; stale: boolean }
  | { kind: "displace"; booking: number; work: number[]; stale: boolean }
  | { kind: "move"; booking: number; slot: number; stale: boolean }
  | { kind: "cancel"; booking: number }
  | { kind: "wait"; minutes: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom("book" as const, "hold" as const),
      who: fc.nat(4),
      // One piece of work, or that on several products of one visit.
      work: fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
      place: fc.constantFrom("shop" as const, "visit" as const, "pickup" as const),
      lent: fc.boolean(),
      slot: fc.nat(63),
      stale: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("move" as const), booking: fc.nat(9), slot: fc.nat(63), stale: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("displace" as const),
      booking: fc.nat(9),
      work: fc.array(fc.nat(2), { minLength: 1, maxLength: 1 }),
      stale: fc.boolean(),
    }),
  },
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

/** No two spans of a row overlap, and every booking has all its hours. */
function expectSound(rows: Rows, booked: ReadonlyMap<string, { offer: Offer }>, now: number): void {
  for (const row of rows.rows.values()) {
    const standing = row.busy.filter((span) => span.until === undefined || span.until > now);
    standing.slice(1).forEach((span, index) => expect(span.start).toBeGreaterThanOrEqual(standing[index]!.end));
  }
  for (const [id, { offer }] of booked)
    for (const [key, spans] of takersOf(offer)) {
      const own = rows
        .view()
        .day(key, dayOf(offer.start, ZONE))
        .busy.filter((span) => span.booking === id);
      expect(own.map(({ start, end }) => ({ start, end }))).toStrictEqual([...spans].sort((a, b) => a.start - b.start));
    }
}

const keysOf = (offer: Offer): string[] => [...takersOf(offer).keys()];

test("no hour of a technician, lift, driver or loan car is ever taken twice, over thousands of histories with holds, moves, several products, pick-ups, bookings that give way, and stale readers", {
  timeout: 60_000,
}, () => {
  let taken = 0;
  let refused = 0;
  let gaveWay = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 30 }), (acts) => {
      const rows = new Rows();
      let now = at("23", "08:00");
      const booked = new Map<string, { offer: Offer; job: Job }>();
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
          expect(rows.commit(keysOf(found.offer).map((key) => freeSpan(rows.view().day(key, day), number)))).toBe(true);
          booked.delete(number);
          continue;
        }
        if (one.kind === "displace") {
          // The hour goes to work that comes first, and the booking that had it gets another in the same commit.
          const number = [...booked.keys()][one.booking];
          const old = number === undefined ? undefined : booked.get(number);
          if (number === undefined || !old) continue;
          const changed = new Map<string, AgendaDay>();
          const plan: Agenda = { day: (key, on) => changed.get(agendaKey(key, on)) ?? view.day(key, on) };
          const put = (offer: Offer, booking: string): void => {
            const day = dayOf(offer.start, ZONE);
            for (const [key, spans] of takersOf(offer)) {
              const next = takeSpans(
                plan.day(key, day),
                spans.map(({ start, end }) => ({ start, end, booking })),
                now,
              );
              expect(next, "an offer fits what it was made from").not.toBeNull();
              changed.set(agendaKey(key, day), next!);
            }
          };
          const day = dayOf(old.offer.start, ZONE);
          for (const key of keysOf(old.offer)) changed.set(agendaKey(key, day), freeSpan(plan.day(key, day), number));
          const first: Job = { services: one.work.map((at) => BUSY_SHOP.profile.services[at]!), place: "shop", priority: true };
          const offer = offerAt(BUSY_SHOP, plan, { job: first, now }, old.offer.start);
          if (!offer) continue;
          const taker = `B${++count}`;
          put(offer, taker);
          const other = nearestOffers(BUSY_SHOP, plan, { job: old.job, now, limit: 1 }, old.offer.start)[0];
          if (!other) continue;
          put(other, number);
          if (!rows.commit([...changed.values()])) {
            refused += 1;
            continue;
          }
          gaveWay += 1;
          booked.set(taker, { offer, job: first });
          booked.set(number, { offer: other, job: old.job });
          expectSound(rows, booked, now);
          continue;
        }
        const moving = one.kind === "move" ? [...booked.keys()][one.booking] : undefined;
        const old = moving === undefined ? undefined : booked.get(moving);
        if (one.kind === "move" && !old) continue;
        const job: Job =
          one.kind === "move"
            ? old!.job
            : {
                services: one.work.map((at) => BUSY_SHOP.profile.services[at]!),
                place: one.place,
                ...(one.lent ? { lent: ["loan"] } : {}),
              };
        const hold = one.kind === "move" ? null : `hold:${one.who}`;
        const offer = offerAt(BUSY_SHOP, view, { job, now, moving: moving ?? null, hold }, wish(one.slot));
        if (!offer) continue;
        const number = moving ?? (one.kind === "hold" ? hold! : `B${++count}`);
        const day = dayOf(offer.start, ZONE);
        const changed = new Map<string, AgendaDay>();
        const of = (key: string, on: string): AgendaDay => changed.get(agendaKey(key, on)) ?? view.day(key, on);
        if (old) {
          const was = dayOf(old.offer.start, ZONE);
          for (const key of keysOf(old.offer)) changed.set(agendaKey(key, was), freeSpan(of(key, was), number));
        }
        const until = one.kind === "hold" ? { until: now + 30 * MINUTE_MS } : {};
        let fits = true;
        for (const [key, spans] of takersOf(offer)) {
          const wanted = spans.map(({ start, end }) => ({ start, end, booking: number, ...until }));
          const next = takeSpans(of(key, day), wanted, now, hold);
          if (next) changed.set(agendaKey(key, day), next);
          else fits = false;
        }
        expect(fits, "an offer fits what it was made from").toBe(true);
        if (!rows.commit([...changed.values()])) {
          refused += 1;
          continue;
        }
        taken += 1;
        if (one.kind !== "hold") booked.set(number, { offer, job });
        expectSound(rows, booked, now);
      }
    }),
    { numRuns: 3_000 },
  );
  // The property says nothing about histories in which nothing happens.
  expect(taken).toBeGreaterThan(3_000);
  expect(refused).toBeGreaterThan(100);
  expect(gaveWay).toBeGreaterThan(100);
  expect(BUSY_SHOP.profile.resources.map(({ id }) => resourceKey(id))).toEqual(["bay:one", "bay:two", "bay:van", "bay:car"]);
});
