/** An engine on a real file, as the service runs it, without HTTP. */
import pg from "pg";
import { createWebClient } from "../../adapters/web/client.ts";
import { createEngine, type Engine } from "../../bots/service/engine.ts";
import { createInProcessFeed } from "../../bots/service/feed.ts";
import type { Channel, Clock, Store } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import type { Understander } from "../../core/understanding/index.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";

/** Server on which the benches make schemas of their own. */
export const POSTGRES = process.env["ANXIN_TEST_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/postgres";

/** Drops a schema of a bench. */
export async function dropSchema(schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES });
  await client.connect();
  await client.query(`drop schema if exists ${schema} cascade`);
  await client.end();
}

export interface Bench {
  /** Folder for databases; the caller removes it. */
  readonly folder: string;
  readonly profile: Profile;
  readonly understander: Understander;
  /** Numbers of stored conversations to measure beside; empty = the section's own. */
  readonly sizes: readonly number[];
  /** Fewer rounds, smaller sizes: to see that it runs, not for figures to be quoted. */
  readonly quick: boolean;
}

/** The shipped business with `times` as many technicians, so that a bench's customers don't all meet full calendars. */
export function withMoreHands(profile: Profile, times: number): Profile {
  const technicians = Array.from({ length: times }, (_, copy) =>
    profile.technicians.map((one) => (copy === 0 ? one : { ...one, id: `${one.id}-${copy + 1}` })),
  ).flat();
  return { ...profile, technicians };
}

interface EngineOptions {
  readonly profile?: Profile;
  readonly clock?: Clock;
  /** Most entries in one transaction; the engine's own figure when left out. */
  readonly group?: number;
}

export function openEngine(bench: Bench, path: string, options: EngineOptions = {}): { readonly engine: Engine; readonly store: Store } {
  const store = openSqliteStore({ path });
  return { engine: engineOn(bench, store, options), store };
}

export function engineOn(bench: Bench, store: Store, options: EngineOptions = {}): Engine {
  const web = createWebClient();
  return createEngine({
    profile: options.profile ?? bench.profile,
    store,
    clock: options.clock ?? { now: () => Date.now() },
    wakeups: createInProcessWakeups(),
    feed: createInProcessFeed(),
    channels: new Map<string, Channel>([[web.name, web]]),
    understander: bench.understander,
    random: Math.random,
    ...(options.group === undefined ? {} : { group: options.group }),
    onError: (what, error) => {
      // A failed turn would make the figures worthless.
      throw new Error(what, { cause: error });
    },
  });
}
