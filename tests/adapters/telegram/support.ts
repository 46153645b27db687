/**
 * The Telegram channel at work: the real adapter on a real HTTP host and a real SQLite store, with the emulated platform at the
 * other end of real HTTP. Time stands still until it is moved; in `auto` mode whoever waits moves it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { createHttpHost, type HttpHost } from "../../../adapters/http/index.ts";
import { connectTelegram, type TelegramLimits, type TelegramSettings } from "../../../adapters/telegram/index.ts";
import { createVirtualClock, type VirtualClock } from "../../../bots/service/virtual-clock.ts";
import { AnxinError } from "../../../core/errors.ts";
import type { Connection, Intake, StaffAct, StaffIntake, Store } from "../../../core/ports.ts";
import type { InboxEntry, NewMessage, StoredMessage } from "../../../core/spine/events.ts";
import { createIntake } from "../../../core/spine/index.ts";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { startTelegramEmulator, type TelegramEmulator } from "../../emulators/telegram/index.ts";

/** Monday 2026-11-23, 10:00 in Shanghai. */
export const NOW = Date.parse("2026-11-23T10:00:00+08:00");
export const SECRET = "hook-secret_0123456789abcdef";
export const STAFF_CHAT = -1_001_234_567_890;

export interface TestTime {
  now(): number;
  pause(ms: number): Promise<void>;
  /** Moves time on, and lets everyone go on whose wait is over. */
  advance(ms: number): Promise<void>;
  /** Whoever waits moves time on. */
  auto: boolean;
  /** How many wait. */
  waiting(): number;
}

const round = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @param clock the one that is moved, where others go by it as well */
export function createTestTime(clock: VirtualClock = createVirtualClock(NOW)): TestTime {
  let waits: { readonly at: number; readonly resolve: () => void }[] = [];
  const time: TestTime = {
    auto: true,
    now: () => clock.now(),
    waiting: () => waits.length,
    async pause(ms) {
      const at = clock.now() + ms;
      if (time.auto) {
        await round();
        clock.moveTo(Math.max(clock.now(), at));
        return;
      }
      await new Promise<void>((resolve) => waits.push({ at, resolve }));
    },
    async advance(ms) {
      clock.moveTo(clock.now() + ms);
      const over = waits.filter((wait) => wait.at <= clock.now());
      waits = waits.filter((wait) => wait.at > clock.now());
      for (const wait of over) wait.resolve();
      await round();
    },
  };
  return time;
}

export interface Place {
  readonly url: string;
  readonly host: HttpHost;
  readonly store: Store;
  readonly connection: Connection;
  readonly telegram: TelegramEmulator;
  readonly time: TestTime;
  readonly logged: { readonly level: string; readonly event: string; readonly data: Readonly<Record<string, unknown>> }[];
  readonly acts: StaffAct[];
  readonly settings: TelegramSettings;
  /** What the next act of staff is answered with. */
  refuseStaff: string | null;
  overloaded: boolean;
  /** Entries in the inbox, oldest first. */
  entries(): Promise<readonly InboxEntry[]>;
  /** Keeps a message of the bot as a turn would. */
  stored(message: Partial<NewMessage> & { readonly conversation: string; readonly text: string }): Promise<StoredMessage>;
  /** Another adapter on the same store and platform, as after a crash. */
  again(): Promise<Place>;
  dispose(): Promise<void>;
}

export interface PlaceOptions {
  readonly settings?: Partial<TelegramSettings>;
  readonly limits?: Partial<TelegramLimits>;
  readonly staff?: boolean;
  readonly time?: TestTime;
  readonly folder?: string;
  readonly telegram?: TelegramEmulator;
  /** Of somebody else, who closes it. */
  readonly store?: Store;
  readonly intake?: (store: Store) => Intake;
  readonly staffIntake?: StaffIntake;
  readonly start?: boolean;
}

let ids = 0;

export async function openPlace(options: PlaceOptions = {}): Promise<Place> {
  const time = options.time ?? createTestTime();
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "anxin-telegram-")));
  const store = options.store ?? openSqliteStore({ path: join(folder, "anxin.sqlite") });
  const telegram = options.telegram ?? (await startTelegramEmulator({ clock: time, pause: (ms) => time.pause(ms), staffChat: STAFF_CHAT }));
  const logged: Place["logged"] = [];
  const acts: StaffAct[] = [];
  const state = { refuse: null as string | null, overloaded: false };
  const real = options.intake?.(store) ?? createIntake(store, createInProcessWakeups(), round);
  const intake: Intake = {
    accept: (entries) => (state.overloaded ? Promise.reject(new AnxinError("overloaded", "too much waits")) : real.accept(entries)),
  };
  const staffIntake: StaffIntake = options.staffIntake ?? {
    async accept(act) {
      if (acts.some((one) => one.id === act.id)) return { result: "known" };
      acts.push(act);
      return state.refuse === null ? { result: "taken" } : { result: "refused", say: state.refuse };
    },
  };
  const host = createHttpHost({
    host: "127.0.0.1",
    port: 0,
    logger: pino({ level: "silent" }),
    adminToken: null,
    publicUrl: null,
    ready: () => [],
    metrics: async () => "",
    now: () => time.now(),
  });
  const settings: TelegramSettings = {
    botToken: telegram.token,
    webhookSecret: SECRET,
    apiRoot: telegram.url,
    mode: "webhook",
    staffChat: options.staff === false ? null : String(STAFF_CHAT),
    publicUrl: "https://service.example",
    ...options.settings,
  };
  const connection = connectTelegram(host, {
    settings,
    store,
    intake,
    staffIntake,
    clock: time,
    log: (level, event, data) => logged.push({ level, event, data }),
    random: () => 0.5,
    pause: (ms) => time.pause(ms),
    ...(options.limits ? { limits: options.limits } : {}),
  });
  const url = await host.listen();
  if (options.start !== false) {
    await connection.start();
    // The public address of the test is this machine's own; only the platform can't know that.
    if (settings.mode === "webhook" && telegram.delivery.webhook) {
      const set = telegram.delivery.webhook;
      telegram.delivery.setWebhook({ ...set, url: `${url}/channels/telegram` });
    }
  }
  const close = async (): Promise<void> => {
    await connection.stop();
    await host.close();
    if (!options.store) await store.close();
  };
  return {
    url,
    host,
    store,
    connection,
    telegram,
    time,
    logged,
    acts,
    settings,
    get refuseStaff() {
      return state.refuse;
    },
    set refuseStaff(say) {
      state.refuse = say;
    },
    get overloaded() {
      return state.overloaded;
    },
    set overloaded(value) {
      state.overloaded = value;
    },
    entries: () => store.unit((unit) => unit.inbox.pending(Number.MAX_SAFE_INTEGER, 10_000)),
    async stored(message) {
      const full: NewMessage = {
        id: `b${++ids}`,
        from: "bot",
        author: null,
        buttons: [],
        media: null,
        at: time.now(),
        status: "pending",
        attempts: 0,
        nextAt: 0,
        ...message,
      };
      return store.unit(async (unit) => {
        await unit.messages.add(full);
        return (await unit.messages.list(full.conversation, 0, 10_000)).findLast((one) => one.id === full.id)!;
      });
    },
    async again() {
      await close();
      const next = await openPlace({ ...options, time, folder, telegram });
      return {
        ...next,
        async dispose() {
          await next.dispose();
          if (!options.telegram) await telegram.close();
        },
      };
    },
    async dispose() {
      await close();
      if (!options.telegram) await telegram.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
