/**
 * The web channel on a real host and a real SQLite file, with a small scripted core behind it: each entry becomes the customer's
 * message and an echo, "human" opens a case, and desk commands change it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { createHttpHost, type HttpHost, type HttpHostOptions } from "../../../adapters/http/index.ts";
import { type About, mountWeb, type WebLimits } from "../../../adapters/web/index.ts";
import { loadProfile } from "../../../bots/profiles.ts";
import type { CaseEvent } from "../../../core/cases/case-events.ts";
import { evolveCase } from "../../../core/cases/evolve.ts";
import type { Case } from "../../../core/cases/state.ts";
import type { TraceNames } from "../../../core/conversation/explain.ts";
import { AnxinError } from "../../../core/errors.ts";
import type { LocalText } from "../../../core/language.ts";
import type { WorkOrder } from "../../../core/orders/state.ts";
import type { Clock, Feed, FileSource, Intake, Store, Unit } from "../../../core/ports.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import type { Button, ConversationId, InboxEntry, NewMessage, Sender } from "../../../core/spine/events.ts";
import { createDeskQuestions } from "../../../core/spine/index.ts";
import type { Trace } from "../../../core/spine/trace.ts";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";

export const NOW = Date.parse("2026-11-23T10:00:00+08:00");
export const ZONE = "Asia/Shanghai";

const same = (text: string): LocalText => ({ "zh-CN": text, "zh-TW": text, en: text });

export const ABOUT: About = {
  business: { "zh-CN": "安心家电维修", "zh-TW": "安心家電維修", en: "Anxin Appliance Care" },
  bot: { "zh-CN": "小安", "zh-TW": "小安", en: "Xiao An" },
  zone: ZONE,
  currency: "CNY",
  languages: ["zh-CN", "zh-TW", "en"],
  staff: [
    { id: "chen", name: { "zh-CN": "陈静", "zh-TW": "陳靜", en: "Chen Jing" }, role: "representative", onCall: true },
    { id: "luo", name: { "zh-CN": "罗伟", "zh-TW": "羅偉", en: "Luo Wei" }, role: "manager", onCall: false },
  ],
  customers: [{ id: "U1", name: "王芳", language: "zh-CN", vip: true, conversation: "sample-wang" }],
  causes: [{ id: "workmanship", name: { "zh-CN": "施工质量", "zh-TW": "施工品質", en: "workmanship" } }],
  channels: ["web"],
  names: {
    product: { ac: { "zh-CN": "空调", "zh-TW": "冷氣", en: "air conditioner" } },
    fault: {},
    service: { "ac-repair": { "zh-CN": "空调维修", "zh-TW": "冷氣維修", en: "AC repair" } },
    technician: { li: same("Li Qiang") },
    rule: { "asks-human": { "zh-CN": "客户要人工", "zh-TW": "客戶要真人", en: "asks for a person" } },
  },
};

/** The staff of {@link ABOUT} at a shipped business. */
const profile = loadProfile("appliance", "en");
const model = createBusinessModel({
  ...profile,
  staff: ABOUT.staff.map(({ id, name, role, onCall }) => ({ ...profile.staff[0]!, id, name, role: role as "manager", onCall })),
});

/** What the desk needs beside its routes. */
export const deskParts = (store: Store, clock: Clock) => ({
  model,
  questions: createDeskQuestions({ store, model, channels: new Map(), clock, wakeups: createInProcessWakeups(), random: () => 0.5 }),
});

export const NAMES: TraceNames = {
  zone: ZONE,
  nameOf: (kind, id, language) =>
    kind === "staff" ? (ABOUT.staff.find((one) => one.id === id)?.name[language] ?? null) : (ABOUT.names[kind][id]?.[language] ?? null),
};

export interface TestFeed extends Feed {
  readonly watchers: () => number;
}

