/** What the shop looks after, what can be wrong with it, and the work it does. */
import { z } from "zod";
import { id, localText, money, positiveInt, text, words } from "./atoms.ts";

/** `products.yaml`: what the business looks after. */
export const productSchema = z.strictObject({
  id,
  name: localText,
  words: words.prefault({}),
  /** Product this one is a sort of (a model of `car`): services, faults and terms for that one hold for this one too. */
  kind: id.optional(),
  /** Where this product is usually served. */
  place: z.enum(["shop", "visit", "either"]),
  /** What tells one such product from another of the same customer. */
  identify: z.enum(["plate", "serial", "none"]).default("none"),
  /** Asked for with brands or models, shown to staff. */
  brands: z.array(text).default([]),
  models: z.array(text).default([]),
});

/** `services.yaml`: priced work. */
export const serviceSchema = z.strictObject({
  id,
  name: localText,
  words: words.prefault({}),
  products: z.array(id).min(1),
  /** Working time, min (labour hours × 60). */
  minutes: positiveInt(2_880),
  /** Every skill the technician needs. */
  skills: z.array(id).min(1),
  /** Least level of the technician, 1–5. */
  level: positiveInt(5).default(1),
  /** Papers the technician must hold on the day, by id. */
  licences: z.array(id).default([]),
  /** Kinds of resources taken for as long as the work lasts (a lift, a loan car). */
  needs: z.array(id).default([]),
  /** The product may be fetched for it and brought back (`booking.pickup`). */
  pickup: z.boolean().default(false),
  /** Product campaigns and recalls come first (service standard): they may use what is held back for emergencies. */
  priority: z.enum(["recall", "campaign", "none"]).default("none"),
  /** Safety depends on this work: who declines it gets the safety notice. */
  safety: z.boolean().default(false),
  price: z.strictObject({
    labour: money,
    /** Range of parts, least and most. */
    parts: z.tuple([money, money]).default([0, 0]),
    /** Way, charged for visits only. */
    travel: money.default(0),
  }),
  /** Where this work is done, when it is not where the product is usually served (towing a car). */
  place: z.enum(["shop", "visit", "either"]).optional(),
  /** Total can be told only after diagnosis. */
  afterDiagnosis: z.boolean().default(false),
  bring: localText.optional(),
  /** Work the customer may ask for by itself (a maintenance); false for what only a fault leads to. */
  requestable: z.boolean().default(true),
});

/** `faults.yaml`: what can be wrong, in customers' words. */
export const faultSchema = z.strictObject({
  id,
  name: localText,
  words: words.prefault({}),
  products: z.array(id).min(1),
  /** The service that answers it. */
  service: id,
  /** Advice until someone has looked at it. */
  advice: localText.optional(),
  /** Cannot be used, or safety is doubtful. */
  urgent: z.boolean().default(false),
});
