/**
 * How many turns one process takes: kept, understood, decided, explained and saved, with `synchronous = full`.
 *
 * Each round begins with an empty database and plays the same bookings. The bare figure beside it is the storage work of one
 * message by hand-written prepared statements, measured between the rounds, so that a busy machine is busy for both.
 */
import { join } from "node:path";
import type { Booking } from "../../core/booking/state.ts";
import type { Store, Unit } from "../../core/ports.ts";
import { newSharedFacts } from "../../core/spine/facts.ts";
import { decideEntry, saveOutcome } from "../../core/spine/run-turn.ts";
import type { Understander } from "../../core/understanding/index.ts";
import { entryOf, interleaved, TURNS } from "./dialogue.ts";
import { type Figure, median, progress, type Section } from "./figures.ts";
import { type Bench, openEngine } from "./setup.ts";
import { bareTransactions } from "./storage.ts";

/** Conversations at work at the same time. */
const ABREAST = 120;
/** Entries that come in together. */
const ARRIVING = 64;
const GOAL_A_SECOND = 2_500;

export async function benchTurn(bench: Bench): Promise<Section> {
  const conversations = bench.quick ? 120 : 240;
  const rounds = bench.quick ? 2 : 7;
  const perSecond: number[] = [];
  const oneByOne: number[] = [];
  const bareGrouped: number[] = [];
  const bareSingle: number[] = [];
  const cpuUs: number[] = [];
  let bookings = 0;
  const bare = bareTransactions(bench.folder);
  await playGrouped(bench, "warm", Math.min(conversations, 240));
  for (let round = 0; round < rounds; round++) {
    progress(`turn: round ${round + 1} of ${rounds}`);
    bareGrouped.push(await bare(64, 640));
    const grouped = await playGrouped(bench, `grouped-${round}`, conversations);
    perSecond.push(grouped.turns / grouped.seconds);
    cpuUs.push(grouped.cpuUs / grouped.turns);
    bookings = grouped.bookings;
    bareSingle.push(await bare(1, 100));
    const single = await playOneByOne(bench, `single-${round}`, bench.quick ? 20 : 60);
    oneByOne.push((single.seconds * 1e6) / single.turns);
  }
  const split = await measureParts(bench, bench.quick ? 60 : 300);
  const rate = median(perSecond);
  const figures: Figure[] = [
    {
      what: "turns, in groups",
      value: rate,
      unit: "/s",
      toBare: 1e6 / rate / median(bareGrouped),
      goal: { text: `${GOAL_A_SECOND.toLocaleString("en")}/s`, met: rate >= GOAL_A_SECOND },
      note: `${bookings} of ${conversations} conversations ended in a booking`,
    },
    {
      what: "processor time a turn, in groups",
      value: median(cpuUs),
      unit: "µs",
      note: "what other programs take is not in it; that they share caches and cores is",
    },
    {
      what: "bare transaction, 64 messages a commit",
      value: median(bareGrouped),
      unit: "µs",
      note: `${Math.round(1e6 / median(bareGrouped)).toLocaleString("en")}/s`,
    },
    { what: "turn, one by one (two commits each)", value: median(oneByOne), unit: "µs", toBare: median(oneByOne) / median(bareSingle) },
    { what: "bare transaction, one message a commit", value: median(bareSingle), unit: "µs" },
    ...split,
  ];
  return { title: `turn: bookings in ${TURNS} turns, ${conversations} conversations, median of ${rounds} rounds`, figures };
}

async function countBookings(store: Store): Promise<number> {
  return store.unit(
    async (unit) => (await unit.records.all("booking", "", 1_000_000)).filter((one) => (one as Booking).status === "confirmed").length,
  );
}

/** Entries come in through the intake while the inbox is worked, as under load. */
async function playGrouped(
  bench: Bench,
  run: string,
  conversations: number,
): Promise<{ turns: number; seconds: number; cpuUs: number; bookings: number }> {
  const { engine, store } = openEngine(bench, join(bench.folder, `turn-${run}.sqlite`));
  const order = interleaved(conversations, ABREAST);
  const began = performance.now();
  const cpuBegan = process.cpuUsage();
  for (let at = 0; at < order.length; at += ARRIVING) {
    await Promise.all(order.slice(at, at + ARRIVING).map(([who, turn]) => engine.intake.accept([entryOf(run, who, turn, Date.now())])));
    await engine.work();
  }
  while ((await engine.work()) > 0);
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpuBegan);
  const bookings = await countBookings(store);
  await store.close();
  return { turns: order.length, seconds, cpuUs: user + system, bookings };
}

