import { matchesOf } from "../text/matches.ts";
import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { PlateEntity } from "../types.ts";

/** Provinces of mainland plates (GA 36-2018), and 使/领 of embassies and consulates. */
const PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领";
const MAINLAND = new RegExp(
  // Authority letter, then five or six places; the last may be one of the special endings.
  `[${PROVINCE}][\\s·.-]{0,2}[a-z][\\s·.-]{0,3}(?:[a-z0-9][\\s·.-]?){4}(?:[学警挂港澳]|[a-z0-9](?:\\s?[a-z0-9])?)`,
  "g",
);
const WITHOUT_PROVINCE = /(?<![a-z0-9])[a-z][\s·.-]?(?:[a-z0-9]{5,6}|[a-z0-9]{4}[学警挂港澳])(?![a-z0-9])/g;

/** Words that say outright that a plate follows or was just given. */
const PLATE_CUE =
  /车牌|牌照|号牌|车号|牌号|(?:number|licen[cs]e|vehicle|car|reg(?:istration)?)[\s-]?plate|\bplates?\b|\brego?\b|\breg(?:istration)?(?: no\.?| number)?\b|\blicen[cs]e (?:no\.?|number|tag)\b|\btag\b/;
/** Words of a vehicle; with the exact form of a place's plates they are enough. */
const VEHICLE_CUE = /车|架|牌|\b(?:car|van|truck|vehicle|my|suv|ute|taxi)\b/;
/** Other codes that look alike. */
const OTHER_CODE =
  /单号|订单|工单|预约号|编号|序列号|型号|款|\b(?:order|ticket|booking|ref|case|job|model|serial|invoice|error|code|part)\b/;

/** How far around a code a cue may stand, characters. */
const CUE_WINDOW = 24;

const HONG_KONG =
  /(?<![a-z0-9-])[a-hj-np-z]{2}\s?[1-9]\d{0,3}(?![a-z0-9]|[.:/-]\d|\s?(?:年|月|日|号|点|分|块|元|公里|km|am|pm|th|st|nd|rd|%))/g;
const TAIWAN =
  /(?<![a-z0-9-])(?:[a-hj-np-z]{3}\s?-?\s?\d{4}|[a-hj-np-z]{3}-\d{3}|\d{4}-[a-z]{2}|[a-z]{2}-\d{4}|[a-z]\d-\d{4}|\d[a-z]-\d{4})(?![a-z0-9-])/g;
