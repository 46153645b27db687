import { describe, expect, test } from "vitest";
import { shownToken, tokensOf, unitsOf } from "../../../../core/understanding/intents/features.ts";
import { createLexicon } from "../../../../core/understanding/intents/lexicon.ts";

const lexicon = createLexicon({ dialect: "", concepts: "price: 多少|how much\nfix: 修|repair" });
const tokens = (text: string, asked: "phone" | null = null, evidence: string[] = []): string[] =>
  tokensOf({ text, asked, evidence }, lexicon);

describe("tokensOf", () => {
  test("makes n-grams of Han characters, Latin words and numbers with start and end marks", () => {
    expect(unitsOf("修车2次 ok!")).toEqual(["修", "车", "2", "次", "ok", "!"]);
    expect(tokens("修车")).toEqual(expect.arrayContaining(["w修", "w车", "w^ 修", "w修 车", "w车 $", "w^ 修 车", "w修 车 $"]));
  });

  test("makes character n-grams of Latin words only", () => {
    expect(tokens("leak")).toEqual(expect.arrayContaining(["c_le", "cleak", "cak_"]));
    expect(tokens("漏水").filter((token) => token[0] === "c")).toEqual([]);
  });

  test("joins two Latin words over any one between", () => {
    expect(tokens("turn it off")).toContain("sturn off");
    expect(tokens("修好车").some((token) => token[0] === "s")).toBe(false);
  });

  test("names notions, two in a row, the open question and the evidence", () => {
    const found = tokens("修多少", "phone", ["date"]);
    expect(found).toEqual(expect.arrayContaining(["kfix", "kprice", "bfix price", "qphone", "rphone", "xdate"]));
  });

  test("gives each token once and a kind in front, so that __proto__ is a word like any other", () => {
    const found = tokens("__proto__ constructor constructor 1 1 1");
    expect(new Set(found).size).toBe(found.length);
    expect(found.every((token) => /^[wcskblnqrx]/.test(token))).toBe(true);
    expect(found).toContain("wconstructor");
  });

  test("looks at a bounded part of an endless message", () => {
    expect(unitsOf("修".repeat(50_000)).length).toBe(600);
  });
});

describe("shownToken", () => {
  test.each([
    ["w修 车", "修车"],
    ["whow much", "how much"],
    ["w^ 修", "修"],
    ["kprice", "[price]"],
    ["cleak", null],
    ["l4", null],
  ])("shows %j to staff as %j", (token, shown) => {
    expect(shownToken(token)).toBe(shown);
  });
});
