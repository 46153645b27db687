import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createPacing } from "../../../storage/jobs/pacing.ts";
import { createRedisWakeups } from "../../../storage/jobs/redis-wakeups.ts";
import { createSharedFeed } from "../../../storage/jobs/shared-feed.ts";
import { createRedisPlace, type RedisPlace, redisUrl, whenUp } from "../../support/redis.ts";

/** Nobody listens there. */
const NO_REDIS = "redis://127.0.0.1:1";

describe.skipIf(redisUrl === null)("processes that share a Redis", () => {
  let place: RedisPlace;
  beforeEach(() => {
    place = createRedisPlace();
  });
  afterEach(() => place.dispose());

  test("a wake of a process without listeners is heard by one that has them, also after Redis was wiped", async () => {
    const front = createRedisWakeups(await whenUp(place.hub()));
    const worker = createRedisWakeups(await whenUp(place.hub()));
    let heard = (): void => undefined;
    worker.listen("inbox", () => heard());
    for (let round = 0; round < 3; round++) {
      const called = new Promise<void>((resolve) => {
        heard = resolve;
      });
      // A hint may be lost; whoever has work gives another one.
      const again = setInterval(() => front.wake("inbox"), 20);
      front.wake("inbox");
      await called;
      clearInterval(again);
      await place.wipe();
    }
  });

  test("news of one process reach those who watch at another", async () => {
    const [one, other] = [createSharedFeed(await whenUp(place.hub())), createSharedFeed(await whenUp(place.hub()))];
    const arrived = new Promise<void>((resolve) => {
      other.watch(null, (conversation) => {
        if (conversation === "web:a") resolve();
      });
    });
    const again = setInterval(() => one.changed("web:a"), 20);
    await arrived;
    clearInterval(again);
    one.close();
    other.close();
  });

  test("two processes keep one pace together", async () => {
    const paces = new Map([["telegram", { channel: null, conversation: { stepMs: 60_000, burst: 2 } }]]);
    const one = createPacing(await whenUp(place.hub()), paces, () => 0);
    const other = createPacing(await whenUp(place.hub()), paces, () => 0);
    expect(await one.take("telegram:1")).toBe(0);
    expect(await other.take("telegram:1")).toBe(0);
    const wait = await one.take("telegram:1");
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThanOrEqual(60_000);
    expect(await other.take("telegram:2")).toBe(0);
    expect(await other.take("web:2")).toBe(0);
  });
});

describe("a process whose Redis is away", () => {
  const paces = new Map([["slack", { channel: { stepMs: 100, burst: 1 }, conversation: { stepMs: 1_000, burst: 1 } }]]);

  test("keeps the pace by itself", async () => {
    let now = 0;
    const pacing = createPacing(null, paces, () => now);
    expect(await pacing.take("slack:a")).toBe(0);
    expect(await pacing.take("slack:b")).toBe(100);
    now = 100;
    expect(await pacing.take("slack:b")).toBe(0);
    now = 200;
    expect(await pacing.take("slack:a")).toBe(800);
  });

  test.skipIf(redisUrl === null)("wakes its own listeners, takes places alone, passes news on within itself, and closes", async () => {
    const place = createRedisPlace();
    const hub = place.hub(NO_REDIS);
    const wakeups = createRedisWakeups(hub);
    const woken = new Promise<void>((resolve) => wakeups.listen("inbox", resolve));
    wakeups.wake("inbox");
    wakeups.wake("outbox");
    await woken;
    const feed = createSharedFeed(hub);
    const heard: string[] = [];
    feed.watch("web:a", (conversation) => heard.push(conversation));
    feed.changed("web:a");
    expect(heard).toEqual(["web:a"]);
    feed.close();
    expect(await createPacing(hub, paces, () => 0).take("slack:a")).toBe(0);
    await place.dispose();
  });
});
