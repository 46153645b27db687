import pg from "pg";
import { AnxinError } from "../../core/errors.ts";
import type { Bulk, BulkColumn, BulkTable, BulkValue } from "../bulk.ts";
import { readMigrations } from "../migrations/plan.ts";
import { describeAddress, poolConfig, sessionName } from "./connection.ts";
import { translateError } from "./errors.ts";
import { migrate } from "./migrate.ts";
import { POSTGRES_MIGRATIONS } from "./store.ts";

const PAGE = 1_000;

const decode = (column: BulkColumn, value: unknown): BulkValue =>
  column.type === "bigint" && value !== null ? Number(value) : (value as BulkValue);

/**
 * Opens a database for a move, alone.
 *
 * @throws AnxinError `storage_busy` while a service has it open
 */
export async function openPostgresBulk(options: { readonly url: string; readonly schema?: string }): Promise<Bulk> {
  const schema = options.schema ?? "anxin";
  const address = describeAddress(options.url);
  // A table may take longer than any unit.
  const patient = { statement_timeout: "0", idle_in_transaction_session_timeout: "0" };
  const client = new pg.Client(poolConfig({ url: options.url, schema, connections: 1, session: patient }));
  client.on("error", () => undefined);
  try {
    await client.connect();
    await migrate(client, schema, readMigrations(POSTGRES_MIGRATIONS), Date.now());
    const { rows } = await client.query<{ count: string }>(
      "select count(*) as count from pg_stat_activity where application_name = $1 and datname = current_database() and pid <> pg_backend_pid()",
      [sessionName(schema)],
    );
    if (Number(rows[0]!.count) > 0)
      throw new AnxinError("storage_busy", `database ${address} is in use; stop every front and worker first`);
    // What is read is of one moment.
    await client.query("begin isolation level repeatable read");
  } catch (error) {
    await client.end();
    throw translateError(error, address);
  }
  const names = (table: BulkTable): string => table.columns.map((column) => column.name).join(", ");
  const ask = async (text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    try {
      return await client.query(text, [...values]);
    } catch (error) {
      throw translateError(error, address);
    }
  };
  return {
    name: `the database ${address}`,
    count: async (table) => Number((await ask(`select count(*) as count from ${table.name}`)).rows[0].count),
    async *read(table) {
      const columns = table.columns.map((column) => (column.type === "json" ? `${column.name}::text as ${column.name}` : column.name));
      await ask(`declare move_rows cursor for select ${columns.join(", ")} from ${table.name}`);
      for (;;) {
        const { rows } = await ask(`fetch ${PAGE} from move_rows`);
        if (rows.length === 0) break;
        yield rows.map((row: Record<string, unknown>) => table.columns.map((column) => decode(column, row[column.name])));
      }
      await ask("close move_rows");
    },
    async write(table, rows) {
      // One parameter a column: a list of all its values.
      const lists = table.columns.map((column, at) => `$${at + 1}::${column.type === "json" ? "text" : column.type}[]`);
      const values = table.columns.map((column) => (column.type === "json" ? `${column.name}::json` : column.name));
      await ask(
        `insert into ${table.name} (${names(table)}) overriding system value ` +
          `select ${values.join(", ")} from unnest(${lists.join(", ")}) as moved (${names(table)})`,
        table.columns.map((_column, at) => rows.map((row) => row[at])),
      );
      const sequence = table.columns.find((column) => column.sequence);
      if (sequence)
        await ask(
          `select setval(pg_get_serial_sequence('${table.name}', '${sequence.name}'), (select max(${sequence.name}) from ${table.name}))`,
        );
    },
    async finish(keep) {
      await client.query(keep ? "commit" : "rollback");
      await client.end();
    },
  };
}
