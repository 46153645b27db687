import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBusinessCalendar } from "../../../../core/calendar/business.ts";
import { fold } from "../../../../core/understanding/datetime/fold.ts";
import { readDateTimes } from "../../../../core/understanding/datetime/index.ts";
import { instant, NOW, show, ZONE } from "./table.ts";

const now = instant(NOW);
const words = [
  "明天",
  "后天",
  "下周三",
  "下午",
  "两点",
  "半",
  "到",
  "三点",
  "不要",
  "改成",
  "周五",
  "15号",
  "月底",
  "春节",
  "后",
  "第一个工作日",
  "，",
  "。",
  " ",
  "或",
  "3",
  ":",
  "30",
  "pm",
  "tomorrow",
  "next",
  "Tuesday",
  "at",
  "the",
  "5th",
  "of",
  "May",
  "between",
  "and",
  "not",
  "in",
  "two",
  "hours",
  "week",
  "from",
  "Friday",
  "noon",
  "/",
  "-",
  "农历",
  "现在",
  "季度",
  "开始",
  "小时",
  "now",
  "end",
  "day",
  "for",
  "until",
  "quarter",
  "weekend",
  "later",
  "last",
  "初八",
  "一点",
  "__proto__",
  "constructor",
  "\u202e",
  "\u0000",
  "😀",
  "İ",
  "ß",
];

describe("readDateTimes on any text", () => {
  it("never throws, and every span is verbatim with finite, ordered instants", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((list) => list.join("")),
      fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((list) => list.join(" ")),
    );
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: instant("2001-01-01"), max: instant("2099-01-01") }),
        fc.constantFrom("Asia/Shanghai", "Europe/London", "America/New_York"),
        (said, at, zone) => {
          for (const entity of readDateTimes(said, { now: at, zone })) {
            expect(said.slice(entity.at, entity.at + entity.text.length)).toBe(entity.text);
            expect(entity.text).not.toBe("");
            expect(Number.isFinite(entity.start)).toBe(true);
            if (entity.end !== null) expect(entity.end).toBeGreaterThan(entity.start);
            else expect(entity.grain).toBe("minute");
          }
        },
      ),
      { numRuns: 800 },
    );
  }, 30_000);

  it.each([
    ["a hundred thousand characters", "明天下午两点".repeat(20_000)],
    ["five hundred spaces between words", `明天${" ".repeat(500)}下午${" ".repeat(500)}两点`],
    ["five hundred spaces between English words", `next${" ".repeat(500)}Tuesday${" ".repeat(500)}at${" ".repeat(500)}3`],
    ["thousands of digits", "1234567890".repeat(1_000)],
    ["thousands of Chinese numerals", "一二三四五六七八九十".repeat(1_000)],
    ["thousands of slashes between digits", "1/2/".repeat(2_000)],
    ["repeated ranges", "2-4".repeat(2_000)],
    ["repeated half phrases", "the first Monday of the ".repeat(400)],
    ["repeated corrections", "不要明天,改成".repeat(1_000)],
    ["repeated days after days", "the day after ".repeat(500)],
    ["repeated relations", "3 days after ".repeat(500)],
    ["repeated lengths", "for two hours from ".repeat(500)],
    ["repeated lengths of two parts", "1 day 2 hours ".repeat(500)],
    ["repeated moments", "from now until ".repeat(500)],
    ["repeated ends", "end of the ".repeat(800)],
    ["repeated weekends of weekends", "weekend of ".repeat(800)],
    ["repeated week numbers", "week 12 ".repeat(1_000)],
    ["repeated quarters", "明年第一季度".repeat(1_000)],
    ["repeated Chinese lengths", "开始两个小时".repeat(1_000)],
  ])("answers %s and reports a bounded number of times", (_, text) => {
    expect(readDateTimes(text, { now, zone: ZONE }).length).toBeLessThanOrEqual(16);
  });

  it("reports the position in the original, wide characters included", () => {
    const [entity] = readDateTimes("😀您好　，明天下午２：３０来", { now, zone: ZONE });
    expect(entity).toMatchObject({ text: "明天下午２：３０", at: 6, start: instant("2026-11-19T14:30") });
  });

  it("refuses an unknown zone", () => {
    expect(() => readDateTimes("明天", { now, zone: "Mars/Olympus" })).toThrow(RangeError);
  });
});

describe("readDateTimes says what was said", () => {
  it.each([
    ["明天", true, false],
    ["两点", false, true],
    ["下午", false, true],
    ["明天两点", true, true],
    ["in two hours", true, true],
  ])("%s: day said %s, time said %s", (text, daySaid, timeSaid) => {
    expect(readDateTimes(text, { now, zone: ZONE })[0]).toMatchObject({ daySaid, timeSaid });
  });

  it("marks a bare twelve and an English 3/4 as ambiguous, and neither 中午12点 nor 25/12", () => {
    const ambiguous = (text: string): boolean | undefined => readDateTimes(text, { now, zone: ZONE })[0]?.ambiguous;
    expect(ambiguous("12点")).toBe(true);
    expect(ambiguous("on 3/4")).toBe(true);
    expect(ambiguous("中午12点")).toBe(false);
    expect(ambiguous("25/12")).toBe(false);
    expect(ambiguous("两点")).toBe(false);
  });
});

describe("readDateTimes with a business calendar", () => {
  const weekly = {
    mon: [],
    tue: ["09:00-17:00"],
    wed: ["09:00-12:00", "13:00-19:30"],
    thu: ["09:00-17:00"],
    fri: ["09:00-17:00"],
    sat: ["10:00-16:00"],
    sun: [],
  };
  const calendar = createBusinessCalendar({ weekly, closed: [], special: {}, holidays: "cn" }, ZONE);
  const read = (text: string, at = now): string => {
    const [first] = readDateTimes(text, { now: at, zone: ZONE, calendar });
    return first ? show(first) : "none";
  };

  it.each([
    ["after 3pm", "2026-11-18T15:00~19:30 range"],
    ["明天下午三点以后", "2026-11-19T15:00~17:00 range"],
    ["周六12点前", "2026-11-21T10:00~12:00 range"],
    ["下个工作日", "2026-11-19"],
    ["五个工作日后", "2026-11-26"],
  ])("%s is %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it("finds the first day on which the shop opens after a holiday", () => {
    // 8 October 2026 is a Thursday; the swapped Saturday and the Monday on which the shop is shut do not matter.
    expect(read("节后上班第一天", instant("2026-10-03T10:00"))).toBe("2026-10-08");
    // After the holiday of 2026-01-01 to -03 the swapped Sunday is open with Monday's hours, which are none: Tuesday.
    expect(read("节后上班第一天", instant("2026-01-02T10:00"))).toBe("2026-01-06");
  });
});

describe("fold", () => {
  it("keeps the length of any text, so that positions stay", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => fold(text, 4_000).length === Math.min(4_000, text.length)));
  });

  it("maps each traditional character to its simplified one", () => {
    expect(fold("後天下午兩點鐘，禮拜三聽日晏晝", 100)).toBe("后天下午两点钟,礼拜三听日晏昼");
    expect(fold("ＴＯＭＯＲＲＯＷ　３ＰＭ", 100)).toBe("tomorrow 3pm");
  });
});
