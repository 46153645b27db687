/** Patterns and small readers that the Chinese rules for days share. */
import { type Draft, piece, type Slice } from "./spec.ts";

/** This, last, next, as they stand before a week or a weekday. Source with one group. */
export const SHIFT = "(上上|上|下下下|下下|下|这|本|今|那|呢)";
export const WEEK = "(?:周|星期|礼拜|拜(?=[一二三四五六日天]))";

export const SLICES: Readonly<Record<string, Slice>> = {
  底: "end",
  末: "end",
  尾: "end",
  初: "early",
  头: "early",
  上旬: "early",
  中: "middle",
  中旬: "middle",
  下旬: "late",
  上半: "first-half",
  下半: "second-half",
};
export const SLICE = "(底|末|尾|初|头|上旬|中旬|中|下旬)";
/** 初中, 月中 as “within”: not slices. */
export const SLICE_END = /(?:初[级中步]|中(?:间|国|心|央|秋)|头[条部])/y;

/** Characters with which a number begins. */
export const DIGIT_OR_HAN = "0123456789一二两三四五六七八九十廿卅零半";

/** A date piece, or `null` when there is no such day or month. */
export function datePiece(
  at: number,
  end: number,
  year: number | null,
  yearOffset: number | undefined,
  month: number | null,
  date: number,
): Draft | null {
  if (!(date >= 1 && date <= 31) || (month !== null && !(month >= 1 && month <= 12))) return null;
  return piece(at, end, { day: { is: "date", year, yearOffset, month, date } });
}
