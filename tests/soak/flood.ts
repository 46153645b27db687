/**
 * Ten times as much as the service can do, for a while, and one customer who writes without end: what it refuses, how much memory
 * it takes, how long others wait, how soon it is well again, and whether anything it had taken is lost.
 */
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createFleet } from "./fleet.ts";
import { type Client, createClient, pause } from "./http.ts";
import type { Plant } from "./plant.ts";
import { createSingle } from "./single.ts";

export interface FloodOptions {
  readonly engine: "embedded" | "scaled";
  /** Empty folder; the caller removes it. */
  readonly dataDir: string;
  /** How long the flood lasts, s. */
  readonly seconds: number;
  readonly progress: (text: string) => void;
}

export interface FloodResult {
  /** What is printed, in this order. */
  readonly figures: readonly (readonly [what: string, value: string])[];
  /** What must not be. */
  readonly problems: readonly string[];
}

const KNOWN_MODELS = join(import.meta.dirname, "../../data/models");
const WORDS = "你们几点开门";
/** Customers who write now and then, by whom the others' experience is told. */
const QUIET = 10;
const QUIET_EVERY_MS = 1_000;
const QUIET_MS = 15_000;
/** Messages by which the capacity is found; each of a conversation of its own. */
const PROBE = 600;
const TIMES = 10;
const NOISY_A_SECOND = 100;
/** Requests under way at once; beyond it the run itself can't keep up, and says so. */
const ABREAST = 400;
const RECOVERS_WITHIN_MS = 15_000;
/** A process may grow by this much, MB: what it keeps in its hands, and the heap's own slack. */
const GROWTH_MB = 250;

/** What the service said to what was sent. */
interface Answers {
  readonly byStatus: Map<number, number>;
  readonly taken: string[];
  readonly waitsMs: number[];
  skipped: number;
}

const newAnswers = (): Answers => ({ byStatus: new Map(), taken: [], waitsMs: [], skipped: 0 });

