/** What every version of `Wakeups` must do. Wakes are hints: the tests wait for a call that must come, never for time to pass. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { WakeKind, Wakeups } from "../../core/ports.ts";

export interface WakeupsPlace {
  readonly wakeups: Wakeups;
  dispose(): Promise<void>;
}

/** Listens once; the promise is kept by the first call. */
function heard(wakeups: Wakeups, kind: WakeKind): Promise<void> {
  return new Promise((resolve) => {
    const stop = wakeups.listen(kind, () => {
      stop();
      resolve();
    });
  });
}

export function wakeupsContract(name: string, create: () => Promise<WakeupsPlace>): void {
  describe(`wakeups on ${name}`, () => {
    let place: WakeupsPlace;
    beforeEach(async () => {
      place = await create();
    });
    afterEach(() => place.dispose());

    test.each(["inbox", "outbox", "timers", "staff"] as const)("a wake of %s reaches every listener of that kind", async (kind) => {
      const both = Promise.all([heard(place.wakeups, kind), heard(place.wakeups, kind)]);
      place.wakeups.wake(kind);
      await both;
    });

    test("a wake of one kind calls no listener of another", async () => {
      const called: WakeKind[] = [];
      place.wakeups.listen("timers", () => called.push("timers"));
      const outbox = heard(place.wakeups, "outbox");
      place.wakeups.wake("inbox");
      place.wakeups.wake("outbox");
      await outbox;
      // Whatever the wake of the inbox caused has come by now: it went first.
      expect(called).toEqual([]);
    });

    test("a listener that stopped is not called, even for a wake that was under way", async () => {
      let calls = 0;
      const stop = place.wakeups.listen("inbox", () => {
        calls += 1;
      });
      place.wakeups.wake("inbox");
      stop();
      const other = heard(place.wakeups, "inbox");
      place.wakeups.wake("inbox");
      await other;
      stop();
      expect(calls).toBe(0);
    });

    test("a wake is never heard inside the call that gives it", async () => {
      let inside = true;
      const order = new Promise<boolean>((resolve) => place.wakeups.listen("inbox", () => resolve(inside)));
      place.wakeups.wake("inbox");
      inside = false;
      expect(await order).toBe(false);
    });

    test("a wake after a call is a call again", async () => {
      for (let round = 0; round < 3; round += 1) {
        const next = heard(place.wakeups, "inbox");
        place.wakeups.wake("inbox");
        await next;
      }
    });

    test("a listener may wake again from within", async () => {
      const inbox = heard(place.wakeups, "inbox");
      const stop = place.wakeups.listen("outbox", () => place.wakeups.wake("inbox"));
      place.wakeups.wake("outbox");
      await inbox;
      stop();
    });

    test("a wake that nobody listens to is no error", () => {
      expect(() => place.wakeups.wake("timers")).not.toThrow();
    });
  });
}