async function playOneByOne(bench: Bench, run: string, conversations: number): Promise<{ turns: number; seconds: number }> {
  const { engine, store } = openEngine(bench, join(bench.folder, `turn-${run}.sqlite`));
  const order = interleaved(conversations, ABREAST);
  const began = performance.now();
  for (const [who, turn] of order) {
    await engine.intake.accept([entryOf(run, who, turn, Date.now())]);
    await engine.work();
  }
  const seconds = (performance.now() - began) / 1_000;
  await store.close();
  return { turns: order.length, seconds };
}

/** Each part of a turn by itself, µs a turn; loads counts the time within the store's reads, save that within its writes. */
async function measureParts(bench: Bench, conversations: number): Promise<Figure[]> {
  const spent = { accept: 0, understand: 0, load: 0, decide: 0, save: 0, commit: 0 };
  let understood = 0;
  const understander: Understander = {
    understand(text, context) {
      const began = performance.now();
      const result = bench.understander.understand(text, context);
      spent.understand += performance.now() - began;
      understood += 1;
      return result;
    },
  };
  const { engine, store } = openEngine({ ...bench, understander }, join(bench.folder, "turn-parts.sqlite"));
  const shell = { dependencies: engine.dependencies, channels: engine.channels };
  const order = interleaved(conversations, ABREAST);
  let reads = 0;
  for (let at = 0; at < order.length; at += ARRIVING) {
    const acceptBegan = performance.now();
    await Promise.all(order.slice(at, at + ARRIVING).map(([who, turn]) => engine.intake.accept([entryOf("parts", who, turn, Date.now())])));
    spent.accept += performance.now() - acceptBegan;
    let worked = 0;
    const unitBegan = performance.now();
    await store.unit(async (plain) => {
      const unit = timed(plain, (ms) => {
        spent.load += ms;
        reads += 1;
      });
      const shared = newSharedFacts();
      for (const entry of await plain.inbox.pending(Date.now(), ARRIVING)) {
        const now = Date.now();
        const before = performance.now();
        const loadBefore = spent.load;
        const understandBefore = spent.understand;
        const outcome = await decideEntry(shell, unit, entry, now, shared);
        const decided = performance.now();
        spent.decide += decided - before - (spent.load - loadBefore) - (spent.understand - understandBefore);
        await saveOutcome(shell, plain, entry, outcome, now, shared);
        spent.save += performance.now() - decided;
        worked += performance.now() - before;
      }
    });
    spent.commit += performance.now() - unitBegan - worked;
  }
  await store.close();
  const each = (ms: number): number => (ms * 1_000) / order.length;
  return [
    { what: "part: keep what came in", value: each(spent.accept), unit: "µs" },
    { what: "part: load", value: each(spent.load), unit: "µs", note: `${(reads / order.length).toFixed(1)} reads a turn` },
    {
      what: "part: understand",
      value: each(spent.understand),
      unit: "µs",
      note: `${(understood / order.length).toFixed(2)} readings a turn`,
    },
    { what: "part: decide", value: each(spent.decide), unit: "µs" },
    { what: "part: save", value: each(spent.save), unit: "µs" },
    { what: "part: take from the inbox, begin and commit", value: each(spent.commit), unit: "µs" },
  ];
}

/** The same unit; `note` is told how long each call took. */
function timed(unit: Unit, note: (ms: number) => void): Unit {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [group, operations] of Object.entries(unit)) {
    groups[group] = {};
    for (const [name, call] of Object.entries(operations as Record<string, (...args: unknown[]) => Promise<unknown>>)) {
      groups[group][name] = async (...args: unknown[]) => {
        const began = performance.now();
        try {
          return await call(...args);
        } finally {
          note(performance.now() - began);
        }
      };
    }
  }
  // Every group and name is there again; the type can't say so.
  return groups as unknown as Unit;
}
