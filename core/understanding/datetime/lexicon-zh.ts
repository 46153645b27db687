/** Chinese words of time, simplified (the fold comes first), mainland, Taiwan and Hong Kong together. */
import type { PartName } from "./spec.ts";

const DIGITS = "零一二三四五六七八九";

/** A Chinese numeral below 100, longest reading first. Source of a regular expression without groups. */
export const HAN =
  "(?:[二两三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅[一二]?|零[一二三四五六七八九]?|[一二两三四五六七八九])";

/** A number of one or two digits, or a Chinese numeral. */
export const NUM = `(?:\\d{1,2}(?!\\d)|${HAN})`;

/** Reads what {@link NUM} matches; also up to three Arabic digits. `NaN` when it is neither. */
export function zhNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (text.startsWith("廿")) return 20 + (text.length > 1 ? DIGITS.indexOf(text.charAt(1)) : 0);
  if (text.startsWith("卅")) return 30 + (text.length > 1 ? DIGITS.indexOf(text.charAt(1)) : 0);
  if (text.startsWith("零") && text.length > 1) return DIGITS.indexOf(text.charAt(1));
  const plain = text.replace("两", "二");
  const ten = plain.indexOf("十");
  if (ten < 0) return plain.length === 1 && DIGITS.includes(plain) ? DIGITS.indexOf(plain) : Number.NaN;
  const tens = ten === 0 ? 1 : DIGITS.indexOf(plain.charAt(0));
  return tens * 10 + (ten + 1 < plain.length ? DIGITS.indexOf(plain.charAt(ten + 1)) : 0);
}

/** Four Chinese digits as a year. */
export function zhYear(text: string): number {
  return Number([...text].map((char) => (/\d/.test(char) ? char : String(DIGITS.indexOf(char)))).join(""));
}

/** Days counted from today. */
export const DAY_OFFSETS: Readonly<Record<string, number>> = {
  大后天: 3,
  大后日: 3,
  后天: 2,
  后日: 2,
  后儿: 2,
  明天: 1,
  明日: 1,
  明儿: 1,
  听日: 1,
  今天: 0,
  今日: 0,
  今儿: 0,
  昨天: -1,
  昨日: -1,
  昨儿: -1,
  寻日: -1,
  琴日: -1,
  噚日: -1,
  前天: -2,
  前日: -2,
  大前天: -3,
  大前日: -3,
};

/** First character of 今晚, 明早, 后晚 …, days from today. */
export const SHORT_DAYS: Readonly<Record<string, number>> = { 今: 0, 明: 1, 听: 1, 后: 2, 昨: -1, 寻: -1, 琴: -1, 噚: -1 };

/** Second character of the same. */
export const SHORT_PARTS: Readonly<Record<string, PartName>> = {
  早: "morning",
  晨: "morning",
  朝: "morning",
  晚: "evening",
  夜: "evening",
  午: "noon",
};

/** Parts of the day by name. */
export const PARTS: Readonly<Record<string, PartName>> = {
  凌晨: "dawn",
  拂晓: "dawn",
  大清早: "morning",
  一大早: "morning",
  清早: "morning",
  清晨: "morning",
  一早: "morning",
  早上: "morning",
  早晨: "morning",
  早间: "morning",
  朝头早: "morning",
  朝早: "morning",
  晨间: "morning",
  白天: "daytime",
  日间: "daytime",
  日头: "daytime",
  上午: "forenoon",
  上昼: "forenoon",
  上半天: "forenoon",
  上半日: "forenoon",
  头午: "forenoon",
  午前: "forenoon",
  正中午: "noon",
  大中午: "noon",
  中午: "noon",
  晌午: "noon",
  午间: "noon",
  正午: "noon",
  下午: "afternoon",
  晏昼: "afternoon",
  下昼: "afternoon",
  下半天: "afternoon",
  下半日: "afternoon",
  午后: "afternoon",
  后晌: "afternoon",
  傍晚: "dusk",
  黄昏: "dusk",
  傍黑: "dusk",
  夜晚黑: "evening",
  晚黑: "evening",
  晚上: "evening",
  晚间: "evening",
  夜晚: "evening",
  夜里: "evening",
  夜间: "evening",
  入夜: "evening",
  深夜: "night",
  大半夜: "midnight",
  半夜: "midnight",
  午夜: "midnight",
};

const WEEKDAY_CHARS = "一二三四五六日";

/** 一 … 六 日 天, 1 … 7 → 1 (Monday) … 7 (Sunday). */
export function zhWeekday(char: string): number {
  if (char === "天") return 7;
  if (/[1-7]/.test(char)) return Number(char);
  return WEEKDAY_CHARS.indexOf(char) + 1;
}

/** 这 上 下 …, repeated, as weeks or months from now; `null` when nothing was said. */
export function zhOffset(prefix: string | undefined): number | null {
  if (prefix === undefined || prefix === "") return null;
  if (prefix.includes("下")) return prefix.split("下").length - 1;
  if (prefix.includes("上")) return 1 - prefix.split("上").length;
  return 0;
}

export const YEAR_OFFSETS: Readonly<Record<string, number>> = {
  今年: 0,
  本年: 0,
  明年: 1,
  来年: 1,
  出年: 1,
  后年: 2,
  去年: -1,
  旧年: -1,
  前年: -2,
};

/** What follows a number and 号 in an address, a fuel, a line, a place of work: no date then. */
export const NO_DATE_AFTER =
  "(?:楼|院|门|店|铺|馆|线|车|库|工位|口|仓|房|室|机|桌|柜|座|幢|栋|单元|大院|大街|公馆|汽油|柴油|油|电池|技师|师傅|客服|员工|厂|厅|地块|地铁|桥|路|" +
  "风球|风|波(?!箱)|入口|出口|航站|街|弄|巷|段|码|公寓|别墅|广场|升降|架|泊|位|之(?![前后间内])|\\d|铺位|档|窗|台|队|字|巴士|公交|公车|总站|站|球场|房子|病房|床)";

/** What stands before a number and 号 in an address. */
export const ADDRESS_BEFORE = /(?:[路街道巷弄段里村庄园苑区幢栋座室庭胡同坊][中东西南北]?|大街|单元|小区|花园|大厦)\s?$/;
