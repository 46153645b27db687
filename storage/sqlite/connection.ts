import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { AnxinError } from "../../core/errors.ts";
import { isSqliteError } from "./errors.ts";

export type Connection = Database.Database;

/** How long SQLite waits for another process (a backup, a second start), ms. */
const BUSY_TIMEOUT_MS = 5_000;
/** Between two tries to switch a file to WAL, ms. */
const WAL_PAUSE_MS = 25;

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/**
 * SQLite doesn't wait by itself when two processes switch a new file to WAL at once; so it is tried again for as long as SQLite
 * would have waited.
 */
function switchToWal(connection: Connection, busyTimeoutMs: number): void {
  const deadline = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      const mode = connection.pragma("journal_mode = wal", { simple: true });
      if (mode === "wal" || (mode === "memory" && connection.memory)) return;
      throw new AnxinError(
        "storage_no_wal",
        `database "${connection.name}": the file system gave journal mode "${String(mode)}"; wanted wal: put DATA_DIR on a local disk`,
        { path: connection.name },
      );
    } catch (error) {
      if (!isSqliteError(error) || !error.code.startsWith("SQLITE_BUSY") || performance.now() >= deadline) throw error;
      pause(WAL_PAUSE_MS);
    }
  }
}

/**
 * Opens the file, making it and its folder when they are not there. `:memory:` is a database that is gone when closed.
 *
 * WAL: readers (backup, report) never stop the writer. `synchronous = full`: a commit is on the disk before it returns, so an
 * answered webhook outlives a power cut; with `normal` the last commits could be lost.
 *
 * @param busyTimeoutMs how long to wait for another process that holds the file, ms
 */
export function connect(path: string, busyTimeoutMs: number = BUSY_TIMEOUT_MS): Connection {
  // The folder holds customers' data: for this user alone.
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const connection = new Database(path, { timeout: busyTimeoutMs });
  try {
    switchToWal(connection, busyTimeoutMs);
    connection.pragma("synchronous = full");
    connection.pragma("foreign_keys = on");
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
