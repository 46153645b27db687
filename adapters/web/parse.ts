/** Reads what customers send. Pure; anything that is not right is refused by code, and nothing of it is kept. */

import type { Media } from "../../core/spine/events.ts";
import { cleanText } from "../../core/text.ts";
import { HttpProblem } from "../http/index.ts";
import type { WebMessage } from "./types.ts";

/** Longest text, code points. */
export const TEXT_LIMIT = 4_000;
/** Longest media content, base64 characters: with the rest of the request it stays below the host's 64 KiB. */
export const DATA_LIMIT = 49_152;
const PRESS_LIMIT = 200;
const NAME_LIMIT = 200;
const URL_LIMIT = 2_000;
const MEDIA_KINDS: readonly Media["kind"][] = ["photo", "voice", "video", "file", "location"];
const ID = /^[A-Za-z0-9_.:~-]{1,128}$/;

/** @throws HttpProblem 422 that names what is wrong */
export function parseMessage(body: unknown): WebMessage {
  if (!isRecord(body)) throw refusal("body_type", "The body must be an object. 请求内容必须是对象。");
  const conversation = parseId(body, "conversation");
  const id = parseId(body, "id");
  const given = (["text", "press", "media"] as const).filter((name) => own(body, name) !== undefined && own(body, name) !== null);
  if (given.length === 0) throw refusal("content_missing", 'One of "text", "press", "media" is needed. 需要 text、press 或 media 之一。');
  // Words may go with media, as a caption; a press stands alone.
  if (given.length > 1 && given.includes("press"))
    throw refusal("content_twice", 'Send "press" without "text" and "media". press 不能与 text、media 同时发送。');
  if (given.includes("press")) return { conversation, id, event: { kind: "press", value: parsePress(own(body, "press")) } };
  const text = given.includes("text") ? parseText(own(body, "text"), "text") : null;
  if (!given.includes("media")) return { conversation, id, event: { kind: "message", text: text! } };
  return { conversation, id, event: { kind: "media", media: parseMedia(own(body, "media")), text } };
}

/**
 * Words of a person: control characters out, line ends made one, outer blanks off.
 *
 * @throws HttpProblem 422 when it is no text, empty, too long or not well-formed
 */
export function parseText(value: unknown, field: string, limit = TEXT_LIMIT): string {
  if (typeof value !== "string") throw refusal(`${field}_type`, `"${field}" must be text. ${field} 必须是文字。`);
  if (!value.isWellFormed()) throw refusal(`${field}_malformed`, `"${field}" holds half a character. ${field} 含有不完整的字符。`);
  const text = cleanText(value);
  if (text === "") throw refusal(`${field}_empty`, `"${field}" is empty. ${field} 不能为空。`);
  if (lengthOf(text) > limit)
    throw refusal(
      `${field}_too_long`,
      `"${field}" may have ${limit} characters at most; send it in parts. ${field} 最多 ${limit} 字，请分次发送。`,
    );
  return text;
}

/** @throws HttpProblem 422 when it is no id */
export function parseId(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = own(body, field);
  if (value === undefined || value === null) throw refusal(`${field}_missing`, `"${field}" is missing. 缺少 ${field}。`);
  if (!isId(value))
    throw refusal(
      `${field}_invalid`,
      `"${field}" must be 1–128 of letters, digits and _ . : ~ -. ${field} 须为 1–128 位字母、数字或 _ . : ~ -。`,
    );
  return value;
}

function isId(value: unknown): value is string {
  return typeof value === "string" && ID.test(value);
}

/** A button by its id or label, by its place (1 = first), or as the button itself. */
function parsePress(value: unknown): string {
  if (typeof value === "number") {
    if (!Number.isInteger(value) || value < 1 || value > 99)
      throw refusal("press_number", "A numbered press counts from 1. press 的编号从 1 开始。");
    return String(value);
  }
  if (isRecord(value)) {
    const named = own(value, "id") ?? own(value, "label");
    if (typeof named !== "string") throw refusal("press_type", 'A pressed button needs its "id". press 的按钮对象需要 id。');
    return parseText(named, "press", PRESS_LIMIT);
  }
  return parseText(value, "press", PRESS_LIMIT);
}

