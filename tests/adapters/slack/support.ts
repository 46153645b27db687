/** The real adapter on a real store before the emulated Slack, on a clock that moves only when it is told to or waited on. */
import { pino } from "pino";
import { createHttpHost } from "../../../adapters/http/index.ts";
import { connectSlack, type SlackDependencies, type SlackSettings } from "../../../adapters/slack/index.ts";
import { AnxinError } from "../../../core/errors.ts";
import type { Connection, Intake, StaffAct, Store } from "../../../core/ports.ts";
import type { InboxEntry, NewMessage, StoredMessage } from "../../../core/spine/events.ts";
import { createIntake } from "../../../core/spine/index.ts";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { type SlackEmulator, startSlackEmulator } from "../../emulators/slack/index.ts";

/** Monday 2026-11-23, 10:00 in Shanghai. */
export const NOW = Date.parse("2026-11-23T10:00:00+08:00");

/** Real time that a call may take here: far above what a loaded machine needs. Tests of time limits set their own. */
const PATIENCE_MS = 20_000;

export interface SlackPlace {
  readonly slack: SlackEmulator;
  readonly store: Store;
  connection: Connection;
  /** Address of our host. */
  readonly url: string;
  /** What staff did, as it was taken. */
  readonly acts: StaffAct[];
  /** Log lines with their data, as one text each. */
  readonly logged: string[];
  /** Answer of the staff intake; taken unless set. */
  refuse: string | null;
  overloaded: boolean;
  readonly clock: { now(): number; move(ms: number): void };
  /** Entries in the inbox, oldest first. */
  entries(): Promise<readonly InboxEntry[]>;
  /** Keeps a message as a turn would. */
  keep(conversation: string, id: string, text: string, extra?: Partial<NewMessage>): Promise<StoredMessage>;
  /** Puts another adapter on the same store in place of this one, as a restart would. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface SlackPlaceOptions {
  readonly settings?: Partial<SlackSettings>;
  readonly store?: Store;
  /** Of another place, which closes it. */
  readonly slack?: SlackEmulator;
  readonly staffIntake?: SlackDependencies["staffIntake"];
  readonly intake?: (store: Store) => Intake;
  readonly business?: SlackDependencies["business"];
  readonly limits?: SlackDependencies["limits"];
  readonly start?: number;
  readonly ackMs?: number;
  /** So many first attempts to open a socket fail. */
  readonly firstFaults?: number;
  readonly clock?: { now(): number; moveTo(at: number): void };
  /** Begin to receive at once; true unless said otherwise. */
  readonly begin?: boolean;
}

const nextRound = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export async function openSlackPlace(options: SlackPlaceOptions = {}): Promise<SlackPlace> {
  let now = options.start ?? NOW;
  const clock = {
    now: () => options.clock?.now() ?? now,
    move(ms: number) {
      if (options.clock) options.clock.moveTo(options.clock.now() + ms);
      else now += ms;
    },
  };
  const slack = options.slack ?? (await startSlackEmulator({ clock, ackMs: options.ackMs ?? PATIENCE_MS }));
  slack.faults.next(
    "apps.connections.open",
    ...Array.from({ length: options.firstFaults ?? 0 }, () => ({ kind: "http", status: 503 }) as const),
  );
  const store = options.store ?? openSqliteStore({ path: ":memory:" });
  const acts: StaffAct[] = [];
  const logged: string[] = [];
  const known = new Set<string>();
  const inner = options.intake?.(store) ?? createIntake(store, createInProcessWakeups(), nextRound);
  const state = { refuse: null as string | null, overloaded: false };
  const intake: Intake = {
    accept: (entries, beside) =>
      state.overloaded ? Promise.reject(new AnxinError("overloaded", "too much waits")) : inner.accept(entries, beside),
  };
  const staffIntake: SlackDependencies["staffIntake"] = options.staffIntake ?? {
    async accept(act) {
      if (state.overloaded) throw new AnxinError("overloaded", "too much waits");
      if (state.refuse !== null) return { result: "refused", say: state.refuse };
      if (known.has(act.id)) return { result: "known" };
      known.add(act.id);
      acts.push(act);
      return { result: "taken" };
    },
  };
  const build = async () => {
    const host = createHttpHost({
      host: "127.0.0.1",
      port: 0,
      logger: pino({ level: "silent" }),
      adminToken: null,
      publicUrl: null,
      ready: () => [],
      metrics: async () => "",
      now: () => clock.now(),
    });
    const connection = connectSlack(host, {
      settings: {
        botToken: slack.botToken,
        signingSecret: slack.signingSecret,
        appToken: null,
        apiUrl: slack.url,
        staffChannel: slack.staffChannel,
        ...options.settings,
      },
      store,
      intake,
      staffIntake,
      clock,
      log: (level, event, data) => logged.push(`${level} ${event} ${JSON.stringify(data)}`),
      random: () => 0.5,
      // Waiting is moving the clock: nothing in a test takes real time.
      pause: async (ms) => {
        clock.move(ms);
        await nextRound();
      },
      ...(options.business ? { business: options.business } : {}),
      limits: { callMs: PATIENCE_MS, lookupMs: PATIENCE_MS, connectMs: PATIENCE_MS, reconnectMs: 1, ...options.limits },
    });
    const url = await host.listen();
    if (!options.slack) slack.requestUrl = `${url}/channels/slack`;
    // A start that fails is tried again by itself; tests of that look at what comes of it.
    if (options.begin !== false) await connection.start().catch(() => undefined);
    return { host, connection, url };
  };
  let running = await build();
  const place: SlackPlace = {
    slack,
    store,
    connection: running.connection,
    get url() {
      return running.url;
    },
    acts,
    logged,
    get refuse() {
      return state.refuse;
    },
    set refuse(value) {
      state.refuse = value;
    },
    get overloaded() {
      return state.overloaded;
    },
    set overloaded(value) {
      state.overloaded = value;
    },
    clock,
    entries: () => store.unit((unit) => unit.inbox.pending(Number.MAX_SAFE_INTEGER, 10_000)),
    async keep(conversation, id, text, extra = {}) {
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
        return (await unit.messages.list(conversation, 0, 10_000)).findLast((one) => one.id === id)!;
      });
    },
    async restart() {
      await running.connection.stop();
      await running.host.close();
      running = await build();
      place.connection = running.connection;
    },
    async close() {
      await running.connection.stop();
      await running.host.close();
      if (!options.slack) await slack.close();
      if (!options.store) await store.close();
    },
  };
  return place;
}
