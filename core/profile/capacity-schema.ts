/** Capacity beside the technicians' hours: papers, bays and loan cars, parts of town. */
import { z } from "zod";

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "id");
const text = z.string().min(1, "text");
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "day");
const days = z.string().regex(/^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/, "days");

/** A paper that some work demands (gas fitting, work at height). After `until` it no longer counts. */
export const licenceSchema = z.strictObject({ id, until: day.optional() });

/** `team.yaml`, `resources`: one bay, lift or loan car. Services name the kind they need. */
export const resourceSchema = z.strictObject({
  id,
  kind: id,
  name: z.strictObject({ "zh-CN": text, "zh-TW": text, en: text }),
  /** Days on which it can't be used. */
  daysOff: z.array(days).default([]),
});

/** Parts of town, by the words that stand in addresses; the first that fits counts. */
export const zonesSchema = z
  .array(z.strictObject({ id, words: z.array(text).min(1), travelMinutes: z.number().int().min(0).max(480) }))
  .default([]);
