/** What happened with a customer before, as rules count it: "third repair of the same fault in 30 days". Pure. */
import type { Booking } from "../booking/state.ts";
import type { Case } from "../cases/state.ts";
import type { Language, LocalText } from "../language.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { HistoryCondition } from "../profile/rules-schema.ts";
import { DAY_MS, type Instant } from "../time.ts";

/** What this turn is about, to tell "the same" by. */
export interface Subject {
  readonly product: string | null;
  readonly ownedProduct: string | null;
  readonly fault: string | null;
}

/** The customer's past. */
export interface Past {
  readonly bookings: readonly Booking[];
  readonly orders: readonly WorkOrder[];
  readonly cases: readonly Case[];
}

const DONE: readonly WorkOrder["status"][] = ["delivered", "closed", "ready", "rework"];

/**
 * How many of the past a condition counts. Work is counted once: by its order, or by the booking where no order followed and
 * the time has passed. What can't be compared because the subject is unknown counts nothing.
 *
 * @param now what lies less than `days` before it counts
 */
export function countHistory(condition: HistoryCondition, past: Past, subject: Subject, model: BusinessModel, now: Instant): number {
  const since = now - condition.days * DAY_MS;
  const same = condition.same ?? [];
  if (same.includes("product") && subject.product === null) return 0;
  if (same.includes("fault") && subject.fault === null) return 0;
  const sameProduct = (product: string, owned: string | null): boolean =>
    !same.includes("product") ||
    (owned !== null && subject.ownedProduct !== null ? owned === subject.ownedProduct : product === subject.product);
  switch (condition.history) {
    case "booking":
      return past.bookings.filter(
        (one) =>
          one.createdAt >= since && sameProduct(one.product, one.ownedProduct) && (!same.includes("fault") || one.fault === subject.fault),
      ).length;
    case "case":
      return past.cases.filter(
        (one) =>
          one.createdAt >= since &&
          (condition.category === undefined || one.category === condition.category) &&
          (!same.includes("product") || one.links.product === subject.product) &&
          (!same.includes("fault") || one.links.fault === subject.fault),
      ).length;
    case "repair": {
      const service = subject.fault === null ? undefined : model.fault(subject.fault)?.service;
      const faultOf = new Map(past.bookings.map((one) => [one.number, one.fault]));
      const sameFault = (order: WorkOrder): boolean => {
        if (!same.includes("fault")) return true;
        const fault = order.booking === null ? undefined : faultOf.get(order.booking);
        // An order without a booking says only which work was done: the fault's own work is taken for the fault.
        return fault === undefined || fault === null ? service !== undefined && order.services.includes(service) : fault === subject.fault;
      };
      const orders = past.orders.filter(
        (one) => DONE.includes(one.status) && one.updatedAt >= since && sameProduct(one.product, one.ownedProduct) && sameFault(one),
      );
      const withOrder = new Set(past.orders.flatMap((one) => (one.booking === null ? [] : [one.booking])));
      const visits = past.bookings.filter(
        (one) =>
          one.status === "confirmed" &&
          one.end <= now &&
          one.end >= since &&
          !withOrder.has(one.number) &&
          one.fault !== null &&
          sameProduct(one.product, one.ownedProduct) &&
          (!same.includes("fault") || one.fault === subject.fault),
      );
      return orders.length + visits.length;
    }
  }
}

const KINDS: Readonly<Record<HistoryCondition["history"], LocalText>> = {
  repair: { "zh-CN": "维修", "zh-TW": "維修", en: "repairs" },
  case: { "zh-CN": "个案", "zh-TW": "個案", en: "cases" },
  booking: { "zh-CN": "预约", "zh-TW": "預約", en: "bookings" },
};
const SAMES: Readonly<Record<string, LocalText>> = {
  product: { "zh-CN": "同一产品", "zh-TW": "同一產品", en: "of the same product" },
  fault: { "zh-CN": "同一故障", "zh-TW": "同一故障", en: "of the same fault" },
  category: { "zh-CN": "同类", "zh-TW": "同類", en: "of the same category" },
};

/** A history condition as a name, for traces: `repair/fault+product/30`. */
export function historyName(condition: HistoryCondition): string {
  return `${condition.history}/${[...(condition.same ?? []), condition.category ?? ""].filter(Boolean).join("+")}/${condition.days}`;
}

/** The words of {@link historyName}; `null` when the name is none of a history. */
export function historyWords(name: string, language: Language): string | null {
  const match = /^(repair|case|booking)\/([^/]*)\/(\d+)$/.exec(name);
  if (!match) return null;
  const kind = KINDS[match[1] as HistoryCondition["history"]][language];
  const same = match[2]!
    .split("+")
    .filter(Boolean)
    .map((one) => SAMES[one]?.[language] ?? one);
  const days = match[3]!;
  return language === "en"
    ? `${kind}${same.length > 0 ? ` ${same.join(" ")}` : ""} within ${days} days`
    : `${days} 天内${same.join("")}${kind}次数`
        .replace("天内", language === "zh-TW" ? "天內" : "天内")
        .replace("次数", language === "zh-TW" ? "次數" : "次数");
}
