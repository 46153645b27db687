/**
 * How fast the SQLite store is, and how flat.
 *
 *   node tests/bench/main.ts --only storage
 *
 * First table: the storage work of one message (entry into the inbox, conversation read and written, two messages, trace) in
 * three forms: better-sqlite3 by hand, drizzle prepared, through `Store.unit`. The forms take turns round by round, so that
 * a busy machine is busy for all of them; printed is the median of the rounds.
 * Second table: the median of each waiting query and turn operation on databases with that many stored conversations.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Unit } from "../../core/ports.ts";
import type { InboundEvent, NewMessage } from "../../core/spine/events.ts";
import type { Trace } from "../../core/spine/trace.ts";
import { readMigrations } from "../../storage/migrations/plan.ts";
import { drizzle, eq, sql } from "../../storage/schema/drizzle.ts";
import { sqliteKit } from "../../storage/schema/kit.ts";
import { defineTables } from "../../storage/schema/tables.ts";
import { type Connection, connect } from "../../storage/sqlite/connection.ts";
import { migrate } from "../../storage/sqlite/migrate.ts";
import { createSqliteStore, SQLITE_MIGRATIONS } from "../../storage/sqlite/store.ts";
import { type Figure, median, progress, type Section } from "./figures.ts";
import type { Bench } from "./setup.ts";

/** Upper bound for the unit against the same statements prepared by hand in drizzle. */
const TARGET_RATIO = 1.5;
const MESSAGES_A_ROUND = 100;
const START = Date.parse("2026-11-22T06:00:00Z");

function open(path: string): Connection {
  const connection = connect(path);
  migrate(connection, readMigrations(SQLITE_MIGRATIONS), START);
  return connection;
}

/** What one message writes; sizes as a booking dialogue has them: state 1 kB, trace 0.9 kB. */
export function work(at: number) {
  const conversation = `web:${at % 1000}`;
  const event: InboundEvent = { kind: "message", text: "你好,我的车空调不凉了,想约周六上午去店里看看" };
  const message = (id: string, from: "customer" | "bot"): NewMessage => ({
    id,
    conversation,
    from,
    author: null,
    text: "好的,周六(28日)上午 10:00 可以,由周师傅接待,大约需要 1 小时。",
    media: null,
    at: START + at,
    buttons:
      from === "bot"
        ? [
            { id: "yes", label: "确认" },
            { id: "no", label: "换个时间" },
          ]
        : [],
    status: from === "bot" ? "pending" : "kept",
    attempts: 0,
    nextAt: START + at,
  });
  const slots = Object.fromEntries(
    Array.from({ length: 12 }, (_, slot) => [`slot${slot}`, { value: "空调不制冷", source: "said", at: START }]),
  );
  const trace: Trace = {
    entry: `e${at}`,
    conversation,
    at: START + at,
    steps: Array.from(
      { length: 6 },
      (_, step) => ({ kind: "slot", flow: "book", slot: `slot${step}`, from: null, to: "空调不制冷", source: "said" }) as const,
    ),
  };
  return {
    entry: { id: `e${at}`, conversation, receivedAt: START + at, event },
    state: { flow: "book", step: at, slots },
    messages: [message(`e${at}`, "customer"), message(`e${at}.1`, "bot")],
    trace,
  };
}

/** A way to do the work of the messages `from … from + count - 1` in one commit. */
type Form = (from: number, count: number) => Promise<void>;

