import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";

test("any number of wakes before a listener runs are one call", async () => {
  const wakeups = createInProcessWakeups();
  let calls = 0;
  wakeups.listen("inbox", () => {
    calls += 1;
  });
  for (let at = 0; at < 100; at += 1) wakeups.wake("inbox");
  const after = new Promise<void>((resolve) => wakeups.listen("outbox", resolve));
  wakeups.wake("outbox");
  await after;
  expect(calls).toBe(1);
});

test("what a listener throws is reported, and the other listeners are called", async () => {
  const errors: unknown[] = [];
  const wakeups = createInProcessWakeups((error) => errors.push(error));
  const broken = new Error("broken listener");
  wakeups.listen("inbox", () => {
    throw broken;
  });
  const other = new Promise<void>((resolve) => wakeups.listen("inbox", resolve));
  wakeups.wake("inbox");
  await other;
  expect(errors).toEqual([broken]);
});

test("a listener woken from inside a unit may begin a unit of its own", async () => {
  const folder = await mkdtemp(join(tmpdir(), "anxin-wake-"));
  const store = openSqliteStore({ path: join(folder, "anxin.sqlite") });
  const wakeups = createInProcessWakeups();
  const answered = new Promise<string | null>((resolve, reject) => {
    wakeups.listen("inbox", () => void store.unit((unit) => unit.meta.get("k")).then(resolve, reject));
  });
  await store.unit(async (unit) => {
    wakeups.wake("inbox");
    // Let the listener run while this unit is still open: its own then waits for the end of this one.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    await unit.meta.set("k", "committed");
  });
  expect(await answered).toBe("committed");
  await store.close();
  await rm(folder, { recursive: true });
});
