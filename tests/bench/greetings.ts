/**
 * What a large sending costs those who talk meanwhile: the same conversations first alone, then while a hundred thousand greetings are
 * planned, then while they go out at the shop's pace and at ten times of it. All in one run, on one database, with real time.
 */
import { join } from "node:path";
import { createWebClient } from "../../adapters/web/client.ts";
import { startCareLoop } from "../../bots/service/care-loop.ts";
import { createEngine, type Engine } from "../../bots/service/engine.ts";
import { createInProcessFeed } from "../../bots/service/feed.ts";
import { createRounds } from "../../bots/service/rounds.ts";
import { startRunner } from "../../bots/service/runner.ts";
import { newCustomer } from "../../core/customers/state.ts";
import type { Channel, Leases, Store } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { addDays, dayOf, type Instant, instantOf, MINUTE_MS } from "../../core/time.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { conversationOf, entryOf, TURNS } from "./dialogue.ts";
import { type Figure, median, percentile, progress, type Section } from "./figures.ts";
import { type Bench, withMoreHands } from "./setup.ts";

/** Messages of customers a second. */
const PER_SECOND = 50;
const WARM_S = 3;
const TIMES_HANDS = 4;
const PAGE = 1_000;
/** Wished for: beside greetings at most this many times as slow. */
const SLOWER_MOST = 2;
const PLAN = "birthday";
const GREETED_AT = 10 * 60;

interface Phase {
  readonly name: string;
  /** Minute of the shop's day at which it begins. */
  readonly minute: number;
  readonly care: boolean;
  readonly perMinute: number;
}

const PHASES: readonly Phase[] = [
  { name: "alone", minute: 9 * 60, care: false, perMinute: 600 },
  { name: "while greetings are planned", minute: 9 * 60 + 20, care: true, perMinute: 600 },
  { name: "while greetings go out at 600 a minute", minute: GREETED_AT + 1, care: true, perMinute: 600 },
  { name: "while greetings go out at 6,000 a minute", minute: GREETED_AT + 20, care: true, perMinute: 6_000 },
];

export async function benchGreetings(bench: Bench): Promise<Section> {
  const people = bench.quick ? 3_000 : 100_000;
  const seconds = bench.quick ? 4 : 20;
  const store = openSqliteStore({ path: join(bench.folder, "greetings.sqlite") });
  const profile = withMoreHands(bench.profile, TIMES_HANDS);
  const zone = profile.business.zone;
  const today = dayOf(Date.now(), zone);
  progress(`greetings: writing ${people.toLocaleString("en")} customers`);
  await settle(store, people, addDays(today, 3), instantOf(today, 0, zone));
  const figures: Figure[] = [];
  let alone = Number.NaN;
  for (const [index, phase] of PHASES.entries()) {
    progress(`greetings: ${phase.name}`);
    const result = await play(bench, store, profile, phase, instantOf(today, phase.minute, zone), `g${index}`, seconds);
    const p99 = percentile(result.waitsMs, 0.99);
    if (index === 0) alone = p99;
    figures.push(
      { what: `${phase.name}: p50`, value: median(result.waitsMs), unit: "ms", note: `${result.waitsMs.length} messages` },
      {
        what: `${phase.name}: p99`,
        value: p99,
        unit: "ms",
        ...(index === 0
          ? {}
          : {
              goal: {
                text: `at most ${SLOWER_MOST} times alone (${(p99 / alone).toFixed(2)})`,
                met: p99 <= SLOWER_MOST * alone && (phase.minute < GREETED_AT || result.greeted > 0),
              },
            }),
        note:
          result.greeted > 0 ? `${result.greeted.toLocaleString("en")} greetings sent` : `${result.planned.toLocaleString("en")} planned`,
      },
    );
  }
  await store.close();
  return {
    title: `greetings: ${people.toLocaleString("en")} queued; ${PER_SECOND} messages of customers a second for ${seconds} s a phase, from arrival to committed reply`,
    figures,
  };
}

