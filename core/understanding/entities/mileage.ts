import { matchesOf } from "../text/matches.ts";
import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { MileageEntity } from "../types.ts";
import { ENGLISH_NUMBER, NUMBER, parseEnglishNumber, parseNumber } from "./numbers.ts";

/** Kilometres of a statute mile. */
const MILE_KM = 1.609344;
/** Below this a distance without a word of the odometer is a way, not a mileage, km. */
const LEAST_KM = 500;

/** 60 000 km, with blanks between the thousands. */
const SPACED = "\\d{1,3}(?: \\d{3}){1,2}(?!\\d)";
const WITH_UNIT = new RegExp(
  `(${SPACED}|${NUMBER})(?:\\s?(?:多|来|几))?\\s?(万|千|thousand)?(?:多)?\\s?(公里|千米|km|kms|kilomet(?:er|re)s?|迈|英里|miles?|mi)(?![a-z])`,
  "g",
);
const AFTER_CUE = new RegExp(
  `(?:里程表?数?|公里数|表显|(?<![电水气])(?:表上|码表|咪表|仪表盘?)(?:上|显示){0,2}|行驶了?|跑(?:了|咗|到|才|有)?|行咗|揸咗|开了|才开|odometer|odo|mileage|on the clock)(?:\\s?(?:is|was|says?|reads?|shows?|at|,|about|around|大概|大约|差不多|快|有|是|为|到|:|已经|都|才|就)){0,3}\\s?(${NUMBER})(?:\\s?多)?(?![\\d年月天个小时点分次趟块元]|\\s?(?:years?|months?|days?|hours?|times?))`,
  "g",
);
const CUE = /里程|公里数|表显|表上|码表|咪表|仪表|跑|行咗|揸咗|行驶|开了|odo|mileage|clock|保养|service/;

const RATE_BEFORE =
  /(?:每年|一年|每个?月|一个?月)(?:大概|差不多|要|能|得|都|也就|最多)?(?:跑|开|行)?$|(?:箱油|满油|满电|充满|充一次电?|续航|纯电)[^,，。]{0,8}$|从[^,，。]{1,8}(?:开|过来|到|揸)[^,，。]{0,4}$|\b(?:lasts?|good for|every|range(?: of)?|within|up to)(?: about| around| only| over)? $/;
const RATE_AFTER = /^ ?(?:(?:a|per|each|every|\/) ?(?:year|yr|month|week|day|annum|tank|charge)\b|yearly|annually|monthly)/;

/** 140k on it, 88k gone since, she's at 88,700 now: said of a car without a unit. */
const ON_THE_CLOCK =
  /(?<![\d$£€¥.,])(\d{2,3}k|\d{2,3},\d{3}|\d{4,6}(?= on the (?:clock|odo|odometer|meter)))(?= (?:on (?:it|her|him|the (?:clock|odo|odometer|meter))|gone\b|done\b|already\b)(?! \w+ (?:followers|subscribers)))|\b(?:i'?m|it'?s|she'?s|car is|(?:last|next) (?:one |service |oil )?(?:was |is )?(?:done )?) ?(?:now )?at (\d{2,3}k|\d{2,3},\d{3})(?![\d,]|k? ?[a-z]*(?:rpm|degrees))/g;
const CAR =
  /\b(?:car|van|truck|transit|service|serviced|oil|brakes?|tyres?|tires?|belt|engine|gearbox|suv|ute|pickup|corolla|civic|golf|polo|clock|mileage|km|kms|miles|compressor|clutch|hybrid|diesel|petrol)\b/;
/** Sixty four thousand miles, in words. */
const IN_WORDS = new RegExp(`\\b(${ENGLISH_NUMBER})[ -]?(miles|km|kms|kilomet(?:er|re)s|k's)\\b`, "g");

/** Readings of the odometer, rounded to whole kilometres. */
export function readMileages(normalised: Normalised): MileageEntity[] {
  const { text } = normalised;
  const found: MileageEntity[] = [];
  const take = (from: number, to: number, km: number): void => {
    const span = originalSpan(normalised, from, to);
    const overlaps = found.some((other) => span.at < other.at + other.text.length && other.at < span.at + span.text.length);
    if (!overlaps && found.length < 10 && km > 0 && km <= 3_000_000) found.push({ ...span, km: Math.round(km) });
  };
  if (/公里|千米|km|迈|英里|mile|kilo|\dk? ?mi\b/.test(text)) {
    for (const match of matchesOf(text, WITH_UNIT)) {
      const value = parseNumber(match[1]!.replace(/(?<=\d) (?=\d)/g, ""));
      if (value === null || (/[-~]$/.test(text.slice(0, match.index)) === false && /[a-z\d]$/.test(text.slice(0, match.index)))) continue;
      const scaled = value * (match[2] === "万" ? 10_000 : match[2] === "千" || match[2] === "thousand" ? 1_000 : 1);
      const km = /^(?:英里|mi)/.test(match[3]!) ? scaled * MILE_KM : scaled;
      if (km < LEAST_KM && !CUE.test(text.slice(Math.max(0, match.index - 10), match.index))) continue;
      if (
        /时速|每小时|车速/.test(text.slice(Math.max(0, match.index - 6), match.index)) ||
        /^\s?(?:\/h|每小时|per hour)/.test(text.slice(match.index + match[0].length))
      )
        continue;
      // So much a year or on a tank is no reading.
      if (
        RATE_BEFORE.test(text.slice(Math.max(0, match.index - 16), match.index)) ||
        RATE_AFTER.test(text.slice(match.index + match[0].length, match.index + match[0].length + 16))
      )
        continue;
      take(match.index, match.index + match[0].length, km);
    }
  }
  if (CUE.test(text)) {
    for (const match of matchesOf(text, AFTER_CUE)) {
      const value = parseNumber(match[1]!);
      if (value === null || value < LEAST_KM) continue;
      const from = match.index + match[0].lastIndexOf(match[1]!);
      if (RATE_BEFORE.test(text.slice(Math.max(0, from - 16), from))) continue;
      take(from, from + match[1]!.length, value);
    }
  }
  if (normalised.hasLatin) {
    for (const match of matchesOf(text, IN_WORDS)) {
      const value = parseEnglishNumber(match[1]!.replace(/[ -]+$/, ""));
      const km = value === null ? 0 : value * (match[2] === "miles" ? MILE_KM : 1);
      if (km >= LEAST_KM) take(match.index, match.index + match[0].length, km);
    }
    if (normalised.hasDigit && CAR.test(text)) {
      for (const match of matchesOf(text, ON_THE_CLOCK)) {
        const said = match[1] ?? match[2]!;
        const from = match.index + match[0].length - said.length;
        take(from, from + said.length, parseNumber(said) ?? 0);
      }
    }
  }
  return found.sort((a, b) => a.at - b.at);
}
