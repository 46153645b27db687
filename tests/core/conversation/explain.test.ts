import { describe, expect, test } from "vitest";
import { explainTrace, type TraceNames } from "../../../core/conversation/explain.ts";
import { LANGUAGES } from "../../../core/language.ts";
import type { Trace, TraceStep } from "../../../core/spine/trace.ts";

const NOW = Date.parse("2026-11-23T10:00:00+08:00");
const TUESDAY = Date.parse("2026-11-24T14:00:00+08:00");

const NAMES: TraceNames = {
  zone: "Asia/Shanghai",
  nameOf: (kind, id, language) => {
    if (kind === "technician" && id === "li") return language === "en" ? "Li Qiang" : "李强";
    if (kind === "rule" && id === "any-complaint") return { "zh-CN": "任何投诉", "zh-TW": "任何投訴", en: "any complaint" }[language];
    return null;
  },
};

const trace = (...steps: TraceStep[]): Trace => ({ entry: "web:c:m1", conversation: "web:c", at: NOW, steps });
const texts = (language: (typeof LANGUAGES)[number], ...steps: TraceStep[]): string[] =>
  explainTrace(trace(...steps), language, NAMES).lines.map((line) => line.text);

const understood: TraceStep = {
  kind: "understood",
  lang: "zh-CN",
  intents: [
    ["complaint", 0.874],
    ["quote_price", 0.61],
  ],
  candidates: [
    ["complaint", 0.874],
    ["status", 0.08],
  ],
  decision: "act",
  urgency: "urgent",
  why: {
    by: "model",
    rule: null,
    features: [
      { text: "又坏了", weight: 2.134 },
      { text: "请问", weight: -0.4 },
    ],
    runnerUp: { intent: "status", confidence: 0.08 },
  },
  entities: { product: ["空调"], datetime: ["昨天", "今天"], phone: [] },
};

const STEPS: readonly TraceStep[] = [
  understood,
  { kind: "slot", flow: "book", slot: "time", from: "周二 14:00", to: "周三 10:00", source: "said" },
  { kind: "slot", flow: "book", slot: "product", from: null, to: "空调", source: "known" },
  { kind: "refused", flow: "book", slot: "time", value: JSON.stringify({ start: TUESDAY, text: "" }), reason: "notice" },
  ...(["started", "asked", "confirming", "completed", "dropped", "suspended", "resumed"] as const).map(
    (change): TraceStep => ({ kind: "flow", flow: "book", change, detail: change === "asked" ? "address" : null }),
  ),
  {
    kind: "offer",
    wished: JSON.stringify({ start: TUESDAY }),
    considered: 12,
    offered: [{ start: TUESDAY, technician: "li", reason: "free, skilled, least loaded" }],
  },
  { kind: "rule", rule: "any-complaint", facts: { intent: "complaint", vip: true, misses: 2 } },
  { kind: "note", code: "hours_gone", data: { start: TUESDAY } },
];

