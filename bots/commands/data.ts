/** `migrate`, `move` and `backup`: what is done to the data itself. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { AnxinError } from "../../core/errors.ts";
import { moveAll } from "../../storage/bulk.ts";
import { openPostgresBulk, openPostgresStore } from "../../storage/postgres/index.ts";
import { backupSqlite, openSqliteBulk, openSqliteStore } from "../../storage/sqlite/index.ts";
import { databasePath } from "../service/infrastructure.ts";
import { loadSettings, type Settings } from "../settings.ts";

const print = (text: string): void => void process.stdout.write(`${text}\n`);

interface DataOptions {
  readonly data?: string;
}

function settingsOf(options: DataOptions): Settings {
  const settings = loadSettings();
  return { ...settings, dataDir: options.data ?? settings.dataDir };
}

/** Brings the schema of the configured database up to date and says so; a start does the same by itself. */
export async function runMigrate(options: DataOptions): Promise<void> {
  const settings = settingsOf(options);
  const { databaseUrl } = settings;
  const store =
    databaseUrl === null ? openSqliteStore({ path: databasePath(settings.dataDir) }) : await openPostgresStore({ url: databaseUrl });
  await store.close();
  print(
    `${databaseUrl === null ? `the file ${databasePath(settings.dataDir)}` : "the database of DATABASE_URL"} has the schema of this program`,
  );
}

/** Copies everything from the SQLite file into Postgres, or back. */
export async function runMove(options: DataOptions & { readonly to: string }): Promise<void> {
  const settings = settingsOf(options);
  if (options.to !== "postgres" && options.to !== "sqlite")
    throw new AnxinError("wrong_use", `--to "${options.to}" is nowhere to move to; wanted postgres or sqlite`, {});
  if (settings.databaseUrl === null)
    throw new AnxinError("wrong_use", "DATABASE_URL is not set; set it to the Postgres to move to or from", {});
  const path = databasePath(settings.dataDir);
  if (options.to === "postgres" && !existsSync(path))
    throw new AnxinError("wrong_use", `there is no ${path}; set DATA_DIR or --data to the folder of the old database`, {});
  const file = openSqliteBulk(path);
  let database: Awaited<ReturnType<typeof openPostgresBulk>>;
  try {
    database = await openPostgresBulk({ url: settings.databaseUrl });
  } catch (error) {
    await file.finish(false);
    throw error;
  }
  const [from, into] = options.to === "postgres" ? [file, database] : [database, file];
  print(`from ${from.name} to ${into.name}`);
  const moved = await moveAll(from, into, (table, rows) =>
    print(`  ${table.padEnd(24)} ${String(rows).padStart(9)} rows, the same on both sides`),
  );
  print(`${moved} rows moved. ${from.name} is as it was.`);
  print(options.to === "postgres" ? "Start with DATABASE_URL set." : "Start without DATABASE_URL.");
}

/** Copies the SQLite file of a running service. */
export async function runBackup(options: DataOptions & { readonly to?: string }): Promise<void> {
  const settings = settingsOf(options);
  if (settings.databaseUrl !== null) {
    throw new AnxinError(
      "wrong_use",
      "DATABASE_URL is set, so the data is in Postgres, which has its own tools. While everything runs:\n" +
        '  pg_dump --format=custom --schema=anxin --file=anxin.dump "$DATABASE_URL"\n' +
        "and to restore into an empty database, while everything is stopped:\n" +
        '  pg_restore --exit-on-error --no-owner --dbname="$DATABASE_URL" anxin.dump\n' +
        'For no loss at all between two copies: write-ahead log archiving (Postgres manual, "Continuous Archiving").',
      {},
    );
  }
  const path = databasePath(settings.dataDir);
  if (!existsSync(path)) throw new AnxinError("wrong_use", `there is no ${path}; set DATA_DIR or --data to the folder of the database`, {});
  const copy = options.to ?? `anxin-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.sqlite`;
  if (existsSync(copy)) throw new AnxinError("wrong_use", `${copy} is there already; name another file with --to`, {});
  mkdirSync(dirname(copy), { recursive: true });
  const bytes = await backupSqlite(path, copy);
  print(`${path} copied to ${copy} (${(bytes / 1_048_576).toFixed(1)} MB, checked)`);
  print(`To restore: stop the service, put it in place of ${path}, remove the files ${path}-wal and ${path}-shm, start.`);
}
