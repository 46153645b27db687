/** Numbering plans of the places the shops' customers call from. Sources: ITU-T E.164 national plans of CN, HK, MO, TW, US/CA, GB, SG, AU. */
import type { Language } from "../../language.ts";

export interface DialledDigits {
  /** Digits only, without the plus. */
  readonly digits: string;
  /** Sizes of the typed groups; a sign of the country's habit. */
  readonly sizes: readonly number[];
  readonly plus: boolean;
  /** A word such as 电话 or "call me" stands near. */
  readonly cue: boolean;
  readonly asked: boolean;
  readonly language: Language | null;
  readonly spoken: boolean;
}

/** Country codes with the length of their national numbers. */
const COUNTRIES: readonly (readonly [code: string, least: number, most: number])[] = [
  ["852", 8, 8],
  ["853", 8, 8],
  ["886", 8, 9],
  ["86", 10, 12],
  ["1", 10, 10],
  ["44", 9, 10],
  ["65", 8, 8],
  ["61", 9, 9],
  ["60", 8, 10],
  ["81", 9, 10],
  ["82", 8, 10],
  ["91", 10, 10],
  ["49", 7, 11],
  ["33", 9, 9],
  ["353", 7, 9],
  ["64", 8, 10],
  ["62", 8, 12],
  ["63", 10, 10],
  ["66", 8, 9],
  ["84", 9, 10],
  ["7", 10, 10],
  ["34", 9, 9],
  ["39", 8, 11],
  ["971", 8, 9],
];

const MAINLAND_MOBILE = /^1[3-9]\d{9}$/;
/** Area codes: 010, 02x with eight digits, the rest 03xx–09xx with seven or eight; subscribers begin with 2–8. */
const MAINLAND_LANDLINE = /^0(?:10[2-8]\d{7}|2\d[2-8]\d{7}|[3-9]\d{2}[2-8]\d{6,7})$/;
const TAIWAN_MOBILE = /^09\d{8}$/;
const TAIWAN_LANDLINE = /^0(?:2\d{8}|[3-8]\d{7,8}|37\d{6}|49\d{7}|89\d{6})$/;
const HONG_KONG = /^[235689]\d{7}$/;
const NORTH_AMERICA = /^[2-9]\d{2}[2-9]\d{6}$/;

/**
 * E.164 of the digits, the digits as typed when a cue says they are a phone but no plan claims them, or `null` for no phone.
 * A plus or an unmistakable plan (mainland and Taiwan mobiles, 400 numbers, grouped landlines) needs no cue; eight bare digits do.
 */
export function classifyPhone(dialled: DialledDigits): string | null {
  const { digits, plus } = dialled;
  if (/^(\d)\1+$/.test(digits)) return null;
  if (plus) return international(digits);
  if (digits.startsWith("00")) {
    const value = international(digits.slice(2));
    if (value !== null) return value;
  }
  return china(dialled) ?? taiwan(dialled) ?? english(dialled) ?? hongKong(dialled) ?? bare(dialled);
}

function international(digits: string): string | null {
  for (const [code, least, most] of COUNTRIES) {
    if (!digits.startsWith(code)) continue;
    const national = digits.slice(code.length).replace(/^0/, "");
    if (national.length >= least && national.length <= most && (code !== "86" || /^[1-9]/.test(national))) return `+${code}${national}`;
  }
  return COUNTRIES.some(([code]) => digits.startsWith(code)) || digits.length < 8 || digits.length > 15 || digits.startsWith("0")
    ? null
    : `+${digits}`;
}

function china({ digits, sizes, language, cue }: DialledDigits): string | null {
  // 1-415-555-0132 is North America's long-distance form.
  if (sizes.join("-") === "1-3-3-4") return null;
  if (MAINLAND_MOBILE.test(digits)) return `+86${digits}`;
  if (/^861[3-9]\d{9}$/.test(digits)) return `+${digits}`;
  if (digits.length === 10 && /^[48]00[1-9]/.test(digits) && (digits[0] === "4" || language !== "en")) {
    return cue || (sizes.length > 1 && sizes[0] === 3) || digits[0] === "4" ? `+86${digits}` : null;
  }
  if (!MAINLAND_LANDLINE.test(digits)) return null;
  // 02079460958 is London as well as Guangzhou, 07700900123 a British mobile as well as Shenzhen's neighbour: the language tells.
  if (language === "en" && /^0[127]/.test(digits) && digits.length === 11) return null;
  const grouped = sizes.length > 1 && sizes[0]! >= 3 && sizes[0]! <= 4;
  return grouped || sizes.length === 1 || cue ? `+86${digits.slice(1)}` : null;
}

function taiwan({ digits, sizes, language, cue }: DialledDigits): string | null {
  if (TAIWAN_MOBILE.test(digits)) return `+886${digits.slice(1)}`;
  if (!TAIWAN_LANDLINE.test(digits) || language === "en") return null;
  const grouped = sizes.length > 1 && sizes[0]! >= 2 && sizes[0]! <= 4;
  return grouped || cue ? `+886${digits.slice(1)}` : null;
}

function english({ digits, sizes, language, cue }: DialledDigits): string | null {
  const shape = sizes.join("-");
  const british = /^0(?:7\d{9}|[123]\d{8,9}|800\d{6,7})$/.test(digits);
  if (british && (language === "en" || shape === "5-6" || shape === "5-3-3")) return `+44${digits.slice(1)}`;
  if (language === "en" && /^04\d{8}$/.test(digits) && (shape === "4-3-3" || cue)) return `+61${digits.slice(1)}`;
  if (language === "en" && /^08[35-9]\d{7}$/.test(digits) && (shape === "3-3-4" || shape === "3-7" || cue)) return `+353${digits.slice(1)}`;
  const national = digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits;
  if (NORTH_AMERICA.test(national)) {
    const grouped = shape === "3-3-4" || shape === "1-3-3-4" || shape === "3-7";
    if (grouped || (cue && language === "en" && digits.length === 10 && /^[2-5]/.test(digits))) return `+1${national}`;
  }
  return null;
}

function hongKong({ digits, sizes, language, cue, asked, spoken }: DialledDigits): string | null {
  if (/^85[23][235689]\d{7}$/.test(digits)) return `+${digits}`;
  if (!HONG_KONG.test(digits)) return null;
  const year = /^20[0-4]\d/.test(digits);
  const grouped = sizes.length === 2 && sizes[0] === 4;
  if (grouped && !year) return `+852${digits}`;
  // Eight digits in a row may be a date or the local half of a mainland landline.
  if (!cue && !asked && !(spoken && language === "zh-TW")) return null;
  if (year && !asked) return null;
  return language === "zh-CN" && sizes.length === 1 ? digits : `+852${digits}`;
}

/** What a cue calls a phone although no plan knows it. */
function bare({ digits, sizes, cue, asked }: DialledDigits): string | null {
  if (!cue && !asked) return null;
  if (digits.length < 7 || digits.length > 13) return null;
  if (/^20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(digits)) return null;
  // Clock readings and dates after "call me" (12.30-14.30) come in pairs of digits.
  return sizes.length <= 4 && Math.max(...sizes) >= 3 && (sizes.length === 1 || sizes[0]! >= 2) ? digits : null;
}
