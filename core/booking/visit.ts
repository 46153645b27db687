/** The day itself: the customer is here (or isn't), and times that staff propose. */
import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import { defineFlow } from "../conversation/flow.ts";
import { readAgain } from "../conversation/read-again.ts";
import type { Json } from "../conversation/state.ts";
import type { OrderMove, WorkOrder } from "../orders/state.ts";
import { timeIn } from "../promises/spoken.ts";
import type { TimerData } from "../spine/events.ts";
import { MINUTE_MS } from "../time.ts";
import { watchStatutory } from "../warranty/watch.ts";
import { jobOfBooking } from "./book-values.ts";
import { holdOffer } from "./holds.ts";
import { cancelReminders } from "./reminders.ts";
import { nearestOffers, offerAt } from "./slots.ts";
import { type BookedItem, type Booking, bookedItems } from "./state.ts";
import { agendaOf, bookingWindowOf } from "./window.ts";

/** The customer is here, or the technician at the door: the booking becomes a work order that remembers how it came about. */
export function markArrived(turn: TurnContext, by: string, booking: Booking, text: string | null): void {
  if (booking.status !== "confirmed") {
    turn.notify(by, turn.staffWords("staff.not_confirmed", { number: booking.number }), null);
    return;
  }
  const orders = bookedItems(booking).map((item) => openOrder(turn, by, booking, item, text));
  const numbers = orders.map((order) => order.number).join("、");
  turn.applyBooking(booking.number, booking, {
    type: "booking_arrived",
    at: turn.now,
    order: orders[0]!.number,
    ...(orders.length > 1 ? { orders: orders.map((order) => order.number) } : {}),
  });
  cancelReminders(turn, booking);
  const back = turn.time(booking.end);
  turn.say(
    turn.words(booking.place === "pickup" ? "pickup.told_fetched" : "order.told_received", {
      number: numbers,
      state: "",
      promised: booking.place === "pickup" ? back : "",
      note: text ?? "",
      bill: "",
      parts: "",
    }),
  );
  turn.notify(by, turn.staffWords("staff.arrived", { number: booking.number, order: numbers }), null);
}

/** The work order of one product of a visit. */
function openOrder(turn: TurnContext, by: string, booking: Booking, item: BookedItem, text: string | null): WorkOrder {
  const number = turn.number("order");
  const owned = turn.customer()?.products.find((one) => one.id === item.ownedProduct);
  const history: OrderMove[] = [
    { status: "requested", at: booking.createdAt, by: "customer", why: item.note },
    { status: "confirmed", at: booking.createdAt, by: "bot", why: booking.number },
    { status: "received", at: turn.now, by, why: text },
  ];
  const order: WorkOrder = {
    number,
    customerId: booking.customerId,
    status: "received",
    product: item.product,
    ownedProduct: item.ownedProduct,
    plate: owned?.plate ?? null,
    serial: owned?.serial ?? null,
    services: item.services,
    technician: booking.technician,
    booking: booking.number,
    promisedAt: null,
    note: text,
    history,
    hurried: 0,
    ...(item.fault === null ? {} : { fault: item.fault }),
    createdAt: turn.now,
    updatedAt: turn.now,
  };
  turn.applyOrder(number, null, { type: "order_opened", at: turn.now, order });
  watchStatutory(turn, order);
  return order;
}

/** Not there some time after the start: staff are asked; they know whether it is so. */
export function checkVisit(turn: TurnContext, data: TimerData): void {
  const booking = turn.bookings().find((one) => one.number === data["booking"]);
  if (booking?.status !== "confirmed" || booking.start !== data["start"]) return;
  turn.notify(
    "representative",
    turn.staffWords("staff.visit_check", {
      number: booking.number,
      name: booking.contact.name,
      time: turn.staffTime(booking.start),
    }),
    null,
    {
      buttons: [
        { id: `/arrived ${booking.number}`, label: turn.staffWords("button.arrived") },
        { id: `/noshow ${booking.number}`, label: turn.staffWords("button.no_show") },
      ],
    },
  );
}

/** The customer did not come (未如约): a kind word, the reason if they like to tell it, and a new time. */
export function markNoShow(turn: TurnContext, by: string, booking: Booking): void {
  if (booking.status !== "confirmed" || booking.start > turn.now) {
    turn.notify(by, turn.staffWords("staff.not_confirmed", { number: booking.number }), null);
    return;
  }
  turn.freeHours(booking);
  turn.applyBooking(booking.number, booking, { type: "booking_missed", at: turn.now, reason: null });
  cancelReminders(turn, booking);
  startFlow(turn, "no-show", null, { booking: booking.number });
}

