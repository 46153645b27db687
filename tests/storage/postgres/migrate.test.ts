import { is, SQL } from "drizzle-orm";
import { getTableConfig, PgDialect, type PgTable } from "drizzle-orm/pg-core";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readMigrations } from "../../../storage/migrations/plan.ts";
import { migrate } from "../../../storage/postgres/migrate.ts";
import { POSTGRES_MIGRATIONS } from "../../../storage/postgres/store.ts";
import { postgresKit } from "../../../storage/schema/kit.ts";
import { defineTables } from "../../../storage/schema/tables.ts";
import { createSchema, postgresUrl, type Schema } from "../../support/postgres.ts";

const files = readMigrations(POSTGRES_MIGRATIONS);
// What the Postgres kit builds is of Postgres, whatever its nominal type says.
const tables = Object.values(defineTables(postgresKit)) as unknown as readonly PgTable[];
const code = (wanted: string) => expect.objectContaining({ name: "AnxinError", code: wanted });

/** A table as tables.ts defines it. */
function defined(table: PgTable) {
  const config = getTableConfig(table);
  const dialect = new PgDialect();
  const single = config.columns.filter((column) => column.primary).map((column) => column.name);
  return {
    columns: config.columns.map((column) => ({ name: column.name, type: column.getSQLType(), notNull: column.notNull })),
    primaryKey: config.primaryKeys[0]?.columns.map((column) => column.name) ?? single,
    indexes: config.indexes
      .map(({ config: index }) => ({
        name: index.name!,
        unique: index.unique,
        columns: index.columns.map((column) => (is(column, SQL) || !("name" in column) ? "?" : column.name)),
        where: index.where ? dialect.sqlToQuery(index.where).sql : null,
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    references: config.foreignKeys.map((key) => {
      const { columns, foreignTable, foreignColumns } = key.reference();
      return { from: columns[0]!.name, table: getTableConfig(foreignTable).name, to: foreignColumns[0]!.name, onDelete: key.onDelete };
    }),
    identity: config.columns.filter((column) => column.generatedIdentity !== undefined).map((column) => column.name),
  };
}

/** Postgres writes a condition in its own way: brackets, casts, `= any (array[…])` for `in (…)`. */
function plain(condition: string | null): string | null {
  return condition === null
    ? null
    : condition
        .replaceAll(/::(?:text|bpchar)(?:\[\])?/g, "")
        .replaceAll(/= any \(array\[([^\]]*)\]\)/gi, "in ($1)")
        .replaceAll(/^\((.*)\)$/g, "$1")
        .replaceAll(/[()]/g, "")
        .toLowerCase();
}

describe.skipIf(postgresUrl === null)("the migrations of Postgres", () => {
  let schema: Schema;
  let client: pg.Client;
  beforeEach(async () => {
    schema = createSchema();
    client = new pg.Client({ connectionString: postgresUrl!, options: `-c search_path=${schema.name} -c client_min_messages=warning` });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await schema.drop();
  });
  const rows = async <Row extends pg.QueryResultRow>(text: string, ...values: readonly unknown[]): Promise<Row[]> =>
    (await client.query<Row>(text, [...values])).rows;

  async function migrated(name: string) {
    const id = `${schema.name}.${name}`;
    const columns = await rows<{ name: string; type: string; not_null: boolean; identity: string; collation: string | null }>(
      `select attname as name, format_type(atttypid, null) as type, attnotnull as not_null, attidentity as identity,
         (select collname from pg_collation where oid = attcollation) as collation
       from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum`,
      id,
    );
    const indexes = await rows<{ name: string; unique: boolean; primary: boolean; columns: string[]; where: string | null }>(
      `select c.relname as name, i.indisunique as unique, i.indisprimary as primary, pg_get_expr(i.indpred, i.indrelid) as where,
         array(select pg_get_indexdef(i.indexrelid, k, true) from generate_series(1, i.indnkeyatts) k) as columns
       from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = $1::regclass order by c.relname collate "C"`,
      id,
    );
    const references = await rows<{ definition: string }>(
      "select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass and contype = 'f'",
      id,
    );
    expect(columns.filter((column) => column.type === "text" && column.collation !== "C")).toEqual([]);
    return {
      columns: columns.map((column) => ({ name: column.name, type: column.type, notNull: column.not_null })),
      primaryKey: indexes.find((index) => index.primary)!.columns,
      indexes: indexes
        .filter((index) => !index.primary)
        .map(({ name: own, unique, columns: of, where }) => ({ name: own, unique, columns: of, where: plain(where) })),
      references: references.map(({ definition }) => {
        const [, from, table, to, onDelete] = /^FOREIGN KEY \((\w+)\) REFERENCES (?:\w+\.)?(\w+)\((\w+)\) ON DELETE (\w+)/.exec(
          definition,
        )!;
        return { from, table, to, onDelete: onDelete!.toLowerCase() };
      }),
      identity: columns.filter((column) => column.identity === "a").map((column) => column.name),
    };
  }

  test("make exactly the tables of tables.ts and the table of migrations", async () => {
    await migrate(client, schema.name, files, 0);
    const names = await rows<{ tablename: string }>(
      'select tablename from pg_tables where schemaname = $1 order by tablename collate "C"',
      schema.name,
    );
    expect(names.map((row) => row.tablename)).toEqual([...tables.map((table) => getTableConfig(table).name), "migrations"].toSorted());
  });

  test("make every table with the columns, nullability, keys and indexes of tables.ts, and text compared by its bytes", async () => {
    await migrate(client, schema.name, files, 0);
    for (const table of tables) {
      const wanted = defined(table);
      expect(await migrated(getTableConfig(table).name), getTableConfig(table).name).toEqual({
        ...wanted,
        indexes: wanted.indexes.map((index) => ({ ...index, where: plain(index.where) })),
      });
    }
  });

  test("run each file once and note its name, checksum and time", async () => {
    const extra = { name: "0002_extra", sql: "create table extra (id bigint primary key)", checksum: "x" };
    expect(await migrate(client, schema.name, files, 1000)).toEqual(files.map((file) => file.name));
    expect(await migrate(client, schema.name, files, 2000)).toEqual([]);
    expect(await migrate(client, schema.name, [...files, extra], 3000)).toEqual(["0002_extra"]);
    expect(await rows("select name, checksum, applied_at from migrations order by name")).toEqual([
      ...files.map((file) => ({ name: file.name, checksum: file.checksum, applied_at: "1000" })),
      { name: "0002_extra", checksum: "x", applied_at: "3000" },
    ]);
    await expect(migrate(client, schema.name, files, 4000)).rejects.toEqual(code("storage_newer"));
  });

  test("are undone whole when one file fails", async () => {
    const broken = { name: "0002_broken", sql: "create table half (id bigint); create table nonsense (", checksum: "x" };
    await expect(migrate(client, schema.name, [...files, broken], 0)).rejects.toThrow();
    expect(await rows("select tablename from pg_tables where schemaname = $1", schema.name)).toEqual([]);
    expect(await migrate(client, schema.name, files, 0)).toHaveLength(files.length);
  });

  test("refuse a schema with somebody else's tables, and add nothing to it", async () => {
    await client.query(`create schema ${schema.name}`);
    await client.query("create table bookmarks (url text)");
    await expect(schema.open()).rejects.toEqual(code("storage_foreign"));
    expect(await rows("select tablename from pg_tables where schemaname = $1", schema.name)).toEqual([{ tablename: "bookmarks" }]);
  });

  test("of six stores that open together on a new schema all open it, and each migration ran once", async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => schema.open({ connections: 1 })));
    await Promise.all(stores.map((store) => store.unit((unit) => unit.meta.set("k", "v"))));
    await Promise.all(stores.map((store) => store.close()));
    expect(await rows("select name from migrations")).toHaveLength(files.length);
  });
});
