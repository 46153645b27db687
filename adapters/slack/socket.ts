/**
 * Socket Mode: Bolt's own socket client under our own watch.
 *
 * The client's reconnection (3.1) leaves up to twelve seconds without a connection at each of Slack's refreshes, and its
 * failed attempts reject promises that nobody holds, which ends the process. So its reconnection is off: whenever a connection
 * ends, for whatever reason, a new one is made here at once, and later and later while that fails.
 */
import type { App, SocketModeReceiver } from "@slack/bolt";
import { AnxinError, errorName } from "../../core/errors.ts";
import { clientOptions } from "./api.ts";
import { loadBolt } from "./bolt.ts";
import { failureOfError } from "./errors.ts";
import { boltLogger } from "./logger.ts";
import type { SlackReceiver } from "./receiver.ts";
import type { SlackDependencies, SlackLimits } from "./types.ts";

export interface Socket {
  /**
   * Resolves when connected. Rejects when the attempt under way fails, although further ones are made for ever: whoever waits may
   * ask again.
   *
   * @throws AnxinError("slack_socket")
   */
  start(): Promise<void>;
  /** Ends the connection and makes no other; `start` begins again. */
  rest(): Promise<void>;
}

/** From `start` until `rest`. */
interface Watch {
  over: boolean;
  current: SocketModeReceiver | null;
  connected: boolean;
}

const LONGEST_PAUSE_MS = 30_000;
/** A peer that doesn't answer the goodbye is left. */
const GOODBYE_MS = 2_000;

export function createSocket(appToken: string, dependencies: SlackDependencies, limits: SlackLimits, receiver: SlackReceiver): Socket {
  const { log, pause, random } = dependencies;
  let watch: Watch | null = null;
  let waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  /** Tells those who wait for the attempt under way. */
  function told(failed: string | null): void {
    const asked = waiting;
    waiting = [];
    for (const { resolve, reject } of asked) {
      if (failed === null) resolve();
      else reject(new AnxinError("slack_socket", "Slack's socket could not be opened; it is tried again", { reason: failed }));
    }
  }

  async function open(): Promise<{ readonly link: SocketModeReceiver; readonly ended: Promise<void> }> {
    const { SocketModeReceiver } = await loadBolt();
    const { logger: _own, ...options } = clientOptions(dependencies, limits);
    const link = new SocketModeReceiver({
      appToken,
      logger: boltLogger(log),
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: options },
      // What could not be stored isn't acknowledged: Slack delivers it again.
      processEventErrorHandler: async ({ error }) => {
        log("warn", "slack event not taken", { error: error.name, code: "code" in error ? error.code : null });
        return false;
      },
    });
    // In the place of Bolt's app: it would acknowledge before anything is stored.
    const taker = {
      processEvent: async ({ body, ack }: { body: Record<string, unknown>; ack: (answer?: unknown) => Promise<void> }) =>
        ack(await receiver.take(body)),
    };
    link.init(taker as unknown as App);
    const ended = new Promise<void>((resolve) => {
      link.client.on("close", resolve);
      link.client.on("disconnected", resolve);
      // Slack announces that it will end the connection, and by this very word the client ends it.
      link.client.on("ws_message", (data: unknown) => {
        if (typeof data === "string" && /"type"\s*:\s*"disconnect"/.test(data.slice(0, 200))) resolve();
      });
    });
    return { link, ended };
  }

  async function goodbye(link: SocketModeReceiver): Promise<void> {
    await within(GOODBYE_MS, link.client.disconnect()).catch(() => undefined);
  }

  async function run(own: Watch): Promise<void> {
    let failures = 0;
    while (!own.over) {
      const { link, ended } = await open();
      if (own.over) return;
      own.current = link;
      try {
        await within(limits.connectMs, link.client.start());
        // Ended while it was being opened: nobody else says goodbye to this one.
        if (own.over) return void (await goodbye(link));
        failures = 0;
        own.connected = true;
        log("info", "slack socket connected", {});
        told(null);
        await ended;
        own.connected = false;
        if (!own.over) log("info", "slack socket ended", {});
      } catch (error) {
        if (own.over) return void (await goodbye(link));
        failures += 1;
        const failure = failureOfError(error);
        const problem = failure.kind === "limited" ? "rate_limited" : failure.error;
        log(failures === 1 ? "warn" : "info", "slack socket failed", { problem, failures });
        told(problem);
        await goodbye(link);
        const full = Math.min(LONGEST_PAUSE_MS, limits.reconnectMs * 2 ** Math.min(failures - 1, 10));
        if (!own.over) await pause(Math.ceil(Math.max(failure.kind === "limited" ? failure.afterMs : 0, full * (0.5 + random() / 2))));
      }
    }
  }

  return {
    start() {
      if (watch?.connected) return Promise.resolve();
      const outcome = new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
      if (watch === null) {
        watch = { over: false, current: null, connected: false };
        run(watch).catch((error: unknown) => {
          log("error", "slack socket given up", { error: errorName(error) });
          told("given_up");
        });
      }
      return outcome;
    },
    async rest() {
      const ending = watch;
      watch = null;
      if (ending === null) return;
      ending.over = true;
      ending.connected = false;
      told("stopped");
      if (ending.current !== null) await goodbye(ending.current);
      await receiver.idle();
    },
  };
}

/** @throws Error named TimeoutError */
async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("too late"), { name: "TimeoutError" })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
