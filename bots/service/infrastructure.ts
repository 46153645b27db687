/**
 * What a service stands on, chosen by settings: one SQLite file and one process, or Postgres and Redis and any number of
 * processes. Nothing above this file knows which.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AnxinError } from "../../core/errors.ts";
import type { Clock, Feed, Leases, Pacing, Store, Wakeups } from "../../core/ports.ts";
import { SECOND_MS } from "../../core/time.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { createInProcessLeases } from "../../storage/jobs/in-process-leases.ts";
import { createPacing } from "../../storage/jobs/pacing.ts";
import { connectHub } from "../../storage/jobs/redis.ts";
import { createRedisWakeups } from "../../storage/jobs/redis-wakeups.ts";
import { createSharedFeed } from "../../storage/jobs/shared-feed.ts";
import { createPostgresLeases, openPostgresStore } from "../../storage/postgres/index.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { createInProcessFeed } from "./feed.ts";
import { CHANNEL_PACES } from "./paces.ts";

/** Longer than any send takes, the tries of an adapter included; so long a message waits whose sender died. */
const SEND_HOLD_MS = 120 * SECOND_MS;
/** Turns in one transaction where others wait for their share: enough to share its cost, few enough to go round. */
const SHARED_GROUP = 16;

export interface Infrastructure {
  readonly store: Store;
  readonly wakeups: Wakeups;
  readonly feed: Feed;
  readonly leases: Leases;
  readonly pacing: Pacing;
  /** As `DeliveryOptions.holdMs`. */
  readonly holdMs: number;
  /** As `WorkerOptions.group`. */
  readonly group: number;
  /** Units of the inbox that a process works on at the same time. */
  readonly lanes: number;
  /** Why it can't work now; empty = it can. What only makes it slower is no reason. */
  problems(): Promise<readonly string[]>;
  /** Does Redis answer? `null` = there is none. */
  hubUp(): boolean | null;
  close(): Promise<void>;
}

export interface InfrastructureSettings {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
}

/** The database file within the data folder. */
export function databasePath(dataDir: string): string {
  return join(dataDir, "anxin.sqlite");
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (cause) {
    throw new AnxinError("data_dir", `the data folder ${dataDir} cannot be made; set DATA_DIR to a folder this user may write`, {}, cause);
  }
}

/** @throws AnxinError when the data folder or the database can't be used */
export async function openInfrastructure(
  settings: InfrastructureSettings,
  clock: Clock,
  onError: (what: string, error: unknown) => void,
): Promise<Infrastructure> {
  makeFolder(settings.dataDir);
  if (settings.databaseUrl === null) return openEmbedded(settings, clock);
  const url = settings.databaseUrl;
  const store = await openPostgresStore({ url });
  const hub =
    settings.redisUrl === null
      ? null
      : connectHub({ url: settings.redisUrl, prefix: "anxin", onError: onceAMinute(clock, (error) => onError("redis", error)) });
  const feed = createSharedFeed(hub);
  const leases = createPostgresLeases({ url });
  return {
    store,
    wakeups: hub === null ? createInProcessWakeups() : createRedisWakeups(hub),
    feed,
    leases,
    pacing: createPacing(hub, CHANNEL_PACES, () => clock.now()),
    holdMs: SEND_HOLD_MS,
    group: SHARED_GROUP,
    lanes: 2,
    async problems() {
      try {
        await store.unit((unit) => unit.meta.get("sample"));
        return [];
      } catch (error) {
        return [error instanceof Error ? error.message : "the database does not answer"];
      }
    },
    hubUp: () => hub?.up() ?? null,
    async close() {
      feed.close();
      await hub?.close();
      await leases.close();
      await store.close();
    },
  };
}

function openEmbedded(settings: InfrastructureSettings, clock: Clock): Infrastructure {
  const store = openSqliteStore({ path: databasePath(settings.dataDir) });
  const leases = createInProcessLeases();
  return {
    store,
    wakeups: createInProcessWakeups(),
    feed: createInProcessFeed(),
    leases,
    pacing: createPacing(null, CHANNEL_PACES, () => clock.now()),
    holdMs: 0,
    group: 64,
    lanes: 1,
    problems: async () => [],
    hubUp: () => null,
    async close() {
      await leases.close();
      await store.close();
    },
  };
}

/** A Redis that is away says so many times a second; once a minute is enough to know. */
function onceAMinute(clock: Clock, report: (error: unknown) => void): (error: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (clock.now() - last < 60 * SECOND_MS) return;
    last = clock.now();
    report(error);
  };
}
