/**
 * What a member of staff writes in a team chat, as a command. A plain text is a note that stays inside; reaching the customer
 * is a distinct act (`reply …`, `resolve …`). Words in Chinese and English, with or without a slash, the case number optional.
 */
import { CASE_VERB_WORDS, isCaseVerb } from "../cases/case-command.ts";
import { ORDER_STATUSES, type OrderStatus } from "../orders/state.ts";
import type { DeskCommand } from "../spine/events.ts";
import { parseWorkshopCommand } from "./workshop-command.ts";

const VERBS: readonly (readonly [Exclude<DeskCommand["do"], "workshop">, RegExp])[] = [
  ["claim", /^(?:claim|take|接单|接單|认领|認領|接手)(?=\s|$)/i],
  ["reply", /^(?:reply|answer|send|回复|回覆|回复客户|答复|答覆)(?=[\s::]|$)/i],
  ["note", /^(?:note|备注|備註|记录|記錄)(?=[\s::]|$)/i],
  ["release", /^(?:release|back to bot|bot|释放|釋放|交回机器人|交回機器人|交回|放回)(?=\s|$)/i],
  ["resolve", /^(?:resolve|resolved|close|解决|解決|结案|結案|完成)(?=[\s::]|$)/i],
  ["reopen", /^(?:reopen|重开|重開|重新打开|重新開啟)(?=[\s::]|$)/i],
  ...CASE_VERB_WORDS,
  ["move_order", /^(?:move|order|工单|工單|进度|進度)(?=\s|$)/i],
];

export type ParsedCommand =
  | { readonly ok: true; readonly command: DeskCommand }
  | { readonly ok: false; readonly reason: "no_case" | "no_text" | "no_order" | "no_status" | "no_number" | "no_amount" };

/**
 * @param current case the text is about when it names none
 * @returns a note when the text is no command
 */
export function parseDeskCommand(text: string, current: string | null): ParsedCommand {
  const workshop = parseWorkshopCommand(text);
  if (workshop) return workshop;
  const plain = text.trim().replace(/^[/!]/, "");
  for (const [verb, pattern] of VERBS) {
    const match = pattern.exec(plain);
    if (!match) continue;
    const rest = plain.slice(match[0].length).replace(/^[\s::]+/, "");
    return verb === "move_order" ? parseMove(rest) : withCase(verb, rest, current);
  }
  return withCase("note", text.trim(), current);
}

function withCase(verb: Exclude<DeskCommand["do"], "move_order" | "workshop">, rest: string, current: string | null): ParsedCommand {
  const named = /^#?(C\d{8,})[\s::,,]*/i.exec(rest);
  const number = named?.[1]?.toUpperCase() ?? current;
  const text = named ? rest.slice(named[0].length).trim() : rest.trim();
  if (!number) return { ok: false, reason: "no_case" };
  if (isCaseVerb(verb)) return { ok: true, command: { do: verb, case: number, text } };
  if (verb === "claim" || verb === "release") return { ok: true, command: { do: verb, case: number } };
  if (!text && verb !== "resolve" && verb !== "reopen") return { ok: false, reason: "no_text" };
  return { ok: true, command: { do: verb, case: number, text } };
}

function parseMove(rest: string): ParsedCommand {
  const match = /^#?([A-Za-z]{1,3}-?\d{4,})(?:\s+(\S+))?(?:\s+(.*))?$/s.exec(rest);
  if (!match) return { ok: false, reason: "no_order" };
  const status = (match[2] ?? "").toLowerCase();
  if (!(ORDER_STATUSES as readonly string[]).includes(status)) return { ok: false, reason: "no_status" };
  return {
    ok: true,
    command: {
      do: "move_order",
      order: match[1]!.toUpperCase(),
      to: status as OrderStatus,
      promisedAt: null,
      text: match[3]?.trim() || null,
    },
  };
}
