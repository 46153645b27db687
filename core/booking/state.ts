/**
 * A booking (预约): an hour of a technician promised to a customer.
 *
 * States and what moves between them:
 *   confirmed ── move ──► confirmed (new time, `changes` + 1)
 *   confirmed ── cancel ─► cancelled ── restore (undo) ──► confirmed
 *   confirmed ── arrive ─► arrived (its work order goes on from here)
 *   confirmed ── no-show ► no_show ── move (a new time) ──► confirmed
 * Terminal: arrived, cancelled (unless restored within the undo window).
 */

import type { Title } from "../customers/state.ts";
import { unreachable } from "../errors.ts";
import type { Instant } from "../time.ts";

export interface Contact {
  readonly name: string;
  readonly title: Title | null;
  readonly phone: string;
}

/** Price range in minor units (fen, cents). `low` = `high` for a fixed price. */
export interface Estimate {
  readonly lowMinor: number;
  readonly highMinor: number;
  readonly currency: string;
  /** The exact total is known only after diagnosis. */
  readonly afterDiagnosis: boolean;
}

export interface BookingData {
  readonly number: string;
  readonly customerId: string;
  readonly conversation: string;
  /** Product id of the profile, and the customer's own one if known. */
  readonly product: string;
  readonly ownedProduct: string | null;
  readonly fault: string | null;
  /** Service ids of the profile, in order. */
  readonly services: readonly string[];
  readonly place: "shop" | "visit";
  readonly address: string | null;
  readonly contact: Contact;
  readonly purchaseChannel: string | null;
  readonly technician: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly estimate: Estimate;
  /** What the customer wrote of the matter, for the technician. */
  readonly note: string | null;
  /** Times the customer has moved it. */
  readonly changes: number;
  /** The customer answered a reminder with "coming". */
  readonly comingAt?: Instant;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type Booking =
  | ({ readonly status: "confirmed" } & BookingData)
  | ({ readonly status: "cancelled"; readonly cancelledAt: Instant; readonly reason: string | null } & BookingData)
  | ({ readonly status: "arrived"; readonly arrivedAt: Instant; readonly order: string } & BookingData)
  | ({ readonly status: "no_show"; readonly missedAt: Instant; readonly reason: string | null } & BookingData);

export type BookingEvent =
  | { readonly type: "booking_confirmed"; readonly at: Instant; readonly data: Omit<BookingData, "changes" | "createdAt" | "updatedAt"> }
  | {
      readonly type: "booking_moved";
      readonly at: Instant;
      readonly start: Instant;
      readonly end: Instant;
      readonly technician: string;
      readonly by?: string;
    }
  | { readonly type: "booking_amended"; readonly at: Instant; readonly contact?: Contact; readonly address?: string }
  | { readonly type: "booking_cancelled"; readonly at: Instant; readonly reason: string | null }
  | { readonly type: "booking_restored"; readonly at: Instant }
  | { readonly type: "booking_coming"; readonly at: Instant }
  | { readonly type: "booking_arrived"; readonly at: Instant; readonly order: string }
  | { readonly type: "booking_missed"; readonly at: Instant; readonly reason: string | null };

/** The state after an event. `null` is the state before the first. */
export function evolveBooking(state: Booking | null, event: BookingEvent): Booking {
  if (event.type === "booking_confirmed")
    return { status: "confirmed", ...event.data, changes: 0, createdAt: event.at, updatedAt: event.at };
  if (state === null) throw new RangeError(`${event.type} before booking_confirmed`);
  switch (event.type) {
    case "booking_moved": {
      const moved = {
        start: event.start,
        end: event.end,
        technician: event.technician,
        // Moves that the shop asked for are not the customer's.
        changes: event.by === undefined ? state.changes + 1 : state.changes,
        updatedAt: event.at,
      };
      return state.status === "no_show" ? { ...dataOf(state), ...moved, status: "confirmed" } : { ...state, ...moved };
    }
    case "booking_amended":
      return {
        ...state,
        contact: event.contact ?? state.contact,
        address: event.address ?? state.address,
        updatedAt: event.at,
      };
    case "booking_cancelled":
      return { ...dataOf(state), status: "cancelled", cancelledAt: event.at, reason: event.reason, updatedAt: event.at };
    case "booking_restored":
      return { ...dataOf(state), status: "confirmed", updatedAt: event.at };
    case "booking_coming":
      return { ...state, comingAt: event.at, updatedAt: event.at };
    case "booking_arrived":
      return { ...dataOf(state), status: "arrived", arrivedAt: event.at, order: event.order, updatedAt: event.at };
    case "booking_missed":
      return { ...dataOf(state), status: "no_show", missedAt: event.at, reason: event.reason, updatedAt: event.at };
    default:
      return unreachable(event);
  }
}

function dataOf(state: Booking): BookingData {
  switch (state.status) {
    case "confirmed": {
      const { status: _status, ...data } = state;
      return data;
    }
    case "cancelled": {
      const { status: _status, cancelledAt: _at, reason: _reason, ...data } = state;
      return data;
    }
    case "arrived": {
      const { status: _status, arrivedAt: _at, order: _order, ...data } = state;
      return data;
    }
    case "no_show": {
      const { status: _status, missedAt: _at, reason: _reason, ...data } = state;
      return data;
    }
  }
}
