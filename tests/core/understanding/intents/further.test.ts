import { describe, expect, test } from "vitest";
import { canFollow, leads, piecesOf } from "../../../../core/understanding/intents/further.ts";

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

describe("canFollow", () => {
  test.each([
    ["book", "quote_price", "顺便报个价格", true],
    ["book", "quote_price", "洗衣机是小天鹅", false],
    ["complaint", "human", "让经理给我打电话", true],
    ["complaint", "book", "空调还是不凉", false],
    ["emergency", "complaint", "你们搞什么", false],
    ["status", "hours_location", "你们几点关门", true],
    ["status", "hours_location", "店在中山路", false],
    ["cancel_booking", "opt_out", "以后别再发短信了", true],
  ] as const)("after %s, %s in %j: %s", (first, further, piece, expected) => expect(canFollow(first, further, piece)).toBe(expected));
});

test("what is done goes before what is asked", () => {
  expect(leads("book", "quote_price")).toBe(true);
  expect(leads("quote_price", "book")).toBe(false);
  expect(leads("complaint", "human")).toBe(true);
  expect(leads("thanks", "book")).toBe(false);
});
