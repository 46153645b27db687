/** Amounts typed without a currency: they count where the message speaks of money and nothing else is counted. */

import { matchesOf } from "../text/matches.ts";
import { parseNumber } from "./numbers.ts";

const PRICE_CUE =
  /钱|价|费|贵|便宜|优惠|砍|少点|收我|收了|收[一二两三四五六七八九\d]|要收|多收|加[百千一二三四五六七八九两]|实收|给你|打折|预算|押金|[定订]金|赔|退|罚|现金|刷卡|付|汇|转账|估价|结[账帐]|发票|收据|金额|报(?:的|给|我|你)*[一二两三四五六七八九\d]|budget|price|cost|\bpa(?:y|id|ys|ying|yment)\b|charg|quot|\bbill|refund|\bfees?\b|invoice|estimate|deposit|discount|cheap|expensive|steep|\bdeal\b|overcharg|\bcash\b|\bcompensat|\bmatch\b|\bowe|一共|总共|合计|总计|共计|\bdo it for\b|\ball in\b|\bworth\b|\bjoke\b|robbery|rip[- ]?off|pricey|\bafford|\bspend\b|too much\b|a bit much/;
const HAGGLING = /行不行|行吗|可以吗|成不成|怎么样|得不得|得唔得|好不好/;

/** What a number counts when it is no money. */
const COUNTED_ZH =
  "年|月|日|号|点|个|次|公里|千米|里程|米|度|天|人|家|台|分|小时|寸|匹|瓦|升|平|厘|毫|公分|斤|层|座|栋|室|房|楼|款|岁|路|转|迈|遍|名|户|倍|种|条|片|块[玻镜板砖屏]|%|折|兆|码|码数|期|届|w|km|mm|cm|kw|l\\b|r\\d|号线";

/** Chinese numbers of three digits or more (三百五行不行), and 百五, 千二 as Cantonese says them. */
const HAN_NUMBER = new RegExp(
  "(?<![第零〇一二三四五六七八九十百千万两])(?:[一二三四五六七八九两][百千万][零〇一二三四五六七八九十百千万两]{0,7}|(?<=[加要收俾贵平成])[百千][一二三四五六七八九])" +
    `(?![零〇一二三四五六七八九十百千万两]|[多几]?\\s?(?:${COUNTED_ZH}))`,
  "g",
);
/** 便宜五十, 少二十: tens in words after a word of haggling. */
const HAN_TENS = new RegExp(
  "(?:便宜|优惠|少收?|减|降|让|退|补|多收|加收|贵|抹)(?:我|了|个|掉)?([一二三四五六七八九]?十[一二三四五六七八九]?)" +
    `(?![零一二三四五六七八九十百千万两]|[多几]?\\s?(?:${COUNTED_ZH}|钟|[块元]))`,
  "g",
);
/** 1.2万的变速箱 */
const TEN_THOUSANDS = /(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)\s?(?:万|w)(?![a-z\d公里千米次人家])/g;
const DRIVEN = /里程|公里|跑了|跑|行驶|开了|km/;
const DISTANCE_BEFORE = /(?:跑|里程|行驶)(?:了|过|才|都|有|咗|大概|差不多|快|到){0,3}$/;

/** Numbers of the police, the fire brigade and the consumers' lines. */
const HOTLINE = /打|投诉|举报|报警|call|dial/;

