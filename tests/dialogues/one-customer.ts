/** The engine on a throw-away store and a clock that stands still, with one customer on it; runs outside of test runners too. */
import { loadProfile } from "../../bots/profiles.ts";
import { createEngine } from "../../bots/service/engine.ts";
import { openScratchStore } from "../../bots/service/scratch.ts";
import { createVirtualClock } from "../../bots/service/virtual-clock.ts";
import { understanderFor } from "../../bots/understanding.ts";
import type { Booking } from "../../core/booking/state.ts";
import type { ConversationState } from "../../core/conversation/state.ts";
import type { Channel } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import type { InboundEvent, StoredMessage, Timer } from "../../core/spine/events.ts";
import type { Instant } from "../../core/time.ts";
import type { Understander } from "../../core/understanding/index.ts";

const ME = "web:a";
const MONDAY_NINE: Instant = Date.parse("2026-11-23T09:00:00+08:00");

const WEB: Channel = {
  name: "web",
  capabilities: {
    textLimit: { amount: 4_000, unit: "characters" },
    buttons: 10,
    media: ["photo", "voice", "file", "location"],
    pulled: true,
    pushWindowMs: null,
    pushQuota: null,
    idempotent: true,
  },
  send: () => Promise.reject(new Error("a pulled channel sends nothing")),
};

export interface OneCustomer {
  /** What went wrong in turns, in order. */
  readonly errors: readonly unknown[];
  readonly now: () => Instant;
  /** Takes an event in and lets everything due happen; gives what was answered. */
  tell(event: InboundEvent): Promise<readonly StoredMessage[]>;
  /** Lets time pass, stopping at everything that falls due. */
  wait(ms: number): Promise<void>;
  state(): Promise<ConversationState | null>;
  messages(): Promise<readonly StoredMessage[]>;
  bookings(): Promise<readonly Booking[]>;
  timers(): Promise<readonly Timer[]>;
  close(): Promise<void>;
}

const shops = new Map<string, { readonly profile: Profile; readonly understander: Promise<Understander> }>();

function shopOf(name: string): { readonly profile: Profile; readonly understander: Promise<Understander> } {
  const known = shops.get(name);
  if (known) return known;
  const profile = loadProfile(name, "en");
  const shop = { profile, understander: understanderFor(name, profile, "data") };
  shops.set(name, shop);
  return shop;
}

export async function openOneCustomer(shop: string): Promise<OneCustomer> {
  const { profile, understander } = shopOf(shop);
  const { store, wakeups, feed } = await openScratchStore();
  const clock = createVirtualClock(MONDAY_NINE);
  const errors: unknown[] = [];
  const engine = createEngine({
    profile,
    store,
    clock,
    wakeups,
    feed,
    channels: new Map([[WEB.name, WEB]]),
    understander: await understander,
    random: () => 0.5,
    onError: (_what, error) => errors.push(error),
  });
  let entries = 0;
  const messages = (after = 0): Promise<readonly StoredMessage[]> => store.unit((unit) => unit.messages.list(ME, after, 1_000));
  return {
    errors,
    now: () => clock.now(),
    async tell(event) {
      const last = (await messages()).at(-1)?.seq ?? 0;
      await engine.intake.accept([{ id: `${ME}:e${++entries}`, conversation: ME, receivedAt: clock.now(), event }]);
      await engine.settle();
      return (await messages(last)).filter((message) => message.from !== "customer");
    },
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
    state: () => store.unit(async (unit) => ((await unit.conversations.get(ME))?.state as ConversationState | undefined) ?? null),
    messages: () => messages(),
    bookings: () => store.unit((unit) => unit.records.all("booking", "", 10_000)) as Promise<readonly Booking[]>,
    timers: () => store.unit((unit) => unit.timers.of(ME)),
    close: () => store.close(),
  };
}
