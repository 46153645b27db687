/** The store that behaviour is tried on: SQLite in memory, or Postgres in the suites' second round (`ANXIN_TEST_STORE`). */
import type { Store } from "../../core/ports.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { createSchema, type Schema } from "./postgres.ts";

export const onPostgres = process.env["ANXIN_TEST_STORE"] === "postgres";

/** Schemas that were made, emptied and are free; making one takes longer than emptying it. */
const free: Schema[] = [];

/** An empty store. What was in it is gone when it is closed. */
export function openTestStore(): Store {
  if (!onPostgres) return openSqliteStore({ path: ":memory:" });
  const schema = free.pop() ?? createSchema();
  // Opened when it is first used: tests make their store in passing.
  let opened: Promise<Store> | null = null;
  const open = (): Promise<Store> => {
    opened ??= schema.open();
    return opened;
  };
  let closed: Promise<void> | null = null;
  return {
    unit: async (work) => (await open()).unit(work),
    async close() {
      closed ??= open()
        .then((store) => store.close())
        .then(() => schema.empty())
        .then(() => void free.push(schema));
      return closed;
    },
  };
}
