import { describe, expect, test } from "vitest";
import { LANGUAGES, type Language } from "../../../core/language.ts";
import {
  addressForm,
  formatClock,
  formatDateTime,
  formatDay,
  formatEstimate,
  formatMoney,
  formatOffer,
  formatPhone,
  surnameOf,
} from "../../../core/wording/format.ts";

const SHANGHAI = "Asia/Shanghai";
const at = (iso: string): number => Date.parse(`${iso}+08:00`);
const NOW = at("2026-12-30T10:00:00");

describe("formatDateTime", () => {
  test.each<readonly [string, string, string, string]>([
    ["2026-12-30T14:05:00", "今天 12月30日（周三）14:05", "今天 12月30日（週三）14:05", "today, Wed 30 Dec, 14:05"],
    ["2026-12-31T00:00:00", "明天 12月31日（周四）00:00", "明天 12月31日（週四）00:00", "tomorrow, Thu 31 Dec, 00:00"],
    ["2027-01-01T09:30:00", "后天 2027年1月1日（周五）09:30", "後天 2027年1月1日（週五）09:30", "Fri 1 Jan 2027, 09:30"],
    ["2027-01-02T23:59:00", "2027年1月2日（周六）23:59", "2027年1月2日（週六）23:59", "Sat 2 Jan 2027, 23:59"],
    ["2026-12-29T09:00:00", "12月29日（周二）09:00", "12月29日（週二）09:00", "Tue 29 Dec, 09:00"],
    ["2025-12-28T09:00:00", "2025年12月28日（周日）09:00", "2025年12月28日（週日）09:00", "Sun 28 Dec 2025, 09:00"],
  ])("%s is written as people write it", (iso, ...wanted) => {
    expect(LANGUAGES.map((language) => formatDateTime(at(iso), language, SHANGHAI, NOW))).toStrictEqual(wanted);
  });

  test("the day and the clock are those of the zone", () => {
    expect(formatDateTime(Date.parse("2026-12-30T20:00:00Z"), "en", SHANGHAI, NOW)).toBe("tomorrow, Thu 31 Dec, 04:00");
    expect(formatClock(Date.parse("2026-12-30T20:00:00Z"), "Europe/Berlin")).toBe("21:00");
  });
});

test("formatDay leaves out the year of today", () => {
  expect(LANGUAGES.map((language) => formatDay(at("2026-12-31T12:00:00"), language, SHANGHAI, NOW))).toStrictEqual([
    "12月31日（周四）",
    "12月31日（週四）",
    "Thu 31 Dec",
  ]);
});

test("formatOffer is short enough for a button", () => {
  expect(LANGUAGES.map((language) => formatOffer(at("2026-11-24T14:00:00"), language, SHANGHAI))).toStrictEqual([
    "周二 11月24日 14:00",
    "週二 11月24日 14:00",
    "Tue 24 Nov, 14:00",
  ]);
});

test.each([
  [0, "CNY", "¥0"],
  [5, "CNY", "¥0.05"],
  [12_000, "CNY", "¥120"],
  [128_050, "CNY", "¥1,280.50"],
  [123_456_789, "TWD", "NT$1,234,567.89"],
  [10_000, "HKD", "HK$100"],
  [10_000, "USD", "$100"],
  [10_000, "JPY", "JPY 100"],
])("formatMoney(%i, %s) is %s", (minor, currency, wanted) => {
  expect(formatMoney(minor, currency)).toBe(wanted);
});

test("formatEstimate is one price when fixed, and a range when not", () => {
  const estimate = { lowMinor: 12_000, highMinor: 42_000, currency: "CNY", afterDiagnosis: false };
  expect(formatEstimate(estimate)).toBe("¥120–¥420");
  expect(formatEstimate({ ...estimate, highMinor: 12_000 })).toBe("¥120");
});

test.each([
  ["+8613800138000", "138 0013 8000"],
  ["+85291234567", "9123 4567"],
  ["+85366123456", "6612 3456"],
  ["+886912345678", "0912-345-678"],
  ["+14155550132", "+14155550132"],
  ["02164287316", "02164287316"],
])("formatPhone writes %s as %s", (phone, wanted) => {
  expect(formatPhone(phone)).toBe(wanted);
});

test.each([
  ["王芳", "王"],
  ["欧阳娜娜", "欧阳"],
  ["歐陽娜娜", "歐陽"],
  ["諸葛亮", "諸葛"],
  ["John Ronald Smith", "Smith"],
  ["Madonna", "Madonna"],
])("the surname of %s is %s", (name, wanted) => {
  expect(surnameOf(name)).toBe(wanted);
});

describe("addressForm", () => {
  const table: readonly (readonly [string | null, "mr" | "ms" | "mrs" | null, Language, string, string])[] = [
    // name, title, language, first time, afterwards
    [null, "mr", "zh-CN", "", ""],
    ["", null, "en", "", ""],
    ["王芳", "ms", "zh-CN", "王芳女士", "王女士"],
    ["王芳", "ms", "zh-TW", "王芳小姐", "王小姐"],
    ["王強", "mr", "zh-TW", "王強先生", "王先生"],
    ["欧阳锋", "mr", "zh-CN", "欧阳锋先生", "欧阳先生"],
    ["王芳", null, "zh-CN", "王芳", "王芳"],
    ["Sarah Lee", "ms", "en", "Ms Lee", "Ms Lee"],
    ["Sarah Lee", null, "en", "Sarah Lee", "Sarah Lee"],
    ["Sarah Lee", "ms", "zh-CN", "Sarah Lee女士", "Sarah Lee女士"],
    ["王芳", "ms", "en", "Ms 王芳", "Ms 王芳"],
    ["陳慧", "mrs", "zh-TW", "陳慧太太", "陳太太"],
    ["陈慧", "mrs", "zh-CN", "陈慧太太", "陈太太"],
    ["Ann Chan", "mrs", "en", "Mrs Chan", "Mrs Chan"],
  ];
  test.each(table)("%s (%s) in %s is first %j, then %j", (name, title, language, first, later) => {
    expect(addressForm(name, title, language, true)).toBe(first);
    expect(addressForm(name, title, language, false)).toBe(later);
  });
});
