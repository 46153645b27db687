import type pg from "pg";
import { searchPathSafe } from "./names.ts";

/**
 * Running numbers. They are drawn beside the unit and not within it: a row that every turn writes would make all turns of all
 * processes wait for each other. A unit that is undone gives its numbers back, and the next one gets them; only a process that
 * dies between the draw and the commit leaves a gap.
 *
 * The draw is not waited for on the disk (`synchronous_commit = off` on its pool): it stands in the log before the commit of the
 * unit that uses it, and that one is waited for.
 */
export interface CounterPool {
  draw(name: string): Promise<number>;
  giveBack(name: string, value: number): void;
}

export function createCounterPool(pool: pg.Pool, schema: string): CounterPool {
  const free = new Map<string, number[]>();
  const text =
    `insert into ${searchPathSafe(schema)}.counters as known (name, value) values ($1, 1) ` +
    "on conflict (name) do update set value = known.value + 1 returning value";
  return {
    async draw(name) {
      const known = free.get(name);
      const value = known?.shift();
      if (known?.length === 0) free.delete(name);
      if (value !== undefined) return value;
      const { rows } = await pool.query<{ value: string }>({ name: "draw", text, values: [name] });
      return Number(rows[0]!.value);
    },
    giveBack(name, value) {
      const known = free.get(name) ?? [];
      known.push(value);
      free.set(
        name,
        known.sort((one, other) => one - other),
      );
    },
  };
}
