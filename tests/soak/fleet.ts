/**
 * Two fronts and two workers on a Postgres database and a Redis of their own. Each of them is killed, the database's connections
 * are cut, Redis is wiped, killed and started again.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import type { Chance } from "./chance.ts";
import { readPostgres } from "./evidence.ts";
import { pause } from "./http.ts";
import { FIRST_READY_MS, type Plant, type PlantOptions, READY_MS } from "./plant.ts";
import { freePort, type ServiceProcess, startServiceProcess } from "./service-process.ts";

const POSTGRES = process.env["ANXIN_TEST_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/postgres";
const ROLES = ["front", "front", "worker", "worker"] as const;
/** Between two faults, ms. */
const BETWEEN_MS = [100, 900] as const;
/** How long Redis stays away, ms. */
const AWAY_MS = [0, 2_000] as const;
/** Chance that a kill does not wait until the process is ready again after the last one. */
const KILLS_AT_START = 0.15;

type Fault = "front" | "worker" | "connections" | "redis wiped" | "redis killed";
/** How often each of them, of a hundred. */
const SHARES: readonly (readonly [Fault, number])[] = [
  ["worker", 35],
  ["front", 25],
  ["connections", 20],
  ["redis wiped", 10],
  ["redis killed", 10],
];

async function asAdministrator(text: string, values: readonly unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES });
  await client.connect();
  try {
    await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

async function startRedis(port: number): Promise<ChildProcess> {
  const child = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  await new Promise<void>((resolve, reject) => {
    child.once("error", () => reject(new Error("redis-server can't be started; the scaled engine needs it in the PATH")));
    child.once("exit", () => reject(new Error("redis-server ended by itself")));
    child.stdout!.on("data", (text: Buffer) => {
      if (text.includes("Ready to accept connections")) resolve();
    });
  });
  child.removeAllListeners("exit");
  return child;
}

export async function createFleet({ dataDir, profile }: PlantOptions): Promise<Plant> {
  const database = `anxin_soak_${process.pid}_${Date.now().toString(36)}`;
  const address = new URL(POSTGRES);
  address.pathname = `/${database}`;
  const redisPort = await freePort();
  const ports: number[] = [];
  for (const _role of ROLES) ports.push(await freePort());
  await asAdministrator(`create database ${database}`);
  let redis = await startRedis(redisPort);
  const settings = { DATABASE_URL: address.href, REDIS_URL: `redis://127.0.0.1:${redisPort}` };
  const start = (at: number): ServiceProcess =>
    startServiceProcess({ port: ports[at]!, dataDir, profile, more: ["--role", ROLES[at]!], settings });
  const fleet: (ServiceProcess | undefined)[] = [];
  const fronts = ROLES.flatMap((role, at) => (role === "front" ? [at] : []));
  const workers = ROLES.flatMap((role, at) => (role === "worker" ? [at] : []));
  const done: Record<string, number> = {};
  let turn = 0;

  async function kill(at: number, chance: Chance): Promise<void> {
    const service = fleet[at]!;
    if (chance.happens(KILLS_AT_START)) done["kills that may hit a start"] = (done["kills that may hit a start"] ?? 0) + 1;
    else await service.ready(READY_MS);
    if (service.ended()) throw new Error(`a ${ROLES[at]} ended by itself:\n${service.output()}`);
    await service.kill();
    fleet[at] = start(at);
  }

  async function killRedis(chance: Chance): Promise<void> {
    const ended = once(redis, "exit");
    redis.kill("SIGKILL");
    await ended;
    await pause(chance.between(...AWAY_MS));
    redis = await startRedis(redisPort);
  }

  async function wipeRedis(): Promise<void> {
    const flush = spawn("redis-cli", ["-p", String(redisPort), "flushall"], { stdio: "ignore" });
    await once(flush, "exit");
  }

  const faults: Readonly<Record<Fault, (chance: Chance) => Promise<void>>> = {
    front: (chance) => kill(chance.pick(fronts), chance),
    worker: (chance) => kill(chance.pick(workers), chance),
    connections: () => asAdministrator("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [database]),
    "redis wiped": wipeRedis,
    "redis killed": killRedis,
  };

  return {
    // As a load balancer does: in turn, and whoever is down refuses.
    port() {
      turn += 1;
      return ports[fronts[turn % fronts.length]!]!;
    },
    async start() {
      // The first one trains if need be; all of them migrate.
      fleet[0] = start(0);
      await fleet[0].ready(FIRST_READY_MS);
      for (let at = 1; at < ROLES.length; at++) fleet[at] = start(at);
      await Promise.all(fleet.map((one) => one!.ready(READY_MS)));
    },
    async fail(chance) {
      await pause(chance.between(...BETWEEN_MS));
      let drawn = chance.between(0, 99);
      const [fault] = SHARES.find(([, share]) => {
        drawn -= share;
        return drawn < 0;
      })!;
      done[fault] = (done[fault] ?? 0) + 1;
      await faults[fault](chance);
    },
    ready: async () => void (await Promise.all(fleet.map((one) => one!.ready(READY_MS)))),
    async stop() {
      const codes = await Promise.all(fleet.map((one) => one!.stop()));
      const bad = codes.findIndex((code) => code !== 0);
      if (bad >= 0) throw new Error(`asked to stop, a ${ROLES[bad]} ended with ${codes[bad]}:\n${fleet[bad]!.output()}`);
    },
    left: () => readPostgres(address.href),
    faults: () => done,
    async abandon() {
      for (const one of fleet) if (one && !one.ended()) await one.kill();
      redis.kill("SIGKILL");
      await asAdministrator(`drop database if exists ${database} with (force)`);
    },
  };
}
