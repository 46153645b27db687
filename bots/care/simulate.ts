/** The coming days on a copy of the shop's data: the same engine on a virtual clock, with channels that only note what they were given. */
import { unreachable } from "../../core/care/facts.ts";
import { loadReaches } from "../../core/care/load.ts";
import type { Touch } from "../../core/care/touch.ts";
import { touchOfMessage } from "../../core/care/touch.ts";
import type { Capabilities, Channel, Store, Unit } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { channelOf } from "../../core/spine/channel.ts";
import type { StoredMessage } from "../../core/spine/events.ts";
import { isPushLimited } from "../../core/spine/push-window.ts";
import { DAY_MS, type Instant } from "../../core/time.ts";
import { createEngine } from "../service/engine.ts";
import { openScratchStore } from "../service/scratch.ts";
import { createVirtualClock } from "../service/virtual-clock.ts";
import { copyForCare } from "./copy.ts";

/** One thing that would happen. */
export interface SimulatedEvent {
  readonly at: Instant;
  /** `message` sent · `task` for a person · `not_sent` left out or not reachable · `notice` to staff */
  readonly what: "message" | "task" | "not_sent" | "notice";
  readonly customer: string | null;
  readonly name: string | null;
  readonly channel: string | null;
  readonly plan: string | null;
  readonly why: string | null;
  readonly text: string;
  readonly buttons: readonly string[];
  /** The customer's other channels at that moment, and why each could not bring it; empty where nothing was in the way. */
  readonly shut: readonly { readonly channel: string; readonly why: string }[];
}

export interface SimulationOptions {
  readonly source: Store;
  readonly profile: Profile;
  readonly zone: string | null;
  readonly now: Instant;
  readonly days: number;
  /** What the channels can do, by name: windows, quotas, lengths. Those not named are taken to be always open. */
  readonly capabilities: Readonly<Record<string, Capabilities>>;
  readonly onEvent: (event: SimulatedEvent) => void;
}

const OPEN: Capabilities = {
  textLimit: { amount: 4000, unit: "characters" },
  buttons: 10,
  media: [],
  pulled: false,
  pushWindowMs: null,
  pushQuota: null,
  idempotent: true,
};

export async function simulate(options: SimulationOptions): Promise<{ readonly customers: number }> {
  const { source, profile } = options;
  const scratch = await openScratchStore();
  try {
    const clock = createVirtualClock(options.now);
    const limited = new Set(Object.entries(options.capabilities).flatMap(([name, one]) => (isPushLimited(one) ? [name] : [])));
    const names = await copyForCare(source, scratch.store, options.now, limited);
    const sent: StoredMessage[] = [];
    const channels = new Map<string, Channel>();
    for (const name of names) {
      // A customer who reads stored messages gets them all the same; sent to, they are seen here.
      const capabilities = { ...(options.capabilities[name] ?? OPEN), pulled: false };
      channels.set(name, {
        name,
        capabilities,
        async send(message) {
          sent.push(message);
          return { result: "sent" };
        },
      });
    }
    const failures: unknown[] = [];
    const engine = createEngine({
      profile,
      zone: options.zone,
      ...scratch,
      clock,
      channels,
      understander: {
        understand: () => {
          throw new Error("nobody writes in a simulation");
        },
      },
      random: () => 0.5,
      onError: (_what, error) => failures.push(error),
    });
    let noticed = 0;
    let changedTo = { at: options.now, id: "" };
    const told = new Set<string>();

    /** What stood in the way on the customer's channels but the one that was used. */
    const shutWays = async (unit: Unit, touch: Touch, used: string | null): Promise<SimulatedEvent["shut"]> =>
      (await loadReaches(unit, channels, touch.customerId, clock.now())).flatMap((reach) => {
        const why = reach.conversation === used ? null : unreachable(reach, clock.now());
        return why === null ? [] : [{ channel: channelOf(reach.conversation), why }];
      });

    const report = async (): Promise<void> => {
      const events: SimulatedEvent[] = [];
      await scratch.store.unit(async (unit) => {
        for (const message of sent.splice(0)) {
          const id = touchOfMessage(message.id);
          const touch = id === null ? null : await unit.care.get(id);
          const customer = await unit.customers.get(touch?.customerId ?? (await unit.customers.ofConversation(message.conversation)) ?? "");
          events.push({
            at: clock.now(),
            what: "message",
            customer: customer?.id ?? null,
            name: customer?.name ?? null,
            channel: channelOf(message.conversation),
            plan: touch?.plan ?? null,
            why: null,
            text: message.text,
            buttons: message.buttons.map((button) => button.label),
            shut: touch ? await shutWays(unit, touch, message.conversation) : [],
          });
        }
        for (;;) {
          const page = await unit.care.changed(changedTo, clock.now() + 1, 200);
          for (const touch of page) {
            const ends =
              touch.status === "task" || touch.status === "skipped" || touch.status === "unreachable" || touch.status === "merged";
            if (!ends || told.has(touch.id)) continue;
            told.add(touch.id);
            const shut = touch.status === "task" || touch.status === "unreachable" ? await shutWays(unit, touch, null) : [];
            events.push(eventOf(touch, (await unit.customers.get(touch.customerId))?.name ?? null, shut));
          }
          if (page.length > 0) changedTo = { at: page.at(-1)!.at, id: page.at(-1)!.id };
          if (page.length < 200) break;
        }
        for (const notice of await unit.notices.list(noticed, 1_000)) {
          noticed = notice.seq;
          events.push({
            at: notice.at,
            what: "notice",
            customer: null,
            name: null,
            channel: null,
            plan: null,
            why: notice.to,
            text: notice.text,
            buttons: [],
            shut: [],
          });
        }
      });
      for (const event of events.sort((one, other) => one.at - other.at)) options.onEvent(event);
      if (failures.length > 0) throw failures[0];
    };

    const until = options.now + options.days * DAY_MS;
    for (;;) {
      await engine.settle();
      await report();
      const next = await engine.nextAt();
      if (next === null || next > until) break;
      clock.moveTo(Math.max(next, clock.now()));
    }
    let customers = 0;
    for (let after = ""; ; ) {
      const page = await scratch.store.unit((unit) => unit.care.customers(after, 500));
      customers += page.length;
      if (page.length < 500) return { customers };
      after = page.at(-1)!.file.id;
    }
  } finally {
    await scratch.store.close();
  }
}

function eventOf(touch: Touch, name: string | null, shut: SimulatedEvent["shut"]): SimulatedEvent {
  const last = touch.log.at(-1);
  return {
    at: touch.at,
    what: touch.status === "task" ? "task" : "not_sent",
    customer: touch.customerId,
    name,
    channel: touch.task?.way ?? null,
    plan: touch.plan,
    why: touch.status === "merged" ? "merged" : (last?.why ?? null),
    text: touch.task?.text ?? "",
    buttons: [],
    shut,
  };
}
