/** What the files of this folder share: the connection as drizzle sees it, and the shape of their operations. */
import type { Column, SQL } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { sql } from "../schema/drizzle.ts";

export type Db = BetterSQLite3Database;

/** A group of the unit without promises: SQLite answers at once; unit.ts makes them asynchronous and guards them. */
export type Sync<Group> = {
  [Name in keyof Group]: Group[Name] extends (...args: infer Args) => Promise<infer Result> ? (...args: Args) => Result : never;
};

/** A named value of a prepared statement. */
export const slot = sql.placeholder;

/** A named value where drizzle wants an expression (`set`), encoded as `column` encodes. */
export function slotFor(column: Column, name: string): SQL {
  return sql`${sql.param(sql.placeholder(name), column)}`;
}
