/** The smallest shapes of a profile's values, each with the name under which a mistake in it is explained. */
import { z } from "zod";

/** Opening span within one day, `HH:MM-HH:MM`; several a day make a split shift. */
export const span = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "span");

/** A calendar day `YYYY-MM-DD`. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "day");

/** A day or a span of days, both ends included: `YYYY-MM-DD` or `YYYY-MM-DD..YYYY-MM-DD`. */
export const days = z.string().regex(/^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/, "days");

/** Identifier used inside the profile: lower-case letters, digits, hyphen. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "id");

export const text = z.string().min(1, "text");

/** One text in the three written languages. */
export const localText = z.strictObject({ "zh-CN": text, "zh-TW": text, en: text });

/** Wordings of customers, per language; the name is always understood and need not be repeated here. */
export const words = z.strictObject({
  "zh-CN": z.array(text).default([]),
  "zh-TW": z.array(text).default([]),
  en: z.array(text).default([]),
});

/** Money in the profile's currency, in whole units with up to two decimals (yuan, not fen): read once, kept in fen. */
export const money = z.number().min(0).max(10_000_000);

export const weekly = z.strictObject({
  mon: z.array(span).default([]),
  tue: z.array(span).default([]),
  wed: z.array(span).default([]),
  thu: z.array(span).default([]),
  fri: z.array(span).default([]),
  sat: z.array(span).default([]),
  sun: z.array(span).default([]),
});

export const positiveInt = (max: number) => z.number().int().min(1).max(max);
export const natural = (max: number) => z.number().int().min(0).max(max);
