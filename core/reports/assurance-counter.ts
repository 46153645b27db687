/** Counts the five assurances (五个安心), and who came back, from orders and cases. Pure. */
import type { Case } from "../cases/state.ts";
import type { OrderStatus, WorkOrder } from "../orders/state.ts";
import { DAY_MS, type Instant } from "../time.ts";
import { nothingCounted, type ReportFigures, type Share } from "./figures.ts";

/** Days after a hand-over within which the same product coming back counts as rework (domain: 30). */
const REWORK_DAYS = 30;
/** The follow-up is due three days after; a hand-over younger than this can't be judged yet, days. */
const FOLLOWED_WITHIN_DAYS = 5;
/** Longest month, days. */
const MONTH_DAYS = 31;

export interface AssuranceCounter {
  /** A follow-up of an order that reached the customer. */
  followed(order: string): void;
  order(order: WorkOrder): void;
  case(one: Case): void;
  result(): { readonly assurances: ReportFigures["assurances"]; readonly loyal: Share };
}

/**
 * @param within is an instant in the period?
 * @param churnMonths a customer who stays away longer counts as lost, months
 */
export function createAssuranceCounter(
  within: (at: Instant | null | undefined) => boolean,
  churnMonths: number,
  now: Instant,
): AssuranceCounter {
  const quality = nothingCounted();
  const cost = nothingCounted();
  const aftercare = nothingCounted();
  const time = nothingCounted();
  const emergency = nothingCounted();
  /** Hand-overs by customer. */
  const served = new Map<string, Instant[]>();
  const delivered: { readonly number: string; readonly product: string; readonly at: Instant }[] = [];
  const followed = new Set<string>();
  const comeBack = new Map<string, { readonly number: string; readonly at: Instant }[]>();
  const reworked = new Set<string>();

  function countPromise(order: WorkOrder, ready: Instant | undefined): void {
    const { promisedAt } = order;
    if (promisedAt === null || !within(promisedAt) || promisedAt > now) return;
    time.of++;
    if (ready !== undefined && ready <= promisedAt) time.good++;
  }

  /** Priced work is begun after the customer's yes and not before. */
  function countConsent(order: WorkOrder): void {
    const quoted = atStatus(order, "quoted");
    if (quoted === undefined) return;
    const began = order.history.find((move) => move.status === "in_progress" && move.at >= quoted)?.at;
    if (began === undefined || !within(began)) return;
    cost.of++;
    const yes = atStatus(order, "approved");
    if (yes !== undefined && yes <= began) cost.good++;
  }

  function countDelivered(): void {
    for (const { number, product, at } of delivered) {
      quality.of++;
      const again = (comeBack.get(product) ?? []).some(
        (other) => other.number !== number && other.at > at && other.at - at < REWORK_DAYS * DAY_MS,
      );
      if (!again && !reworked.has(number)) quality.good++;
      if (now - at < FOLLOWED_WITHIN_DAYS * DAY_MS && !followed.has(number)) continue;
      aftercare.of++;
      if (followed.has(number)) aftercare.good++;
    }
  }

  function countLoyal(): Share {
    const loyal = nothingCounted();
    for (const times of served.values()) {
      const sorted = times.toSorted((one, other) => one - other);
      const first = sorted.findIndex((at) => within(at));
      if (first < 0) continue;
      loyal.of++;
      if (sorted.slice(0, first).some((at) => sorted[first]! - at < churnMonths * MONTH_DAYS * DAY_MS)) loyal.good++;
    }
    return loyal;
  }

  return {
    followed: (order) => void followed.add(order),
    order(order) {
      const product = productKey(order);
      const done = atStatus(order, "delivered") ?? atStatus(order, "closed");
      if (done !== undefined) {
        push(served, order.customerId, done);
        if (within(done)) delivered.push({ number: order.number, product, at: done });
      }
      push(comeBack, product, { number: order.number, at: order.createdAt });
      countPromise(order, atStatus(order, "ready") ?? done);
      countConsent(order);
      if (order.history.some((move) => move.status === "rework" && within(move.at))) reworked.add(order.number);
    },
    case(one) {
      if (one.category !== "emergency" || !within(one.createdAt)) return;
      if (one.answeredAt === null && one.promisedAt > now) return;
      emergency.of++;
      if (one.answeredAt !== null && one.answeredAt <= one.promisedAt) emergency.good++;
    },
    result() {
      countDelivered();
      return { assurances: { quality, cost, aftercare, time, emergency }, loyal: countLoyal() };
    },
  };
}

const atStatus = (order: WorkOrder, status: OrderStatus): Instant | undefined => order.history.find((move) => move.status === status)?.at;

/** What tells one product of a customer from another. */
function productKey(order: WorkOrder): string {
  return `${order.customerId}/${order.ownedProduct ?? order.plate ?? order.serial ?? order.product}`;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
