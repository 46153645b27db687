/** Everything of care that runs by itself, as one step: planning, campaigns, feeding the inbox. */

import type { Channel, Clock, Store, Unit, Wakeups } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import { type Instant, MINUTE_MS } from "../time.ts";
import { type Campaigns, createCampaigns } from "./campaigns.ts";
import { createCareFeed } from "./feed.ts";
import { createPlanner } from "./planner.ts";

export interface CareRuntime {
  readonly campaigns: Campaigns;
  /** One small piece of work; returns how much was done, 0 = nothing now. */
  step(): Promise<number>;
  /** When there is something to do next, `null` = nothing known. */
  nextAt(): Promise<Instant | null>;
}

/** Something else that runs by the clock beside care: reports, samples. */
export interface Routine {
  step(): Promise<number>;
  nextAt(now: Instant): Instant;
}

export interface CareRuntimeOptions {
  readonly store: Store;
  readonly model: BusinessModel;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly clock: Clock;
  readonly wakeups: Wakeups;
  readonly routines?: readonly Routine[];
}

export function createCareRuntime(options: CareRuntimeOptions): CareRuntime {
  const { store, model, channels, clock } = options;
  const planner = createPlanner(store, model, clock);
  const campaigns = createCampaigns(store, model, channels, clock);
  const feed = createCareFeed(options);
  const routines = options.routines ?? [];
  return {
    campaigns,
    async step() {
      let done = (await planner.step()) + (await campaigns.step()) + (await feed.feed());
      for (const routine of routines) done += await routine.step();
      return done;
    },
    nextAt: () =>
      store.unit(async (unit) => {
        const now = clock.now();
        const due = await unit.care.nextAt();
        const begins = await campaigns.nextAt(unit, now);
        const times = [await planner.nextAt(unit), ...routines.map((routine) => routine.nextAt(now))];
        if (begins !== null) times.push(begins);
        if (due !== null) times.push(due > now ? due : await againAt(unit, now));
        return Math.min(...times);
      }),
  };

  /** What is due and not fed waits for the pace, or for a channel, which is looked at again in a minute. */
  async function againAt(unit: Unit, now: Instant): Promise<Instant> {
    const paced = await feed.nextAt(unit, now);
    return paced > now ? paced : now + MINUTE_MS;
  }
}
