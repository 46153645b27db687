import { describe, expect, test } from "vitest";
import type { Example } from "../../../../core/understanding/intents/corpus.ts";
import { parseCorpus } from "../../../../core/understanding/intents/corpus.ts";
import { joinedWordings } from "../../../../core/understanding/intents/joined.ts";

const lines = (intent: string, wording: (i: number) => string, count: number): string =>
  `# ${intent}\n${Array.from({ length: count }, (_, i) => wording(i)).join("\n")}\n`;
const examples = (content: string): readonly Example[] => parseCorpus("a.txt", content).examples;

describe("joinedWordings", () => {
  const price = lines("quote_price", (i) => `换第${i}个零件多少钱`, 12);
  const stop = lines("opt_out", (i) => `别再发第${i}种短信了`, 12);

  test("puts two matters of one language together, and holds both", () => {
    const joined = joinedWordings(examples(price + stop));
    expect(joined.length).toBeGreaterThan(100);
    for (const { text, intents, language } of joined) {
      expect(language).toBe("zh-CN");
      expect([...intents].sort()).toEqual(["opt_out", "quote_price"]);
      expect(text).toContain("多少钱");
      expect(text).toContain("短信");
    }
  });

  test("gives the same messages for the same corpus", () => {
    expect(joinedWordings(examples(price + stop))).toEqual(joinedWordings(examples(price + stop)));
  });

  test.each([
    ["a matter with too few wordings", price + lines("opt_out", (i) => `别再发第${i}种短信了`, 3)],
    ["one matter alone", price],
    ["words without a matter", price + lines("thanks", (i) => `谢谢你们第${i}次`, 20)],
    ["answers to a question", price + lines("opt_out", (i) => `别再发第${i}种短信了\t?yesno`, 12)],
    ["another language", price + lines("opt_out", (i) => `stop sending offer number ${i} to me`, 12)],
  ])("joins nothing of %s", (_, content) => expect(joinedWordings(examples(content))).toEqual([]));
});
