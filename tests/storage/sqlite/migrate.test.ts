import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { is, SQL } from "drizzle-orm";
import { getTableConfig, SQLiteSyncDialect, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readMigrations } from "../../../storage/migrations/plan.ts";
import { sqliteKit } from "../../../storage/schema/kit.ts";
import { defineTables } from "../../../storage/schema/tables.ts";
import { type Connection, connect } from "../../../storage/sqlite/connection.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { migrate } from "../../../storage/sqlite/migrate.ts";
import { SQLITE_MIGRATIONS } from "../../../storage/sqlite/store.ts";

const files = readMigrations(SQLITE_MIGRATIONS);
const tables: readonly SQLiteTable[] = Object.values(defineTables(sqliteKit));
const code = (wanted: string) => expect.objectContaining({ name: "AnxinError", code: wanted });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "anxin-migrate-"));
  path = join(folder, "anxin.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

function refusal(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

function withConnection<T>(work: (connection: Connection) => T): T {
  const connection = connect(path);
  try {
    return work(connection);
  } finally {
    connection.close();
  }
}

const rows = <Row>(connection: Connection, sql: string, ...values: readonly unknown[]): Row[] =>
  connection.prepare<unknown[], Row>(sql).all(...values);

interface Described {
  readonly columns: readonly unknown[];
  readonly primaryKey: readonly string[];
  readonly indexes: readonly unknown[];
  readonly references: readonly unknown[];
  readonly autoincrement: boolean;
}

/** A table as tables.ts defines it. */
function defined(table: SQLiteTable): Described {
  const config = getTableConfig(table);
  const dialect = new SQLiteSyncDialect();
  const single = config.columns.filter((column) => column.primary).map((column) => column.name);
  return {
    columns: config.columns.map((column) => ({ name: column.name, type: column.getSQLType(), notNull: column.notNull })),
    primaryKey: config.primaryKeys[0]?.columns.map((column) => column.name) ?? single,
    indexes: config.indexes
      .map(({ config: index }) => ({
        name: index.name,
        unique: index.unique,
        columns: index.columns.map((column) => (is(column, SQL) ? "?" : column.name)),
        where: index.where ? dialect.sqlToQuery(index.where).sql : null,
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    references: config.foreignKeys.map((key) => {
      const { columns, foreignTable, foreignColumns } = key.reference();
      return {
        from: columns[0]!.name,
        table: getTableConfig(foreignTable).name,
        to: foreignColumns[0]!.name,
        onDelete: key.onDelete?.toUpperCase(),
      };
    }),
    autoincrement: config.columns.some((column) => "autoIncrement" in column && column.autoIncrement === true),
  };
}

/** The same table as the migrated database describes it. */
function migrated(connection: Connection, name: string): Described {
  const columns = rows<{ name: string; type: string; notnull: number; pk: number; dflt_value: unknown; hidden: number }>(
    connection,
    "select * from pragma_table_xinfo(?)",
    name,
  );
  const sqlOf = (object: string): string =>
    rows<{ sql: string }>(connection, "select sql from sqlite_schema where name = ?", object)[0]!.sql;
  return {
    columns: columns.map((column) => ({ name: column.name, type: column.type.toLowerCase(), notNull: column.notnull === 1 })),
    primaryKey: columns
      .filter((column) => column.pk > 0)
      .toSorted((a, b) => a.pk - b.pk)
      .map((column) => column.name),
    indexes: rows<{ name: string; unique: number; origin: string }>(connection, "select * from pragma_index_list(?)", name)
      .filter((index) => index.origin === "c")
      .map((index) => ({
        name: index.name,
        unique: index.unique === 1,
        columns: rows<{ name: string; desc: number }>(
          connection,
          "select * from pragma_index_xinfo(?) where key = 1 order by seqno",
          index.name,
        ).map((column) => (column.desc === 1 ? `${column.name} desc` : column.name)),
        where: /\bwhere\b\s+(.+)$/is.exec(sqlOf(index.name))?.[1] ?? null,
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    references: rows<{ from: string; table: string; to: string; on_delete: string }>(
      connection,
      "select * from pragma_foreign_key_list(?)",
      name,
    ).map((key) => ({ from: key.from, table: key.table, to: key.to, onDelete: key.on_delete })),
    autoincrement: /\bautoincrement\b/i.test(sqlOf(name)),
  };
}

describe("the migrations of SQLite", () => {
  test("make exactly the tables of tables.ts and the table of migrations", () => {
    withConnection((connection) => {
      migrate(connection, files, 0);
      const names = rows<{ name: string }>(
        connection,
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' order by name",
      );
      const wanted = [...tables.map((table) => getTableConfig(table).name), "migrations"].toSorted();
      expect(names.map((row) => row.name)).toEqual(wanted);
    });
  });

  test.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
    "make %s with the columns, nullability, keys and indexes of tables.ts, strictly typed",
    (name, table) => {
      withConnection((connection) => {
        migrate(connection, files, 0);
        expect(migrated(connection, name)).toEqual(defined(table));
        const strict = rows<{ strict: number }>(
          connection,
          "select strict from pragma_table_list where name = ? and schema = 'main'",
          name,
        );
        expect(strict).toEqual([{ strict: 1 }]);
      });
    },
  );
});

describe("migrate", () => {
  const extra = { name: "0002_extra", sql: "create table extra (id integer primary key) strict", checksum: "x" };

  test("runs each file once and notes its name, checksum and time", () => {
    withConnection((connection) => {
      expect(migrate(connection, files, 1000)).toEqual(files.map((file) => file.name));
      expect(migrate(connection, files, 2000)).toEqual([]);
      expect(migrate(connection, [...files, extra], 3000)).toEqual(["0002_extra"]);
      expect(rows(connection, "select * from migrations order by name")).toEqual([
        ...files.map((file) => ({ name: file.name, checksum: file.checksum, applied_at: 1000 })),
        { name: "0002_extra", checksum: "x", applied_at: 3000 },
      ]);
    });
  });

  test("undoes all of it when one file fails", () => {
    withConnection((connection) => {
      const broken = { name: "0002_broken", sql: "create table half (id integer) strict; create table nonsense (", checksum: "x" };
      expect(() => migrate(connection, [...files, broken], 0)).toThrow();
      expect(rows(connection, "select name from sqlite_schema")).toEqual([]);
      expect(migrate(connection, files, 0)).toHaveLength(files.length);
    });
  });

  test("refuses a database that is newer than the program, and changes nothing", () => {
    withConnection((connection) => migrate(connection, [...files, extra], 0));
    expect(refusal(() => openSqliteStore({ path }))).toEqual(code("storage_newer"));
    expect(withConnection((connection) => rows(connection, "select * from migrations"))).toHaveLength(files.length + 1);
  });

  test("refuses a file that has changed since it was applied", () => {
    withConnection((connection) => {
      migrate(connection, files, 0);
      connection.exec("update migrations set checksum = 'other' where name = '0001_first'");
    });
    expect(refusal(() => openSqliteStore({ path }))).toEqual(code("storage_migration_changed"));
  });

  test("refuses somebody else's database, and adds nothing to it", () => {
    const other = new Database(path);
    other.exec("create table bookmarks (url text)");
    other.close();
    expect(refusal(() => openSqliteStore({ path }))).toEqual(code("storage_foreign"));
    expect(withConnection((connection) => rows(connection, "select name from sqlite_schema"))).toEqual([{ name: "bookmarks" }]);
  });

  test("of four processes that start together on a new file all open it, and each migration ran once; on forty files", async () => {
    const FILES = 40;
    // Each answers every path it is given with "ok", or with what went wrong.
    const program = `
      import { createInterface } from "node:readline";
      import { openSqliteStore } from ${JSON.stringify(new URL("../../../storage/sqlite/index.ts", import.meta.url).href)};
      console.log("ready");
      for await (const path of createInterface({ input: process.stdin })) {
        try {
          const store = openSqliteStore({ path });
          await store.unit((unit) => unit.counters.next("starts"));
          await store.close();
          console.log("ok");
        } catch (error) {
          console.log(String(error));
        }
      }`;
    const children = Array.from({ length: 4 }, () => {
      const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
        cwd: fileURLToPath(new URL("../../../", import.meta.url)),
        stdio: ["pipe", "pipe", "inherit"],
      });
      return { child, ended: once(child, "exit"), lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
    });
    const answers = () => Promise.all(children.map(async ({ lines }) => (await lines.next()).value as unknown));
    expect(await answers()).toEqual(["ready", "ready", "ready", "ready"]);
    for (let at = 0; at < FILES; at += 1) {
      path = join(folder, `${at}.sqlite`);
      for (const { child } of children) child.stdin.write(`${path}\n`);
      expect(await answers()).toEqual(["ok", "ok", "ok", "ok"]);
      withConnection((connection) => {
        expect(rows(connection, "select name from migrations")).toHaveLength(files.length);
        expect(rows(connection, "select value from counters")).toEqual([{ value: 4 }]);
      });
    }
    for (const { child } of children) child.stdin.end();
    expect((await Promise.all(children.map(({ ended }) => ended))).map(([status]) => status as number)).toEqual([0, 0, 0, 0]);
  }, 60_000);
});
