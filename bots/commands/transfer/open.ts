/** The store that the settings name, for a command that reads or writes it whole. */
import { mkdirSync } from "node:fs";
import type { Store } from "../../../core/ports.ts";
import { openPostgresStore } from "../../../storage/postgres/index.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { databasePath } from "../../service/infrastructure.ts";
import type { Settings } from "../../settings.ts";

/** @param folder instead of the settings' own; a folder always means a file */
export async function openConfigured(settings: Settings, folder: string | undefined): Promise<Store> {
  if (folder === undefined && settings.databaseUrl !== null) return openPostgresStore({ url: settings.databaseUrl });
  const dataDir = folder ?? settings.dataDir;
  mkdirSync(dataDir, { recursive: true });
  return openSqliteStore({ path: databasePath(dataDir) });
}
