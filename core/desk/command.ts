/**
 * What a member of staff writes in a team chat, as a command. A plain text is a note that stays inside; reaching the customer
 * is a distinct act (`/reply …`, `/resolve …`). Words in Chinese and English, the case number optional.
 *
 * People in a room talk like people: "close the window, order lunch". In a team chat an English word is therefore a command
 * only behind a slash; the Chinese verbs are kept bare, because they stand alone, before a colon or before a space, which
 * running Chinese text has not. In the terminal and in scripts, where nobody chats, both may be bare.
 */
import { CASE_VERB_WORDS, isCaseVerb } from "../cases/case-command.ts";
import { ORDER_STATUSES, type OrderStatus } from "../orders/state.ts";
import type { DeskCommand } from "../spine/events.ts";
import type { Instant } from "../time.ts";
import { readWhen } from "./when.ts";
import { parseWorkshopCommand } from "./workshop-command.ts";

const VERBS: readonly (readonly [Exclude<DeskCommand["do"], "workshop">, RegExp])[] = [
  ["claim", /^(?:claim|take|接单|接單|认领|認領|接手)(?=\s|$)/i],
  ["reply", /^(?:reply|answer|send|回复|回覆|回复客户|答复|答覆)(?=[\s:：]|$)/i],
  ["note", /^(?:note|备注|備註|记录|記錄)(?=[\s:：]|$)/i],
  ["release", /^(?:release|back to bot|bot|释放|釋放|交回机器人|交回機器人|交回|放回)(?=\s|$)/i],
  ["resolve", /^(?:resolve|resolved|close|解决|解決|结案|結案|完成)(?=[\s:：]|$)/i],
  ["reopen", /^(?:reopen|重开|重開|重新打开|重新開啟)(?=[\s:：]|$)/i],
  ["recall", /^(?:recall|undo|unsend|撤回|收回)(?=\s|$)/i],
  ["anyway", /^(?:anyway|仍要发送|仍要傳送|照发|照傳)(?=\s|$)/i],
  ["discard", /^(?:discard|不发了|不傳了)(?=\s|$)/i],
  ["assign", /^(?:assign|transfer|指派|派给|派給|转给|轉給|转交|轉交)(?=[\s:：@])/i],
  ["snooze", /^(?:snooze|later|延后|延後|稍后|稍後)(?=[\s:：]|$)/i],
  ["tag", /^(?:tag|tags|标签|標籤)(?=[\s:：]|$)/i],
  ["split", /^(?:split|unmerge|取消合并|取消合併)(?=\s|$)/i],
  ...CASE_VERB_WORDS,
  ["move_order", /^(?:move|order|工单|工單|进度|進度)(?=\s|$)/i],
];

/** Chinese words that are verbs of the desk and words of every day alike: in a team chat they need the slash too. */
const EVERYDAY = new Set(["完成", "记录", "記錄", "收回", "稍后", "稍後", "进度", "進度"]);

export type CommandRefusal = "no_case" | "no_text" | "no_order" | "no_status" | "no_number" | "no_amount" | "no_time" | "unknown";

export type ParsedCommand =
  | { readonly ok: true; readonly command: DeskCommand }
  | { readonly ok: false; readonly reason: CommandRefusal; readonly verb?: DeskCommand["do"] };

export interface CommandContext {
  /** In a team chat: English words need a slash, and an unknown `/word` is refused instead of noted. */
  readonly strict?: boolean;
  /** For times; without them a `snooze` can't be read. */
  readonly now?: Instant;
  readonly zone?: string;
}

/**
 * @param current case the text is about when it names none
 * @returns a note when the text is no command
 */
export function parseDeskCommand(text: string, current: string | null, context: CommandContext = {}): ParsedCommand {
  const workshop = parseWorkshopCommand(text);
  if (workshop) return workshop;
  const { plain, slashed } = unslash(text);
  for (const [verb, pattern] of VERBS) {
    const match = pattern.exec(plain);
    if (!match) continue;
    if (context.strict && !slashed && !standsBare(match[0])) break;
    const rest = plain.slice(match[0].length).replace(/^[\s:：]+/, "");
    return verb === "move_order" ? parseMove(rest) : withCase(verb, rest, current, context);
  }
  if (context.strict && slashed) return { ok: false, reason: "unknown" };
  return withCase("note", text.trim(), current, context);
}

/** The text without the slash of a command and the bot's name behind it (`/claim@shop_bot`). */
export function unslash(text: string): { readonly plain: string; readonly slashed: boolean } {
  const trimmed = text.trim();
  const slashed = /^[/!／](?=[\p{L}])/u.test(trimmed);
  return { slashed, plain: slashed ? trimmed.slice(1).replace(/^([a-z_]+)@\w+/i, "$1") : trimmed.replace(/^[/!／]/, "") };
}

/** Does this word command without a slash where people chat? */
export function standsBare(word: string): boolean {
  return /[^\x20-\x7e]/.test(word) && !EVERYDAY.has(word);
}

/** The case a text names, wherever it stands in it, or `null`. */
export function caseNumberIn(text: string): string | null {
  return /(?:^|[^A-Za-z0-9])#?(C\d{8,})(?![A-Za-z0-9])/i.exec(text)?.[1]?.toUpperCase() ?? null;
}

function withCase(
  verb: Exclude<DeskCommand["do"], "move_order" | "workshop">,
  rest: string,
  current: string | null,
  context: CommandContext,
): ParsedCommand {
  const named = /^#?(C\d{8,})[\s:：,，]*/i.exec(rest);
  const number = named?.[1]?.toUpperCase() ?? current;
  const text = named ? rest.slice(named[0].length).trim() : rest.trim();
  if (!number) return { ok: false, reason: "no_case", verb };
  if (isCaseVerb(verb)) return { ok: true, command: { do: verb, case: number, text } };
  switch (verb) {
    case "claim":
    case "release":
    case "recall":
    case "anyway":
    case "discard":
    case "split":
      return { ok: true, command: { do: verb, case: number } };
    case "resolve":
    case "reopen":
      return { ok: true, command: { do: verb, case: number, text } };
    case "reply":
    case "note":
      return text ? { ok: true, command: { do: verb, case: number, text } } : { ok: false, reason: "no_text", verb };
    case "assign": {
      const match = /^@?(\S+)\s*(.*)$/s.exec(text);
      if (!match) return { ok: false, reason: "no_text", verb };
      return { ok: true, command: { do: verb, case: number, to: match[1]!, text: match[2]!.trim() || null } };
    }
    case "snooze": {
      const when = context.now === undefined || context.zone === undefined ? null : readWhen(text, context.now, context.zone);
      return when ? { ok: true, command: { do: verb, case: number, until: when.at } } : { ok: false, reason: "no_time", verb };
    }
    case "tag": {
      const tags = text.split(/[\s,，、#]+/).filter(Boolean);
      return tags.length > 0 ? { ok: true, command: { do: verb, case: number, tags } } : { ok: false, reason: "no_text", verb };
    }
  }
}

function parseMove(rest: string): ParsedCommand {
  const match = /^#?([A-Za-z]{1,3}-?\d{4,})(?:\s+(\S+))?(?:\s+(.*))?$/s.exec(rest);
  if (!match) return { ok: false, reason: "no_order", verb: "move_order" };
  const status = (match[2] ?? "").toLowerCase();
  if (!(ORDER_STATUSES as readonly string[]).includes(status)) return { ok: false, reason: "no_status", verb: "move_order" };
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
