import type { Language } from "../../language.ts";
import { matchesOf } from "../text/matches.ts";
import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { PhoneEntity } from "../types.ts";
import { hanDigit } from "./numbers.ts";
import { classifyPhone } from "./phone-plans.ts";

export interface PhoneContext {
  /** The bot asked for a phone: bare local numbers count. */
  readonly asked: boolean;
  readonly language: Language | null;
}

/** A run of digits with what stands before it; `han` when spoken. */
interface Group {
  readonly digits: string;
  readonly from: number;
  readonly to: number;
  readonly spoken: boolean;
}

const CUE_BEFORE =
  /(?:电话|手机|号码|联系方式|联络|联系|致电|来电|回电|打给|打我|拨|座机|固话|热线|传真|whatsapp|phone|telephone|tel|mobile|mob|cell|number|call|reach|text|ring|sms|contact|ph)[^。!?\n\d]{0,14}$/;
const CUE_AFTER = /^[^。!?\n\d]{0,6}(?:我电话|我的电话|我手机|手机|电话|联系我|call me|打给我|is my (?:number|phone|mobile|cell))/;
/** A person right before the number: 陈太 98765432, "Peter Wong 91234567". */
const PERSON_BEFORE =
  /(?:先生|女士|小姐|太太|太|生|师傅|姓.|\b(?:mr|mrs|ms|miss)\.? [a-z'-]+)[\s,:]*$|(?:^|[,;.\n])\s*[a-z'-]{2,}(?: [a-z'-]{2,}){1,2}[\s,:]+$/;
/** Words that name another kind of number. */
const OTHER_NUMBER_BEFORE =
  /(?:(?:订单|工单|预约|单|发票|序列|产品|身份证|卡|流水|快递|运单|型|机身|会员)(?:编)?号码?|订单|工单|serial|s\/n|sn|imei|invoice|order|ticket|booking|job|case|\bsr|\bro|contract|quote|claim|service request|ref(?:erence)?|tracking|model|account|vin|#)(?:\s?(?:no\.?|number|num|id|#))?[\s:：是为is]{0,5}$/;

/** Most groups of one number: eleven single digits apart. */
const MOST_GROUPS = 11;

/** Phones of the message, in order. Digits glued to letters (model and order numbers) are none. */
export function readPhones(normalised: Normalised, context: PhoneContext): PhoneEntity[] {
  const { text } = normalised;
  const groups = collectGroups(text);
  const found: PhoneEntity[] = [];
  for (let i = 0; i < groups.length && found.length < 20; ) {
    const next = readAt(normalised, groups, i, context);
    if (next === null) i += 1;
    else {
      found.push(next.entity);
      i = next.after;
    }
  }
  return found;
}

const WORD_DIGITS: ReadonlyMap<string, string> = new Map([
  ..."zero one two three four five six seven eight nine".split(" ").map((word, value) => [word, String(value)] as const),
  ["oh", "0"],
  ["o", "0"],
  ["nought", "0"],
]);
const SPOKEN_ENGLISH =
  /\b(?:(?:double|triple|treble) )?(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine)(?:[ ,-]{1,2}(?:(?:double|triple|treble) )?(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine)){5,14}\b/g;

function collectGroups(text: string): Group[] {
  const groups: Group[] = [];
  for (let i = 0; i < text.length; ) {
    const from = i;
    let digits = "";
    while (i < text.length && isDigit(text.charCodeAt(i))) digits += text[i++];
    if (digits !== "") {
      groups.push({ digits, from, to: i, spoken: false });
      continue;
    }
    while (i < text.length && text[i] !== "两" && text[i] !== "俩" && text[i] !== "仨") {
      const digit = text.charCodeAt(i) < 0x3000 ? null : hanDigit(text[i]!);
      if (digit === null) break;
      digits += digit;
      i += 1;
    }
    if (digits.length >= 2) groups.push({ digits, from, to: i, spoken: true });
    if (i === from) i += 1;
  }
  if (text.length >= 20 && /(?:zero|one|two|three|four|five|six|seven|eight|nine) /.test(text)) {
    for (const match of matchesOf(text, SPOKEN_ENGLISH)) groups.push(spokenGroup(match[0], match.index));
    groups.sort((a, b) => a.from - b.from);
  }
  return groups;
}

function spokenGroup(words: string, from: number): Group {
  let digits = "";
  let times = 1;
  for (const word of words.split(/[ ,-]+/)) {
    if (word === "double") times = 2;
    else if (word === "triple" || word === "treble") times = 3;
    else {
      digits += (WORD_DIGITS.get(word) ?? "").repeat(times);
      times = 1;
    }
  }
  return { digits, from, to: from + words.length, spoken: true };
}

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const SEPARATOR = /^(?: ?[-.()·/] ?| ?\) ?-?| ?\( ?| )$/;

/** The longest phone that begins at group `i`. */
function readAt(
  normalised: Normalised,
  groups: readonly Group[],
  i: number,
  context: PhoneContext,
): { entity: PhoneEntity; after: number } | null {
  const { text } = normalised;
  const first = groups[i]!;
  let from = first.from;
  let plus = false;
  if (text[from - 1] === "(") from -= 1;
  if (text[from - 1] === "+") {
    from -= 1;
    plus = true;
  } else if (text[from - 1] === " " && text[from - 2] === "+") {
    from -= 2;
    plus = true;
  }
  if (!plus && gluedBefore(text, first.from)) return null;
  let digits = "";
  const sizes: number[] = [];
  let best: { value: string; to: number; after: number } | null = null;
  let cue: boolean | null = null;
  for (let k = i; k < groups.length && k < i + MOST_GROUPS; k += 1) {
    const group = groups[k]!;
    if (k > i) {
      const gap = text.slice(groups[k - 1]!.to, group.from);
      if (gap.length > 3 || (gap !== "" && !SEPARATOR.test(gap) && !(group.spoken && /^[, ]{1,2}$/.test(gap)))) break;
    }
    digits += group.digits;
    if (digits.length > 17) break;
    sizes.push(group.digits.length);
    if (digits.length < 7) continue;
    const after = text.charCodeAt(group.to);
    if ((after >= 97 && after <= 122 && !/^(?:ext|x\d)/.test(text.slice(group.to, group.to + 4))) || isDigit(after)) continue;
    const isDecimal = (text[group.to] === "." || text[group.to] === ",") && isDigit(text.charCodeAt(group.to + 1));
    if (isDecimal && !(groups[k + 1] && text[group.to] === ".")) continue;
    cue ??= hasCue(text, from, context);
    const value = classifyPhone({
      digits,
      sizes,
      plus,
      cue: cue || CUE_AFTER.test(text.slice(group.to, group.to + 24)),
      asked: context.asked,
      language: context.language,
      spoken: group.spoken,
    });
    if (value === null) continue;
    if (/^\s?(?:块|元|公里|km\b|万|rmb|mile)/.test(text.slice(group.to, group.to + 6))) continue;
    best = { value, to: group.to, after: k + 1 };
  }
  if (best === null) return null;
  if (!plus && !/^\+(?:86)?1[3-9]/.test(best.value) && OTHER_NUMBER_BEFORE.test(text.slice(Math.max(0, from - 24), from))) return null;
  // Mobiles stand even behind 订单: customers write 订单手机13800138000; an exact cue for another number wins.
  if (
    /(?:订单号|工单号|单号|order (?:no\.?|number|#)|serial(?: number)?|imei|身份证号?|卡号|快递单号|运单号)[\s:是为]{0,3}$/.test(
      text.slice(Math.max(0, from - 16), from),
    )
  )
    return null;
  return { entity: { ...originalSpan(normalised, from, best.to), value: best.value }, after: best.after };
}

function hasCue(text: string, from: number, context: PhoneContext): boolean {
  const before = text.slice(Math.max(0, from - 30), from);
  return context.asked || CUE_BEFORE.test(before) || PERSON_BEFORE.test(before);
}

/** Digits glued to a letter, or to a letter by a hyphen, belong to a code; `tel138…` does not. */
function gluedBefore(text: string, at: number): boolean {
  let i = at - 1;
  if (text[i] === "-" || text[i] === "." || text[i] === "/" || text[i] === "_" || text[i] === "·") i -= 1;
  const unit = text.charCodeAt(i);
  if (isDigit(unit)) return true;
  if (!(unit >= 97 && unit <= 122)) return text[i] === "#" || (text[at - 1] === "." && i !== at - 1 && isDigit(unit));
  return !/(?:^|[^a-z])(?:tel|phone|mobile|mob|cell|call|t|m|p|ph|no|num|number|whatsapp|wa|wechat|hp)$/.test(
    text.slice(Math.max(0, i - 10), i + 1),
  );
}
