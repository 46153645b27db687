/**
 * Every wording of the product and the values it may use. A profile must have each of them in the three languages.
 * A family (what stands before the first point) is listed in one file; what is said to staff (`staff.`) stands with the matter
 * it is about.
 */
import { BOOKING_KEYS } from "./keys/booking.ts";
import { CARE_KEYS } from "./keys/care.ts";
import { CASES_KEYS } from "./keys/cases.ts";
import { COMPENSATION_KEYS } from "./keys/compensation.ts";
import { CONVERSATION_KEYS } from "./keys/conversation.ts";
import { CUSTOMERS_KEYS } from "./keys/customers.ts";
import { DESK_KEYS } from "./keys/desk.ts";
import { ORDERS_KEYS } from "./keys/orders.ts";
import { PROMISES_KEYS } from "./keys/promises.ts";
import { QUOTES_KEYS } from "./keys/quotes.ts";
import { VISITS_KEYS } from "./keys/visits.ts";
import { WARRANTY_KEYS } from "./keys/warranty.ts";

export const WORDING_KEYS = {
  ...CONVERSATION_KEYS,
  ...BOOKING_KEYS,
  ...VISITS_KEYS,
  ...ORDERS_KEYS,
  ...QUOTES_KEYS,
  ...PROMISES_KEYS,
  ...WARRANTY_KEYS,
  ...CASES_KEYS,
  ...COMPENSATION_KEYS,
  ...DESK_KEYS,
  ...CUSTOMERS_KEYS,
  ...CARE_KEYS,
} as const satisfies Record<string, readonly string[]>;

export type WordingKey = keyof typeof WORDING_KEYS;
