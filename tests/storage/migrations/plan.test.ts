import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Migration, planMigrations, readMigrations } from "../../../storage/migrations/plan.ts";

const file = (name: string, checksum = `sum of ${name}`): Migration => ({ name, sql: "", checksum });
const code = (wanted: string) => expect.objectContaining({ name: "AnxinError", code: wanted });

function refusal(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

describe("planMigrations", () => {
  const files = [file("0001_a"), file("0002_b"), file("0003_c")];

  test("a new database gets all, in order", () => {
    expect(planMigrations(files, [])).toEqual(files);
  });

  test("a database gets those that it lacks", () => {
    expect(planMigrations(files, files.slice(0, 1))).toEqual(files.slice(1));
    expect(planMigrations(files, files)).toEqual([]);
  });

  test("a database with a migration that the program does not know is newer", () => {
    expect(refusal(() => planMigrations(files.slice(0, 2), files))).toEqual(code("storage_newer"));
  });

  test("a file that differs from the applied one is refused, and the error names it", () => {
    const changed = [file("0001_a"), file("0002_b", "other"), file("0003_c")];
    const error = refusal(() => planMigrations(changed, files.slice(0, 2)));
    expect(error).toEqual(code("storage_migration_changed"));
    expect(String(error)).toContain("0002_b");
  });

  test("another migration under the same number is refused", () => {
    expect(refusal(() => planMigrations(files, [file("0001_a"), file("0002_other")]))).toEqual(code("storage_migration_changed"));
  });
});

describe("readMigrations", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "anxin-migrations-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = () => readMigrations(pathToFileURL(`${folder}/`));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  test("reads the files in order and leaves others alone", () => {
    write("0002_b.sql", "select 2;");
    write("0001_a.sql", "select 1;");
    write("notes.txt", "");
    expect(read().map((migration) => [migration.name, migration.sql])).toEqual([
      ["0001_a", "select 1;"],
      ["0002_b", "select 2;"],
    ]);
  });

  test("the checksum goes by the text, not by its line ends", () => {
    write("0001_a.sql", "select 1;\nselect 2;\n");
    const [unix] = read();
    write("0001_a.sql", "select 1;\r\nselect 2;\r\n");
    expect(read()[0]).toEqual(unix);
    write("0001_a.sql", "select 1;\nselect 3;\n");
    expect(read()[0]!.checksum).not.toBe(unix!.checksum);
  });

  test.each([
    ["a gap", ["0001_a.sql", "0003_c.sql"]],
    ["a number twice", ["0001_a.sql", "0001_b.sql"]],
    ["no number", ["first.sql"]],
  ])("%s is refused", (_name, names) => {
    for (const name of names) write(name, "");
    expect(refusal(read)).toEqual(code("migration_files"));
  });
});
