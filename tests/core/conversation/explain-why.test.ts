import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { whyLines } from "../../../core/conversation/explain-why.ts";
import type { Language } from "../../../core/language.ts";
import type { TraceStep } from "../../../core/spine/trace.ts";
import type { Why } from "../../../core/understanding/types.ts";

type Understood = Extract<TraceStep, { kind: "understood" }>;

const told = (language: Language, why: Partial<Why>): string => {
  const step: Understood = {
    kind: "understood",
    lang: language,
    intents: [["opt_out", 0.9]],
    candidates: [["opt_out", 0.9]],
    decision: "act",
    urgency: "normal",
    why: { by: "model", rule: null, features: [], runnerUp: null, ...why },
    entities: {},
  };
  return whyLines(step, language).join("\n");
};
const feature = (text: string) => ({ features: [{ text, weight: 1 }] });

describe("whyLines", () => {
  test.each([
    ["[ask:our_work]", "说到我们做的活", "說到我們做的工作", "speaks of our work"],
    ["[guard:past]", "已经过去", "已經過去", "in the past"],
    ["[signal:anger]", "很生气", "很生氣", "strong anger"],
    ["[danger:gas]", "燃气", "瓦斯", "gas"],
    ["[hint:fire]", "可能是着火冒烟", "可能是著火冒煙", "maybe fire or smoke"],
    ["[phone]", "电话", "電話", "phone"],
    ["[stop_more]", "停止", "停止", "stopping"],
    ["别发了", "“别发了”", "「别发了」", "“别发了”"],
  ])("tells the finding %s in words of the shop", (text, cn, tw, en) => {
    expect(told("zh-CN", feature(text))).toContain(`起作用的词：${cn} +1`);
    expect(told("zh-TW", feature(text))).toContain(`起作用的詞：${tw} +1`);
    expect(told("en", feature(text))).toContain(`Words that decided: ${en} +1`);
  });

  test("tells two findings with the same words once, with the stronger weight", () => {
    const features = [
      { text: "[danger:gas]", weight: 3 },
      { text: "[danger_gas]", weight: 2 },
    ];
    expect(told("en", { features })).toContain("Words that decided: gas +3");
    expect(told("en", { features })).not.toContain("+2");
  });

  test.each([
    ["words:human", "整句就是找人工", "整句就是找真人", "the whole message asks for a person"],
    ["danger: 着火", "危险的说法“着火”", "危險的說法「着火」", "words of danger “着火”"],
  ])("tells the rule %s in words", (rule, cn, tw, en) => {
    expect(told("zh-CN", { by: "rule", rule })).toContain(`依据：固定说法（${cn}）`);
    expect(told("zh-TW", { by: "rule", rule })).toContain(`依據：固定說法（${tw}）`);
    expect(told("en", { by: "rule", rule })).toContain(`Decided by: a fixed wording (${en})`);
  });
});

test("every notion of the lexicon has words", () => {
  const source = readFileSync(join(import.meta.dirname, "../../../core/understanding/intents/concepts.txt"), "utf8");
  const notions = [...source.matchAll(/^([a-z_]+): /gm)].map(([, name]) => name!);
  expect(notions.length).toBeGreaterThan(50);
  const bare = notions.filter((name) => told("zh-CN", feature(`[${name}]`)).includes(`：${name.replace(/_more$/, "")} `));
  expect(bare).toEqual([]);
});
