/** When a product is due again, by time and by mileage, and how far it has run: forecast from its readings. */
import type { CustomerFile, OwnedProduct } from "../customers/state.ts";
import type { CarePlan } from "../profile/care-schema.ts";
import { addDays, type DayKey, daysBetween } from "../time.ts";
import { addMonths } from "./months.ts";
import type { CareState } from "./touch.ts";

/**
 * The day on which the next maintenance falls due: by time since the last one (or the purchase), or by mileage at the pace of the
 * readings, whichever comes first.
 *
 * @returns `null` when neither purchase nor service is known
 */
export function serviceDueOn(
  owned: OwnedProduct,
  served: { readonly on: DayKey; readonly km: number | null } | null,
  rule: Extract<CarePlan["on"], { event: "service_due" }>,
): DayKey | null {
  const start = served?.on ?? owned.boughtOn;
  if (!start) return null;
  const byTime = addMonths(start, served ? rule.everyMonths : rule.firstMonths);
  const stepKm = served ? rule.everyKm : rule.firstKm;
  if (stepKm === 0) return byTime;
  const dueKm = (served ? (served.km ?? kmOn(owned, served.on, rule.kmPerYear)) : 0) + stepKm;
  const byKm = dayOfKm(owned, dueKm, rule.kmPerYear);
  return byKm !== null && byKm < byTime ? (byKm > start ? byKm : addDays(start, 1)) : byTime;
}

/** Readings of a product with the purchase as the first, by day. */
function readingsOf(owned: OwnedProduct): readonly { readonly on: DayKey; readonly km: number }[] {
  const known = owned.readings ?? [];
  return owned.boughtOn && (known[0]?.on ?? "9999") > owned.boughtOn ? [{ on: owned.boughtOn, km: 0 }, ...known] : known;
}

/** Kilometres a day: of the last two readings at least 30 days apart, else of all, else as assumed. */
function paceOf(owned: OwnedProduct, kmPerYear: number): number {
  const readings = readingsOf(owned);
  const last = readings.at(-1);
  const before = last ? readings.findLast((one) => daysBetween(one.on, last.on) >= 30) : undefined;
  if (!last || !before || last.km <= before.km) return kmPerYear / 365;
  return (last.km - before.km) / daysBetween(before.on, last.on);
}

/** The mileage on a day as far as its readings tell; `null` without any. */
export function kmAt(owned: OwnedProduct, day: DayKey): number | null {
  const last = readingsOf(owned).findLast((one) => one.on <= day);
  return last === undefined || last.km === 0 ? null : last.km;
}

function kmOn(owned: OwnedProduct, day: DayKey, kmPerYear: number): number {
  const last = readingsOf(owned).at(-1);
  if (!last) return 0;
  return Math.max(0, last.km + Math.round(daysBetween(last.on, day) * paceOf(owned, kmPerYear)));
}

/** The day on which a product reaches a mileage at its pace; `null` when there is nothing to reckon from. */
function dayOfKm(owned: OwnedProduct, km: number, kmPerYear: number): DayKey | null {
  const last = readingsOf(owned).at(-1);
  const pace = paceOf(owned, kmPerYear);
  if (!last || pace <= 0) return null;
  const days = Math.ceil((km - last.km) / pace);
  return Math.abs(days) > 40_000 ? null : addDays(last.on, days);
}

/** The day of the last service of any product, or `null`. */
export function lastService(customer: CustomerFile, state: CareState): DayKey | null {
  const days = Object.values(state.services).map((one) => one.on);
  for (const owned of customer.products) if (owned.soldOn === undefined && owned.boughtOn) days.push(owned.boughtOn);
  return days.length === 0 ? null : days.reduce((one, other) => (one > other ? one : other));
}
