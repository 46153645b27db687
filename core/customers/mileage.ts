/** Living mileage: what customers say of it in passing keeps the file true, and moves the day of the next service, which core/care forecasts from the readings. Pure. */
import { type DayKey, daysBetween } from "../time.ts";
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
