import type pg from "pg";
import { AnxinError } from "../../core/errors.ts";
import type { Instant } from "../../core/time.ts";
import { type AppliedMigration, type Migration, planMigrations } from "../migrations/plan.ts";

const TABLE = `create table if not exists migrations (
  name text collate "C" primary key not null,
  checksum text not null,
  applied_at bigint not null
)`;

/**
 * Brings the schema to the program's. All of it is one transaction under a lock: of processes that start together one migrates
 * and the others then find nothing to do; a crash half-way leaves the schema as it was.
 *
 * @param client whose `search_path` is `schema`
 * @returns names of the migrations that ran
 * @throws AnxinError as `planMigrations`, and `storage_foreign` when the schema holds somebody else's tables
 */
export async function migrate(
  client: pg.ClientBase,
  schema: string,
  files: readonly Migration[],
  now: Instant,
): Promise<readonly string[]> {
  // Most starts have nothing to do, and then need neither the lock nor the right to make tables.
  const there = await client.query<{ there: boolean }>("select to_regclass($1) is not null as there", [`${schema}.migrations`]);
  if (there.rows[0]!.there && planMigrations(files, await appliedTo(client)).length === 0) return [];
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${schema}:migrate`]);
    await client.query(`create schema if not exists ${schema}`);
    const { rows } = await client.query<{ tablename: string }>("select tablename from pg_tables where schemaname = $1 order by tablename", [
      schema,
    ]);
    if (rows.length > 0 && !rows.some((row) => row.tablename === "migrations")) {
      throw new AnxinError(
        "storage_foreign",
        `schema "${schema}" belongs to another program: it has the table "${rows[0]!.tablename}" and none of migrations; ` +
          "name an empty database in DATABASE_URL",
        { schema },
      );
    }
    await client.query(TABLE);
    const plan = planMigrations(files, await appliedTo(client));
    for (const { name, sql, checksum } of plan) {
      await client.query(sql);
      await client.query("insert into migrations (name, checksum, applied_at) values ($1, $2, $3)", [name, checksum, now]);
    }
    await client.query("commit");
    return plan.map((file) => file.name);
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

async function appliedTo(client: pg.ClientBase): Promise<readonly AppliedMigration[]> {
  return (await client.query<AppliedMigration>("select name, checksum from migrations order by name")).rows;
}
