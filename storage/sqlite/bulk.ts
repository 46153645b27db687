import { AnxinError } from "../../core/errors.ts";
import type { Bulk, BulkColumn, BulkTable, BulkValue } from "../bulk.ts";
import { readMigrations } from "../migrations/plan.ts";
import { connect } from "./connection.ts";
import { isSqliteError, translateOpenError } from "./errors.ts";
import { migrate } from "./migrate.ts";
import { SQLITE_MIGRATIONS } from "./store.ts";

const PAGE = 1_000;

const decode = (column: BulkColumn, value: string | number | null): BulkValue =>
  column.type === "boolean" && value !== null ? value === 1 : value;
const encode = (value: BulkValue): string | number | null => (typeof value === "boolean" ? Number(value) : value);

/**
 * Opens a file for a move, alone.
 *
 * @throws AnxinError `storage_busy` while a service or anything else has it open
 */
export function openSqliteBulk(path: string): Bulk {
  const connection = connect(path, 0);
  try {
    // SQLite leaves WAL only when nobody else has the file open.
    connection.pragma("journal_mode = delete");
    connection.pragma("journal_mode = wal");
    migrate(connection, readMigrations(SQLITE_MIGRATIONS), Date.now());
    connection.exec("begin immediate");
  } catch (error) {
    connection.close();
    if (isSqliteError(error) && error.code.startsWith("SQLITE_BUSY"))
      throw new AnxinError("storage_busy", `database "${path}" is in use; stop the service first`, { path }, error);
    throw translateOpenError(error, path);
  }
  const names = (table: BulkTable): string => table.columns.map((column) => column.name).join(", ");
  return {
    name: `the file ${path}`,
    count: async (table) => connection.prepare<[], number>(`select count(*) from ${table.name}`).pluck().get()!,
    async *read(table) {
      const page = connection.prepare<[number, number], Record<string, string | number | null>>(
        `select rowid as "rowid of a move", ${names(table)} from ${table.name} where rowid > ? order by rowid limit ?`,
      );
      for (let after = Number.MIN_SAFE_INTEGER; ; ) {
        const rows = page.all(after, PAGE);
        if (rows.length === 0) return;
        after = rows.at(-1)!["rowid of a move"] as number;
        yield rows.map((row) => table.columns.map((column) => decode(column, row[column.name]!)));
      }
    },
    async write(table, rows) {
      const insert = connection.prepare(`insert into ${table.name} (${names(table)}) values (${table.columns.map(() => "?").join(", ")})`);
      for (const row of rows) insert.run(row.map(encode));
    },
    async finish(keep) {
      connection.exec(keep ? "commit" : "rollback");
      connection.close();
    },
  };
}

/**
 * Copies the database of a running service into a new file, whole and consistent, and looks whether the copy is sound.
 *
 * @returns size of the copy, bytes
 * @throws AnxinError as `openSqliteStore`, and `backup_damaged`
 */
export async function backupSqlite(path: string, copy: string): Promise<number> {
  const connection = connect(path);
  try {
    await connection.backup(copy);
  } catch (error) {
    throw translateOpenError(error, path);
  } finally {
    connection.close();
  }
  const copied = connect(copy);
  try {
    const health = copied.pragma("integrity_check", { simple: true }) as string;
    if (health !== "ok") throw new AnxinError("backup_damaged", `the copy "${copy}" is damaged: ${health}; look at the disk`, { copy });
    // One file, without a log beside it, so that it can be carried away as it is.
    copied.pragma("journal_mode = delete");
    return (copied.pragma("page_count", { simple: true }) as number) * (copied.pragma("page_size", { simple: true }) as number);
  } finally {
    copied.close();
  }
}
