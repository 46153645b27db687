/** Cuts a long text into parts that a platform takes, at the gentlest place, never inside what a reader sees as one character. */

/** Longest text of one message; as in `Capabilities.textLimit`. */
export interface TextLimit {
  readonly amount: number;
  readonly unit: "characters" | "bytes";
}

const graphemes = new Intl.Segmenter("zh", { granularity: "grapheme" });
const encoder = new TextEncoder();

/** Where a text is best cut, the gentlest first: between paragraphs, lines, sentences, clauses, words. Each ends the earlier part. */
const SEAMS: readonly RegExp[] = [/\n{2,}/gu, /\n/gu, /[。！？；…]+[”’」』）]*|[.!?;]+(?=\s)/gu, /[，、：]|[,:](?=\s)/gu, /\s+/gu];

/** A seam is taken only when it leaves at least this share of the room used; else the next finer one is tried. */
const LEAST_USED = 0.5;

/** Size of a text in the unit of a limit; characters are code points. */
export function sizeOf(text: string, unit: TextLimit["unit"]): number {
  if (unit === "bytes") return encoder.encode(text).length;
  let size = 0;
  for (const _char of text) size++;
  return size;
}

/**
 * @returns the parts in order, blanks at the cuts taken off; one part when it fits, and for an empty text
 * @throws RangeError when the limit holds no character of every script (less than 4)
 */
export function splitText(text: string, limit: TextLimit): readonly string[] {
  if (limit.amount < 4) throw new RangeError(`a text limit of ${limit.amount} ${limit.unit} holds no character; wanted 4 or more`);
  const parts: string[] = [];
  let rest = text;
  while (sizeOf(rest, limit.unit) > limit.amount) {
    const end = cutAt(rest, limit);
    const part = rest.slice(0, end).trimEnd();
    if (part !== "") parts.push(part);
    rest = rest.slice(end).trimStart();
  }
  if (rest !== "" || parts.length === 0) parts.push(rest);
  return parts;
}

/** Index at which the first part ends: the last seam of the gentlest kind within the room, else the last whole character. */
function cutAt(text: string, limit: TextLimit): number {
  const room = endOfRoom(text, limit);
  const head = text.slice(0, room);
  for (const seam of SEAMS) {
    const ends = [...head.matchAll(seam)].map((match) => match.index + match[0].length);
    const last = ends.at(-1);
    if (last !== undefined && last >= room * LEAST_USED) return last;
  }
  return room;
}

/** Index behind the last grapheme that fits. A grapheme that alone is too long (piled accents) is cut between code points. */
function endOfRoom(text: string, limit: TextLimit): number {
  let used = 0;
  // A grapheme is at least one unit, so nothing beyond this can fit; the segmenter then costs by the part, not by the whole.
  const window = text.slice(0, limit.amount * 2);
  for (const { segment, index } of graphemes.segment(window)) {
    const size = sizeOf(segment, limit.unit);
    if (used + size > limit.amount) return index > 0 ? index : endOfCodePoints(segment, limit);
    used += size;
  }
  return window.length;
}

function endOfCodePoints(segment: string, limit: TextLimit): number {
  let used = 0;
  let end = 0;
  for (const char of segment) {
    used += sizeOf(char, limit.unit);
    if (used > limit.amount) break;
    end += char.length;
  }
  return end;
}
