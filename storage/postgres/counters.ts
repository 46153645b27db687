import type pg from "pg";
import { searchPathSafe } from "./names.ts";

/** A number that was drawn. */
export interface Drawn {
  readonly value: number;
  /** The unit it was drawn for was undone: the next one may have it. */
  giveBack(): void;
}

/**
 * Running numbers. They are drawn beside the unit and not within it: a row that every turn writes would make all turns of all
 * processes wait for each other. A unit that is undone gives its numbers back, and the next one gets them; only a process or a
 * database that dies between the draw and the commit leaves a gap.
 *
 * The draw is not waited for on the disk (`synchronous_commit = off` on its pool): it stands in the log before the commit of the
 * unit that uses it, and that one is waited for. A database that dies may lose a draw that no such commit followed, and will give
 * its number to somebody else: so a number that was given back is good only as long as the connection lives that drew it.
 *
 * @param pool of one connection
 */
export function createCounterPool(pool: pg.Pool, schema: string): { draw(name: string): Promise<Drawn> } {
  const free = new Map<string, number[]>();
  let drawnBy: pg.PoolClient | null = null;
  const text =
    `insert into ${searchPathSafe(schema)}.counters as known (name, value) values ($1, 1) ` +
    "on conflict (name) do update set value = known.value + 1 returning value";

  /** Asks the server in any case: an answer shows that it has forgotten nothing since it was asked for the number. */
  async function next(client: pg.PoolClient, name: string): Promise<number> {
    const value = free.get(name)?.shift();
    if (value !== undefined) {
      await client.query("select");
      return value;
    }
    const { rows } = await client.query<{ value: string }>({ name: "draw", text, values: [name] });
    return Number(rows[0]!.value);
  }

  return {
    async draw(name) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        if (client !== drawnBy) free.clear();
        drawnBy = client;
        const value = await next(client, name);
        return {
          value,
          giveBack() {
            if (client === drawnBy)
              free.set(
                name,
                [...(free.get(name) ?? []), value].sort((one, other) => one - other),
              );
          },
        };
      } catch (error) {
        broken = error as Error;
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}