/** Everybody has a birthday on the same day. */
async function settle(store: Store, people: number, on: string, since: Instant): Promise<void> {
  const birthday = { calendar: "solar", year: null, month: Number(on.slice(5, 7)), date: Number(on.slice(8)), leap: false } as const;
  for (let from = 0; from < people; from += PAGE) {
    await store.unit(async (unit) => {
      for (let index = from; index < Math.min(people, from + PAGE); index++) {
        const id = `g${String(index).padStart(7, "0")}`;
        await unit.customers.put({ ...newCustomer(id, since), name: `客户${index}`, language: "zh-CN", birthday });
        await unit.customers.linkConversation(`push:${id}`, id);
      }
    });
  }
}

interface Played {
  readonly waitsMs: readonly number[];
  readonly greeted: number;
  readonly planned: number;
}

/** Nobody but the bench itself does what care does here. */
const NO_LEASES: Leases = { acquire: async () => null, close: async () => undefined };

async function play(
  bench: Bench,
  store: Store,
  base: Profile,
  phase: Phase,
  start: Instant,
  run: string,
  seconds: number,
): Promise<Played> {
  const shift = start - Date.now();
  const now = (): Instant => Date.now() + shift;
  let greeted = 0;
  const push: Channel = {
    name: "push",
    capabilities: {
      textLimit: { amount: 4_000, unit: "characters" },
      buttons: 3,
      media: [],
      pulled: false,
      pushWindowMs: null,
      pushQuota: null,
      idempotent: true,
    },
    async send() {
      greeted++;
      return { result: "sent" };
    },
  };
  const web = createWebClient();
  const engine = createEngine({
    profile: {
      ...base,
      carePlans: base.carePlans.filter((plan) => plan.id === PLAN),
      care: { ...base.care, perMinute: phase.perMinute },
    },
    store,
    clock: { now },
    wakeups: createInProcessWakeups(),
    feed: createInProcessFeed(),
    channels: new Map<string, Channel>([
      [web.name, web],
      [push.name, push],
    ]),
    understander: bench.understander,
    random: Math.random,
    onError: (what, error) => {
      throw new Error(what, { cause: error });
    },
  });
  const failed = (what: string, error: unknown): never => {
    throw new Error(what, { cause: error });
  };
  const runner = startRunner(engine, failed, { lanes: 1, leases: NO_LEASES, rounds: createRounds() });
  let care: ReturnType<typeof startCareLoop> | null = null;
  const waitsMs = await load(engine, run, seconds, now, () => {
    if (phase.care)
      care = startCareLoop(
        () => engine.care.step(),
        (error) => failed("care", error),
      );
  });
  await (care as ReturnType<typeof startCareLoop> | null)?.stop();
  // What a busy machine has not planned meanwhile is no part of the phases in which greetings go out.
  if (phase.minute < GREETED_AT) while (phase.care && (await engine.care.step()) > 0);
  await runner.stop();
  const planned = await store.unit(async (unit) => (await unit.care.count(PLAN)).reduce((sum, one) => sum + one.count, 0));
  return { waitsMs, greeted, planned };
}

/** Conversations at a steady pace; waits of those after the first seconds, when `begin` is called. */
async function load(engine: Engine, run: string, seconds: number, now: () => Instant, begin: () => void): Promise<readonly number[]> {
  const waitsMs: number[] = [];
  const open = new Map<string, { readonly due: number; readonly counts: boolean }>();
  const stopWatching = engine.feed.watch(null, (conversation) => {
    const message = open.get(conversation);
    if (!message) return;
    open.delete(conversation);
    if (message.counts) waitsMs.push(performance.now() - message.due);
  });
  const total = PER_SECOND * (WARM_S + seconds);
  const began = performance.now();
  const runs: Promise<unknown>[] = [];
  // Of those who write now, a third begin, a third are in their second turn, a third in their last.
  const apart = PER_SECOND;
  for (let at = 0; at < total; at++) {
    if (at === PER_SECOND * WARM_S) begin();
    const due = began + (at * 1_000) / PER_SECOND;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const turn = at % TURNS;
    const who = Math.floor(at / TURNS) - turn * apart;
    if (who < 0) continue;
    open.set(conversationOf(run, who), { due, counts: at >= PER_SECOND * WARM_S });
    runs.push(engine.intake.accept([entryOf(run, who, turn, now())]));
  }
  await Promise.all(runs);
  const patience = performance.now() + MINUTE_MS / 6;
  while (open.size > 0 && performance.now() < patience) await new Promise((resolve) => setTimeout(resolve, 10));
  stopWatching();
  return waitsMs;
}
