/** The store of the service that these settings describe, for commands beside it. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Store } from "../../core/ports.ts";
import { openPostgresStore } from "../../storage/postgres/index.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import type { Settings } from "../settings.ts";
import { databasePath } from "./infrastructure.ts";

/** A command's `--data` names a folder, and so the file in it, whatever DATABASE_URL says. */
function addressOf(settings: Settings, data: string | undefined): string | null {
  return data === undefined ? settings.databaseUrl : null;
}

/** Is there a database to look into? A Postgres is asked when it is opened. */
export function hasConfiguredStore(settings: Settings, data: string | undefined): boolean {
  return addressOf(settings, data) !== null || existsSync(databasePath(data ?? settings.dataDir));
}

/** @throws AnxinError as the stores do */
export async function openConfiguredStore(settings: Settings, data: string | undefined): Promise<Store> {
  const url = addressOf(settings, data);
  if (url !== null) return openPostgresStore({ url, connections: 2 });
  const path = databasePath(data ?? settings.dataDir);
  mkdirSync(dirname(path), { recursive: true });
  return openSqliteStore({ path });
}
