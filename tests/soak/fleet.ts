/**
 * Two fronts behind a balancer and two workers, on a Postgres and a Redis of their own. Each of them is killed, the database's connections are cut,
 * Postgres and Redis are asked to stop or killed, stay away, and are started again; Redis is wiped.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import type { Chance } from "./chance.ts";
import { pause } from "./http.ts";
import { type Plant, type PlantOptions, READY_MS } from "./plant.ts";
import { createTopology } from "./topology.ts";

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

export async function createFleet(options: PlantOptions): Promise<Plant> {
  const topology = await createTopology(options);
  const { postgres, redis } = topology;
  const done: Record<string, number> = {};

  async function kill(place: number, chance: Chance): Promise<void> {
    const service = topology.process(place);
    if (chance.happens(KILLS_AT_START)) done["kills that may hit a start"] = (done["kills that may hit a start"] ?? 0) + 1;
    else await service.ready(READY_MS);
    if (service.ended()) throw new Error(`a ${topology.roleAt(place)} ended by itself:\n${service.output()}`);
    await service.kill();
    topology.begin(place);
  }

  const someTime = (chance: Chance): number => chance.between(...AWAY_MS);
  const someBlow = (chance: Chance): "asked" | "killed" => (chance.happens(0.5) ? "killed" : "asked");

  /** A process that starts needs the database; one that is under way waits for it. */
  async function restartPostgres(chance: Chance): Promise<void> {
    await topology.ready();
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

  const faults: Readonly<Record<Fault, (chance: Chance) => Promise<void>>> = {
    front: (chance) => kill(chance.pick(topology.places("front")), chance),
    worker: (chance) => kill(chance.pick(topology.places("worker")), chance),
    connections: cutConnections,
    "redis wiped": wipeRedis,
    "redis restarted": (chance) => redis.restart(someBlow(chance), someTime(chance)),
    "postgres restarted": restartPostgres,
  };

  return {
    ...topology,
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
    faults: () => done,
  };
}
