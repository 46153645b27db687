import { AnxinError } from "../../core/errors.ts";
import type { Instant } from "../../core/time.ts";
import { type AppliedMigration, type Migration, planMigrations } from "../migrations/plan.ts";
import type { Connection } from "./connection.ts";

const TABLE = `create table if not exists migrations (
  name text primary key not null,
  checksum text not null,
  applied_at integer not null
) strict`;

/**
 * Brings the database to the program's schema. All of it is one exclusive transaction: of two processes that start together
 * one migrates and the other then finds nothing to do; a crash half-way leaves the schema as it was.
 *
 * @returns names of the migrations that ran
 * @throws AnxinError as `planMigrations`, and `storage_foreign` when the file is somebody else's database
 */
export function migrate(connection: Connection, files: readonly Migration[], now: Instant): readonly string[] {
  return connection
    .transaction(() => {
      const tables = connection
        .prepare<[], { name: string }>("select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'")
        .all();
      if (tables.length > 0 && !tables.some((table) => table.name === "migrations")) {
        throw new AnxinError(
          "storage_foreign",
          `database "${connection.name}" belongs to another program: it has the table "${tables[0]!.name}" and none of migrations; ` +
            "point DATA_DIR elsewhere",
          { path: connection.name },
        );
      }
      connection.exec(TABLE);
      const applied = connection.prepare<[], AppliedMigration>("select name, checksum from migrations order by name").all();
      const plan = planMigrations(files, applied);
      const remember = connection.prepare("insert into migrations (name, checksum, applied_at) values (?, ?, ?)");
      for (const { name, sql, checksum } of plan) {
        connection.exec(sql);
        remember.run(name, checksum, now);
      }
      return plan.map((file) => file.name);
    })
    .exclusive();
}
