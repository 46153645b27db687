/** Carries out what staff do to a case beside talking; case-command.ts is its grammar. */
import type { TurnContext } from "../conversation/context.ts";
import { nameIn } from "../profile/model.ts";
import { nearest } from "../profile/problems.ts";
import type { Staff } from "../profile/schema.ts";
import { HOUR_MS } from "../time.ts";
import type { CaseCommand } from "./case-command.ts";
import { approve, deny, propose, withdraw } from "./compensation-desk.ts";
import { noteNoAnswer } from "./contact.ts";
import { askCause, needsCause } from "./due.ts";
import { countBatch } from "./outbreak.ts";
import { type Case, type CaseLinks, isOpen, isPaging } from "./state.ts";

/** Carries out a command on a case of this conversation. What can't be done is told to the member of staff, with what can. */
export function handleCaseCommand(turn: TurnContext, found: Case, staff: Staff, command: CaseCommand): void {
  const refuse = (
    key: "staff.page_seen" | "staff.not_open" | "staff.no_task" | "staff.link_usage",
    values: Record<string, string> = {},
  ): void => turn.notify(staff.id, turn.staffWords(key, { number: found.number, ...values }), found.number);
  switch (command.do) {
    case "acknowledge":
      if (!isPaging(found)) {
        const by = found.page?.acknowledgedBy ?? found.owner;
        refuse("staff.page_seen", { by: by === null ? "" : nameIn(turn.model.staff(by), turn.staffLanguage) });
        return;
      }
      turn.applyCase(found.number, found, { type: "case_acknowledged", at: turn.now, by: staff.id });
      turn.notify(
        "on_call",
        turn.staffWords("staff.acknowledged", { number: found.number, name: nameIn(staff, turn.staffLanguage) }),
        found.number,
      );
      turn.say(
        turn.words("emergency.acknowledged", {
          number: found.number,
          name: nameIn(staff, turn.lang),
          phone: turn.model.profile.business.contact.emergencyPhone,
        }),
      );
      return;
    case "wait":
      if (!isOpen(found)) {
        refuse("staff.not_open", { state: turn.staffWords(`case.${found.status}`) });
        return;
      }
      turn.applyCase(found.number, found, { type: "case_waiting", at: turn.now, by: staff.id });
      if (command.text) turn.applyCase(found.number, found, { type: "case_noted", at: turn.now, by: staff.id, text: command.text });
      return;
    case "cause":
      nameCause(turn, found, staff, command.text);
      return;
    case "task_done": {
      const id = /T\d+/i.exec(command.text)?.[0].toUpperCase();
      const task = found.tasks.find((one) => one.id === id && one.doneAt === null);
      if (!task) {
        refuse("staff.no_task", {
          tasks: found.tasks
            .filter((one) => one.doneAt === null)
            .map((one) => `${one.id} ${one.text}`)
            .join("；"),
        });
        return;
      }
      turn.applyCase(found.number, found, { type: "case_task_done", at: turn.now, id: task.id, by: staff.id });
      return;
    }
    case "link": {
      const links = parseLink(turn, command.text);
      if (!links) {
        refuse("staff.link_usage");
        return;
      }
      countBatch(turn, turn.applyCase(found.number, found, { type: "case_linked", at: turn.now, links, by: staff.id }));
      return;
    }
    case "no_answer":
      noteNoAnswer(turn, found, staff, command.text);
      return;
    case "propose":
      propose(turn, found, staff, command.text);
      return;
    case "approve":
      approve(turn, found, staff, command.text);
      return;
    case "deny":
      deny(turn, found, staff, command.text);
      return;
    case "withdraw":
      withdraw(turn, found, staff, command.text);
      return;
  }
}

/** The root cause, by its id or its name in any language; what is near is suggested. */
function nameCause(turn: TurnContext, found: Case, staff: Staff, text: string): void {
  const wanted = text.trim().toLowerCase();
  const { causes } = turn.model.profile.cases;
  const named = causes.find(
    (cause) => cause.id === wanted || Object.values(cause.name).some((name) => wanted !== "" && name.toLowerCase() === wanted),
  );
  if (!named) {
    const near = wanted === "" ? null : nearest(wanted, [...causes.flatMap((cause) => [cause.id, ...Object.values(cause.name)])]);
    const all = causes.map((cause) => cause.name[turn.staffLanguage]).join("、");
    turn.notify(staff.id, turn.staffWords("staff.no_cause", { number: found.number, causes: all, near: near ?? "" }), found.number);
    return;
  }
  turn.applyCase(found.number, found, { type: "case_cause_named", at: turn.now, cause: named.id, by: staff.id });
  const resolvedAt = found.clocks.resolution.spans.at(-1)?.to ?? turn.now;
  const overdue = turn.now >= resolvedAt + turn.model.profile.cases.closeAfterHours * HOUR_MS;
  if (found.status === "resolved" && (found.satisfied === true || !found.known || overdue))
    turn.applyCase(found.number, found, { type: "case_closed", at: turn.now });
}

/** Nobody is asked about a case that the customer never heard of: it closes at once, when its cause is named or none is needed. */
export function closeUnknown(turn: TurnContext, number: string): void {
  const found = turn.caseByNumber(number);
  if (found && !needsCause(turn, found)) turn.applyCase(number, found, { type: "case_closed", at: turn.now });
}

/** After a case is resolved: the cause is asked for where one is demanded. */
export function demandCause(turn: TurnContext, number: string): void {
  const found = turn.caseByNumber(number);
  if (found && needsCause(turn, found)) askCause(turn, found);
}

/** `part 压缩机`, `fault not-cooling`, `technician 张师傅`, `product …`. */
function parseLink(turn: TurnContext, text: string): Partial<CaseLinks> | null {
  const match = /^(part|fault|technician|product|配件|零件|故障|技师|技師|产品|產品)[\s:：]+(.+)$/isu.exec(text.trim());
  if (!match) return null;
  const value = match[2]!.trim();
  const { profile } = turn.model;
  const find = (entries: readonly { readonly id: string; readonly name: Readonly<Record<string, string>> }[]): string | null =>
    entries.find((one) => one.id === value || Object.values(one.name).includes(value))?.id ?? null;
  switch (match[1]!.toLowerCase()) {
    case "part":
    case "配件":
    case "零件":
      return { part: value.slice(0, 80) };
    case "fault":
    case "故障": {
      const fault = find(profile.faults);
      return fault === null ? null : { fault };
    }
    case "technician":
    case "技师":
    case "技師": {
      const technician = find(profile.technicians);
      return technician === null ? null : { technician };
    }
    default: {
      const product = find(profile.products);
      return product === null ? null : { product };
    }
  }
}
