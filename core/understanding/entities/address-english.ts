import { matchesOf } from "../text/matches.ts";
import type { Normalised } from "../text/normalise.ts";
import { FIRST_NAMES } from "./given-names.ts";

export type TakeAddress = (from: number, to: number) => void;

const STREET =
  "street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|close|court|ct|way|place|pl|boulevard|blvd|terrace|tce|crescent|cres|square|sq|gardens|gdns|grove|park|hill|row|mews|highway|hwy|parade|walk|view|rise|quay|parkway|pkwy|path|green|wharf|garth|circle|cir|trail|loop|link|alley|bypass";
/** Endings that are also everyday words; they need capitals or a word of an address before them. */
const WEAK_STREET =
  /^(?:st|drive|dr|close|court|ct|way|place|pl|park|hill|row|walk|view|rise|path|green|circle|link|loop|trail|square|gardens|parade|row)$/;
const UNIT = "(?:flat|apt|apartment|unit|suite|ste|room|rm|floor|fl|block|blk|tower|building|bldg|house|shop|level|lvl|lot|phase|villa)";
const UNIT_CODE = "(?:no\\.? ?|number |# ?)?(?:[a-z]?\\d{1,4}(?:-\\d{1,4})?[a-z]?|[a-z](?![a-z]))";
const UNIT_PIECE = `(?:${UNIT}\\.? ?${UNIT_CODE}|#\\d{1,3}-\\d{1,5}|\\d{1,3}(?:st|nd|rd|th) floor|\\d{1,3} ?\\/ ?f(?![a-z])|(?:ground|first|second|third|top) floor(?: flat)?|g\\/f)`;
const CORE = new RegExp(
  `(?<![\\d/.:£$¥€-])((?:\\d{1,4}\\/)?\\d{1,5}(?:[a-z]|-\\d{1,5})?),? ((?:[a-z][a-z'.-]{0,19} ){0,3}[a-z][a-z'.-]{1,19}) (${STREET})(?![a-z'])\\.?|(?<![\\d/.:£$¥€-])(\\d{1,5}) (broadway|(?:the )?strand|park lane)\\b`,
  "g",
);
/** 21 Jalan Mawar: the word for a street before its name. */
const NAMED_BEFORE =
  /(?<![\d/.:£$¥€-])(?:no\.? ?)?\d{1,5}[a-z]?,? (?:jalan|jln|lorong|lor|persiaran|lebuh|rue|via|calle|avenida|rua) [a-z][a-z'-]{1,19}(?: [a-z][a-z'-]{2,19})?(?: \d{1,2}(?:\/\d{1,2}[a-z]?)?)?/g;
/** 12 The Green, 7 Rue …: not read. 45 Nathan Road: read. A numbered street of a grid: 123 5th Avenue. */
const GRID = new RegExp(
  `(?<![\\d/.:£$¥€-])\\d{1,5} (?:[nsew]\\.? |[ns][ew]\\.? |north |south |east |west )?\\d{1,3}(?:st|nd|rd|th) (?:${STREET})(?![a-z])`,
  "g",
);
const ESTATE =
  /\b[a-z][a-z'-]{1,19}(?: [a-z][a-z'-]{1,19}){0,3} (?:estate|mansions?|court|gardens?|centre|center|towers?|plaza|building|house|villas?|heights|apartments|residences?|condo|chuen|tsuen|village|bay|city|complex|industrial park|business park)\b/g;
