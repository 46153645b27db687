/** The real adapter on a real store before the emulated platform, on a clock that moves only when it is told to. */
import { pino } from "pino";
import { createHttpHost } from "../../../adapters/http/index.ts";
import { connectWecom, type WecomDependencies, type WecomSettings } from "../../../adapters/wecom/index.ts";
import type { Connection, Intake, StaffAct, Store } from "../../../core/ports.ts";
import type { InboxEntry, NewMessage, StoredMessage } from "../../../core/spine/events.ts";
import { createIntake } from "../../../core/spine/index.ts";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { ACCOUNT, BOT, type EmulatorOptions, startWecomEmulator, type WecomEmulator } from "../../emulators/wecom/index.ts";

/** Monday 2026-11-23, 10:00 in Shanghai. */
export const NOW = Date.parse("2026-11-23T10:00:00+08:00");

/** Pauses longer than this are waits for a time that a test decides to let come; shorter ones pass at once. */
const SHORT_MS = 4_000;
const MOST = 10_000;

export interface WecomPlace {
  readonly platform: WecomEmulator;
  readonly store: Store;
  connection: Connection;
  readonly settings: WecomSettings;
  /** Address of the callback. */
  readonly address: string;
  readonly acts: StaffAct[];
  /** Log lines with their data, as one text each. */
  readonly logged: string[];
  /** What staff are refused with; taken unless set. */
  refuse: string | null;
  readonly clock: { now(): number; move(ms: number): void };
  /** Lets everybody who waits for a time go on. */
  passPauses(): void;
  entries(): Promise<readonly InboxEntry[]>;
  conversation(customer: string): string;
  keep(conversation: string, id: string, text: string, extra?: Partial<NewMessage>): Promise<StoredMessage>;
  /** Resolves when the log of the account was read to its end and kept. */
  read(account?: string): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface WecomPlaceOptions {
  readonly settings?: Partial<WecomSettings>;
  readonly store?: Store;
  readonly emulator?: EmulatorOptions;
  readonly intake?: (store: Store) => Intake;
  readonly staffIntake?: WecomDependencies["staffIntake"];
  readonly clock?: { now(): number; moveTo(at: number): void };
  /** Begin to receive at once; true unless said otherwise. */
  readonly start?: boolean;
}

/** Different for each place, so that two processes are told apart; the same in each run. */
let dice = 0.5;

const nextRound = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Waits for something that real sockets bring about; no time is measured, only an end is set. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await what())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await nextRound();
  }
}

export async function openWecomPlace(options: WecomPlaceOptions = {}): Promise<WecomPlace> {
  let now = NOW;
  const clock = {
    now: () => options.clock?.now() ?? now,
    move(ms: number) {
      if (options.clock) options.clock.moveTo(options.clock.now() + ms);
      else now += ms;
    },
  };
  const platform = await startWecomEmulator({ clock, ...options.emulator });
  const store = options.store ?? openSqliteStore({ path: ":memory:" });
  const acts: StaffAct[] = [];
  const logged: string[] = [];
  const waiting: (() => void)[] = [];
  const { company } = platform;
  const settings: WecomSettings = {
    ...company,
    apiRoot: platform.url,
    staff: ["zhang", "li"],
    groupWebhook: null,
    aibotId: null,
    aibotSecret: null,
    aibotUrl: platform.botUrl,
    ...options.settings,
  };
  const host = createHttpHost({
    host: "127.0.0.1",
    port: 0,
    logger: pino({ level: "silent" }),
    adminToken: null,
    publicUrl: null,
    ready: () => [],
    metrics: async () => "",
    now: clock.now,
  });
  const known = new Set<string>();
  const dependencies: WecomDependencies = {
    settings,
    store,
    intake: options.intake?.(store) ?? createIntake(store, createInProcessWakeups(), nextRound),
    staffIntake: options.staffIntake ?? {
      async accept(act) {
        if (place.refuse !== null) return { result: "refused", say: place.refuse };
        if (known.has(act.id)) return { result: "known" };
        known.add(act.id);
        acts.push(act);
        return { result: "taken" };
      },
    },
    clock,
    log: (level, event, data) => void logged.push(JSON.stringify({ level, event, ...data })),
    random: () => {
      dice = (dice + 0.137) % 1;
      return dice;
    },
    pause: (ms) => (ms <= SHORT_MS ? nextRound() : new Promise((resolve) => waiting.push(resolve))),
  };
  const place: WecomPlace = {
    platform,
    store,
    settings,
    connection: connectWecom(host, dependencies),
    address: "",
    acts,
    logged,
    refuse: null,
    clock,
    passPauses: () => waiting.splice(0).forEach((resolve) => resolve()),
    entries: () => store.unit((unit) => unit.inbox.pending(Number.MAX_SAFE_INTEGER, MOST)),
    conversation: (customer) => `wecom:${ACCOUNT}:${customer}`,
    keep(conversation, id, text, extra = {}) {
      const message: NewMessage = {
        id,
        conversation,
        from: "bot",
        author: null,
        text,
        buttons: [],
        media: null,
        at: clock.now(),
        status: "pending",
        attempts: 0,
        nextAt: clock.now(),
        ...extra,
      };
      return store.unit(async (unit) => {
        await unit.messages.add(message);
        return (await unit.messages.list(conversation, 0, MOST)).findLast((one) => one.id === id)!;
      });
    },
    read: (account = ACCOUNT) =>
      until(
        async () => (await store.unit((unit) => unit.meta.get(`wecom:cursor:${account}`))) === JSON.stringify(platform.kf.cursor(account)),
      ),
    async restart() {
      await place.connection.stop();
      const other = createHttpHost({
        host: "127.0.0.1",
        port: 0,
        logger: pino({ level: "silent" }),
        adminToken: null,
        publicUrl: null,
        ready: () => [],
        metrics: async () => "",
        now: clock.now,
      });
      hosts.push(other);
      place.connection = connectWecom(other, dependencies);
      platform.callbacks.url = `${await other.listen()}/channels/wecom`;
      await place.connection.start();
    },
    async close() {
      await place.connection.stop();
      for (const one of hosts) await one.close();
      await platform.close();
      if (!options.store) await store.close();
    },
  };
  const hosts = [host];
  platform.callbacks.url = `${await host.listen()}/channels/wecom`;
  Object.assign(place, { address: platform.callbacks.url });
  if (options.start !== false) {
    await place.connection.start();
    await place.read();
  }
  return place;
}

/** Settings of the AI bot of the emulated company. */
export const WITH_BOT: Partial<WecomSettings> = { aibotId: BOT.id, aibotSecret: BOT.secret };
