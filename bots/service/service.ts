/** The service of one process: what it stands on, engine, HTTP host and channels, started and stopped together. */
import type { Logger } from "pino";
import { createHttpHost } from "../../adapters/http/index.ts";
import { aboutBusiness, createWebClient, mountReports, mountWeb } from "../../adapters/web/index.ts";
import { traceNames } from "../../core/conversation/explain.ts";
import { AnxinError } from "../../core/errors.ts";
import type { Channel, Clock, FileSource, MassSending, StaffChannel } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { withAdmission } from "../../core/spine/index.ts";
import type { Understander } from "../../core/understanding/index.ts";
import type { Settings } from "../settings.ts";
import { type Connections, openConnections } from "./connections.ts";
import { createEngine, type Engine } from "./engine.ts";
import { openInfrastructure } from "./infrastructure.ts";
import { createMetrics } from "./metrics.ts";
import { createRounds } from "./rounds.ts";
import { startRunner } from "./runner.ts";
import { loadSample, sampleKey } from "./sample.ts";
import { createTracer } from "./tracing.ts";

export interface ServiceParts {
  readonly settings: Settings;
  readonly profile: Profile;
  readonly understander: Understander;
  readonly logger: Logger;
  /** `all` when left out. */
  readonly role?: Role;
  /** The machine's clock when left out. */
  readonly clock?: Clock;
}

/** `front` takes customers' and staff's requests · `worker` takes turns, sends and keeps time · `all` both, in one process. */
export const ROLES = ["front", "worker", "all"] as const;
export type Role = (typeof ROLES)[number];

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

/** @throws AnxinError when the data folder can't be used or the address is taken */
export async function startService(parts: ServiceParts): Promise<Service> {
  const { settings, profile, logger } = parts;
  const role = parts.role ?? "all";
  const clock = parts.clock ?? { now: () => Date.now() };
  // Turns pause by what turns take; what comes in is kept, and answered, by the little that keeping takes.
  const rounds = createRounds();
  const intakeRounds = createRounds();
  const ground = await openInfrastructure(settings, clock, (what, error) => logger.error({ err: error }, what), intakeRounds);
  const { store, wakeups, feed } = ground;
  const channels = new Map<string, Channel>();
  const staffChannels = new Map<string, StaffChannel>();
  const files = new Map<string, FileSource>();
  const massSendings = new Map<string, MassSending>();
  let connections: Connections | null = null;
  const tracer =
    settings.tracesUrl === null ? null : createTracer(settings.tracesUrl, role, (error) => logger.warn({ err: error }, "traces"));
  const metrics = createMetrics({
    store,
    hubUp: ground.hubUp,
    logger,
    tracer,
    watch: () => ({
      channels: connections?.names ?? [],
      staffChannels: [...staffChannels.keys()],
      isUp: (channel) => connections?.isUp(channel) ?? false,
    }),
  });
  let stopping = false;
  const host = createHttpHost({
    host: settings.host,
    port: settings.port,
    logger,
    adminToken: settings.adminToken,
    publicUrl: settings.publicUrl,
    ready: async () => (stopping ? ["stopping"] : [...(await ground.problems()), ...(connections?.reasons() ?? ["starting"])]),
    metrics: () => metrics.text(),
    onRequest() {
      intakeRounds.onRequest();
      rounds.onRequest();
    },
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
    files,
    massSendings,
    understander: parts.understander,
    random: Math.random,
    group: ground.group,
    holdMs: ground.holdMs,
    pacing: ground.pacing,
    onError: (what, error, data) => {
      metrics.failure(what);
      logger.error({ err: error, ...data }, what);
    },
    onTurn: (entry) => metrics.turn(entry, clock.now()),
    rounds: intakeRounds,
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
  const intake = metrics.watchIntake(withAdmission(engine.intake, store, clock));
  // Before the host listens, for routes are hung on it; and before the runner, which works what is connected.
  connections = await openConnections(host, {
    settings: settings.channels,
    engine: { ...engine, intake },
    model,
    logger,
    // A worker only sends: what comes in comes in at the fronts, and of those that ask or hold a line there is one.
    receiving: role === "worker" ? null : ground.leases,
    watch: (channel) => metrics.watchChannel(channel),
    channels,
    staffChannels,
    files,
    massSendings,
  });
  const web =
    role === "worker"
      ? createWebClient()
      : mountWeb(host, {
          store,
          feed,
          intake,
          clock,
          about: aboutBusiness(profile, model.zone, customers, ["web", ...connections.names]),
          names: traceNames(model),
          questions: engine.questions,
          model,
          files,
        });
  const { holds, forecasts } = engine;
  if (role !== "worker") mountReports(host, { store, clock, model, campaigns: engine.care.campaigns, holds, forecasts });
  channels.set(web.name, metrics.watchChannel(web));
  const runner = role === "front" ? null : startRunner(engine, (what, error) => logger.error({ err: error }, what), { ...ground, rounds });
  let address: string;
  try {
    address = await host.listen();
  } catch (cause) {
    await runner?.stop();
    await ground.close();
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
      await runner?.stop();
      await tracer?.close();
      await ground.close();
    },
  };
}
