/** Draws of customers for follow-up by people: the same draw for the same period, however often it is asked for. Pure. */
import type { WorkOrder } from "../orders/state.ts";
import type { CareSettings } from "../profile/care-schema.ts";
import type { DayKey } from "../time.ts";
import type { Period } from "./period.ts";

export interface Drawn {
  readonly customerId: string;
  readonly order: string | null;
  /** What they stand for; `large`: a large job or rework. */
  readonly why: "order" | "large" | "new" | "vip";
}

/** Second level: a share of the orders finished in the month (dealer plan). */
export function drawSecond(orders: readonly WorkOrder[], period: Period, rule: CareSettings["samples"]): readonly Drawn[] {
  const finished = orders.filter((order) => finishedIn(order, period));
  return draw(
    finished.map((order) => ({ customerId: order.customerId, order: order.number, why: "order" })),
    period,
    rule.secondPercent,
    rule.secondAtMost,
  );
}

/** Jobs of so many services count as large; product default. */
const LARGE_SERVICES = 3;

/** Third level: new customers, VIPs, and large or accident repairs of the quarter (dealer plan). */
export function drawThird(
  orders: readonly WorkOrder[],
  people: readonly { readonly id: string; readonly vip: boolean; readonly bought: readonly (DayKey | null)[] }[],
  period: Period,
  rule: CareSettings["samples"],
): readonly Drawn[] {
  const found: Drawn[] = [];
  for (const order of orders) {
    if (finishedIn(order, period) && (order.services.length >= LARGE_SERVICES || order.history.some((move) => move.status === "rework")))
      found.push({ customerId: order.customerId, order: order.number, why: "large" });
  }
  for (const one of people) {
    if (one.bought.some((day) => day !== null && day >= period.first && day <= period.last))
      found.push({ customerId: one.id, order: null, why: "new" });
    else if (one.vip) found.push({ customerId: one.id, order: null, why: "vip" });
  }
  return draw(found, period, rule.thirdPercent, rule.thirdAtMost);
}

function finishedIn(order: WorkOrder, period: Period): boolean {
  return order.history.some(
    (move) => (move.status === "delivered" || move.status === "closed") && move.at >= period.from && move.at < period.to,
  );
}

/** One of a customer; at least one when there is any; in an order that only the period and the customers decide. */
function draw(all: readonly Drawn[], period: Period, percent: number, atMost: number): readonly Drawn[] {
  const single = [...new Map(all.map((one) => [one.customerId, one])).values()];
  const wanted = percent === 0 ? 0 : Math.min(atMost, Math.ceil((single.length * percent) / 100));
  return single
    .map((one) => ({ one, rank: hash(`${period.first}/${one.customerId}`) }))
    .sort((a, b) => a.rank - b.rank || (a.one.customerId < b.one.customerId ? -1 : 1))
    .slice(0, wanted)
    .map(({ one }) => one);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
