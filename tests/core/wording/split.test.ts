import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sizeOf, splitText } from "../../../core/wording/split.ts";

const bytes = (amount: number) => ({ amount, unit: "bytes" as const });
const characters = (amount: number) => ({ amount, unit: "characters" as const });

describe("splitText", () => {
  const cases: readonly (readonly [string, string, { amount: number; unit: "bytes" | "characters" }, readonly string[]])[] = [
    ["a text that fits stays whole", "您好。请稍等。", bytes(21), ["您好。请稍等。"]],
    ["an empty text is one empty part", "", bytes(8), [""]],
    ["a paragraph is the gentlest seam", "第一段。\n\n第二段。第三句。", characters(10), ["第一段。", "第二段。第三句。"]],
    ["a sentence is kept whole", "今天可以。明天也可以。", characters(8), ["今天可以。", "明天也可以。"]],
    ["an English sentence too", "Yes, today. Or tomorrow.", characters(14), ["Yes, today.", "Or tomorrow."]],
    ["a word is not broken while there are blanks", "alpha beta gamma", characters(11), ["alpha beta", "gamma"]],
    ["a number with a point is not a sentence", "it costs 1.25 today", characters(14), ["it costs 1.25", "today"]],
    ["without any seam the room is filled", "一二三四五六七", bytes(9), ["一二三", "四五六", "七"]],
  ];
  test.each(cases)("%s", (_name, text, limit, parts) => {
    expect(splitText(text, limit)).toStrictEqual(parts);
  });

  test("what a reader sees as one character is never broken: families, flags, accents", () => {
    const family = "👨‍👩‍👧‍👦";
    const parts = splitText(`${family}🇨🇳é${family}🇨🇳`, bytes(26));
    expect(parts.join("")).toBe(`${family}🇨🇳é${family}🇨🇳`);
    const whole = new Set([family, "🇨🇳", "é"]);
    for (const part of parts) for (const { segment } of new Intl.Segmenter("zh").segment(part)) expect(whole).toContain(segment);
  });

  test("a character piled up beyond the limit is cut between code points, and nothing is lost", () => {
    const zalgo = `a${"\u0301".repeat(40)}`;
    const parts = splitText(zalgo, bytes(16));
    expect(parts.join("")).toBe(zalgo);
    for (const part of parts) expect(sizeOf(part, "bytes")).toBeLessThanOrEqual(16);
  });

  test("a limit that holds no character is refused", () => {
    expect(() => splitText("x", bytes(3))).toThrow(RangeError);
  });

  test("any text comes out in order, each part within the limit, nothing lost but blanks at the cuts", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.integer({ min: 4, max: 60 }),
        fc.constantFrom("bytes" as const, "characters" as const),
        (text, amount, unit) => {
          const parts = splitText(text, { amount, unit });
          for (const part of parts) {
            expect(sizeOf(part, unit)).toBeLessThanOrEqual(amount);
            expect(part.isWellFormed()).toBe(true);
          }
          expect(parts.join("").replaceAll(/\s/gu, "")).toBe(text.replaceAll(/\s/gu, ""));
        },
      ),
      { numRuns: 500 },
    );
  });
});