describe("explainTrace", () => {
  test("says what was understood, which words spoke for it and what came second", () => {
    const { title, lines } = explainTrace(trace(understood), "zh-CN", NAMES);
    expect(title).toBe("听懂为：投诉或不满（87%）");
    expect(lines.map(({ text }) => text)).toEqual([
      "意图：投诉或不满 87%；还提到：问价格 61%",
      "依据：从例句学到的判断",
      "起作用的词：“又坏了” +2.13、“请问” −0.4",
      "第二可能：查进度 8%",
      "读到：产品 “空调”、时间 “昨天” “今天”",
      "紧急程度：急",
      "语言：简体中文",
    ]);
  });

  test.each([
    ["clarify", "Not sure: complain?", "Several readings were close, so the bot asked"],
    ["unknown", "Not understood", "No reading was clear enough"],
  ] as const)("says so when the decision was %s", (decision, title, line) => {
    const told = explainTrace(trace({ ...understood, decision }), "en", NAMES);
    expect(told.title).toBe(title);
    expect(told.lines.map(({ text }) => text)).toContain(line);
  });

  test.each([
    ["question", null, "Decided by: it answers the open question"],
    ["rule", "numbers-only", "Decided by: a fixed wording (numbers-only)"],
    ["empty", null, "Decided by: there were no words to read"],
  ] as const)("says when %s decided", (by, rule, line) => {
    expect(texts("en", { ...understood, why: { by, rule, features: [], runnerUp: null } })).toContain(line);
  });

  test.each([
    ["en", "Most like the example: “is my car ready”"],
    ["zh-CN", "最像的例句：“is my car ready”"],
  ] as const)("shows in %s the example that is most like the message", (language, line) => {
    const why = { by: "model", rule: null, features: [], runnerUp: null, like: "is my car ready" } as const;
    expect(texts(language, { ...understood, why })).toContain(line);
  });

  test("takes the runner-up from the candidates when none is named", () => {
    expect(texts("en", { ...understood, why: { by: "model", rule: null, features: [], runnerUp: null } })).toContain(
      "Runner-up: ask how far it is 8%",
    );
  });

  test("says which fact replaced which, and where it came from", () => {
    expect(texts("en", STEPS[1]!, STEPS[2]!)).toEqual([
      "Time changed from “周二 14:00” to “周三 10:00” (said by the customer)",
      "Product is “空调” (already known)",
    ]);
    expect(texts("zh-TW", STEPS[1]!)).toEqual(["時間由「周二 14:00」改為「周三 10:00」（客戶說的）"]);
  });

  test("shows a refused time as a time, with the reason", () => {
    expect(texts("en", STEPS[3]!)).toEqual(["Time “tomorrow, Tue 24 Nov, 14:00” was not possible: too soon to arrange"]);
  });

  test.each([
    ['"visit"', "on site"],
    ['{"text":"today 9pm","start":1}', "today 9pm"],
    ["[]", "[]"],
    ["not json", "not json"],
    ["12", "12"],
  ])("shows a refused %s as %s", (value, shown) => {
    expect(texts("en", { kind: "refused", flow: "book", slot: "place", value, reason: "closed_hour" })).toEqual([
      `Place “${shown}” was not possible: closed at that hour`,
    ]);
  });

  test("lists offers with technician and reason", () => {
    expect(texts("en", STEPS[11]!)).toEqual([
      "Wished: “tomorrow, Tue 24 Nov, 14:00”. 12 times weighed, 1 offered",
      "· tomorrow, Tue 24 Nov, 14:00 Li Qiang: free, skilled, least loaded that day",
    ]);
  });

  test("names a rule with the facts that made it fire", () => {
    expect(texts("en", STEPS[12]!)).toEqual([
      "Rule “any complaint” fired, because intent = complain, VIP customer = yes, messages in a row not understood = 2",
    ]);
    expect(explainTrace(trace(STEPS[12]!), "zh-TW", NAMES).title).toBe("觸發規則：任何投訴");
  });

  test("puts signals and kinds of events into words", () => {
    expect(texts("en", { kind: "rule", rule: "any-complaint", facts: { signals: "repeat_repair, anger", event: "message" } })).toEqual([
      "Rule “any complaint” fired, because signals = same fault after our repair / strong anger, event = message",
    ]);
  });

  test("falls back to ids and codes that have no words", () => {
    expect(texts("zh-CN", { kind: "note", code: "clarify", data: { candidates: "book, status", misses: 1 } })).toEqual([
      "几种可能，请客户选一个（候选 预约或报修/查进度、连续未听懂次数 1）",
    ]);
    expect(texts("en", { kind: "note", code: "something_new", data: { case: "C1", other: null } })).toEqual(["something_new (case C1)"]);
    expect(texts("en", { kind: "rule", rule: "gone", facts: {} })).toEqual(["Rule “gone” fired"]);
    expect(texts("en", { kind: "slot", flow: "x", slot: "__proto__", from: null, to: "1", source: "derived" })).toEqual([
      "__proto__ is “1” (follows from the rest)",
    ]);
  });

  test.each(LANGUAGES)("puts every kind of step into %s, with nothing of code left in it", (language) => {
    for (const step of STEPS) {
      const { title, lines } = explainTrace(trace(step), language, NAMES);
      expect(lines.length).toBeGreaterThan(0);
      for (const text of [title, ...lines.map((line) => line.text)]) {
        expect(text).not.toMatch(/undefined|null|\[object|NaN|[a-z]_[a-z]/);
        if (language === "en") expect(text.replace(/[“][^”]*[”]/gu, "")).not.toMatch(/\p{Script=Han}/u);
      }
    }
  });

  test("has a title for a turn without steps", () => {
    expect(explainTrace(trace(), "en", NAMES)).toEqual({ title: "Nothing had to be decided here", lines: [] });
  });
});
