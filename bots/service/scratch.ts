/** A store that is gone when closed: scripts, the terminal chat, tests. The same SQLite store, in memory. */
import type { Feed, Store, Wakeups } from "../../core/ports.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { createInProcessFeed } from "./feed.ts";

/** @param store instead of one in memory */
export async function openScratchStore(store?: Store): Promise<{ readonly store: Store; readonly wakeups: Wakeups; readonly feed: Feed }> {
  return { store: store ?? openSqliteStore({ path: ":memory:" }), wakeups: createInProcessWakeups(), feed: createInProcessFeed() };
}
