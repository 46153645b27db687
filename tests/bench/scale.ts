/**
 * The same turns on SQLite and on Postgres with one, two and four worker processes, some conversations of which are hot: they have
 * many messages waiting at once. Afterwards the tables are asked whether each conversation was worked in its order.
 *
 * The workers and Postgres share one machine: what is gained by a second worker is bounded by its cores. So a second table puts the
 * database as far away as a network does: there a worker waits for most of its time, as on a machine of its own, and what the
 * workers cost each other in locks and in order shows instead of what the cores are short of.
 */
import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { InboxEntry } from "../../core/spine/events.ts";
import { openPostgresStore } from "../../storage/postgres/index.ts";
import { entryOf, interleaved, TURNS } from "./dialogue.ts";
import { type Figure, progress, type Section } from "./figures.ts";
import { startRelay } from "./relay.ts";
import { type Bench, openEngine, POSTGRES, withMoreHands } from "./setup.ts";

const ABREAST = 120;
/** Technicians, so that a bench's customers don't all meet full calendars. */
const HANDS = 4;
/** Customers who write much at once. */
const HOT = 6;
const HOT_MESSAGES = 50;
const HOT_WORDS = ["你们几点开门", "空调加氟多少钱", "地址在哪里", "谢谢"] as const;
/** Conversations that a worker works before it is measured. */
const WARM = 150;
const LANES = 2;
const GROUP = 16;

/** How far away the database of the second table is, ms each way: about as from one town to the next. */
const FAR_MS = 2;
const WORKERS = [1, 2, 4] as const;

