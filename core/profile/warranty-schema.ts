/** `warranty.yaml`: the terms, and the dated counters of the law on repair, exchange and return (三包). */
import { z } from "zod";
import { day, id, localText, natural, text } from "./atoms.ts";

export const warrantySchema = z.strictObject({
  id,
  products: z.array(id).min(1),
  months: natural(600),
  km: natural(2_000_000).optional(),
  covers: localText,
  excludes: localText,
  proof: localText,
  /**
   * `whole`: any fault of the product · `part`: some parts only, so a fault alone doesn't say whether it holds · `repair`: what we
   * repaired, from its hand-over, for the same fault.
   */
  scope: z.enum(["whole", "part", "repair"]).default("whole"),
  /** Faults for which the term can't be said to hold without a look (wearing parts, damage from outside). */
  doubtfulFaults: z.array(id).default([]),
  /** Words of a customer that point to what is excluded (摔, 进水, 自己拆): then the appraiser decides. */
  doubtfulWords: z.array(text).default([]),
});

/**
 * One counter of the law. `same_fault` repairs of one fault · `safety_fault` repairs of a fault that safety depends on ·
 * `repair_days` calendar days in repair, begun days counted.
 */
const counterSchema = z.strictObject({
  count: z.enum(["same_fault", "safety_fault", "repair_days"]),
  /** From this value on the customer may demand exchange or return. */
  limit: z.number().int().min(1).max(1_000),
  /** From this value on a manager is warned. */
  warnAt: z.number().int().min(1).max(1_000),
  /** Article, paragraph and item from which the limit comes. */
  source: text,
});

/** A rule pack: what held for products bought in a time, with its source. */
export const statutorySchema = z.strictObject({
  id,
  name: localText,
  /** The document; articles stand with the numbers. */
  source: text,
  products: z.array(id).min(1),
  /** Bought on this day or later, and before `until`. */
  from: day,
  until: day.optional(),
  /** The counters run this long from purchase, or to this mileage, whichever comes first. */
  months: natural(600),
  km: natural(2_000_000).optional(),
  counters: z.array(counterSchema).min(1),
});

export type WarrantyTerm = z.infer<typeof warrantySchema>;
export type StatutoryPack = z.infer<typeof statutorySchema>;
