/** What staff do with a work order: moving it, with what the customer hears of it; the bill, held against what was agreed. */
import { type Booking, bookedItems } from "../booking/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import { promiseOrder, settleOrderPromise } from "../promises/ledger.ts";
import { timeIn } from "../promises/spoken.ts";
import { allowedMinor, putQuote } from "../quotes/make.ts";
import type { DeskCommand } from "../spine/events.ts";
import { watchStatutory } from "../warranty/watch.ts";
import { formatMoney } from "../wording/format.ts";
import type { WordingKey } from "../wording/keys.ts";
import { MOVES, type OrderStatus, type WorkOrder } from "./state.ts";

/** States in which nothing more is promised: reached, the promise is kept; or off, and there is nothing to keep. */
const REACHED: readonly OrderStatus[] = ["ready", "delivered", "closed"];
const OFF: readonly OrderStatus[] = ["cancelled", "declined", "no_show"];
/** Work begins here: not while the customer has an open quote of the order. */
const WORK: readonly OrderStatus[] = ["in_progress", "waiting_parts", "quality_check", "ready", "delivered"];

/** States with words of their own beside the general "news of your order". */
const OWN_WORDS: readonly OrderStatus[] = ["received", "waiting_parts", "ready", "delivered", "rework"];

/** Staff move an order. What may not be is told to them, with what to do instead; another's order is never told in this conversation. */
export function moveOrder(turn: TurnContext, by: string, command: Extract<DeskCommand, { do: "move_order" }>): void {
  const order = turn.orderByNumber(command.order);
  if (!order) {
    turn.notify(by, turn.staffWords("staff.no_order", { number: command.order }), null);
    return;
  }
  if (!MOVES[order.status].includes(command.to)) {
    turn.notify(
      by,
      turn.staffWords("staff.no_move", {
        number: order.number,
        from: turn.staffWords(`order.${order.status}`),
        to: turn.staffWords(`order.${command.to}`),
        allowed: MOVES[order.status].map((status) => turn.staffWords(`order.${status}`)).join("、"),
      }),
      null,
    );
    return;
  }
  const quote = order.quote === undefined ? null : turn.record("quote", order.quote);
  if (quote?.status === "open" && WORK.includes(command.to)) {
    turn.notify(by, turn.staffWords("staff.quote_waits", { number: order.number, quote: quote.number }), null);
    return;
  }
  const promisedAt = command.promisedAt ?? (command.text === null ? null : timeIn(turn, command.text));
  const moved = turn.applyOrder(order.number, order, {
    type: "order_moved",
    at: turn.now,
    to: command.to,
    by,
    why: command.text,
    promisedAt,
    note: command.text,
  });
  // The conversation a command came in with need not be the owner's: nobody hears of another's order.
  const owners = turn.isOwn(order.customerId);
  if (owners && REACHED.includes(moved.status)) settleOrderPromise(turn, moved, by, false);
  else if (owners && OFF.includes(moved.status)) settleOrderPromise(turn, moved, by, true);
  else if (owners && promisedAt !== null && promisedAt > turn.now) promiseOrder(turn, moved, promisedAt, by);
  if (owners) watchStatutory(turn, moved);
  if (owners) tellMove(turn, order, moved, command.text, promisedAt);
}

/** The customer hears what matters: the states of the profile's list, and whatever comes with words or a new time. */
function tellMove(turn: TurnContext, before: WorkOrder, moved: WorkOrder, text: string | null, promisedAt: number | null): void {
  const { tell } = turn.model.profile.business.workshop;
  const newTime = promisedAt !== null && promisedAt !== before.promisedAt;
  if (!tell.includes(moved.status) && text === null && !newTime) {
    turn.note("order_move_silent", { order: moved.number, to: moved.status });
    return;
  }
  const booking = moved.booking === null ? undefined : turn.bookings().find((one) => one.number === moved.booking);
  if (booking?.place === "pickup" && (moved.status === "ready" || moved.status === "delivered")) {
    turn.say(pickupNews(turn, moved, booking, text, promisedAt));
    return;
  }
  const key = OWN_WORDS.includes(moved.status) ? (`order.told_${moved.status}` as WordingKey) : "order.moved";
  turn.say(
    turn.words(key, {
      number: moved.number,
      state: turn.words(`order.${moved.status}`),
      promised: promisedAt === null ? "" : turn.time(promisedAt),
      note: text ?? "",
      bill: moved.finalMinor === undefined ? "" : formatMoney(moved.finalMinor, turn.model.profile.business.currency),
      parts: moved.oldParts === true && moved.status === "ready" ? turn.words("order.parts_ready") : "",
    }),
  );
}

/** Ready is on its way back, and delivered is back at the customer's, when we fetched it. */
function pickupNews(turn: TurnContext, moved: WorkOrder, booking: Booking, text: string | null, promisedAt: number | null): string {
  const back = promisedAt ?? booking.end;
  return turn.words(moved.status === "ready" ? "pickup.told_ready" : "pickup.told_back", {
    number: moved.number,
    back: back > turn.now ? turn.time(back) : "",
    address: booking.address ?? "",
    note: text ?? "",
    bill: moved.finalMinor === undefined ? "" : formatMoney(moved.finalMinor, turn.model.profile.business.currency),
  });
}

/** The final total. Beyond what was agreed plus the tolerance it is asked for first, like any other quote. */
export function billOrder(turn: TurnContext, by: string, order: WorkOrder, minor: number, text: string | null): void {
  const { booking, currency } = turn.model.profile.business;
  const booked = order.booking === null ? undefined : turn.bookings().find((one) => one.number === order.booking);
  const agreed = order.approvedMinor ?? (booked ? estimateOfOrder(booked, order).highMinor : undefined);
  const allowed = agreed === undefined ? null : allowedMinor(agreed, booking.tolerancePercent);
  turn.applyOrder(order.number, order, { type: "order_amended", at: turn.now, by, finalMinor: minor });
  if (allowed !== null && minor > allowed) {
    const billed = turn.orderByNumber(order.number)!;
    const item = turn.words("quote.total_item", { agreed: formatMoney(agreed!, currency) });
    putQuote(turn, by, billed, {
      kind: "total",
      lines: [{ item, labourMinor: minor, partsMinor: 0, safety: false }],
      note: text,
      promisedAt: null,
    });
    turn.notify(
      by,
      turn.staffWords("staff.bill_over", {
        number: order.number,
        total: formatMoney(minor, currency),
        allowed: formatMoney(allowed, currency),
      }),
      null,
    );
    return;
  }
  turn.notify(by, turn.staffWords("staff.billed", { number: order.number, total: formatMoney(minor, currency) }), null);
}

/** What was told for the product of an order: its own part of a visit with several. */
function estimateOfOrder(booking: Booking, order: WorkOrder): Booking["estimate"] {
  const items = bookedItems(booking);
  const own = items.find((item) => item.ownedProduct === order.ownedProduct && item.product === order.product);
  return items.length > 1 && own ? own.estimate : booking.estimate;
}