function createTestFeed(): TestFeed {
  const listeners = new Set<{ readonly of: ConversationId | null; readonly call: (conversation: ConversationId) => void }>();
  return {
    changed(conversation) {
      for (const listener of [...listeners]) if (listener.of === null || listener.of === conversation) listener.call(conversation);
    },
    watch(of, call) {
      const listener = { of, call };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watchers: () => listeners.size,
  };
}

export interface TestService {
  readonly url: string;
  readonly host: HttpHost;
  readonly store: Store;
  readonly feed: TestFeed;
  /** Entries as they were taken in. */
  readonly taken: InboxEntry[];
  /** Refuses everything as overloaded while true. */
  overloaded: boolean;
  /** Milliseconds that the clock is ahead of {@link NOW}. */
  ahead: number;
  /** Adds a message as the core would. */
  say(conversation: ConversationId, id: string, from: Sender, text: string, buttons?: readonly Button[]): Promise<void>;
  openCase(conversation: ConversationId, extra?: Partial<Case>): Promise<Case>;
  close(): Promise<void>;
}

export interface TestServiceOptions {
  readonly adminToken?: string | null;
  readonly publicUrl?: string | null;
  readonly port?: number;
  readonly limits?: Partial<WebLimits>;
  readonly httpLimits?: HttpHostOptions["limits"];
  readonly about?: About;
  readonly names?: TraceNames;
  readonly ready?: HttpHostOptions["ready"];
  /** Platforms that keep files. */
  readonly files?: ReadonlyMap<string, FileSource>;
  /** Runs before the host listens, to hang more routes on it. */
  readonly routes?: (host: HttpHost, parts: { readonly store: Store; readonly clock: Clock }) => void;
  /** Real time instead of a clock that stands still: pages show how far times are away. */
  readonly realTime?: boolean;
  /** Folder of a database to go on with. */
  readonly folder?: string;
}

export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "anxin-web-")));
  const store = openSqliteStore({ path: join(folder, "anxin.sqlite") });
  const feed = createTestFeed();
  const taken: InboxEntry[] = [];
  const state = { overloaded: false, ahead: 0 };
  const now = (): number => (options.realTime ? Date.now() : NOW) + state.ahead;
  const turns = createTurns(store, feed, now);
  const intake: Intake = {
    async accept(entries) {
      if (state.overloaded) throw new AnxinError("overloaded", "too much waits");
      const results = await store.unit(async (unit) => {
        const kept: ("new" | "known")[] = [];
        for (const entry of entries) kept.push(await unit.inbox.accept(entry));
        return kept;
      });
      entries.forEach((entry, index) => {
        if (results[index] === "new") taken.push(entry);
      });
      turns.run();
      return results;
    },
  };
  const host = createHttpHost({
    host: "127.0.0.1",
    port: options.port ?? 0,
    logger: pino({ level: "silent" }),
    adminToken: options.adminToken ?? null,
    publicUrl: options.publicUrl ?? null,
    ready: options.ready ?? (() => []),
    metrics: async () => "up 1\n",
    now,
    ...(options.httpLimits ? { limits: options.httpLimits } : {}),
  });
  mountWeb(host, {
    store,
    feed,
    intake,
    clock: { now },
    about: options.about ?? ABOUT,
    names: options.names ?? NAMES,
    files: options.files ?? new Map(),
    ...deskParts(store, { now }),
    ...(options.limits ? { limits: options.limits } : {}),
  });
  options.routes?.(host, { store, clock: { now } });
  const url = await host.listen();
  return {
    url,
    host,
    store,
    feed,
    taken,
    get overloaded() {
      return state.overloaded;
    },
    set overloaded(value) {
      state.overloaded = value;
    },
    get ahead() {
      return state.ahead;
    },
    set ahead(value) {
      state.ahead = value;
    },
    async say(conversation, id, from, text, buttons = []) {
      await store.unit((unit) => unit.messages.add(message(conversation, id, from, text, now(), buttons)));
      feed.changed(conversation);
    },
    async openCase(conversation, extra = {}) {
      const opened = await store.unit((unit) => saveCase(unit, conversation, now(), extra));
      feed.changed(conversation);
      return opened;
    },
    async close() {
      await host.close();
      await turns.idle();
      await store.close();
      if (!options.folder) await rm(folder, { recursive: true });
    },
  };
}

export function message(
  conversation: ConversationId,
  id: string,
  from: Sender,
  text: string,
  at: number,
  buttons: readonly Button[] = [],
): NewMessage {
  return {
    id,
    conversation,
    from,
    author: from === "staff" ? "chen" : null,
    text,
    buttons,
    media: null,
    at,
    status: "kept",
    attempts: 0,
    nextAt: at,
  };
}

async function saveCase(unit: Unit, conversation: ConversationId, now: number, extra: Partial<Case>): Promise<Case> {
  const number = extra.number ?? `C${String(await unit.counters.next("case")).padStart(3, "0")}`;
  const event: CaseEvent = {
    type: "case_opened",
    at: now,
    case: {
      number,
      category: "human",
      urgency: "normal",
      step: "representative",
      conversation,
      customerId: null,
      words: "human please",
      about: null,
      reasons: [{ rule: "asks-human", why: "intent = human", at: now }],
      tags: [],
      promisedAt: now + 30 * 60_000,
      ...extra,
    },
  };
  const opened = { ...evolveCase(null, event), ...extra };
  await unit.records.save({ kind: "case", id: number, events: [event], state: opened }, "test");
  return opened;
}

