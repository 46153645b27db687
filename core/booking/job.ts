/** Work to find time for: what it takes of a technician, and who can do it. */
import type { BusinessModel } from "../profile/model.ts";
import type { Service, Technician } from "../profile/schema.ts";
import { type DayKey, MINUTE_MS } from "../time.ts";

/** Work to find time for. */
export interface Job {
  readonly services: readonly Service[];
  readonly place: "shop" | "visit";
  /** Technician to prefer when free (the same as last time). */
  readonly preferred?: string | null;
  /** For visits: the way depends on the part of town. */
  readonly address?: string | null;
  /** Recalls, campaigns and repeat work may use what is held back for emergencies (service standard: they come first). */
  readonly priority?: boolean;
}

/** Working time of a job, min. */
export function jobMinutes(job: Job): number {
  return job.services.reduce((sum, service) => sum + service.minutes, 0);
}

/** Kept free on either side of a job, ms: the way for visits, the buffer in the shop. */
export function marginMs(model: BusinessModel, job: Job): number {
  const { travelMinutes, bufferMinutes, zones } = model.profile.business.booking;
  if (job.place === "shop") return bufferMinutes * MINUTE_MS;
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

/** Kinds of resources a job takes. */
export function kindsOf(job: Job): readonly string[] {
  return [...new Set(job.services.flatMap((service) => service.needs))];
}
