/** Numbers as customers write them, over normalised text. */

const HAN_DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  "○": 0,
  一: 1,
  幺: 1,
  壹: 1,
  二: 2,
  两: 2,
  俩: 2,
  贰: 2,
  三: 3,
  仨: 3,
  叁: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const HAN_UNITS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1_000, 仟: 1_000 };

/** Characters of a Chinese number, for use inside a character class. */
const HAN_NUMERAL = "零〇一二三四五六七八九十百千万两廿卅";

/** Digit of one Han character (零〇一幺二两…九), or `null`. */
export function hanDigit(char: string): number | null {
  return Object.hasOwn(HAN_DIGITS, char) ? HAN_DIGITS[char]! : null;
}

/**
 * Value of a Chinese number up to 亿: 三百五 = 350, 一千二 = 1200, 两万三 = 23000, 三百零五 = 305, 二〇二六 = 2026, 九点五 = 9.5, 半 = 0.5.
 *
 * @returns `null` when the text is no such number
 */
export function parseHanNumber(text: string): number | null {
  if (text === "半") return 0.5;
  if (/[廿卅]/.test(text)) return parseHanNumber(text.replace("廿", "二十").replace("卅", "三十"));
  const dot = text.indexOf("点");
  if (dot > 0) {
    const whole = parseHanNumber(text.slice(0, dot));
    const fraction = digitsOf(text.slice(dot + 1));
    return whole === null || fraction === null || fraction === "" ? null : Number(`${whole}.${fraction}`);
  }
  if (text === "" || text.length > 16) return null;
  const plain = digitsOf(text);
  if (plain !== null) return Number(plain);
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  /** Unit before the last digit; 三百五 means 350, not 305. */
  let lastUnit = 1;
  let zeroBefore = false;
  for (const char of text) {
    const value = hanDigit(char);
    if (value !== null) {
      if (digit !== null && digit !== 0) return null;
      if (value === 0) zeroBefore = true;
      digit = value;
      continue;
    }
    if (char === "万" || char === "亿") {
      const scale = char === "万" ? 10_000 : 100_000_000;
      section += digit ?? 0;
      if (section === 0) return null;
      total = (total + section) * scale;
      section = 0;
      lastUnit = scale;
    } else if (Object.hasOwn(HAN_UNITS, char)) {
      const unit = HAN_UNITS[char]!;
      if (digit === null && unit !== 10) return null;
      section += (digit === null || digit === 0 ? 1 : digit) * unit;
      lastUnit = unit;
    } else return null;
    digit = null;
    zeroBefore = false;
  }
  if (digit !== null) section += !zeroBefore && lastUnit >= 100 ? (digit * lastUnit) / 10 : digit;
  return total + section;
}

/** The digits of a run like 一三八零零, or `null` when another character stands in it. */
function digitsOf(text: string): string | null {
  let digits = "";
  for (const char of text) {
    const value = hanDigit(char);
    if (value === null) return null;
    digits += value;
  }
  return digits;
}

const ENGLISH_SMALL: ReadonlyMap<string, number> = new Map([
  ..."zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    .split(" ")
    .map((word, value) => [word, value] as const),
  ..."twenty thirty forty fifty sixty seventy eighty ninety".split(" ").map((word, i) => [word, (i + 2) * 10] as const),
  ["fourty", 40],
  ["a", 1],
  ["an", 1],
]);
const ENGLISH_BIG: ReadonlyMap<string, number> = new Map([
  ["hundred", 100],
  ["thousand", 1_000],
  ["grand", 1_000],
  ["million", 1_000_000],
]);

/** Pattern source of an English number in words; bounded, to be used between word boundaries. */
export const ENGLISH_NUMBER =
  "(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|" +
  "twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|grand)(?:[ -](?:and )?(?=[a-z]))?){1,8}";

/** Value of an English number in words (`two hundred and fifty`), or `null`. */
export function parseEnglishNumber(text: string): number | null {
  let total = 0;
  let section = 0;
  let any = false;
  for (const word of text.split(/[ -]+/)) {
    if (word === "and" || word === "") continue;
    const small = ENGLISH_SMALL.get(word);
    const big = ENGLISH_BIG.get(word);
    if (small !== undefined) section += small;
    else if (big === 100) section = (section || 1) * 100;
    else if (big !== undefined) {
      total += (section || 1) * big;
      section = 0;
    } else return null;
    any = true;
  }
  return any ? total + section : null;
}

/** Pattern source (bounded, so that a page of numerals stays cheap) of a number in digits (1,200 · 380 · 3.5 · 6万3) with an optional multiplier k, w, 千, 万, or of a Chinese number. */
export const NUMBER = `\\d{1,3}万\\d(?![\\d.])|(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,2})?|\\d{1,9}(?:\\.\\d{1,4})?)(?:\\s?(?:k|w|千|万)(?![a-z]))?|(?<![${HAN_NUMERAL}])[${HAN_NUMERAL}]{1,12}(?:点[零一二三四五六七八九]{1,4}(?:万|千)?)?`;

/** Value of what {@link NUMBER} matched, or `null`. */
export function parseNumber(text: string): number | null {
  const mixed = /^(\d{1,3})万(\d)$/.exec(text);
  if (mixed) return Number(mixed[1]) * 10_000 + Number(mixed[2]) * 1_000;
  const digits = /^([\d,]+(?:\.\d+)?)\s?(k|w|千|万)?$/.exec(text);
  if (!digits) {
    const scaled = /^(.+点.+)([万千])$/.exec(text);
    if (scaled) {
      const value = parseHanNumber(scaled[1]!);
      return value === null ? null : Math.round(value * (scaled[2] === "万" ? 10_000 : 1_000));
    }
    return parseHanNumber(text);
  }
  const value = Number(digits[1]!.replaceAll(",", ""));
  const factor = digits[2] === "k" || digits[2] === "千" ? 1_000 : digits[2] === "w" || digits[2] === "万" ? 10_000 : 1;
  // 1.13 万 must not become 11299.999…
  return Math.round(value * factor * 100) / 100;
}
