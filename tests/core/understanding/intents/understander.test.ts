/** The whole step on the shipped model: what must hold however the model is tuned. How good it is stands in `npm run evaluate`. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadProfile } from "../../../../bots/profiles.ts";
import { parseIso } from "../../../../core/time.ts";
import type { Question, Understanding } from "../../../../core/understanding/index.ts";
import { INTENTS } from "../../../../core/understanding/index.ts";
import { loadUnderstander } from "../../../../core/understanding/load.ts";

const ZONE = "Asia/Shanghai";
const NOW = parseIso("2026-11-18T10:00:00", ZONE)!;
const understander = await loadUnderstander({
  profiles: ["dealer", "appliance", "glass"].map((name) => loadProfile(name, "en")),
  modelDir: "data/models",
});
const read = (text: string, asked: Question | null = null): Understanding => understander.understand(text, { now: NOW, zone: ZONE, asked });
const first = (text: string, asked: Question | null = null): string => read(text, asked).intents[0]!.intent;

describe("understand", () => {
  test.each([
    ["空调不制冷了,明天下午能来修吗", "book"],
    ["冷氣唔凍,想約師傅上門", "book"],
    ["My washing machine won't drain, can someone come on Friday?", "book"],
    ["预约改到周五上午可以吗", "reschedule"],
    ["could we move my appointment to Thursday", "reschedule"],
    ["帮我取消明天的预约", "cancel_booking"],
    ["please cancel my booking", "cancel_booking"],
    ["我的车修好没有", "status"],
    ["架車整好未", "status"],
    ["any update on my repair?", "status"],
    ["你们修完三天又坏了,什么水平,我要投诉", "complaint"],
    ["换个刹车片多少钱", "quote_price"],
    ["how much is an oil change", "quote_price"],
    ["压缩机保修几年", "warranty"],
    ["你们几点关门", "hours_location"],
    ["转人工", "human"],
    ["退订", "opt_out"],
    ["你好", "greet"],
    ["thank you so much", "thanks"],
  ])("reads %j as %s", (text, intent) => expect(first(text)).toBe(intent));

  test.each([
    ["厨房好大煤气味 怎么办", "gas"],
    ["廚房著火啊", "fire"],
    ["brakes failed, I'm on the motorway", "brakes"],
    ["孩子被锁在车里了 出不来", "trapped"],
  ])("takes %j for danger now: %s", (text, danger) => {
    expect(read(text)).toMatchObject({ urgency: "emergency", danger, decision: "act" });
    expect(first(text)).toBe("emergency");
  });

  test.each(["要是漏气了怎么办", "空调打火打不着,想约个师傅", "my phone is on fire with messages, stop texting me"])(
    "takes %j for no danger",
    (text) => expect(read(text)).toMatchObject({ danger: null }),
  );

  test.each([
    ["两点", "datetime", "provide_info"],
    ["第二个", "choice", "provide_info"],
    ["ok", "yesno", "confirm_yes"],
    ["不是", "yesno", "confirm_no"],
    ["13800138000", "phone", "provide_info"],
    ["8", "score", "survey_score"],
  ] as const)("reads the bare %j after a question for %s as %s, by the question", (text, asked, intent) => {
    const got = read(text, asked);
    expect(got.intents[0]!.intent).toBe(intent);
    expect(got).toMatchObject({ decision: "act", why: { by: "question" } });
  });

  test("a real matter beats the open question", () => {
    expect(read("煤气味好大", "phone").urgency).toBe("emergency");
    expect(first("转人工", "datetime")).toBe("human");
    expect(first("先不说这个,我想取消预约", "product")).toBe("cancel_booking");
  });

  test("keeps further matters in order behind the one to act on", () => {
    expect(read("帮我取消周三的预约,另外以后别再给我发广告短信了").intents.map(({ intent }) => intent)).toEqual([
      "cancel_booking",
      "opt_out",
    ]);
  });

  test.each([
    ["转人工,问下换玻璃多少钱", ["human", "quote_price"]],
    ["换玻璃多少钱,不行就转人工吧", ["quote_price", "human"]],
    ["please move my appointment to Friday, and stop the marketing texts", ["reschedule", "opt_out"]],
  ])("of several matters in %j the one named first leads", (text, intents) => {
    expect(read(text).intents.map(({ intent }) => intent)).toEqual(intents);
  });

  test("why shows the wording taught that is most like it and means the same", () => {
    expect(read("is my car redy to colect").why.like).toMatch(/car/);
    expect(read("空调不制冷了,明天下午能来修吗").why.like).toMatch(/空调|冷/);
    expect(read("退订").why).not.toHaveProperty("like");
    expect(read("zxqv wvut").why).not.toHaveProperty("like");
  });

  test("why names only what stands in the message, as it was typed", () => {
    const pieces = read("空調唔凍,聽日下晝嚟睇得唔得").why.features.filter(({ text }) => !text.startsWith("["));
    for (const { text } of pieces) expect("空調唔凍,聽日下晝嚟睇得唔得").toContain(text);
  });

  test.each(["", "   ", "\u200b\u200b", "。。。"])("takes %j, which says nothing, for unknown", (text) => {
    expect(read(text)).toMatchObject({ decision: "unknown", urgency: "none", danger: null });
  });

  test.each(["Где моя машина, почему так долго", "سيارتي لا تعمل", "🐙🦑🦐🪼", "qwrtz plkjh xcvbn"])("does not act on %j", (text) =>
    expect(read(text).decision).not.toBe("act"),
  );

  test("threats and rage make a matter urgent", () => {
    expect(read("你们再不来修我就打12315投诉").urgency).toBe("urgent");
    expect(read("你们再不来修我就打12315投诉").signals).toContain("legal_threat");
  });

  test("refusing messages is urgent with a threat of the law and not without", () => {
    expect(read("再给我发广告短信我就去12321举报你们").urgency).toBe("urgent");
    expect(read("别再给我发广告短信了").urgency).toBe("normal");
  });

  test("tells the language, the pieces and why", () => {
    const got = read("空調唔凍,聽日下晝嚟睇得唔得,我電話 9123 4567");
    expect(got.lang).toBe("zh-TW");
    expect(got.entities.phone[0]?.text).toBe("9123 4567");
    expect(got.entities.product.length).toBeGreaterThan(0);
    expect(got.entities.datetime.length).toBe(1);
    expect(got.why.by).toBe("model");
    expect(got.why.features.length).toBeGreaterThan(0);
    expect(got.candidates[0]![0]).toBe(got.intents[0]!.intent);
  });

  test("the same message is always read the same", () => {
    expect(read("冰箱不冷了 约周六")).toEqual(read("冰箱不冷了 约周六"));
  });

  test.each([
    ["100,000 characters", "修车".repeat(50_000)],
    ["100,000 digits", "1".repeat(100_000)],
    ["blanks", " ".repeat(500)],
    ["prototype words", "__proto__ constructor toString hasOwnProperty"],
    ["control characters", "\u0000\u0001\u001b[31m\u202e修车\u0007"],
    ["lone surrogates", "\ud800修\udfff车"],
    ["punctuation", "!?,。".repeat(5_000)],
    ["refusals", "不要".repeat(2_000)],
  ])("answers %s without throwing", (_, text) => {
    const got = read(text, "phone");
    expect(INTENTS).toContain(got.intents[0]!.intent);
    expect(got.text).toBe(text);
  });

  test("whatever is typed gives a whole reading: shares within 0 and 1, best first", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "grapheme", maxLength: 80 }), fc.string({ unit: "binary", maxLength: 80 })), (text) => {
        const got = read(text);
        expect(got.intents.length).toBeGreaterThan(0);
        for (const [, share] of got.candidates) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        expect(got.danger === null).toBe(got.urgency !== "emergency");
      }),
      { numRuns: 300 },
    );
  });
});
