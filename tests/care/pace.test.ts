/** `perMinute` is what all processes together may feed. Two feeds on one store stand for two processes. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadProfile } from "../../bots/profiles.ts";
import { createCareFeed } from "../../core/care/feed.ts";
import { burstAt, fullAfter, paceOf, placesAt } from "../../core/care/pace.ts";
import type { Touch } from "../../core/care/touch.ts";
import { newCustomer } from "../../core/customers/state.ts";
import type { Store } from "../../core/ports.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { type Instant, MINUTE_MS } from "../../core/time.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { touch } from "../contract/store/samples.ts";
import { pushedChannel } from "../support/bench.ts";
import { createSchema, postgresUrl } from "../support/postgres.ts";
import { openTestStore } from "../support/store.ts";
import { mostInAMinute } from "./most-in-a-minute.ts";

const NOW = Date.parse("2026-11-23T10:00:00+08:00");
const PER_MINUTE = 9;
const BASE = loadProfile("dealer", "en");
const model = createBusinessModel({ ...BASE, care: { ...BASE.care, perMinute: PER_MINUTE } });

function paceOfTwo(open: () => Promise<Store>): void {
  let store: Store;
  let now = NOW;
  const feedOn = () =>
    createCareFeed({
      store,
      model,
      channels: new Map([["push", pushedChannel("push")]]),
      clock: { now: () => now },
      wakeups: createInProcessWakeups(),
    });
  const asked = async (): Promise<number> => (await store.unit((unit) => unit.care.underWay(1_000))).length;

  beforeAll(async () => {
    store = await open();
    await store.unit(async (unit) => {
      const touches: Touch[] = [];
      for (let index = 0; index < 60; index++) {
        const id = `k${index}`;
        await unit.customers.put({ ...newCustomer(id, NOW) });
        await unit.customers.linkConversation(`push:${id}`, id);
        touches.push(touch(`t${index}`, { customerId: id, dueAt: NOW, notAfter: NOW + 60 * MINUTE_MS }));
      }
      await unit.care.plan(touches);
    });
  });

  /** What was asked has been said meanwhile. */
  const said = (): Promise<void> =>
    store.unit(async (unit) => {
      for (const { id } of await unit.care.underWay(1_000)) await unit.care.put({ ...(await unit.care.get(id))!, status: "sent" });
      for (const entry of await unit.inbox.pending(now, 1_000)) await unit.inbox.done(entry.seq, now);
    });

  /** Two feeds, each begun anew every time, look every half second. */
  async function feedsFor(ms: number): Promise<Instant[]> {
    const times: Instant[] = [];
    for (const end = now + ms; now < end; now += 500) {
      await Promise.all([feedOn().feed(), feedOn().feed()]);
      for (let count = await asked(); count > 0; count--) times.push(now);
      await said();
    }
    return times;
  }

  test("two processes at once feed what one may, evenly, restarted however often", async () => {
    const times = await feedsFor(2 * MINUTE_MS);
    expect([times.length, mostInAMinute(times)]).toEqual([2 * PER_MINUTE, PER_MINUTE]);
    expect(new Set(times).size).toBe(2 * PER_MINUTE);
  });

  test("a clock that was moved back neither stops it nor gives it a burst", async () => {
    now = NOW + 1;
    const times = await feedsFor(MINUTE_MS);
    expect(times.length).toBeGreaterThanOrEqual(PER_MINUTE - 1);
    expect(mostInAMinute(times)).toBeLessThanOrEqual(PER_MINUTE);
  });
}

describe("a pace", () => {
  test.each([
    [1, 1, 1],
    [9, 1, 9],
    [600, 10, 591],
    [6_000, 100, 5_901],
    [100_000, 1_666, 98_335],
  ])(
    "of %i a minute lets %i go at one moment, %i in a steady minute, and never more than its own in any minute",
    (perMinute, burst, steady) => {
      const pace = paceOf(perMinute);
      const times: Instant[] = [];
      let fullAt = 0;
      // Every 10 ms, as fast as it lets; after a rest too.
      for (let now = NOW; now < NOW + 3 * MINUTE_MS; now += 10) {
        if (now > NOW + 2 * MINUTE_MS && now < NOW + 2 * MINUTE_MS + 2_000) continue;
        const places = placesAt(pace, fullAt, now);
        fullAt = fullAfter(pace, fullAt, now, places);
        for (let place = 0; place < places; place++) times.push(now);
      }
      expect(times.filter((at) => at === NOW)).toHaveLength(burst);
      const second = times.filter((at) => at >= NOW + MINUTE_MS && at < NOW + 2 * MINUTE_MS).length;
      expect(Math.abs(second - steady)).toBeLessThanOrEqual(1 + perMinute / 6_000);
      expect(mostInAMinute(times)).toBeLessThanOrEqual(perMinute);
    },
  );

  test("takes no place away while nothing is fed, and none can be taken twice", () => {
    const pace = paceOf(600);
    expect(placesAt(pace, 0, NOW)).toBe(10);
    const fullAt = fullAfter(pace, 0, NOW, 10);
    expect([placesAt(pace, fullAt, NOW), placesAt(pace, fullAt, burstAt(pace, fullAt, NOW))]).toEqual([0, 10]);
  });
});

describe("the pace of care on one file", () => paceOfTwo(async () => openTestStore()));

describe.skipIf(postgresUrl === null)("the pace of care on Postgres", () => {
  const schema = postgresUrl === null ? null : createSchema();
  let opened: Store | null = null;
  afterAll(async () => {
    await opened?.close();
    await schema?.drop();
  });
  paceOfTwo(async () => {
    opened = await schema!.open();
    return opened;
  });
});
