/** A schema of its own on the Postgres that servers.ts found. */
import pg from "pg";
import { inject } from "vitest";
import type { Store } from "../../core/ports.ts";
import { sessionName } from "../../storage/postgres/connection.ts";
import { openPostgresStore, type PostgresOptions } from "../../storage/postgres/index.ts";

/** Address of Postgres; `null` = there is none, and the suite skips itself. */
export const postgresUrl = inject("postgres");

let count = 0;

export interface Schema {
  readonly name: string;
  open(options?: Partial<PostgresOptions>): Promise<Store>;
  /** Asks past the store. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Empties every table and begins all numbers anew. */
  empty(): Promise<void>;
  /** Ends every session of the stores on it, as an administrator or a restart of the server would. */
  cut(): Promise<void>;
  drop(): Promise<void>;
}

export function createSchema(): Schema {
  count += 1;
  const name = `${inject("run")}_${process.pid}_${count}`;
  const pool = new pg.Pool({ connectionString: postgresUrl!, max: 1, options: `-c search_path=${name} -c client_min_messages=warning` });
  pool.on("error", () => undefined);
  const query = async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
    (await pool.query<Row>(text, [...values])).rows;
  return {
    name,
    open: (options = {}) => openPostgresStore({ url: postgresUrl!, schema: name, connections: 6, durable: false, ...options }),
    query,
    async empty() {
      const tables = await query<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = $1 and tablename <> 'migrations'",
        [name],
      );
      if (tables.length > 0) await query(`truncate ${tables.map((table) => table.name).join(", ")} restart identity`);
    },
    async cut() {
      await query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", [sessionName(name)]);
    },
    async drop() {
      await query(`drop schema if exists ${name} cascade`);
      await pool.end();
    },
  };
}
