/**
 * The same turns on SQLite and on Postgres with one, two and four worker processes, some conversations of which are hot: they have
 * many messages waiting at once. Afterwards the tables are asked whether each conversation was worked in its order.
 *
 * The workers and Postgres share one machine: what is gained by a second worker is bounded by its cores.
 */
import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { InboxEntry } from "../../core/spine/events.ts";
import { openPostgresStore } from "../../storage/postgres/index.ts";
import { entryOf, interleaved, TURNS } from "./dialogue.ts";
import { type Figure, progress, type Section } from "./figures.ts";
import { type Bench, openEngine, POSTGRES, withMoreHands } from "./setup.ts";

const ABREAST = 120;
/** Technicians, so that a bench's customers don't all meet full calendars. */
const HANDS = 4;
/** Customers who write much at once. */
const HOT = 6;
const HOT_MESSAGES = 50;
const HOT_WORDS = ["你们几点开门", "空调加氟多少钱", "地址在哪里", "谢谢"] as const;
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
    let one = 0;
    for (const workers of [1, 2, 4]) {
      const { figure, perSecond } = await onPostgres(bench, client, { workers, conversations });
      one ||= perSecond;
      figures.push({ ...figure, note: `${(perSecond / one).toFixed(2)}× one worker; ${figure.note}` });
    }
  } finally {
    await client.end();
  }
  const cores = availableParallelism();
  return {
    title: `scale: bookings in ${TURNS} turns, ${conversations} conversations and ${HOT} hot ones with ${HOT_MESSAGES} messages each wait in the inbox, until none waits; Postgres, the workers and this program share ${cores} cores, so that more than ${cores - 1 || 1} worker${cores > 2 ? "s" : ""} can gain little here`,
    figures,
  };
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

/** Entries that were worked before an earlier one of their conversation, or not at all. */
const DISORDERED = `select count(*) as count from
  (select turn, lag(turn) over (partition by conversation order by seq) as before from inbox) as turns
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
}

async function onPostgres(
  bench: Bench,
  client: pg.Client,
  { workers, conversations }: Load,
): Promise<{ readonly figure: Figure; readonly perSecond: number }> {
  const what = `Postgres, ${workers} worker${workers === 1 ? "" : "s"}`;
  progress(`scale: ${what}`);
  const schema = `anxin_bench_${process.pid}`;
  await client.query(`drop schema if exists ${schema} cascade`);
  const store = await openPostgresStore({ url: POSTGRES, schema });
  try {
    const entries = waitingEntries(conversations);
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
    const { rows } = await client.query<{ count: string }>(DISORDERED.replace("from inbox", `from ${schema}.inbox`));
    const disordered = Number(rows[0]!.count);
    const perSecond = turns / seconds;
    const note = `${Math.round(cpuUs)} µs of processor a turn in the workers; shares ${shares}`;
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

/** The next thing a worker tells. @throws Error when it ends instead */
function told(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`a worker of the bench ended with ${code}`)));
  });
}
