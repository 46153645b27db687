/**
 * Ten times as much as the service can do, for a while, and one customer who writes without end: what it refuses, how much memory
 * it takes, how long others wait, how soon it is well again, and whether anything it had taken is lost.
 */
import { readFileSync } from "node:fs";
import { giveModel } from "../support/models.ts";
import type { Left } from "./evidence.ts";
import { createFleet } from "./fleet.ts";
import { onCoreOfItsOwn, type Source, startSource } from "./flood-cores.ts";
import type { Poured } from "./flood-source.ts";
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

const WORDS = "你们几点开门";
/** Customers who write now and then, by whom the others' experience is told. */
const QUIET = 10;
const QUIET_EVERY_MS = 1_000;
const QUIET_MS = 15_000;
/** Messages by which the capacity is found; each of a conversation of its own. */
const PROBE = 600;
const TIMES = 10;
/** The capacity is looked for so often, and the best counts: a service that has just begun is slower. */
const PROBES = 3;
/** Less than this of the wanted flood is no flood of ten times: then the run says so and fails. */
const OFFERED_AT_LEAST = 0.9;
const FLOODING = 5_000;
const NOISY_A_SECOND = 50;
const RECOVERS_WITHIN_MS = 15_000;
/** A process may grow by this much, MB: what it keeps in its hands, and the heap's own slack. */
const GROWTH_MB = 250;

/** What the service said to what was sent. */
interface Answers {
  readonly byStatus: Map<number, number>;
  readonly taken: string[];
}

const newAnswers = (): Answers => ({ byStatus: new Map(), taken: [] });

export async function flood(options: FloodOptions): Promise<FloodResult> {
  await giveModel(options.dataDir);
  const { progress, seconds } = options;
  const all: (readonly string[])[] = [];
  const answers = (): Answers => {
    const fresh = newAnswers();
    all.push(fresh.taken);
    return fresh;
  };
  let plant: Plant | null = null;
  let source: Source | null = null;
  const client = createClient(() => plant!.port());
  try {
    progress("start");
    const isAlone = await onCoreOfItsOwn(async () => {
      plant = await (options.engine === "scaled" ? createFleet : createSingle)({ dataDir: options.dataDir, profile: "appliance" });
      await plant.start();
    });
    const service: Plant = plant!;
    source = startSource();
    progress("capacity");
    const perSecond = await findCapacity(client, source, service, (taken) => all.push(taken));
    progress("quiet customers alone");
    const aloneMs = await beQuiet(client, answers(), "alone", QUIET_MS);
    progress("quiet customers beside one who writes without end");
    const [besideMs, noisy] = await Promise.all([
      beQuiet(client, answers(), "beside", QUIET_MS),
      source.pour({
        ports: service.fronts(),
        perSecond: NOISY_A_SECOND,
        count: (NOISY_A_SECOND * QUIET_MS) / 1_000,
        name: "noisy",
        conversations: 1,
        text: WORDS,
      }),
    ]);
    all.push(noisy.taken);
    await drained(client);
    progress(`flood: ${TIMES} × ${perSecond.toFixed(0)} a second for ${seconds} s`);
    const memory = watchMemory(service);
    const before = memory.now();
    const during = answers();
    const wanted = Math.round(perSecond * TIMES * seconds);
    let flooding = true;
    const [flooded, duringMs] = await Promise.all([
      source
        .pour({ ports: service.fronts(), perSecond: perSecond * TIMES, count: wanted, name: "flood", conversations: FLOODING, text: WORDS })
        .finally(() => {
          flooding = false;
        }),
      beQuiet(client, during, "during", seconds * 1_000, () => flooding),
    ]);
    all.push(flooded.taken);
    const endedAt = performance.now();
    const recoveredMs = (await firstQuickReply(client, answers())) - endedAt;
    await drained(client);
    const drainedMs = performance.now() - endedAt;
    const peak = memory.stop();
    await service.stop();
    const left = await service.left();
    const lost = missing(left, all);
    const growth = Math.max(...peak.map((mb, place) => mb - before[place]!));
    const offered = flooded.byStatus.reduce((sum, [, times]) => sum + times, 0);
    const problems = [...lost];
    for (const [status, times] of flooded.byStatus)
      if (![202, 429, 503].includes(status)) problems.push(`${times} requests of the flood ended with ${status || "no answer"}`);
    if (flooded.withoutRetryAfter > 0) problems.push(`${flooded.withoutRetryAfter} refusals didn't say when to come again`);
    if (offered < wanted * OFFERED_AT_LEAST) problems.push(`${offered} of ${wanted} requests were offered: no flood of ${TIMES} times`);
    if (recoveredMs > RECOVERS_WITHIN_MS)
      problems.push(`a customer got a quick reply only ${(recoveredMs / 1_000).toFixed(1)} s after the flood`);
    if (growth > GROWTH_MB) problems.push(`a process grew by ${growth.toFixed(0)} MB in the flood`);
    const turnMs = waitsOf(left, new Set(flooded.taken));
    const asked = [...during.byStatus.values()].reduce((sum, times) => sum + times, 0);
    return {
      figures: [
        ["cores", isAlone ? "one for the service, another for what floods it" : "shared by the service and what floods it"],
        ["capacity", `${perSecond.toFixed(0)} turns a second`],
        [
          "offered in the flood",
          `${offered.toLocaleString("en")} requests in ${flooded.seconds.toFixed(0)} s, ${(offered / flooded.seconds / perSecond).toFixed(1)} × the capacity; ${flooded.held.toLocaleString("en")} more found every connection full`,
        ],
        ["taken · too fast (429) · busy (503)", counted(flooded, [202, 429, 503])],
        ["refusals without Retry-After", String(flooded.withoutRetryAfter)],
        ["answer to what was taken, p50 · p99", `${ms(flooded.takenMs, 0.5)} · ${ms(flooded.takenMs, 0.99)}`],
        ["from taken to its turn, p50 · p99", `${ms(turnMs, 0.5)} · ${ms(turnMs, 0.99)}`],
        ["reply to a quiet customer, p50 · p99", `${ms(aloneMs, 0.5)} · ${ms(aloneMs, 0.99)}`],
        [`the same beside one who writes ${NOISY_A_SECOND} a second`, `${ms(besideMs, 0.5)} · ${ms(besideMs, 0.99)}`],
        ["the one: taken · too fast (429)", counted(noisy, [202, 429])],
        [
          "the same in the flood, of what was taken",
          `${ms(duringMs, 0.5)} · ${ms(duringMs, 0.99)} (${during.taken.length} of ${asked} taken)`,
        ],
        [
          "memory before · most in the flood",
          `${before.map((mb) => mb.toFixed(0)).join(" + ")} · ${peak.map((mb) => mb.toFixed(0)).join(" + ")} MB`,
        ],
        ["first quick reply after the flood", `${(recoveredMs / 1_000).toFixed(1)} s`],
        ["nothing waits any more", `${(drainedMs / 1_000).toFixed(1)} s after the flood`],
        ["taken in all · lost", `${all.reduce((sum, taken) => sum + taken.length, 0).toLocaleString("en")} · ${lost.length}`],
      ],
      problems,
    };
  } finally {
    source?.end();
    client.close();
    await (plant as Plant | null)?.abandon();
  }
}

