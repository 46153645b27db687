import { getTableColumns, is, SQL } from "drizzle-orm";
import { PgDialect, type PgTable, getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { SQLiteSyncDialect, type SQLiteTable, getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import { describe, expect, test } from "vitest";
import { postgresKit, sqliteKit } from "../../../storage/schema/kit.ts";
import { defineTables } from "../../../storage/schema/tables.ts";

const inSqlite: Readonly<Record<string, SQLiteTable>> = defineTables(sqliteKit);
// What the Postgres kit builds is of Postgres, whatever its nominal type says.
const inPostgres = defineTables(postgresKit) as unknown as Readonly<Record<string, PgTable>>;

/** A table without what differs by engine. */
interface Shape {
  readonly name: string;
  readonly columns: readonly (readonly [property: string, name: string, notNull: boolean, primary: boolean])[];
  readonly primaryKeys: readonly (readonly string[])[];
  readonly indexes: readonly (readonly [name: string, unique: boolean, columns: readonly string[], where: string | null])[];
  readonly references: readonly (readonly [
    columns: readonly string[],
    table: string,
    foreign: readonly string[],
    onDelete: string | undefined,
  ])[];
}

const names = (columns: readonly { readonly name: string }[]): readonly string[] => columns.map((column) => column.name);
const byFirst = <Row extends readonly [string, ...unknown[]]>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => (a[0] < b[0] ? -1 : 1));

function columnsOf(table: SQLiteTable | PgTable): Shape["columns"] {
  return Object.entries(getTableColumns(table)).map(([property, column]) => [property, column.name, column.notNull, column.primary]);
}

function shapeInSqlite(table: SQLiteTable): Shape {
  const config = sqliteConfig(table);
  const dialect = new SQLiteSyncDialect();
  return {
    name: config.name,
    columns: columnsOf(table),
    primaryKeys: config.primaryKeys.map((key) => names(key.columns)),
    indexes: byFirst(
      config.indexes.map(({ config: index }) => [
        index.name,
        index.unique,
        index.columns.map((column) => (is(column, SQL) ? "?" : column.name)),
        index.where ? dialect.sqlToQuery(index.where).sql : null,
      ]),
    ),
    references: config.foreignKeys.map((key) => {
      const { columns, foreignTable, foreignColumns } = key.reference();
      return [names(columns), sqliteConfig(foreignTable).name, names(foreignColumns), key.onDelete];
    }),
  };
}

function shapeInPostgres(table: PgTable): Shape {
  const config = postgresConfig(table);
  const dialect = new PgDialect();
  return {
    name: config.name,
    columns: columnsOf(table),
    primaryKeys: config.primaryKeys.map((key) => names(key.columns)),
    indexes: byFirst(
      config.indexes.map(({ config: index }) => [
        index.name ?? "?",
        index.unique,
        index.columns.map((column) => (is(column, SQL) || !("name" in column) ? "?" : (column.name ?? "?"))),
        index.where ? dialect.sqlToQuery(index.where).sql : null,
      ]),
    ),
    references: config.foreignKeys.map((key) => {
      const { columns, foreignTable, foreignColumns } = key.reference();
      return [names(columns), postgresConfig(foreignTable).name, names(foreignColumns), key.onDelete];
    }),
  };
}

describe("defineTables", () => {
  test("builds the same tables with both kits", () => {
    expect(Object.keys(inPostgres)).toEqual(Object.keys(inSqlite));
    expect(Object.keys(inSqlite).length).toBeGreaterThan(10);
  });

  test.each(Object.keys(inSqlite))("builds %s with the same names, nullability, keys and indexes in both engines", (key) => {
    expect(shapeInPostgres(inPostgres[key]!)).toEqual(shapeInSqlite(inSqlite[key]!));
  });

  test.each(Object.keys(inSqlite))("gives %s a key and names every table and index once", (key) => {
    const shape = shapeInSqlite(inSqlite[key]!);
    expect(shape.primaryKeys.length + shape.columns.filter(([, , , primary]) => primary).length).toBe(1);
    const all = Object.values(inSqlite).flatMap((table) => shapeInSqlite(table).indexes.map(([name]) => name));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("kits", () => {
  const build = (kit: typeof sqliteKit) =>
    kit.table("sample", {
      seq: kit.sequence("seq"),
      text: kit.text("text"),
      at: kit.instant("at"),
      count: kit.integer("count"),
      flag: kit.flag("flag"),
      data: kit.json<unknown>("data"),
    });
  const types = (kit: typeof sqliteKit) => Object.values(getTableColumns(build(kit))).map((column) => column.getSQLType());

  test("give each kind its type", () => {
    expect(types(sqliteKit)).toEqual(["integer", "text", "integer", "integer", "integer", "text"]);
    expect(types(postgresKit)).toEqual(["bigint", "text", "bigint", "bigint", "boolean", "json"]);
  });

  test.each([
    ["sqlite", sqliteKit],
    ["postgres", postgresKit],
  ] as const)("of %s encode and decode, and refuse what the other engine can't keep", (_name, kit) => {
    const { text, at, data } = getTableColumns(build(kit));
    expect(text.mapToDriverValue("é😀")).toBe("é😀");
    expect(text.mapToDriverValue(null as unknown as string)).toBeNull();
    expect(() => text.mapToDriverValue("a\0")).toThrow(/NUL/);
    expect(at.mapToDriverValue(1_795_329_600_000)).toBe(1_795_329_600_000);
    expect(() => at.mapToDriverValue(0.5)).toThrow(/whole number/);
    expect(data.mapToDriverValue({ a: [1, null] })).toBe(`{"a":[1,null]}`);
    expect(data.mapToDriverValue(null)).toBe("null");
    expect(() => data.mapToDriverValue({ a: "\ud83d" })).toThrow(/surrogate/);
  });

  test("read flags and numbers as the driver of each engine gives them", () => {
    expect(getTableColumns(build(sqliteKit)).flag.mapFromDriverValue(1)).toBe(true);
    expect(getTableColumns(build(sqliteKit)).flag.mapFromDriverValue(0)).toBe(false);
    expect(getTableColumns(build(postgresKit)).at.mapFromDriverValue("1795329600000" as unknown as number)).toBe(1_795_329_600_000);
  });
});
