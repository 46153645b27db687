import { describe, expect, test } from "vitest";
import { readAnswer, readShortcut } from "../../../../core/understanding/rules/answers.ts";
import { normalise } from "../../../../core/understanding/text/index.ts";
import type { Entities, Question } from "../../../../core/understanding/types.ts";

const NONE: Entities = {
  datetime: [],
  phone: [],
  plate: [],
  vin: [],
  order_no: [],
  product: [],
  fault: [],
  service: [],
  name: [],
  address: [],
  score: [],
  amount: [],
  mileage: [],
};
const answer = (message: string, asked: Question | null, entities: Partial<Entities> = {}) =>
  readAnswer(normalise(message).text, message, asked, { ...NONE, ...entities });
const piece = (message: string, text: string) => ({ text, at: message.indexOf(text) });

describe("readAnswer", () => {
  test.each([
    ["好的", "yesno", "confirm_yes"],
    ["行啊", "yesno", "confirm_yes"],
    ["系呀", "yesno", "confirm_yes"],
    ["ok", "yesno", "confirm_yes"],
    ["yes please", "yesno", "confirm_yes"],
    ["👍", "yesno", "confirm_yes"],
    ["不是", "yesno", "confirm_no"],
    ["唔使喇", "yesno", "confirm_no"],
    ["no thanks", "yesno", "confirm_no"],
    ["算了", "yesno", "confirm_no"],
    ["10-4", "yesno", "confirm_yes"],
    ["can can", "yesno", "confirm_yes"],
    ["sounds like a plan", "yesno", "confirm_yes"],
    ["cannot leh", "yesno", "confirm_no"],
    ["第二个", "choice", "provide_info"],
    ["2", "choice", "provide_info"],
    ["the second one", "choice", "provide_info"],
    ["都行", "choice", "provide_info"],
    ["随时", "datetime", "provide_info"],
    ["anytime", "datetime", "provide_info"],
    ["8", "score", "survey_score"],
    ["8分", "score", "survey_score"],
    ["非常满意", "score", "survey_score"],
    ["⭐⭐⭐⭐⭐", "score", "survey_score"],
    ["9/10", "score", "survey_score"],
    ["terrible", "score", "survey_score"],
  ] as const)("%j to a question for %s is %s", (message, asked, intent) => expect(answer(message, asked)?.intent).toBe(intent));

  test("a bare piece of the kind asked for is the answer, words that add nothing aside", () => {
    const phone = "我的电话是13800138000,谢谢";
    expect(answer(phone, "phone", { phone: [{ ...piece(phone, "13800138000"), value: "+8613800138000" }] })).toEqual({
      intent: "provide_info",
      rule: "answer:phone",
    });
    const time = "明天下午两点吧";
    const entity = {
      ...piece(time, "明天下午两点"),
      start: 0,
      end: null,
      grain: "minute",
      daySaid: true,
      timeSaid: true,
      past: false,
      ambiguous: false,
    } as const;
    expect(answer(time, "datetime", { datetime: [entity] })?.intent).toBe("provide_info");
  });

  test("a matter beside the piece is left to the model", () => {
    const text = "13800138000 煤气味好大";
    expect(answer(text, "phone", { phone: [{ ...piece(text, "13800138000"), value: "+8613800138000" }] })).toBeNull();
    expect(answer("煤气味好大", "phone")).toBeNull();
    expect(answer("好的,不过多少钱", "yesno")).toBeNull();
    expect(answer("不用修了,帮我取消", "yesno")).toBeNull();
  });

  test("nothing is an answer while nothing was asked", () => {
    expect(answer("好的", null)).toBeNull();
    expect(answer("", "yesno")).toBeNull();
  });
});

describe("readShortcut", () => {
  test.each([
    ["退订", "opt_out"],
    ["TD", "opt_out"],
    ["别发了", "opt_out"],
    ["STOP", "opt_out"],
    ["S T O P", "opt_out"],
    ["unsubscribe please", "opt_out"],
    ["人工", "human"],
    ["转人工", "human"],
    ["我要真人客服!", "human"],
    ["唔該轉人工", "human"],
    ["agent", "human"],
    ["I want to speak to a real person", "human"],
    ["我要投诉", "complaint"],
    ["投诉你们!", "complaint"],
    ["I want to make a complaint", "complaint"],
    ["喂 有冇人呀", "greet"],
    ["anybody there?", "greet"],
  ])("%j is %s", (message, intent) => expect(readShortcut(normalise(message).text)?.intent).toBe(intent));

  test.each([
    "不是要退订",
    "怎么退订之后恢复",
    "人工费多少钱",
    "stop the leak please",
    "the agent was rude",
    "不要人工",
    "不是要投诉",
    "投诉处理到哪了",
    "no complaints",
    "t恤",
    "好的",
    "",
  ])("%j is left to the model", (message) => expect(readShortcut(normalise(message).text)).toBeNull());
});
