/**
 * Does a turn cost the same beside a thousand stored conversations and beside a million? On both stores; the stores of all sizes
 * are open together and take turns round by round, so that a busy machine is busy for all of them.
 */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Engine } from "../../../bots/service/engine.ts";
import type { Store } from "../../../core/ports.ts";
import type { InboxEntry } from "../../../core/spine/events.ts";
import { readMigrations } from "../../../storage/migrations/plan.ts";
import { openPostgresStore } from "../../../storage/postgres/index.ts";
import { connect } from "../../../storage/sqlite/connection.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { migrate } from "../../../storage/sqlite/migrate.ts";
import { SQLITE_MIGRATIONS } from "../../../storage/sqlite/store.ts";
import { entryOf, interleaved, words } from "../dialogue.ts";
import { type Figure, median, progress, type Section } from "../figures.ts";
import { type Bench, engineOn, POSTGRES, withMoreHands } from "../setup.ts";
import { fillStatements, POSTGRES as POSTGRES_DIALECT, SQLITE as SQLITE_DIALECT, storedConversation } from "./fill.ts";
import { playTemplates, type Template } from "./template.ts";

/** What a turn may cost at the largest size, against the smallest. */
const GOAL_RATIO = 1.5;
const HANDS = 16;
const GROUP = 16;

/** A store that was filled. */
interface Filled {
  readonly engineName: string;
  readonly stored: number;
  readonly store: Store;
  readonly engine: Engine;
  readonly bytes: number;
  readonly fillSeconds: number;
  remove(): Promise<void>;
}

export async function benchHistory(bench: Bench): Promise<Section> {
  const sizes = bench.sizes.length > 0 ? bench.sizes : bench.quick ? [1_000, 10_000] : [1_000, 100_000, 1_000_000];
  const rounds = bench.quick ? 3 : 9;
  const templates = await playTemplates(bench);
  const filled: Filled[] = [];
  try {
    for (const stored of sizes) filled.push(await fillSqlite(bench, templates, stored));
    const reason = await postgresIsAway();
    if (reason === null) for (const stored of sizes) filled.push(await fillPostgres(bench, templates, stored));
    const spent = new Map<Filled, { wallUs: number[]; cpuUs: number[] }>(filled.map((one) => [one, { wallUs: [], cpuUs: [] }]));
    for (let round = -1; round < rounds; round++) {
      progress(`history: round ${round + 1} of ${rounds}`);
      for (const one of filled) {
        const { wallUs, cpuUs } = await playRound(one, templates, round, bench.quick ? 20 : 40);
        // The first round warms up.
        if (round >= 0) spent.get(one)!.wallUs.push(wallUs);
        if (round >= 0) spent.get(one)!.cpuUs.push(cpuUs);
      }
    }
    return {
      title: `history: a turn of three-turn bookings, half of strangers and half of those whose history is stored, median of ${rounds} rounds${reason === null ? "" : `; ${reason}`}`,
      figures: filled.map((one) => figureOf(one, filled, spent)),
    };
  } finally {
    for (const one of filled) await one.remove();
  }
}

function figureOf(
  one: Filled,
  all: readonly Filled[],
  spent: ReadonlyMap<Filled, { readonly wallUs: readonly number[]; readonly cpuUs: readonly number[] }>,
): Figure {
  const smallest = all.find(({ engineName }) => engineName === one.engineName)!;
  const us = median(spent.get(one)!.wallUs);
  const ratio = us / median(spent.get(smallest)!.wallUs);
  return {
    what: `${one.engineName}, ${one.stored.toLocaleString("en")} conversations stored`,
    value: us,
    unit: "µs",
    ...(one === smallest ? {} : { goal: { text: `${GOAL_RATIO}× the smallest; it is ${ratio.toFixed(2)}×`, met: ratio <= GOAL_RATIO } }),
    note: `${Math.round(median(spent.get(one)!.cpuUs))} µs of this program's processor; ${(one.bytes / 1e9).toFixed(2)} GB, filled in ${one.fillSeconds.toFixed(0)} s`,
  };
}

