/** More from the customer about a case that is open. */
import type { TurnContext } from "../conversation/context.ts";
import type { Media } from "../spine/events.ts";
import type { Case } from "./state.ts";

/**
 * The words stand on the case, and whoever has it reads them, with what was sent beside them.
 *
 * @param to who is told; left out = the owner, or who is asked now
 */
export function addToCase(turn: TurnContext, found: Case, words: string, media: Media | null = null, to = found.owner ?? found.step): void {
  turn.applyCase(found.number, found, { type: "case_noted", at: turn.now, by: "customer", text: words });
  passOn(turn, found.number, words, media, to);
}

/** Tells a member of staff what the customer wrote to a case, without keeping it there. */
export function passOn(turn: TurnContext, number: string, words: string, media: Media | null, to: string): void {
  turn.notify(to, turn.staffWords("staff.case_added", { number, words }), number, { media });
}
