/** The whole service of one process: store, engine, HTTP host and channels, started and stopped together. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { createHttpHost } from "../../adapters/http/index.ts";
import { aboutBusiness, mountWeb } from "../../adapters/web/index.ts";
import { traceNames } from "../../core/conversation/explain.ts";
import { AnxinError } from "../../core/errors.ts";
import type { Channel, Clock, StaffChannel } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import type { Understander } from "../../core/understanding/index.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import type { Settings } from "../settings.ts";
import { type Connections, openConnections } from "./connections.ts";
import { createEngine, type Engine } from "./engine.ts";
import { createInProcessFeed } from "./feed.ts";
import { createMetrics } from "./metrics.ts";
import { startRunner } from "./runner.ts";
import { loadSample, sampleKey } from "./sample.ts";

export interface ServiceParts {
  readonly settings: Settings;
  readonly profile: Profile;
  readonly understander: Understander;
  readonly logger: Logger;
  /** The machine's clock when left out. */
  readonly clock?: Clock;
}

export interface Service {
  readonly address: string;
  readonly engine: Engine;
  /** Whether sample data was put into a new database. */
  readonly sampled: boolean;
  /** The platforms beside the web. */
  readonly connections: Connections;
  /** Takes nothing new, finishes what is under way, closes the store. */
  stop(): Promise<void>;
}

/** The database file within the data folder. */
export function databasePath(dataDir: string): string {
  return join(dataDir, "anxin.sqlite");
}

/** @throws AnxinError when the data folder can't be used or the address is taken */
export async function startService(parts: ServiceParts): Promise<Service> {
  const { settings, profile, logger } = parts;
  try {
    mkdirSync(settings.dataDir, { recursive: true });
  } catch (cause) {
    throw new AnxinError(
      "data_dir",
      `the data folder ${settings.dataDir} cannot be made; set DATA_DIR to a folder this user may write`,
      {},
      cause,
    );
  }
  const store = await openSqliteStore({ path: databasePath(settings.dataDir) });
  const wakeups = createInProcessWakeups();
  const feed = createInProcessFeed();
  const clock = parts.clock ?? { now: () => Date.now() };
  const channels = new Map<string, Channel>();
  const staffChannels = new Map<string, StaffChannel>();
  let connections: Connections | null = null;
  const metrics = createMetrics(store, () => ({
    channels: connections?.names ?? [],
    staffChannels: [...staffChannels.keys()],
    isUp: (channel) => connections?.isUp(channel) ?? false,
  }));
  let stopping = false;
  const host = createHttpHost({
    host: settings.host,
    port: settings.port,
    logger,
    adminToken: settings.adminToken,
    publicUrl: settings.publicUrl,
    ready: () => (stopping ? ["stopping"] : (connections?.reasons() ?? ["starting"])),
    metrics: () => metrics.text(),
  });
  const engine = createEngine({
    profile,
    zone: settings.zone,
    store,
    clock,
    wakeups,
    feed,
    channels,
    staffChannels,
    understander: parts.understander,
    random: Math.random,
    onError: (what, error, data) => logger.error({ err: error, ...data }, what),
  });
  const { model } = engine.dependencies;
  const sampled = await loadSample(store, profile, clock.now(), model.zone);
  const onSample = (await store.unit((unit) => unit.meta.get("sample"))) === profile.business.id;
  const customers = onSample
    ? profile.sample.customers.map((customer) => ({
        id: `sample-${customer.id}`,
        name: customer.name,
        language: customer.language,
        vip: customer.vip,
        conversation: sampleKey(customer.id),
      }))
    : [];
  // Before the host listens, for routes are hung on it; and before the runner, which works what is connected.
  connections = openConnections(host, { settings: settings.channels, engine, model, logger, channels, staffChannels });
  const web = mountWeb(host, {
    store,
    feed,
    intake: engine.intake,
    clock,
    about: aboutBusiness(profile, model.zone, customers, ["web", ...connections.names]),
    names: traceNames(model),
  });
  channels.set(web.name, web);
  const runner = startRunner(engine, (what, error) => logger.error({ err: error }, what));
  let address: string;
  try {
    address = await host.listen();
  } catch (cause) {
    await runner.stop();
    await store.close();
    const taken = (cause as NodeJS.ErrnoException).code === "EADDRINUSE";
    throw new AnxinError(
      "listen",
      taken
        ? `port ${settings.port} is in use; set PORT to another one, or stop the program that has it`
        : `cannot listen on ${settings.host}:${settings.port}: ${(cause as Error).message}`,
      {},
      cause,
    );
  }
  // A platform that is slow to answer keeps nobody waiting: `readyz` says what is not there yet.
  void connections.start();
  return {
    address,
    engine,
    sampled,
    connections,
    async stop() {
      stopping = true;
      await connections.stop();
      await host.close();
      await runner.stop();
      await store.close();
    },
  };
}
