import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Unit } from "../../../core/ports.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import {
  auditEntry,
  booking,
  bookingChange,
  campaign,
  customer,
  entry,
  message,
  NOW,
  notice,
  product,
  staffPost,
  timer,
  touch,
  trace,
} from "../../contract/store/samples.ts";

type Calls = { readonly [Group in keyof Unit]: { readonly [Name in keyof Unit[Group]]: (unit: Unit) => Promise<unknown> } };

/** One call of every operation of the port; the type lets none be left out. */
const CALLS: Calls = {
  inbox: {
    accept: (unit) => unit.inbox.accept(entry("e4")),
    pending: (unit) => unit.inbox.pending(NOW, 10),
    done: (unit) => unit.inbox.done(1, NOW),
    retry: (unit) => unit.inbox.retry(2, 1, NOW, "busy"),
    dead: (unit) => unit.inbox.dead(3, NOW, "busy"),
    nextAt: (unit) => unit.inbox.nextAt(),
    waiting: (unit) => unit.inbox.waiting(10),
    waitsFor: (unit) => unit.inbox.waitsFor("web:a"),
    history: (unit) => unit.inbox.history(0, 10),
  },
  conversations: {
    get: (unit) => unit.conversations.get("web:a"),
    put: (unit) => unit.conversations.put({ id: "web:a", customerId: null, state: {}, updatedAt: NOW }),
  },
  customers: {
    get: (unit) => unit.customers.get("k1"),
    put: async (unit) => {
      await unit.customers.put(customer("k1", { phones: ["+8613800138000"], products: [product("p1", { plate: "A1" })] }));
      await unit.customers.put(customer("k1", { phones: ["+8613900139000"] }));
    },
    ofConversation: (unit) => unit.customers.ofConversation("web:a"),
    linkConversation: (unit) => unit.customers.linkConversation("web:a", "k1"),
    conversationsOf: (unit) => unit.customers.conversationsOf("k1"),
    search: (unit) => unit.customers.search("pinyin", "wxm", 10),
    all: (unit) => unit.customers.all("", 10),
    ids: (unit) => unit.customers.ids("", 10),
    find: (unit) => unit.customers.find("phone", "+8613900139000"),
  },
  records: {
    bookingsOf: (unit) => unit.records.bookingsOf("k1"),
    ordersOf: (unit) => unit.records.ordersOf("k1"),
    casesOf: (unit) => unit.records.casesOf("web:a"),
    booking: (unit) => unit.records.booking("B1"),
    order: (unit) => unit.records.order("B1"),
    case: (unit) => unit.records.case("B1"),
    one: (unit) => unit.records.one("quote", "Q1"),
    ofConversation: (unit) => unit.records.ofConversation("promise", "web:a"),
    open: (unit) => unit.records.open("wait", 10),
    casesMarked: (unit) => unit.records.casesMarked("fault:sedan:noise", NOW, 10),
    openCases: (unit) => unit.records.openCases(10),
    save: (unit) => unit.records.save(bookingChange(booking("B1"), [{ type: "booking_restored", at: NOW }]), "e1"),
    events: (unit) => unit.records.events("booking", "B1"),
    all: (unit) => unit.records.all("booking", "", 10),
  },
  agenda: {
    days: (unit) => unit.agenda.days("2026-11-01", "2026-11-30"),
    put: async (unit) => {
      await unit.agenda.put({ technician: "zhou", day: "2026-11-23", version: 0, busy: [] });
      await unit.agenda.put({ technician: "zhou", day: "2026-11-23", version: 1, busy: [] });
    },
    hold: (unit) => unit.agenda.hold([{ technician: "zhou", day: "2026-11-23", version: 0 }], false),
  },
  messages: {
    add: (unit) => unit.messages.add(message("m1")),
    list: (unit) => unit.messages.list("web:a", 0, 10),
    recent: (unit) => unit.messages.recent("web:a", 10),
    due: (unit) => unit.messages.due(NOW, 10),
    mark: (unit) => unit.messages.mark(1, "sent", 1, NOW),
    unsent: (unit) => unit.messages.unsent(10),
    nextAt: (unit) => unit.messages.nextAt(),
  },
  notices: {
    add: (unit) => unit.notices.add(notice("n1")),
    list: (unit) => unit.notices.list(0, 10),
    recent: (unit) => unit.notices.recent(10),
  },
  staff: {
    post: (unit) => unit.staff.post(staffPost("p1")),
    due: (unit) => unit.staff.due("telegram", NOW, 10),
    mark: (unit) => unit.staff.mark(1, { status: "sent", attempts: 1, repeats: 1, nextAt: NOW, error: null }),
    nextAt: (unit) => unit.staff.nextAt("telegram"),
    failed: (unit) => unit.staff.failed(10),
    health: (unit) => unit.staff.health("telegram"),
    place: (unit) => unit.staff.place("telegram", "C1"),
    setPlace: (unit) => unit.staff.setPlace("telegram", "C1", { thread: "t1", card: null }),
    caseOfThread: (unit) => unit.staff.caseOfThread("telegram", "t1"),
    record: (unit) => unit.staff.record(auditEntry("e1")),
    recordsOf: (unit) => unit.staff.recordsOf("C1", 10),
  },
  timers: {
    set: (unit) => unit.timers.set(timer("t1", NOW)),
    cancel: (unit) => unit.timers.cancel("t1"),
    due: (unit) => unit.timers.due(NOW, 10),
    nextAt: (unit) => unit.timers.nextAt(),
    of: (unit) => unit.timers.of("web:a"),
  },
  care: {
    plan: (unit) => unit.care.plan([touch("t1"), touch("t2", { status: "paused" })]),
    put: (unit) => unit.care.put(touch("t1")),
    get: (unit) => unit.care.get("t1"),
    due: (unit) => unit.care.due(NOW, 10),
    nextAt: (unit) => unit.care.nextAt(),
    underWay: (unit) => unit.care.underWay(10),
    ofCustomer: (unit) => unit.care.ofCustomer("k1", NOW),
    tasks: (unit) => unit.care.tasks("", 10),
    changed: (unit) => unit.care.changed({ at: NOW, id: "" }, NOW + 1, 10),
    count: (unit) => unit.care.count("birthday"),
    hasOpen: (unit) => unit.care.hasOpen("birthday"),
    pause: (unit) => unit.care.pause("birthday", true, 10),
    paceFullAt: (unit) => unit.care.paceFullAt(),
    putPaceFullAt: (unit) => unit.care.putPaceFullAt(NOW),
    customers: (unit) => unit.care.customers("", 10),
    stateOf: (unit) => unit.care.stateOf("k1"),
    putState: (unit) => unit.care.putState("k1", { services: {} }),
    events: (unit) => unit.care.events(0, 10),
    campaign: (unit) => unit.care.campaign("K001"),
    putCampaign: (unit) => unit.care.putCampaign(campaign("K001")),
    campaigns: (unit) => unit.care.campaigns(10),
  },
  traces: { add: (unit) => unit.traces.add(trace("e1")), list: (unit) => unit.traces.list("web:a", 10) },
  counters: { next: (unit) => unit.counters.next("n"), giveBack: (unit) => unit.counters.giveBack("n", 1) },
  meta: { get: (unit) => unit.meta.get("k"), set: (unit) => unit.meta.set("k", "v") },
};

