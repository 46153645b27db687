/** Whole tables in and out, as both engines keep them: what moving from one to the other needs. */
import { AnxinError } from "../core/errors.ts";
import { getTableColumns, getTableName } from "./schema/drizzle.ts";
import { postgresKit } from "./schema/kit.ts";
import { defineTables } from "./schema/tables.ts";

/** A value as it travels: JSON as its text, flags as they are, whole numbers as numbers. */
export type BulkValue = string | number | boolean | null;

export interface BulkColumn {
  readonly name: string;
  /** What Postgres calls it. */
  readonly type: "text" | "bigint" | "boolean" | "json";
  /** Numbered by the database itself. */
  readonly sequence: boolean;
}

export interface BulkTable {
  readonly name: string;
  readonly columns: readonly BulkColumn[];
}

/** One database, opened for a move. */
export interface Bulk {
  /** What it is, for people. */
  readonly name: string;
  count(table: BulkTable): Promise<number>;
  read(table: BulkTable): AsyncIterable<readonly (readonly BulkValue[])[]>;
  write(table: BulkTable, rows: readonly (readonly BulkValue[])[]): Promise<void>;
  /** Everything that was written stays, or nothing of it. */
  finish(keep: boolean): Promise<void>;
}

/** All tables, in an order in which those that are referred to come first. */
export function bulkTables(): readonly BulkTable[] {
  return Object.values(defineTables(postgresKit)).map((table) => ({
    name: getTableName(table),
    columns: Object.values(getTableColumns(table)).map((column) => ({
      name: column.name,
      type: column.getSQLType() as BulkColumn["type"],
      sequence: (column as { readonly generatedIdentity?: unknown }).generatedIdentity !== undefined,
    })),
  }));
}

/**
 * Copies everything into an empty database. The source is left as it is.
 *
 * @param told gets each table with the number of its rows
 * @throws AnxinError `move_not_empty` when the target holds something, `move_differs` when the counts differ in the end
 */
export async function moveAll(from: Bulk, into: Bulk, told: (table: string, rows: number) => void): Promise<number> {
  const tables = bulkTables();
  let moved = 0;
  let good = false;
  try {
    for (const table of tables) {
      const there = await into.count(table);
      if (there > 0)
        throw new AnxinError(
          "move_not_empty",
          `${into.name} is not empty: its table "${table.name}" has ${there} rows; move into an empty one`,
          { table: table.name },
        );
    }
    for (const table of tables) {
      for await (const rows of from.read(table)) await into.write(table, rows);
      const [left, arrived] = [await from.count(table), await into.count(table)];
      if (left !== arrived)
        throw new AnxinError("move_differs", `table "${table.name}" has ${left} rows in ${from.name} and ${arrived} in ${into.name}`, {
          table: table.name,
        });
      told(table.name, arrived);
      moved += arrived;
    }
    good = true;
    return moved;
  } finally {
    await into.finish(good);
    await from.finish(false);
  }
}
