/**
 * Stands between the outbox and the channel for care messages: checked once more at the moment of sending, and told what became of it.
 * Every other message passes.
 */

import type { Channel, Delivery, Unit } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { StoredMessage } from "../spine/events.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../time.ts";
import { recheck } from "./recheck.ts";
import { moveTouch, type Touch, touchOfMessage } from "./touch.ts";

export interface Gate {
  /** Is this message brought by a plan or campaign? */
  concerns(message: StoredMessage): boolean;
  /** May it still go out? When not, its touch is put off or left out, and the message is not sent. */
  admit(unit: Unit, message: StoredMessage, now: Instant): Promise<boolean>;
  /** It was sent, or never will be on this way. */
  settled(unit: Unit, message: StoredMessage, result: Delivery["result"], now: Instant): Promise<void>;
}

export function createGate(model: BusinessModel, channels: ReadonlyMap<string, Channel>): Gate {
  return {
    concerns: (message) => touchOfMessage(message.id) !== null,
    async admit(unit, message, now) {
      const touch = await unit.care.get(touchOfMessage(message.id)!);
      if (touch?.status !== "pending") return false;
      const customer = await unit.customers.get(touch.customerId);
      if (!customer) return false;
      const verdict = await recheck(unit, touch, customer, model, channels, now);
      if (verdict.do === "wait") await notSent(unit, moveTouch(touch, now, "waiting", verdict.why, { dueAt: verdict.until }), now);
      else if (verdict.do === "skip") await notSent(unit, moveTouch(touch, now, "skipped", verdict.why), now);
      return verdict.do === "send" || verdict.do === "elsewhere";
    },
    async settled(unit, message, result, now) {
      const touch = await unit.care.get(touchOfMessage(message.id)!);
      if (touch?.status !== "pending") return;
      if (result === "sent") await unit.care.put(moveTouch(touch, now, "sent", null));
      else if (result === "retry") {
        // The platform was down for long: the same way may work later, if that is not too late.
        await notSent(unit, moveTouch(touch, now, "waiting", "channel_down", { dueAt: now + HOUR_MS }), now);
      } else {
        const tried = [...touch.tried, message.conversation];
        await notSent(unit, moveTouch(touch, now, "waiting", "refused", { dueAt: now, tried }), now);
      }
    },
  };
}

/** A message that did not go out brought nothing of what was merged into it either: the others wait on their own again. */
async function notSent(unit: Unit, touch: Touch, now: Instant): Promise<void> {
  await unit.care.put(touch);
  for (const other of await unit.care.ofCustomer(touch.customerId, now - DAY_MS)) {
    if (other.status === "merged" && other.into === touch.id)
      await unit.care.put(moveTouch(other, now, "waiting", null, { dueAt: now, into: null }));
  }
}
