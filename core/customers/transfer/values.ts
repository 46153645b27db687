/** Values as people write them in tables. */
import { type Birthday, parseBirthday } from "../../calendar/birthdays.ts";
import type { DayKey } from "../../time.ts";

/** A heading or name without what people write differently. */
export const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_*]/g, "");

/** A phone in E.164 where its country is plain; `null` when it is none. */
export function transferPhone(text: string): string | null {
  const digits = text.normalize("NFKC").replace(/[^\d+]/g, "");
  if (/^\+\d{8,15}$/.test(digits)) return digits;
  if (/^(?:0086|86)?1[3-9]\d{9}$/.test(digits)) return `+86${digits.slice(-11)}`;
  if (/^09\d{8}$/.test(digits)) return `+886${digits.slice(1)}`;
  if (/^0\d{2,3}\d{7,8}$/.test(digits)) return digits;
  return /^\d{7,12}$/.test(digits) ? digits : null;
}

/** A calendar day as people write it; `null` when it is none. */
export function transferDay(text: string): DayKey | null {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text.normalize("NFKC").trim());
  if (!match) return null;
  const day = `${match[1]}-${match[2]!.padStart(2, "0")}-${match[3]!.padStart(2, "0")}`;
  const back = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(back.getTime()) && back.toISOString().startsWith(day) ? day : null;
}

/** A birthday as people write it (03-12, 1985/3/12, 农历 08-15); `null` when it is none. */
export function transferBirthday(text: string): Birthday | null {
  const plainText = text.normalize("NFKC").trim();
  const lunar = /^(农历|農曆|阴历|陰曆|lunar)/i.test(plainText);
  const solar = transferDay(plainText);
  if (!lunar && solar !== null) return parseBirthday(solar);
  return parseBirthday(plainText.replace(/[/.年月]/g, "-").replace(/日.*$/, ""));
}

/** A birthday as {@link transferBirthday} reads it. */
export function birthdayText({ calendar, year, month, date, leap }: Birthday): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${calendar === "lunar" ? "农历 " : ""}${year === null ? "" : `${year}-`}${leap ? "闰" : ""}${two(month)}-${two(date)}`;
}

/** How rows of other sheets name a customer: by code, or by phone. */
export function customerKey(text: string): string {
  return transferPhone(text) ?? text.normalize("NFKC").trim().toUpperCase();
}

/** Says what is wrong with a column of the row, in Chinese and English. */
export type Complain = (column: string, zh: string, en: string) => void;
