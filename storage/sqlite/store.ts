import { AsyncLocalStorage } from "node:async_hooks";
import { AnxinError } from "../../core/errors.ts";
import type { Store, Unit } from "../../core/ports.ts";
import type { Instant } from "../../core/time.ts";
import { readMigrations } from "../migrations/plan.ts";
import { drizzle } from "../schema/drizzle.ts";
import { sqliteKit } from "../schema/kit.ts";
import { defineTables } from "../schema/tables.ts";
import { type Connection, connect } from "./connection.ts";
import { translateError, translateOpenError } from "./errors.ts";
import { migrate } from "./migrate.ts";
import { createOperations, type Lease, leaseUnit } from "./unit.ts";

export const SQLITE_MIGRATIONS = new URL("../migrations/sqlite/", import.meta.url);

export interface SqliteOptions {
  /** File of the database; made with its folder when missing. */
  readonly path: string;
  /** Time noted beside a migration; the machine's clock when left out. */
  readonly now?: () => Instant;
  /** Sees the text of each statement before it runs; never its values, which are customers' data. */
  readonly onStatement?: (sql: string) => void;
}

/**
 * Opens the store of one process on one SQLite file.
 *
 * @throws AnxinError `storage_not_writable`, `storage_not_a_database`, `storage_foreign`, `storage_newer`,
 *   `storage_migration_changed`, `storage_disk_full`, `storage_busy`, `storage_corrupt`, `storage_io`; each says what to do
 */
export function openSqliteStore(options: SqliteOptions): Store {
  let connection: Connection | null = null;
  try {
    connection = connect(options.path);
    migrate(connection, readMigrations(SQLITE_MIGRATIONS), (options.now ?? Date.now)());
    return createSqliteStore(connection, options.onStatement);
  } catch (error) {
    connection?.close();
    throw translateOpenError(error, options.path);
  }
}

/**
 * The store on a connection whose schema is in place.
 *
 * Units run one after another in the order in which they were asked for. They must be serialised, because there is one
 * connection and a unit's work is asynchronous; `begin immediate` besides keeps other processes out from the first read on.
 * What to do slowly (network, a model) belongs before or after a unit, never inside.
 */
export function createSqliteStore(connection: Connection, onStatement?: (sql: string) => void): Store {
  const logger = onStatement ? { logQuery: onStatement } : false;
  const { operations, forget } = createOperations(drizzle({ client: connection, logger }), defineTables(sqliteKit));
  const begin = connection.prepare("begin immediate");
  const commit = connection.prepare("commit");
  const rollback = connection.prepare("rollback");
  const current = new AsyncLocalStorage<Lease>();
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;

  async function run<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    const lease: Lease = { open: true, failure: null };
    try {
      begin.run();
      const result = await current.run(lease, work, leaseUnit(operations, lease, connection));
      lease.open = false;
      // A caller may have caught the error of a statement; the unit is nevertheless not whole.
      if (lease.failure !== null) throw lease.failure;
      commit.run();
      return result;
    } catch (error) {
      lease.open = false;
      forget();
      if (connection.inTransaction) rollback.run();
      throw translateError(error, connection.name);
    }
  }

  function refuseNested(wish: string): void {
    if (current.getStore()?.open !== true) return;
    throw new AnxinError("nested_unit", `can't ${wish} within a unit: it would wait for itself; use the unit at hand`);
  }

  return {
    async unit(work) {
      refuseNested("begin a unit");
      if (closing !== null) throw new AnxinError("storage_closed", `can't begin a unit: the store on "${connection.name}" was closed`);
      const result = last.then(() => run(work));
      last = result.catch(() => undefined);
      return result;
    },
    async close() {
      refuseNested("close the store");
      closing ??= last.then(() => void connection.close());
      return closing;
    },
  };
}
