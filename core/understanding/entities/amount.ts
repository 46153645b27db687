import type { Language } from "../../language.ts";
import { matchesOf } from "../text/matches.ts";
import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { AmountEntity } from "../types.ts";
import { readBareAmounts } from "./amount-bare.ts";
import { ENGLISH_NUMBER, NUMBER, parseEnglishNumber, parseNumber } from "./numbers.ts";

type Currency = AmountEntity["currency"];

export interface AmountContext {
  readonly language: Language | null;
  /** Currency of the business; wins where the text says only 块 or 元. */
  readonly currency: Currency | null;
}

/** Marks before the number. */
const MARKS: readonly (readonly [RegExp, Currency | "dollar"])[] = [
  [/^(?:hk\$|hkd|港币|港元)$/, "HKD"],
  [/^(?:nt\$|ntd|nt|twd|新?台币)$/, "TWD"],
  [/^(?:us\$|usd|美金|美元)$/, "USD"],
  [/^(?:s\$|sgd)$/, "SGD"],
  [/^(?:¥|rmb|cny|人民币)$/, "CNY"],
  [/^(?:£|gbp)$/, "GBP"],
  [/^(?:€|eur)$/, "EUR"],
  [/^\$$/, "dollar"],
];
const MARK = "(hk\\$|nt\\$|us\\$|s\\$|¥|£|€|\\$|(?<![a-z])(?:hkd|ntd|nt|twd|usd|sgd|rmb|cny|gbp|eur)(?![a-z])|人民币|新?台币|港币|美金)";
const UNIT =
  "(块钱|块半|块|分钱|cents?|pence|p(?![a-z])|英镑|镑|欧元|刀|文(?=$|[\\s,。!?]|左右|啦|咋|都|得|就|既|嘅)|元整|元|圆|蚊鸡|蚊|毛钱|毛|rmb|cny|yuan|人民币|港币|港元|hkd|新?台币|ntd?|twd|美金|美元|usd|dollars?|bucks?|quid|pounds?|gbp|euros?|eur|sgd|kuai)";

