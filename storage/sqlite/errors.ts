import Database from "better-sqlite3";
import { AnxinError } from "../../core/errors.ts";

/** SQLite's primary result codes, what we call them, and what to do. Extended codes such as `SQLITE_IOERR_WRITE` begin with one. */
const KNOWN: readonly (readonly [prefix: string, code: string, problem: string, mend: string])[] = [
  ["SQLITE_FULL", "storage_disk_full", "the disk is full", "free space on the disk of DATA_DIR; what was committed is safe"],
  ["SQLITE_NOTADB", "storage_not_a_database", "the file is no SQLite database", "point DATA_DIR elsewhere, or move the file away"],
  ["SQLITE_READONLY", "storage_not_writable", "the file can't be written", "give this user write access to the file and its folder"],
  ["SQLITE_CANTOPEN", "storage_not_writable", "the file can't be opened or made", "give this user write access to the file and its folder"],
  ["SQLITE_PERM", "storage_not_writable", "the file can't be written", "give this user write access to the file and its folder"],
  ["SQLITE_CORRUPT", "storage_corrupt", "the file is damaged", "stop, keep the file, and restore the latest backup"],
  [
    "SQLITE_BUSY",
    "storage_busy",
    "another process holds the file",
    "end the other process that writes to it; one process may serve a file",
  ],
  [
    "SQLITE_LOCKED",
    "storage_busy",
    "another process holds the file",
    "end the other process that writes to it; one process may serve a file",
  ],
  ["SQLITE_IOERR", "storage_io", "the disk failed to read or write", "look at the disk and its file system, then start again"],
];

/** Is it an error of SQLite itself? */
export function isSqliteError(error: unknown): error is InstanceType<typeof Database.SqliteError> {
  return error instanceof Database.SqliteError;
}

/** An error of SQLite as one of ours; any other error as it was. */
export function translateError(error: unknown, path: string): unknown {
  if (!isSqliteError(error)) return error;
  const known = KNOWN.find(([prefix]) => error.code === prefix || error.code.startsWith(`${prefix}_`));
  if (known === undefined) {
    return new AnxinError("storage_failed", `database "${path}": ${error.message} (${error.code})`, { path, sqlite: error.code }, error);
  }
  const [, code, problem, mend] = known;
  return new AnxinError(code, `database "${path}": ${problem} (${error.code}); ${mend}`, { path, sqlite: error.code }, error);
}

/** As `translateError`, and errors of the file system too: for the opening, where no other work can have thrown them. */
export function translateOpenError(error: unknown, path: string): unknown {
  if (error instanceof Error && "syscall" in error && "code" in error) {
    const mend = "give this user write access to the file and its folder";
    return new AnxinError(
      "storage_not_writable",
      `database "${path}": its folder can't be used (${String(error.code)}); ${mend}`,
      { path },
      error,
    );
  }
  return translateError(error, path);
}
