import { describe, expect, test } from "vitest";
import type { Language } from "../../../../core/language.ts";
import { detectLanguage, stem } from "../../../../core/understanding/text/index.ts";

const cases: [text: string, language: Language, fallback?: Language][] = [
  ["空调坏了,明天能来吗", "zh-CN"],
  ["冷氣壞了，明天可以來嗎", "zh-TW"],
  ["部冷氣唔凍呀", "zh-TW"],
  ["唔該聽日嚟睇下", "zh-TW"],
  ["my fridge is leaking", "en"],
  ["你好", "zh-CN"],
  ["你好", "zh-TW", "zh-TW"],
  ["你好", "zh-CN", "en"],
  ["ok", "en"],
  ["ok", "zh-CN", "zh-CN"],
  ["ok", "zh-TW", "zh-TW"],
  ["10:30", "zh-CN"],
  ["10:30", "en", "en"],
  ["13800138000", "zh-TW", "zh-TW"],
  ["WX20260718", "zh-CN", "zh-CN"],
  ["👍", "en", "en"],
  ["", "zh-CN"],
  ["Sarah Lee", "zh-CN", "zh-CN"],
  ["Sarah Lee", "en"],
  ["什么时候", "zh-CN"],
  ["什麼時候", "zh-TW"],
  ["怎么走", "zh-CN"],
  ["公里里程", "zh-TW", "zh-TW"],
  ["想book个slot,周五afternoon", "zh-CN"],
  ["取消我的 booking 吧,谢谢", "zh-CN"],
  ["想 book annual service，架 Golf，下星期三得唔得", "zh-TW"],
  ["My address is 上海市浦东新区张江路100号5栋203室", "en"],
  ["please ask 王师傅 to call me back today", "en"],
  ["I need to move my booking", "en", "zh-CN"],
  ["cancel my booking please", "en", "zh-TW"],
  ["帮我取消预约", "zh-CN", "en"],
  ["幫我取消預約", "zh-TW", "zh-CN"],
  ["ㄐㄧㄡˋㄇㄧㄥˋ 玻璃", "zh-TW"],
  ["привет", "en"],
  ["sửa máy lạnh", "en"],
  ["Model Y 保养", "zh-CN"],
];

describe("detectLanguage", () => {
  test.each(cases)("takes %j for %s (fallback %s)", (text, language, fallback) => {
    expect(detectLanguage(text, fallback ?? null)).toBe(language);
  });
});

describe("stem", () => {
  test.each([
    ["leaks", "leak"],
    ["leaking", "leak"],
    ["leaked", "leak"],
    ["broke", "broken"],
    ["ac", "ac"],
    ["gas", "gas"],
    ["e4", "e4"],
    ["__proto__", "__proto__"],
  ])("stem(%j) is %j", (word, expected) => {
    expect(stem(word)).toBe(expected);
  });
});
