/**
 * How long a customer waits at a steady load: open-loop, so that a slow moment is felt by all who come in it, and each wait
 * counts from when the message should have come in, not from when the bench got round to it.
 */

import { join } from "node:path";
import { createRounds } from "../../bots/service/rounds.ts";
import { startRunner } from "../../bots/service/runner.ts";
import { createInProcessLeases } from "../../storage/jobs/in-process-leases.ts";
import { conversationOf, entryOf, TURNS } from "./dialogue.ts";
import { median, percentile, progress, type Section } from "./figures.ts";
import { type Bench, openEngine, withMoreHands } from "./setup.ts";

/** Conversations that write a message each second. */
const PER_SECOND = 200;
const GOAL_P99_MS = 10;
/** A customer's next message comes this long after the one before, s. */
const BETWEEN_TURNS_S = 2;
/** With one business's eight technicians the calendars would be full after some seconds. */
const TIMES_HANDS = 4;
const WARM_S = 5;

interface Load {
  readonly waitsMs: readonly number[];
  readonly answered: number;
  readonly sent: number;
  readonly lateMs: readonly number[];
}

export async function benchLatency(bench: Bench): Promise<Section> {
  const seconds = bench.quick ? 5 : 30;
  progress(`latency: ${PER_SECOND} conversations a second for ${seconds} s`);
  const { waitsMs, lateMs, sent, answered } = await play(bench, seconds);
  const p99 = percentile(waitsMs, 0.99);
  return {
    title: `latency: ${PER_SECOND} conversations a second, each a message every ${BETWEEN_TURNS_S} s for ${TURNS} turns, ${seconds} s, from arrival to committed reply`,
    figures: [
      { what: "p50", value: median(waitsMs), unit: "ms" },
      { what: "p99", value: p99, unit: "ms", goal: { text: `under ${GOAL_P99_MS} ms`, met: p99 < GOAL_P99_MS } },
      { what: "max", value: Math.max(...waitsMs), unit: "ms" },
      { what: "messages answered", value: answered, unit: "", note: `of ${sent.toLocaleString("en")}` },
      { what: "bench's own delay, p99", value: percentile(lateMs, 0.99), unit: "ms", note: "within the waits above" },
    ],
  };
}

async function play(bench: Bench, seconds: number): Promise<Load> {
  const profile = withMoreHands(bench.profile, TIMES_HANDS);
  const { engine, store } = openEngine(bench, join(bench.folder, "latency.sqlite"), { profile });
  const runner = startRunner(
    engine,
    (what, error) => {
      throw new Error(what, { cause: error });
    },
    { lanes: 1, leases: createInProcessLeases(), rounds: createRounds() },
  );
  const waitsMs: number[] = [];
  const lateMs: number[] = [];
  /** When the open message of a conversation should have come in, and whether it counts. */
  const open = new Map<string, { readonly due: number; readonly counts: boolean }>();
  let answered = 0;
  const stopWatching = engine.feed.watch(null, (conversation) => {
    const message = open.get(conversation);
    if (!message) return;
    open.delete(conversation);
    if (!message.counts) return;
    waitsMs.push(performance.now() - message.due);
    answered += 1;
  });

  // 200 messages a second: of those who write now, a third begin, a third are in their second turn, a third in their last.
  const total = PER_SECOND * (WARM_S + seconds);
  const began = performance.now();
  const runs: Promise<unknown>[] = [];
  const shift = (PER_SECOND / TURNS) * BETWEEN_TURNS_S;
  let sent = 0;
  for (let at = 0; at < total; at++) {
    const due = began + (at * 1_000) / PER_SECOND;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const counts = at >= PER_SECOND * WARM_S;
    const turn = at % TURNS;
    const who = Math.floor(at / TURNS) - Math.round(turn * shift);
    if (who < 0) continue;
    const conversation = conversationOf("latency", who);
    open.set(conversation, { due, counts });
    if (counts) {
      sent += 1;
      lateMs.push(Math.max(0, performance.now() - due));
    }
    runs.push(engine.intake.accept([entryOf("latency", who, turn, Date.now())]));
  }
  await Promise.all(runs);
  while (open.size > 0 && performance.now() < began + (WARM_S + seconds + 10) * 1_000)
    await new Promise((resolve) => setTimeout(resolve, 10));
  stopWatching();
  await runner.stop();
  await store.close();
  return { waitsMs, answered, sent, lateMs };
}
