/** Which migrations are to run, and when not to touch a database. The engines apply what this decides. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { AnxinError } from "../../core/errors.ts";

/** One numbered file. */
export interface Migration {
  /** File name without `.sql`: `0001_first`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, hex; line ends count as LF, whatever git made of them. */
  readonly checksum: string;
}

/** A row of the table `migrations`. */
export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
}

/**
 * The migrations of one engine in their order.
 *
 * @param folder with files named `0001_what.sql`, numbered without a gap from 1
 * @throws AnxinError `migration_files` when a name or a number is out of order
 */
export function readMigrations(folder: URL): readonly Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  return names.map((file, at) => {
    const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1];
    if (number === undefined || Number(number) !== at + 1) {
      const wanted = String(at + 1).padStart(4, "0");
      throw new AnxinError("migration_files", `migration file "${file}" is out of order; wanted ${wanted}_….sql`, { file, wanted });
    }
    const sql = readFileSync(new URL(file, folder), "utf8").replaceAll("\r\n", "\n");
    return { name: file.slice(0, -".sql".length), sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

/**
 * The migrations still to run, in order.
 *
 * @param applied rows of the database, by name
 * @throws AnxinError `storage_newer` when the database knows migrations that the program doesn't, `storage_migration_changed`
 *   when a file differs from the one that was applied
 */
export function planMigrations(files: readonly Migration[], applied: readonly AppliedMigration[]): readonly Migration[] {
  for (const [at, row] of applied.entries()) {
    const file = files[at];
    if (file === undefined) {
      throw new AnxinError(
        "storage_newer",
        `the database is newer than this program: it has migration "${row.name}", the program ends at "${files.at(-1)?.name ?? "none"}"; ` +
          "start the newer program again, or restore the backup made before it",
        { migration: row.name },
      );
    }
    if (file.name !== row.name || file.checksum !== row.checksum) {
      throw new AnxinError(
        "storage_migration_changed",
        `migration "${file.name}" isn't the one that was applied to this database ("${row.name}", ${row.checksum.slice(0, 12)}…; ` +
          `the file has ${file.checksum.slice(0, 12)}…); restore the file as it was and put the change into a new migration`,
        { migration: file.name },
      );
    }
  }
  return files.slice(applied.length);
}
