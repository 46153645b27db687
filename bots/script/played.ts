/** What a played script shows: of each turn, and of everything at its end. */
import type { Booking } from "../../core/booking/state.ts";
import type { Case } from "../../core/cases/state.ts";
import type { Json } from "../../core/conversation/state.ts";
import type { CustomerFile } from "../../core/customers/state.ts";
import type { WorkOrder } from "../../core/orders/state.ts";
import { type Instant, isoInZone } from "../../core/time.ts";
import type { PrintedUnderstanding } from "../print-understanding.ts";

export interface PlayedTurn {
  readonly turn: number;
  readonly say: string;
  readonly replies: readonly PrintedReply[];
  readonly understanding: PrintedUnderstanding | null;
  readonly flow: string | null;
  readonly slots: Readonly<Record<string, Json>>;
  readonly rules: readonly string[];
  readonly cases: readonly PrintedCase[];
  readonly bookings: readonly PrintedBooking[];
  readonly staff: readonly { readonly to: string; readonly text: string }[];
  readonly ms: number;
}

export interface PrintedReply {
  readonly to: string;
  readonly text: string;
  readonly buttons: readonly string[];
}

interface PrintedCase {
  readonly number: string;
  readonly category: string;
  readonly urgency: string;
  readonly status: string;
  readonly step: string;
  readonly owner: string | null;
}

interface PrintedBooking {
  readonly number: string;
  readonly status: string;
  readonly start: string;
  readonly end: string;
  readonly technician: string;
  readonly items: readonly string[];
  readonly place: string;
  readonly address: string | null;
  readonly contact: { readonly name: string; readonly phone: string };
}

interface PrintedOrder {
  readonly number: string;
  readonly status: string;
  readonly promised: string | null;
}

export interface Played {
  readonly final: {
    readonly bookings: readonly PrintedBooking[];
    readonly cases: readonly PrintedCase[];
    readonly orders: readonly PrintedOrder[];
    readonly customer: CustomerFile | null;
    readonly pending: readonly { readonly kind: string; readonly at: string }[];
  };
}

export function printCase(one: Case): PrintedCase {
  return { number: one.number, category: one.category, urgency: one.urgency, status: one.status, step: one.step, owner: one.owner };
}

export function printBooking(booking: Booking, zone: string): PrintedBooking {
  return {
    number: booking.number,
    status: booking.status,
    start: isoInZone(booking.start, zone),
    end: isoInZone(booking.end, zone),
    technician: booking.technician,
    items: booking.services,
    place: booking.place,
    address: booking.address,
    contact: { name: booking.contact.name, phone: booking.contact.phone },
  };
}

export function printOrder({ number, status, promisedAt }: WorkOrder, zone: string): PrintedOrder {
  return { number, status, promised: promisedAt === null ? null : isoInZone(promisedAt, zone) };
}

/** Values of a flow's slots, offered hours as times of the business. */
export function printSlots(values: Readonly<Record<string, Json>>, zone: string): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value !== "object" || value === null || !("start" in value)) return [name, value];
      const offer = value as unknown as { start: Instant; end: Instant; technician: string };
      return [name, { start: isoInZone(offer.start, zone), end: isoInZone(offer.end, zone), technician: offer.technician }];
    }),
  );
}
