/** Reads what staff send. Pure. */
import { isCaseVerb } from "../../../core/cases/case-command.ts";
import { type DeskQuery, parseDeskQuery } from "../../../core/desk/query.ts";
import { parseWorkshopCommand } from "../../../core/desk/workshop-command.ts";
import { LANGUAGES, type Language } from "../../../core/language.ts";
import { ORDER_STATUSES } from "../../../core/orders/state.ts";
import type { DeskCommand } from "../../../core/spine/events.ts";
import { type Instant, parseIso } from "../../../core/time.ts";
import { HttpProblem } from "../../http/index.ts";
import { isRecord, own, parseId, parseMedia, parseText, refusal } from "../parse.ts";

export interface DeskOrder {
  readonly id: string;
  /** Staff id. */
  readonly by: string;
  readonly command: DeskCommand;
}

export interface DeskQuestion {
  readonly id: string;
  readonly by: string;
  readonly query: DeskQuery;
  /** Number of the case at hand. */
  readonly case: string | null;
}

export interface DeskSetting {
  /** Ids of those who may act. */
  readonly staff: ReadonlySet<string>;
  readonly zone: string;
  readonly now: Instant;
  /** How long a reply can be taken back, ms. */
  readonly recallMs: number;
}

const TAGS_LIMIT = 200;
const QUESTION_LIMIT = 200;

/** @throws HttpProblem 422 that names what is wrong */
export function parseDeskOrder(body: unknown, setting: DeskSetting): DeskOrder {
  const { id, by, given } = parseActor(body, setting.staff);
  const command = own(given, "command");
  if (!isRecord(command)) throw refusal("command_type", '"command" must be an object. command 必须是对象。');
  return { id, by, command: parseCommand(command, setting) };
}

type Given = Readonly<Record<string, unknown>>;

/** Text that may be left out. */
const optionalText = (given: Given, field: string, limit?: number): string | null => {
  const value = own(given, field);
  return value === undefined || value === null || value === "" ? null : parseText(value, field, limit);
};

function parseCommand(command: Given, { zone, now, recallMs }: DeskSetting): DeskCommand {
  const kind = own(command, "do");
  if (typeof kind === "string" && isCaseVerb(kind))
    return { do: kind, case: parseId(command, "case"), text: optionalText(command, "text") ?? "" };
  switch (kind) {
    case "claim":
    case "release":
    case "recall":
    case "anyway":
    case "discard":
    case "split":
      return { do: kind, case: parseId(command, "case") };
    case "note":
    case "resolve":
    case "reopen":
      return { do: kind, case: parseId(command, "case"), text: parseText(own(command, "text"), "text") };
    case "reply": {
      const media = own(command, "media") ? parseMedia(own(command, "media")) : null;
      const text = media ? (optionalText(command, "text") ?? "") : parseText(own(command, "text"), "text");
      return { do: kind, case: parseId(command, "case"), text, holdMs: recallMs, ...(media ? { media } : {}) };
    }
    case "assign":
      return { do: kind, case: parseId(command, "case"), to: parseId(command, "to"), text: optionalText(command, "text") };
    case "snooze": {
      const until = parseTime(own(command, "until"), "until", zone);
      if (until === null || until <= now) throw refusal("until_past", '"until" must be a time to come. until 须为将来的时间。');
      return { do: kind, case: parseId(command, "case"), until };
    }
    case "tag": {
      const tags = parseText(own(command, "text"), "text", TAGS_LIMIT)
        .split(/[\s,，、#]+/)
        .filter(Boolean);
      if (tags.length === 0) throw refusal("text_empty", '"text" holds no tag. text 没有标签。');
      return { do: kind, case: parseId(command, "case"), tags };
    }
    case "move_order": {
      const to = ORDER_STATUSES.find((status) => status === own(command, "to"));
      if (to === undefined) throw refusal("order_status", '"to" is no state of an order. to 不是工单状态。');
      const promisedAt = parseTime(own(command, "promisedAt"), "promisedAt", zone);
      return { do: kind, order: parseId(command, "order"), to, promisedAt, text: optionalText(command, "text") };
    }
    case "workshop": {
      // The same words as in the team chat: `报价 W26112201 前刹车片 200+380`.
      const parsed = parseWorkshopCommand(`/${parseText(own(command, "text"), "text")}`);
      if (!parsed?.ok) throw refusal("workshop_command", '"text" is no command of the workshop (docs/workshop.md). text 不是车间指令。');
      return parsed.command;
    }
    default:
      throw refusal("command_unknown", '"do" is no command of the desk (docs/desk-page.md). do 不在可选范围内。');
  }
}

/**
 * A question of staff: the words they would write in a team chat (`/away 2h`, `/handover`, `交班`).
 *
 * @throws HttpProblem 422 that names what is wrong
 */
export function parseDeskQuestion(body: unknown, staff: ReadonlySet<string>): DeskQuestion {
  const { id, by, given } = parseActor(body, staff);
  const query = parseDeskQuery(`/${parseText(own(given, "text"), "text", QUESTION_LIMIT).replace(/^[/!]/, "")}`);
  if (query === null) throw refusal("question_unknown", '"text" is no question of the desk (docs/desk-page.md). text 不是服务台的指令。');
  return { id, by, query, case: own(given, "case") ? parseId(given, "case") : null };
}

/** Who is writing where: `case` left out or `null` = nowhere any more. */
export function parsePresenceNews(body: unknown, staff: ReadonlySet<string>): { readonly by: string; readonly case: string | null } {
  if (!isRecord(body)) throw refusal("body_type", "The body must be an object. 请求内容必须是对象。");
  return { by: parseStaff(body, staff), case: own(body, "case") ? parseId(body, "case") : null };
}

function parseActor(body: unknown, staff: ReadonlySet<string>): { readonly id: string; readonly by: string; readonly given: Given } {
  if (!isRecord(body)) throw refusal("body_type", "The body must be an object. 请求内容必须是对象。");
  return { id: parseId(body, "id"), by: parseStaff(body, staff), given: body };
}

function parseStaff(body: Given, staff: ReadonlySet<string>): string {
  const by = own(body, "by");
  if (typeof by !== "string" || !staff.has(by))
    throw refusal("staff_unknown", '"by" must be the id of a member of staff. by 须为员工编号。');
  return by;
}

/** Epoch ms, or ISO 8601; without an offset it is the business's wall clock. */
function parseTime(value: unknown, field: string, zone: string): Instant | null {
  if (value === undefined || value === null || value === "") return null;
  const at = typeof value === "string" ? parseIso(value, zone) : value;
  // Up to the year 9999, the last that ISO 8601 writes plainly.
  if (typeof at !== "number" || !Number.isInteger(at) || at < 0 || at > 253_402_300_799_000)
    throw refusal(
      field === "promisedAt" ? "promise_invalid" : `${field}_invalid`,
      `"${field}" must be a time, such as 2026-11-24T14:00. ${field} 须为时间。`,
    );
  return at;
}

export function parseLanguage(value: unknown): Language {
  const language = value === undefined ? "zh-CN" : LANGUAGES.find((known) => known === value);
  if (language === undefined)
    throw new HttpProblem(400, "lang_invalid", `"lang" must be one of ${LANGUAGES.join(", ")}. lang 不在可选范围内。`);
  return language;
}
