/** A touch decided once more with everything as it is now: for tasks, and at the moment of sending. */
import type { CustomerFile } from "../customers/state.ts";
import type { Channel, Unit } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { Instant } from "../time.ts";
import { plansOf, zoneOf } from "./audience.ts";
import { recheckTouch, type Verdict } from "./decide.ts";
import { loadCare } from "./load.ts";
import { moveTouch, type Touch } from "./touch.ts";

export async function recheck(
  unit: Unit,
  touch: Touch,
  customer: CustomerFile,
  model: BusinessModel,
  channels: ReadonlyMap<string, Channel>,
  now: Instant,
): Promise<Verdict> {
  return recheckTouch(touch, {
    customer,
    bookings: await unit.records.bookingsOf(customer.id),
    orders: await unit.records.ordersOf(customer.id),
    care: await loadCare(unit, channels, customer.id, touch.conversation ?? "", now),
    plan: plansOf(model).find((one) => one.id === touch.plan),
    settings: model.profile.care,
    zone: zoneOf(customer, model),
    now,
  });
}

/** The touch as it must be instead of a task for a person, or `null` when nothing speaks against one. */
export async function objectionTo(
  unit: Unit,
  touch: Touch,
  customer: CustomerFile,
  model: BusinessModel,
  channels: ReadonlyMap<string, Channel>,
  now: Instant,
): Promise<Touch | null> {
  return objectionIn(await recheck(unit, touch, customer, model, channels, now), touch, now);
}

/** @param verdict of {@link recheckTouch} */
export function objectionIn(verdict: Verdict, touch: Touch, now: Instant): Touch | null {
  // Quiet hours are for messages; staff look at their list when they work.
  if (verdict.do === "wait" && verdict.why !== "quiet_hours")
    return moveTouch(touch, now, "waiting", verdict.why, { dueAt: verdict.until, task: null });
  return verdict.do === "skip" ? moveTouch(touch, now, "skipped", verdict.why) : null;
}
