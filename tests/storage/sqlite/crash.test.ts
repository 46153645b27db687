import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";

/** Accepts an entry and adds its message in one unit, and says its number only after the commit; for ever. */
const PROGRAM = `
  import { writeSync } from "node:fs";
  import { openSqliteStore } from ${JSON.stringify(new URL("../../../storage/sqlite/index.ts", import.meta.url).href)};
  const store = openSqliteStore({ path: process.argv[1] });
  const start = (await store.unit((unit) => unit.counters.next("runs"))) * 1_000_000;
  for (let at = start; ; at += 1) {
    const text = "x".repeat(at % 5000);
    await store.unit(async (unit) => {
      await unit.inbox.accept({ id: "e" + at, conversation: "web:a", receivedAt: at, event: { kind: "message", text } });
      await new Promise((resolve) => setImmediate(resolve));
      await unit.messages.add({ id: "e" + at, conversation: "web:a", from: "customer", author: null, text, buttons: [],
        media: null, at, status: "kept", attempts: 0, nextAt: at });
    });
    writeSync(1, at + "\\n");
  }`;

test("a process killed at work loses nothing it had acknowledged and leaves no half unit, five times over", async () => {
  const folder = mkdtempSync(join(tmpdir(), "anxin-crash-"));
  const path = join(folder, "anxin.sqlite");
  const acknowledged: string[] = [];
  for (const lines of [1, 7, 40, 90, 150]) {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", PROGRAM, path], {
      cwd: fileURLToPath(new URL("../../../", import.meta.url)),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    let heard = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line);
      heard += 1;
      if (heard === lines) child.kill("SIGKILL");
    }
    await ended;
  }
  // Opening runs the recovery of the write-ahead log.
  await openSqliteStore({ path }).close();
  const database = new Database(path, { readonly: true });
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  const entries = database.prepare<[], string>("select id from inbox order by seq").pluck().all();
  const messages = database.prepare<[], string>("select id from messages order by seq").pluck().all();
  database.close();
  rmSync(folder, { recursive: true });
  expect(acknowledged.length).toBeGreaterThanOrEqual(288);
  expect(messages).toEqual(entries);
  expect(acknowledged.filter((at) => !entries.includes(`e${at}`))).toEqual([]);
}, 60_000);
