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

/** One of several products of a visit. */
export interface BookedItem {
  readonly product: string;
  readonly ownedProduct: string | null;
  readonly fault: string | null;
  readonly services: readonly string[];
  /** Of the work on it alone, without the way. */
  readonly estimate: Estimate;
  readonly note: string | null;
}

/** What a booking takes beside its technician (a bay, a loan car, a driver), with its hours. */
export interface BookedResource {
  /** Key of the agenda. */
  readonly key: string;
  readonly start: Instant;
  readonly end: Instant;
}

/** Work that comes first, for which a booking could give way. */
export interface RoomWish {
  readonly conversation: string;
  readonly at: Instant;
  /** The hour wished. */
  readonly start: Instant;
  /** Every booking that would give way, this one among them. */
  readonly gives: readonly string[];
  readonly services: readonly string[];
  readonly place: BookingData["place"];
  readonly address: string | null;
  readonly lent?: readonly string[];
}

export interface BookingData {
  readonly number: string;
  readonly customerId: string;
  readonly conversation: string;
  /** Product id of the profile, and the customer's own one if known. */
  readonly product: string;
  readonly ownedProduct: string | null;
  readonly fault: string | null;
  /** Service ids of the profile, in order; with several products, those of all of them. */
  readonly services: readonly string[];
  /** Every product of the visit with its work, where there are several; the first is `product`. */
  readonly items?: readonly BookedItem[];
  /** `pickup`: fetched at `address` at the start, brought back there by the end. */
  readonly place: "shop" | "visit" | "pickup";
  readonly address: string | null;
  readonly contact: Contact;
  readonly purchaseChannel: string | null;
  readonly technician: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly resources?: readonly BookedResource[];
  /** Kinds of resources lent to the customer (a loan car). */
  readonly lent?: readonly string[];
  /** Gave way to urgent work then: not asked to do so again, and first in line for another time. */
  readonly displacedAt?: Instant;
  /** The wish for its hour that staff gave way to, by when it was wished: a second tap is known again. */
  readonly gaveWayTo?: Instant;
  /** Somebody with work that comes first wishes its hour, and staff are asked. */
  readonly wantedBy?: RoomWish;
  readonly estimate: Estimate;
  /** What the customer wrote of the matter, for the technician. */
  readonly note: string | null;
  /** What the customer wishes of the visit, in their words: who should come, what to mind. */
  readonly wishes?: readonly string[];
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
  /** `orders`: with several products, the work order of each; `order` is the first. */
  | ({ readonly status: "arrived"; readonly arrivedAt: Instant; readonly order: string; readonly orders?: readonly string[] } & BookingData)
  | ({ readonly status: "no_show"; readonly missedAt: Instant; readonly reason: string | null } & BookingData);

/** What follows from the products of a booking. */
export type VisitData = Pick<BookingData, "product" | "ownedProduct" | "fault" | "services" | "end" | "estimate" | "items" | "resources">;

/** A booking as it was before other products came or went. */
export interface EarlierVisit {
  readonly items: readonly BookedItem[];
  readonly start: Instant;
  readonly technician: string;
}

export type BookingEvent =
  | { readonly type: "booking_confirmed"; readonly at: Instant; readonly data: Omit<BookingData, "changes" | "createdAt" | "updatedAt"> }
  | {
      readonly type: "booking_moved";
      readonly at: Instant;
      readonly start: Instant;
      readonly end: Instant;
      readonly technician: string;
      readonly resources?: readonly BookedResource[];
      readonly by?: string;
      /** It gave way to work that comes first. */
      readonly displaced?: boolean;
      /** When the hour was wished, where staff decided on a wish. */
      readonly wish?: Instant;
    }
  | { readonly type: "booking_wanted"; readonly at: Instant; readonly wish: RoomWish | null }
  | {
      readonly type: "booking_amended";
      readonly at: Instant;
      readonly contact?: Contact;
      readonly address?: string;
      /** Where another address changes what it costs (a pick-up from another part of town). */
      readonly estimate?: Estimate;
      /** Other products than before, with what follows from that. */
      readonly visit?: VisitData;
      /** All wishes for the visit, those before among them. */
      readonly wishes?: readonly string[];
    }
  | { readonly type: "booking_cancelled"; readonly at: Instant; readonly reason: string | null }
  | { readonly type: "booking_restored"; readonly at: Instant }
  | { readonly type: "booking_coming"; readonly at: Instant }
  | { readonly type: "booking_arrived"; readonly at: Instant; readonly order: string; readonly orders?: readonly string[] }
  | { readonly type: "booking_missed"; readonly at: Instant; readonly reason: string | null };

/** The state after an event. `null` is the state before the first. */
export function evolveBooking(state: Booking | null, event: BookingEvent): Booking {
  if (event.type === "booking_confirmed")
    return { status: "confirmed", ...event.data, changes: 0, createdAt: event.at, updatedAt: event.at };
  if (state === null) throw new RangeError(`${event.type} before booking_confirmed`);
  switch (event.type) {
    case "booking_moved": {
      const rest = withWish(state, null);
      const moved = {
        start: event.start,
        end: event.end,
        technician: event.technician,
        ...(event.resources || state.resources ? { resources: event.resources ?? [] } : {}),
        ...(event.displaced ? { displacedAt: event.at } : {}),
        ...(event.wish === undefined ? {} : { gaveWayTo: event.wish }),
        // Moves that the shop asked for are not the customer's.
        changes: event.by === undefined ? state.changes + 1 : state.changes,
        updatedAt: event.at,
      };
      return state.status === "no_show" ? { ...dataOf(rest), ...moved, status: "confirmed" } : { ...rest, ...moved };
    }
    case "booking_wanted":
      // Nothing of the booking itself changes.
      return withWish(state, event.wish);
    case "booking_amended":
      return {
        ...(event.visit ? withVisit(state, event.visit) : state),
        contact: event.contact ?? state.contact,
        address: event.address ?? state.address,
        ...(event.estimate ? { estimate: event.estimate } : {}),
        ...(event.wishes ? { wishes: event.wishes } : {}),
        updatedAt: event.at,
      };
    case "booking_cancelled":
      return { ...dataOf(state), status: "cancelled", cancelledAt: event.at, reason: event.reason, updatedAt: event.at };
    case "booking_restored":
      return { ...dataOf(state), status: "confirmed", updatedAt: event.at };
    case "booking_coming":
      return { ...state, comingAt: event.at, updatedAt: event.at };
    case "booking_arrived":
      return {
        ...dataOf(state),
        status: "arrived",
        arrivedAt: event.at,
        order: event.order,
        ...(event.orders ? { orders: event.orders } : {}),
        updatedAt: event.at,
      };
    case "booking_missed":
      return { ...dataOf(state), status: "no_show", missedAt: event.at, reason: event.reason, updatedAt: event.at };
    default:
      return unreachable(event);
  }
}

function withWish(state: Booking, wish: RoomWish | null): Booking {
  const { wantedBy: _before, ...rest } = state;
  return wish === null ? (rest as Booking) : ({ ...rest, wantedBy: wish } as Booking);
}

/** The booking with other products; what only several have is gone when one is left. */
function withVisit(state: Booking, visit: VisitData): Booking {
  const { items: _items, resources: _resources, ...rest } = state;
  return { ...rest, ...visit } as Booking;
}

/** The products of a booking, each with its work: one, or those of `items`. */
export function bookedItems(booking: BookingData): readonly BookedItem[] {
  const { product, ownedProduct, fault, services, estimate, note } = booking;
  return booking.items ?? [{ product, ownedProduct, fault, services, estimate, note }];
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
      const { status: _status, arrivedAt: _at, order: _order, orders: _orders, ...data } = state;
      return data;
    }
    case "no_show": {
      const { status: _status, missedAt: _at, reason: _reason, ...data } = state;
      return data;
    }
  }
}
