/** What is not about the flow under way: another thing to be done, a complaint, a question in between, a matter of its own. */
import { aboutWork, sayUntilThen } from "../../booking/about-booking.ts";
import { goesAlong } from "../../booking/also-slot.ts";
import { wantsAnotherToo } from "../../booking/another.ts";
import type { ProductValue } from "../../booking/product-value.ts";
import { takeVisitWish } from "../../booking/visit-wish.ts";
import { takeUpWaiting } from "../../booking/waiting-wish.ts";
import type { Intent } from "../../understanding/types.ts";
import { entitiesOf, type Reading } from "../reading.ts";
import { askAgain } from "../resume.ts";
import { digress, route } from "../routing.ts";
import type { Frame } from "../state.ts";
import { takeFacts } from "../taking.ts";
import type { Taker } from "./said.ts";

export const wantsToWait: Taker = ({ turn, frame, reading }) => (takeUpWaiting(turn, frame, reading) ? true : null);

/** Another product's booking, while one is being made, waits its turn. */
export const booksAnotherToo: Taker = ({ turn, frame, reading }) => {
  if (frame.flow !== "book" || goesAlong(turn, frame, reading)) return null;
  const product = (frame.values["product"] ?? frame.raw["product"]) as ProductValue | undefined;
  if (!wantsAnotherToo(turn, product, reading)) return null;
  turn.state.matters.push({ intent: "book", text: reading.text, at: turn.now });
  turn.say(turn.words("menu.next"));
  askAgain(turn);
  return true;
};

export const complains: Taker = ({ turn, reading, intents, sure, first, absorbed, escalations }) =>
  !absorbed && sure && first === "complaint" ? route(turn, reading, intents, escalations) : null;

export const wishesOfTheVisit: Taker = ({ turn, frame, reading }) => (takeVisitWish(turn, frame, reading) ? true : null);

/** How long it takes, what to bring: answered, and what facts came along are taken. */
export const asksAboutWork: Taker = ({ turn, frame, reading }) => {
  if (!aboutWork(turn, frame, reading) && !sayUntilThen(turn, frame, reading)) return null;
  takeFacts(turn, frame, reading, true);
  askAgain(turn);
  return true;
};

/** A question is answered and the open one put again; any other matter is taken up now. */
export const asksBetween: Taker = ({ turn, reading, intents, sure, first, absorbed, absorbs, escalations }) => {
  if (!first || absorbed || !sure || reading.understanding?.decision === "unknown") return null;
  if (digress(turn, reading, intents, absorbs)) {
    askAgain(turn, true);
    return true;
  }
  if (first === "confirm_yes" || first === "confirm_no" || first === "provide_info") return null;
  return route(turn, reading, intents, escalations) ? true : null;
};

export const bringsAnotherMatter: Taker = ({ turn, frame, reading, intents, sure, first, absorbed, escalations }) =>
  sure && absorbed && isMatterOfItsOwn(frame, first, reading) ? route(turn, reading, intents, escalations) : null;

/** A matter that could have brought facts to the flow under way and brought none: work on another thing, a booking to move. */
function isMatterOfItsOwn(frame: Frame, intent: Intent | undefined, reading: Reading): boolean {
  const { fault, service } = entitiesOf(reading);
  if (intent === "book") return (frame.flow === "move" || frame.flow === "cancel") && fault.length + service.length > 0;
  return intent === "reschedule" && frame.flow === "book";
}
