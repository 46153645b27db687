/**
 * The whole service before one emulated platform: the real engine with its desk, and the platform's real adapter for customers and
 * staff, on a clock that stands still until it is moved.
 */
import { loadProfile } from "../../bots/profiles.ts";
import { createEngine, type Engine } from "../../bots/service/engine.ts";
import { createInProcessFeed } from "../../bots/service/feed.ts";
import { createVirtualClock } from "../../bots/service/virtual-clock.ts";
import { understanderFor } from "../../bots/understanding.ts";
import { traceNames } from "../../core/conversation/explain.ts";
import type { Channel, StaffChannel } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { accountsOf } from "../emulators/folk.ts";
import { type Front, type FrontParts, openSlackFront, openTelegramFront, openWecomFront } from "./fronts.ts";

export interface ChannelService<Place> extends Front<Place> {
  readonly engine: Engine;
  readonly profile: Profile;
  /** What went wrong in turns and sends. */
  readonly errors: unknown[];
  /** Takes in what came, works and sends until nothing is due now. */
  settle(): Promise<void>;
  /** Lets time pass. */
  wait(ms: number): Promise<void>;
}

/** Monday 2026-11-23, 10:00 in Shanghai. */
const NOW = Date.parse("2026-11-23T10:00:00+08:00");

async function openService<Place>(
  name: "appliance" | "dealer",
  open: (parts: FrontParts) => Promise<Front<Place>>,
): Promise<ChannelService<Place>> {
  const shipped = loadProfile(name, "zh-CN");
  const colleagues = shipped.staff.map((member, index) => ({ id: member.id, name: member.name["zh-CN"], ...accountsOf(index) }));
  const profile: Profile = {
    ...shipped,
    staff: shipped.staff.map((member, index) => ({ ...member, channels: accountsOf(index) })),
    // A reply leaves at once: the moment in which it can be taken back is tried with the desk.
    desk: { ...shipped.desk, recallSeconds: 0 },
  };
  const understander = await understanderFor(name, profile, "data");
  const clock = createVirtualClock(NOW);
  const store = openSqliteStore({ path: ":memory:" });
  const errors: unknown[] = [];
  const channels = new Map<string, Channel>();
  const staffChannels = new Map<string, StaffChannel>();
  const engine = createEngine({
    profile,
    store,
    clock,
    wakeups: createInProcessWakeups(),
    feed: createInProcessFeed(),
    channels,
    staffChannels,
    understander,
    random: () => 0.5,
    onError: (what, error) => errors.push([what, error]),
  });
  const front = await open({
    store,
    clock,
    intake: () => engine.intake,
    staffIntake: engine.staffIntake,
    business: { names: traceNames(engine.dependencies.model), language: "zh-CN" },
    colleagues,
  });
  // The adapter of the moment: a test may put another in its place, as a restart would.
  const { channel, staff } = front.connection();
  channels.set(channel.name, {
    name: channel.name,
    capabilities: channel.capabilities,
    send: (message) => front.connection().channel.send(message),
  });
  if (staff)
    staffChannels.set(staff.name, {
      name: staff.name,
      capabilities: staff.capabilities,
      send: (post, place) => front.connection().staff!.send(post, place),
    });

  const settle = async (): Promise<void> => {
    await front.read();
    await engine.settle();
  };
  return {
    ...front,
    engine,
    profile,
    errors,
    settle,
    async wait(ms) {
      const until = clock.now() + ms;
      for (;;) {
        await settle();
        const next = await engine.nextAt();
        if (next === null || next > until) break;
        clock.moveTo(Math.max(next, clock.now()));
      }
      clock.moveTo(Math.max(until, clock.now()));
      await settle();
    },
    async close() {
      await front.close();
      await store.close();
    },
  };
}

export const openSlackService = (name: "appliance" | "dealer") => openService(name, openSlackFront);
export const openTelegramService = (name: "appliance" | "dealer") => openService(name, openTelegramFront);
export const openWecomService = (name: "appliance" | "dealer") => openService(name, openWecomFront);
