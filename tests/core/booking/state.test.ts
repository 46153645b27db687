import { describe, expect, test } from "vitest";
import { type Booking, type BookingData, type BookingEvent, evolveBooking } from "../../../core/booking/state.ts";

const data: Omit<BookingData, "changes" | "createdAt" | "updatedAt"> = {
  number: "B26112301",
  customerId: "U1",
  conversation: "web:a",
  product: "machine",
  ownedProduct: "p1",
  fault: "broken",
  services: ["check"],
  place: "visit",
  address: "12 High Street",
  contact: { name: "王芳", title: "ms", phone: "+8613800138000" },
  purchaseChannel: null,
  technician: "amy",
  start: 1_000,
  end: 2_000,
  estimate: { lowMinor: 100, highMinor: 200, currency: "CNY", afterDiagnosis: false },
  note: null,
};
const confirmed: BookingEvent = { type: "booking_confirmed", at: 10, data };
const moved = (at: number, start: number): BookingEvent => ({ type: "booking_moved", at, start, end: start + 1_000, technician: "bob" });
const cancelled: BookingEvent = { type: "booking_cancelled", at: 40, reason: "sold it" };
const restored: BookingEvent = { type: "booking_restored", at: 50 };

const given = (...events: readonly BookingEvent[]): Booking | null => events.reduce<Booking | null>(evolveBooking, null);
const state: Booking = { status: "confirmed", ...data, changes: 0, createdAt: 10, updatedAt: 10 };

describe("evolveBooking: given events, then the booking", () => {
  const table: readonly (readonly [string, readonly BookingEvent[], Booking])[] = [
    ["a confirmed one is new and unchanged", [confirmed], state],
    [
      "a moved one has the new time and technician, and one change more",
      [confirmed, moved(20, 5_000)],
      { ...state, start: 5_000, end: 6_000, technician: "bob", changes: 1, updatedAt: 20 },
    ],
    [
      "each move counts",
      [confirmed, moved(20, 5_000), moved(30, 7_000)],
      { ...state, start: 7_000, end: 8_000, technician: "bob", changes: 2, updatedAt: 30 },
    ],
    [
      "an amended contact leaves the address",
      [confirmed, { type: "booking_amended", at: 20, contact: { name: "李明", title: null, phone: "1" } }],
      { ...state, contact: { name: "李明", title: null, phone: "1" }, updatedAt: 20 },
    ],
    [
      "an amended address leaves the contact and the time",
      [confirmed, { type: "booking_amended", at: 20, address: "1 Low Road" }],
      { ...state, address: "1 Low Road", updatedAt: 20 },
    ],
    [
      "a cancelled one says when and why, and keeps its data",
      [confirmed, cancelled],
      { ...state, status: "cancelled", cancelledAt: 40, reason: "sold it", updatedAt: 40 },
    ],
    [
      "a restored one is as before, without a trace of the cancelling",
      [confirmed, moved(20, 5_000), cancelled, restored],
      { ...state, start: 5_000, end: 6_000, technician: "bob", changes: 1, updatedAt: 50 },
    ],
    ["restoring what stands changes nothing but the time of the change", [confirmed, restored], { ...state, updatedAt: 50 }],
  ];
  test.each(table)("%s", (_name, events, wanted) => {
    expect(given(...events)).toStrictEqual(wanted);
  });

  test("cancelling twice keeps one booking with the later reason", () => {
    expect(given(confirmed, cancelled, { type: "booking_cancelled", at: 60, reason: null })).toStrictEqual({
      ...state,
      status: "cancelled",
      cancelledAt: 60,
      reason: null,
      updatedAt: 60,
    });
  });

  test.each([moved(20, 5_000), { type: "booking_amended", at: 20 } as const, cancelled, restored])(
    "$type before booking_confirmed is refused",
    (event) => {
      expect(() => evolveBooking(null, event)).toThrow(new RangeError(`${event.type} before booking_confirmed`));
    },
  );

  test("an event of an unknown type is refused", () => {
    expect(() => evolveBooking(state, { type: "booking_eaten", at: 1 } as unknown as BookingEvent)).toThrow(
      /unhandled case.*booking_eaten/,
    );
  });

  test("the state given is left as it was", () => {
    const frozen = Object.freeze({ ...state });
    evolveBooking(frozen, cancelled);
    expect(frozen).toStrictEqual(state);
  });
});
