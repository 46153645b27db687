/** What a booking is made of, and the look of it that its slots share. */
import type { TurnContext } from "../conversation/context.ts";
import type { FlowContext, Slot } from "../conversation/flow.ts";
import type { Json } from "../conversation/state.ts";
import type { Service } from "../profile/schema.ts";
import { DAY_MS } from "../time.ts";
import type { Job } from "./job.ts";
import type { Booking } from "./state.ts";
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
  const { turn, values, frame } = context;
  const visit = values.place === "visit";
  const last = frame.data["same"] === true ? [...turn.orders()].sort((one, other) => other.updatedAt - one.updatedAt)[0] : undefined;
  return {
    services: servicesOf(context),
    place: visit ? "visit" : "shop",
    address: visit && values.address ? String(values.address) : null,
    preferred: last?.technician ?? null,
    priority: isRepeat(context),
  };
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
  const services = booking.services.map((id) => turn.model.service(id)).filter((service): service is Service => service !== undefined);
  return { services, place: booking.place, address: booking.address, preferred: booking.technician };
}