export async function benchScale(bench: Bench): Promise<readonly Section[]> {
  const conversations = bench.quick ? 60 : 400;
  const sqlite = await onSqlite(bench, conversations);
  const client = new pg.Client({ connectionString: POSTGRES, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
  } catch {
    const title = `scale: no Postgres answers at ${new URL(POSTGRES).host}, so SQLite alone; set ANXIN_TEST_POSTGRES`;
    return [{ title, figures: [sqlite] }];
  }
  const { hostname, port } = new URL(POSTGRES);
  const relay = await startRelay({ host: hostname, port: Number(port || 5432) }, FAR_MS);
  try {
    const far = new URL(POSTGRES);
    far.hostname = "127.0.0.1";
    far.port = String(relay.port);
    const cores = availableParallelism();
    const near = await growth(bench, client, { conversations, url: POSTGRES });
    const away = await growth(bench, client, { conversations, url: far.href });
    return [
      {
        title: `scale: bookings in ${TURNS} turns, ${conversations} conversations and ${HOT} hot ones with ${HOT_MESSAGES} messages each wait in the inbox, until none waits; Postgres, the workers and this program share ${cores} cores, so that more than ${cores - 1 || 1} worker${cores > 2 ? "s" : ""} can gain little here`,
        figures: [sqlite, ...near],
      },
      {
        title: `scale, far: the same with ${FAR_MS} ms to Postgres and ${FAR_MS} ms back through a relay (a network played on this machine, not one), so that a worker mostly waits; shows what workers cost each other, not what ${cores} cores can do`,
        figures: away,
      },
    ];
  } finally {
    await relay.end();
    await client.end();
  }
}

async function growth(bench: Bench, client: pg.Client, load: Pick<Load, "conversations" | "url">): Promise<Figure[]> {
  const figures: Figure[] = [];
  let one = 0;
  for (const workers of WORKERS) {
    const { figure, perSecond } = await onPostgres(bench, client, { ...load, workers });
    one ||= perSecond;
    figures.push({ ...figure, note: `${(perSecond / one).toFixed(2)}× one worker; ${figure.note}` });
  }
  return figures;
}

/** Everything that waits when the workers begin: the hot ones' messages spread among those of the others. */
function waitingEntries(conversations: number): readonly InboxEntry[] {
  const now = Date.now();
  const entries = interleaved(conversations, ABREAST).map(([who, turn]) => entryOf("scale", who, turn, now));
  const hot = Array.from({ length: HOT * HOT_MESSAGES }, (_, count): InboxEntry => {
    const conversation = `web:hot-${count % HOT}`;
    return {
      id: `${conversation}:${count}`,
      conversation,
      receivedAt: now,
      event: { kind: "message", text: HOT_WORDS[count % HOT_WORDS.length]! },
    };
  });
  const step = entries.length / hot.length;
  return hot.flatMap((entry, place) => [entry, ...entries.slice(Math.floor(place * step), Math.floor((place + 1) * step))]);
}

/** What each worker works before it is measured. */
function warmingEntries(conversations: number): readonly InboxEntry[] {
  return interleaved(conversations, ABREAST).map(([who, turn]) => entryOf("warm", who, turn, Date.now()));
}

/** Entries that were worked before an earlier one of their conversation, or not at all. */
const DISORDERED = `select count(*) as count from
  (select turn, lag(turn) over (partition by conversation order by seq) as before from inbox where conversation not like 'web:warm-%') as turns
  where turn is null or turn <= before`;

async function onSqlite(bench: Bench, conversations: number): Promise<Figure> {
  progress("scale: SQLite");
  const { engine, store } = openEngine(bench, join(bench.folder, "scale.sqlite"), { profile: withMoreHands(bench.profile, HANDS) });
  await engine.intake.accept(waitingEntries(conversations));
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
  /** Where the workers reach Postgres. */
  readonly url: string;
}

async function onPostgres(
  bench: Bench,
  client: pg.Client,
  { workers, conversations, url }: Load,
): Promise<{ readonly figure: Figure; readonly perSecond: number }> {
  const what = `Postgres, ${workers} worker${workers === 1 ? "" : "s"}`;
  progress(`scale: ${what}`);
  const schema = `anxin_bench_${process.pid}`;
  await client.query(`drop schema if exists ${schema} cascade`);
  const store = await openPostgresStore({ url: POSTGRES, schema });
  try {
    const fill = (entries: readonly InboxEntry[]): Promise<void> =>
      store.unit(async (unit) => {
        await Promise.all(entries.map((entry) => unit.inbox.accept(entry)));
      });
    const children = Array.from({ length: workers }, () =>
      fork(join(import.meta.dirname, "scale-worker.ts"), [url, schema, bench.folder, String(HANDS), String(LANES), String(GROUP)]),
    );
    await Promise.all(children.map(told));
    // A process is several times slower at its first turns, and each of more workers takes fewer of them.
    await fill(warmingEntries(workers * (bench.quick ? 40 : WARM)));
    for (const child of children) child.send("warm");
    await Promise.all(children.map(told));
    const entries = waitingEntries(conversations);
    await fill(entries);
    const from = performance.now();
    for (const child of children) child.send("go");
    const results = (await Promise.all(children.map(told))) as Worked[];
    const seconds = (performance.now() - from) / 1_000;
    const turns = results.reduce((sum, one) => sum + one.turns, 0);
    const cpuUs = results.reduce((sum, one) => sum + one.cpuUs, 0) / turns;
    const waited = 1 - results.reduce((sum, one) => sum + one.cpuUs, 0) / 1e6 / seconds / workers;
    const shares = results.map((one) => `${Math.round((100 * one.turns) / turns)} %`).join(", ");
    const { rows } = await client.query<{ count: string }>(DISORDERED.replace("from inbox", `from ${schema}.inbox`));
    const disordered = Number(rows[0]!.count);
    const perSecond = turns / seconds;
    const note = `${Math.round(cpuUs)} µs of processor a turn in the workers, which waited ${Math.round(100 * waited)} % of the time; shares ${shares}`;
    return {
      perSecond,
      figure: {
        what,
        value: perSecond,
        unit: "/s",
        goal: { text: `each conversation in its order (${disordered} of ${entries.length} entries out of it)`, met: disordered === 0 },
        note,
      },
    };
  } finally {
    await store.close();
    await client.query(`drop schema if exists ${schema} cascade`);
  }
}

/** What a worker tells at its end. */
interface Worked {
  readonly turns: number;
  readonly cpuUs: number;
}

/** The next thing a worker tells. @throws Error when it ends instead */
function told(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`a worker of the bench ended with ${code}`)));
  });
}