/** What may follow a bare 块 when it is money; 两块玻璃 are panes, 一块去 is together. */
const MONEY_AFTER_PIECE =
  /^(?:$|[\s,。!?.;:、)~/\-+"']|\d|[零一二三四五六七八九半](?!块)|钱|的|吗|嘛|呢|吧|啊|呀|了|就|都|太|也|能|行|可|够|贵|便宜|左右|以|起|封|包|修|上门|到|是|还|不|算|给|我|你|会|呗|哦|全|搞|做|每|一|多|少|差|退|对|抵|优惠|扣|补|人工|材料|运费|定金|押金|含|加|收|怎么|换|洗)/;
const PIECES = /^(?:玻璃|镜|板|瓷砖|砖|屏|石|布|皮|电池|电瓶|肉|表|地|区域|内容|轮|刹车片|片|主板|木|地板|挡风|前挡|后挡|门)/;

const MARKED = new RegExp(`${MARK}\\s?(\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,2})?|\\d{1,9}(?:\\.\\d{1,2})?)(?:\\s?(k|w|千|万)(?![a-z]))?`, "g");
const WITH_UNIT = new RegExp(
  `(${NUMBER}|几)([多来几]?)\\s?(?:(?:-|~|到|至)\\s?(${NUMBER}))?\\s?(?:多|来)?\\s?${UNIT}(?![a-z])(?:([零一二三四五六七八九半]|\\d(?:\\.\\d)?)(?![\\d十百千万年月日号点个次天小粒只条张件支樽套台部架位片颗瓶桶]))?`,
  "g",
);
const ENGLISH_WORDS = new RegExp(`\\b(${ENGLISH_NUMBER})[ -]?(dollars?|bucks?|quid|pounds?|euros?|yuan|rmb|kuai|hkd)\\b`, "g");
/** 港币六百五: the currency stands before a number in words. */
const MARKED_HAN = /(人民币|新?台币|港币|美金)\s?([一二三四五六七八九两十百千][零一二三四五六七八九两十百千万]{0,8})(?![块元蚊文])/g;
/** Two grand; a Grand Cherokee and a grand job are none. */
const GRAND =
  /\b(\d{1,3}(?:\.\d{1,2})?|two|three|four|five|six|seven|eight|nine|ten|a|half a) grand\b(?! (?:cherokee|vitara|c[ -]?max|scenic|tourneo|coupe|picasso|piano|job|day|total|opening|tour|idea))/g;
/** Amounts of money of the message, in order, in fen or cents. A range gives both of its ends. */
export function readAmounts(normalised: Normalised, context: AmountContext): AmountEntity[] {
  const { text } = normalised;
  const found: AmountEntity[] = [];
  const take = (from: number, to: number, value: number | null, currency: Currency): void => {
    if (value === null || !(value > 0) || value > 100_000_000 || found.length >= 20) return;
    const span = originalSpan(normalised, from, to);
    const overlaps = found.some((other) => span.at < other.at + other.text.length && other.at < span.at + span.text.length);
    if (!overlaps) found.push({ ...span, minor: Math.round(value * 100), currency });
  };
  const local = localCurrency(text, context);
  if (normalised.hasDigit) {
    for (const match of matchesOf(text, MARKED)) {
      const scale = match[3] === "k" || match[3] === "千" ? 1_000 : match[3] ? 10_000 : 1;
      const kind = MARKS.find(([pattern]) => pattern.test(match[1]!))?.[1] ?? "dollar";
      take(
        match.index,
        match.index + match[0].length,
        Number(match[2]!.replaceAll(",", "")) * scale,
        kind === "dollar" ? dollar(text, context) : kind,
      );
    }
  }
  for (const match of matchesOf(text, WITH_UNIT)) {
    const to = match.index + match[0].length;
    const unit = match[4]!;
    const value = parseNumber(match[1]!);
    if (value === null || /[a-z\d第-]$/.test(text.slice(0, match.index))) continue;
    if (!isMoney(unit, value, text.slice(match.index + match[0].length - (match[5]?.length ?? 0)), text, match.index)) continue;
    const currency = currencyOfUnit(unit, local, text, context);
    const upper = match[3] === undefined ? null : parseNumber(match[3]);
    if (upper !== null) {
      take(match.index, match.index + match[1]!.length, sameScale(value, match[1]!, match[3]!), currency);
      const upperAt = match.index + match[0].indexOf(match[3]!, match[1]!.length);
      take(upperAt, to, withTail(upper, unit, match[5]), currency);
    } else take(match.index, to, withTail(value, unit, match[5]), currency);
  }
  for (const match of matchesOf(text, MARKED_HAN)) {
    const kind = MARKS.find(([pattern]) => pattern.test(match[1]!))?.[1] ?? "dollar";
    if (kind !== "dollar") take(match.index, match.index + match[0].length, parseNumber(match[2]!), kind);
  }
  if (normalised.hasLatin) {
    for (const match of matchesOf(text, GRAND)) {
      const said = match[1]!;
      const count = /^\d/.test(said) ? Number(said) : said === "half a" ? 0.5 : (parseEnglishNumber(said) ?? 0);
      take(match.index, match.index + match[0].length, count * 1_000, local);
    }
    for (const match of matchesOf(text, ENGLISH_WORDS)) {
      take(match.index, match.index + match[0].length, parseEnglishNumber(match[1]!), currencyOfUnit(match[2]!, local, text, context));
    }
  }
  for (const { from, to, value } of readBareAmounts(text, normalised.hasDigit)) take(from, to, value, local);
  return found.sort((a, b) => a.at - b.at);
}

/** 三到五百块: the first number shares the scale of the second. */
function sameScale(value: number, lower: string, upper: string): number {
  const scale = /^[一二三四五六七八九两]$/.test(lower) ? /[百千万]$/.exec(upper)?.[0] : undefined;
  return scale === "百" ? value * 100 : scale === "千" ? value * 1_000 : scale === "万" ? value * 10_000 : value;
}

/** 三块五 = 3.5, 两块半 = 2.5, 五毛 = 0.5. */
function withTail(value: number, unit: string, tail: string | undefined): number {
  const base = unit.startsWith("毛")
    ? value / 10
    : /^(?:分钱|cents?|pence|p)$/.test(unit)
      ? value / 100
      : unit === "块半"
        ? value + 0.5
        : value;
  if (tail === undefined) return base;
  const extra = tail === "半" ? 5 : parseNumber(tail);
  return extra === null ? base : base + (unit.startsWith("毛") ? extra / 100 : extra / 10);
}

function isMoney(unit: string, value: number, after: string, text: string, at: number): boolean {
  if (unit === "块") {
    if (PIECES.test(after)) return false;
    if (value >= 30 || MONEY_AFTER_PIECE.test(after)) {
      // A lone 一块 is "together" or "a piece"; a few 块 behind panes and tiles are pieces as well.
      if (value === 1) return /^1/.test(text.slice(at));
      return value >= 10 || !/玻璃|镜|砖|板|屏/.test(text.slice(Math.max(0, at - 10), at));
    }
    return false;
  }
  if (unit === "元") return !/^[旦件素宵月锂]/.test(after);
  if (unit === "圆") return !/^[形的桌镜]/.test(after);
  if (unit === "毛") return !/^[病巾衣发玻]/.test(after);
  if (unit.startsWith("cent")) return !/^ ?(?:coin|piece|size)/.test(after);
  if (unit === "刀") return value >= 5 && !/^[片具口头架]/.test(after);
  if (unit === "p") return value < 100;
  if (unit.startsWith("pound")) return !/weigh|kg|lb/.test(text);
  if (unit === "nt" || unit === "蚊") return !/^[子虫香]/.test(after) && at >= 0;
  return true;
}

function currencyOfUnit(unit: string, local: Currency, text: string, context: AmountContext): Currency {
  if (/^(?:rmb|cny|yuan|人民币|kuai)$/.test(unit)) return "CNY";
  if (/^(?:蚊鸡|蚊|文|港币|港元|hkd)$/.test(unit)) return "HKD";
  if (/^(?:新?台币|nt|ntd|twd)$/.test(unit)) return "TWD";
  if (/^(?:美金|美元|usd|刀)$/.test(unit)) return "USD";
  if (/^(?:quid|pounds?|gbp|pence|p|英镑|镑)$/.test(unit)) return "GBP";
  if (/^(?:euros?|eur|欧元)$/.test(unit)) return "EUR";
  if (unit === "sgd") return "SGD";
  if (/^(?:dollars?|bucks?|cents?)$/.test(unit)) return dollar(text, context);
  return local;
}

/** A bare dollar: the shop's own where it has one, else the place the wording points at. */
function dollar(text: string, { language, currency }: AmountContext): Currency {
  if (currency === "HKD" || currency === "TWD" || currency === "SGD" || currency === "USD") return currency;
  return language === "zh-TW" ? regional(text) : "USD";
}

function localCurrency(text: string, { language, currency }: AmountContext): Currency {
  if (currency !== null) return currency;
  return language === "zh-TW" ? regional(text) : language === "en" && !/[\u3400-\u9fff]/.test(text) ? "USD" : "CNY";
}

/** Cantonese speaks of Hong Kong dollars, other traditional text of Taiwan's. */
const regional = (text: string): Currency => (/[唔嘅咗冇喺嚟佢啲嘢㗎咩嗰乜喎揾搵]|蚊|hk|冷气机|几多钱/.test(text) ? "HKD" : "TWD");
