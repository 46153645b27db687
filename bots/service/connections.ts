/**
 * The platforms of one service: those whose settings are there, connected, started and stopped together. One that can't be
 * started is tried again, and said to whoever asks whether the service is ready; the others serve meanwhile.
 */

import { once } from "node:events";
import type { Logger } from "pino";
import type { HttpHost } from "../../adapters/http/index.ts";
import { traceNames } from "../../core/conversation/explain.ts";
import { errorName } from "../../core/errors.ts";
import type { Channel, Connection, FileSource, Finding, Leases, MassSending, StaffChannel } from "../../core/ports.ts";
import type { BusinessModel } from "../../core/profile/model.ts";
import type { ChannelSettings } from "../channel-settings.ts";
import type { Engine } from "./engine.ts";
import { type Held, holdWhileRunning } from "./holder.ts";

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
  /** Of the processes that receive, each platform's asking and long connections are in one at a time; `null` = this one only sends. */
  readonly receiving: Leases | null;
  /** Puts a watch on what is sent. */
  readonly watch: (channel: Channel) => Channel;
  /** Filled with what was connected. */
  readonly channels: Map<string, Channel>;
  readonly staffChannels: Map<string, StaffChannel>;
  readonly files: Map<string, FileSource>;
  readonly massSendings: Map<string, MassSending>;
}

/**
 * Connects every platform whose settings are there. To be called before the host listens. A platform's library is loaded with it:
 * those that nobody uses would cost every start a tenth of a second.
 */
export async function openConnections(host: HttpHost, parts: ConnectionParts): Promise<Connections> {
  const { settings, engine, channels, staffChannels } = parts;
  const connections = new Map<string, Connection>();
  /** Platforms that could not be started, with why. */
  const failing = new Map<string, string>();
  const running = new Set<string>();
  let started: Promise<void> | null = null;
  const holders: Held[] = [];

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
  const business = { names: traceNames(model), language: model.staffLanguage };

  if (settings.telegram) {
    const { connectTelegram } = await import("../../adapters/telegram/index.ts");
    add(connectTelegram(host, { ...common("telegram"), settings: settings.telegram }));
  }
  if (settings.wecom) {
    const { connectWecom } = await import("../../adapters/wecom/index.ts");
    add(connectWecom(host, { ...common("wecom"), settings: settings.wecom }));
  }
  if (settings.slack) {
    const { connectSlack } = await import("../../adapters/slack/index.ts");
    add(connectSlack(host, { ...common("slack"), settings: settings.slack, business }));
  }

  function add(connection: Connection): void {
    const { name } = connection.channel;
    connections.set(name, connection);
    channels.set(name, parts.watch(connection.channel));
    parts.files.set(name, connection.files);
    if (connection.massSending) parts.massSendings.set(name, connection.massSending);
    if (connection.staff) staffChannels.set(name, connection.staff);
  }

  /** Tries once to start a platform. @returns whether it is started */
  async function begin(name: string, connection: Connection): Promise<boolean> {
    try {
      await connection.start();
      failing.delete(name);
      running.add(name);
      parts.logger.info({ channel: name }, "channel started");
      return true;
    } catch (error) {
      // What went wrong is the platform's to say; a token may stand in an address, so only the message's kind is kept.
      const why = errorName(error);
      failing.set(name, why);
      parts.logger.error({ channel: name, why, code: (error as { code?: unknown }).code ?? null }, "channel could not be started");
      return false;
    }
  }

  /** Tries again until it is started or the lease is over. */
  async function beginAgain(name: string, connection: Connection, until: AbortSignal): Promise<void> {
    const over = once(until, "abort");
    for (let pauseMs = FIRST_PAUSE_MS; !until.aborted; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
      let timer: NodeJS.Timeout | undefined;
      const paused = new Promise((resolve) => {
        timer = setTimeout(resolve, pauseMs);
      });
      await Promise.race([paused, over]);
      clearTimeout(timer);
      if (until.aborted || (await begin(name, connection))) return;
    }
  }

  /** Asking and long connections are one process's: what Telegram's polling, sockets and bots demand. Calls come in anywhere. */
  function receive(leases: Leases, name: string, connection: Connection): Promise<void> {
    return new Promise((resolve) => {
      let turn = new AbortController();
      let trying: Promise<void> = Promise.resolve();
      const held = holdWhileRunning(
        leases,
        `receive:${name}`,
        {
          async begin() {
            turn = new AbortController();
            if (!(await begin(name, connection))) trying = beginAgain(name, connection, turn.signal);
            resolve();
          },
          async end() {
            turn.abort();
            await trying;
            running.delete(name);
            // Another process's affair now; here nothing is amiss.
            failing.delete(name);
            await connection.rest();
          },
        },
        (error) => parts.logger.error({ err: error, channel: name }, "channel lease"),
      );
      holders.push(held);
    });
  }

  return {
    names: [...connections.keys()],
    start() {
      const { receiving } = parts;
      if (receiving !== null)
        started ??= Promise.all([...connections].map(([name, connection]) => receive(receiving, name, connection))).then(() => undefined);
      return started ?? Promise.resolve();
    },
    async stop() {
      await Promise.all(holders.map((held) => held.stop()));
      // Those whose lease was another process's have calls under way too.
      await Promise.all([...connections.values()].map((connection) => connection.stop()));
    },
    reasons: () => [...failing].map(([name, why]) => `${name}: ${why}`),
    isUp: (name) => running.has(name),
    async check() {
      const found = new Map<string, readonly Finding[]>();
      for (const [name, connection] of connections) found.set(name, await connection.check());
      return found;
    },
  };
}
