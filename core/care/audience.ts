/** Whom a plan or campaign means, which plans are in force, and on whose clock they run. */
import type { CustomerFile } from "../customers/state.ts";
import type { Audience, CarePlan } from "../profile/care-schema.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { DayKey } from "../time.ts";
import { addMonths } from "./months.ts";
import type { CareState } from "./touch.ts";

/** The zone a customer lives in. */
export function zoneOf(customer: Pick<CustomerFile, "zone">, model: BusinessModel): string {
  return customer.zone ?? model.zone;
}

/** Plans in force: those of the profile without the ones this shop does without. */
export function plansOf(model: BusinessModel): readonly CarePlan[] {
  const { without } = model.profile.care;
  return model.profile.carePlans.filter((plan) => !without.includes(plan.id));
}

/** Does an audience leave nobody out? */
export function isEverybody(audience: Audience): boolean {
  return Object.values(audience).every((wanted) => wanted === undefined || (Array.isArray(wanted) && wanted.length === 0));
}

/** Is a customer meant? @param today a day in their zone */
export function inAudience(model: BusinessModel, audience: Audience, customer: CustomerFile, state: CareState, today: DayKey): boolean {
  if (isEverybody(audience)) return true;
  if (audience.vip !== undefined && customer.vip !== audience.vip) return false;
  const own = customer.products.filter((owned) => owned.soldOn === undefined);
  if (audience.products !== undefined && audience.products.length > 0) {
    const wanted = audience.products;
    if (!own.some((owned) => model.covers(wanted, owned.product))) return false;
  }
  const { languages = [] } = audience;
  if (languages.length > 0 && (customer.language === null || !languages.includes(customer.language))) return false;
  const served = Object.values(state.services).map((one) => one.on);
  const { servedWithinMonths, notServedForMonths, boughtWithinMonths } = audience;
  if (servedWithinMonths !== undefined && !served.some((on) => on > addMonths(today, -servedWithinMonths))) return false;
  if (notServedForMonths !== undefined && served.some((on) => on > addMonths(today, -notServedForMonths))) return false;
  if (
    boughtWithinMonths !== undefined &&
    !own.some((owned) => owned.boughtOn !== null && owned.boughtOn > addMonths(today, -boughtWithinMonths))
  )
    return false;
  return true;
}
