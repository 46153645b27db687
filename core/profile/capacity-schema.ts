/** Capacity beside the technicians' hours: papers, bays and loan cars, parts of town. */
import { z } from "zod";
import { day, days, id, localText, money, text } from "./atoms.ts";

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

/** Fetching a product and bringing it back (上门取送): where, for how much, and who drives. */
export const pickupSchema = z.strictObject({
  /** Kind of the resource that drives. */
  driver: id,
  /** For both ways together. */
  fee: money.default(0),
  /** One way, where the zone says nothing else, min. */
  travelMinutes: z.number().int().min(1).max(240).default(30),
  /** At the customer's door, each time: papers, photos, keys, min. */
  handoverMinutes: z.number().int().min(0).max(120).default(10),
  /** Where we fetch; none = everywhere. An address that names none of them is out of reach. */
  zones: z
    .array(
      z.strictObject({
        id,
        name: localText,
        words: z.array(text).min(1),
        travelMinutes: z.number().int().min(1).max(240).optional(),
        fee: money.optional(),
      }),
    )
    .default([]),
  /** Is every customer asked who may have it? Otherwise the summary mentions it, and they ask. */
  ask: z.boolean().default(false),
});

/** Loan cars (代步车) that customers may have while theirs is with us. */
export const loanSchema = z.strictObject({
  /** Kind of the resource that is lent. */
  kind: id,
  /** Work from this long on: the customer is asked whether they want one, min; 0 = only when they ask. */
  askFromMinutes: z.number().int().min(0).max(2_880).default(0),
  /** What they bring for it. */
  bring: localText.optional(),
});

export type Pickup = z.infer<typeof pickupSchema>;
