/** Two files a product (一车两档): what it is and how it was bought, and everything that was done to it. Pure. */
import type { Booking } from "../booking/state.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { Instant } from "../time.ts";
import type { CustomerFile, OwnedProduct } from "./state.ts";

/** Kind of a service (service standard: 首次安装, 保养, 返修, 其他). */
export type ServiceKind = "first" | "maintenance" | "repeat" | "other";

export interface ServiceEntry {
  readonly number: string;
  readonly at: Instant;
  readonly finishedAt: Instant | null;
  readonly kind: ServiceKind;
  readonly status: WorkOrder["status"];
  /** Service ids. */
  readonly items: readonly string[];
  readonly fault: string | null;
  readonly technician: string | null;
  /** Staff who received it. */
  readonly representative: string | null;
  readonly totalMinor: number | null;
}

export interface ProductFiles {
  readonly sales: OwnedProduct;
  /** Newest first. */
  readonly service: readonly ServiceEntry[];
  /** Coming bookings of it. */
  readonly coming: readonly Booking[];
}

/** The two files of each product of a customer. */
export function productFiles(file: CustomerFile, orders: readonly WorkOrder[], bookings: readonly Booking[], now: Instant): ProductFiles[] {
  return file.products.map((product) => {
    const own = orders.filter(
      (order) =>
        order.ownedProduct === product.id || (order.ownedProduct === null && order.plate !== null && order.plate === product.plate),
    );
    const service = own.map((order) => entryOf(order, own)).sort((one, other) => other.at - one.at);
    const coming = bookings.filter(
      (booking) => booking.ownedProduct === product.id && booking.status === "confirmed" && booking.start > now,
    );
    return { sales: product, service, coming };
  });
}

function entryOf(order: WorkOrder, all: readonly WorkOrder[]): ServiceEntry {
  const received = order.history.find((move) => move.status === "received");
  const finished = order.history.findLast((move) => move.status === "delivered" || move.status === "closed");
  const repeat =
    order.fault !== undefined &&
    all.some((one) => one.number !== order.number && one.fault === order.fault && one.createdAt < order.createdAt);
  const maintenance =
    order.services.length > 0 && order.services.every((id) => /maint|service$|oil|clean|check/.test(id)) && order.fault === undefined;
  const first = order.services.some((id) => /install/.test(id));
  return {
    number: order.number,
    at: received?.at ?? order.createdAt,
    finishedAt: finished?.at ?? null,
    kind: repeat ? "repeat" : first ? "first" : maintenance ? "maintenance" : "other",
    status: order.status,
    items: order.services,
    fault: order.fault ?? null,
    technician: order.technician,
    representative: received?.by ?? null,
    totalMinor: order.finalMinor ?? order.approvedMinor ?? null,
  };
}
