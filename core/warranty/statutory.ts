/** The counters of the law on repair, exchange and return (三包): how near a product is to a limit. Pure. */
import type { WorkOrder } from "../orders/state.ts";
import type { StatutoryPack } from "../profile/warranty-schema.ts";
import { type DayKey, dayOf, daysBetween, type Instant } from "../time.ts";
import { warrantyEnd } from "./decide.ts";

export interface StatutoryQuestion {
  readonly packs: readonly StatutoryPack[];
  readonly boughtOn: DayKey | null;
  readonly mileageKm: number | null;
  /** Orders of one owned product. */
  readonly orders: readonly WorkOrder[];
  /** Ids of faults that safety depends on. */
  readonly safetyFaults: ReadonlySet<string>;
  readonly now: Instant;
  readonly zone: string;
}

export interface StatutoryFinding {
  readonly pack: StatutoryPack;
  readonly count: StatutoryPack["counters"][number]["count"];
  readonly value: number;
  readonly limit: number;
  /** Article from which the limit comes. */
  readonly source: string;
  readonly reached: boolean;
  /** Fault that is counted, where one is. */
  readonly fault: string | null;
}

/** Work that was called off or never begun is no repair. */
const NO_REPAIR: readonly WorkOrder["status"][] = ["requested", "confirmed", "cancelled", "no_show", "declined"];
const DONE: readonly WorkOrder["status"][] = ["ready", "delivered", "closed"];

/** Counters at or beyond their warning, in the order of the packs. Without a day of purchase nothing can be said. */
export function statutoryFindings(question: StatutoryQuestion): StatutoryFinding[] {
  const { packs, boughtOn, mileageKm, now, zone } = question;
  if (boughtOn === null) return [];
  const today = dayOf(now, zone);
  const findings: StatutoryFinding[] = [];
  for (const pack of packs) {
    if (boughtOn < pack.from || (pack.until !== undefined && boughtOn >= pack.until)) continue;
    const end = warrantyEnd(boughtOn, pack.months);
    if (today > end || (pack.km !== undefined && mileageKm !== null && mileageKm > pack.km)) continue;
    const repairs = question.orders.filter((order) => !NO_REPAIR.includes(order.status) && order.fault !== undefined);
    for (const { count, limit, warnAt, source } of pack.counters) {
      if (count === "repair_days") {
        const value = repairs.reduce((sum, order) => sum + repairDays(order, now, zone), 0);
        if (value >= warnAt) findings.push({ pack, count, value, limit, source, reached: value >= limit, fault: null });
        continue;
      }
      const byFault = new Map<string, number>();
      for (const order of repairs) byFault.set(order.fault!, (byFault.get(order.fault!) ?? 0) + 1);
      for (const [fault, value] of byFault) {
        if (count === "safety_fault" && !question.safetyFaults.has(fault)) continue;
        if (value >= warnAt) findings.push({ pack, count, value, limit, source, reached: value >= limit, fault });
      }
    }
  }
  return findings;
}

/** Days a product was with us for one order, begun days counted: from its arrival until it was ready. */
export function repairDays(order: WorkOrder, now: Instant, zone: string): number {
  const came = order.history.find((move) => move.status === "received")?.at ?? order.createdAt;
  const ready = DONE.includes(order.status)
    ? order.history.findLast((move) => move.status === "ready" || move.status === "delivered")
    : undefined;
  return daysBetween(dayOf(came, zone), dayOf(ready?.at ?? now, zone)) + 1;
}
