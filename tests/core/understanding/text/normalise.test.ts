import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise, originalSpan, TEXT_LIMIT } from "../../../../core/understanding/text/index.ts";

describe("normalise", () => {
  test.each([
    ["ＡＢＣ１２３，你好！！！", "abc123,你好!"],
    ["我家冷氣　唔凍咗……", "我家冷气 唔冻咗."],
    ["滬A·12345", "沪a·12345"],
    ["裏面麵條後面", "里面面条后面"],
    ["什麼時候", "什么时候"],
    ["什么时候", "什么时候"],
    ["妳們", "你们"],
    ["a\u200bb\u202ec\ufeffd", "abcd"],
    ["ok...\n\n  yes", "ok.\nyes"],
    ["  spaced   out  ", "spaced out"],
    ["тest АВС123", "test abc123"],
    ["沪А12345", "沪a12345"],
    ["привет как дела", "привет как дела"],
    ["ΑΒ1234", "ab1234"],
    ["“quoted” ‘it’s’ 「引」", '"quoted" \'it\'s\' "引"'],
    ["e\u0301tage", "étage"],
    ["x\u0336\u0336\u0336y", "xy"],
    ["⭐️⭐️⭐️", "⭐⭐⭐"],
    ["𝐇𝐞𝐥𝐩", "help"],
    ["12㎞", "12km"],
    ["---", "-"],
    ["¥1,200.50", "¥1,200.50"],
    ["\u0000\u0007", ""],
    ["", ""],
  ])("makes %j into %j", (typed, text) => {
    expect(normalise(typed).text).toBe(text);
  });

  test("originalSpan gives back what was typed, squeezed and hidden characters included", () => {
    const typed = "請 滬A··1\u200b2345！！謝謝";
    const normalised = normalise(typed);
    const from = normalised.text.indexOf("沪");
    const to = normalised.text.indexOf("5") + 1;
    const span = originalSpan(normalised, from, to);
    expect(span).toEqual({ text: "滬A··1\u200b2345", at: 2 });
  });

  test("reads no more than the limit", () => {
    expect(normalise("长".repeat(TEXT_LIMIT * 3)).text.length).toBe(TEXT_LIMIT);
  });

  test("every piece of the result maps to a piece of the original", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (typed) => {
        const normalised = normalise(typed);
        expect(normalised.starts.length).toBe(normalised.text.length);
        for (let i = 0; i < normalised.text.length; i += 1) {
          const { text, at } = originalSpan(normalised, i, i + 1);
          expect(text.length).toBeGreaterThan(0);
          expect(typed.slice(at, at + text.length)).toBe(text);
          if (i > 0) expect(at).toBeGreaterThanOrEqual(normalised.starts[i - 1]!);
        }
      }),
    );
  });

  test("normalising twice changes nothing more on Chinese and English text", () => {
    const char = fc.constantFrom(
      ..."冷氣機壞咗請問後天下午可以嗎什麼裏么着著空调不制冷漏水 ok AC wifi 12:30,。!!??…（）「」——０１２ａＢ\n",
    );
    fc.assert(
      fc.property(fc.array(char, { maxLength: 40 }), (chars) => {
        const once = normalise(chars.join("")).text;
        expect(normalise(once).text).toBe(once);
      }),
    );
  });
});
