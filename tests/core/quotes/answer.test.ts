import { describe, expect, test } from "vitest";
import { parseQuoteAnswer } from "../../../core/quotes/answer.ts";

const LINES = [
  { id: "1", item: "机油机滤" },
  { id: "2", item: "前刹车片更换" },
  { id: "3", item: "空调滤芯" },
];
const ENGLISH = [
  { id: "1", item: "Brake pads" },
  { id: "2", item: "Wiper blades" },
  { id: "3", item: "Cabin filter" },
];
/** Decisions as `1+ 2- 3~`. */
const short = (decisions: Readonly<Record<string, string>> | null): string | null =>
  decisions === null
    ? null
    : Object.entries(decisions)
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([id, decision]) => `${id}${{ approved: "+", declined: "-", deferred: "~" }[decision] ?? "?"}`)
        .join(" ");

describe("parseQuoteAnswer", () => {
  test.each([
    ["1要，2不要，3下次", "1+ 2- 3~"],
    ["1要2不要3下次", "1+ 2- 3~"],
    ["第一项做，第二项不做，第三项下次再说", "1+ 2- 3~"],
    ["只做1和2，其他下次", "1+ 2+ 3~"],
    ["只做第一个", "1+ 2- 3-"],
    ["都做", "1+ 2+ 3+"],
    ["全部同意", "1+ 2+ 3+"],
    ["都不要", "1- 2- 3-"],
    ["都下次吧", "1~ 2~ 3~"],
    ["刹车片换，其他的下次", "1~ 2+ 3~"],
    ["机油做，空调滤芯不用了", "1+ 3-"],
    ["2不换", "2-"],
    ["1、3可以，2先不", "1+ 2~ 3+"],
    ["①做 ②不做", "1+ 2-"],
    ["唔要2，1同3整", "1+ 2- 3+"],
    ["下次再说吧", "1~ 2~ 3~"],
  ])("%s", (text, wanted) => expect(short(parseQuoteAnswer(text, LINES))).toBe(wanted));

  test.each([
    ["do 1 and 3, skip 2", "1+ 2- 3+"],
    ["1 yes, 2 no, 3 later", "1+ 2- 3~"],
    ["yes to 1, no to the rest", "1+ 2- 3-"],
    ["only the brake pads", "1+ 2- 3-"],
    ["brake pads yes, wipers later, don't do 3", "1+ 2~ 3-"],
    ["approve all", "1+ 2+ 3+"],
    ["none of that, no to all", "1- 2- 3-"],
  ])("%s", (text, wanted) => expect(short(parseQuoteAnswer(text, ENGLISH))).toBe(wanted));

  test.each([
    "1要多少钱？",
    "为什么要换刹车片？",
    "能不能便宜点",
    "2号几点能好",
    "我考虑一下",
    "刹车片",
    "你们周末开门吗",
    "How much is 1?",
    "why 2",
    "好贵啊",
  ])("decides nothing: %s", (text) => expect(parseQuoteAnswer(text, LINES)).toBeNull());

  test.each([
    ["好的", true, "1+ 2+ 3+"],
    ["不用了", false, "1- 2- 3-"],
    ["好的", null, null],
    ["好吧，太贵了，不做", true, null],
  ] as const)("a bare answer counts only when it was understood as one: %s (%s)", (text, agrees, wanted) =>
    expect(short(parseQuoteAnswer(text, LINES, agrees))).toBe(wanted),
  );
});