function byHand(connection: Connection): Form {
  const accept = connection.prepare(
    `insert into inbox (id, conversation, received_at, event, status, attempts, next_at)
     values (?, ?, ?, ?, 'waiting', 0, 0) on conflict (id) do nothing`,
  );
  const get = connection.prepare<[string], { state: string }>("select id, customer_id, state, updated_at from conversations where id = ?");
  const put = connection.prepare(
    `insert into conversations (id, customer_id, state, updated_at) values (?, ?, ?, ?) on conflict (id)
     do update set customer_id = excluded.customer_id, state = excluded.state, updated_at = excluded.updated_at`,
  );
  const add = connection.prepare(
    `insert into messages (id, conversation, sender, author, text, buttons, media, at, status, attempts, next_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (conversation, id) do nothing`,
  );
  const trace = connection.prepare("insert into traces (conversation, trace) values (?, ?)");
  const one = (at: number): void => {
    const { entry, state, messages, trace: why } = work(at);
    accept.run(entry.id, entry.conversation, entry.receivedAt, JSON.stringify(entry.event));
    const row = get.get(entry.conversation);
    if (row) JSON.parse(row.state);
    put.run(entry.conversation, null, JSON.stringify(state), entry.receivedAt);
    for (const m of messages) {
      add.run(
        m.id,
        m.conversation,
        m.from,
        m.author,
        m.text,
        JSON.stringify(m.buttons),
        JSON.stringify(m.media),
        m.at,
        m.status,
        m.attempts,
        m.nextAt,
      );
    }
    trace.run(entry.conversation, JSON.stringify(why));
  };
  return async (from, count) => {
    connection
      .transaction(() => {
        for (let at = from; at < from + count; at += 1) one(at);
      })
      .immediate();
  };
}

function preparedDrizzle(connection: Connection): Form {
  const db = drizzle({ client: connection });
  const { inbox, conversations, messages, traces } = defineTables(sqliteKit);
  const slot = sql.placeholder;
  const accept = db
    .insert(inbox)
    .values({
      id: slot("id"),
      conversation: slot("conversation"),
      receivedAt: slot("receivedAt"),
      event: slot("event"),
      status: "waiting",
      attempts: 0,
      nextAt: 0,
    })
    .onConflictDoNothing()
    .prepare();
  const get = db
    .select()
    .from(conversations)
    .where(eq(conversations.id, slot("id")))
    .prepare();
  const put = db
    .insert(conversations)
    .values({ id: slot("id"), customerId: null, state: slot("state"), updatedAt: slot("at") })
    .onConflictDoUpdate({ target: conversations.id, set: { state: sql`excluded.state`, updatedAt: sql`excluded.updated_at` } })
    .prepare();
  const add = db
    .insert(messages)
    .values({
      id: slot("id"),
      conversation: slot("conversation"),
      from: slot("from"),
      author: slot("author"),
      text: slot("text"),
      buttons: slot("buttons"),
      media: slot("media"),
      at: slot("at"),
      status: slot("status"),
      attempts: slot("attempts"),
      nextAt: slot("nextAt"),
    })
    .onConflictDoNothing()
    .prepare();
  const trace = db
    .insert(traces)
    .values({ conversation: slot("conversation"), trace: slot("trace") })
    .prepare();
  const one = (at: number): void => {
    const { entry, state, messages: both, trace: why } = work(at);
    accept.run({ ...entry });
    get.get({ id: entry.conversation });
    put.run({ id: entry.conversation, state, at: entry.receivedAt });
    for (const message of both) add.run({ ...message });
    trace.run({ conversation: entry.conversation, trace: why });
  };
  return async (from, count) => {
    connection
      .transaction(() => {
        for (let at = from; at < from + count; at += 1) one(at);
      })
      .immediate();
  };
}

function throughUnit(connection: Connection): Form {
  const store = createSqliteStore(connection);
  return (from, count) =>
    store.unit(async (unit) => {
      for (let at = from; at < from + count; at += 1) {
        const { entry, state, messages, trace } = work(at);
        await unit.inbox.accept(entry);
        await unit.conversations.get(entry.conversation);
        await unit.conversations.put({ id: entry.conversation, customerId: null, state, updatedAt: entry.receivedAt });
        for (const message of messages) await unit.messages.add(message);
        await unit.traces.add(trace);
      }
    });
}

