/** A booking made while a complaint of the same thing is open belongs to that case, and those who have it hear of it. */
import type { Booking } from "../booking/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import { formatDateTime } from "../wording/format.ts";

export function linkVisit(turn: TurnContext, booking: Booking): void {
  const found = turn
    .cases()
    .find(
      ({ category, status, links }) =>
        category === "complaint" &&
        (status === "open" || status === "claimed") &&
        links.booking === null &&
        (links.product === null ||
          turn.model.covers([booking.product], links.product) ||
          turn.model.covers([links.product], booking.product)),
    );
  if (!found) return;
  turn.applyCase(found.number, found, { type: "case_linked", at: turn.now, links: { booking: booking.number }, by: "bot" });
  const time = formatDateTime(booking.start, turn.staffLanguage, turn.zone, turn.now);
  turn.notify(
    found.owner ?? found.step,
    turn.staffWords("staff.case_visit", { number: found.number, booking: booking.number, time }),
    found.number,
  );
}
