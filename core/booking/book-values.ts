/** What a booking is made of, and the look of it that its slots share. */
import type { TurnContext } from "../conversation/context.ts";
import type { FlowContext, Slot } from "../conversation/flow.ts";
import type { Json } from "../conversation/state.ts";
import { estimateOf } from "../profile/model.ts";
import type { Service } from "../profile/schema.ts";
import { DAY_MS } from "../time.ts";
import { type Job, type Place, pickupFee } from "./job.ts";
import type { Mention } from "./mentions.ts";
import type { ProductValue } from "./product-value.ts";
import type { Booking, Estimate } from "./state.ts";
import { faultsFor, NO_WISH, servicesById, servicesFor, type WorkWish } from "./work.ts";

export type BookValues = {
  fault: Json;
  product: Json;
  also: Json;
  identity: Json;
  purchase_channel: Json;
  place: Json;
  address: Json;
  loan: Json;
  contact: Json;
  time: Json;
};
export type BookContext = FlowContext<BookValues>;
export type BookSlot<Name extends keyof BookValues> = Slot<BookValues, BookValues[Name]>;

/** Is the customer asked for this, by the profile? */
export function isAsked(context: BookContext, name: keyof BookValues): boolean {
  return (context.turn.model.profile.business.booking.ask as readonly string[]).includes(name);
}

export function workOf(context: BookContext): WorkWish {
  return (context.values.fault ?? context.frame.raw["fault"] ?? NO_WISH) as unknown as WorkWish;
}

/** The services of the product that the booking began with. */
function mainServices(context: BookContext): Service[] {
  const product = (context.values.product as unknown as ProductValue).id;
  return servicesFor(context.turn.model, product, workOf(context));
}

/** A product of a visit with the work on it. */
export interface VisitItem {
  readonly product: ProductValue;
  readonly wish: WorkWish;
  readonly services: readonly Service[];
}

/** Everything that is done in the visit, the product it began with first. */
export function itemsOf(context: BookContext): VisitItem[] {
  const { turn, values } = context;
  const more = (values.also ?? []) as unknown as readonly Mention[];
  return [
    { product: values.product as unknown as ProductValue, wish: workOf(context), services: mainServices(context) },
    ...more.map(({ product, wish }) => ({ product, wish, services: servicesFor(turn.model, product.id, wish) })),
  ];
}

/** All services of the visit, one after another. */
export function servicesOf(context: BookContext): Service[] {
  return itemsOf(context).flatMap((item) => item.services);
}

export function placeOf({ values }: BookContext): Place {
  return values.place === "visit" || values.place === "pickup" ? values.place : "shop";
}

/** What the visit may cost, the way or the pick-up included. */
export function visitEstimate(context: BookContext): Estimate {
  const { turn, values } = context;
  const { currency } = turn.model.profile.business;
  const fee = values.place === "pickup" ? pickupFee(turn.model, String(values.address ?? "")) : 0;
  return estimateOf(servicesOf(context), values.place === "visit", currency, fee);
}

/** The work to find time for. */
export function jobOf(context: BookContext): Job {
  const { turn, values, frame } = context;
  const last = frame.data["same"] === true ? [...turn.orders()].sort((one, other) => other.updatedAt - one.updatedAt)[0] : undefined;
  return {
    services: servicesOf(context),
    place: placeOf(context),
    address: values.place !== "shop" && values.address ? String(values.address) : null,
    preferred: last?.technician ?? null,
    priority: isRepeat(context),
    ...(values.loan === "yes" ? { lent: [turn.model.profile.business.booking.loans!.kind] } : {}),
  };
}

/** Is anything wrong that can't wait? */
export function isUrgent(context: BookContext): boolean {
  return itemsOf(context).some(({ product, wish }) => faultsFor(context.turn.model, product.id, wish).some((fault) => fault.urgent));
}

/** Work on the same fault of the same product within 30 days of its repair: repeat work goes first (service standard). */
function isRepeat({ turn, values, frame }: BookContext): boolean {
  const product = values.product as unknown as ProductValue;
  const faults = (values.fault ?? frame.raw["fault"] ?? NO_WISH) as unknown as WorkWish;
  if (faults.faults.length === 0) return false;
  return turn
    .orders()
    .some(
      (order) =>
        order.product === product.id &&
        order.fault !== undefined &&
        turn.now - order.updatedAt < 30 * DAY_MS &&
        (order.status === "delivered" || order.status === "closed") &&
        faults.faults.some((ids) => ids.includes(order.fault!)),
    );
}

/** The work of a booking, to look for other times of it; the same technician when free. */
export function jobOfBooking(turn: TurnContext, booking: Booking): Job {
  return {
    services: servicesById(turn.model, booking.services),
    place: booking.place,
    address: booking.address,
    preferred: booking.technician,
    // Who gave way to urgent work comes first the next time.
    priority: booking.displacedAt !== undefined,
    ...(booking.lent ? { lent: booking.lent } : {}),
  };
}
