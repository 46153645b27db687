/** What the platform refuses, as documented (facts of the Bot API), and how fast one may be. */
import { ApiRefusal, type Params } from "./types.ts";

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const bad = (description: string): ApiRefusal => new ApiRefusal(400, `Bad Request: ${description}`);

/** 1–4096 after entities are parsed; counted in UTF-16 units, the stricter reading. */
export function checkText(text: unknown): string {
  if (typeof text !== "string" || text.trim() === "") throw bad("message text is empty");
  if (!text.isWellFormed()) throw bad("strings must be encoded in UTF-8");
  if (text.trim().length > 4_096) throw bad("message is too long");
  return text.trim();
}

export function checkCaption(caption: unknown): string {
  if (caption === undefined) return "";
  if (typeof caption !== "string") throw bad("wrong caption");
  if (caption.trim().length > 1_024) throw bad("message caption is too long");
  return caption.trim();
}

export function checkEntities(
  given: unknown,
  text: string,
): readonly { type: string; offset: number; length: number; user?: { id: number } }[] {
  if (given === undefined) return [];
  if (!Array.isArray(given) || given.length > 100) throw bad("can't parse entities");
  for (const one of given) {
    if (!isObject(one) || typeof one["type"] !== "string") throw bad("can't parse entities");
    const { offset, length } = one as { offset: number; length: number };
    if (!Number.isInteger(offset) || !Number.isInteger(length) || offset < 0 || length <= 0 || offset + length > text.length)
      throw bad("can't parse entities: an entity is out of the text");
  }
  return given as never;
}

type Inline = readonly (readonly { text: string; callback_data?: string }[])[];

export function checkMarkup(markup: unknown, chat: number): { readonly inline: Inline; readonly keyboard: readonly string[] | null } {
  if (markup === undefined) return { inline: [], keyboard: null };
  if (!isObject(markup)) throw bad("object expected as reply markup");
  if (markup["remove_keyboard"] === true) return { inline: [], keyboard: [] };
  if (Array.isArray(markup["keyboard"])) {
    const buttons = (markup["keyboard"] as { text: string; request_contact?: boolean }[][]).flat();
    if (chat < 0 && buttons.some((button) => button.request_contact)) throw bad("phone number can be requested in private chats only");
    return { inline: [], keyboard: buttons.map((button) => button.text) };
  }
  const rows = markup["inline_keyboard"];
  if (!Array.isArray(rows)) throw bad("can't parse inline keyboard button");
  const all = rows.flat() as { text?: unknown; callback_data?: unknown }[];
  if (all.length > 100) throw bad("reply markup is too long");
  for (const { text, callback_data: data } of all) {
    if (typeof text !== "string" || text === "") throw bad("can't parse inline keyboard button: text is empty");
    const size = typeof data === "string" ? Buffer.byteLength(data) : 0;
    if (size < 1 || size > 64) throw bad("BUTTON_DATA_INVALID");
  }
  return { inline: rows as Inline, keyboard: null };
}

/** What clients make of plain text besides. */
export function foundIn(text: string): readonly string[] {
  const found: string[] = [];
  if (/(?<![\w/.@])@[A-Za-z0-9_]{3,32}/.test(text)) found.push("mention");
  if (/(?<![\w/])\/[A-Za-z0-9_]{1,32}(?!\w|\/)/.test(text.replace(/https?:\/\/\S+/g, ""))) found.push("bot_command");
  if (/(?<![\p{L}\p{N}_])#(?=[\p{L}\p{N}_]*[\p{L}_])[\p{L}\p{N}_]+/u.test(text)) found.push("hashtag");
  return found;
}

export const hasLink = (text: string): boolean => /https?:\/\/\S/.test(text);

/** Messages per chat and in all, by sliding windows; who ignores a 429 gets the next one. */
export function createRates(now: () => number) {
  const sent = new Map<string, number[]>();
  const until = new Map<string, number>();
  const state = { offences: 0 };
  const check = (key: string, most: number, windowMs: number): void => {
    const at = now();
    const blocked = until.get(key) ?? 0;
    if (at < blocked) {
      state.offences += 1;
      throw busy(blocked - at);
    }
    const recent = (sent.get(key) ?? []).filter((one) => at - one < windowMs);
    if (recent.length >= most) {
      const wait = recent[0]! + windowMs - at;
      until.set(key, at + wait);
      throw busy(wait);
    }
    recent.push(at);
    sent.set(key, recent);
  };
  const busy = (ms: number): ApiRefusal => {
    const seconds = Math.max(1, Math.ceil(ms / 1_000));
    return new ApiRefusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
  };
  return {
    state,
    take(chat: number): void {
      if (chat < 0) check(`group ${chat}`, 20, 60_000);
      // About one a second, short bursts tolerated.
      else check(`chat ${chat}`, 6, 3_000);
      check("all", 30, 1_000);
    },
    /** From now on this chat is told to wait. */
    hold(chat: number, ms: number): void {
      until.set(chat < 0 ? `group ${chat}` : `chat ${chat}`, now() + ms);
    },
  };
}

/** Parameters of a call: JSON, or a form with files. */
export async function readParams(contentType: string | undefined, body: Buffer): Promise<Params> {
  if (body.length === 0) return {};
  if (contentType?.startsWith("multipart/form-data")) {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
    const params: Record<string, unknown> = {};
    for (const [name, value] of form.entries()) {
      if (typeof value !== "string") params[name] = `attach:${value.name}:${value.size}`;
      else {
        try {
          params[name] = JSON.parse(value);
        } catch {
          params[name] = value;
        }
      }
    }
    // A field that refers to an attached file by name.
    for (const [name, value] of Object.entries(params))
      if (typeof value === "string" && value.startsWith("attach://")) params[name] = params[value.slice("attach://".length)] ?? value;
    return params;
  }
  return JSON.parse(body.toString("utf8")) as Params;
}
