/** Carries out what staff do in the workshop, in the conversation of the customer it is about (or of the house). */

import { displaceByStaff } from "../booking/displace.ts";
import { listRescue, planRescue, sendRescue } from "../booking/rescue.ts";
import { giveWayToWish, stampIn } from "../booking/room-wish.ts";
import { markArrived, markNoShow, proposeTime } from "../booking/visit.ts";
import type { TurnContext } from "../conversation/context.ts";
import { withPersonOf } from "../customers/people.ts";
import type { CustomerFile } from "../customers/state.ts";
import { readPeople, writePeople } from "../customers/transfer/lists.ts";
import { billOrder } from "../orders/order-desk.ts";
import type { WorkOrder } from "../orders/state.ts";
import type { WorkshopCommand } from "../orders/workshop.ts";
import { closePromise, renewPromise } from "../promises/ledger.ts";
import { timeIn } from "../promises/spoken.ts";
import { putQuote } from "../quotes/make.ts";

export function handleWorkshop(turn: TurnContext, by: string, command: WorkshopCommand): void {
  const { act, about } = command;
  const refuse = (key: "staff.no_order" | "staff.no_booking" | "staff.no_promise" | "staff.no_time"): void =>
    turn.notify(by, turn.staffWords(key, { number: about }), null);
  switch (act.name) {
    case "quote":
    case "added":
    case "bill": {
      const order = turn.orderByNumber(about);
      // Quotes are put to the owner alone, in a conversation of theirs.
      if (!order || order.customerId !== turn.customer()?.id) {
        refuse("staff.no_order");
        return;
      }
      if (act.name === "bill") {
        billOrder(turn, by, order, act.minor, act.text);
        return;
      }
      const promisedAt = act.promisedAt ?? (act.text === null ? null : timeIn(turn, act.text));
      const kind = act.name === "quote" ? "work" : "added";
      const refused = putQuote(turn, by, order, { kind, lines: act.lines, note: act.text, promisedAt });
      if (refused === "state") {
        const state = turn.staffWords(`order.${order.status}`);
        turn.notify(by, turn.staffWords("staff.not_quotable", { number: about, state }), null);
      } else if (refused === "empty") turn.notify(by, turn.staffWords("staff.quote_empty", { number: about }), null);
      return;
    }
    case "kept":
    case "dismiss":
    case "confirm_promise":
    case "renew": {
      const promise = turn.record("promise", about);
      if (promise?.conversation !== turn.conversation) {
        refuse("staff.no_promise");
        return;
      }
      const due = turn.staffTime(promise.dueAt);
      const told = (key: "staff.promise_confirmed" | "staff.promise_kept" | "staff.promise_dismissed"): void =>
        turn.notify(by, turn.staffWords(key, { number: about, due }), null);
      if (promise.status !== "open" || (act.name === "confirm_promise" && promise.confirmed)) {
        const state = turn.staffWords(`promise.state_${promise.status}`);
        turn.notify(by, turn.staffWords("staff.promise_done", { number: about, due, state }), null);
      } else if (act.name === "kept") {
        closePromise(turn, promise, by, "promise_kept");
        told("staff.promise_kept");
      } else if (act.name === "dismiss") {
        closePromise(turn, promise, by, "promise_withdrawn");
        told("staff.promise_dismissed");
      } else if (act.name === "confirm_promise") {
        turn.applyPromise(promise.number, promise, { type: "promise_confirmed", at: turn.now, by });
        told("staff.promise_confirmed");
      } else {
        const to = act.promisedAt ?? timeIn(turn, act.text);
        if (to === null || to <= turn.now) refuse("staff.no_time");
        else renewPromise(turn, promise, by, to);
      }
      return;
    }
    case "arrived":
    case "no_show":
    case "propose": {
      const booking = turn.record("booking", about);
      if (!booking || booking.conversation !== turn.conversation) {
        refuse("staff.no_booking");
        return;
      }
      if (act.name === "arrived") markArrived(turn, by, booking, act.text);
      else if (act.name === "no_show") markNoShow(turn, by, booking);
      else proposeTime(turn, by, booking, act.text);
      return;
    }
    case "person": {
      const order = turn.orderByNumber(about);
      const file = turn.customer();
      const { people } = readPeople(act.text);
      const owned = order && file ? ownedOf(order, file) : null;
      if (!order || !file || owned === null || !turn.isOwn(order.customerId)) refuse("staff.no_order");
      else if (people.length === 0) turn.notify(by, turn.staffWords("staff.no_person"), null);
      else {
        turn.saveCustomer(people.reduce((known, person) => withPersonOf(known, owned, person), file));
        turn.notify(by, turn.staffWords("staff.person_kept", { number: about, people: writePeople(people) }), null);
      }
      return;
    }
    case "displace": {
      const booking = turn.record("booking", about);
      const wish = stampIn(act.text);
      if (!booking) refuse("staff.no_booking");
      else if (wish !== null) giveWayToWish(turn, by, booking, wish);
      else displaceByStaff(turn, by, booking, act.text);
      return;
    }
    case "away":
      planRescue(turn, by, act.technician, act.text);
      return;
    case "rescue_send":
      sendRescue(turn, by, about);
      return;
    case "rescue_list":
      listRescue(turn, by, about);
      return;
  }
}

/** The product of an order in its owner's file: the one it names, else the one with its plate, else the only one of its sort. */
function ownedOf(order: WorkOrder, file: CustomerFile): string | null {
  if (order.ownedProduct !== null) return order.ownedProduct;
  const same = file.products.filter((one) => one.product === order.product);
  return (same.find((one) => one.plate !== null && one.plate === order.plate) ?? (same.length === 1 ? same[0] : undefined))?.id ?? null;
}
