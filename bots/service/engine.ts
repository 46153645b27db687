/** The service bot put together, without any front: what `start`, `chat`, tests and benches all run on. */
import { createForecasts, type Forecasts } from "../../core/care/forecasts.ts";
import { createGate } from "../../core/care/gate.ts";
import { createHolds, type Holds, withHolds } from "../../core/care/holds.ts";
import { createMassRoutine } from "../../core/care/mass-routine.ts";
import { type CareRuntime, createCareRuntime } from "../../core/care/runtime.ts";
import { withCampaigns } from "../../core/care/staff-intake.ts";
import { FLOWS } from "../../core/conversation/flows.ts";
import type { TurnDependencies } from "../../core/conversation/turn-effects.ts";
import { parseRoster, ROSTER_KEY } from "../../core/desk/roster.ts";
import type {
  Channel,
  Clock,
  Feed,
  FileSource,
  Intake,
  MassSending,
  Pacing,
  StaffChannel,
  StaffIntake,
  Store,
  Wakeups,
} from "../../core/ports.ts";
import { createBusinessModel } from "../../core/profile/model.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { withForecasts } from "../../core/reports/forecast-intake.ts";
import { createReportRoutine } from "../../core/reports/routine.ts";
import { createCarrier } from "../../core/spine/carry.ts";
import type { DeskQuestions } from "../../core/spine/desk-questions.ts";
import type { InboxEntry, StoredMessage } from "../../core/spine/events.ts";
import {
  createDelivery,
  createDeskQuestions,
  createIntake,
  createStaffDelivery,
  createStaffIntake,
  createWorker,
  fireTimers,
  nextHandoverAt,
  type RetryPolicy,
  recallHandovers,
  startHandovers,
  tellStaff,
} from "../../core/spine/index.ts";
import type { Instant } from "../../core/time.ts";
import type { Understander } from "../../core/understanding/index.ts";
import { createRounds, type Rounds } from "./rounds.ts";

export interface EngineParts {
  readonly profile: Profile;
  readonly zone?: string | null;
  readonly store: Store;
  readonly clock: Clock;
  readonly wakeups: Wakeups;
  readonly feed: Feed;
  /** By name; a channel may be added until the engine is first used. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** Team chats by name; may be filled until the engine is first used. Left out = the desk page is the desk. */
  readonly staffChannels?: ReadonlyMap<string, StaffChannel>;
  /** Files that platforms keep, by the channel's name; may be filled until the engine is first used. */
  readonly files?: ReadonlyMap<string, FileSource>;
  /** Where staff can send what was prepared for them, by channel. */
  readonly massSendings?: ReadonlyMap<string, MassSending>;
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
  /** By which what comes in is kept together; rounds of its own when left out. */
  readonly rounds?: Pick<Rounds, "next">;
}

export interface Engine {
  readonly store: Store;
  readonly intake: Intake;
  readonly staffIntake: StaffIntake;
  readonly dependencies: TurnDependencies;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly staffChannels: ReadonlyMap<string, StaffChannel>;
  readonly feed: Feed;
  readonly wakeups: Wakeups;
  readonly clock: Clock;
  /** Fires timers, works the inbox and sends until nothing is due now. */
  settle(): Promise<void>;
  /** One group of the inbox; how many entries were tried. */
  work(): Promise<number>;
  deliver(): Promise<number>;
  /** Posts of one team chat. */
  deliverStaff(channel: string): Promise<number>;
  fire(): Promise<number>;
  /** Reminders, follow-ups, greetings, campaigns. */
  readonly care: CareRuntime;
  /** What care will do in the coming weeks. */
  readonly forecasts: Forecasts;
  /** Customers who are to be left in peace. */
  readonly holds: Holds;
  /** What staff ask on the desk page. */
  readonly questions: DeskQuestions;
  /** The next instant at which something falls due, or `null`. */
  nextAt(): Promise<Instant | null>;
}

/** How long a team chat waits for a forecast, ms: Slack wants an answer within three seconds. */
const FORECAST_PATIENCE_MS = 2_000;
const patience = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, FORECAST_PATIENCE_MS).unref());

