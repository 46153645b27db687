/** Cancelling (取消) a booking of the customer's own, or one of its products. */
import type { TurnContext } from "../conversation/context.ts";
import { defineFlow, type Slot } from "../conversation/flow.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Frame, Json } from "../conversation/state.ts";
import { comma, formatEstimate } from "../wording/format.ts";
import { BOOKING_SLOT, bookingLabel, bookingOf, lateWords, onlyBooking, takeBooking } from "./change-flows.ts";
import { productsGivenUp } from "./mentions.ts";
import { productText } from "./owned-product.ts";
import { cancelReminders } from "./reminders.ts";
import { type BookedItem, type Booking, bookedItems } from "./state.ts";
import { changeItems, sameStart } from "./visit-items.ts";

type CancelValues = { booking: Json; part: Json };

const WHOLE = /全部|都|整个|整個|所有|\b(?:all|both|everything|whole|entire)\b/i;

/** With several products: all of it, or the place of one of them. */
const PART_SLOT: Slot<CancelValues, Json> = {
  label: ({ turn }) => turn.words("label.product"),
  dependsOn: ["booking"],
  needed: ({ turn, values }) => (bookingOf(turn, values.booking)?.items ?? []).length > 1,
  take: ({ turn, values, frame }, reading, asked) => {
    const booking = bookingOf(turn, values.booking ?? frame.raw["booking"] ?? onlyBooking(turn));
    return booking?.items ? namedPart(turn, booking, reading, asked) : undefined;
  },
  ask: ({ turn, values }) => {
    const items = bookedItems(bookingOf(turn, values.booking)!);
    const all = { id: "part:all", label: turn.words("cancel.choice_all"), value: "all" };
    const each = items.map((item, at) => ({
      id: `part:${at}`,
      label: turn.words("cancel.choice_part", { product: itemName(turn, item) }),
      value: String(at),
    }));
    return { text: turn.words("cancel.ask_part"), question: "choice", choices: [all, ...each] };
  },
  show: ({ turn, values }, value) => {
    const part = partOf(bookingOf(turn, values.booking)!, value);
    return part ? itemName(turn, part) : turn.words("cancel.choice_all");
  },
};

function namedPart(turn: TurnContext, booking: Booking, reading: Reading, asked: boolean): Json | undefined {
  const { plate } = entitiesOf(reading);
  const dropped = productsGivenUp(reading);
  const owned = turn.customer()?.products ?? [];
  const matching = bookedItems(booking).flatMap((item, at) => {
    const own = owned.find((one) => one.id === item.ownedProduct);
    const byPlate = own?.plate !== null && plate.some((one) => one.value === own?.plate);
    return byPlate || dropped.some((one) => one.id === item.product || turn.model.covers([one.id], item.product)) ? [String(at)] : [];
  });
  if (matching.length === 1) return matching[0];
  return (asked || matching.length > 1) && WHOLE.test(reading.text) ? "all" : undefined;
}

function partOf(booking: Booking, value: Json | undefined): BookedItem | null {
  return typeof value === "string" && value !== "all" ? (bookedItems(booking)[Number(value)] ?? null) : null;
}

function itemName(turn: TurnContext, item: BookedItem): string {
  return productText(turn, { id: item.product, owned: item.ownedProduct });
}

function restNames(turn: TurnContext, booking: Booking, part: BookedItem): string {
  return bookedItems(booking)
    .filter((item) => item !== part)
    .map((item) => itemName(turn, item))
    .join(comma(turn.lang));
}

/** One product less: the visit becomes shorter and cheaper, its number and start stay. */
function cancelPart(turn: TurnContext, booking: Booking, part: BookedItem): void {
  const rest = bookedItems(booking).filter((item) => item !== part);
  // Shortly before the start no hour may be offered any more; what is taken stays then.
  const hours = sameStart(turn, booking, rest);
  const amended = changeItems(turn, booking, rest, hours?.technician === booking.technician ? hours : null);
  turn.say(
    turn.words("cancel.done_part", {
      number: amended.number,
      product: itemName(turn, part),
      rest: restNames(turn, booking, part),
      time: turn.span(amended),
      estimate: formatEstimate(amended.estimate),
    }),
  );
  turn.notify(
    "representative",
    turn.staffWords("staff.cancelled_part", { number: amended.number, product: itemName(turn, part), late: lateWords(turn, booking) }),
    null,
  );
}

export const CANCEL_FLOW = defineFlow<CancelValues>({
  id: "cancel",
  title: (turn) => turn.words("cancel.title"),
  absorbs: ["cancel_booking", "provide_info", "confirm_yes"],
  slots: {
    // A day that is said names the booking: no new time is wished.
    booking: { ...BOOKING_SLOT, take: ({ turn }, reading) => takeBooking(turn, reading, false) },
    part: PART_SLOT,
  },
  summary: ({ turn, values }) => {
    const booking = bookingOf(turn, values.booking)!;
    const part = partOf(booking, values.part);
    return {
      text: part
        ? turn.words("cancel.summary_part", { number: booking.number, product: itemName(turn, part), rest: restNames(turn, booking, part) })
        : turn.words("cancel.summary", { number: booking.number, booking: bookingLabel(turn, booking) }),
      question: "yesno",
      choices: [
        { id: "yes", label: turn.words("choice.cancel_booking") },
        { id: "no", label: turn.words("choice.keep") },
        { id: "intent:reschedule", label: turn.words("choice.move") },
      ],
    };
  },
  complete: ({ turn }, values) => {
    const booking = bookingOf(turn, values.booking);
    if (booking?.status !== "confirmed") {
      turn.say(turn.words("change.none"));
      return;
    }
    const part = partOf(booking, values.part);
    if (part) {
      cancelPart(turn, booking, part);
      return;
    }
    turn.freeHours(booking);
    turn.applyBooking(booking.number, booking, { type: "booking_cancelled", at: turn.now, reason: null });
    cancelReminders(turn, booking);
    turn.finished({ kind: "cancelled", number: booking.number });
    // What was being done to it is done with.
    const aboutIt = ({ flow, values: known, data }: Frame): boolean =>
      flow === "move" && (known["booking"] ?? data["booking"]) === booking.number;
    turn.state.stack = turn.state.stack.filter((frame) => !aboutIt(frame));
    turn.say(turn.words("cancel.done", { number: booking.number, booking: bookingLabel(turn, booking) }));
    turn.notify("representative", turn.staffWords("staff.cancelled", { number: booking.number, late: lateWords(turn, booking) }), null);
  },
  dropped: ({ turn }) => turn.say(turn.words("cancel.kept")),
});
