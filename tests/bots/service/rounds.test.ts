import { describe, expect, test } from "vitest";
import { createRounds } from "../../../bots/service/rounds.ts";

/** A round of the event loop, by the event loop itself. */
const round = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("pauses between pieces of work", () => {
  test("a pause lasts one round of the event loop", async () => {
    const rounds = createRounds(() => 0);
    let over = 0;
    void rounds.next().then(() => (over += 1));
    rounds.soon(() => (over += 1));
    await Promise.resolve();
    expect(over).toBe(0);
    await round();
    expect(over).toBe(2);
  });

  test("where a round takes long, requests end the pause: after some of them, and not at each", async () => {
    let now = 0;
    const rounds = createRounds(() => now);
    let over = false;
    void rounds.next().then(() => {
      over = true;
    });
    for (now = 1; now < 15; now += 1) rounds.onRequest();
    await Promise.resolve();
    expect(over).toBe(false);
    rounds.onRequest();
    await Promise.resolve();
    expect(over).toBe(true);
  });

  test.each([
    { workedMs: 10, pauseMs: 40 },
    { workedMs: 1, pauseMs: 15 },
    { workedMs: 1_000, pauseMs: 250 },
  ])("after $workedMs ms of work requests have $pauseMs ms to themselves", async ({ workedMs, pauseMs }) => {
    let now = 100;
    const rounds = createRounds(() => now);
    const first = rounds.next();
    await round();
    await first;
    now += workedMs;
    let over = false;
    rounds.soon(() => {
      over = true;
    });
    now += pauseMs - 1;
    rounds.onRequest();
    expect(over).toBe(false);
    now += 1;
    rounds.onRequest();
    expect(over).toBe(true);
  });

  test("while many requests pour in, a pause lasts its time though the rounds are short; when they stop, it is over", async () => {
    let now = 0;
    const rounds = createRounds(() => now);
    const pour = (): void => {
      for (let count = 0; count < 60; count += 1) rounds.onRequest();
    };
    let over = 0;
    rounds.soon(() => (over += 1));
    for (now = 1; now < 10; now += 1) {
      pour();
      await round();
      expect(over).toBe(0);
    }
    now = 15;
    pour();
    expect(over).toBe(1);
    rounds.soon(() => (over += 1));
    pour();
    await round();
    expect(over).toBe(1);
    await round();
    await round();
    expect(over).toBe(2);
  });

  test("requests while nothing pauses do nothing, and a call that pauses again waits anew", async () => {
    let now = 0;
    const rounds = createRounds(() => now);
    rounds.onRequest();
    let calls = 0;
    rounds.soon(() => {
      calls += 1;
      rounds.soon(() => (calls += 1));
    });
    now = 1_000;
    rounds.onRequest();
    rounds.onRequest();
    expect(calls).toBe(1);
    await round();
    expect(calls).toBe(2);
  });
});