/** A plain no, not a reason for not having come. */
const DECLINES = /不用|不约|不約|不要|不了|取消|算了|唔使|no thanks|not now|don'?t bother/i;

type NoShowValues = { reply: Json };

/** After a no-show: what happened, and shall it be another time? */
export const NO_SHOW_FLOW = defineFlow<NoShowValues>({
  id: "no-show",
  data: ["booking"],
  title: (turn) => turn.words("noshow.title"),
  readsAlone: true,
  absorbs: ["confirm_yes", "confirm_no", "provide_info", "book", "reschedule"],
  slots: {
    reply: {
      label: ({ turn }) => turn.words("noshow.title"),
      take: (_context, reading, asked) => {
        if (!asked || reading.choice) return undefined;
        const first = reading.understanding?.intents[0]?.intent;
        const sure = reading.understanding?.decision === "act";
        if (
          sure &&
          (first === "confirm_no" || first === "cancel_booking") &&
          (DECLINES.test(reading.text) || [...reading.text.trim()].length <= 4)
        )
          return { again: false, words: reading.text };
        if (
          (reading.understanding?.entities.datetime.length ?? 0) > 0 ||
          (sure && (first === "confirm_yes" || first === "book" || first === "reschedule"))
        )
          return { again: true, words: reading.text };
        return reading.text.trim().length > 1 ? { again: null, words: reading.text } : undefined;
      },
      ask: ({ turn, frame }) => {
        const booking = turn.bookings().find((one) => one.number === frame.data["booking"]);
        const text =
          frame.data["thanked"] === true
            ? turn.words("noshow.again")
            : turn.words("noshow.missed", {
                name: turn.callName(),
                time: booking ? turn.time(booking.start) : "",
              });
        return {
          text,
          question: "choice",
          choices: [
            { id: "noshow:again", label: turn.words("noshow.choice_again"), value: { again: true, words: "" } },
            { id: "noshow:no", label: turn.words("noshow.choice_no"), value: { again: false, words: "" } },
          ],
        };
      },
      show: () => "",
    },
  },
  complete: ({ turn, frame }, { reply }) => {
    const { again, words } = reply as { again: boolean | null; words: string };
    const booking = turn.bookings().find((one) => one.number === frame.data["booking"]);
    if (!booking) return;
    if (words !== "") turn.notify("representative", turn.staffWords("staff.noshow_reason", { number: booking.number, words }), null);
    if (again === null) {
      turn.applyBooking(booking.number, booking, { type: "booking_missed", at: turn.now, reason: words });
      turn.say(turn.words("noshow.thanks"));
      startFlow(turn, "no-show", null, { booking: booking.number, thanked: true });
    } else if (again) startFlow(turn, "move", words === "" ? null : readAgain(turn, words), { booking: booking.number });
    else turn.say(turn.words("noshow.fine"));
  },
  dropped: ({ turn }) => turn.say(turn.words("noshow.fine")),
});

/** Staff propose another time for a booking: the nearest free to what they wrote, held until the customer answers. */
export function proposeTime(turn: TurnContext, by: string, booking: Booking, text: string): void {
  const wished = timeIn(turn, text);
  if (booking.status !== "confirmed" || wished === null) {
    turn.notify(by, turn.staffWords(wished === null ? "staff.no_time" : "staff.not_confirmed", { number: booking.number }), null);
    return;
  }
  const search = { job: jobOfBooking(turn, booking), now: turn.now, moving: booking.number };
  const agenda = agendaOf(turn, bookingWindowOf(turn));
  const offer = offerAt(turn.model, agenda, search, wished) ?? nearestOffers(turn.model, agenda, { ...search, limit: 1 }, wished)[0];
  if (!offer) {
    turn.notify(by, turn.staffWords("staff.no_hours", { number: booking.number }), null);
    return;
  }
  const until = turn.now + turn.model.profile.business.workshop.bookings.offerHoldMinutes * MINUTE_MS;
  holdOffer(turn, offer, until);
  startFlow(turn, "new-time", null, { booking: booking.number, offer: offer as unknown as Json, until, why: "staff", rescue: null });
}