/** Bookings come in and are worked, as under load. */
async function playRound(
  { store, engine, stored }: Filled,
  templates: readonly Template[],
  round: number,
  conversations: number,
): Promise<{ wallUs: number; cpuUs: number }> {
  const entries = interleaved(conversations, 20).map(([who, turn]) => entryFor(templates, stored, round, who, turn));
  const began = performance.now();
  const cpu = process.cpuUsage();
  for (let at = 0; at < entries.length; at += GROUP) {
    await Promise.all(entries.slice(at, at + GROUP).map((entry) => engine.intake.accept([entry])));
    await engine.work();
  }
  while ((await engine.work()) > 0);
  const { user, system } = process.cpuUsage(cpu);
  const left = await store.unit((unit) => unit.inbox.waiting(1));
  if (left.length > 0) throw new Error("entries of the bench were left in the inbox");
  return { wallUs: ((performance.now() - began) * 1_000) / entries.length, cpuUs: (user + system) / entries.length };
}

/** Every second customer is one whose history is stored, and who comes back from anywhere in it. */
function entryFor(templates: readonly Template[], stored: number, round: number, who: number, turn: number): InboxEntry {
  const now = Date.now();
  if (who % 2 === 0) return entryOf(`history${round}`, who, turn, now);
  const back = Math.imul((round + 2) * 1_000 + who, 0x9e3779b1) >>> 0;
  const conversation = storedConversation(templates, back % stored);
  return {
    id: `${conversation}:r${round}-${who}-${turn}`,
    conversation,
    receivedAt: now,
    event: { kind: "message", text: words(who, turn, now) },
  };
}

async function fillSqlite(bench: Bench, templates: readonly Template[], stored: number): Promise<Filled> {
  progress(`history: SQLite with ${stored.toLocaleString("en")}`);
  const path = join(bench.folder, `history-${stored}.sqlite`);
  const began = performance.now();
  const connection = connect(path);
  migrate(connection, readMigrations(SQLITE_MIGRATIONS), Date.now());
  connection.pragma("synchronous = off");
  connection.pragma("cache_size = -262144");
  for (const statement of fillStatements(SQLITE_DIALECT, templates, stored)) connection.exec(statement);
  connection.pragma("wal_checkpoint(truncate)");
  connection.close();
  const fillSeconds = (performance.now() - began) / 1_000;
  const store = openSqliteStore({ path });
  return {
    engineName: "SQLite",
    stored,
    store,
    engine: engineOn(bench, store, { profile: withMoreHands(bench.profile, HANDS), group: GROUP }),
    bytes: statSync(path).size,
    fillSeconds,
    async remove() {
      await store.close();
      for (const end of ["", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
    },
  };
}

async function postgresIsAway(): Promise<string | null> {
  const client = new pg.Client({ connectionString: POSTGRES, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.end();
    return null;
  } catch {
    return `no Postgres answers at ${new URL(POSTGRES).host}, so SQLite alone; set ANXIN_TEST_POSTGRES`;
  }
}

async function fillPostgres(bench: Bench, templates: readonly Template[], stored: number): Promise<Filled> {
  progress(`history: Postgres with ${stored.toLocaleString("en")}`);
  const schema = `anxin_history_${process.pid}_${stored}`;
  const began = performance.now();
  const store = await openPostgresStore({ url: POSTGRES, schema });
  const client = new pg.Client({ connectionString: POSTGRES, options: `-c search_path=${schema} -c synchronous_commit=off` });
  await client.connect();
  const remove = async (): Promise<void> => {
    await store.close();
    await client.query(`drop schema ${schema} cascade`);
    await client.end();
  };
  try {
    for (const statement of fillStatements(POSTGRES_DIALECT, templates, stored)) await client.query(statement);
    await client.query(`set search_path = ${schema}`);
    const { rows: tables } = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = $1", [
      schema,
    ]);
    // What autovacuum does within the hour in a database that grew by itself.
    await client.query(`vacuum analyze ${tables.map(({ name }) => name).join(", ")}`);
    await client.query("checkpoint");
    const { rows } = await client.query<{ bytes: string }>(
      "select sum(pg_total_relation_size(format('%I.%I', schemaname, tablename))) as bytes from pg_tables where schemaname = $1",
      [schema],
    );
    return {
      engineName: "Postgres",
      stored,
      store,
      engine: engineOn(bench, store, { profile: withMoreHands(bench.profile, HANDS), group: GROUP }),
      bytes: Number(rows[0]!.bytes),
      fillSeconds: (performance.now() - began) / 1_000,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
