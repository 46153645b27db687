/** The whole engine on an empty store and a clock that stands still, driven as customers and staff would drive it. */
import { createEngine, type Engine } from "../../bots/service/engine.ts";
import { createInProcessFeed } from "../../bots/service/feed.ts";
import { createVirtualClock, type VirtualClock } from "../../bots/service/virtual-clock.ts";
import type { Booking } from "../../core/booking/state.ts";
import type { Case } from "../../core/cases/state.ts";
import type { ConversationState } from "../../core/conversation/state.ts";
import type { WorkOrder } from "../../core/orders/state.ts";
import type { Channel, Delivery, StaffChannel, Store } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import type { DeskCommand, InboundEvent, StaffNotice, StoredMessage } from "../../core/spine/events.ts";
import type { RetryPolicy } from "../../core/spine/index.ts";
import type { Instant } from "../../core/time.ts";
import type { Understander } from "../../core/understanding/types.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { tinyProfile } from "./profile.ts";
import { openTestStore } from "./store.ts";
import { createTestUnderstander } from "./understander.ts";

/** Monday 2026-11-23, 09:00 in Shanghai. */
export const MONDAY_NINE: Instant = Date.parse("2026-11-23T09:00:00+08:00");

/** A channel whose customers read stored messages, and one that is sent to and remembers what it was sent. */
export function pulledChannel(name = "web"): Channel {
  return {
    name,
    capabilities: {
      textLimit: { amount: 4000, unit: "characters" },
      buttons: 10,
      media: [],
      pulled: true,
      pushWindowMs: null,
      pushQuota: null,
      idempotent: true,
    },
    send: () => Promise.reject(new Error("a pulled channel sends nothing")),
  };
}

export function pushedChannel(
  name: string,
  answer: (message: StoredMessage) => Delivery = () => ({ result: "sent" }),
): Channel & { readonly sent: StoredMessage[] } {
  const sent: StoredMessage[] = [];
  return {
    name,
    sent,
    capabilities: {
      textLimit: { amount: 4000, unit: "characters" },
      buttons: 3,
      media: [],
      pulled: false,
      pushWindowMs: null,
      pushQuota: null,
      idempotent: false,
    },
    async send(message) {
      sent.push(message);
      return answer(message);
    },
  };
}

export interface BenchOptions {
  readonly profile?: Profile;
  readonly understander?: Understander;
  readonly now?: Instant;
  readonly store?: Store;
  readonly channels?: readonly Channel[];
  readonly staffChannels?: readonly StaffChannel[];
  readonly turnRetries?: RetryPolicy;
  readonly maxWaiting?: number;
  /** Most entries in one transaction. */
  readonly group?: number;
}

export interface Bench {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: VirtualClock;
  /** What went wrong in turns and sends, in order. */
  readonly errors: { readonly what: string; readonly error: unknown; readonly data: Readonly<Record<string, unknown>> }[];
  /** Takes events in without working them. */
  post(conversation: string, event: InboundEvent, id?: string): Promise<readonly ("new" | "known")[]>;
  /** Says something and lets everything due happen; gives the bot's new messages. */
  say(conversation: string, text: string, id?: string): Promise<readonly StoredMessage[]>;
  press(conversation: string, value: string): Promise<readonly StoredMessage[]>;
  desk(conversation: string, by: string, command: DeskCommand): Promise<readonly StoredMessage[]>;
  /** Lets time pass, stopping at everything that falls due. */
  wait(ms: number): Promise<void>;
  messages(conversation: string): Promise<readonly StoredMessage[]>;
  state(conversation: string): Promise<ConversationState | null>;
  bookings(): Promise<readonly Booking[]>;
  orders(): Promise<readonly WorkOrder[]>;
  cases(): Promise<readonly Case[]>;
  notices(): Promise<readonly (StaffNotice & { readonly seq: number })[]>;
}

export function openBench(options: BenchOptions = {}): Bench {
  const profile = options.profile ?? tinyProfile();
  const store = options.store ?? openTestStore();
  const clock = createVirtualClock(options.now ?? MONDAY_NINE);
  const errors: Bench["errors"] = [];
  const engine = createEngine({
    profile,
    store,
    clock,
    wakeups: createInProcessWakeups(),
    feed: createInProcessFeed(),
    channels: new Map((options.channels ?? [pulledChannel()]).map((channel) => [channel.name, channel])),
    staffChannels: new Map((options.staffChannels ?? []).map((channel) => [channel.name, channel])),
    understander: options.understander ?? createTestUnderstander(profile),
    random: () => 0.5,
    onError: (what, error, data) => errors.push({ what, error, data }),
    ...(options.turnRetries ? { turnRetries: options.turnRetries } : {}),
    ...(options.group === undefined ? {} : { group: options.group }),
    ...(options.maxWaiting === undefined ? {} : { maxWaiting: options.maxWaiting }),
  });
  let entries = 0;

  const messages = (conversation: string) => store.unit((unit) => unit.messages.list(conversation, 0, 1_000));
  const post = (conversation: string, event: InboundEvent, id = `e${++entries}`) =>
    engine.intake.accept([{ id: `${conversation}:${id}`, conversation, receivedAt: clock.now(), event }]);
  async function act(conversation: string, event: InboundEvent, id?: string): Promise<readonly StoredMessage[]> {
    const last = (await messages(conversation)).at(-1)?.seq ?? 0;
    await post(conversation, event, id);
    await engine.settle();
    return (await store.unit((unit) => unit.messages.list(conversation, last, 1_000))).filter((message) => message.from !== "customer");
  }

  return {
    engine,
    store,
    clock,
    errors,
    post,
    say: (conversation, text, id) => act(conversation, { kind: "message", text }, id),
    press: (conversation, value) => act(conversation, { kind: "press", value }),
    desk: (conversation, by, command) => act(conversation, { kind: "desk", by, command }),
    async wait(ms) {
      const until = clock.now() + ms;
      for (;;) {
        await engine.settle();
        const next = await engine.nextAt();
        if (next === null || next > until) break;
        clock.moveTo(Math.max(next, clock.now()));
      }
      clock.moveTo(until);
      await engine.settle();
    },
    messages,
    state: (conversation) =>
      store.unit(async (unit) => ((await unit.conversations.get(conversation))?.state as ConversationState | undefined) ?? null),
    bookings: () => store.unit((unit) => unit.records.all("booking", "", 10_000)) as Promise<readonly Booking[]>,
    orders: () => store.unit((unit) => unit.records.all("order", "", 10_000)) as Promise<readonly WorkOrder[]>,
    cases: () => store.unit((unit) => unit.records.all("case", "", 10_000)) as Promise<readonly Case[]>,
    notices: () => store.unit((unit) => unit.notices.list(0, 10_000)),
  };
}