export function createEngine(parts: EngineParts): Engine {
  const { store, clock, wakeups, feed } = parts;
  const model = createBusinessModel(parts.profile, parts.zone ?? parts.profile.business.zone);
  const dependencies: TurnDependencies = { model, understander: parts.understander, flows: FLOWS };
  const { channels } = parts;
  const staffChannels = parts.staffChannels ?? new Map<string, StaffChannel>();
  const worker = createWorker({
    store,
    shell: { dependencies, channels, staffChannels },
    clock,
    wakeups,
    feed,
    random: parts.random,
    onError: (error, entry: InboxEntry, failures) => parts.onError("turn failed", error, { entry: entry.id, failures }),
    ...(parts.onTurn ? { onTurn: parts.onTurn } : {}),
    ...(parts.turnRetries ? { retries: parts.turnRetries } : {}),
    ...(parts.group === undefined ? {} : { group: parts.group }),
  });
  const carrier = createCarrier(parts.files ?? new Map());
  const delivery = createDelivery({
    store,
    channels,
    carrier,
    clock,
    feed,
    random: parts.random,
    gate: createGate(model, channels),
    onError: (error, message: StoredMessage) => parts.onError("send failed", error, { message: message.id, attempts: message.attempts }),
    ...(parts.holdMs === undefined ? {} : { holdMs: parts.holdMs }),
    ...(parts.pacing ? { pacing: parts.pacing } : {}),
  });
  const staffDelivery = createStaffDelivery({
    store,
    model,
    channels: staffChannels,
    carrier,
    clock,
    random: parts.random,
    onError: (error, post) =>
      parts.onError("post to staff failed", error, { post: post.id, channel: post.channel, attempts: post.attempts }),
    onPosts: () => wakeups.wake("staff"),
  });
  /** Hand-overs at the end of a shift, and those nobody accepted, are due like timers, but belong to no conversation. */
  async function recall(): Promise<number> {
    const now = clock.now();
    const next = await store.unit(async (unit) => nextHandoverAt(model, parseRoster(await unit.meta.get(ROSTER_KEY)), now));
    if (next === null || next > now) return 0;
    const count = await store.unit(
      async (unit) =>
        (await startHandovers(unit, model, staffChannels.keys(), now)) + (await recallHandovers(unit, model, staffChannels.keys(), now)),
    );
    if (count > 0) wakeups.wake("staff");
    return count;
  }
  const care = createCareRuntime({
    store,
    model,
    channels,
    clock,
    wakeups,
    routines: [
      createReportRoutine(store, model, clock, (unit, notice) => tellStaff(unit, [...staffChannels.values()], notice)),
      createMassRoutine({
        store,
        model,
        channels,
        sendings: parts.massSendings ?? new Map(),
        clock,
        onError: (what, error) => parts.onError(what, error, {}),
      }),
    ],
  });
  const holds = createHolds(store, model, clock);
  const { next: nextRound } = parts.rounds ?? createRounds();
  const forecasts = createForecasts(store, model, channels, clock, nextRound);
  const desk = createStaffIntake({ store, model, channels: staffChannels, clock, wakeups, random: parts.random });
  const engine: Engine = {
    care,
    store,
    intake: createIntake(store, wakeups, nextRound, parts.maxWaiting),
    holds,
    forecasts,
    staffIntake: withHolds(
      withForecasts(withCampaigns(desk, care.campaigns, model), forecasts, model, patience),
      holds,
      store,
      model,
      clock,
    ),
    questions: createDeskQuestions({ store, model, channels: staffChannels, clock, wakeups, random: parts.random }),
    dependencies,
    channels,
    staffChannels,
    feed,
    wakeups,
    clock,
    work: () => worker.work(),
    deliver: () => delivery.deliver(),
    deliverStaff: (channel) => staffDelivery.deliver(channel),
    fire: async () => (await fireTimers(store, clock, wakeups)) + (await recall()),
    async settle() {
      for (;;) {
        let done = (await engine.fire()) + (await worker.work()) + (await delivery.deliver()) + (await care.step());
        for (const name of staffChannels.keys()) done += await staffDelivery.deliver(name);
        if (done === 0) return;
      }
    },
    async nextAt() {
      const times = await store.unit(async (unit) => [
        await unit.inbox.nextAt(),
        await unit.messages.nextAt(),
        await unit.timers.nextAt(),
        nextHandoverAt(model, parseRoster(await unit.meta.get(ROSTER_KEY)), clock.now()),
      ]);
      times.push(await staffDelivery.nextAt());
      times.push(await care.nextAt());
      const known = times.filter((at): at is Instant => at !== null);
      return known.length > 0 ? Math.min(...known) : null;
    },
  };
  return engine;
}
