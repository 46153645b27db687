import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeText, readText, shorten, splitText } from "../../../adapters/slack/text.ts";
import { cleanText } from "../../../core/text.ts";

describe("readText", () => {
  test.each([
    ["空调不制冷", "空调不制冷"],
    ["a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"],
    ["see <https://shop.example/x|shop.example/x> now", "see shop.example/x now"],
    ["<https://shop.example/x>", "https://shop.example/x"],
    ["<https://evil.example|my bank>", "my bank (https://evil.example)"],
    ["<mailto:a@b.example|a@b.example>", "a@b.example"],
    ["call <tel:+8613800138000|138-0013-8000>", "call 138-0013-8000 (tel:+8613800138000)"],
    ["call <tel:13800138000|138 0013 8000>", "call 138 0013 8000"],
    ["<@U0BOT> 你好", "你好"],
    ["你好 <@U0BOT> 在吗", "你好 在吗"],
    ["<@U0OTHER|li> and <#C1|general> and <!here>", "@li and #general and @here"],
    ["<!date^1392734382^{date}|18 Feb 2014>", "18 Feb 2014"],
    ["  a\r\nb\u0000\u0007 ", "a\nb"],
  ])("reads %j as %j", (raw, text) => {
    expect(readText(raw, "U0BOT").text).toBe(text);
  });

  test("knows whether the bot was called, and whether first thing", () => {
    expect(readText("<@U0BOT> claim", "U0BOT")).toEqual({ text: "claim", mentioned: true, mentionedFirst: true });
    expect(readText("ask <@U0BOT>", "U0BOT")).toMatchObject({ mentioned: true, mentionedFirst: false });
    expect(readText("<@U0OTHER> claim", "U0BOT")).toMatchObject({ mentioned: false, mentionedFirst: false });
    expect(readText("<@U0BOT> claim", null)).toMatchObject({ mentioned: false });
  });

  test("undoes what Slack does to any words: 2,000 texts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (words) => {
        expect(readText(escapeText(words), "U0BOT").text).toBe(cleanText(words));
      }),
      { numRuns: 2_000, seed: 3 },
    );
  });
});

describe("splitText", () => {
  const segments = (text: string): string[] =>
    [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map((one) => one.segment);

  test("loses nothing but white space at the cuts, breaks no character and keeps the limit: 2,000 texts", () => {
    const piece = fc.constantFrom("空调", "a", " ", "\n", "。", ". ", "👨‍👩‍👧‍👦", "🇹🇼", "é", "𠮷", "word ", "，", "\n\n");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 120 }), fc.integer({ min: 12, max: 60 }), (pieces, limit) => {
        const text = pieces.join("");
        const parts = splitText(text, limit);
        const bare = (words: string): string => words.replace(/\s+/g, "");
        expect(bare(parts.join(""))).toBe(bare(text));
        const whole = new Set(segments(text));
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.trim()).not.toBe("");
          for (const segment of segments(part)) expect(segment.trim() === "" || whole.has(segment)).toBe(true);
        }
      }),
      { numRuns: 2_000, seed: 5 },
    );
  });

  test("rather cuts between paragraphs, lines, sentences and words", () => {
    expect(splitText("one one one.\n\ntwo two", 16)).toEqual(["one one one.", "two two"]);
    expect(splitText("第一句很长很长。第二句也很长", 10)).toEqual(["第一句很长很长。", "第二句也很长"]);
    expect(splitText("", 10)).toEqual([]);
    expect(splitText("   \n ", 10)).toEqual([]);
  });

  test("shortens at a whole character", () => {
    expect(shorten("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 12)).toBe("👨‍👩‍👧‍👦…");
    expect(shorten("abc", 3)).toBe("abc");
    expect(shorten("abcd", 3)).toBe("ab…");
  });
});
