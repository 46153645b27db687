/**
 * The platforms of one service: those whose settings are there, connected, started and stopped together. One that can't be
 * started is tried again, and said to whoever asks whether the service is ready; the others serve meanwhile.
 */
import type { Logger } from "pino";
import type { HttpHost } from "../../adapters/http/index.ts";
import { connectSlack } from "../../adapters/slack/index.ts";
import { connectTelegram } from "../../adapters/telegram/index.ts";
import { connectWecom } from "../../adapters/wecom/index.ts";
import { traceNames } from "../../core/conversation/explain.ts";
import type { Channel, Connection, Finding, StaffChannel } from "../../core/ports.ts";
import type { BusinessModel } from "../../core/profile/model.ts";
import type { ChannelSettings } from "../channel-settings.ts";
import type { Engine } from "./engine.ts";

/** A platform that could not be started is tried again after this long; doubles up to {@link LONGEST_PAUSE_MS}. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

export interface Connections {
  /** Names of the platforms that are set up. */
  readonly names: readonly string[];
  /** Begins to receive; resolves when each platform was tried once. One that can't be started is tried again until `stop`. */
  start(): Promise<void>;
  /** Takes nothing new and resolves when nothing is under way. */
  stop(): Promise<void>;
  /** Platforms that are not receiving, with why. */
  reasons(): readonly string[];
  /** Is this platform receiving? */
  isUp(name: string): boolean;
  /** What each platform says of its set-up. */
  check(): Promise<ReadonlyMap<string, readonly Finding[]>>;
}

export interface ConnectionParts {
  readonly settings: ChannelSettings;
  readonly engine: Pick<Engine, "store" | "intake" | "staffIntake" | "clock">;
  readonly model: BusinessModel;
  readonly logger: Logger;
  /** Filled with what was connected. */
  readonly channels: Map<string, Channel>;
  readonly staffChannels: Map<string, StaffChannel>;
}

/** Connects every platform whose settings are there. To be called before the host listens. */
export function openConnections(host: HttpHost, parts: ConnectionParts): Connections {
  const { settings, engine, channels, staffChannels } = parts;
  const connections = new Map<string, Connection>();
  const waiting = new Map<string, string>();
  const timers = new Map<string, NodeJS.Timeout>();
  let stopping = false;
  let started: Promise<void> | null = null;

  const common = (name: string) => {
    const logger = parts.logger.child({ channel: name });
    return {
      store: engine.store,
      intake: engine.intake,
      staffIntake: engine.staffIntake,
      clock: engine.clock,
      log: (level: "debug" | "info" | "warn" | "error", event: string, data: Readonly<Record<string, unknown>>) =>
        logger[level](data, event),
      random: Math.random,
      pause: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    };
  };
  const { model } = parts;
  const business = { names: traceNames(model), language: model.profile.business.languages[0]! };

  if (settings.telegram) add(connectTelegram(host, { ...common("telegram"), settings: settings.telegram }));
  if (settings.wecom) add(connectWecom(host, { ...common("wecom"), settings: settings.wecom }));
  if (settings.slack) add(connectSlack(host, { ...common("slack"), settings: settings.slack, business }));

  function add(connection: Connection): void {
    const { name } = connection.channel;
    connections.set(name, connection);
    channels.set(name, connection.channel);
    if (connection.staff) staffChannels.set(name, connection.staff);
    waiting.set(name, "not started yet");
  }

  async function begin(name: string, connection: Connection, pauseMs: number): Promise<void> {
    if (stopping) return;
    try {
      await connection.start();
      waiting.delete(name);
      parts.logger.info({ channel: name }, "channel started");
    } catch (error) {
      // What went wrong is the platform's to say; a token may stand in an address, so only the message's kind is kept.
      const why = error instanceof Error ? error.name : "unknown";
      waiting.set(name, why);
      parts.logger.error({ channel: name, why, code: (error as { code?: unknown }).code ?? null }, "channel could not be started");
      if (stopping) return;
      const next = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
      timers.set(
        name,
        setTimeout(() => void begin(name, connection, next), pauseMs),
      );
    }
  }

  return {
    names: [...connections.keys()],
    start() {
      started ??= Promise.all([...connections].map(([name, connection]) => begin(name, connection, FIRST_PAUSE_MS))).then(() => undefined);
      return started;
    },
    async stop() {
      stopping = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all([...connections.values()].map((connection) => connection.stop()));
    },
    reasons: () => [...waiting].map(([name, why]) => `${name}: ${why}`),
    isUp: (name) => connections.has(name) && !waiting.has(name),
    async check() {
      const found = new Map<string, readonly Finding[]>();
      for (const [name, connection] of connections) found.set(name, await connection.check());
      return found;
    },
  };
}
