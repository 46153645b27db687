/** The processes of compose.yaml's scaled profile, without containers: a balancer, two fronts, two workers, Postgres and Redis. */
import { startBalancer } from "./balancer.ts";
import { readPostgres } from "./evidence.ts";
import { FIRST_READY_MS, type Plant, type PlantOptions, READY_MS } from "./plant.ts";
import { type Server, startPostgres, startRedis } from "./servers.ts";
import { freePort, type ServiceProcess, startServiceProcess } from "./service-process.ts";

const ROLES = ["front", "front", "worker", "worker"] as const;
export type Role = (typeof ROLES)[number];

export interface Topology extends Omit<Plant, "fail" | "faults"> {
  readonly postgres: Server;
  readonly redis: Server;
  /** Places of the processes of a role. */
  places(role: Role): readonly number[];
  roleAt(place: number): Role;
  process(place: number): ServiceProcess;
  /** Starts a process in this place anew. @param program folder of another version; left out = this one */
  begin(place: number, program?: string): ServiceProcess;
  /** Requests that the balancer could send to no front. */
  unanswered(): number;
}

export async function createTopology({ dataDir, profile }: PlantOptions): Promise<Topology> {
  const redis = await startRedis();
  const postgres = await startPostgres();
  const ports: number[] = [];
  for (const _role of ROLES) ports.push(await freePort());
  const places = (wanted: Role): readonly number[] => ROLES.flatMap((role, place) => (role === wanted ? [place] : []));
  const balancer = await startBalancer(places("front").map((place) => ports[place]!));
  const settings = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
  const fleet: ServiceProcess[] = [];
  const begin = (place: number, program?: string): ServiceProcess => {
    const role = ROLES[place]!;
    fleet[place] = startServiceProcess({ port: ports[place]!, dataDir, profile, more: ["--role", role], settings, program });
    return fleet[place];
  };
  return {
    postgres,
    redis,
    places,
    roleAt: (place) => ROLES[place]!,
    process: (place) => fleet[place]!,
    begin,
    unanswered: () => balancer.unanswered(),
    port: () => balancer.port,
    fronts: () => places("front").map((place) => ports[place]!),
    pids: () => fleet.map(({ pid }) => pid),
    async start() {
      // The first one trains if need be; all of them migrate.
      await begin(0).ready(FIRST_READY_MS);
      for (let place = 1; place < ROLES.length; place++) begin(place);
      await Promise.all(fleet.map((one) => one.ready(READY_MS)));
    },
    ready: async () => void (await Promise.all(fleet.map((one) => one.ready(READY_MS)))),
    async stop() {
      const codes = await Promise.all(fleet.map((one) => one.stop()));
      const bad = codes.findIndex((code) => code !== 0);
      if (bad >= 0) throw new Error(`asked to stop, a ${ROLES[bad]} ended with ${codes[bad]}:\n${fleet[bad]!.output()}`);
    },
    left: () => readPostgres(postgres.url),
    async abandon() {
      for (const one of fleet) if (!one.ended()) await one.kill();
      await balancer.end();
      await Promise.all([redis.end(), postgres.end()]);
    },
  };
}
