/** A profile made ready to work with: look-ups by id, the business calendar, prices in minor units. Built once at start. */

import type { Estimate } from "../booking/state.ts";
import { type BusinessCalendar, createBusinessCalendar } from "../calendar/index.ts";
import type { Language, LocalText } from "../language.ts";
import type { DangerKind, Fault, Product, Profile, Service, Staff, Technician } from "./schema.ts";

export interface BusinessModel {
  readonly profile: Profile;
  /** Changes whenever an entry that flows rest on comes, goes or changes. */
  readonly version: string;
  readonly zone: string;
  /** What staff read is written in the first language of the business. */
  readonly staffLanguage: Language;
  readonly calendar: BusinessCalendar;
  readonly product: (id: string) => Product | undefined;
  readonly service: (id: string) => Service | undefined;
  readonly fault: (id: string) => Fault | undefined;
  readonly technician: (id: string) => Technician | undefined;
  readonly staff: (id: string) => Staff | undefined;
  /** Does an entry for `listed` products hold for `product`, itself or as a sort of one of them? */
  readonly covers: (listed: readonly string[], product: string) => boolean;
  /** Safety line for a kind of danger; the general one when the kind has none. */
  readonly safetyLine: (kind: DangerKind | null) => LocalText;
}

/** Builds the model of a checked profile. */
export function createBusinessModel(profile: Profile, zone: string = profile.business.zone): BusinessModel {
  const products = byId(profile.products);
  const services = byId(profile.services);
  const faults = byId(profile.faults);
  const technicians = byId(profile.technicians);
  const staff = byId(profile.staff);
  const dangers = byId(profile.emergencies);
  return {
    profile,
    version: versionOf(profile),
    zone,
    staffLanguage: profile.business.languages[0]!,
    calendar: createBusinessCalendar(profile.business.hours, zone),
    product: (id) => products.get(id),
    service: (id) => services.get(id),
    fault: (id) => faults.get(id),
    technician: (id) => technicians.get(id),
    staff: (id) => staff.get(id),
    covers: (listed, product) => {
      // The chain of kinds is short; the bound only guards against a circle.
      let current: string | undefined = product;
      for (let steps = 0; current !== undefined && steps < 8; steps++) {
        if (listed.includes(current)) return true;
        current = products.get(current)?.kind;
      }
      return false;
    },
    safetyLine: (kind) => (dangers.get(kind ?? "other") ?? dangers.get("other"))!.line,
  };
}

/** A short mark of what flows rest on: products, services, faults, team, hours, booking rules (FNV-1a, 32 bits). */
function versionOf(profile: Profile): string {
  const { products, services, faults, technicians, business } = profile;
  const text = JSON.stringify([products, services, faults, technicians, business.hours, business.booking]);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}

function byId<T extends { readonly id: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

/** Name of an entry in a language, its id when there is none. */
export function nameIn(entry: { readonly id: string; readonly name: LocalText } | undefined, language: Language): string {
  return entry ? entry.name[language] : "";
}

/**
 * The estimate of some services from the public price list (handbook: labour + parts + travel).
 *
 * @param fee what else is charged (fetching and bringing back), whole units
 * @param visit whether the way is charged; it is charged once, the dearest of the services
 */
export function estimateOf(services: readonly Service[], visit: boolean, currency: string, fee = 0): Estimate {
  let low = 0;
  let high = 0;
  let travel = 0;
  for (const service of services) {
    low += service.price.labour + service.price.parts[0];
    high += service.price.labour + service.price.parts[1];
    travel = Math.max(travel, service.price.travel);
  }
  const way = (visit ? travel : 0) + fee;
  return {
    lowMinor: Math.round((low + way) * 100),
    highMinor: Math.round((high + way) * 100),
    currency,
    afterDiagnosis: services.some((service) => service.afterDiagnosis),
  };
}
