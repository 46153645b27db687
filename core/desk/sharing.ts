/** A case among colleagues: given to another, put off, tagged. */
import type { Case } from "../cases/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import { nameIn } from "../profile/model.ts";
import type { DeskCommand } from "../spine/events.ts";
import { comma } from "../wording/format.ts";
import { staffWords } from "./card.ts";
import { memberNamed } from "./people.ts";

export function shareCase(
  turn: TurnContext,
  found: Case,
  by: string,
  command: Extract<DeskCommand, { do: "assign" | "snooze" | "tag" }>,
): void {
  const { model, now } = turn;
  const language = model.staffLanguage;
  const name = nameIn(model.staff(by), language);
  if (found.status !== "open" && found.status !== "claimed") {
    turn.notify(
      by,
      staffWords(model, "staff.not_closed", { number: found.number, state: staffWords(model, `case.${found.status}`) }),
      found.number,
    );
    return;
  }
  switch (command.do) {
    case "assign": {
      const member = memberNamed(model.profile, command.to);
      if (!member) {
        const names = model.profile.staff.map((one) => one.name[language]).join(comma(language));
        turn.notify(by, staffWords(model, "staff.no_member", { name: command.to, names }), found.number);
        return;
      }
      turn.applyCase(found.number, found, { type: "case_assigned", at: now, by, to: member.id, text: command.text });
      // Whoever has the case now speaks for it.
      if (turn.state.holder.by === "human" && turn.state.holder.case === found.number)
        turn.state.holder = { ...turn.state.holder, staff: member.id };
      const text = staffWords(model, "staff.did_assign", { name, number: found.number, to: member.name[language], text: command.text });
      turn.notify(member.id, text, found.number);
      return;
    }
    case "snooze": {
      turn.applyCase(found.number, found, { type: "case_snoozed", at: now, by, until: command.until });
      turn.setTimer({ id: `snooze:${found.number}`, dueAt: command.until, name: "snooze", data: { case: found.number } });
      const until = turn.staffTime(command.until);
      turn.writeLine(found.number, staffWords(model, "staff.did_snooze", { name, number: found.number, until }));
      return;
    }
    case "tag":
      turn.applyCase(found.number, found, { type: "case_tagged", at: now, tags: command.tags });
      turn.writeLine(found.number, staffWords(model, "staff.did_tag", { name, number: found.number, tags: command.tags.join("、") }));
      return;
  }
}

/** The time a case was put off to has come: whoever has it is reminded. */
export function snoozeIsOver(turn: TurnContext, number: string): void {
  const found = turn.caseByNumber(number);
  if (!found || (found.status !== "open" && found.status !== "claimed")) return;
  if (found.snoozedUntil === undefined || found.snoozedUntil > turn.now) return;
  turn.notify(found.owner ?? found.step, turn.staffWords("staff.snooze_over", { number }), number);
}
