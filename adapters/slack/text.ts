/** Texts between our form and Slack's: escaping, reading, splitting. Pure. */
import { cleanText } from "../../core/text.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Makes words inert where Slack reads markup: nothing in them can call people, link or format. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Cuts at a grapheme so that at most `limit` UTF-16 units remain. A cut is shown by an ellipsis.
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${headOf(text, limit - 1)}…`;
}

/** As many whole graphemes from the start as fit; a single one that is too long by itself is cut between code points. */
function headOf(text: string, limit: number): string {
  let end = 0;
  // The last grapheme that may fit begins within the limit: nothing behind it has to be looked at.
  for (const { index, segment } of graphemes.segment(text.slice(0, limit + 64))) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  if (end > 0) return text.slice(0, end);
  const cut = text.slice(0, limit);
  return cut.isWellFormed() || limit < 2 ? cut : text.slice(0, limit - 1);
}

/** Places to cut, best first: between paragraphs, lines, sentences, words. */
const CUTS: readonly RegExp[] = [/\n\s*\n/g, /\n/g, /[。！？；]|[.!?;](?=\s)/g, /[\s，、,]/g];

/**
 * Splits a text into parts of at most `limit` UTF-16 units, in order, never within a grapheme, rather at the end of a
 * paragraph, line, sentence or word. Nothing is lost but the white space at the cuts.
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text.trimEnd();
  while (rest.length > limit) {
    const head = headOf(rest, limit);
    const at = cutIn(head);
    const part = (at === null ? head : head.slice(0, at)).trimEnd();
    // White space alone would be an empty message.
    if (part.trim() !== "") parts.push(part);
    rest = rest.slice(at ?? head.length).replace(/^\s+/, "");
  }
  if (rest.trim() !== "") parts.push(rest);
  return parts;
}

/** Where to cut within `head`, in its second half; `null` when there is no good place. */
function cutIn(head: string): number | null {
  for (const pattern of CUTS) {
    let last: number | null = null;
    for (const match of head.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (end > head.length / 2) last = end;
    }
    if (last !== null) return last;
  }
  return null;
}

export interface ReadText {
  readonly text: string;
  /** The bot was called by name, and whether first thing. */
  readonly mentioned: boolean;
  readonly mentionedFirst: boolean;
}

/**
 * Slack's text as the person wrote it: mentions and links by their names, entities undone. The bot's own name is taken out.
 *
 * @param bot user id of the bot, or `null` when it isn't known
 */
export function readText(raw: string, bot: string | null): ReadText {
  let mentioned = false;
  const mentionedFirst = bot !== null && new RegExp(`^\\s*<@${bot}(?:\\|[^>]*)?>`).test(raw);
  const text = raw.replace(/<([^<>]*)>/g, (_whole, inner: string) => {
    const [target = "", label] = splitOnce(inner);
    if (bot !== null && target === `@${bot}`) {
      mentioned = true;
      return " ";
    }
    if (target.startsWith("@") || target.startsWith("#")) return label ? `${target[0]}${label.replace(/^[@#]/, "")}` : target;
    if (target.startsWith("!")) return label ?? `@${target.slice(1).split("^")[0]}`;
    const bare = target.replace(/^(?:https?:\/\/|mailto:|tel:)/, "");
    if (label === undefined) return /^https?:/.test(target) ? target : bare;
    return isSameAddress(label, bare, target.startsWith("tel:")) ? label : `${label} (${target})`;
  });
  const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  return { text: cleanText(mentioned ? plain.replace(/ {2,}/g, " ") : plain), mentioned, mentionedFirst };
}

const splitOnce = (inner: string): [string, string?] => {
  const at = inner.indexOf("|");
  return at < 0 ? [inner] : [inner.slice(0, at), inner.slice(at + 1)];
};
/** A label that only shows its own address: Slack makes links of domains and phone numbers by itself. */
function isSameAddress(label: string, bare: string, phone: boolean): boolean {
  if (phone) return label.replace(/\D/g, "") === bare.replace(/\D/g, "");
  const plain = (address: string): string => address.replace(/^https?:\/\//, "").replace(/\/$/, "");
  return plain(label) === plain(bare);
}
