/**
 * How much memory the service keeps: the real process with few and with many stored conversations, and after many turns. It
 * must depend on what is under way, not on what was ever stored.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readMigrations } from "../../storage/migrations/plan.ts";
import { connect } from "../../storage/sqlite/connection.ts";
import { migrate } from "../../storage/sqlite/migrate.ts";
import { SQLITE_MIGRATIONS } from "../../storage/sqlite/store.ts";
import { type Client, createClient, pause } from "../soak/http.ts";
import { freePort, startServiceProcess } from "../soak/service-process.ts";
import { TURNS, words } from "./dialogue.ts";
import { type Figure, progress, type Section } from "./figures.ts";
import type { Bench } from "./setup.ts";
import { fill } from "./storage.ts";

const GOAL_MB = 200;
/** Difference that counts as none: what the collector happens to have left lying about, MB. */
const FLAT_MB = 30;
/** Turns before memory is looked at, so that code and caches are warm. */
const WARM_TURNS = 3_000;
/** Customers who write at the same time. */
const ABREAST = 24;
const READY_MS = 180_000;

export async function benchMemory(bench: Bench): Promise<Section> {
  const few = 1_000;
  const many = bench.quick ? 10_000 : 100_000;
  const turns = bench.quick ? 3_000 : 100_000;
  const small = await measure(bench, few, WARM_TURNS, 0);
  const large = await measure(bench, many, WARM_TURNS, turns);
  const growth = large.warmMb - small.warmMb;
  const figures: Figure[] = [
    {
      what: `resident, ${few.toLocaleString("en")} stored conversations`,
      value: small.warmMb,
      unit: "MB",
      note: `after ${WARM_TURNS.toLocaleString("en")} turns`,
    },
    {
      what: `resident, ${many.toLocaleString("en")} stored conversations`,
      value: large.warmMb,
      unit: "MB",
      goal: { text: `under ${GOAL_MB} MB and flat`, met: large.warmMb < GOAL_MB && growth < FLAT_MB },
      note: `${growth >= 0 ? "+" : ""}${growth.toFixed(0)} MB`,
    },
    {
      what: `resident, ${turns.toLocaleString("en")} turns later`,
      value: large.laterMb,
      unit: "MB",
      goal: { text: `under ${GOAL_MB} MB and flat`, met: large.laterMb < GOAL_MB && large.laterMb - large.warmMb < FLAT_MB },
      note: `most ${large.mostMb.toFixed(0)} MB; ${large.perSecond.toFixed(0)} turns a second over HTTP, this bench's own work on the same cores`,
    },
  ];
  return { title: "memory of the service process", figures };
}

async function measure(
  bench: Bench,
  stored: number,
  warm: number,
  turns: number,
): Promise<{ warmMb: number; laterMb: number; mostMb: number; perSecond: number }> {
  progress(`memory: ${stored.toLocaleString("en")} stored conversations`);
  const dataDir = join(bench.folder, `memory-${stored}`);
  mkdirSync(dataDir, { recursive: true });
  const connection = connect(join(dataDir, "anxin.sqlite"));
  migrate(connection, readMigrations(SQLITE_MIGRATIONS), Date.now());
  fill(connection, stored);
  connection.close();
  const port = await freePort();
  const service = startServiceProcess({ port, dataDir, profile: "appliance" });
  const client = createClient(() => port);
  try {
    await service.ready(READY_MS);
    await talk(client, "warm", warm);
    const warmMb = await restingMb(service.pid);
    const began = performance.now();
    if (turns > 0) await talk(client, "later", turns);
    const perSecond = turns / ((performance.now() - began) / 1_000);
    return { warmMb, laterMb: await restingMb(service.pid), mostMb: memoryMb(service.pid, "VmHWM"), perSecond };
  } finally {
    client.close();
    await service.stop();
  }
}

/** Customers talk, each waiting for the acknowledgement only, until `turns` messages were sent and all of them are worked. */
async function talk(client: Client, run: string, turns: number): Promise<void> {
  let next = 0;
  const customer = async (place: number): Promise<void> => {
    for (let dialogue = 0; next < turns; dialogue++) {
      const who = dialogue * ABREAST + place;
      for (let turn = 0; turn < TURNS && next < turns; turn++) {
        next += 1;
        if (next % 20_000 === 0) progress(`memory: ${next.toLocaleString("en")} turns`);
        for (;;) {
          const answer = await client.post("/channels/web/messages", {
            conversation: `${run}-${who}`,
            id: `t${turn}`,
            text: words(who, turn, Date.now()),
          });
          if (answer.status === 202) break;
          if (answer.status !== 429 && answer.status !== 503)
            throw new Error(`a message was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
          await pause(100);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, (_, place) => customer(place)));
  while (!/^anxin_inbox_waiting 0$/m.test(String((await client.get("/metrics")).body))) await pause(50);
}

/** Resident memory once the process has had a moment of rest. */
async function restingMb(pid: number): Promise<number> {
  await pause(2_000);
  return memoryMb(pid, "VmRSS");
}

/** A figure of Linux about a process, MB. */
function memoryMb(pid: number, name: "VmRSS" | "VmHWM"): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return found ? Number(found[1]) / 1_024 : Number.NaN;
}
