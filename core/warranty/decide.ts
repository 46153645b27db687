/**
 * Is a fault covered? Said only when it is certain, with its ground; everything else is the appraiser's (service standard: when
 * warranty is uncertain the appraiser decides, never the bot). Pure.
 */
import type { WorkOrder } from "../orders/state.ts";
import type { WarrantyTerm } from "../profile/warranty-schema.ts";
import { addDays, type DayKey, dayOf } from "../time.ts";

export interface WarrantyQuestion {
  /** Terms of the product, in the profile's order. */
  readonly terms: readonly WarrantyTerm[];
  readonly boughtOn: DayKey | null;
  readonly mileageKm: number | null;
  /** Fault it is about; `null` = the product as a whole. */
  readonly fault: string | null;
  /** The customer's words. */
  readonly words: string;
  readonly today: DayKey;
  /** Orders of the same product, for the warranty of repairs. */
  readonly orders: readonly WorkOrder[];
  readonly zone: string;
}

export type WarrantyAnswer =
  | { readonly status: "covered"; readonly term: WarrantyTerm; readonly until: DayKey; readonly order: string | null }
  | { readonly status: "expired"; readonly term: WarrantyTerm; readonly until: DayKey }
  | { readonly status: "uncertain"; readonly why: "no_date" | "no_mileage" | "excluded" | "part" }
  | { readonly status: "no_terms" };

/** The day on which a warranty of some months ends: the same date that many months later, the month's last day where it has none. */
export function warrantyEnd(from: DayKey, months: number): DayKey {
  const [year = 0, month = 1, date = 1] = from.split("-").map(Number);
  const index = year * 12 + (month - 1) + months;
  const first = `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}-01`;
  const next = `${String(Math.floor((index + 1) / 12)).padStart(4, "0")}-${String(((index + 1) % 12) + 1).padStart(2, "0")}-01`;
  const wanted = addDays(first, date - 1);
  return wanted < next ? wanted : addDays(next, -1);
}

export function decideWarranty(question: WarrantyQuestion): WarrantyAnswer {
  const { terms, boughtOn, mileageKm, fault, words, today } = question;
  if (terms.length === 0) return { status: "no_terms" };
  const repaired = byRepair(question);
  if (repaired) return repaired;
  const main = terms.filter((term) => term.scope !== "repair");
  const plain = words.normalize("NFKC").toLowerCase();
  const doubtful = main.some(
    (term) =>
      term.doubtfulWords.some((word) => plain.includes(word.toLowerCase())) || (fault !== null && term.doubtfulFaults.includes(fault)),
  );
  if (main.length === 0) return { status: "no_terms" };
  if (boughtOn === null) return { status: "uncertain", why: "no_date" };
  const ended = (term: WarrantyTerm): boolean | null => {
    if (today > warrantyEnd(boughtOn, term.months)) return true;
    if (term.km === undefined) return false;
    return mileageKm === null ? null : mileageKm > term.km;
  };
  // Past every term there is nothing to appraise, whatever the cause.
  if (main.every((term) => ended(term) === true)) {
    const last = [...main].sort((one, other) => (warrantyEnd(boughtOn, one.months) < warrantyEnd(boughtOn, other.months) ? 1 : -1))[0]!;
    return { status: "expired", term: last, until: warrantyEnd(boughtOn, last.months) };
  }
  if (doubtful) return { status: "uncertain", why: "excluded" };
  const whole = main.filter((term) => term.scope === "whole");
  const certain = whole.find((term) => ended(term) === false);
  if (certain) return { status: "covered", term: certain, until: warrantyEnd(boughtOn, certain.months), order: null };
  if (whole.some((term) => ended(term) === null)) return { status: "uncertain", why: "no_mileage" };
  return { status: "uncertain", why: "part" };
}

/** What we repaired: the same fault within the term, counted from the hand-over. */
function byRepair({ terms, fault, orders, today, zone }: WarrantyQuestion): WarrantyAnswer | null {
  if (fault === null) return null;
  for (const term of terms) {
    if (term.scope !== "repair") continue;
    for (const order of orders) {
      if (order.fault !== fault) continue;
      const handed = order.history.findLast((move) => move.status === "delivered");
      if (!handed) continue;
      const until = warrantyEnd(dayOf(handed.at, zone), term.months);
      if (today <= until) return { status: "covered", term, until, order: order.number };
    }
  }
  return null;
}
