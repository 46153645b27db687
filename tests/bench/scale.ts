/**
 * The same turns on both stores, with one worker process and with several, and on a Postgres that holds much already.
 *
 * The workers, Postgres and this program share one machine: what is gained by a second worker is bounded by its cores.
 */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { openPostgresStore } from "../../storage/postgres/index.ts";
import { entryOf, interleaved, TURNS } from "./dialogue.ts";
import { type Figure, progress, type Section } from "./figures.ts";
import { type Bench, openEngine, POSTGRES, withMoreHands } from "./setup.ts";

const ABREAST = 120;
/** Technicians, so that a bench's customers don't all meet full calendars. */
const HANDS = 4;
const LANES = 2;
const GROUP = 16;

export async function benchScale(bench: Bench): Promise<Section> {
  const conversations = bench.quick ? 60 : 400;
  const figures: Figure[] = [await onSqlite(bench, conversations)];
  const client = new pg.Client({ connectionString: POSTGRES, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
  } catch {
    return { title: `scale: no Postgres answers at ${new URL(POSTGRES).host}, so SQLite alone; set ANXIN_TEST_POSTGRES`, figures };
  }
  try {
    for (const workers of [1, 2, 4]) figures.push(await onPostgres(bench, client, { workers, conversations, stored: 0 }));
    for (const stored of bench.quick ? [10_000] : [10_000, 100_000])
      figures.push(await onPostgres(bench, client, { workers: 1, conversations, stored }));
  } finally {
    await client.end();
  }
  return { title: `scale: bookings in ${TURNS} turns, ${conversations} conversations waiting in the inbox, until none waits`, figures };
}

async function onSqlite(bench: Bench, conversations: number): Promise<Figure> {
  progress("scale: SQLite");
  const { engine, store } = openEngine(bench, join(bench.folder, "scale.sqlite"), { profile: withMoreHands(bench.profile, HANDS) });
  await engine.intake.accept(interleaved(conversations, ABREAST).map(([who, turn]) => entryOf("scale", who, turn, Date.now())));
  const from = performance.now();
  let turns = 0;
  for (let done = 1; done > 0; turns += done) done = await engine.work();
  const seconds = (performance.now() - from) / 1_000;
  await store.close();
  return { what: "SQLite, one process", value: turns / seconds, unit: "/s" };
}

interface Load {
  readonly workers: number;
  readonly conversations: number;
  /** Conversations that were there before, with their messages and traces. */
  readonly stored: number;
}

async function onPostgres(bench: Bench, client: pg.Client, { workers, conversations, stored }: Load): Promise<Figure> {
  const what = `Postgres, ${workers} worker${workers === 1 ? "" : "s"}${stored > 0 ? `, ${stored.toLocaleString("en")} conversations stored` : ""}`;
  progress(`scale: ${what}`);
  const schema = `anxin_bench_${process.pid}`;
  await client.query(`drop schema if exists ${schema} cascade`);
  const store = await openPostgresStore({ url: POSTGRES, schema });
  try {
    if (stored > 0) await fill(client, schema, stored);
    const entries = interleaved(conversations, ABREAST).map(([who, turn]) => entryOf("scale", who, turn, Date.now()));
    await store.unit(async (unit) => {
      await Promise.all(entries.map((entry) => unit.inbox.accept(entry)));
    });
    const children = Array.from({ length: workers }, () =>
      fork(join(import.meta.dirname, "scale-worker.ts"), [POSTGRES, schema, bench.folder, String(HANDS), String(LANES), String(GROUP)]),
    );
    await Promise.all(children.map(told));
    const from = performance.now();
    for (const child of children) child.send("go");
    const results = (await Promise.all(children.map(told))) as { readonly turns: number; readonly cpuUs: number }[];
    const seconds = (performance.now() - from) / 1_000;
    const turns = results.reduce((sum, one) => sum + one.turns, 0);
    const cpuUs = results.reduce((sum, one) => sum + one.cpuUs, 0) / turns;
    const shares = results.map((one) => `${Math.round((100 * one.turns) / turns)} %`).join(", ");
    return {
      what,
      value: turns / seconds,
      unit: "/s",
      note: `${Math.round(cpuUs)} µs of processor a turn in the workers; shares ${shares}`,
    };
  } finally {
    await store.close();
    await client.query(`drop schema if exists ${schema} cascade`);
  }
}

/** The next thing a worker tells. @throws Error when it ends instead */
function told(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`a worker of the bench ended with ${code}`)));
  });
}

/** History as turns leave it: done entries, conversations, four messages and two traces each. */
async function fill(client: pg.Client, schema: string, count: number): Promise<void> {
  const words = "您好,预约已确认:11月25日 14:00,师傅会提前与您联系。".repeat(4);
  const ask = (text: string, ...values: readonly unknown[]) => client.query(text.replaceAll("@", `${schema}.`), [count, ...values]);
  await ask(
    `insert into @inbox (id, conversation, received_at, event, status, attempts, next_at, turn, done_at)
     select 'web:old-' || n || ':1', 'web:old-' || n, n, json_build_object('kind', 'message', 'text', $2::text), 'done', 0, 0, n, n
     from generate_series(1, $1::bigint) n`,
    words,
  );
  await ask(
    `insert into @conversations (id, state, updated_at) select 'web:old-' || n, json_build_object('words', $2::text), n from generate_series(1, $1::bigint) n`,
    words.repeat(4),
  );
  await ask(
    `insert into @messages (id, conversation, sender, text, buttons, media, at, status, attempts, next_at)
     select 'm' || k, 'web:old-' || n, 'bot', $2::text, '[]', 'null', n, 'kept', 0, 0 from generate_series(1, $1::bigint) n, generate_series(1, 4) k`,
    words,
  );
  await ask(
    `insert into @traces (conversation, trace) select 'web:old-' || n, json_build_object('entry', n::text, 'steps', $2::text)
     from generate_series(1, $1::bigint) n, generate_series(1, 2) k`,
    words.repeat(6),
  );
  await client.query(`analyze ${["inbox", "conversations", "messages", "traces"].map((table) => `${schema}.${table}`).join(", ")}`);
}