function counted({ byStatus }: Poured, wanted: readonly number[]): string {
  const times = new Map(byStatus);
  return wanted.map((status) => (times.get(status) ?? 0).toLocaleString("en")).join(" · ");
}

/** From arrival to turn, ms. */
function waitsOf(left: Left, entries: ReadonlySet<string>): number[] {
  return left.inbox.flatMap(({ id, receivedAt, doneAt }) => (entries.has(id) && doneAt !== null ? [doneAt - receivedAt] : []));
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
  const status = await client.post("/channels/web/messages", { conversation, id, text: WORDS }).then(
    (answer) => answer.status,
    () => 0,
  );
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
async function beQuiet(
  client: Client,
  answers: Answers,
  name: string,
  lastsMs: number,
  goesOn: () => boolean = () => true,
): Promise<number[]> {
  const until = performance.now() + lastsMs;
  const waits: number[] = [];
  await Promise.all(
    Array.from({ length: QUIET }, async (_, place) => {
      await pause((place * QUIET_EVERY_MS) / QUIET);
      for (let count = 0; performance.now() < until && goesOn(); count++) {
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

/** Turns a second, of messages that came in all at once. */
async function findCapacity(client: Client, source: Source, plant: Plant, note: (taken: readonly string[]) => void): Promise<number> {
  let best = 0;
  for (let probe = 0; probe < PROBES; probe++) {
    const began = performance.now();
    const name = `probe${"abc"[probe]}`;
    const { taken } = await source.pour({
      ports: plant.fronts(),
      perSecond: Number.MAX_SAFE_INTEGER,
      count: PROBE,
      name,
      conversations: PROBE,
      text: WORDS,
    });
    await drained(client);
    best = Math.max(best, taken.length / ((performance.now() - began) / 1_000));
    note(taken);
  }
  return best;
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
function missing(left: Left, all: readonly (readonly string[])[]): string[] {
  const turns = new Map(left.inbox.map(({ id, turn }) => [id, turn]));
  const problems: string[] = [];
  for (const taken of all) {
    for (const id of taken) if ((turns.get(id) ?? null) === null) problems.push(`${id} was taken and has no turn`);
  }
  for (const [id, count] of left.traces) if (count > 1) problems.push(`${id} was worked ${count} times`);
  return problems;
}
