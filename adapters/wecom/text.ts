/** Texts as they may be stored and shown. Pure. */
import { splitText, type TextLimit } from "../../core/wording/split.ts";

/** Stands behind a sign that would begin markup; not shown, and left out by nobody who copies the words. */
const ZERO_WIDTH = "\u200b";

/**
 * Text messages show `<a href=…>` as a link and `<@user>` as a call (documents 90236, 99110): with something unseen behind its
 * first sign it is plain words, whoever wrote it.
 */
export function inert(text: string): string {
  return text.replace(/<(?=[a-z/!@])/giu, `<${ZERO_WIDTH}`);
}

/** For the bot that reads Markdown: no sign of it is left. */
export function inertMarkdown(text: string): string {
  const full: Readonly<Record<string, string>> = {
    "<": "＜",
    "[": "［",
    "]": "］",
    "*": "＊",
    _: "＿",
    "`": "｀",
    "~": "～",
    "|": "｜",
    "\\": "＼",
  };
  return text
    .replace(/[<[\]*_`~|\\]/g, (sign) => full[sign]!)
    .replace(/^(\s*)([#>+-]|\d+\.)(?=\s)/gm, (_whole, blanks: string, sign: string) => {
      const wide: Readonly<Record<string, string>> = { "#": "＃", ">": "＞", "+": "＋", "-": "－" };
      return `${blanks}${wide[sign] ?? sign.replace(".", "．")}`;
    });
}

/** Cut to a limit with an ellipsis, never inside a character. */
export function shorten(text: string, limit: TextLimit): string {
  const first = splitText(text, limit)[0]!;
  if (first.length >= text.trim().length) return first;
  // An ellipsis is three bytes or one character.
  const room = limit.unit === "bytes" ? limit.amount - 3 : limit.amount - 1;
  return `${splitText(text, { amount: Math.max(4, room), unit: limit.unit })[0]!}…`;
}
