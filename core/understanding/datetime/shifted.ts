/** Times moved by so much from what was said: 往后推一个小时, a day earlier. */
import { enNumber } from "./lexicon-en.ts";
import { zhNumber } from "./lexicon-zh.ts";
import { textBefore } from "./rule.ts";
import type { Draft } from "./spec.ts";

const COUNT_ZH = "(半|[一二两三四五六七八九十]{1,2}|\\d{1,3})";
/** 往后推一个小时, 提前半天; one of them directly after the time. */
const SHIFTED_ZH = new RegExp(
  `^[^,,。.!！?？;；]{0,12}?(?:(推迟|延后|延迟|推后|顺延|往后[推挪延移]?|押后|晚)|(提前|提早|往前[推挪移]?|早))(?:个|到|了)?${COUNT_ZH}个?(半)?(小时|` +
    "钟头|钟|分钟|天|周|星期|礼拜)(?!后|内|[^,,。]{0,4}(?:打|通知|联系|告诉|电话|告知|叫我|发|说一声|提醒))",
);
const SHIFTED_EN =
  /^[^.!?;]{0,40}?\b(?:(push|move|put|set|delay|postpone)\w*(?: it| that| this| the \w+| my \w+)?(?: back)?(?: by)? |(bring)(?: it| that)? forward(?: by)? )(an?|half an|one|two|three|\d{1,3}) (hour|minute|min|day|week)s?\b/;

/** 约的是周日,想提前一天; booked for Sunday, can we do a day earlier. */
const SHIFTED_LATER_ZH = new RegExp(
  `^[,，。.!！ ]{0,2}[^,，。.!！?？;；]{0,8}?(?:(推迟|延后|延迟|推后|顺延|晚)|(提前|提早|早))${COUNT_ZH}个?(半)?(小时|钟头|钟|天|周|星期|礼拜)(?!后|内|通知|打|告诉|联系)`,
);
const SHIFTED_LATER_EN =
  /^[^.!?;]{0,24}\b(?:do|make it|come|have it|move it|be|go for)(?: it)? (?:(an?|one|two|three|\d{1,2}) (hour|day|week)s? (?:(later)|earlier|sooner))\b/;

/** 提前两个小时,原来是明天四点; two hours earlier please, it was tomorrow at four. */
const SHIFTED_BEFORE = new RegExp(
  `(?:(推迟|延后|延迟|推后|顺延)|(提前|提早))${COUNT_ZH}个?(半)?(小时|钟头|钟|天|周|星期|礼拜)[^,，。]{0,6}[,，]\\s?(?:原来|本来|原先|原本|之前)(?:约|定)?(?:的|了|好)?(?:就?是|系|在)?\\s?$` +
    "|\\b(an?|one|two|three|\\d{1,2}) (hour|day|week)s? (?:(later)|earlier|sooner)[^.?!]{0,12}[,.] ?(?:it|it's|its|that) ?(?:was|is|'s)?(?: booked| down| set)?(?: for| on| at)? ?$",
);

/** How far a time is moved by the words around it; `null` when it stays. */
export function deltaOn(draft: Draft, text: string, booked: boolean): Draft["delta"] {
  const after = text.slice(draft.end, draft.end + 64);
  if (draft.day === null && draft.clock === null) return null;
  const apart = booked ? SHIFTED_LATER_ZH.exec(after) : null;
  if (apart) {
    const [, , early, number = "", half, unit = ""] = apart;
    const count = ((number === "半" ? 0.5 : zhNumber(number)) + (half === undefined ? 0 : 0.5)) * (early === undefined ? 1 : -1);
    return deltaOf(count, unit === "天" ? "day" : /[周星礼]/.test(unit) ? "week" : "hour");
  }
  const led = SHIFTED_BEFORE.exec(textBefore(text, draft.at, 48));
  if (led) {
    const [, late, early, number = "", half, unit = "", english, englishUnit = "", later] = led;
    if (english !== undefined) return deltaOf(enNumber(english) * (later === undefined ? -1 : 1), englishUnit);
    const count =
      ((number === "半" ? 0.5 : zhNumber(number)) + (half === undefined ? 0 : 0.5)) * (late === undefined && early !== undefined ? -1 : 1);
    return deltaOf(count, unit === "天" ? "day" : /[周星礼]/.test(unit) ? "week" : "hour");
  }
  const told = booked ? SHIFTED_LATER_EN.exec(after) : null;
  if (told) return deltaOf(enNumber(told[1] ?? "") * (told[3] === undefined ? -1 : 1), told[2] ?? "");
  const chinese = SHIFTED_ZH.exec(after);
  const english = chinese ? null : SHIFTED_EN.exec(after);
  if (chinese) {
    const [, , early, number = "", half, unit = ""] = chinese;
    const count = ((number === "半" ? 0.5 : zhNumber(number)) + (half === undefined ? 0 : 0.5)) * (early === undefined ? 1 : -1);
    return deltaOf(count, unit === "分钟" ? "minute" : unit === "天" ? "day" : /[周星礼]/.test(unit) ? "week" : "hour");
  }
  if (!english) return null;
  const [, , forward, number = "", unit = ""] = english;
  return deltaOf(enNumber(number) * (forward === undefined ? 1 : -1), unit);
}

function deltaOf(count: number, unit: string): Draft["delta"] {
  if (!Number.isFinite(count) || count === 0) return null;
  if (unit === "day" || unit === "week") return Number.isInteger(count) ? { days: count * (unit === "week" ? 7 : 1), minutes: 0 } : null;
  return { days: 0, minutes: Math.round(count * (unit === "hour" ? 60 : 1)) };
}
