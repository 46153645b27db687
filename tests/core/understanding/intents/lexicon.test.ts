import { describe, expect, test } from "vitest";
import { loadLexicon } from "../../../../core/understanding/intents/files.ts";
import { createLexicon } from "../../../../core/understanding/intents/lexicon.ts";
import { normalise } from "../../../../core/understanding/text/index.ts";

describe("createLexicon", () => {
  const lexicon = createLexicon({
    dialect: "// remark\n唔使|毋須=不用\n唔=不\n係=是\n關係=关系\nair con=ac\ncan't=can not\nbook=预约",
    concepts: "cancel: 取消|call off|cancel*\nneg: 不用|can't\nprice: 多少钱|how much",
  });

  test.each([
    ["唔使嚟", "不用嚟"],
    ["唔係", "不是"],
    ["關係", "关系"],
    ["my air con is off", "my ac is off"],
    ["i can't", "i can not"],
    ["i want to book", "i want to book"],
    ["想 book 期", "想 预约 期"],
    ["", ""],
    ["a.b/c?d=1 😀", "a.b/c?d=1 😀"],
  ])("rewrites %j to %j, the longest wording first, Latin to Chinese only beside Chinese", (text, expected) => {
    expect(lexicon.rewrite(normalise(text).text)).toBe(expected);
  });

  test.each([
    ["取消多少钱", ["cancel", "price"]],
    ["how much to call off", ["price", "cancel"]],
    ["cancelled, can't come", ["cancel", "neg"]],
    ["how many", []],
  ])("finds the notions of %j: %j", (text, expected) => {
    expect(lexicon.concepts(lexicon.rewrite(normalise(text).text))).toEqual(expected);
  });

  test("refuses a line of another form and names it", () => {
    expect(() => createLexicon({ dialect: "唔使", concepts: "" })).toThrow(/唔使/);
    expect(() => createLexicon({ dialect: "", concepts: "price 多少钱" })).toThrow(/price/);
    expect(() => createLexicon({ dialect: "", concepts: "price: a||b" })).toThrow(/price/);
  });

  test("what ships compiles, and brings the regions to one wording", () => {
    const shipped = loadLexicon();
    const same = (one: string, other: string): void =>
      expect(shipped.rewrite(normalise(one).text)).toBe(shipped.rewrite(normalise(other).text));
    same("雪櫃唔凍", "冰箱不冷");
    same("冷氣壞咗", "空调坏了");
    same("瓦斯", "煤气");
    same("侬咋甭修", "你怎么不要修");
    same("厝內冷氣袂冷", "家里空调不冷");
    same("cant come tmr", "can not come tomorrow");
  });
});