/**
 * The yardstick of the other benches: the storage work of one message by prepared statements.
 *
 * @param synchronous as the product has it, or as much faster as it would be if a power cut could take the last commits
 * @returns a function that does `count` messages, `perCommit` a commit, and gives the µs a message
 */
export function bareTransactions(
  folder: string,
  synchronous: "full" | "normal" = "full",
): (perCommit: number, count: number) => Promise<number> {
  const connection = open(join(folder, `bare-${synchronous}.sqlite`));
  connection.pragma(`synchronous = ${synchronous}`);
  const form = preparedDrizzle(connection);
  let at = 0;
  return async (perCommit, count) => {
    const began = performance.now();
    for (let done = 0; done < count; done += perCommit) await form(at + done, perCommit);
    at += count;
    return ((performance.now() - began) * 1_000) / count;
  };
}

async function compareForms(folder: string, rounds: number): Promise<Figure[]> {
  const forms: readonly (readonly [string, Form])[] = [
    ["better-sqlite3 by hand", byHand(open(join(folder, "hand.sqlite")))],
    ["drizzle prepared", preparedDrizzle(open(join(folder, "drizzle.sqlite")))],
    ["Store.unit", throughUnit(open(join(folder, "unit.sqlite")))],
  ];
  const figures: Figure[] = [];
  let at = 0;
  for (const perCommit of [1, 10]) {
    progress(`storage: ${perCommit} a commit`);
    const times = new Map<string, number[]>(forms.map(([name]) => [name, []]));
    for (let round = -3; round < rounds; round += 1) {
      for (const [name, form] of forms) {
        const begun = performance.now();
        for (let done = 0; done < MESSAGES_A_ROUND; done += perCommit) await form(at + done, perCommit);
        // The first rounds warm up.
        if (round >= 0) times.get(name)!.push(((performance.now() - begun) * 1000) / MESSAGES_A_ROUND);
      }
      at += MESSAGES_A_ROUND;
    }
    const prepared = median(times.get("drizzle prepared")!);
    for (const [name] of forms) {
      const us = median(times.get(name)!);
      const goal = name === "Store.unit" ? { goal: { text: `${TARGET_RATIO}× bare`, met: us / prepared <= TARGET_RATIO } } : {};
      figures.push({
        what: `${name}, ${perCommit} a commit`,
        value: us,
        unit: "µs",
        toBare: us / prepared,
        note: `${Math.round(1e6 / us).toLocaleString("en")}/s`,
        ...goal,
      });
    }
  }
  return figures;
}

/** Fills a database with `stored` conversations, each with a done entry, two messages, a trace, a timer, a case and a customer. */
export function fill(connection: Connection, stored: number): void {
  const series = `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${stored})`;
  const state = JSON.stringify(work(1).state).replaceAll("'", "''");
  connection.pragma("synchronous = off");
  for (const statement of [
    `insert into conversations ${series} select 'web:' || i, 'k' || i, '${state}', ${START} + i from n`,
    `insert into inbox (id, conversation, received_at, event, status, attempts, next_at, turn, done_at)
       ${series} select 'old' || i, 'web:' || i, ${START} + i, '{"kind":"message","text":"你好"}', 'done', 0, 0, i, ${START} + i from n`,
    `insert into messages (id, conversation, sender, text, buttons, media, at, status, attempts, next_at)
       ${series} select 'c' || i, 'web:' || i, 'customer', '你好', '[]', 'null', ${START} + i, 'kept', 0, 0 from n`,
    `insert into messages (id, conversation, sender, text, buttons, media, at, status, attempts, next_at)
       ${series} select 'b' || i, 'web:' || i, 'bot', '您好', '[]', 'null', ${START} + i, 'sent', 1, 0 from n`,
    `insert into traces (conversation, trace) ${series} select 'web:' || i, '{"steps":[]}' from n`,
    `insert into timers ${series} select 't' || i, 'web:' || i, ${START} + 1000000000 + i, 'nudge', '{}' from n`,
    `insert into customers ${series} select 'k' || i, '{"id":"k' || i || '","phones":[],"products":[]}' from n`,
    `insert into customer_keys ${series} select 'phone', '86' || (13000000000 + i), 'k' || i from n`,
    `insert into records ${series} select 'case', 'C' || i, 'k' || i, 'web:' || i, 0, ${START} + i, '{"number":"C"}' from n`,
  ])
    connection.exec(statement);
  connection.pragma("wal_checkpoint(truncate)");
  connection.pragma("synchronous = full");
}

