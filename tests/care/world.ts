/** An invented town of customers and what happens to them in a year: the truth that the checker judges by. */
import type { CustomerFile } from "../../core/customers/state.ts";
import { newCustomer } from "../../core/customers/state.ts";
import type { WorkOrder } from "../../core/orders/state.ts";
import { addDays, DAY_MS, HOUR_MS, type Instant } from "../../core/time.ts";

/** Chance that is the same each time. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Person {
  readonly file: CustomerFile;
  readonly zone: string;
  /** `open` always reachable · `window` only within 48 hours of writing · `blocked` · `none` no channel · `both` window and open */
  readonly way: "open" | "window" | "blocked" | "none" | "both";
  /** Refuses all, or one kind, from this moment on. */
  readonly refuses: { readonly at: Instant; readonly kind: "all" | "greeting" | "reminder" } | null;
  /** Has an open complaint from … to. */
  readonly complaint: { readonly from: Instant; readonly to: Instant } | null;
  /** Work on the product: received, then delivered. */
  readonly orders: readonly { readonly number: string; readonly received: Instant; readonly delivered: Instant }[];
  /** Sold the product on this day. */
  readonly sold: { readonly at: Instant } | null;
}

const ZONES = ["Asia/Shanghai", "Asia/Shanghai", "Asia/Shanghai", "Asia/Tokyo", "America/Los_Angeles", "Europe/London"] as const;
const LANGUAGES = ["zh-CN", "zh-CN", "zh-TW", "en"] as const;
const PRODUCTS = ["vw-lavida", "toyota-camry", "tesla-model-y", "honda-crv"] as const;

/** @param start first moment of the year */
export function createTown(count: number, start: Instant, seed = 7): readonly Person[] {
  const roll = dice(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!;
  const firstDay = new Date(start).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, index): Person => {
    const id = `k${String(index + 1).padStart(7, "0")}`;
    const zone = pick(ZONES);
    const bought = addDays(firstDay, -Math.floor(roll() * 1_400) + 30);
    const lunar = roll() < 0.3;
    const leap = lunar && roll() < 0.05;
    const soldAt = roll() < 0.05 ? start + roll() * 360 * DAY_MS : null;
    const way = pick(["open", "open", "open", "open", "both", "window", "blocked", "none"] as const);
    const file: CustomerFile = {
      ...newCustomer(id, start - 400 * DAY_MS),
      name: `客户${index + 1}`,
      title: roll() < 0.5 ? "mr" : "ms",
      phones: roll() < 0.9 ? [`+86138${String(10_000_000 + index)}`] : [],
      language: pick(LANGUAGES),
      vip: roll() < 0.05,
      ...(zone === "Asia/Shanghai" ? {} : { zone }),
      ...(roll() < 0.8
        ? {
            birthday: {
              calendar: lunar ? ("lunar" as const) : ("solar" as const),
              year: null,
              month: 1 + Math.floor(roll() * 12),
              date: 1 + Math.floor(roll() * (lunar ? 30 : 28)),
              leap,
            },
          }
        : {}),
      products: [
        {
          id: "p1",
          product: pick(PRODUCTS),
          brand: null,
          model: null,
          plate: `浙A${String(index).padStart(5, "0")}`,
          serial: null,
          boughtOn: bought,
          mileageKm: null,
          due: {
            ...(roll() < 0.5 ? { inspection: addDays(firstDay, Math.floor(roll() * 365)) } : {}),
            ...(roll() < 0.5 ? { insurance: addDays(firstDay, Math.floor(roll() * 365)) } : {}),
          },
          ...(roll() < 0.5 ? { readings: [{ on: addDays(firstDay, -1), km: Math.floor(roll() * 90_000) }] } : {}),
        },
      ],
    };
    const orders: { number: string; received: Instant; delivered: Instant }[] = [];
    for (let times = roll() < 0.5 ? 1 : 0; times > 0; times--) {
      const received = start + Math.floor(roll() * 330) * DAY_MS + 9 * HOUR_MS;
      orders.push({ number: `W${id}${orders.length}`, received, delivered: received + Math.floor(1 + roll() * 6) * DAY_MS + 7 * HOUR_MS });
    }
    const complainedAt = start + Math.floor(roll() * 340) * DAY_MS + Math.floor(roll() * 24) * HOUR_MS;
    return {
      file,
      zone,
      way,
      refuses: roll() < 0.1 ? { at: start + roll() * 360 * DAY_MS, kind: pick(["all", "greeting", "reminder"] as const) } : null,
      complaint: roll() < 0.15 ? { from: complainedAt, to: complainedAt + Math.floor(1 + roll() * 20) * DAY_MS } : null,
      orders,
      sold: soldAt === null ? null : { at: soldAt },
    };
  });
}

export function orderOf(person: Person, index: number, delivered: boolean): WorkOrder {
  const one = person.orders[index]!;
  return {
    number: one.number,
    customerId: person.file.id,
    status: delivered ? "delivered" : "received",
    product: person.file.products[0]!.product,
    ownedProduct: "p1",
    plate: person.file.products[0]!.plate,
    serial: null,
    services: ["maintenance"],
    technician: null,
    booking: null,
    promisedAt: null,
    note: null,
    history: [
      { status: "received", at: one.received, by: "town", why: null },
      ...(delivered ? [{ status: "delivered" as const, at: one.delivered, by: "town", why: null }] : []),
    ],
    hurried: 0,
    createdAt: one.received,
    updatedAt: delivered ? one.delivered : one.received,
  };
}
