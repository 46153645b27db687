import type { WorkOrder } from "../../core/orders/state.ts";

/** A work order in progress. */
export function order(more: Partial<WorkOrder> = {}): WorkOrder {
  return {
    number: "W26112001",
    customerId: "U1",
    status: "in_progress",
    product: "machine",
    ownedProduct: null,
    plate: null,
    serial: null,
    services: ["check"],
    technician: "amy",
    booking: null,
    promisedAt: null,
    note: null,
    history: [],
    hurried: 0,
    createdAt: 0,
    updatedAt: 0,
    ...more,
  };
}
