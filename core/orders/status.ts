/**
 * How far things are (进度查询): bookings, orders and cases of the customer's own. Another person's order and one that does not
 * exist get the same answer (domain: others get nothing, not even that it exists).
 */

import { bookingLabel, comingBookings } from "../booking/change-flows.ts";
import type { Booking } from "../booking/state.ts";
import { isOpen } from "../cases/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import { nameIn } from "../profile/model.ts";
import { comma } from "../wording/format.ts";
import { countProbe, isProbing } from "./probing.ts";
import type { OrderStatus, WorkOrder } from "./state.ts";

const FINISHED: readonly OrderStatus[] = ["closed", "cancelled", "no_show", "delivered", "declined"];

/** Answers a status question; a hurried one (催单) is counted and told to staff. */
export function answerStatus(turn: TurnContext, reading: Reading): void {
  const entities = entitiesOf(reading);
  const numbers = entities.order_no.map((one) => one.value.toUpperCase());
  const plates = entities.plate.map((one) => one.value);
  const serials = entities.vin.map((one) => one.value);
  // One's own phone names nothing; another's is asked for like a plate.
  const phones = entities.phone.map((one) => one.value).filter((phone) => !turn.customer()?.phones.includes(phone));
  const targets = [...numbers, ...plates, ...serials, ...phones];
  const named = targets.length > 0;
  const orders = turn.orders();
  const cases = turn.cases().filter(isOpen);
  const coming = comingBookings(turn);

  if (named && isProbing(turn)) {
    // The same words whether it exists or not, without a look.
    countProbe(turn, targets);
    turn.unverified = true;
    turn.say(turn.words("status.too_many"));
    return;
  }
  if (named) {
    // A plate of one's own car names the orders of that car, also those without the plate on them.
    const mine = (turn.customer()?.products ?? []).filter(
      (one) => (one.plate && plates.includes(one.plate)) || (one.serial && serials.includes(one.serial)),
    );
    const ofMine = (one: WorkOrder): boolean =>
      mine.some((own) =>
        one.ownedProduct === null ? !one.plate && !one.serial && one.product === own.product : one.ownedProduct === own.id,
      );
    const order = orders.filter(
      (one) =>
        ofMine(one) ||
        numbers.includes(one.number) ||
        (one.plate && plates.includes(one.plate)) ||
        (one.serial && serials.includes(one.serial)),
    );
    const booking = coming.filter((one) => numbers.includes(one.number));
    const kase = turn.cases().filter((one) => numbers.includes(one.number));
    if (order.length + booking.length + kase.length > 0) {
      for (const one of order) turn.say(orderLine(turn, one));
      for (const one of booking) turn.say(bookingLine(turn, one));
      for (const one of kase) turn.say(caseLine(turn, one.number));
      countHurry(turn, order, reading);
      return;
    }
    turn.note("status_refused", { named: targets.length });
    turn.unverified = true;
    turn.say(turn.words(countProbe(turn, targets) ? "status.too_many" : "status.not_found"));
    return;
  }
  const product = entities.product[0]?.id;
  const open = orders.filter((one) => !FINISHED.includes(one.status));
  const about = product ? open.filter((one) => turn.model.covers([product], one.product)) : open;
  const shown = about.length > 0 ? about : open;
  if (shown.length + coming.length + cases.length === 0) {
    const last = [...orders].sort((one, other) => other.updatedAt - one.updatedAt)[0];
    turn.unverified = last === undefined;
    turn.say(last ? orderLine(turn, last) : turn.words("status.none"));
    return;
  }
  for (const one of shown) turn.say(orderLine(turn, one));
  for (const one of coming) turn.say(bookingLine(turn, one));
  for (const one of cases) turn.say(caseLine(turn, one.number));
  countHurry(turn, shown, reading);
}

function bookingLine(turn: TurnContext, booking: Booking): string {
  return turn.words("status.booking", {
    number: booking.number,
    booking: bookingLabel(turn, booking),
    technician: nameIn(turn.model.technician(booking.technician), turn.lang),
  });
}

function orderLine(turn: TurnContext, order: WorkOrder): string {
  const late = order.promisedAt !== null && order.promisedAt < turn.now && !FINISHED.includes(order.status) && order.status !== "ready";
  if (late) turn.ruleFacts["promise_missed"] = true;
  return turn.words("status.order", {
    number: order.number,
    product: [nameIn(turn.model.product(order.product), turn.lang), order.plate].filter(Boolean).join(" "),
    items: order.services.map((id) => nameIn(turn.model.service(id), turn.lang)).join(comma(turn.lang)),
    state: turn.words(`order.${order.status}`),
    promised:
      order.promisedAt !== null && order.promisedAt >= turn.now && !FINISHED.includes(order.status) ? turn.time(order.promisedAt) : "",
    late: late ? turn.words("status.late") : "",
    technician: nameIn(order.technician ? turn.model.technician(order.technician) : undefined, turn.lang),
    note: order.note ?? "",
  });
}

function caseLine(turn: TurnContext, number: string): string {
  const found = turn.cases().find((one) => one.number === number)!;
  return turn.words("status.case", {
    number,
    state: turn.words(`case.${found.status}`),
    promised: found.answeredAt === null && found.promisedAt > turn.now ? turn.time(found.promisedAt) : "",
  });
}

const HURRY =
  /催|快点|快點|快一点|快一點|快些|快啲|赶紧|趕緊|怎么还|怎麼還|还没|還沒|仲未|咁耐|多久了|hurry|still (?:not|waiting)|how much longer|taking so long|any update|chasing/i;

function countHurry(turn: TurnContext, orders: readonly WorkOrder[], reading: Reading): void {
  if (!HURRY.test(reading.text) || orders.length === 0) return;
  for (const order of orders) {
    const hurried = turn.applyOrder(order.number, order, { type: "order_hurried", at: turn.now });
    // The first goes to those at the desk; a late order or a second time also to the manager; the third opens a case by rule.
    const late = order.promisedAt !== null && order.promisedAt < turn.now;
    const text = turn.staffWords("staff.hurried", {
      number: order.number,
      times: hurried.hurried,
    });
    turn.notify("representative", text, null);
    if (late || hurried.hurried >= 2) turn.notify("manager", text, null);
  }
  turn.say(turn.words("status.hurried"));
}
