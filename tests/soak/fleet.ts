/**
 * Two fronts and two workers on a Postgres and a Redis of their own. Each of them is killed, the database's connections are cut,
 * Postgres and Redis are asked to stop or killed, stay away, and are started again; Redis is wiped.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import type { Chance } from "./chance.ts";
import { readPostgres } from "./evidence.ts";
import { pause } from "./http.ts";
import { FIRST_READY_MS, type Plant, type PlantOptions, READY_MS } from "./plant.ts";
import { startPostgres, startRedis } from "./servers.ts";
import { freePort, type ServiceProcess, startServiceProcess } from "./service-process.ts";

const ROLES = ["front", "front", "worker", "worker"] as const;
/** Between two faults, ms. */
const BETWEEN_MS = [100, 900] as const;
/** How long Redis or Postgres stays away, ms. */
const AWAY_MS = [0, 2_000] as const;
/** Chance that a kill does not wait until the process is ready again after the last one. */
const KILLS_AT_START = 0.15;

type Fault = "front" | "worker" | "connections" | "redis wiped" | "redis restarted" | "postgres restarted";
/** How often each of them, of a hundred. */
const SHARES: readonly (readonly [Fault, number])[] = [
  ["worker", 32],
  ["front", 23],
  ["connections", 17],
  ["redis wiped", 10],
  ["redis restarted", 9],
  ["postgres restarted", 9],
];

async function withDatabase(url: string, ask: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await ask(client);
  } finally {
    await client.end();
  }
}

export async function createFleet({ dataDir, profile }: PlantOptions): Promise<Plant> {
  const redis = await startRedis();
  const postgres = await startPostgres();
  const ports: number[] = [];
  for (const _role of ROLES) ports.push(await freePort());
  const settings = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
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

  const someTime = (chance: Chance): number => chance.between(...AWAY_MS);
  const someBlow = (chance: Chance): "asked" | "killed" => (chance.happens(0.5) ? "killed" : "asked");

  /** A process that starts needs the database; one that is under way waits for it. */
  async function restartPostgres(chance: Chance): Promise<void> {
    await allReady();
    await postgres.restart(someBlow(chance), someTime(chance));
  }

  async function wipeRedis(): Promise<void> {
    const flush = spawn("redis-cli", ["-u", redis.url, "flushall"], { stdio: "ignore" });
    await once(flush, "exit");
  }

  const cutConnections = (): Promise<void> =>
    withDatabase(postgres.url, (client) =>
      client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      ),
    );

  const allReady = async (): Promise<void> => void (await Promise.all(fleet.map((one) => one!.ready(READY_MS))));

  const faults: Readonly<Record<Fault, (chance: Chance) => Promise<void>>> = {
    front: (chance) => kill(chance.pick(fronts), chance),
    worker: (chance) => kill(chance.pick(workers), chance),
    connections: cutConnections,
    "redis wiped": wipeRedis,
    "redis restarted": (chance) => redis.restart(someBlow(chance), someTime(chance)),
    "postgres restarted": restartPostgres,
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
    ready: allReady,
    async stop() {
      const codes = await Promise.all(fleet.map((one) => one!.stop()));
      const bad = codes.findIndex((code) => code !== 0);
      if (bad >= 0) throw new Error(`asked to stop, a ${ROLES[bad]} ended with ${codes[bad]}:\n${fleet[bad]!.output()}`);
    },
    left: () => readPostgres(postgres.url),
    faults: () => done,
    async abandon() {
      for (const one of fleet) if (one && !one.ended()) await one.kill();
      await Promise.all([redis.end(), postgres.end()]);
    },
  };
}
