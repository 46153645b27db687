import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDateTimes } from "../../../../core/understanding/datetime/index.ts";
import { TEXT_LIMIT } from "../../../../core/understanding/text/index.ts";
import type { Question, Span } from "../../../../core/understanding/types.ts";
import { kinds, read } from "./read.ts";

const pieces = [
  "13800138000",
  "沪A12345",
  "WX20260718",
  "AX-1032",
  "380块",
  "3万公里",
  "8分",
  "王先生",
  "我叫李雷",
  "上海市浦东新区张江路100号5栋203室",
  "12 High Street, flat 3B",
  "1HGCM82633A004352",
  "mr chan",
  "my name is tom",
  " ",
  ",",
  "，",
  "。",
  "\n",
  "-",
  "+",
  "(",
  "号",
  "路",
  "栋",
  "一二三四五六七八",
  "one two three four five six seven",
  "⭐⭐",
  "$",
  "¥",
  "０１２",
  "\u200b",
  "\u202e",
  "\ud83d",
  "😀",
  "__proto__",
];
const questions: (Question | null)[] = [null, "phone", "plate", "name", "address", "score", "order_no", "product"];

function checkSpans(typed: string, asked: Question | null): void {
  const all = Object.values(read(typed, { asked })).flat() as Span[];
  for (const entity of all) {
    expect(entity.text.length).toBeGreaterThan(0);
    expect(typed.slice(entity.at, entity.at + entity.text.length)).toBe(entity.text);
  }
  const sorted = [...all].sort((a, b) => a.at - b.at);
  for (let i = 1; i < sorted.length; i += 1) expect(sorted[i]!.at).toBeGreaterThanOrEqual(sorted[i - 1]!.at + sorted[i - 1]!.text.length);
}

describe("readEntities on anything", () => {
  test("never throws, spans are verbatim and do not overlap, on arbitrary text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 120 }), fc.constantFrom(...questions), checkSpans), { numRuns: 300 });
  });

  test("never throws, spans are verbatim and do not overlap, on shuffled pieces of real messages", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), fc.constantFrom(...questions), (parts, asked) =>
        checkSpans(parts.join(""), asked),
      ),
      { numRuns: 600 },
    );
  });

  test.each([
    ["100 kB of Chinese", "路".repeat(100_000)],
    ["100 kB of house numbers", "1号".repeat(50_000)],
    ["10,000 digits", "1".repeat(10_000)],
    ["10,000 mixed digits", "1380013 ".repeat(1_250)],
    ["500 spaces", `a${" ".repeat(500)}b`],
    ["digits apart", "1 ".repeat(5_000)],
    ["Chinese digits", "一".repeat(10_000)],
    ["capital words", "Aa ".repeat(5_000)],
    ["streets", "12 High Street, ".repeat(500)],
    ["units", "flat 3b, ".repeat(500)],
    ["English numbers", "one ".repeat(3_000)],
    ["titles", "Mr ".repeat(3_000)],
    ["surnames", "王".repeat(10_000)],
    ["stars", "⭐".repeat(5_000)],
    ["dollars", "$1".repeat(5_000)],
    ["mixed directions", "\u202e\u202d\u2067العربية123".repeat(500)],
    ["marks", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301".repeat(1_000)],
    ["lone surrogates", "\ud83d\udc00\ud800".repeat(1_000)],
    ["prototype words", "__proto__ constructor hasOwnProperty 号 toString"],
    ["zero-width characters", "明\u200b天\u200b收\u200b300\u200b".repeat(2_000)],
    ["homoglyphs", "аіrсоn 沪А12345 ".repeat(2_000)],
    ["repeated times", "明天下午两点 next Tuesday at 3 ".repeat(4_000)],
    ["repeated prices", "收我380块,退200 ".repeat(5_000)],
    ["control characters", "\u0000\u0001\u0002\u007f".repeat(1_000)],
  ])("answers %s without a throw and with a bounded result", (_name, text) => {
    for (const asked of questions) {
      const found = read(text, { asked });
      expect(Object.values(found).flat().length).toBeLessThanOrEqual(200);
    }
    // The work is bounded by the characters that are read, not by the clock of the machine the test runs on.
    expect(read(text)).toEqual(read(text.slice(0, TEXT_LIMIT)));
    const context = { now: 1_795_000_000_000, zone: "Asia/Shanghai" };
    expect(readDateTimes(text, context)).toEqual(readDateTimes(text.slice(0, TEXT_LIMIT), context));
  });

  test("gives nothing for nothing", () => {
    expect(kinds(read(""))).toEqual([]);
    expect(kinds(read("   \n "))).toEqual([]);
  });

  test("one message with everything is taken apart without overlaps", () => {
    const found = read(
      "我叫李雷，电话13800138000，车牌沪A12345，订单WX20260718，跑了3万公里，住上海市浦东新区张江路100号5栋203室，上次收了380块，给9分",
    );
    expect({
      name: found.name[0]?.value,
      phone: found.phone[0]?.value,
      plate: found.plate[0]?.value,
      order: found.order_no[0]?.value,
      km: found.mileage[0]?.km,
      address: found.address[0]?.text,
      minor: found.amount[0]?.minor,
      score: found.score[0]?.value,
    }).toEqual({
      name: "李雷",
      phone: "+8613800138000",
      plate: "沪A12345",
      order: "WX20260718",
      km: 30_000,
      address: "上海市浦东新区张江路100号5栋203室",
      minor: 38_000,
      score: 9,
    });
  });

  test("pieces already read as times are no scores and no names", () => {
    expect(kinds(read("5/10", { taken: [{ text: "5/10", at: 0 }] }))).toEqual([]);
  });
});
