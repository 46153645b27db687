import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { MileageEntity } from "../types.ts";
import { NUMBER, parseNumber } from "./numbers.ts";

/** Kilometres of a statute mile. */
const MILE_KM = 1.609344;
/** Below this a distance without a word of the odometer is a way, not a mileage, km. */
const LEAST_KM = 500;

const WITH_UNIT = new RegExp(
  `(${NUMBER})(?:\\s?(?:多|来|几))?\\s?(万|千)?(?:多)?\\s?(公里|千米|km|kms|kilomet(?:er|re)s?|迈|英里|miles?|mi)(?![a-z])`,
  "g",
);
const AFTER_CUE = new RegExp(
  `(?:里程表?数?|公里数|表显|行驶了?|跑了|开了|odometer|odo|mileage|on the clock)(?:\\s?(?:is|reads?|shows?|at|about|around|大概|大约|差不多|快|有|是|为|到|:|已经)){0,3}\\s?(${NUMBER})(?:\\s?多)?(?![\\d年月天个小时点分次趟块元]|\\s?(?:years?|months?|days?|hours?|times?))`,
  "g",
);
const CUE = /里程|公里数|表显|跑了|行驶|开了|odo|mileage|clock|保养|service/;

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
    for (const match of text.matchAll(WITH_UNIT)) {
      const value = parseNumber(match[1]!);
      if (value === null || (/[-~]$/.test(text.slice(0, match.index)) === false && /[a-z\d]$/.test(text.slice(0, match.index)))) continue;
      const scaled = value * (match[2] === "万" ? 10_000 : match[2] === "千" ? 1_000 : 1);
      const km = /^(?:英里|mi)/.test(match[3]!) ? scaled * MILE_KM : scaled;
      if (km < LEAST_KM && !CUE.test(text.slice(Math.max(0, match.index - 10), match.index))) continue;
      if (
        /时速|每小时|车速/.test(text.slice(Math.max(0, match.index - 6), match.index)) ||
        /^\s?(?:\/h|每小时|per hour)/.test(text.slice(match.index + match[0].length))
      )
        continue;
      take(match.index, match.index + match[0].length, km);
    }
  }
  if (CUE.test(text)) {
    for (const match of text.matchAll(AFTER_CUE)) {
      const value = parseNumber(match[1]!);
      if (value === null || value < LEAST_KM) continue;
      const from = match.index + match[0].lastIndexOf(match[1]!);
      take(from, from + match[1]!.length, value);
    }
  }
  return found.sort((a, b) => a.at - b.at);
}
