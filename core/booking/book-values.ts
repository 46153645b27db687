/** What a booking is made of, and the look of it that its slots share. */
import type { FlowContext, Slot } from "../conversation/flow.ts";
import type { Json } from "../conversation/state.ts";
import type { Service } from "../profile/schema.ts";
import type { Job } from "./slots.ts";
import { NO_WISH, servicesFor, type WorkWish } from "./work.ts";

export type BookValues = {
  fault: Json;
  product: Json;
  identity: Json;
  purchase_channel: Json;
  place: Json;
  address: Json;
  contact: Json;
  time: Json;
};
export type BookContext = FlowContext<BookValues>;
export type BookSlot<Name extends keyof BookValues> = Slot<BookValues, BookValues[Name]>;

export interface ProductValue {
  readonly id: string;
  readonly owned: string | null;
  /** Plate or serial told in this booking. */
  readonly plate?: string | null;
  readonly serial?: string | null;
}

/** Is the customer asked for this, by the profile? */
export function isAsked(context: BookContext, name: keyof BookValues): boolean {
  return (context.turn.model.profile.business.booking.ask as readonly string[]).includes(name);
}

export function workOf(context: BookContext): WorkWish {
  return (context.values.fault ?? context.frame.raw["fault"] ?? NO_WISH) as unknown as WorkWish;
}

export function servicesOf(context: BookContext): Service[] {
  const product = (context.values.product as unknown as ProductValue).id;
  return servicesFor(context.turn.model, product, workOf(context));
}

/** The work to find time for. */
export function jobOf(context: BookContext): Job {
  return { services: servicesOf(context), place: context.values.place === "visit" ? "visit" : "shop" };
}
