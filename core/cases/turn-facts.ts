/** Facts that hold whatever happened: who the customer is, what time it is, what is under way. */
import type { TurnContext } from "../conversation/context.ts";
import { wallClock } from "../time.ts";

/** States them once a turn; those that were stated before are kept. */
export function stateFacts(turn: TurnContext): void {
  const facts = turn.ruleFacts;
  if (facts["customer_class"] !== undefined) return;
  const customer = turn.customer();
  facts["vip"] = customer?.vip ?? false;
  facts["customer_class"] = customer?.vip ? "vip" : turn.orders().length + turn.bookings().length > 0 ? "known" : "new";
  facts["business_open"] = turn.model.calendar.isOpen(turn.now);
  facts["hour"] = wallClock(turn.now, turn.zone).hour;
  const flow = turn.state.stack.at(-1)?.flow;
  if (flow !== undefined) facts["flow"] = flow;
}
