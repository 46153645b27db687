/** One process on one SQLite file, killed and started again. */
import { join } from "node:path";
import { readDatabase } from "./evidence.ts";
import { pause } from "./http.ts";
import { FIRST_READY_MS, type Plant, type PlantOptions, READY_MS } from "./plant.ts";
import { freePort, type ServiceProcess, startServiceProcess } from "./service-process.ts";

/** A killed service runs this long before the blow, ms: from the first requests on, to well under way. */
const LIVES_MS = [40, 900] as const;
/** Share of kills that hit the service while it starts. */
const KILLS_AT_START = 0.15;
/** A service is under way within this time, so that a kill within it hits any stage of the start, ms. */
const START_MS = 900;

export async function createSingle({ dataDir, profile }: PlantOptions): Promise<Plant> {
  const port = await freePort();
  const start = (): ServiceProcess => startServiceProcess({ port, dataDir, profile });
  let service: ServiceProcess | null = null;
  let kills = 0;
  let duringStart = 0;
  return {
    port: () => port,
    fronts: () => [port],
    pids: () => (service ? [service.pid] : []),
    async start() {
      service = start();
      await service.ready(FIRST_READY_MS);
    },
    async fail(chance) {
      kills += 1;
      if (kills > 1 && chance.happens(KILLS_AT_START)) {
        duringStart += 1;
        await pause(chance.between(0, START_MS));
      } else {
        if (kills > 1) await service!.ready(READY_MS);
        await pause(chance.between(...LIVES_MS));
      }
      if (service!.ended()) throw new Error(`the service ended by itself:\n${service!.output()}`);
      await service!.kill();
      service = start();
    },
    ready: () => service!.ready(READY_MS),
    async stop() {
      const code = await service!.stop();
      if (code !== 0) throw new Error(`asked to stop, the service ended with ${code}:\n${service!.output()}`);
    },
    left: async () => readDatabase(join(dataDir, "anxin.sqlite")),
    faults: () => ({ kills, "kills during the start": duringStart }),
    async abandon() {
      if (service && !service.ended()) await service.kill();
    },
  };
}
