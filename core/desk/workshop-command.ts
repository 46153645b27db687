/**
 * Commands of the workshop as staff type them: a verb, the number of what it is about, and the rest. English verbs count only
 * with the number behind them, so that an ordinary sentence is never a command.
 *
 * Lines of a quote stand behind the number, parted by `;` or line breaks: `前刹车片 200+380!` is 200 labour and 380 parts, and
 * `!` says that safety depends on it. Without lines the price list's are taken. Words behind `//` are told to the customer as the
 * reason; a time in them is when the work will be done.
 */
import { type DraftLine, HOUSE, type WorkshopAct, type WorkshopCommand } from "../orders/workshop.ts";

type Name = WorkshopAct["name"];

const VERBS: readonly (readonly [Name, RegExp])[] = [
  ["arrived", /^(?:arrived|到店|到达|到達|已到|签到|簽到|到场|到場)/i],
  ["no_show", /^(?:no-?show|未到|没来|沒來|爽约|爽約)/i],
  ["quote", /^(?:quote|报价|報價)/i],
  ["added", /^(?:add|增项|增項|加项|加項)/i],
  ["bill", /^(?:bill|结算|結算|结账|結帳)/i],
  ["confirm_promise", /^(?:promise|确认承诺|確認承諾|是承诺|是承諾)/i],
  ["kept", /^(?:kept|已兑现|已兌現|做到了|已办到|已辦到)/i],
  ["dismiss", /^(?:dismiss|不是承诺|不是承諾|撤销承诺|撤銷承諾)/i],
  ["renew", /^(?:renew|顺延|順延|改到|新时间|新時間)/i],
  ["person", /^(?:person|相关人|相關人|使用人|联系人|聯絡人)/i],
  ["displace", /^(?:displace|让位|讓位|腾位|騰位)/i],
  ["propose", /^(?:propose|提议|提議|建议改|建議改)/i],
  ["away", /^(?:away|ill|请假|請假|病假|不能来|不能來)/i],
  ["rescue_send", /^(?:rescue\s+send|发送改派|發送改派|执行改派|執行改派)/i],
  ["rescue_list", /^(?:rescue|改派名单|改派名單|改派)/i],
];

/** First letters of the numbers each verb is about. */
const ABOUT: Readonly<Record<Name, string>> = {
  arrived: "B",
  no_show: "B",
  quote: "W",
  added: "W",
  bill: "W",
  kept: "P",
  confirm_promise: "P",
  dismiss: "P",
  renew: "P",
  propose: "B",
  displace: "B",
  person: "W",
  away: "",
  rescue_send: "R",
  rescue_list: "R",
};

/** Numbers begin with their letter; those of imported orders may be any word of letters and digits with four digits at least. */
const NUMBER = /^#?([A-Za-z]{1,3}-?[A-Za-z]?\d{4,})(?=\s|$|[,，:：])[\s,，:：]*/;

export type ParsedWorkshop =
  | { readonly ok: true; readonly command: WorkshopCommand }
  | { readonly ok: false; readonly reason: "no_number" | "no_text" | "no_amount" };

/** @returns `null` when the text is no command of the workshop */
export function parseWorkshopCommand(text: string): ParsedWorkshop | null {
  const slash = /^\s*[/!]/.test(text);
  const plain = text.trim().replace(/^[/!]/, "");
  for (const [name, pattern] of VERBS) {
    const match = pattern.exec(plain);
    if (!match) continue;
    const rest = plain.slice(match[0].length).replace(/^[\s:：]+/, "");
    if (name === "away") return slash || /[请請病不]/.test(match[0]) ? parseAway(rest) : null;
    const numbered = NUMBER.exec(rest);
    const letter = ABOUT[name];
    const number = numbered?.[1]?.toUpperCase();
    if (number === undefined || (letter !== "W" && !number.startsWith(letter))) {
      // A sentence that happens to begin with the word is none.
      return slash ? { ok: false, reason: "no_number" } : null;
    }
    return withNumber(name, number, rest.slice(numbered![0].length).trim());
  }
  return null;
}

function withNumber(name: Exclude<Name, "away">, about: string, rest: string): ParsedWorkshop {
  const done = (act: WorkshopAct): ParsedWorkshop => ({ ok: true, command: { do: "workshop", about, act } });
  switch (name) {
    case "arrived":
      return done({ name, text: rest || null });
    case "no_show":
    case "kept":
    case "confirm_promise":
    case "dismiss":
    case "rescue_list":
    case "rescue_send":
      return done({ name });
    case "person":
      return rest ? done({ name, text: rest }) : { ok: false, reason: "no_text" };
    case "displace":
      return done({ name, text: rest });
    case "propose":
      return rest ? done({ name, text: rest }) : { ok: false, reason: "no_text" };
    case "renew":
      return rest ? done({ name, text: rest, promisedAt: null }) : { ok: false, reason: "no_text" };
    case "bill": {
      const amount = /^[¥$￥]?\s*(\d{1,7}(?:\.\d{1,2})?)\s*(?:元|块|塊|yuan)?/i.exec(rest);
      if (!amount) return { ok: false, reason: "no_amount" };
      return done({ name, minor: Math.round(Number(amount[1]) * 100), text: reasonOf(rest.slice(amount[0].length)) });
    }
    case "quote":
    case "added": {
      const lines = parseLines(rest);
      if (lines === null || (name === "added" && lines.length === 0)) return { ok: false, reason: "no_amount" };
      return done({ name, lines, text: reasonOf(rest), promisedAt: null });
    }
  }
}

function parseAway(rest: string): ParsedWorkshop {
  const match = /^(\S+)\s*(.*)$/s.exec(rest);
  if (!match) return { ok: false, reason: "no_text" };
  return { ok: true, command: { do: "workshop", about: HOUSE, act: { name: "away", technician: match[1]!, text: match[2]!.trim() } } };
}

function reasonOf(text: string): string | null {
  const at = text.indexOf("//");
  return at < 0 ? null : text.slice(at + 2).trim() || null;
}

/** @returns `null` when a line has no price that can be read */
function parseLines(text: string): DraftLine[] | null {
  const end = text.indexOf("//");
  const lines: DraftLine[] = [];
  for (const raw of (end < 0 ? text : text.slice(0, end)).split(/[;；\n]+/)) {
    const line = raw.trim();
    if (line === "") continue;
    const match =
      /^(.+?)[\s:：,，]*[¥$￥]?(\d{1,7}(?:\.\d{1,2})?)(?:\s*[+＋]\s*(\d{1,7}(?:\.\d{1,2})?))?\s*(?:元|块|塊|yuan)?\s*([!！])?$/i.exec(line);
    if (!match) return null;
    lines.push({
      item: match[1]!.trim().slice(0, 80),
      labourMinor: Math.round(Number(match[2]) * 100),
      partsMinor: Math.round(Number(match[3] ?? 0) * 100),
      safety: match[4] !== undefined,
    });
  }
  return lines.length > 9 ? null : lines;
}
