/** A booking made while a complaint of the same thing is open belongs to that case, and those who have it hear of it. */
import type { Booking } from "../booking/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import { isOpen } from "./state.ts";

export function linkVisit(turn: TurnContext, booking: Booking): void {
  const found = turn
    .cases()
    .find((one) => one.category === "complaint" && isOpen(one) && one.links.booking === null && isAbout(turn, one.links.product, booking));
  if (!found) return;
  turn.applyCase(found.number, found, { type: "case_linked", at: turn.now, links: { booking: booking.number }, by: "bot" });
  const time = turn.staffTime(booking.start);
  turn.notify(
    found.owner ?? found.step,
    turn.staffWords("staff.case_visit", { number: found.number, booking: booking.number, time }),
    found.number,
  );
}

/** The same product, or one that is a sort of the other. */
function isAbout(turn: TurnContext, product: string | null, booking: Booking): boolean {
  return product === null || turn.model.covers([booking.product], product) || turn.model.covers([product], booking.product);
}
