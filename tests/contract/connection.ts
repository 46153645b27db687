/**
 * What every connection to a platform must do while several processes share its work: one that gives up its turn still takes the
 * calls that come to it, and may have its turn again.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { holdWhileRunning } from "../../bots/service/holder.ts";
import type { Connection, Leases } from "../../core/ports.ts";

export interface ConnectionPlace {
  /** Not started yet; what the platform brings already finds its way here. */
  readonly connection: Connection;
  /** A customer writes. Resolves when the platform has brought it, or has it lying ready to be fetched. */
  say(text: string): Promise<void>;
  /** What customers have said, as it was taken in. */
  taken(): Promise<readonly string[]>;
  /** How many long connections to the platform are open, or calls that wait for news. */
  held(): number;
  /** Another process before the same platform and store, of those that ask. Not started yet; ends with the place. */
  another?(): Promise<Connection>;
  dispose(): Promise<void>;
}

/** @param by `calls`: the platform calls us (webhooks); `asking`: we hold a connection to it, or ask again and again */
export function connectionContract(name: string, by: "calls" | "asking", create: () => Promise<ConnectionPlace>): void {
  describe(`connection ${name}`, () => {
    let place: ConnectionPlace;
    beforeEach(async () => {
      place = await create();
    });
    afterEach(() => place.dispose());

    const arrived = async (texts: readonly string[]): Promise<void> => {
      await expect.poll(() => place.taken(), { timeout: 20_000, interval: 10 }).toEqual(texts);
    };

    test.runIf(by === "calls")("takes calls before its turn, in its turn and after it", async () => {
      await place.say("一");
      await arrived(["一"]);
      await place.connection.start();
      await place.say("二");
      await arrived(["一", "二"]);
      await place.connection.rest();
      await place.say("三");
      await arrived(["一", "二", "三"]);
    });

    test.runIf(by === "asking")("fetches nothing before its turn, nor after it", async () => {
      expect(place.held()).toBe(0);
      await place.connection.start();
      await expect.poll(() => place.held(), { timeout: 20_000, interval: 10 }).toBe(1);
      await place.say("一");
      await arrived(["一"]);
      await place.connection.rest();
      await expect.poll(() => place.held(), { timeout: 20_000, interval: 10 }).toBe(0);
      await arrived(["一"]);
    });

    test("has its turn again and again", async () => {
      const said: string[] = [];
      for (const text of ["一", "二", "三"]) {
        await place.connection.start();
        if (by === "asking") await expect.poll(() => place.held(), { timeout: 20_000, interval: 10 }).toBe(1);
        await place.say(text);
        said.push(text);
        await arrived(said);
        await place.connection.rest();
        if (by === "asking") await expect.poll(() => place.held(), { timeout: 20_000, interval: 10 }).toBe(0);
      }
    });

    test.runIf(by === "asking")("whose lease is lost ends, and another goes on: nothing comes twice, nothing is left out", async () => {
      const errors: unknown[] = [];
      const leases = losableLeases();
      const hold = (connection: Connection) =>
        holdWhileRunning(leases.process(), "receive", { begin: () => connection.start(), end: () => connection.rest() }, (error) =>
          errors.push(error),
        );
      const first = hold(place.connection);
      await expect.poll(() => place.held(), { timeout: 20_000, interval: 10 }).toBe(1);
      const second = hold(await place.another!());
      await place.say("一");
      await arrived(["一"]);
      leases.lose();
      // The old one lets go by itself, before the other has asked again.
      await expect.poll(() => place.held(), { timeout: 20_000, interval: 1 }).toBe(0);
      await expect.poll(() => place.held(), { timeout: 20_000, interval: 10 }).toBe(1);
      for (const text of ["二", "三"]) await place.say(text);
      await arrived(["一", "二", "三"]);
      await Promise.all([first.stop(), second.stop()]);
      await expect.poll(() => place.held(), { timeout: 20_000, interval: 10 }).toBe(0);
      await arrived(["一", "二", "三"]);
      expect(errors).toEqual([]);
    });

    test("may be told to rest without a turn, twice, and stopped at rest", async () => {
      await place.connection.rest();
      await place.connection.start();
      await place.connection.rest();
      await place.connection.rest();
      await place.connection.stop();
    });
  });
}

/** Leases of several processes; a process that lost one does not get it again. */
function losableLeases(): { process(): Leases; lose(): void } {
  let held: { readonly by: symbol; readonly controller: AbortController } | null = null;
  const losers = new Set<symbol>();
  return {
    process() {
      const by = Symbol("process");
      return {
        async acquire() {
          if (held !== null || losers.has(by)) return null;
          const controller = new AbortController();
          const own = { by, controller };
          held = own;
          return {
            ended: controller.signal,
            async release() {
              if (held === own) held = null;
              controller.abort();
            },
          };
        },
        close: () => Promise.resolve(),
      };
    },
    lose() {
      if (held === null) return;
      losers.add(held.by);
      held.controller.abort();
      held = null;
    },
  };
}
