import type { Language } from "../../language.ts";
import { LANGUAGES } from "../../language.ts";
import { TEXT_LIMIT } from "./normalise.ts";
import { isHanUnit, scriptOfUnit } from "./script.ts";

/** Characters that only written Cantonese uses; 係 and 嚟 are traditional anyway. */
const CANTONESE = new Set("唔嘅咗冇喺嚟佢係哋啲嘢㗎咩嗰乜喎啩攞睇咁嗌孖");

/** Taiwan's and Hong Kong's own words in characters that both scripts share, and Bopomofo; asked only when nothing else decides. */
const TAIWAN_WORDS = /喔|瓦斯|消保|好未|[\u3105-\u312f]/;

/** Mainland plates, loosely. */
const PLATES = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z][\s·.-]?[A-Za-z0-9]{4,6}[挂学警港澳]?/gu;

/** Latin words that every language's customers type; alone they say nothing about the language. */
const SHARED_WORDS = new Set(
  (
    "ok okay okk oki okie k kk hi hey hello hallo bye byebye thx thanks thank thankyou ty td vip lol haha hahaha hh sos wifi app pm " +
    "am no yes sorry pls please km kg suv mpv ac tv pc led vin id gps abs esp bmw byd audi benz tesla model pro max plus mini u test"
  ).split(" "),
);

/** Words that make an English sentence; they weigh double against Chinese pieces quoted in it. */
const ENGLISH_WORDS = new Set(
  (
    "the a an my your our is are was were be been am i i'm it it's its you we they he she this that to of for in on at from with and " +
    "or but not no can can't could would will won't do don't does doesn't did have has had please what when where how why who need " +
    "want get got book there here still again now just also me us his her if about out up"
  ).split(" "),
);

/**
 * Language of one message by its script.
 *
 * @param fallback language of the conversation so far; decides where the text cannot (`ok`, `10:30`, a name, 你好)
 * @returns traditional characters or Cantonese against simplified ones decide between the two Chinese. Han text that both
 *   scripts share takes a Chinese fallback, else zh-CN: an English conversation does not make 你好 English. Text with neither
 *   script nor fallback is zh-CN, text in another alphabet en.
 */
export function detectLanguage(words: string, fallback: Language | null = null): Language {
  // The character of a province on a plate is written in every language.
  const text = words.length > TEXT_LIMIT ? words : words.replace(PLATES, " ");
  const limit = Math.min(text.length, TEXT_LIMIT);
  let traditional = 0;
  let simplified = 0;
  let hanWeight = 0;
  let run = 0;
  let runs = 0;
  let otherLetters = 0;
  for (let i = 0; i < limit; i += 1) {
    const unit = text.charCodeAt(i);
    if (isHanUnit(unit)) {
      run += 1;
      if (run === 1) runs += 1;
      // A long Chinese piece inside an English sentence (an address) counts as a few words, not as many.
      if (run <= 4) hanWeight += 1;
      if (CANTONESE.has(text[i]!)) traditional += 2;
      else {
        const script = scriptOfUnit(unit);
        if (script === "traditional") traditional += 1;
        else if (script === "simplified") simplified += 1;
      }
      continue;
    }
    if (unit < 48 || unit > 57) run = 0;
    // Kana, Hangul, Cyrillic, Greek, Arabic, Thai …
    if ((unit >= 0x370 && unit < 0x2000) || (unit >= 0x3040 && unit < 0x3100) || (unit >= 0xac00 && unit <= 0xd7af)) otherLetters += 1;
  }
  const latin = latinEvidence(text.slice(0, limit));
  if (hanWeight > 0) {
    const isChinese = otherLetters <= hanWeight && hanWeight + (runs > 1 ? Math.min(2, traditional + simplified) : 0) >= latin.weight;
    if (isChinese) {
      if (traditional !== simplified) return traditional > simplified ? "zh-TW" : "zh-CN";
      if (fallback === "zh-TW" || fallback === "zh-CN") return fallback;
      return traditional > 0 || TAIWAN_WORDS.test(text) ? "zh-TW" : "zh-CN";
    }
    if (otherLetters <= hanWeight) return "en";
  }
  if (latin.words === 0) return fallback ?? (otherLetters > 0 ? "en" : LANGUAGES[0]);
  if (latin.shared && fallback !== null) return fallback;
  return "en";
}

/** Weight of the Latin words, and whether all of them could stand in any language (shared words, codes, a proper name). */
function latinEvidence(text: string): { words: number; weight: number; shared: boolean } {
  let words = 0;
  let weight = 0;
  let telling = 0;
  let capitalised = 0;
  for (const [token] of text.matchAll(/[\p{Script=Latin}\d][\p{Script=Latin}\d'’.@_/-]*/gu)) {
    if (/[\d@_]/.test(token) || !/\p{L}/u.test(token)) continue;
    words += 1;
    const word = token
      .toLowerCase()
      .replace(/’/g, "'")
      .replace(/[.'/-]+$/, "");
    if (word.length === 1 && word !== "i") continue;
    weight += ENGLISH_WORDS.has(word) ? 2 : 1;
    if (SHARED_WORDS.has(word)) continue;
    telling += 1;
    if (/^\p{Lu}/u.test(token) && !ENGLISH_WORDS.has(word)) capitalised += 1;
  }
  return { words, weight, shared: telling === 0 || (telling <= 3 && capitalised === telling) };
}
