import { describe, expect, test } from "vitest";
import { isVisitWish } from "../../../core/booking/visit-wish.ts";
import type { Reading } from "../../../core/conversation/reading.ts";
import type { Intent, Understanding } from "../../../core/understanding/types.ts";

/** A reading of which the wish looks at the words, the first intent and the urgency alone. */
function reading(text: string, intent: Intent = "provide_info"): Reading {
  const understanding = { intents: [{ intent, confidence: 0.9 }], urgency: "normal", entities: {} } as unknown as Understanding;
  return { text, understanding, choice: null, media: null };
}

describe("wishes for a visit", () => {
  test.each([
    "最好派个女师傅来",
    "可以安排有经验的师傅吗",
    "还是上次那位师傅来行吗",
    "麻煩派女師傅,家裡只有我一個人",
    "可唔可以叫上次嗰個師傅嚟",
    "进门麻烦穿鞋套",
    "来之前先给我打个电话",
    "不要按门铃,孩子在睡觉",
    "屋企有隻狗",
    "大门密码2580",
    "要带梯子,顶很高",
    "could you send a female technician please",
    "i'd prefer a woman tech if poss",
    "same engineer as last time please",
    "please make sure he wears shoe covers",
    "call me before you come",
    "text me when you're outside",
    "don't ring the bell, baby sleeping",
    "we have a big dog",
    "gate code is 4471",
    "bring a ladder please",
  ])("%s", (text) => expect(isVisitWish(reading(text))).toBe(true));

  test.each([
    "要带梯子吗",
    "上次那个师傅没修好",
    "师傅几点到",
    "女儿在家",
    "我女朋友会在家",
    "给我打个电话",
    "来之前多少钱",
    "门打不开了",
    "do i need to bring a ladder?",
    "the technician never showed up",
    "same problem as last time",
    "call me back please",
    "the dog chewed the cable",
    "my bell doesn't ring",
    "is the technician good?",
  ])("not: %s", (text) => expect(isVisitWish(reading(text))).toBe(false));

  test.each(["complaint", "emergency", "cancel_booking", "opt_out"] as const)("%s comes first", (intent) =>
    expect(isVisitWish(reading("别再派上次那个师傅来了,最好派个女师傅", intent))).toBe(false),
  );
});