const DIGITS = "(\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,2})?|\\d{2,6}(?:\\.\\d{1,2})?|\\d{1,3}(?:\\.\\d)?k)";
const DIGITS_ZH = new RegExp(
  "(?:报价|[报收付给退赔罚价费钱金花换要才只加扣到成了的是这低高过超差贵?？]|这个|[每一]个?(?:小时|钟头|平米?|米|扇|趟)|收一[米平个块])\\s?(?:是|了|我|到|的|:)?\\s?" +
    `${DIGITS}(?!\\d|[.:,+×*x/-]\\d|\\s?(?:${COUNTED_ZH}|块|元|[a-z]))`,
  "g",
);
/** A number after a verb of paying or a preposition, with nothing counted after it. */
const DIGITS_EN = new RegExp(
  "(?:\\b(?:for|at|to|from|of|is|was|be|mine|hers|his|theirs|ours|paid|pays?|charged?(?: me)?|quoted?(?: me)?|refund(?: me)?|asked for|ask for|sa(?:ys?|id)|max|min|under|over|above|below|about|around|nearly|only|just|" +
    "another|than|got|want|wants|beat|match|price|cost(?:s|ing)?(?: me)?|fee|bill|worth|deposit|give me)(?: (?:of|is|was|about|around|over|nearly|a|the|only|just))?)\\s?" +
    `${DIGITS}(?!\\d|[.:,+×*x/-]\\d|\\s?(?:[ap]\\.?m\\b|%|x\\b))(?=\\s*(?:$|[.,;!?)"'-])|\\s+(?:for|and|to|instead|is|was|cash|each|all|more|less|extra|now|but|on|when|which|because|` +
    "a (?:day|week|month|visit|year|piece|unit)|per|plus|or|if|then|in|the|from|with|max|call[ -]?out|please|pls|lah?|ah|not|i|you|your|it|by|worth|too|inc|incl|including|total|so|of work|just|here|already|why|how)\\b|\\s*\\+)",
  "g",
);

/** 1.5k for a gearbox, at the beginning of what is said. */
const DIGITS_FOR_EN = new RegExp(`(?:^|[.!?,] ?)${DIGITS}(?= for (?:an?|one|the|this|that|just|only)\\b)`, "g");

/** A bare number found: where it stands and its value in whole units of the currency. */
export interface BareAmount {
  readonly from: number;
  readonly to: number;
  readonly value: number | null;
}

const unitsOf = (digits: string): number => Number(digits.replace(/[,k]/g, "")) * (digits.endsWith("k") ? 1_000 : 1);

/** Numbers without a currency that are money by what the message speaks of, in order of their kinds. */
export function readBareAmounts(text: string, hasDigit: boolean): BareAmount[] {
  const isPriced = PRICE_CUE.test(text);
  if (!isPriced && !HAGGLING.test(text)) return [];
  const found: BareAmount[] = [];
  for (const match of matchesOf(text, HAN_NUMBER)) {
    if (DISTANCE_BEFORE.test(text.slice(Math.max(0, match.index - 8), match.index))) continue;
    const said = match[0];
    const value = /^[百千]/.test(said) ? parseNumber(`一${said}`) : parseNumber(said);
    found.push({ from: match.index, to: match.index + said.length, value });
  }
  for (const match of matchesOf(text, HAN_TENS)) {
    const from = match.index + match[0].length - match[1]!.length;
    found.push({ from, to: match.index + match[0].length, value: parseNumber(match[1]!) });
  }
  if (!hasDigit || !isPriced) return found;
  if (!DRIVEN.test(text)) {
    for (const match of matchesOf(text, TEN_THOUSANDS))
      found.push({ from: match.index, to: match.index + match[0].length, value: Math.round(Number(match[1]) * 10_000) });
  }
  for (const pattern of [DIGITS_ZH, DIGITS_EN, DIGITS_FOR_EN]) {
    for (const match of matchesOf(text, pattern)) {
      const from = match.index + match[0].length - match[1]!.length;
      // A year is no price, unless its thousands are parted.
      if (
        /^(?:19\d\d|20[0-4]\d)$/.test(match[1]!) &&
        !/(?:paid|pay|charged?|quoted?|cost|price|收|付|价|赔|退)[^\d]{0,6}$/.test(text.slice(0, from))
      )
        continue;
      if (/^(?:12\d{3}|110|119|120|122)$/.test(match[1]!) && HOTLINE.test(text)) continue;
      if (DISTANCE_BEFORE.test(text.slice(Math.max(0, from - 8), from))) continue;
      found.push({ from, to: from + match[1]!.length, value: unitsOf(match[1]!) });
    }
  }
  return found;
}
