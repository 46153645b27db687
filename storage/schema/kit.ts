/**
 * The kinds of columns the tables are made of. One nominal type, `Kit`, and two implementations: the definitions in tables.ts
 * are written once and build as SQLite tables or as Postgres tables.
 *
 * The nominal type is that of the SQLite kit. Drizzle's builders of both dialects answer to the same calls (`notNull`,
 * `primaryKey`, `default`, `references`, `on`, `where`) but share no type, so the Postgres kit is cast to the nominal one, here
 * and nowhere else; a test builds both and compares them.
 *
 * | kind     | SQLite                            | Postgres            | in TypeScript            |
 * |----------|-----------------------------------|---------------------|--------------------------|
 * | text     | text                              | text                | string                   |
 * | instant  | integer                           | bigint              | number, ms since epoch   |
 * | integer  | integer                           | bigint              | number                   |
 * | flag     | integer 0 or 1                    | boolean             | boolean                  |
 * | json     | text, not null                    | json, not null      | the data; null is JSON's |
 * | sequence | integer primary key autoincrement | bigint identity key | number, grows, never reused |
 */

import type { Instant } from "../../core/time.ts";
import { pgCore as pg, sqliteCore as sqlite } from "./drizzle.ts";
import { storableInteger, storableJson, storableText } from "./values.ts";

/** Drizzle hands `null` of a nullable column to the encoder of a prepared statement too. */
function unlessNull<In, Out>(encode: (value: In) => Out): (value: In) => Out {
  return (value) => (value === null ? (null as Out) : encode(value));
}

function sqliteCustom<Data, Driver>(name: string, type: string, toDriver: (value: Data) => Driver, fromDriver?: (value: Driver) => Data) {
  return sqlite.customType<{ data: Data; driverData: Driver }>({
    dataType: () => type,
    toDriver,
    ...(fromDriver ? { fromDriver } : {}),
  })(name);
}

function postgresCustom<Data, Driver>(name: string, type: string, toDriver: (value: Data) => Driver, fromDriver?: (value: Driver) => Data) {
  return pg.customType<{ data: Data; driverData: Driver }>({
    dataType: () => type,
    toDriver,
    ...(fromDriver ? { fromDriver } : {}),
  })(name);
}

export const sqliteKit = {
  text: <T extends string = string>(name: string) =>
    sqliteCustom<string, string>(
      name,
      "text",
      unlessNull((value) => storableText(name, value)),
    ).$type<T>(),
  instant: (name: string) =>
    sqliteCustom<Instant, number>(
      name,
      "integer",
      unlessNull((value) => storableInteger(name, value)),
    ),
  integer: (name: string) =>
    sqliteCustom<number, number>(
      name,
      "integer",
      unlessNull((value) => storableInteger(name, value)),
    ),
  flag: (name: string) =>
    sqliteCustom<boolean, number>(
      name,
      "integer",
      unlessNull((value) => (value ? 1 : 0)),
      (value) => value === 1,
    ),
  json: <T>(name: string) =>
    sqliteCustom<unknown, string>(
      name,
      "text",
      (value) => storableJson(name, value),
      (value) => JSON.parse(value) as unknown,
    )
      .$type<T>()
      .notNull(),
  sequence: (name: string) => sqlite.integer(name).primaryKey({ autoIncrement: true }),
  table: sqlite.sqliteTable,
  primaryKey: sqlite.primaryKey,
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
};

export type Kit = typeof sqliteKit;

/** Drivers give bigint as text; every number we keep is a safe integer. */
const fromBigint = (value: number | string): number => Number(value);

export const postgresKit = {
  text: (name: string) =>
    postgresCustom<string, string>(
      name,
      "text",
      unlessNull((value) => storableText(name, value)),
    ),
  instant: (name: string) =>
    postgresCustom<Instant, number | string>(
      name,
      "bigint",
      unlessNull((value) => storableInteger(name, value)),
      fromBigint,
    ),
  integer: (name: string) =>
    postgresCustom<number, number | string>(
      name,
      "bigint",
      unlessNull((value) => storableInteger(name, value)),
      fromBigint,
    ),
  flag: (name: string) => pg.boolean(name),
  // node-postgres has parsed json already when we see it; a text that comes then is data and must not be parsed again.
  json: (name: string) => postgresCustom<unknown, unknown>(name, "json", (value) => storableJson(name, value)).notNull(),
  sequence: (name: string) => pg.bigint(name, { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  table: pg.pgTable,
  primaryKey: pg.primaryKey,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
} as unknown as Kit;
