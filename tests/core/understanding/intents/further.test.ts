import { describe, expect, test } from "vitest";
import type { Piece } from "../../../../core/understanding/intents/further.ts";
import { furtherIntents, piecesOf } from "../../../../core/understanding/intents/further.ts";
import type { Intent } from "../../../../core/understanding/types.ts";
import { INTENTS, MATTERS } from "../../../../core/understanding/types.ts";

describe("piecesOf", () => {
  test.each([
    ["预约周三清洗空调,顺便问下多少钱", ["预约周三清洗空调", "问下多少钱"]],
    ["取消明天的预约 还有以后别发短信", ["取消明天的预约", "以后别发短信"]],
    ["please book me in and also how much is it", ["please book me in", "how much is it"]],
    ["车好了吗?好了的话多少钱", ["车好了吗?", "好了的话多少钱"]],
    ["空调不凉", []],
    ["好,行", []],
  ])("takes %j apart into %j", (text, pieces) => expect(piecesOf(text)).toEqual(pieces));

  test("leaves a long story in one piece", () => expect(piecesOf("今天又坏了一次,".repeat(200))).toEqual([]));
});

describe("furtherIntents", () => {
  const weights = { accept: 0.4, weights: { none: -5.8, holds: 3.85, piece: 0.3, onePiece: -0.9, announced: 0.95, sure: 2 } };
  const shares = (of: Partial<Record<Intent, number>>): Float64Array => Float64Array.from(INTENTS, (intent) => of[intent] ?? 0.001);
  const holds = (of: Partial<Record<Intent, number>>): number[] => MATTERS.map((intent) => of[intent] ?? -1);
  const book = { text: "预约周三清洗空调", shares: shares({ book: 0.95 }) };
  const price = { text: "问下多少钱", shares: shares({ quote_price: 0.95 }) };
  const found = (text: string, first: Intent, pieces: readonly Piece[], held: Partial<Record<Intent, number>>, sure = 1): Intent[] =>
    furtherIntents(text, [first, sure], pieces, holds(held), weights).map(({ intent }) => intent);

  test("a matter that the message holds beside the first follows it", () => {
    expect(found("预约周三清洗空调,问下多少钱", "book", [book, price], { book: 1, quote_price: 0.9 })).toEqual(["quote_price"]);
  });
  test("a matter that it does not hold does not, whatever a piece alone would be", () => {
    expect(found("预约周三清洗空调,问下多少钱", "book", [book, price], { book: 1, quote_price: -0.9 })).toEqual([]);
  });
  test("beside a doubtful first it must be held the more", () => {
    const held = { book: 1, quote_price: 0.7 };
    expect(found("预约周三清洗空调,问下多少钱", "book", [book, price], held)).toEqual(["quote_price"]);
    expect(found("预约周三清洗空调,问下多少钱", "book", [book, price], held, 0.3)).toEqual([]);
  });
  test("a word that announces more tips the balance", () => {
    const held = { book: 1, quote_price: 0.65 };
    expect(found("预约周三清洗空调,问下多少钱", "book", [book, price], held)).toEqual([]);
    expect(found("预约周三清洗空调,另外问下多少钱", "book", [book, price], held)).toEqual(["quote_price"]);
  });
  test("a matter called by its name needs no more, unless it is denied", () => {
    const named = { text: "我要投诉", shares: shares({}) };
    expect(found("预约周三清洗空调,我要投诉", "book", [book, named], {})).toEqual(["complaint"]);
    expect(found("预约周三清洗空调,不是要投诉", "book", [book, { ...named, text: "不是要投诉" }], {})).toEqual([]);
  });
  test("several stand in the order of their pieces, three at most", () => {
    const all = { status: 1.2, quote_price: 1.3, human: 1.4, warranty: 1.5 };
    const pieces = (["human", "status", "quote_price"] as const).map((intent) => ({ text: intent, shares: shares({ [intent]: 0.9 }) }));
    expect(found("a,b,c", "book", pieces, { ...all, warranty: -1 })).toEqual(["human", "status", "quote_price"]);
    expect(found("a,b,c", "book", pieces, all)).toHaveLength(3);
  });
});
