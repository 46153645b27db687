import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readMigrations } from "../../../storage/migrations/plan.ts";
import { connect } from "../../../storage/sqlite/connection.ts";
import { translateError } from "../../../storage/sqlite/errors.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { migrate } from "../../../storage/sqlite/migrate.ts";
import { createSqliteStore, SQLITE_MIGRATIONS } from "../../../storage/sqlite/store.ts";
import { entry, NOW } from "../../contract/store/samples.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "anxin-open-"));
  path = join(folder, "anxin.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

const code = (wanted: string) => expect.objectContaining({ name: "AnxinError", code: wanted });

function refusal(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

describe("openSqliteStore", () => {
  test("makes the file and its folder, the folder for this user alone", async () => {
    const deep = join(folder, "a", "b", "anxin.sqlite");
    await openSqliteStore({ path: deep }).close();
    expect(statSync(deep).isFile()).toBe(true);
    expect(statSync(join(folder, "a", "b")).mode & 0o077).toBe(0);
  });

  test("uses WAL, full synchronisation and foreign keys", () => {
    const connection = connect(path);
    const pragma = (name: string) => connection.pragma(name, { simple: true });
    // 2 is `full`.
    expect([pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")]).toEqual(["wal", 2, 1]);
    connection.close();
  });

  test("says that a path which is a folder can't be opened", () => {
    mkdirSync(path);
    expect(refusal(() => openSqliteStore({ path }))).toEqual(code("storage_not_writable"));
  });

  test("says that a folder which is a file can't be used", () => {
    writeFileSync(path, "");
    expect(refusal(() => openSqliteStore({ path: join(path, "anxin.sqlite") }))).toEqual(code("storage_not_writable"));
  });

  test("says that a file is no database, and leaves it as it was", () => {
    const text = "this is a letter and no database. ".repeat(100);
    writeFileSync(path, text);
    const error = refusal(() => openSqliteStore({ path }));
    expect(error).toEqual(code("storage_not_a_database"));
    expect(String(error)).toContain(path);
    expect(statSync(path).size).toBe(text.length);
  });

  test("says that a file is damaged", async () => {
    const store = openSqliteStore({ path });
    await store.unit(async (unit) => {
      for (let at = 0; at < 200; at += 1) await unit.inbox.accept(entry(`e${at}`, `web:${at}`));
    });
    await store.close();
    const file = openSync(path, "r+");
    writeSync(file, Buffer.alloc(statSync(path).size - 4096, 0xff), 0, null, 4096);
    closeSync(file);
    expect(refusal(() => openSqliteStore({ path }))).toEqual(code("storage_corrupt"));
  });
});

describe("a store whose disk is full", () => {
  test("refuses the unit with a clear error, keeps what was committed, and goes on when there is room", async () => {
    const connection = connect(path);
    migrate(connection, readMigrations(SQLITE_MIGRATIONS), 0);
    const store = createSqliteStore(connection);
    await store.unit((unit) => unit.meta.set("k", "before"));
    const pages = connection.pragma("page_count", { simple: true }) as number;
    connection.pragma(`max_page_count = ${pages + 10}`);
    const big = store.unit(async (unit) => {
      await unit.meta.set("k", "within");
      await unit.meta.set("big", "x".repeat(1_000_000));
    });
    await expect(big).rejects.toEqual(code("storage_disk_full"));
    connection.pragma("max_page_count = 1000000");
    expect(await store.unit((unit) => unit.meta.get("k"))).toBe("before");
    await store.unit((unit) => unit.meta.set("k", "after"));
    await store.close();
  });

  test("does not commit a unit whose work caught the error of a statement", async () => {
    const connection = connect(path);
    migrate(connection, readMigrations(SQLITE_MIGRATIONS), 0);
    const store = createSqliteStore(connection);
    connection.pragma(`max_page_count = ${(connection.pragma("page_count", { simple: true }) as number) + 10}`);
    const work = store.unit(async (unit) => {
      await unit.meta.set("k", "within");
      await unit.meta.set("big", "x".repeat(1_000_000)).catch(() => undefined);
      await unit.meta.set("k2", "beyond").catch(() => undefined);
    });
    await expect(work).rejects.toEqual(code("storage_disk_full"));
    expect(await store.unit((unit) => unit.meta.get("k"))).toBeNull();
    expect(await store.unit((unit) => unit.meta.get("k2"))).toBeNull();
    await store.close();
  });
});

describe("a store beside another process", () => {
  test("says who is in the way when the file stays locked, and works on once it is free", async () => {
    const connection = connect(path);
    migrate(connection, readMigrations(SQLITE_MIGRATIONS), 0);
    connection.pragma("busy_timeout = 0");
    const store = createSqliteStore(connection);
    const other = new Database(path);
    other.exec("begin immediate");
    await expect(store.unit(async () => 1)).rejects.toEqual(code("storage_busy"));
    other.exec("rollback");
    other.close();
    expect(await store.unit(async () => 1)).toBe(1);
    await store.close();
  });

  test("gives up opening a new file that another process keeps locked", () => {
    const other = new Database(path);
    other.exec("create table held (id integer); begin exclusive");
    const error = refusal(() => connect(path, 0));
    other.close();
    expect(translateError(error, path)).toEqual(code("storage_busy"));
  });

  test("lets others read what is committed while a unit is open", async () => {
    const store = openSqliteStore({ path });
    await store.unit((unit) => unit.inbox.accept(entry("e1")));
    const other = new Database(path, { readonly: true });
    await store.unit(async (unit) => {
      await unit.inbox.accept(entry("e2"));
      expect(other.prepare("select id from inbox").pluck().all()).toEqual(["e1"]);
    });
    expect(other.prepare("select id from inbox").pluck().all()).toEqual(["e1", "e2"]);
    other.close();
    await store.close();
  });
});

describe("translateError", () => {
  test.each([
    ["SQLITE_FULL", "storage_disk_full"],
    ["SQLITE_READONLY", "storage_not_writable"],
    ["SQLITE_READONLY_DIRECTORY", "storage_not_writable"],
    ["SQLITE_CANTOPEN", "storage_not_writable"],
    ["SQLITE_NOTADB", "storage_not_a_database"],
    ["SQLITE_CORRUPT_VTAB", "storage_corrupt"],
    ["SQLITE_BUSY_SNAPSHOT", "storage_busy"],
    ["SQLITE_IOERR_FSYNC", "storage_io"],
    ["SQLITE_CONSTRAINT_UNIQUE", "storage_failed"],
  ])("calls %s %s, and keeps the cause and the path", (sqlite, wanted) => {
    const cause = new Database.SqliteError("some words", sqlite);
    const error = translateError(cause, "/data/anxin.sqlite");
    expect(error).toEqual(code(wanted));
    expect(error).toMatchObject({ cause, data: { path: "/data/anxin.sqlite", sqlite } });
  });

  test("leaves an error that is not of the storage as it is", () => {
    const error = new Error(`at ${NOW}`);
    expect(translateError(error, path)).toBe(error);
  });
});
