/** Many at once for the same few hours, on the store itself: what one commits, the others must see or be refused. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Agenda, freeSpan, takersOf, takeSpans } from "../../../core/booking/agenda.ts";
import type { Job } from "../../../core/booking/job.ts";
import { nearestOffers, type Offer, offerAt } from "../../../core/booking/slots.ts";
import { agendaKey } from "../../../core/conversation/facts.ts";
import { AnxinError } from "../../../core/errors.ts";
import type { Store, Unit } from "../../../core/ports.ts";
import type { AgendaDay } from "../../../core/spine/outcome.ts";
import { dayOf, MINUTE_MS } from "../../../core/time.ts";
import { onPostgres, openTestStore } from "../../support/store.ts";
import { BUSY_SHOP } from "./busy-shop.ts";
import { at, ZONE } from "./days.ts";

const NOW = at("23", "08:00");
const [FIRST_DAY, LAST_DAY] = ["2026-11-23", "2026-12-08"] as const;
/** Who acts at once. */
const LANES = 6;
const HISTORIES = onPostgres ? 6 : 40;

interface Act {
  readonly kind: "book" | "move" | "displace" | "cancel";
  readonly work: readonly number[];
  readonly place: Job["place"];
  readonly lent: boolean;
  readonly slot: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom("book", "book", "book", "move", "displace", "displace", "cancel"),
  work: fc.array(fc.nat(2), { minLength: 1, maxLength: 2 }),
  place: fc.constantFrom("shop", "visit", "pickup"),
  lent: fc.boolean(),
  // Few hours, so that they are fought over.
  slot: fc.nat(9),
});

interface Booked {
  readonly offer: Offer;
  readonly job: Job;
  /** Gave way once already. */
  readonly settled: boolean;
}

/** The agenda as a transaction reads it, with what it changes on top. */
async function planIn(unit: Unit) {
  const rows = new Map((await unit.agenda.days(FIRST_DAY, LAST_DAY)).map((row) => [agendaKey(row.technician, row.day), row]));
  const changed = new Map<string, AgendaDay>();
  const day: Agenda["day"] = (technician, on) => {
    const key = agendaKey(technician, on);
    return changed.get(key) ?? rows.get(key) ?? { technician, day: on, version: 0, busy: [] };
  };
  return {
    view: { day } satisfies Agenda,
    free(offer: Offer, booking: string) {
      const on = dayOf(offer.start, ZONE);
      for (const key of takersOf(offer).keys()) changed.set(agendaKey(key, on), freeSpan(day(key, on), booking));
    },
    take(offer: Offer, booking: string) {
      const on = dayOf(offer.start, ZONE);
      for (const [key, spans] of takersOf(offer)) {
        const next = takeSpans(
          day(key, on),
          spans.map(({ start, end }) => ({ start, end, booking })),
          NOW,
        );
        expect(next, "an offer fits what it was made from").not.toBeNull();
        changed.set(agendaKey(key, on), next!);
      }
    },
    async commit() {
      for (const row of changed.values()) await unit.agenda.put(row);
    },
  };
}

test("of many who book, move, give way, fetch, lend and cancel at once, no technician, lift, driver or loan car is ever had twice", {
  timeout: 240_000,
}, async () => {
  const count = { done: 0, refused: 0, gaveWay: 0, fetched: 0, lent: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2 * LANES, maxLength: 5 * LANES }), async (acts) => {
      const store = openTestStore();
      const booked = new Map<string, Booked>();
      let number = 0;
      try {
        for (let from = 0; from < acts.length; from += LANES) {
          const known = [...booked.keys()];
          const lanes = acts.slice(from, from + LANES).map((one, lane) => ({ one, taker: `B${++number}`, about: known[lane] }));
          await Promise.all(lanes.map(({ one, taker, about }) => run(store, booked, one, taker, about, count)));
          await expectSound(store, booked);
        }
      } finally {
        await store.close();
      }
    }),
    { numRuns: HISTORIES },
  );
  // A race in which nobody gives way, fetches or lends says nothing. Whether somebody is refused is the store's matter: it may run
  // a transaction again, or let one wait for another.
  const { refused: _refused, ...happened } = count;
  for (const [what, times] of Object.entries(happened)) expect(times, what).toBeGreaterThan(0);
});

