/**
 * The fault run of a channel: the real service as a process of its own before an emulated platform that misbehaves, killed now
 * and then, while customers write. In the end what they saw is held to what was kept.
 */
import { join } from "node:path";
import Database from "better-sqlite3";
import { giveModel } from "../../support/models.ts";
import { type Chance, createChance } from "../chance.ts";
import { pause } from "../http.ts";
import { FIRST_READY_MS, READY_MS } from "../plant.ts";
import { freePort, type ServiceProcess, startServiceProcess } from "../service-process.ts";
import { type Counts, check, type Findings } from "./check.ts";
import type { SoakCustomer, SoakPlatform } from "./platform.ts";
import { openSlackSoak } from "./slack.ts";
import { openTelegramSoak } from "./telegram.ts";
import { openWecomSoak } from "./wecom.ts";

export const PLATFORMS = { telegram: openTelegramSoak, slack: openSlackSoak, wecom: openWecomSoak } as const;
export type PlatformName = keyof typeof PLATFORMS;

export interface ChannelSoakOptions {
  readonly channel: PlatformName;
  readonly faults: number;
  readonly seed: number;
  /** Customers who write at the same time. */
  readonly customers: number;
  /** Empty folder; the caller removes it. */
  readonly dataDir: string;
  readonly progress: (text: string) => void;
}

export interface ChannelSoakResult {
  readonly findings: Findings;
  readonly counts: Counts & { readonly faults: Readonly<Record<string, number>>; readonly seconds: number };
}

const PROFILE = "appliance";
const KILL = "killed and started again";
/** Share of faults that are kills. */
const KILLS = 0.08;
/** Questions with answers that are short, stand alone and differ. Nobody asks the same twice running. */
const QUESTIONS = ["你们几点开门", "地址在哪里", "空调加氟多少钱", "谢谢", "怎么付款"] as const;
/** So many messages somebody writes without an answer to any; what platforms allow us to answer is counted by what they write. */
const MOST_UNANSWERED = 2;
/** The next thing goes wrong when somebody was answered since the last, or after so long: faults are to meet calls, not to pile up, ms. */
const NEXT_FAULT_MS = 4_000;
/** A send that failed several times waits up to ten minutes; whatever still waits after this is lost, ms. */
const SETTLE_MS = 900_000;

export async function soakChannel(options: ChannelSoakOptions): Promise<ChannelSoakResult> {
  const began = performance.now();
  const chance = createChance(options.seed);
  const platform = await PLATFORMS[options.channel]();
  await giveModel(options.dataDir);
  const port = await freePort();
  const start = (): ServiceProcess =>
    startServiceProcess({ port, dataDir: options.dataDir, profile: PROFILE, settings: platform.settings(port) });
  let service = start();
  const killedAt: number[] = [];
  const faults: Record<string, number> = {};
  let crowd: Crowd | null = null;
  try {
    options.progress("first start");
    await service.ready(FIRST_READY_MS);
    platform.attach(port);
    crowd = gather(platform, options.customers, chance.branch());
    for (let count = 1; count <= options.faults; count++) {
      await pause(chance.between(50, 300));
      const before = crowd.shown();
      const until = performance.now() + NEXT_FAULT_MS;
      while (crowd.shown() === before && performance.now() < until) await pause(30);
      if (service.ended()) throw new Error(`the service ended by itself:\n${service.output()}`);
      const name = chance.happens(KILLS) ? KILL : chance.pick(Object.keys(platform.faults));
      if (name === KILL) {
        await service.kill();
        killedAt.push(Date.now());
        service = start();
        await service.ready(READY_MS);
      } else await platform.faults[name]!(chance);
      faults[name] = (faults[name] ?? 0) + 1;
      if (count % 20 === 0) options.progress(`${count} of ${options.faults} faults`);
    }
    options.progress("letting everyone finish");
    await platform.calm();
    await crowd.finish();
    await platform.calm();
    const path = join(options.dataDir, "anxin.sqlite");
    await settled(path, options.channel);
    const code = await service.stop();
    if (code !== 0) throw new Error(`asked to stop, the service ended with ${code}:\n${service.output()}`);
    const { findings, counts } = check({
      ...readKept(path, options.channel),
      customers: crowd.people.map(({ customer, said }) => ({ conversation: customer.conversation, said, seen: customer.seen() })),
      killedAt,
    });
    return { findings, counts: { ...counts, faults, seconds: (performance.now() - began) / 1_000 } };
  } finally {
    crowd?.abandon();
    if (!service.ended()) await service.kill();
    await platform.close();
  }
}

