/** `perMinute` is what all processes together may feed. Two feeds on one store stand for two processes. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadProfile } from "../../bots/profiles.ts";
import { createCareFeed } from "../../core/care/feed.ts";
import type { Touch } from "../../core/care/touch.ts";
import { newCustomer } from "../../core/customers/state.ts";
import type { Store } from "../../core/ports.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import { MINUTE_MS } from "../../core/time.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { touch } from "../contract/store/samples.ts";
import { pushedChannel } from "../support/bench.ts";
import { createSchema, postgresUrl } from "../support/postgres.ts";
import { openTestStore } from "../support/store.ts";

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
      for (let index = 0; index < 40; index++) {
        const id = `k${index}`;
        await unit.customers.put({ ...newCustomer(id, NOW) });
        await unit.customers.linkConversation(`push:${id}`, id);
        touches.push(touch(`t${index}`, { customerId: id, dueAt: NOW, notAfter: NOW + 60 * MINUTE_MS }));
      }
      await unit.care.plan(touches);
    });
  });

  test("two processes at once feed what one may, and no more after a restart within the minute", async () => {
    const both = [feedOn(), feedOn()];
    for (let round = 0; round < 4; round++) await Promise.all(both.map((feed) => feed.feed()));
    expect(await asked()).toBe(PER_MINUTE);
    now = NOW + MINUTE_MS / 2;
    await feedOn().feed();
    expect(await asked()).toBe(PER_MINUTE);
  });

  test("the next minute has its own places, and a clock that was moved back does not stop it", async () => {
    // What was asked has been said meanwhile.
    const done = async (): Promise<void> =>
      store.unit(async (unit) => {
        for (const { id } of await unit.care.underWay(1_000)) await unit.care.put({ ...(await unit.care.get(id))!, status: "sent" });
        for (const entry of await unit.inbox.pending(now, 1_000)) await unit.inbox.done(entry.seq, now);
      });
    await done();
    now = NOW + MINUTE_MS + 1;
    for (let round = 0; round < 3; round++) await feedOn().feed();
    expect(await asked()).toBe(PER_MINUTE);
    await done();
    now = NOW + 1;
    await feedOn().feed();
    expect(await asked()).toBe(PER_MINUTE);
  });
}

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
