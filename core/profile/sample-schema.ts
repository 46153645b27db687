/** `sample.yaml`: customers and orders of a new database, to try the product with. */
import { z } from "zod";
import { parseBirthday } from "../calendar/birthdays.ts";
import { ORDER_STATUSES } from "../orders/state.ts";
import { id, localText, natural, text } from "./atoms.ts";

export const sampleSchema = z.strictObject({
  customers: z
    .array(
      z.strictObject({
        id,
        name: text,
        title: z.enum(["mr", "ms", "mrs", "none"]).default("none"),
        phone: text,
        address: text.optional(),
        language: z.enum(["zh-CN", "zh-TW", "en"]).default("zh-CN"),
        vip: z.boolean().default(false),
        birthday: z
          .string()
          .refine((value) => parseBirthday(value) !== null, "birthday")
          .optional(),
        products: z
          .array(
            z.strictObject({
              product: id,
              brand: text.optional(),
              model: text.optional(),
              plate: text.optional(),
              serial: text.optional(),
              /** Days before the database was made. */
              boughtDaysAgo: natural(20_000).optional(),
              mileageKm: natural(2_000_000).optional(),
              /** Days from the making of the database until something falls due, by name. */
              dueInDays: z.record(id, z.number().int().min(-20_000).max(20_000)).optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  orders: z
    .array(
      z.strictObject({
        number: text,
        customer: id,
        /** Index into the customer's products, from 0. */
        product: natural(20).default(0),
        service: id,
        status: z.enum(ORDER_STATUSES),
        technician: id.optional(),
        /** Hours from the making of the database until the promised time; negative = past. */
        promisedInHours: z.number().min(-10_000).max(10_000).optional(),
        note: localText.optional(),
      }),
    )
    .default([]),
});