const TAIWAN_OLD = /(?<![a-z0-9-])\d{4}-[a-hj-np-z]{2}(?![a-z0-9-])/g;
const TAIWAN_PLAIN = /(?<![a-z0-9-])[a-hj-np-z]{3}-\d{4}(?![a-z0-9-])/g;
const SINGAPORE = /(?<![a-z0-9-])[a-z]{1,3}\s?[1-9]\d{0,3}\s?[a-z](?![a-z0-9'-])/g;
const INDIAN = /(?<![a-z0-9-])[a-z]{2}[\s-]?\d{1,2}[\s-]?[a-z]{1,3}[\s-]?\d{4}(?![a-z0-9-])/g;
const INDIAN_DELHI = /(?<![a-z0-9-])dl[\s-]?\d{1,2}[\s-]?[a-z][\s-]?[a-z]{2}[\s-]?\d{4}(?![a-z0-9-])/g;
const DELHI_SHORT = /(?<![a-z0-9-])dl[\s-]?\d{1,2}[a-z]?[\s-]?[a-z]{1,3}[\s-]?\d{4}(?![a-z0-9-])/g;
const BRITISH = /(?<![a-z0-9-])[a-z]{2}\s?\d{2}\s?[a-z]{3}(?![a-z0-9-])/g;
/** Ireland: year, county, number. */
const IRISH =
  /(?<![a-z0-9-])(?:\d[0-9]|[12]\d[12])[\s-](?:ce|cn|cw|c|dl|d|g|ke|kk|ky|ld|lh|lk|lm|ls|l|mh|mn|mo|oy|rn|so|tn|ts|t|wd|wh|wx|ww|w)[\s-]\d{1,6}(?![a-z0-9-])/g;
/** Codes of the Indian states; with them the Indian form needs no cue. */
const INDIAN_STATE =
  /^(?:an|ap|ar|as|br|cg|ch|dd|dl|dn|ga|gj|hp|hr|jh|jk|ka|kl|la|ld|mh|ml|mn|mp|mz|nl|od|or|pb|py|rj|sk|tg|tn|tr|ts|uk|up|wb)/;
/** Words of vehicles and their care, and prefixes of order numbers, for a bare Hong Kong plate. */
const CAR_TALK =
  /[车架胎呔]|迫力|偈油|机油|波箱|保养|天窗|引擎|发动机|方向盘|轮|\b(?:car|van|truck|brakes?|tyres?|tires?|mot|engine|gearbox|windscreen|bumper|clutch|driver|workshop|garage)\b/;
const OUR_PREFIX = /^(?:ax|wx|wo|so|po|bk|cs|sr|no|at|on|in|by|to|is|it|we|my|am|pm|or|of|if|go|do|so|us|up|as|an|be|he|me)/;
/** Words that a British plate would be made of by chance (is 78 and). */
const WORDS_AROUND =
  /^(?:is|at|on|in|to|of|by|my|we|he|it|no|so|or|up|us|an|as|be|do|go|me|am|if)\b|\b(?:and|the|for|but|not|you|now|day|min|sec|per|was|has|can|all|any|are|our|one|two|off|inc|pls|yrs|out|she|his|her|ago|its)$/;
const AFTER_CUE =
  /(?:车牌|牌照|号牌|车号|牌号|\bplates?\b|\brego?\b|\breg(?:istration)?\b|\blicen[cs]e\b|\btag\b)(?:号码?|\s?(?:no\.?|number|num|#))?\s*(?:'s|’s|是|为|is|was|:|=|-)?\s*/g;
/** Two to ten letters and digits in up to four groups, at least one digit. */
const GENERIC = /(?=[a-z -]{0,9}\d)[a-z0-9]{1,8}(?:[ -][a-z0-9]{1,5}){0,3}(?![a-z0-9])/y;

/** Plates of the message, in order. Foreign forms need a cue, because half the codes of the world look like them. */
export function readPlates(normalised: Normalised, asked: boolean): PlateEntity[] {
  const { text } = normalised;
  if (!normalised.hasLatin || !normalised.hasDigit) return [];
  const found: PlateEntity[] = [];
  const take = (from: number, to: number, value: string): void => {
    const span = originalSpan(normalised, from, to);
    const end = span.at + span.text.length;
    if (found.some((other) => other.value === value)) return;
    if (found.length < 20 && found.every((other) => end <= other.at || span.at >= other.at + other.text.length)) {
      found.push({ ...span, value });
    }
  };
  if (normalised.hasHan) {
    for (const match of matchesOf(text, MAINLAND)) {
      const plate = trimMainland(text, match[0], match.index);
      if (plate) take(match.index, match.index + plate.length, plate.value);
    }
  }
  const cued = asked || PLATE_CUE.test(text);
  if (found.length === 0 && cued && (normalised.hasHan || asked)) {
    for (const match of matchesOf(text, WITHOUT_PROVINCE)) {
      const value = compact(match[0]);
      if (near(text, match.index, match[0].length, PLATE_CUE, asked) && isMainlandTail(value.slice(1)))
        take(match.index, match.index + match[0].length, value);
    }
  }
  if (found.length === 0 && (cued || VEHICLE_CUE.test(text))) {
    for (const [pattern, needsPlateWord] of [
      [INDIAN_DELHI, false],
      [INDIAN, false],
      [BRITISH, false],
      [SINGAPORE, true],
      [TAIWAN, true],
      [HONG_KONG, true],
    ] as const) {
      for (const match of matchesOf(text, pattern)) {
        if ((pattern === BRITISH || pattern === SINGAPORE) && WORDS_AROUND.test(match[0])) continue;
        const cue = needsPlateWord ? PLATE_CUE : VEHICLE_CUE;
        // 架車 AB 1234: a word for car right beside the code does for the two Chinese places.
        const beside = needsPlateWord && /(?:车|架|牌)(?:是|为|:|\s)*$/.test(text.slice(Math.max(0, match.index - 6), match.index));
        const telling = pattern === BRITISH && (VEHICLE_CUE.test(text) || CAR_TALK.test(text)) && isShown(normalised, match);
        if (!beside && !telling && !near(text, match.index, match[0].length, cue, asked || (cued && !needsPlateWord))) continue;
        if (OTHER_CODE.test(text.slice(Math.max(0, match.index - 12), match.index))) continue;
        take(match.index, match.index + match[0].length, compact(match[0]));
      }
    }
  }
  if (found.length === 0) readTelling(text, take);
  if (found.length === 0 && normalised.hasHan) {
    for (const match of matchesOf(text, TAIWAN_PLAIN)) {
      // Makers write models in capitals too; only a vehicle in the message makes three letters and four digits a plate.
      if (VEHICLE_CUE.test(text) && !OTHER_CODE.test(text.slice(Math.max(0, match.index - 8), match.index))) {
        take(match.index, match.index + match[0].length, compact(match[0]));
      }
    }
  }
  if (found.length === 0 && cued) {
    AFTER_CUE.lastIndex = 0;
    for (const cue of matchesOf(text, AFTER_CUE)) readGeneric(normalised, cue.index + cue[0].length, take);
    if (found.length === 0 && asked && text.length <= 24) readGeneric(normalised, text.search(/[a-z0-9]/), take);
  }
  return found.sort((a, b) => a.at - b.at);
}

/** Forms that tell by themselves: Irish, Indian with a state's code, a whole message that is a plate of Singapore, and Hong Kong's beside talk of cars. */
function readTelling(text: string, take: (from: number, to: number, value: string) => void): void {
  const free = (match: RegExpExecArray): boolean => !OTHER_CODE.test(text.slice(Math.max(0, match.index - 12), match.index));
  for (const pattern of [IRISH, INDIAN, INDIAN_DELHI, DELHI_SHORT]) {
    for (const match of matchesOf(text, pattern)) {
      if ((pattern === IRISH || INDIAN_STATE.test(match[0])) && free(match))
        take(match.index, match.index + match[0].length, compact(match[0]));
    }
  }
  for (const match of matchesOf(text, SINGAPORE)) {
    if (/^s[a-z]{2}/.test(match[0]) && match[0].length >= text.trim().length - 1)
      take(match.index, match.index + match[0].length, compact(match[0]));
  }
  if (!CAR_TALK.test(text)) return;
  // 7788-XY: the old form of Taiwan, which nothing else is written in.
  for (const match of matchesOf(text, TAIWAN_OLD)) {
    if (free(match)) take(match.index, match.index + match[0].length, compact(match[0]));
  }
  for (const match of matchesOf(text, HONG_KONG)) {
    if (/\d{3,4}$/.test(match[0]) && !OUR_PREFIX.test(match[0]) && free(match))
      take(match.index, match.index + match[0].length, compact(match[0]));
  }
}

function readGeneric(normalised: Normalised, at: number, take: (from: number, to: number, value: string) => void): void {
  if (at < 0) return;
  GENERIC.lastIndex = at;
  const match = GENERIC.exec(normalised.text);
  if (!match) return;
  // Words after the plate ("7abc123 please") are no part of it.
  const groups = match[0].split(/(?<=[ -])|(?=[ -])/);
  let kept = "";
  let size = 0;
  for (const group of groups) {
    if (/^[a-z]{4,}$/.test(group) || /^(?:is|it|on|at|the|and|for|in|my|a|i|to|ok|am|pm|not|pls)$/.test(group)) break;
    size += group.trim() === "" || group === "-" ? 0 : group.length;
    if (size > 9) break;
    kept += group;
  }
  kept = kept.replace(/[ -]+$/, "");
  const value = compact(kept);
  if (value.length < 4 || value.length > 9 || !/\d/.test(value) || !/[A-Z]/.test(value)) return;
  take(at, at + kept.length, value);
}

/** Written as it stands on a car: AB12 CDE, in capitals. */
function isShown({ original, starts }: Normalised, match: RegExpExecArray): boolean {
  const from = starts[match.index] ?? 0;
  return /^[A-Z]{2}\d{2} ?[A-Z]{3}/.test(original.slice(from, from + match[0].length));
}

const compact = (code: string): string => code.replace(/[\s·.-]/g, "").toUpperCase();

function near(text: string, at: number, length: number, cue: RegExp, asked: boolean): boolean {
  return asked || cue.test(text.slice(Math.max(0, at - CUE_WINDOW), at)) || cue.test(text.slice(at + length, at + length + CUE_WINDOW));
}

/** Five places with at most three letters (special ending counted apart), or six of a new-energy plate. */
function isMainlandTail(tail: string): boolean {
  if (/^[A-Z0-9]{4}[学警挂港澳]$/.test(tail)) return true;
  if (/^[A-Z0-9]{5}$/.test(tail)) return (tail.match(/\d/g)?.length ?? 0) >= 2;
  // GA 36-2018: small vehicles carry the letter first, large ones last.
  return /^[A-HJ-K][A-Z0-9]\d{4}$/.test(tail) || /^\d{5}[A-HJ-K]$/.test(tail);
}

/** The longest reading of a candidate that is a plate and ends where the code ends. */
function trimMainland(text: string, candidate: string, at: number): { length: number; value: string } | null {
  for (let length = candidate.length; length >= 7; length -= 1) {
    const piece = candidate.slice(0, length);
    if (/[\s·.-]$/.test(piece)) continue;
    const after = text.charCodeAt(at + length);
    const open = (after >= 97 && after <= 122) || (after >= 48 && after <= 57);
    if (open) continue;
    const raw = compact(piece);
    // I and O are never issued in the tail; typed, they mean 1 and 0.
    const value = raw.slice(0, 2) + raw.slice(2).replaceAll("O", "0").replaceAll("I", "1");
    if (isMainlandTail(value.slice(2))) return { length, value };
  }
  return null;
}
