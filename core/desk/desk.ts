/**
 * What staff do with a case, whichever desk they sit at: claim, reply, note, give back to the bot, resolve, reopen, move an
 * order. A note stays inside; only `reply` and `resolve` reach the customer.
 */
import { askSatisfied } from "../cases/answers.ts";
import { isCaseCommand } from "../cases/case-command.ts";
import { closeUnknown, demandCause, handleCaseCommand } from "../cases/case-desk.ts";
import { tellClosed, tellLeft } from "../cases/hand-over.ts";
import { reopenCase } from "../cases/open.ts";
import { tellChildren } from "../cases/outbreak.ts";
import { type Case, isOpen, OUTBREAKS } from "../cases/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import { resumeTop } from "../conversation/engine.ts";
import { moveOrder } from "../orders/order-desk.ts";
import { nameIn } from "../profile/model.ts";
import { noticeSpoken } from "../promises/spoken.ts";
import type { DeskCommand } from "../spine/events.ts";
import { handleWorkshop } from "./workshop.ts";

/** Carries out a command. What can't be done is told to the member of staff as a notice, with what to do instead. */
export function handleDesk(turn: TurnContext, by: string, command: DeskCommand): void {
  const staff = turn.model.staff(by);
  const language = turn.model.profile.business.languages[0]!;
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
  if (!found || found.conversation !== turn.conversation) {
    turn.notify(by, turn.wordsIn(language, "staff.no_case", { number: command.case }), null);
    return;
  }
  const name = nameIn(staff, turn.lang);
  if (isCaseCommand(command)) {
    handleCaseCommand(turn, found, staff, command);
    return;
  }
  switch (command.do) {
    case "claim":
      claim(turn, found, by, name);
      return;
    case "note":
      turn.applyCase(found.number, found, { type: "case_noted", at: turn.now, by, text: command.text });
      return;
    case "reply": {
      if (found.status === "open") claim(turn, found, by, name);
      const current = turn.caseByNumber(found.number)!;
      turn.applyCase(found.number, current, { type: "case_answered", at: turn.now, by });
      turn.post("staff", command.text, { author: by });
      noticeSpoken(turn, by, found.number, command.text);
      // After its end the words still reach the customer, and stand on the case; nobody holds the conversation for it.
      if (isOpen(current)) holdBy(turn, found.number, by);
      else turn.applyCase(found.number, current, { type: "case_noted", at: turn.now, by, text: command.text });
      return;
    }
    case "release":
      release(turn, found);
      return;
    case "resolve":
      turn.applyCase(found.number, found, { type: "case_resolved", at: turn.now, by, resolution: command.text });
      if (found.known) turn.say(turn.words("desk.resolved", { number: found.number, text: command.text }));
      // A colleague may be talking about another case of the same customer.
      if (turn.state.holder.by === "human" && turn.state.holder.case === found.number) letGo(turn);
      // What was interrupted is taken up once the customer has said whether they are satisfied.
      if (found.known) askSatisfied(turn, found.number);
      else closeUnknown(turn, found.number);
      tellChildren(turn, found, by, command.text);
      demandCause(turn, found.number);
      return;
    case "reopen": {
      if (found.status === "open" || found.status === "claimed") {
        turn.notify(by, turn.wordsIn(language, "staff.is_open", { number: found.number }), found.number);
        return;
      }
      reopenCase(turn, found, command.text);
      turn.say(turn.words("desk.reopened", { number: found.number }));
      return;
    }
  }
}

function claim(turn: TurnContext, found: Case, by: string, name: string): void {
  const language = turn.model.profile.business.languages[0]!;
  if (found.status === "claimed" && found.owner !== by) {
    turn.notify(
      by,
      turn.wordsIn(language, "staff.already_claimed", {
        number: found.number,
        owner: nameIn(turn.model.staff(found.owner ?? ""), language),
      }),
      found.number,
    );
    return;
  }
  if (found.status === "claimed") return;
  if (found.status !== "open") {
    turn.notify(
      by,
      turn.wordsIn(language, "staff.not_open", { number: found.number, state: turn.wordsIn(language, `case.${found.status}`) }),
      found.number,
    );
    return;
  }
  turn.applyCase(found.number, found, { type: "case_claimed", at: turn.now, by });
  holdBy(turn, found.number, by);
  turn.say(turn.words("desk.joined", { name, number: found.number }));
}

/** The member of staff talks; the bot keeps quiet until released. */
function holdBy(turn: TurnContext, number: string, by: string): void {
  if (turn.conversation === OUTBREAKS) return;
  const { releaseMinutes } = turn.model.profile.business.service;
  turn.state.holder = { by: "human", case: number, since: turn.now, staff: by };
  turn.setTimer({ id: `release:${turn.conversation}`, dueAt: turn.now + releaseMinutes * 60_000, name: "release", data: { case: number } });
}

function letGo(turn: TurnContext): void {
  turn.state.holder = { by: "bot" };
  turn.state.misses = 0;
  turn.cancelTimer(`release:${turn.conversation}`);
}

/** Back to the bot: what was interrupted is offered again. */
function release(turn: TurnContext, found: Case): void {
  if (turn.state.holder.by === "bot") return;
  letGo(turn);
  turn.say(turn.words("desk.released", { number: found.number }));
  if (turn.state.stack.length > 0) resumeTop(turn);
}

/** A conversation nobody has touched for long goes back to the bot; the case stays with staff. */
export function releaseByTimeout(turn: TurnContext, number: string): void {
  if (turn.state.holder.by !== "human" || turn.state.holder.case !== number) return;
  turn.state.holder = { by: "bot" };
  const language = turn.model.profile.business.languages[0]!;
  turn.notify(turn.model.profile.ladder[0]!, turn.wordsIn(language, "staff.released", { number }), number);
  turn.note("released_by_timeout", { case: number });
  tellLeft(turn, number);
}

/** While a human holds the conversation: what the customer writes goes to them, the bot says nothing. */
export function relayToHuman(turn: TurnContext, words: string): void {
  const { holder } = turn.state;
  if (holder.by !== "human") return;
  const found = turn.cases().find((one) => one.number === holder.case);
  const language = turn.model.profile.business.languages[0]!;
  if (found) turn.applyCase(found.number, found, { type: "case_noted", at: turn.now, by: "customer", text: words });
  turn.notify(
    holder.staff ?? found?.step ?? "representative",
    turn.wordsIn(language, "staff.case_added", { number: holder.case, words }),
    holder.case,
  );
  turn.note("held_by_human", { case: holder.case });
  tellClosed(turn, found);
}