/** One act in a transaction of its own; what another's commit made impossible is refused as a whole. */
async function run(
  store: Store,
  booked: Map<string, Booked>,
  one: Act,
  taker: string,
  about: string | undefined,
  count: Record<"done" | "refused" | "gaveWay" | "fetched" | "lent", number>,
): Promise<void> {
  const old = about === undefined ? undefined : booked.get(about);
  const wish = at("24", "09:00") + one.slot * 30 * MINUTE_MS;
  const job: Job = {
    services: one.work.map((index) => BUSY_SHOP.profile.services[index]!),
    place: one.place,
    ...(one.lent ? { lent: ["loan"] } : {}),
  };
  try {
    const outcome = await store.unit(async (unit): Promise<readonly (readonly [string, Booked | null])[]> => {
      const plan = await planIn(unit);
      const changes: [string, Booked | null][] = [];
      if (one.kind === "book") {
        const offer = offerAt(BUSY_SHOP, plan.view, { job, now: NOW }, wish);
        if (!offer) return [];
        plan.take(offer, taker);
        changes.push([taker, { offer, job, settled: false }]);
      } else {
        if (!old || about === undefined) return [];
        plan.free(old.offer, about);
        if (one.kind === "cancel") changes.push([about, null]);
        else if (one.kind === "move") {
          const offer = offerAt(BUSY_SHOP, plan.view, { job: old.job, now: NOW }, wish);
          if (!offer) return [];
          plan.take(offer, about);
          changes.push([about, { ...old, offer }]);
        } else {
          if (old.settled) return [];
          const first: Job = { ...job, place: "shop", priority: true };
          const offer = offerAt(BUSY_SHOP, plan.view, { job: first, now: NOW }, old.offer.start);
          if (!offer) return [];
          plan.take(offer, taker);
          const other = nearestOffers(BUSY_SHOP, plan.view, { job: old.job, now: NOW, limit: 1 }, old.offer.start)[0];
          if (!other) return [];
          plan.take(other, about);
          changes.push([taker, { offer, job: first, settled: true }], [about, { offer: other, job: old.job, settled: true }]);
        }
      }
      await plan.commit();
      return changes;
    });
    for (const [key, value] of outcome) {
      if (value === null) booked.delete(key);
      else booked.set(key, value);
      count.done += 1;
      if (value?.job.place === "pickup") count.fetched += 1;
      if (value?.job.lent) count.lent += 1;
    }
    if (one.kind === "displace" && outcome.length > 0) count.gaveWay += 1;
  } catch (error) {
    if (!(error instanceof AnxinError) || error.code !== "conflict") throw error;
    count.refused += 1;
  }
}

/** What is kept: nothing overlaps, every booking has exactly its hours, and nothing stands there that nobody has. */
async function expectSound(store: Store, booked: ReadonlyMap<string, Booked>): Promise<void> {
  const rows = await store.unit((unit) => unit.agenda.days(FIRST_DAY, LAST_DAY));
  const kept: string[] = [];
  for (const { technician, day, busy } of rows) {
    busy.slice(1).forEach((span, index) => expect(span.start, `${technician} ${day}`).toBeGreaterThanOrEqual(busy[index]!.end));
    for (const { start, end, booking } of busy) kept.push(`${technician} ${day} ${start} ${end} ${booking}`);
  }
  const wanted: string[] = [];
  for (const [booking, { offer }] of booked)
    for (const [key, spans] of takersOf(offer))
      for (const { start, end } of spans) wanted.push(`${key} ${dayOf(offer.start, ZONE)} ${start} ${end} ${booking}`);
  expect(kept.sort()).toEqual(wanted.sort());
}
