/** Work to find time for: what it takes of a technician, and who can do it. */

import type { Pickup } from "../profile/capacity-schema.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { Service, Technician } from "../profile/schema.ts";
import { type DayKey, MINUTE_MS } from "../time.ts";

/** `pickup`: we fetch it, work on it in the shop, and bring it back. */
export type Place = "shop" | "visit" | "pickup";

/** Work to find time for. */
export interface Job {
  readonly services: readonly Service[];
  readonly place: Place;
  /** Technician to prefer when free (the same as last time). */
  readonly preferred?: string | null;
  /** For visits and pick-ups: the way depends on the part of town. */
  readonly address?: string | null;
  /** Recalls, campaigns and repeat work may use what is held back for emergencies (service standard: they come first). */
  readonly priority?: boolean;
  /** Kinds of resources the customer has from beginning to end (a loan car). */
  readonly lent?: readonly string[];
}

/** Working time of a job, min. */
export function jobMinutes(job: Job): number {
  return job.services.reduce((sum, service) => sum + service.minutes, 0);
}

/** Kept free on either side of a job, ms: the way for visits, the buffer in the shop. */
export function marginMs(model: BusinessModel, job: Job): number {
  const { travelMinutes, bufferMinutes, zones } = model.profile.business.booking;
  if (job.place !== "visit") return bufferMinutes * MINUTE_MS;
  const { address } = job;
  const zone = address ? zones.find((one) => one.words.some((word) => address.includes(word))) : undefined;
  return (zone?.travelMinutes ?? travelMinutes) * MINUTE_MS;
}

/** Technicians with every skill and the level of every service of the job. */
export function ableTechnicians(model: BusinessModel, job: Job): Technician[] {
  const level = Math.max(...job.services.map((service) => service.level));
  const skills = job.services.flatMap((service) => service.skills);
  return model.profile.technicians.filter(
    (technician) => technician.level >= level && skills.every((skill) => technician.skills.includes(skill)),
  );
}

/** Does the technician hold every paper the job demands on that day? */
export function licensed(job: Job, technician: Technician, day: DayKey): boolean {
  return job.services.every((service) =>
    service.licences.every((wanted) =>
      technician.licences.some((one) => one.id === wanted && (one.until === undefined || one.until >= day)),
    ),
  );
}

/** What happens before and after the work itself, ms: nothing in the shop or at the customer's; both ways where we fetch. */
export interface Legs {
  /** From the customer's door until the work can begin, and from its end until the customer has it back. */
  readonly before: number;
  readonly after: number;
  /** One way of the driver. */
  readonly way: number;
  /** Kind of the resource that drives. */
  readonly driver: string | null;
}

const NO_LEGS: Legs = { before: 0, after: 0, way: 0, driver: null };

/** The part of town from which an address is fetched; `undefined` = out of reach; `null` = fetched from everywhere. */
export function pickupZone(model: BusinessModel, address: string | null | undefined): Pickup["zones"][number] | null | undefined {
  const zones = model.profile.business.booking.pickup?.zones ?? [];
  return zones.length === 0 ? null : zones.find((one) => one.words.some((word) => address?.includes(word)));
}

export function legsOf(model: BusinessModel, job: Job): Legs {
  const { pickup } = model.profile.business.booking;
  if (job.place !== "pickup" || !pickup) return NO_LEGS;
  const way = (pickupZone(model, job.address)?.travelMinutes ?? pickup.travelMinutes) * MINUTE_MS;
  const leg = way + pickup.handoverMinutes * MINUTE_MS;
  return { before: leg, after: leg, way, driver: pickup.driver };
}

/** What fetching and bringing back costs, whole units. */
export function pickupFee(model: BusinessModel, address: string | null): number {
  const { pickup } = model.profile.business.booking;
  return pickup ? (pickupZone(model, address)?.fee ?? pickup.fee) : 0;
}

/** Kinds of resources a job takes while the work lasts. */
export function kindsOf(job: Job): readonly string[] {
  return [...new Set(job.services.flatMap((service) => service.needs))];
}