export async function flood(options: FloodOptions): Promise<FloodResult> {
  if (existsSync(KNOWN_MODELS)) cpSync(KNOWN_MODELS, join(options.dataDir, "models"), { recursive: true });
  const plant = await (options.engine === "scaled" ? createFleet : createSingle)({ dataDir: options.dataDir, profile: "appliance" });
  const client = createClient(() => plant.port());
  const { progress } = options;
  const all: Answers[] = [];
  const answers = (): Answers => {
    all.push(newAnswers());
    return all.at(-1)!;
  };
  try {
    progress("start");
    await plant.start();
    progress("quiet customers alone");
    await beQuiet(client, answers(), "warm", 3_000);
    const alone = answers();
    const aloneMs = await beQuiet(client, alone, "alone", QUIET_MS);
    progress("quiet customers beside one who writes without end");
    const noisy = answers();
    const beside = answers();
    const [besideMs] = await Promise.all([
      beQuiet(client, beside, "beside", QUIET_MS),
      pour(client, noisy, { perSecond: NOISY_A_SECOND, ms: QUIET_MS, conversation: () => "noisy" }),
    ]);
    await drained(client);
    progress("capacity");
    const perSecond = await findCapacity(client, answers());
    progress(`flood: ${TIMES} × ${perSecond.toFixed(0)} a second for ${options.seconds} s`);
    const memory = watchMemory(plant);
    const before = memory.now();
    const flooded = answers();
    const during = answers();
    let count = 0;
    const [offered, duringMs] = await Promise.all([
      pour(client, flooded, {
        perSecond: perSecond * TIMES,
        ms: options.seconds * 1_000,
        conversation: () => `flood${count++ % 5_000}`,
      }),
      beQuiet(client, during, "during", options.seconds * 1_000),
    ]);
    const endedAt = performance.now();
    const afterwards = answers();
    const recoveredMs = (await firstQuickReply(client, afterwards)) - endedAt;
    await drained(client);
    const drainedMs = performance.now() - endedAt;
    const peak = memory.stop();
    await plant.stop();
    const problems = await missing(plant, all);
    const growth = Math.max(...peak.map((mb, place) => mb - before[place]!));
    const strange = [...flooded.byStatus].filter(([status]) => ![202, 429, 503].includes(status));
    for (const [status, times] of strange) problems.push(`${times} requests of the flood ended with ${status || "no answer"}`);
    if (recoveredMs > RECOVERS_WITHIN_MS)
      problems.push(`a customer got a quick reply only ${(recoveredMs / 1_000).toFixed(1)} s after the flood`);
    if (growth > GROWTH_MB) problems.push(`a process grew by ${growth.toFixed(0)} MB in the flood`);
    const total = [...flooded.byStatus.values()].reduce((sum, times) => sum + times, 0);
    return {
      figures: [
        ["capacity", `${perSecond.toFixed(0)} turns a second`],
        [
          "offered in the flood",
          `${offered.toFixed(0)} a second, ${total.toLocaleString("en")} in all${flooded.skipped > 0 ? `; ${flooded.skipped.toLocaleString("en")} more the run itself could not send` : ""}`,
        ],
        [
          "taken · too fast (429) · busy (503)",
          [202, 429, 503].map((status) => (flooded.byStatus.get(status) ?? 0).toLocaleString("en")).join(" · "),
        ],
        ["answer to the request, p50 · p99", `${ms(flooded.waitsMs, 0.5)} · ${ms(flooded.waitsMs, 0.99)}`],
        ["reply to a quiet customer, p50 · p99", `${ms(aloneMs, 0.5)} · ${ms(aloneMs, 0.99)}`],
        [`the same beside one who writes ${NOISY_A_SECOND} a second`, `${ms(besideMs, 0.5)} · ${ms(besideMs, 0.99)}`],
        ["the one: taken · too fast (429)", [202, 429].map((status) => (noisy.byStatus.get(status) ?? 0).toLocaleString("en")).join(" · ")],
        [
          "the same in the flood, of what was taken",
          `${ms(duringMs, 0.5)} · ${ms(duringMs, 0.99)} (${during.taken.length} of ${[...during.byStatus.values()].reduce((sum, times) => sum + times, 0)} taken)`,
        ],
        [
          "memory before · most in the flood",
          `${before.map((mb) => mb.toFixed(0)).join(" + ")} · ${peak.map((mb) => mb.toFixed(0)).join(" + ")} MB`,
        ],
        ["first quick reply after the flood", `${(recoveredMs / 1_000).toFixed(1)} s`],
        ["nothing waits any more", `${(drainedMs / 1_000).toFixed(1)} s after the flood`],
        [
          "taken in all · lost",
          `${all.reduce((sum, { taken }) => sum + taken.length, 0).toLocaleString("en")} · ${problems.filter((one) => one.includes("was taken")).length}`,
        ],
      ],
      problems,
    };
  } finally {
    client.close();
    await plant.abandon();
  }
}

function ms(values: readonly number[], share: number): string {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return value === undefined ? "-" : `${value.toFixed(0)} ms`;
}

let ids = 0;

/** Says something; the id it was kept under, or `null` when it was not taken. */
async function say(client: Client, answers: Answers, conversation: string): Promise<string | null> {
  ids += 1;
  const id = `m${ids}`;
  const began = performance.now();
  const status = await client.post("/channels/web/messages", { conversation, id, text: WORDS }).then(
    (answer) => answer.status,
    () => 0,
  );
  answers.waitsMs.push(performance.now() - began);
  answers.byStatus.set(status, (answers.byStatus.get(status) ?? 0) + 1);
  if (status !== 202) return null;
  answers.taken.push(`web:${conversation}:${id}`);
  return id;
}

/** ms until the bot's reply to what was taken can be read. */
async function replied(client: Client, conversation: string, id: string, withinMs: number): Promise<number> {
  const began = performance.now();
  let after = 0;
  while (performance.now() - began < withinMs) {
    const answer = await client.get(`/channels/web/messages?conversation=${conversation}&after=${after}`).catch(() => null);
    const messages = (answer?.status === 200 ? (answer.body as { messages: { seq: number; id: string }[] }) : { messages: [] }).messages;
    if (messages.some((one) => one.id.startsWith(`web:${conversation}:${id}/`))) break;
    after = messages.at(-1)?.seq ?? after;
    await pause(20);
  }
  return performance.now() - began;
}

