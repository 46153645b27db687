/**
 * A work order (工单), from the request to the closed job.
 *
 *   requested → confirmed → received → diagnosing → quoted → approved | declined → waiting_parts | in_progress
 *   → quality_check → ready → delivered → closed;  beside them cancelled, no_show, rework.
 * `MOVES` says which follow which.
 */
import { unreachable } from "../errors.ts";
import type { Instant } from "../time.ts";

export const ORDER_STATUSES = [
  "requested",
  "confirmed",
  "received",
  "diagnosing",
  "quoted",
  "approved",
  "declined",
  "waiting_parts",
  "in_progress",
  "quality_check",
  "ready",
  "delivered",
  "closed",
  "cancelled",
  "no_show",
  "rework",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** The states that may follow each state. */
export const MOVES: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  requested: ["confirmed", "cancelled"],
  confirmed: ["received", "cancelled", "no_show"],
  received: ["diagnosing", "in_progress", "cancelled"],
  diagnosing: ["quoted", "in_progress", "waiting_parts", "cancelled"],
  quoted: ["approved", "declined", "cancelled"],
  approved: ["waiting_parts", "in_progress"],
  declined: ["ready", "closed", "cancelled"],
  waiting_parts: ["in_progress", "cancelled"],
  in_progress: ["waiting_parts", "quoted", "quality_check"],
  quality_check: ["ready", "rework", "in_progress"],
  ready: ["delivered"],
  delivered: ["closed", "rework"],
  closed: ["rework"],
  cancelled: [],
  no_show: ["confirmed", "cancelled"],
  rework: ["diagnosing", "in_progress", "quality_check"],
};

export interface OrderMove {
  readonly status: OrderStatus;
  readonly at: Instant;
  /** Staff id, or `bot`. */
  readonly by: string;
  readonly why: string | null;
  /** Time given to the customer with this move. */
  readonly promisedAt?: Instant;
}

export interface WorkOrder {
  readonly number: string;
  readonly customerId: string;
  readonly status: OrderStatus;
  readonly product: string;
  readonly ownedProduct: string | null;
  readonly plate: string | null;
  readonly serial: string | null;
  readonly services: readonly string[];
  readonly technician: string | null;
  readonly booking: string | null;
  /** Time given to the customer for the next thing they wait for. */
  readonly promisedAt: Instant | null;
  /** What the customer may know of it now, as staff wrote it. */
  readonly note: string | null;
  readonly history: readonly OrderMove[];
  /** Times the customer has hurried it (催单). */
  readonly hurried: number;
  /** Latest quote. */
  readonly quote?: string;
  /** What the customer has approved so far, in minor units; the bill is held against it. */
  readonly approvedMinor?: number;
  /** The final total, minor units. */
  readonly finalMinor?: number;
  /** What is wrong, as booked: the same fault again within the repair warranty is repeat work. */
  readonly fault?: string;
  /** Does the customer want the old parts back? Absent = not asked. */
  readonly oldParts?: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type OrderEvent =
  | { readonly type: "order_opened"; readonly at: Instant; readonly order: WorkOrder }
  | {
      readonly type: "order_moved";
      readonly at: Instant;
      readonly to: OrderStatus;
      readonly by: string;
      readonly why: string | null;
      readonly promisedAt: Instant | null;
      readonly note: string | null;
    }
  | { readonly type: "order_hurried"; readonly at: Instant }
  | {
      readonly type: "order_amended";
      readonly at: Instant;
      readonly by: string;
      readonly quote?: string;
      readonly approvedMinor?: number;
      readonly finalMinor?: number;
      readonly oldParts?: boolean;
      readonly promisedAt?: Instant;
    };

/** The state after an event. `null` is the state before the first. */
export function evolveOrder(state: WorkOrder | null, event: OrderEvent): WorkOrder {
  if (event.type === "order_opened") return event.order;
  if (state === null) throw new RangeError(`${event.type} before order_opened`);
  switch (event.type) {
    case "order_hurried":
      return { ...state, hurried: state.hurried + 1, updatedAt: event.at };
    case "order_amended": {
      const { type: _type, at, by: _by, ...amended } = event;
      return { ...state, ...amended, updatedAt: at };
    }
    case "order_moved":
      return {
        ...state,
        status: event.to,
        promisedAt: event.promisedAt ?? state.promisedAt,
        note: event.note ?? state.note,
        history: [
          ...state.history,
          {
            status: event.to,
            at: event.at,
            by: event.by,
            why: event.why,
            ...(event.promisedAt === null ? {} : { promisedAt: event.promisedAt }),
          },
        ],
        updatedAt: event.at,
      };
    default:
      return unreachable(event);
  }
}
