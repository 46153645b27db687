import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPacer } from "../../../adapters/telegram/pace.ts";

/** Time that moves to the next one who waits once nobody can go on. */
function createLine() {
  let now = 0;
  let waits: { readonly at: number; readonly resolve: () => void }[] = [];
  return {
    now: () => now,
    pause: (ms: number) => new Promise<void>((resolve) => waits.push({ at: now + ms, resolve })),
    async run(until: Promise<unknown>): Promise<void> {
      let over = false;
      void until.then(() => {
        over = true;
      });
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (over) return;
        const next = Math.min(...waits.map((wait) => wait.at));
        if (!Number.isFinite(next)) continue;
        now = Math.max(now, next);
        const ready = waits.filter((wait) => wait.at <= now);
        waits = waits.filter((wait) => wait.at > now);
        for (const wait of ready) wait.resolve();
      }
    },
  };
}

/** Sends everything, trying again when the line is too long; when each was sent. */
async function sendAll(jobs: readonly number[]): Promise<readonly { readonly chat: number; readonly at: number }[]> {
  const line = createLine();
  const pacer = createPacer(line.now, line.pause);
  const sent: { chat: number; at: number }[] = [];
  const all = Promise.all(
    jobs.map(async (chat) => {
      for (;;) {
        const later = await pacer.enter(chat, 1_200);
        if (later === null) break;
        await line.pause(later);
      }
      sent.push({ chat, at: line.now() });
    }),
  );
  await line.run(all);
  return sent;
}

const most = (times: readonly number[], windowMs: number): number =>
  Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + windowMs).length));

describe("createPacer", () => {
  test("never more than 30 a second in all, 3 at once and one a second per private chat, 20 a minute per group", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(1, 2, 3, 4, 5, -1), { maxLength: 60 }), async (jobs) => {
        const spread = [...jobs, ...Array.from({ length: 60 }, (_, index) => 100 + index)];
        const sent = await sendAll(spread);
        expect(sent).toHaveLength(spread.length);
        expect(
          most(
            sent.map((one) => one.at),
            1_000,
          ),
        ).toBeLessThanOrEqual(30);
        for (const chat of new Set(spread)) {
          const times = sent.filter((one) => one.chat === chat).map((one) => one.at);
          if (chat < 0) expect(most(times, 60_000)).toBeLessThanOrEqual(20);
          else expect(most(times, 3_000)).toBeLessThanOrEqual(6);
        }
      }),
      { numRuns: 25, seed: 3 },
    );
  });

  test("a chat that is flooded keeps no other waiting", async () => {
    const line = createLine();
    const pacer = createPacer(line.now, line.pause);
    const flood = Promise.all(Array.from({ length: 50 }, () => pacer.enter(1, 1_200)));
    const other = pacer.enter(2, 1_200).then(() => line.now());
    await line.run(Promise.all([flood, other]));
    expect(await other).toBeLessThanOrEqual(250);
  });

  test("a chat that Telegram told to wait is left alone for exactly so long", async () => {
    const line = createLine();
    const pacer = createPacer(line.now, line.pause);
    pacer.hold(1, 7_000);
    expect(await pacer.enter(1, 1_200)).toBe(7_000);
    expect(await pacer.enter(2, 1_200)).toBeNull();
  });

  test("three chats told to wait at once mean everyone", async () => {
    const line = createLine();
    const pacer = createPacer(line.now, line.pause);
    for (const chat of [1, 2, 3]) pacer.hold(chat, 7_000);
    expect(await pacer.enter(4, 1_200)).toBe(7_000);
  });
});