/** Some customers who write once a second and wait for the reply; how long each took, ms. */
async function beQuiet(client: Client, answers: Answers, name: string, lastsMs: number): Promise<number[]> {
  const until = performance.now() + lastsMs;
  const waits: number[] = [];
  await Promise.all(
    Array.from({ length: QUIET }, async (_, place) => {
      await pause((place * QUIET_EVERY_MS) / QUIET);
      for (let count = 0; performance.now() < until; count++) {
        const began = performance.now();
        const conversation = `${name}${place}-${count}`;
        const id = await say(client, answers, conversation);
        if (id !== null) {
          await replied(client, conversation, id, 60_000);
          waits.push(performance.now() - began);
        }
        await pause(Math.max(0, QUIET_EVERY_MS - (performance.now() - began)));
      }
    }),
  );
  return waits;
}

/** Sends at a fixed pace whatever the answers are; returns the pace that was kept, a second. */
async function pour(
  client: Client,
  answers: Answers,
  { perSecond, ms: lastsMs, conversation }: { readonly perSecond: number; readonly ms: number; readonly conversation: () => string },
): Promise<number> {
  const began = performance.now();
  const open = new Set<Promise<unknown>>();
  let sent = 0;
  let due = 0;
  while (performance.now() - began < lastsMs) {
    for (const target = ((performance.now() - began) / 1_000) * perSecond; due < target; due++) {
      if (open.size >= ABREAST) {
        answers.skipped += 1;
        continue;
      }
      sent += 1;
      const call = say(client, answers, conversation()).finally(() => open.delete(call));
      open.add(call);
    }
    await pause(5);
  }
  const seconds = (performance.now() - began) / 1_000;
  await Promise.all(open);
  return sent / seconds;
}

async function findCapacity(client: Client, answers: Answers): Promise<number> {
  const began = performance.now();
  await Promise.all(Array.from({ length: PROBE }, (_, place) => say(client, answers, `probe${place}`)));
  await drained(client);
  return answers.taken.length / ((performance.now() - began) / 1_000);
}

async function drained(client: Client): Promise<void> {
  for (;;) {
    const answer = await client.get("/metrics").catch(() => null);
    if (answer !== null && /^anxin_inbox_waiting 0$/m.test(String(answer.body))) return;
    await pause(50);
  }
}

/** The instant at which a customer had a reply within a second of writing. */
async function firstQuickReply(client: Client, answers: Answers): Promise<number> {
  for (let count = 0; ; count++) {
    const conversation = `after${count}`;
    const began = performance.now();
    const id = await say(client, answers, conversation);
    if (id !== null) await replied(client, conversation, id, 30_000);
    if (id !== null && performance.now() - began < 1_000) return performance.now();
    await pause(100);
  }
}

/** Memory that each process of the service has in use, MB. */
function watchMemory(plant: Plant): { readonly now: () => readonly number[]; readonly stop: () => readonly number[] } {
  const now = (): number[] =>
    plant.pids().map((pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_024);
  const peak = now();
  const look = (): void => now().forEach((mb, place) => (peak[place] = Math.max(peak[place] ?? 0, mb)));
  const timer = setInterval(look, 200);
  return {
    now,
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}

/** What was taken and has no turn, and what has two. */
async function missing(plant: Plant, all: readonly Answers[]): Promise<string[]> {
  const left = await plant.left();
  const turns = new Map(left.inbox.map(({ id, turn }) => [id, turn]));
  const problems: string[] = [];
  for (const { taken } of all) {
    for (const id of taken) if ((turns.get(id) ?? null) === null) problems.push(`${id} was taken and has no turn`);
  }
  for (const [id, count] of left.traces) if (count > 1) problems.push(`${id} was worked ${count} times`);
  return problems;
}