interface Crowd {
  readonly people: readonly {
    readonly customer: SoakCustomer;
    readonly said: { readonly text: string; readonly acknowledged: boolean }[];
  }[];
  /** How many messages all of them have seen. */
  shown(): number;
  /** Begins nothing new; resolves when all that was said has been brought or given up. */
  finish(): Promise<void>;
  abandon(): void;
}

function gather(platform: SoakPlatform, size: number, chance: Chance): Crowd {
  let running = true;
  const people = Array.from({ length: size }, (_, index) => ({
    customer: platform.customer(index + 1),
    said: [] as { text: string; acknowledged: boolean }[],
  }));
  async function talk({ customer, said }: (typeof people)[number], own: Chance): Promise<void> {
    while (running) {
      const before = customer.seen().length;
      // Some write on before they are answered.
      for (let left = own.happens(0.3) ? MOST_UNANSWERED : 1; left > 0; left--) {
        const text = own.pick(QUESTIONS.filter((one) => one !== said.at(-1)?.text));
        said.push({ text, acknowledged: await customer.say(text) });
      }
      const taken = said.slice(-MOST_UNANSWERED).some((one) => one.acknowledged);
      while (running && taken && customer.seen().length === before) await pause(30);
      await pause(own.between(100, 900));
    }
  }
  const talks = people.map((person) => talk(person, chance.branch()));
  return {
    people,
    shown: () => people.reduce((sum, { customer }) => sum + customer.seen().length, 0),
    async finish() {
      running = false;
      await Promise.all(talks);
    },
    abandon() {
      running = false;
    },
  };
}

/** Until nothing waits to be worked or sent to customers any more. */
async function settled(path: string, channel: string): Promise<void> {
  const database = new Database(path, { readonly: true });
  const waiting = database.prepare<[string, string], { readonly count: number }>(
    `select (select count(*) from inbox where status = 'waiting' and conversation like ?)
      + (select count(*) from messages where status = 'pending' and conversation like ?) as count`,
  );
  try {
    const deadline = performance.now() + SETTLE_MS;
    // What the platform still brings comes within moments.
    for (let quiet = 0; quiet < 10; ) {
      await pause(200);
      quiet = waiting.get(`${channel}:%`, `${channel}:%`)!.count === 0 ? quiet + 1 : 0;
      if (performance.now() > deadline) return;
    }
  } finally {
    database.close();
  }
}

/** What the service left behind, by plain SQL. */
function readKept(path: string, channel: string) {
  const database = new Database(path, { readonly: true });
  const like = `${channel}:%`;
  const all = <Row>(sql: string): Row[] => database.prepare<[string], Row>(sql).all(like);
  try {
    return {
      inbox: all<{ id: string; conversation: string; text: string; status: string }>(
        `select id, conversation, event ->> 'text' as text, status from inbox
          where conversation like ? and event ->> 'kind' = 'message' order by seq`,
      ),
      messages: all<{ id: string; conversation: string; text: string; status: string }>(
        "select id, conversation, text, status from messages where conversation like ? and sender != 'customer' order by seq",
      ),
      traces: new Map(
        all<{ entry: string; count: number }>(
          "select trace ->> 'entry' as entry, count(*) as count from traces where trace ->> 'entry' like ? group by 1",
        ).map(({ entry, count }) => [entry, count]),
      ),
      integrity: database.pragma("integrity_check", { simple: true }) as string,
    };
  } finally {
    database.close();
  }
}
