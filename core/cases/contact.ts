/**
 * Tries to reach a customer that came to nothing: staff rang and nobody answered, a message could not be delivered. They count
 * in a row: one word of the customer's and the count begins anew. After three a rule makes it somebody's matter (domain: customer
 * unreachable after 3 tries).
 */
import type { TurnContext } from "../conversation/context.ts";
import { nameIn } from "../profile/model.ts";
import type { Staff } from "../profile/schema.ts";
import { type Case, isOpen, OUTBREAKS } from "./state.ts";

/** One more try in vain; states the fact for the rules of this turn. @returns how many in a row, this one counted */
export function countVainTry(turn: TurnContext): number {
  const before = turn.state.vainTries;
  const count = before !== undefined && before.since === turn.state.lastAt ? before.count + 1 : 1;
  turn.state.vainTries = { count, since: turn.state.lastAt };
  turn.ruleFacts["contact_tries"] = count;
  return count;
}

/** Staff rang and nobody answered: it stands on the case, and the customer learns of it where they can be written to. */
export function noteNoAnswer(turn: TurnContext, found: Case, staff: Staff, text: string): void {
  if (!isOpen(found)) {
    const state = turn.staffWords(`case.${found.status}`);
    turn.notify(staff.id, turn.staffWords("staff.not_open", { number: found.number, state }), found.number);
    return;
  }
  const count = countVainTry(turn);
  const name = nameIn(staff, turn.staffLanguage);
  turn.applyCase(found.number, found, {
    type: "case_noted",
    at: turn.now,
    by: staff.id,
    text: turn.staffWords("case.rang_in_vain", { count, text }),
  });
  turn.writeLine(found.number, turn.staffWords("staff.did_no_answer", { name, number: found.number, count, text }));
  // Said at the first try of a row: a customer who is rung three times need not read it three times.
  if (count === 1 && found.known && turn.conversation !== OUTBREAKS)
    turn.say(turn.words("case.rang_you", { number: found.number, phone: turn.model.profile.business.contact.phone }));
}
