/** More from the customer about a case that is open. */
import type { TurnContext } from "../conversation/context.ts";
import type { Media } from "../spine/events.ts";
import type { Case } from "./state.ts";

/** The words stand on the case, and whoever has it reads them, with what was sent beside them. */
export function addToCase(turn: TurnContext, found: Case, words: string, media: Media | null = null): void {
  turn.applyCase(found.number, found, { type: "case_noted", at: turn.now, by: "customer", text: words });
  turn.notify(
    found.owner ?? found.step,
    turn.staffWords("staff.case_added", { number: found.number, words }),
    found.number,
    media === null ? {} : { media },
  );
}
