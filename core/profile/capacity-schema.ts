/** Capacity beside the technicians' hours: papers, bays and loan cars, parts of town. */
import { z } from "zod";
import { day, days, id, localText, text } from "./atoms.ts";

/** A paper that some work demands (gas fitting, work at height). After `until` it no longer counts. */
export const licenceSchema = z.strictObject({ id, until: day.optional() });

/** `team.yaml`, `resources`: one bay, lift or loan car. Services name the kind they need. */
export const resourceSchema = z.strictObject({
  id,
  kind: id,
  name: localText,
  /** Days on which it can't be used. */
  daysOff: z.array(days).default([]),
});

/** Parts of town, by the words that stand in addresses; the first that fits counts. */
export const zonesSchema = z
  .array(z.strictObject({ id, words: z.array(text).min(1), travelMinutes: z.number().int().min(0).max(480) }))
  .default([]);
