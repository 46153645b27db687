/**
 * What staff do with a case, whichever desk they sit at: claim, reply, note, give back to the bot, resolve, reopen, move an
 * order. A note stays inside; only `reply` and `resolve` reach the customer.
 */
import { addToCase, passOn } from "../cases/add-to-case.ts";
import { askSatisfied } from "../cases/answers.ts";
import { isCaseCommand } from "../cases/case-command.ts";
import { closeUnknown, demandCause, handleCaseCommand } from "../cases/case-desk.ts";
import { tellClosed } from "../cases/hand-over.ts";
import { reopenCase } from "../cases/open.ts";
import { tellChildren } from "../cases/outbreak.ts";
import { type Case, isOpen } from "../cases/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import { splitCustomer } from "../customers/joining.ts";
import { moveOrder } from "../orders/order-desk.ts";
import { nameIn } from "../profile/model.ts";
import type { DeskCommand, Media } from "../spine/events.ts";
import type { WordingKey } from "../wording/keys.ts";
import type { TemplateValues } from "../wording/template.ts";
import { holdBy, letGo, release } from "./holding.ts";
import { discard, flushReplies, recall, reply, sendAnyway } from "./replies.ts";
import { shareCase } from "./sharing.ts";
import { handleWorkshop } from "./workshop.ts";

/**
 * Carries out a command. What can't be done is told to the member of staff as a notice, with what to do instead.
 *
 * @param via staff channel it was done on, or `desk`, the desk page; `null` = neither (terminal, script)
 */
export function handleDesk(turn: TurnContext, by: string, command: DeskCommand, via: string | null = null): void {
  const staff = turn.model.staff(by);
  if (!staff) {
    turn.note("desk_stranger", { by });
    return;
  }
  if (command.do === "move_order") {
    moveOrder(turn, by, command);
    return;
  }
  if (command.do === "workshop") {
    handleWorkshop(turn, by, command);
    return;
  }
  const found = turn.caseByNumber(command.case);
  if (!found || !turn.isHere(found)) {
    turn.notify(by, turn.staffWords("staff.no_case", { number: command.case }), null);
    return;
  }
  if (isCaseCommand(command)) {
    handleCaseCommand(turn, found, staff, command);
    return;
  }
  const name = nameIn(staff, turn.lang);
  /** Those who watch the case in a team chat see what was done. */
  const tell = (key: WordingKey, values: TemplateValues = {}, everywhere = true): void =>
    turn.writeLine(found.number, turn.staffWords(key, { name: nameIn(staff, turn.staffLanguage), number: found.number, ...values }), {
      except: everywhere ? null : via,
    });
  switch (command.do) {
    case "claim":
      if (claim(turn, found, by, name)) tell("staff.did_claim");
      return;
    case "note":
      turn.applyCase(found.number, found, { type: "case_noted", at: turn.now, by, text: command.text });
      tell("staff.did_note", { text: command.text }, false);
      return;
    case "reply":
      if (found.status === "open") claim(turn, found, by, name);
      reply(turn, turn.caseByNumber(found.number)!, by, command, via);
      return;
    case "recall":
      recall(turn, found, by, via);
      return;
    case "anyway":
      sendAnyway(turn, found, by, via);
      return;
    case "discard":
      discard(turn, found, by, via);
      return;
    case "release":
      if (turn.state.holder.by === "human") tell("staff.did_release");
      release(turn, found);
      return;
    case "resolve":
      flushReplies(turn, found.number);
      turn.applyCase(found.number, turn.caseByNumber(found.number), { type: "case_resolved", at: turn.now, by, resolution: command.text });
      if (found.known) turn.say(turn.words("desk.resolved", { number: found.number, text: command.text }));
      tell("staff.did_resolve", { text: command.text });
      // A colleague may be talking about another case of the same customer.
      if (turn.state.holder.by === "human" && turn.state.holder.case === found.number) letGo(turn);
      // What was interrupted is taken up once the customer has said whether they are satisfied.
      if (found.known) askSatisfied(turn, found.number);
      else closeUnknown(turn, found.number);
      tellChildren(turn, found, by, command.text);
      demandCause(turn, found.number);
      return;
    case "reopen":
      reopen(turn, found, by, command.text);
      return;
    case "assign":
    case "snooze":
    case "tag":
      shareCase(turn, found, by, command);
      return;
    case "split":
      splitCustomer(turn, found, by);
      return;
  }
}

function reopen(turn: TurnContext, found: Case, by: string, why: string): void {
  if (isOpen(found)) {
    turn.notify(by, turn.staffWords("staff.is_open", { number: found.number }), found.number);
    return;
  }
  reopenCase(turn, found, why);
  turn.say(turn.words("desk.reopened", { number: found.number }));
}

/** Only one can have it: the loser is told who has. Returns whether it was claimed now. */
function claim(turn: TurnContext, found: Case, by: string, name: string): boolean {
  if (found.status === "claimed" && found.owner !== by) {
    turn.notify(
      by,
      turn.staffWords("staff.already_claimed", {
        number: found.number,
        owner: nameIn(turn.model.staff(found.owner ?? ""), turn.staffLanguage),
      }),
      found.number,
    );
    return false;
  }
  if (found.status === "claimed") return false;
  if (found.status !== "open") {
    turn.notify(
      by,
      turn.staffWords("staff.not_open", { number: found.number, state: turn.staffWords(`case.${found.status}`) }),
      found.number,
    );
    return false;
  }
  turn.applyCase(found.number, found, { type: "case_claimed", at: turn.now, by });
  holdBy(turn, found.number, by);
  turn.say(turn.words("desk.joined", { name, number: found.number }));
  return true;
}

/** While a human holds the conversation: what the customer writes goes to them, the bot says nothing. */
export function relayToHuman(turn: TurnContext, words: string, media: Media | null = null): void {
  const { holder } = turn.state;
  if (holder.by !== "human") return;
  const found = turn.cases().find((one) => one.number === holder.case);
  const to = holder.staff ?? found?.step ?? "representative";
  if (found) addToCase(turn, found, words, media, to);
  else passOn(turn, holder.case, words, media, to);
  turn.note("held_by_human", { case: holder.case });
  tellClosed(turn, found);
}
