/** Living mileage: what customers say of it in passing keeps the file true, and moves the day of the next service. Pure. */
import { addDays, type DayKey, daysBetween } from "../time.ts";
import type { OwnedProduct } from "./state.ts";

/** Readings kept of one product; older ones say little of how it is driven now. */
const READINGS_MOST = 12;
/** A mileage this far above what driving all day could add is a slip of the pen, km a day. */
const DAILY_MOST_KM = 1_500;

/**
 * The product with a new reading; as it was when the reading can't be: fewer kilometres than before, or more than can be driven.
 */
export function withMileage(product: OwnedProduct, km: number, on: DayKey): OwnedProduct {
  const { mileageKm, mileageOn } = product;
  if (mileageKm !== null) {
    if (km < mileageKm) return product;
    if (mileageOn !== undefined && km - mileageKm > DAILY_MOST_KM * Math.max(1, daysBetween(mileageOn, on))) return product;
    if (km === mileageKm && mileageOn !== undefined) return product;
  }
  const readings = [
    ...(product.readings ?? (mileageKm !== null && mileageOn !== undefined ? [{ on: mileageOn, km: mileageKm }] : [])),
    { on, km },
  ];
  return { ...product, mileageKm: km, mileageOn: on, readings: readings.slice(-READINGS_MOST) };
}

/** Kilometres a day, from the readings and, without two of them, from the day of purchase; `null` when nothing says it. */
export function dailyKm(product: OwnedProduct): number | null {
  const readings = product.readings ?? [];
  const first = readings[0];
  const last = readings.at(-1);
  if (first && last && daysBetween(first.on, last.on) >= 7) return (last.km - first.km) / daysBetween(first.on, last.on);
  if (product.boughtOn !== null && product.mileageKm !== null && product.mileageOn !== undefined) {
    const days = daysBetween(product.boughtOn, product.mileageOn);
    if (days >= 30) return product.mileageKm / days;
  }
  return null;
}

/**
 * The day on which the next service is due: after so many months or kilometres since the last, whichever comes first.
 *
 * @param last day and mileage of the last service; `null` mileage = not known
 * @param every months and kilometres between services; 0 = doesn't count
 * @returns `null` when nothing says when
 */
export function nextServiceOn(
  product: OwnedProduct,
  last: { readonly on: DayKey; readonly km: number | null },
  every: { readonly months: number; readonly km: number },
): DayKey | null {
  const byMonths = every.months > 0 ? addDays(last.on, Math.round(every.months * 30.44)) : null;
  const daily = dailyKm(product);
  let byKm: DayKey | null = null;
  if (every.km > 0 && last.km !== null && product.mileageKm !== null && product.mileageOn !== undefined && daily !== null && daily > 0) {
    const left = last.km + every.km - product.mileageKm;
    byKm = addDays(product.mileageOn, Math.max(0, Math.floor(left / daily)));
  }
  if (byMonths === null || byKm === null) return byMonths ?? byKm;
  return byKm < byMonths ? byKm : byMonths;
}