const UNIT_NEXT = new RegExp(`^[,/ ]{1,3}${UNIT_PIECE}(?![a-z\\d])`);
const UNITS = new RegExp(`(?<![a-z\\d])${UNIT_PIECE}`, "g");
const NOT_STREET_WORD = new Set(
  (
    "minute minutes min mins hour hours hr hrs mile miles km kms day days week weeks month months year years yr time times way sided " +
    "more people of am pm st nd rd th percent car cars unit units test other long and or in the at a is was to for on per by my your " +
    "his off % x m ft inch inches litre litres star stars out until till from please dollar dollars buck bucks pound pounds"
  ).split(" "),
);
const UNIT_BEFORE = /(?<![a-z])(?:flat|apt|apartment|suite|room|rm|floor|tower|building|bldg|shop|level|phase)\.? ?$/;
/** A whole postcode, or the half of a British one that is given behind a comma (SW7). */
const POSTCODE =
  /^,? ?(?:[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|(?<=, ?)[a-z]{1,2}\d{1,2}(?=$|[\s.,;!?])|[a-z]{2} \d{5}(?:-\d{4})?|\d{5,6}|[a-z]{2,3} \d{4})(?![a-z\d])/;
const CUE =
  /\b(?:address|live|living|located|location|come to|send .{0,20} to|deliver(?:ed)? to|at|moved to|property|house|flat|place is|site)\b[^.!?\n]{0,20}$/;

/** English addresses: number and street, or room, block and estate, with the neighbouring pieces that belong to them. */
export function readEnglishAddresses(normalised: Normalised, asked: boolean, take: TakeAddress): void {
  const { text } = normalised;
  if (asked && !normalised.hasHan && readWhole(normalised, take)) return;
  const cores: { from: number; to: number }[] = [];
  if (normalised.hasDigit) {
    for (const match of matchesOf(text, CORE)) {
      const words = (match[2] ?? "").split(" ").filter(Boolean);
      // Tower 3, Harbour View: the number belongs to the tower.
      if (UNIT_BEFORE.test(text.slice(Math.max(0, match.index - 12), match.index))) continue;
      if (match[3] !== undefined && !isStreet(normalised, match.index, words, match[3], asked)) continue;
      cores.push({ from: match.index, to: match.index + match[0].replace(/[.,]+$/, "").length });
    }
    for (const match of matchesOf(text, NAMED_BEFORE)) {
      const last = match[0].lastIndexOf(" ");
      const trimmed = isCapital(normalised, match.index + last + 1) || /\d$/.test(match[0]) || match[0].split(" ").length < 4;
      cores.push({ from: match.index, to: match.index + (trimmed ? match[0].length : last) });
    }
    for (const match of matchesOf(text, GRID)) cores.push({ from: match.index, to: match.index + match[0].length });
  }
  for (const core of cores) {
    if (cores.length > 1 && core !== cores[0] && core.from <= cores[0]!.to + 3) continue;
    take(unitsBefore(normalised, core.from), extendAfter(normalised, core.to));
  }
  if (cores.length === 0) readUnits(normalised, asked, take);
}

function isStreet(normalised: Normalised, at: number, words: readonly string[], ending: string, asked: boolean): boolean {
  if (words.some((word) => NOT_STREET_WORD.has(word))) return false;
  if (!WEAK_STREET.test(ending)) return true;
  if (asked || CUE.test(normalised.text.slice(Math.max(0, at - 40), at))) return true;
  const first = normalised.text.indexOf(words[0]!, at);
  if (isCapital(normalised, first)) return true;
  return ending === "st" && words.length <= 2;
}

const isCapital = (normalised: Normalised, at: number): boolean => /^\p{Lu}/u.test(normalised.original[normalised.starts[at] ?? 0] ?? "");

/** Flat 3B, Block 2, Harbour Court, ‹12 High Street›: takes in the pieces before the street. */
function unitsBefore(normalised: Normalised, from: number): number {
  let start = from;
  for (let rounds = 0; rounds < 6; rounds += 1) {
    const before = normalised.text.slice(Math.max(0, start - 60), start);
    const unit = new RegExp(`(?<![a-z\\d])${UNIT_PIECE}[,/ ]{0,3}$`).exec(before);
    if (unit) {
      start -= before.length - unit.index;
      continue;
    }
    const block = /(?<![a-z])(?:blk|block|no\.?) ?$/.exec(before);
    if (block) {
      start -= before.length - block.index;
      continue;
    }
    const name = /(?:^|, ?|\n|\/f |floor )([a-z][a-z' -]{2,30}), ?$/.exec(before);
    if (name) {
      const at = start - before.length + name.index + name[0].indexOf(name[1]!);
      const preceded = new RegExp(`${UNIT_PIECE}[, ]{0,2}$`).test(normalised.text.slice(Math.max(0, at - 30), at));
      if (isCapital(normalised, at) && (preceded || /(?:house|court|estate|mansion|tower|building|gardens|centre)$/.test(name[1]!))) {
        start = at;
        continue;
      }
    }
    break;
  }
  return start;
}

/** ‹12 High Street›, flat 3B, Camden, London NW1 2AB: takes in what follows while it looks like a part of the address. */
function extendAfter(normalised: Normalised, to: number): number {
  const { text } = normalised;
  let end = to;
  // Ang Mo Kio Ave 10
  end += /^ \d{1,2}(?=$|[,\n]| #)/.exec(text.slice(end, end + 6))?.[0].length ?? 0;
  for (let rounds = 0; rounds < 8; rounds += 1) {
    const rest = text.slice(end, end + 60);
    const postcode = POSTCODE.exec(rest);
    if (postcode) {
      end += postcode[0].length;
      continue;
    }
    const unit = UNIT_NEXT.exec(rest);
    if (unit) {
      end += unit[0].length;
      continue;
    }
    const name = /^(,? ?\n?)([a-z][a-z'.-]{1,19}(?: [a-z][a-z'.-]{1,19}){0,3})/.exec(rest);
    const district = /^,? dublin \d{1,2}(?=$|[\s.,;!])/.exec(rest);
    if (district) {
      end += district[0].length;
      continue;
    }
    const town = name === null ? 0 : capitalWords(normalised, end + name[1]!.length, name[2]!);
    // Beech Road Leeds LS12 4QP, Smith St Fitzroy: a town without a comma, up to a postcode or the end.
    if (name && name[1] === " " && town > 0) {
      const behind = text.slice(end + 1 + town, end + 1 + town + 12);
      if (POSTCODE.test(behind) || (/^(?:[.!]?$|\n)/.test(behind) && !name[2]!.slice(0, town).includes(" "))) {
        end += 1 + town;
        continue;
      }
    }
    if (name && (name[1]!.includes(",") || name[1]!.includes("\n") || /^(?:east|west|north|south|central)\b/.test(name[2]!))) {
      const kept = capitalWords(normalised, end + name[1]!.length, name[2]!);
      if (kept > 0) {
        end += name[1]!.length + kept;
        continue;
      }
    }
    break;
  }
  return end;
}

/** First names that are towns too. */
const TOWNS = new Set(
  "charlotte florence victoria douglas jackson alexandria madison lincoln austin preston chester sydney adelaide georgia".split(" "),
);
const NO_TOWN =
  /^(?:please|pls|thanks|thank|can|could|call|my|phone|tel|tomorrow|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|i|it|we|the|and|is|name|mr|mrs|ms|not|no|ok|any|next|this|when|what|near|between)$/;

/** Length of the leading words that are typed with a capital, or 0. */
function capitalWords(normalised: Normalised, at: number, words: string): number {
  let length = 0;
  for (const word of words.split(" ")) {
    const from = at + (length === 0 ? 0 : length + 1);
    // The letters of a postcode (NW1) are no town.
    if (
      !isCapital(normalised, from) ||
      NO_TOWN.test(word) ||
      (FIRST_NAMES.has(word) && !TOWNS.has(word) && /^(?: [a-z'-]{2,15}){0,2}[.!]?$/.test(normalised.text.slice(from + word.length))) ||
      /\d/.test(normalised.text[from + word.length] ?? "")
    )
      break;
    length = from + word.length - at;
  }
  return words[length - 1] === "." ? length - 1 : length;
}

/** Room 1203, Block A, Harbour View Estate: two or more pieces side by side, one of them with a number. */
function readUnits(normalised: Normalised, asked: boolean, take: TakeAddress): void {
  const { text } = normalised;
  const pieces: { from: number; to: number; unit: boolean }[] = [];
  for (const match of matchesOf(text, UNITS)) pieces.push({ from: match.index, to: match.index + match[0].length, unit: true });
  if (pieces.length === 0) return;
  for (const match of matchesOf(text, ESTATE)) {
    const at = match.index;
    const skip = leadingSmall(normalised, at, match[0]);
    const words = match[0].slice(skip).split(" ").length;
    const apart = pieces.every((piece) => at + skip >= piece.to || at + match[0].length <= piece.from);
    if (words >= 2 && apart && (isCapital(normalised, at + skip) || asked))
      pieces.push({ from: at + skip, to: at + match[0].length, unit: false });
  }
  pieces.sort((a, b) => a.from - b.from);
  for (let i = 0; i < pieces.length; ) {
    let last = i;
    while (last + 1 < pieces.length && /^[,/ \n]{0,3}$/.test(text.slice(pieces[last]!.to, pieces[last + 1]!.from))) last += 1;
    const cued = asked || CUE.test(text.slice(Math.max(0, pieces[i]!.from - 40), pieces[i]!.from));
    const to = extendAfter(normalised, pieces[last]!.to);
    const isLong = to > pieces[last]!.to + 3;
    if ((last > i || isLong || asked) && pieces.slice(i, last + 1).some((piece) => piece.unit) && (cued || last > i || isLong))
      take(pieces[i]!.from, to);
    i = last + 1;
  }
}

function leadingSmall(normalised: Normalised, at: number, words: string): number {
  let skip = 0;
  for (const word of words.split(" ")) {
    if (isCapital(normalised, at + skip)) break;
    skip += word.length + 1;
  }
  return skip;
}

/** The whole answer to "what is your address", when it has a comma or begins with a number and is no sentence. */
function readWhole(normalised: Normalised, take: TakeAddress): boolean {
  const { text } = normalised;
  const match =
    /^(?:(?:it'?s|its|at|i live at|we are at|my address is|address:?|the address is|sure,?|ok,?)\s)?((?:[a-z]-?)?\d{1,5}[a-z]? [a-z][^!?]{2,80}|[a-z][a-z' ]{2,40}, [^!?]{2,60}|(?:flat|apt|unit|room|rm|block|blk|tower|shop|no\.?) ?[a-z]?\d[^!?]{4,80})$/.exec(
      text,
    );
  if (
    !match ||
    /\b(?:i|you|we|don't|why|what|can|cannot|will|tomorrow|later|pm|am|not|yet|is|are|says|ask|next to|with|near|buzzer|lift|call|come|please|thanks|\d{7,})\b/.test(
      match[1]!,
    )
  )
    return false;
  take(text.length - match[1]!.length, text.length);
  return true;
}
