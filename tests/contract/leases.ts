/** What every version of `Leases` must do. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Leases } from "../../core/ports.ts";

export interface LeasesPlace {
  /** One process; all of them share the leases. A place of one process gives the same one. */
  process(): Leases;
  dispose(): Promise<void>;
}

export function leasesContract(name: string, create: () => Promise<LeasesPlace>): void {
  describe(`leases on ${name}`, () => {
    let place: LeasesPlace;
    let one: Leases;
    let other: Leases;
    beforeEach(async () => {
      place = await create();
      one = place.process();
      other = place.process();
    });
    afterEach(async () => {
      await one.close();
      await other.close();
      await place.dispose();
    });

    test("a name is held by one at a time, other names by others", async () => {
      const held = await one.acquire("polling");
      expect(held).not.toBeNull();
      expect(await other.acquire("polling")).toBeNull();
      expect(await one.acquire("polling")).toBeNull();
      expect(await other.acquire("socket")).not.toBeNull();
      expect(held!.ended.aborted).toBe(false);
    });

    test("what was given back can be had by others, and its holder knows that it ended", async () => {
      const held = (await one.acquire("polling"))!;
      await held.release();
      expect(held.ended.aborted).toBe(true);
      const next = await other.acquire("polling");
      expect(next).not.toBeNull();
      // Giving back twice takes nothing from the next holder.
      await held.release();
      expect(await one.acquire("polling")).toBeNull();
      expect(next!.ended.aborted).toBe(false);
    });

    test("of many who ask at once one gets it", async () => {
      const asked = await Promise.all(Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? one : other).acquire("polling")));
      expect(asked.filter((lease) => lease !== null)).toHaveLength(1);
    });

    test("a process that ends gives everything back", async () => {
      const held = (await one.acquire("polling"))!;
      await one.close();
      expect(held.ended.aborted).toBe(true);
      if (one !== other) expect(await other.acquire("polling")).not.toBeNull();
    });
  });
}
