/** Reads what staff send. Pure. */
import { parseWorkshopCommand } from "../../../core/desk/workshop-command.ts";
import { LANGUAGES, type Language } from "../../../core/language.ts";
import { ORDER_STATUSES } from "../../../core/orders/state.ts";
import type { DeskCommand } from "../../../core/spine/events.ts";
import { type Instant, parseIso } from "../../../core/time.ts";
import { HttpProblem } from "../../http/index.ts";
import { isRecord, own, parseId, parseText, refusal } from "../parse.ts";

export interface DeskOrder {
  readonly id: string;
  /** Staff id. */
  readonly by: string;
  readonly command: DeskCommand;
}

/**
 * @param staff ids of those who may act
 * @throws HttpProblem 422 that names what is wrong
 */
export function parseDeskOrder(body: unknown, staff: ReadonlySet<string>, zone: string): DeskOrder {
  if (!isRecord(body)) throw refusal("body_type", "The body must be an object. 请求内容必须是对象。");
  const id = parseId(body, "id");
  const by = own(body, "by");
  if (typeof by !== "string" || !staff.has(by))
    throw refusal("staff_unknown", '"by" must be the id of a member of staff. by 须为员工编号。');
  const command = own(body, "command");
  if (!isRecord(command)) throw refusal("command_type", '"command" must be an object. command 必须是对象。');
  return { id, by, command: parseCommand(command, zone) };
}

function parseCommand(command: Readonly<Record<string, unknown>>, zone: string): DeskCommand {
  const kind = own(command, "do");
  switch (kind) {
    case "claim":
    case "release":
      return { do: kind, case: parseId(command, "case") };
    case "reply":
    case "note":
    case "resolve":
    case "reopen":
      return { do: kind, case: parseId(command, "case"), text: parseText(own(command, "text"), "text") };
    case "move_order": {
      const to = ORDER_STATUSES.find((status) => status === own(command, "to"));
      if (to === undefined) throw refusal("order_status", '"to" is no state of an order. to 不是工单状态。');
      const text = own(command, "text");
      return {
        do: kind,
        order: parseId(command, "order"),
        to,
        promisedAt: parsePromise(own(command, "promisedAt"), zone),
        text: text === undefined || text === null || text === "" ? null : parseText(text, "text"),
      };
    }
    case "workshop": {
      // The same words as in the team chat: `报价 W26112201 前刹车片 200+380`.
      const parsed = parseWorkshopCommand(`/${parseText(own(command, "text"), "text")}`);
      if (!parsed?.ok) throw refusal("workshop_command", '"text" is no command of the workshop (docs/workshop.md). text 不是车间指令。');
      return parsed.command;
    }
    default:
      throw refusal(
        "command_unknown",
        '"do" must be claim, reply, note, release, resolve, reopen, move_order or workshop. do 不在可选范围内。',
      );
  }
}

/** Epoch ms, or ISO 8601; without an offset it is the business's wall clock. */
function parsePromise(value: unknown, zone: string): Instant | null {
  if (value === undefined || value === null || value === "") return null;
  const at = typeof value === "string" ? parseIso(value, zone) : value;
  // Up to the year 9999, the last that ISO 8601 writes plainly.
  if (typeof at !== "number" || !Number.isInteger(at) || at < 0 || at > 253_402_300_799_000)
    throw refusal("promise_invalid", '"promisedAt" must be a time, such as 2026-11-24T14:00. promisedAt 须为时间。');
  return at;
}

export function parseLanguage(value: unknown): Language {
  const language = value === undefined ? "zh-CN" : LANGUAGES.find((known) => known === value);
  if (language === undefined)
    throw new HttpProblem(400, "lang_invalid", `"lang" must be one of ${LANGUAGES.join(", ")}. lang 不在可选范围内。`);
  return language;
}
