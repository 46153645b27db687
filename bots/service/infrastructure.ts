/**
 * What a service stands on, chosen by settings: one SQLite file and one process, or Postgres and Redis and any number of
 * processes. Nothing above this file knows which.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AnxinError } from "../../core/errors.ts";
import type { Clock } from "../../core/ports.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { createInProcessLeases } from "../../storage/jobs/in-process-leases.ts";
import { createPacing } from "../../storage/jobs/pacing.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { createInProcessFeed } from "./feed.ts";
import type { Infrastructure, InfrastructureSettings } from "./ground.ts";
import { CHANNEL_PACES } from "./paces.ts";
import type { Rounds } from "./rounds.ts";

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
  rounds: Pick<Rounds, "soon">,
): Promise<Infrastructure> {
  makeFolder(settings.dataDir);
  if (settings.databaseUrl === null) return openEmbedded(settings, clock, rounds);
  // Loaded when it is asked for: one file needs neither Postgres nor Redis.
  const { openScaled } = await import("./scaled.ts");
  return openScaled({ ...settings, databaseUrl: settings.databaseUrl }, clock, onError);
}

function openEmbedded(settings: InfrastructureSettings, clock: Clock, { soon }: Pick<Rounds, "soon">): Infrastructure {
  const store = openSqliteStore({ path: databasePath(settings.dataDir) });
  const leases = createInProcessLeases();
  return {
    store,
    wakeups: createInProcessWakeups(undefined, soon),
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