/** @throws HttpProblem 422, or 413 when it is too large */
export function parseMedia(value: unknown): Media {
  if (!isRecord(value)) throw refusal("media_type", '"media" must be an object. media 必须是对象。');
  const kind = MEDIA_KINDS.find((known) => known === own(value, "kind"));
  if (kind === undefined) throw refusal("media_kind", `"media.kind" must be one of ${MEDIA_KINDS.join(", ")}. media.kind 不在可选范围内。`);
  const name = optional(value, "name", (text) => parseText(text, "media.name", NAME_LIMIT));
  const mime = optional(value, "mime", parseMime);
  const data = optional(value, "data", (text) => text);
  const url = optional(value, "url", (text) => text);
  if (data !== null && url !== null)
    throw refusal("media_twice", 'Give "media.data" or "media.url", not both. media.data 与 media.url 只能二选一。');
  if (url !== null) return { kind, ref: parseUrl(url, kind), name, mime };
  if (data !== null) return { kind, ref: dataUrl(data, mime), name, mime };
  throw refusal("media_missing", '"media" needs "data" or "url". media 需要 data 或 url。');
}

function parseMime(value: unknown): string {
  if (typeof value !== "string" || !/^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,80}$/i.test(value))
    throw refusal("media_mime", '"media.mime" must be like image/jpeg. media.mime 格式如 image/jpeg。');
  return value.toLowerCase();
}

function dataUrl(value: unknown, mime: string | null): string {
  if (typeof value !== "string" || value === "" || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
    throw refusal("media_data", '"media.data" must be base64. media.data 必须是 base64。');
  }
  if (value.length > DATA_LIMIT)
    throw new HttpProblem(
      413,
      "media_too_large",
      "Media may have 48 KiB of base64 at most; send a smaller one or a link. 附件最多 48 KiB(base64),请压缩后发送或改用链接。",
    );
  return `data:${mime ?? "application/octet-stream"};base64,${value}`;
}

function parseUrl(value: unknown, kind: Media["kind"]): string {
  const wrong = (): HttpProblem =>
    refusal(
      "media_url",
      '"media.url" must be an http(s) address, or geo:latitude,longitude for a location. media.url 须为 http(s) 地址，位置可用 geo：纬度，经度。',
    );
  if (typeof value !== "string" || value.length > URL_LIMIT || !URL.canParse(value)) throw wrong();
  if (kind === "location" && /^geo:-?\d{1,2}(\.\d{1,10})?,-?\d{1,3}(\.\d{1,10})?$/.test(value)) return value;
  const { protocol } = new URL(value);
  if (protocol !== "https:" && protocol !== "http:") throw wrong();
  return new URL(value).href;
}

function optional<T>(from: Readonly<Record<string, unknown>>, field: string, read: (value: unknown) => T): T | null {
  const value = own(from, field);
  return value === undefined || value === null ? null : read(value);
}

/** A whole number of a query, `fallback` when it is left out. */
export function parseCount(value: unknown, field: string, fallback: number, most = Number.MAX_SAFE_INTEGER): number {
  if (value === undefined) return fallback;
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number <= most))
    throw new HttpProblem(
      400,
      `${field}_invalid`,
      `"${field}" must be a whole number${most < Number.MAX_SAFE_INTEGER ? ` up to ${most}` : ""}. ${field} 须为整数。`,
    );
  return number;
}

/** The conversation of a query. */
export function parseConversation(value: unknown): string {
  if (!isId(value))
    throw new HttpProblem(
      400,
      "conversation_invalid",
      '"conversation" must be 1–128 of letters, digits and _ . : ~ -. conversation 须为 1–128 位字母、数字或 _ . : ~ -。',
    );
  return value;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of the object itself, never of its prototype. */
export function own(body: Readonly<Record<string, unknown>>, field: string): unknown {
  return Object.hasOwn(body, field) ? body[field] : undefined;
}

function lengthOf(text: string): number {
  let length = 0;
  for (const _char of text) length++;
  return length;
}

export function refusal(code: string, message: string): HttpProblem {
  return new HttpProblem(422, code, message);
}