const NAMES = Object.entries(CALLS).flatMap(([group, calls]) => Object.keys(calls).map((name) => `${group}.${name}`));

/** Partial indexes: they hold what waits, so walking one is no walk over what was ever stored. */
const WALKABLE =
  /USING (COVERING )?INDEX (inbox_waiting|inbox_waiting_next|messages_unsent|messages_unsent_next|staff_posts_failed|records_open|touches_due|touches_under_way|touches_tasks)$/;

describe("the plan of each statement", () => {
  const statements = new Map<string, Set<string>>();
  let folder: string;
  let database: Database.Database;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "anxin-plans-"));
    const path = join(folder, "anxin.sqlite");
    let seen = new Set<string>();
    const store = openSqliteStore({ path, onStatement: (sql) => seen.add(sql) });
    await store.unit(async (unit) => {
      for (const id of ["e1", "e2", "e3"]) await unit.inbox.accept(entry(id));
      for (const [group, calls] of Object.entries(CALLS)) {
        for (const [name, call] of Object.entries(calls)) {
          seen = new Set();
          await (call as (unit: Unit) => Promise<unknown>)(unit);
          statements.set(`${group}.${name}`, seen);
        }
      }
    });
    await store.close();
    database = new Database(path, { readonly: true });
  });
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  test.each(NAMES)("%s walks no table and no full index, and sorts nothing", (name) => {
    const texts = [...(statements.get(name) ?? [])];
    expect(texts.length).toBeGreaterThan(0);
    for (const sql of texts) {
      const values = Array.from(sql.matchAll(/\?/g), () => null);
      const plan = database
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(...values)
        .map((row) => row.detail);
      const walks = plan.filter((line) => line.startsWith("SCAN") && line !== "SCAN CONSTANT ROW" && !WALKABLE.test(line));
      // The earliest timer is the first entry of its index, read with a limit of one.
      expect(
        // The newest campaigns likewise.
        walks.filter(
          (line) =>
            !(name === "timers.nextAt" && /INDEX timers_due$/.test(line)) &&
            !(name === "care.campaigns" && /INDEX campaigns_created$/.test(line)),
        ),
        sql,
      ).toEqual([]);
      expect(
        plan.filter((line) => line.includes("TEMP B-TREE")),
        sql,
      ).toEqual([]);
    }
  });
});