/** Works entries off, one after another. */
function createTurns(store: Store, feed: Feed, now: () => number) {
  let running: Promise<void> = Promise.resolve();
  const turn = async (): Promise<void> => {
    for (;;) {
      const changed = await store.unit(async (unit) => {
        const [entry] = await unit.inbox.pending(now(), 1);
        if (!entry) return null;
        await act(unit, entry, now());
        await unit.inbox.done(entry.seq, now());
        return entry.conversation;
      });
      if (changed === null) return;
      feed.changed(changed);
    }
  };
  return {
    run() {
      running = running.then(turn);
    },
    idle: () => running,
  };
}

async function act(unit: Unit, entry: InboxEntry, at: number): Promise<void> {
  const { conversation, event } = entry;
  await unit.conversations.put({ id: conversation, customerId: null, state: {}, updatedAt: at });
  if (event.kind === "desk") return actDesk(unit, entry, at);
  if (event.kind !== "message" && event.kind !== "press" && event.kind !== "media") return;
  const text = event.kind === "message" ? event.text : event.kind === "press" ? event.value : (event.text ?? "");
  await unit.messages.add({ ...message(conversation, entry.id, "customer", text, at), media: event.kind === "media" ? event.media : null });
  await unit.traces.add(traceOf(entry, text, at));
  if (/human|人工|真人/.test(text)) {
    const opened = await saveCase(unit, conversation, at, { words: text });
    await unit.notices.add({ id: `${entry.id}/n1`, to: "representative", case: opened.number, text: `New case ${opened.number}`, at });
    await unit.messages.add(message(conversation, `${entry.id}/1`, "bot", `A colleague will answer you. Case ${opened.number}.`, at));
    return;
  }
  const buttons = /book|空调|冷氣/.test(text)
    ? [
        { id: "yes", label: "好的 / OK" },
        { id: "later", label: "换个时间 / Later" },
      ]
    : [];
  await unit.messages.add(message(conversation, `${entry.id}/1`, "bot", `You said: ${text}`, at, buttons));
}

function traceOf(entry: InboxEntry, text: string, at: number): Trace {
  return {
    entry: entry.id,
    conversation: entry.conversation,
    at,
    steps: [
      {
        kind: "understood",
        lang: "en",
        intents: [["book", 0.91]],
        candidates: [
          ["book", 0.91],
          ["status", 0.06],
        ],
        decision: "act",
        urgency: "normal",
        why: {
          by: "model",
          rule: null,
          features: [{ text: text.slice(0, 12), weight: 1.4 }],
          runnerUp: { intent: "status", confidence: 0.06 },
        },
        entities: { product: [text.slice(0, 6)] },
      },
      { kind: "rule", rule: "asks-human", facts: { intent: "human" } },
    ],
  };
}

async function actDesk(unit: Unit, entry: InboxEntry, at: number): Promise<void> {
  if (entry.event.kind !== "desk") return;
  const { by, command } = entry.event;
  if (command.do === "move_order") {
    const order = (await unit.records.order(command.order)) as WorkOrder;
    const moved: WorkOrder = {
      ...order,
      status: command.to,
      promisedAt: command.promisedAt ?? order.promisedAt,
      note: command.text ?? order.note,
      updatedAt: at,
    };
    await unit.records.save(
      {
        kind: "order",
        id: order.number,
        events: [{ type: "order_moved", at, to: command.to, by, why: null, promisedAt: command.promisedAt, note: command.text }],
        state: moved,
      },
      entry.id,
    );
    return;
  }
  if (command.do === "workshop") return;
  let state = (await unit.records.case(command.case)) as Case;
  const events: CaseEvent[] = [];
  const add = (event: CaseEvent): void => {
    events.push(event);
    state = evolveCase(state, event);
  };
  if (command.do === "claim") add({ type: "case_claimed", at, by });
  if (command.do === "release") add({ type: "case_released", at, by });
  if (command.do === "note") add({ type: "case_noted", at, by, text: command.text });
  if (command.do === "resolve") add({ type: "case_resolved", at, by, resolution: command.text });
  if (command.do === "reopen") add({ type: "case_reopened", at, step: "manager", why: command.text });
  if (command.do === "reply") {
    add({ type: "case_answered", at, by });
    await unit.messages.add({ ...message(entry.conversation, `${entry.id}/1`, "staff", command.text, at), author: by });
  }
  await unit.records.save({ kind: "case", id: state.number, events, state }, entry.id);
}

/** A JSON call; `body` makes it a POST. */
export async function call(
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await fetch(
    url,
    body === undefined
      ? { headers }
      : {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: typeof body === "string" ? body : JSON.stringify(body),
        },
  );
  const text = await response.text();
  return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text, headers: response.headers };
}
