/**
 * Words that stay words. We send no parse mode, so nothing is markup; but clients turn `@name`, `/command` and `#tag` in plain
 * text into something to press, and a mention in the staff room calls that person. A word joiner behind the sign, which nobody
 * sees, keeps it a word. Pure.
 */
import { splitText } from "../../core/wording/split.ts";
import { TEXT_LIMIT } from "./capabilities.ts";

/** U+2060, of no width; forbids a line break besides, which does no harm behind a sign. */
const JOINER = "\u2060";

/**
 * `@`, `/`, `#`, `$` where a client may read a mention, command, hashtag or cashtag. Names and commands are ASCII, and a letter
 * of another script before the sign counts as no word to some clients; e-mail stays whole.
 */
const SIGNS = /(?<![A-Za-z0-9_])(?:[@/](?=[A-Za-z0-9_])|[#$](?=[\p{L}\p{N}_]))/gu;
/** Addresses are links as a whole, and must work when copied. */
const ADDRESS = /(https?:\/\/\S+)/i;

export function inert(text: string): string {
  return text
    .split(ADDRESS)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(SIGNS, `$&${JOINER}`)))
    .join("");
}

/** Can be sent: whole characters, no NUL, no more than blanks counts as nothing. */
export function sendable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "").trim();
}

/**
 * Parts that Telegram takes, in order; none for an empty text.
 *
 * @param room longest part, characters; the documented limit counts characters, and whether one outside the basic plane is one
 *   or two of them is not documented, so a part is short enough by either count
 */
export function partsOf(text: string, room = TEXT_LIMIT): readonly string[] {
  const plain = sendable(inert(sendable(text)));
  if (plain === "") return [];
  return splitText(plain, { amount: room, unit: "characters" }).flatMap((part) =>
    part.length <= room ? [part] : splitText(part, { amount: Math.floor(room / 2), unit: "characters" }),
  );
}

/** The first `limit` UTF-16 units at most, whole characters, with an ellipsis when something was cut off. */
export function shorten(text: string, limit: number): string {
  const plain = sendable(text).replace(/\s+/g, " ");
  if (plain.length <= limit) return plain;
  return `${splitText(plain, { amount: Math.max(4, Math.floor(limit / 2) - 1), unit: "characters" })[0]!}…`;
}

/** The first part of a text that fits, inert, line breaks kept, with an ellipsis when something was cut off. */
export function clip(text: string, limit: number): string {
  const [first = "", ...rest] = partsOf(text, limit - 1);
  return rest.length === 0 ? first : `${first}…`;
}
