import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../core/ports.ts";
import { bulkTables, moveAll } from "../../storage/bulk.ts";
import { openPostgresBulk } from "../../storage/postgres/index.ts";
import { backupSqlite, openSqliteBulk, openSqliteStore } from "../../storage/sqlite/index.ts";
import {
  booking,
  bookingChange,
  caseChange,
  caseOf,
  customer,
  entry,
  message,
  NOW,
  notice,
  staffPost,
  timer,
  trace,
} from "../contract/store/samples.ts";
import { createSchema, postgresUrl, type Schema } from "../support/postgres.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "anxin-move-"));
  path = join(folder, "anxin.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Something in every kind of column, and what only exact copies keep. */
async function fill(store: Store): Promise<void> {
  await store.unit(async (unit) => {
    for (let at = 0; at < 1_203; at++) await unit.inbox.accept(entry(`e${at}`, `web:${at % 7}`));
    const [first] = await unit.inbox.pending(NOW, 1);
    await unit.inbox.done(first!.seq, NOW);
    await unit.conversations.put({ id: "web:0", customerId: "k1", state: { z: 1, a: [null, "漏水"], n: 0.1 }, updatedAt: NOW });
    await unit.customers.put(customer("k1", { phones: ["+8613800138000"], name: "王芳" }));
    await unit.customers.linkConversation("web:0", "k1");
    await unit.records.save(bookingChange(booking("B1"), [{ type: "booking_restored", at: NOW }]), "e1");
    await unit.records.save(caseChange(caseOf("C1")), "e1");
    await unit.agenda.put({ technician: "zhou", day: "2026-11-23", version: 0, busy: [{ start: 1, end: 2, booking: "B1" }] });
    for (let at = 0; at < 5; at++) await unit.messages.add(message(`m${at}`, { media: null, author: null }));
    await unit.notices.add(notice("n1"));
    await unit.staff.post(staffPost("p1", { page: true }));
    await unit.timers.set(timer("t1", NOW));
    await unit.traces.add(trace("e1"));
    await unit.counters.next("booking");
    await unit.meta.set("k", "v");
  });
}

/** What a reader of the store sees. */
async function see(store: Store): Promise<unknown> {
  return store.unit(async (unit) => ({
    pending: await unit.inbox.pending(NOW, 5_000),
    history: await unit.inbox.history(0, 10),
    conversation: JSON.stringify(await unit.conversations.get("web:0")),
    found: await unit.customers.find("phone", "13800138000"),
    customer: await unit.customers.get("k1"),
    bookings: await unit.records.bookingsOf("k1"),
    events: await unit.records.events("booking", "B1"),
    open: await unit.records.openCases(10),
    days: await unit.agenda.days("2026-11-01", "2026-11-30"),
    messages: await unit.messages.list("web:a", 0, 10),
    notices: await unit.notices.list(0, 10),
    posts: await unit.staff.due("telegram", NOW, 10),
    timers: await unit.timers.due(NOW, 10),
    traces: await unit.traces.list("web:a", 10),
    meta: await unit.meta.get("k"),
  }));
}

describe.skipIf(postgresUrl === null)("moving", () => {
  let schema: Schema;
  beforeEach(() => {
    schema = createSchema();
  });
  afterEach(() => schema.drop());
  const postgres = () => openPostgresBulk({ url: postgresUrl!, schema: schema.name });

  test("from SQLite to Postgres and back keeps everything, and numbers go on behind the last one", async () => {
    const before = openSqliteStore({ path });
    await fill(before);
    const wanted = await see(before);
    await before.close();
    const told = new Map<string, number>();
    await moveAll(openSqliteBulk(path), await postgres(), (table, rows) => told.set(table, rows));
    expect([...told.keys()]).toEqual(bulkTables().map((table) => table.name));
    expect(told.get("inbox")).toBe(1_203);

    const there = await schema.open();
    expect(await see(there)).toEqual(wanted);
    await there.unit((unit) => unit.messages.add(message("after the move")));
    const seqs = (await there.unit((unit) => unit.messages.list("web:a", 0, 10))).map((row) => row.seq);
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await there.unit((unit) => unit.counters.next("booking"))).toBe(2);
    const moved = await see(there);
    await there.close();

    const back = join(folder, "back.sqlite");
    await moveAll(await postgres(), openSqliteBulk(back), () => undefined);
    const again = openSqliteStore({ path: back });
    expect(await see(again)).toEqual(moved);
    await again.unit((unit) => unit.notices.add(notice("after")));
    expect((await again.unit((unit) => unit.notices.list(0, 10))).map((row) => row.seq)).toEqual([1, 2]);
    await again.close();
  });

  test("into a database that holds something is refused, and changes nothing", async () => {
    const store = openSqliteStore({ path });
    await fill(store);
    await store.close();
    const there = await schema.open();
    await there.unit((unit) => unit.meta.set("mine", "kept"));
    await there.close();
    await expect(moveAll(openSqliteBulk(path), await postgres(), () => undefined)).rejects.toMatchObject({ code: "move_not_empty" });
    expect(await schema.query("select key from meta")).toEqual([{ key: "mine" }]);
    expect(await schema.query("select id from inbox")).toEqual([]);
  });

  test("while the old or the new one is in use is refused", async () => {
    const store = openSqliteStore({ path });
    expect(() => openSqliteBulk(path)).toThrow(expect.objectContaining({ code: "storage_busy" }));
    await store.close();
    const there = await schema.open();
    await there.unit((unit) => unit.meta.get("k"));
    await expect(postgres()).rejects.toMatchObject({ code: "storage_busy" });
    await there.close();
  });
});

test("a backup of a file in use is whole, sound, and one file", async () => {
  const store = openSqliteStore({ path });
  await fill(store);
  const copy = join(folder, "copy.sqlite");
  expect(await backupSqlite(path, copy)).toBeGreaterThan(100_000);
  const wanted = await see(store);
  await store.close();
  const restored = openSqliteStore({ path: copy });
  expect(await see(restored)).toEqual(wanted);
  await restored.close();
});
