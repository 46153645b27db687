import { describe, expect, test } from "vitest";
import { WORDING_KEYS } from "../../../core/wording/keys.ts";
import { fillTemplate, placeholdersOf, type TemplateValues } from "../../../core/wording/template.ts";
import { shippedProfile } from "../../support/profile.ts";

describe("fillTemplate", () => {
  const table: readonly (readonly [string, TemplateValues, string])[] = [
    ["没有变量", {}, "没有变量"],
    ["预约 {number} 好了", { number: "B1" }, "预约 B1 好了"],
    ["預約 {number} 好了", { number: "B1" }, "預約 B1 好了"],
    ["{a}{b}{a}", { a: 1, b: 2 }, "121"],
    ["zero is a value: {n}", { n: 0 }, "zero is a value: 0"],
    ["absent [{n}]", {}, "absent []"],
    ["null [{n}]", { n: null }, "null []"],
    ["empty [{n}]", { n: "" }, "empty []"],
    ["您好{name?,{name}}!", { name: "王女士" }, "您好,王女士!"],
    ["您好{name?,{name}}!", {}, "您好!"],
    ["您好{name?,{name}}!", { name: "" }, "您好!"],
    ["Hello{name?, {name}}. {n? {n} left}", { n: 0 }, "Hello.  0 left"],
    ["{a?{b} and {c}}", { a: "x", b: "B", c: "C" }, "B and C"],
    ["{a?{b} and {c}}", { a: "x", c: "C" }, " and C"],
    ["{a?}", { a: "x" }, ""],
    ["{a?two\nlines}", { a: "x" }, "two\nlines"],
    ["a lone { or } stays", { or: "x" }, "a lone { or } stays"],
    ["{ a }", { a: "x" }, "{ a }"],
    ["{product} · {items}\n{time}", { product: "2 件产品", items: "", time: "14:00" }, "2 件产品\n14:00"],
    ["{product} · {items} · {place}", { product: "A", place: "B" }, "A · B"],
    ["{product} | {items}", { product: "A", items: "B" }, "A | B"],
    ["{product} · {items?: {items}}", { product: "A", items: "B" }, "A · : B"],
    ["价格 $& 与 $1 照写 {a}", { a: "$&" }, "价格 $& 与 $1 照写 $&"],
  ];
  test.each(table)("%j with %j is %j", (template, values, wanted) => {
    expect(fillTemplate(template, values)).toBe(wanted);
  });

  test("a customer's words that look like a placeholder stay words", () => {
    expect(fillTemplate("{words} {number?({number})}", { words: "{number} {secret}", number: "{words}" })).toBe(
      "{number} {secret} ({words})",
    );
  });
});

describe("placeholdersOf", () => {
  test.each([
    ["nothing", []],
    ["{a} {b} {a}", ["a", "b"]],
    ["{a?{b} {c}}", ["a", "b", "c"]],
    ["{a?text}", ["a"]],
    ["{ a }", []],
  ])("%j uses %j", (template, wanted) => {
    expect(placeholdersOf(template)).toStrictEqual(wanted);
  });
});

describe.each(["dealer", "appliance", "glass"] as const)("the wordings of %s", (name) => {
  test("leave no brace behind with every value and with none", () => {
    const { wording } = shippedProfile(name);
    for (const [key, variables] of Object.entries(WORDING_KEYS)) {
      const all = Object.fromEntries(variables.map((variable) => [variable, "X"]));
      for (const [language, template] of Object.entries(wording[key]!)) {
        expect(fillTemplate(template, all), `${key} ${language}`).not.toMatch(/[{}]/);
        expect(fillTemplate(template, {}), `${key} ${language}`).not.toMatch(/[{}]/);
      }
    }
  });

  test("use the same variables in every language", () => {
    const { wording } = shippedProfile(name);
    for (const key of Object.keys(WORDING_KEYS)) {
      const [first, ...rest] = Object.values(wording[key]!).map((template) => placeholdersOf(template).sort());
      for (const other of rest) expect(other, key).toStrictEqual(first);
    }
  });

  test("keep to the script of their language", () => {
    const { wording } = shippedProfile(name);
    for (const [key, entry] of Object.entries(wording)) {
      expect(entry.en, key).not.toMatch(/\p{Script=Han}/u);
      expect(entry["zh-CN"], key).not.toMatch(/[預約時間請問個電話們這裡為來對嗎]/u);
      expect(entry["zh-TW"], key).not.toMatch(/[预约时间请问个电话们这为来对吗]/u);
    }
  });
});
