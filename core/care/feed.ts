/**
 * Brings due touches into the inbox, a few at a time, so that conversations never wait behind them: whatever number is due, at most
 * {@link UNDER_WAY_MOST} of one channel are on their way (in the inbox or the outbox), and none is fed while the inbox has work. Who
 * can't be reached by any channel becomes a task for a person, or is recorded as not reachable.
 */
import type { CustomerFile } from "../customers/state.ts";
import type { Channel, Clock, Store, Unit, Wakeups } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import { channelOf } from "../spine/channel.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../time.ts";
import { plansOf } from "./audience.ts";
import { loadReaches } from "./load.ts";
import { burstAt, fullAfter, paceOf, placesAt } from "./pace.ts";
import { objectionTo } from "./recheck.ts";
import { staffTask } from "./staff-task.ts";
import { moveTouch, type Touch } from "./touch.ts";
import { type Way, wayOf } from "./way.ts";

/** Most touches of one channel on their way. A process that is killed repeats no more than these. */
export const UNDER_WAY_MOST = 10;
/** Due touches looked at in one step. */
const LOOKED_AT = 50;
/** A channel whose oldest message has waited this long is taken to be down; its touches come again later. */
const DOWN_AFTER_MS = 10 * MINUTE_MS;
/** A touch in the inbox this long lost its turn (its processing failed for good). */
const LOST_AFTER_MS = 6 * HOUR_MS;

export interface FeedOptions {
  readonly store: Store;
  readonly model: BusinessModel;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly clock: Clock;
  readonly wakeups: Wakeups;
}

export interface CareFeed {
  /** One step; returns how many touches were moved on. */
  feed(): Promise<number>;
  /** When the pace lets a handful of what is due go. */
  nextAt(unit: Unit, now: Instant): Promise<Instant>;
}

export function createCareFeed(options: FeedOptions): CareFeed {
  const { store, model, channels, clock, wakeups } = options;
  const pace = paceOf(model.profile.care.perMinute);
  return {
    async feed() {
      const result = await store.unit(async (unit) => {
        const now = clock.now();
        const due = await unit.care.due(now, LOOKED_AT);
        if (due.length === 0) return { moved: 0, fed: 0 };
        const fullAt = await unit.care.paceFullAt();
        const places = placesAt(pace, fullAt, now);
        if (places <= 0) return { moved: 0, fed: 0 };
        // Replies go first: while conversations wait for their turn, nothing is added behind them.
        if ((await unit.inbox.pending(now, 1)).length > 0) return { moved: 0, fed: 0 };
        const lanes = await readLanes(unit, now);
        let moved = 0;
        let fed = 0;
        const touched = new Set<string>();
        for (const touch of due) {
          if (fed >= places) break;
          // One of a customer at a time: the turn of the first may take the others along.
          if (touched.has(touch.customerId)) continue;
          touched.add(touch.customerId);
          const next = await advance(unit, touch, lanes, now);
          if (!next) continue;
          await unit.care.put(next);
          moved++;
          if (next.status === "asked") fed++;
        }
        if (fed > 0) await unit.care.putPaceFullAt(fullAfter(pace, fullAt, now, fed));
        return { moved, fed };
      });
      if (result.fed > 0) wakeups.wake("inbox");
      return result.moved;
    },
    nextAt: async (unit, now) => burstAt(pace, await unit.care.paceFullAt(), now),
  };

  /** How many are on their way in each channel, and since when the oldest. */
  async function readLanes(unit: Unit, now: Instant): Promise<Map<string, { count: number; oldest: Instant }>> {
    const lanes = new Map<string, { count: number; oldest: Instant }>();
    for (const one of await unit.care.underWay(UNDER_WAY_MOST * (channels.size + 1))) {
      if (one.conversation === null) continue;
      const name = channelOf(one.conversation);
      const lane = lanes.get(name) ?? { count: 0, oldest: one.at };
      lanes.set(name, { count: lane.count + 1, oldest: Math.min(lane.oldest, one.at) });
      if (now - one.at > LOST_AFTER_MS) {
        const lost = await unit.care.get(one.id);
        if (lost?.status === "asked") await unit.care.put(moveTouch(lost, now, "waiting", "channel_down"));
      }
    }
    return lanes;
  }

  async function advance(
    unit: Unit,
    touch: Touch,
    lanes: Map<string, { count: number; oldest: Instant }>,
    now: Instant,
  ): Promise<Touch | null> {
    const customer = await unit.customers.get(touch.customerId);
    if (!customer) return moveTouch(touch, now, "skipped", "no_channel");
    const plan = plansOf(model).find((one) => one.id === touch.plan);
    const way = wayOf(touch, plan, customer, await loadReaches(unit, channels, touch.customerId, now), now);
    if (way.do === "skip") return moveTouch(touch, now, "skipped", way.why);
    if (way.do !== "ask") return byHand(unit, touch, customer, way, now);
    const { conversation } = way.reach;
    const name = channelOf(conversation);
    const lane = lanes.get(name) ?? { count: 0, oldest: now };
    if (lane.count >= UNDER_WAY_MOST) {
      if (now > touch.notAfter) return moveTouch(touch, now, "skipped", "too_late");
      const down = now - lane.oldest > DOWN_AFTER_MS;
      return down ? moveTouch(touch, now, "waiting", "channel_down", { dueAt: now + HOUR_MS }) : null;
    }
    lanes.set(name, { ...lane, count: lane.count + 1 });
    const dueAt = touch.dueAt;
    await unit.inbox.accept({
      id: `timer:care:${touch.id}:${dueAt}:${touch.tries}:${touch.tried.length}`,
      conversation,
      receivedAt: now,
      event: { kind: "timer", timer: `care:${touch.id}`, name: "care", data: { touch: touch.id }, dueAt },
    });
    return moveTouch(touch, now, "asked", null, { conversation });
  }

  /** No channel brings it: staff send it by hand or call, when nothing speaks against it; else it is recorded as not reachable. */
  async function byHand(
    unit: Unit,
    touch: Touch,
    customer: CustomerFile,
    way: Extract<Way, { readonly do: "hand" | "give_up" }>,
    now: Instant,
  ): Promise<Touch> {
    const objection = await objectionTo(unit, touch, customer, model, channels, now);
    if (objection) return objection;
    if (way.do === "give_up") return moveTouch(touch, now, "unreachable", way.why);
    return staffTask(unit, model, touch, customer, way.way, way.why, now);
  }
}
