/** Times, money and names as people of each language write them. */
import type { Estimate } from "../booking/state.ts";
import type { Title } from "../customers/state.ts";
import type { Language } from "../language.ts";
import { dayOf, daysBetween, type Instant, wallClock } from "../time.ts";

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  "zh-CN": ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  "zh-TW": ["週一", "週二", "週三", "週四", "週五", "週六", "週日"],
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NEAR: Readonly<Record<Language, readonly [string, string, string]>> = {
  "zh-CN": ["今天", "明天", "后天"],
  "zh-TW": ["今天", "明天", "後天"],
  en: ["today", "tomorrow", ""],
};

const two = (value: number): string => String(value).padStart(2, "0");

/** Between the entries of a list. */
export const comma = (language: Language): string => (language === "en" ? ", " : "、");
/** Between facts in one line. */
export const semicolon = (language: Language): string => (language === "en" ? "; " : "；");

/** `14:00` */
export function formatClock(at: Instant, zone: string): string {
  const wall = wallClock(at, zone);
  return `${two(wall.hour)}:${two(wall.minuteOfHour)}`;
}

/** `11月24日（周二）`, `Tue 24 Nov`; the year only when it is not this one. */
export function formatDay(at: Instant, language: Language, zone: string, now: Instant): string {
  const wall = wallClock(at, zone);
  const weekday = WEEKDAYS[language][wall.weekday - 1]!;
  const otherYear = wall.year !== wallClock(now, zone).year;
  if (language === "en") return `${weekday} ${wall.date} ${MONTHS[wall.month - 1]}${otherYear ? ` ${wall.year}` : ""}`;
  return `${otherYear ? `${wall.year}年` : ""}${wall.month}月${wall.date}日（${weekday}）`;
}

/** Day and clock: `明天 11月24日（周二）14:00`, `tomorrow, Tue 24 Nov, 14:00`. */
export function formatDateTime(at: Instant, language: Language, zone: string, now: Instant): string {
  const ahead = daysBetween(dayOf(now, zone), dayOf(at, zone));
  const near = ahead >= 0 && ahead < 3 ? NEAR[language][ahead]! : "";
  const day = formatDay(at, language, zone, now);
  const clock = formatClock(at, zone);
  if (language === "en") return `${near ? `${near}, ` : ""}${day}, ${clock}`;
  return `${near}${near ? " " : ""}${day}${clock}`;
}

/** A short label for a button: `周二 24日 14:00`, `Tue 24, 14:00`. */
export function formatOffer(at: Instant, language: Language, zone: string): string {
  const wall = wallClock(at, zone);
  const weekday = WEEKDAYS[language][wall.weekday - 1]!;
  return language === "en"
    ? `${weekday} ${wall.date} ${MONTHS[wall.month - 1]}, ${formatClock(at, zone)}`
    : `${weekday} ${wall.month}月${wall.date}日 ${formatClock(at, zone)}`;
}

const SIGNS: Readonly<Record<string, string>> = { CNY: "¥", TWD: "NT$", HKD: "HK$", USD: "$", EUR: "€", GBP: "£", SGD: "S$" };

/** `¥1,280`, with cents only where there are some. */
export function formatMoney(minor: number, currency: string): string {
  const whole = Math.trunc(minor / 100);
  const cents = Math.abs(minor % 100);
  return `${SIGNS[currency] ?? `${currency} `}${whole.toLocaleString("en-US")}${cents ? `.${two(cents)}` : ""}`;
}

/** `¥120`, `¥120–¥420` */
export function formatEstimate(estimate: Estimate): string {
  const low = formatMoney(estimate.lowMinor, estimate.currency);
  return estimate.lowMinor === estimate.highMinor ? low : `${low}–${formatMoney(estimate.highMinor, estimate.currency)}`;
}

/** A phone as people of its country write it; one we can't place stays as it is. */
export function formatPhone(phone: string): string {
  const mainland = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(phone);
  if (mainland) return `${mainland[1]} ${mainland[2]} ${mainland[3]}`;
  const hongKong = /^\+85([23])(\d{4})(\d{4})$/.exec(phone);
  if (hongKong) return `${hongKong[2]} ${hongKong[3]}`;
  const taiwan = /^\+886(9\d{2})(\d{3})(\d{3})$/.exec(phone);
  if (taiwan) return `0${taiwan[1]}-${taiwan[2]}-${taiwan[3]}`;
  return phone;
}

const COMPOUND_SURNAMES = [
  "欧阳",
  "歐陽",
  "司徒",
  "司马",
  "司馬",
  "诸葛",
  "諸葛",
  "上官",
  "慕容",
  "尉迟",
  "尉遲",
  "皇甫",
  "令狐",
  "长孙",
  "長孫",
  "宇文",
  "夏侯",
  "东方",
  "東方",
];

/** Family name of a Chinese name; the last word of a Latin one. */
export function surnameOf(name: string): string {
  if (/\p{Script=Han}/u.test(name)) return COMPOUND_SURNAMES.find((surname) => name.startsWith(surname)) ?? [...name][0]!;
  return name.trim().split(/\s+/).at(-1)!;
}

/**
 * How the customer is addressed (relations manual: first the full name, afterwards surname + 先生/女士; unknown → 您好).
 *
 * @returns "" when the name is unknown
 */
export function addressForm(name: string | null, title: Title | null, language: Language, first: boolean): string {
  if (!name) return "";
  const titled = title !== null;
  if (language === "en" || !/\p{Script=Han}/u.test(name)) {
    if (language === "en") return titled ? `${ENGLISH_TITLES[title]} ${latinSurname(name)}` : name;
    return titled ? `${name}${chineseTitle(title, language)}` : name;
  }
  // A bare surname is no way to call anybody.
  if (!titled && [...name].length === 1) return "";
  const word = titled ? chineseTitle(title, language) : "";
  if (first || !titled) return `${name}${word}`;
  return `${surnameOf(name)}${word}`;
}

const ENGLISH_TITLES: Readonly<Record<Title, string>> = { mr: "Mr", ms: "Ms", mrs: "Mrs" };

/** 太太 is said alike everywhere; 小姐 in Taiwan and Hong Kong for what is 女士 on the mainland. */
function chineseTitle(title: Title, language: Language): string {
  if (title === "mr") return "先生";
  if (title === "mrs") return "太太";
  return language === "zh-TW" ? "小姐" : "女士";
}

const latinSurname = (name: string): string => (/\p{Script=Han}/u.test(name) ? name : surnameOf(name));