/** Operations whose time must not depend on what is stored. `at` is another number each time. */
const FLAT: Readonly<Record<string, (unit: Unit, at: number, stored: number) => Promise<unknown>>> = {
  "inbox.accept": (unit, at, stored) => unit.inbox.accept({ ...work(at).entry, id: `new${at}`, conversation: `web:${(at % stored) + 1}` }),
  "inbox.pending": (unit) => unit.inbox.pending(START * 2, 10),
  "inbox.nextAt": (unit) => unit.inbox.nextAt(),
  "inbox.done": async (unit) => unit.inbox.done((await unit.inbox.pending(START * 2, 1))[0]!.seq, START),
  "conversations.get": (unit, at, stored) => unit.conversations.get(`web:${((at * 7919) % stored) + 1}`),
  "messages.add": (unit, at, stored) =>
    unit.messages.add({ ...work(at).messages[1]!, id: `new${at}`, conversation: `web:${(at % stored) + 1}` }),
  "messages.due": (unit) => unit.messages.due(START * 2, 10),
  "messages.recent": (unit, at, stored) => unit.messages.recent(`web:${((at * 7919) % stored) + 1}`, 20),
  "timers.due": (unit) => unit.timers.due(START, 10),
  "timers.nextAt": (unit) => unit.timers.nextAt(),
  "customers.find": (unit, at, stored) => unit.customers.find("phone", `+86${13_000_000_001 + ((at * 7919) % stored)}`),
  "records.casesOf": (unit, at, stored) => unit.records.casesOf(`web:${((at * 7919) % stored) + 1}`),
  "records.openCases": (unit) => unit.records.openCases(50),
};

async function measureFlatness(folder: string, sizes: readonly number[]): Promise<Figure[]> {
  const CALLS = 300;
  const columns: Record<string, number>[] = [];
  for (const stored of sizes) {
    progress(`storage: ${stored.toLocaleString("en")} stored conversations`);
    const connection = open(join(folder, `flat-${stored}.sqlite`));
    fill(connection, stored);
    const store = createSqliteStore(connection);
    const column: Record<string, number> = {};
    for (const [name, call] of Object.entries(FLAT)) {
      // One unit for all calls: the figure is the operation without its commit.
      await store.unit(async (unit) => {
        const times: number[] = [];
        for (let at = 0; at < CALLS; at += 1) {
          const begun = performance.now();
          await call(unit, at, stored);
          times.push((performance.now() - begun) * 1000);
        }
        column[name] = median(times);
      });
    }
    columns.push(column);
    await store.close();
    rmSync(join(folder, `flat-${stored}.sqlite`));
  }
  return Object.keys(FLAT).map((name) => ({
    what: `${name}, ${sizes.at(-1)!.toLocaleString("en")} stored`,
    value: columns.at(-1)![name]!,
    unit: "µs",
    note: `${sizes
      .slice(0, -1)
      .map((size, place) => `${columns[place]![name]!.toFixed(0)} µs with ${size.toLocaleString("en")}`)
      .join(", ")}`,
  }));
}

export async function benchStorage({ folder, quick }: Bench): Promise<Section> {
  const rounds = quick ? 5 : 40;
  const forms = await compareForms(folder, rounds);
  const flat = await measureFlatness(folder, quick ? [1_000, 10_000] : [1_000, 100_000]);
  return {
    title: `storage of one message, synchronous = full, median of ${rounds} rounds; then single operations, median of 300 calls`,
    figures: [...forms, ...flat],
  };
}
