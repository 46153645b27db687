/** The service bot put together, without any front: what `start`, `chat`, tests and benches all run on. */
import { createGate } from "../../core/care/gate.ts";
import { type CareRuntime, createCareRuntime } from "../../core/care/runtime.ts";
import type { TurnDependencies } from "../../core/conversation/context.ts";
import { FLOWS } from "../../core/conversation/flows.ts";
import type { Channel, Clock, Feed, Intake, Pacing, Store, Wakeups } from "../../core/ports.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { createReportRoutine } from "../../core/reports/routine.ts";
import type { InboxEntry, StoredMessage } from "../../core/spine/events.ts";
import { createDelivery, createIntake, createWorker, fireTimers, type RetryPolicy } from "../../core/spine/index.ts";
import type { Instant } from "../../core/time.ts";
import type { Understander } from "../../core/understanding/index.ts";

export interface EngineParts {
  readonly profile: Profile;
  readonly zone?: string | null;
  readonly store: Store;
  readonly clock: Clock;
  readonly wakeups: Wakeups;
  readonly feed: Feed;
  /** By name; a channel may be added until the engine is first used. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly understander: Understander;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  readonly onError: (what: string, error: unknown, data: Readonly<Record<string, unknown>>) => void;
  readonly onTurn?: (entry: InboxEntry) => void;
  readonly turnRetries?: RetryPolicy;
  readonly maxWaiting?: number;
  /** As `WorkerOptions.group`. */
  readonly group?: number;
  /** As `DeliveryOptions`. */
  readonly holdMs?: number;
  readonly pacing?: Pacing;
}

export interface Engine {
  readonly store: Store;
  readonly intake: Intake;
  readonly dependencies: TurnDependencies;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly feed: Feed;
  readonly wakeups: Wakeups;
  readonly clock: Clock;
  /** Fires timers, works the inbox and sends until nothing is due now. */
  settle(): Promise<void>;
  /** One group of the inbox; how many entries were tried. */
  work(): Promise<number>;
  deliver(): Promise<number>;
  fire(): Promise<number>;
  /** Reminders, follow-ups, greetings, campaigns. */
  readonly care: CareRuntime;
  /** The next instant at which something falls due, or `null`. */
  nextAt(): Promise<Instant | null>;
}

const nextRound = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createEngine(parts: EngineParts): Engine {
  const { store, clock, wakeups, feed } = parts;
  const model = createBusinessModel(parts.profile, parts.zone ?? parts.profile.business.zone);
  const dependencies: TurnDependencies = { model, understander: parts.understander, flows: FLOWS };
  const { channels } = parts;
  const worker = createWorker({
    store,
    shell: { dependencies, channels },
    clock,
    wakeups,
    feed,
    random: parts.random,
    onError: (error, entry: InboxEntry, failures) => parts.onError("turn failed", error, { entry: entry.id, failures }),
    ...(parts.onTurn ? { onTurn: parts.onTurn } : {}),
    ...(parts.turnRetries ? { retries: parts.turnRetries } : {}),
    ...(parts.group === undefined ? {} : { group: parts.group }),
  });
  const delivery = createDelivery({
    store,
    channels,
    clock,
    feed,
    random: parts.random,
    gate: createGate(model, channels),
    onError: (error, message: StoredMessage) => parts.onError("send failed", error, { message: message.id, attempts: message.attempts }),
    ...(parts.holdMs === undefined ? {} : { holdMs: parts.holdMs }),
    ...(parts.pacing ? { pacing: parts.pacing } : {}),
  });
  const care = createCareRuntime({
    store,
    model,
    channels,
    clock,
    wakeups,
    routines: [createReportRoutine(store, model, clock)],
  });
  const engine: Engine = {
    care,
    store,
    intake: createIntake(store, wakeups, nextRound, parts.maxWaiting),
    dependencies,
    channels,
    feed,
    wakeups,
    clock,
    work: () => worker.work(),
    deliver: () => delivery.deliver(),
    fire: () => fireTimers(store, clock, wakeups),
    async settle() {
      for (;;) {
        const done = (await engine.fire()) + (await worker.work()) + (await delivery.deliver()) + (await care.step());
        if (done === 0) return;
      }
    },
    async nextAt() {
      const times = await store.unit(async (unit) => [await unit.inbox.nextAt(), await unit.messages.nextAt(), await unit.timers.nextAt()]);
      times.push(await care.nextAt());
      const known = times.filter((at): at is Instant => at !== null);
      return known.length > 0 ? Math.min(...known) : null;
    },
  };
  return engine;
}
