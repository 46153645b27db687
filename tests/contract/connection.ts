/**
 * What every connection to a platform must do while several processes share its work: one that gives up its turn still takes the
 * calls that come to it, and may have its turn again.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Connection } from "../../core/ports.ts";

export interface ConnectionPlace {
  /** Not started yet; what the platform brings already finds its way here. */
  readonly connection: Connection;
  /** A customer writes. Resolves when the platform has brought it, or has it lying ready to be fetched. */
  say(text: string): Promise<void>;
  /** What customers have said, as it was taken in. */
  taken(): Promise<readonly string[]>;
  /** How many long connections to the platform are open, or calls that wait for news. */
  held(): number;
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

    test("may be told to rest without a turn, twice, and stopped at rest", async () => {
      await place.connection.rest();
      await place.connection.start();
      await place.connection.rest();
      await place.connection.rest();
      await place.connection.stop();
    });
  });
}
