import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderCard, renderMessage, topicName } from "../../../adapters/telegram/render.ts";
import { inert, partsOf } from "../../../adapters/telegram/text.ts";
import type { StaffCard } from "../../../core/ports.ts";
import type { StoredMessage } from "../../../core/spine/events.ts";
import { foundIn } from "../../emulators/telegram/limits.ts";

describe("inert", () => {
  test.each(["@admin 请看", "看 @admin", "/resolve C1", "（/claim）", "#退款", "$TSLA"])(
    "%s calls nobody and does nothing when pressed",
    (text) => {
      expect(foundIn(inert(text))).toEqual([]);
      expect(inert(text).replaceAll("\u2060", "")).toBe(text);
    },
  );

  test.each(["service@anxin.example", "https://anxin.example/a/b#c", "1/2", "C#", "24/7", "上/下午"])("%s stays as it is", (text) => {
    expect(inert(text)).toBe(text);
  });

  test("5,000 made-up texts hold no mention, command or hashtag afterwards", () => {
    const word = fc.stringMatching(/^[@/#$]{0,3}[a-z_0-9]{0,5}$/);
    const text = fc
      .array(fc.oneof(word, fc.constantFrom(" ", "\n", "。", "@", "/", "好", "(", "，")), { maxLength: 12 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (given) => {
        expect(foundIn(inert(given))).toEqual([]);
      }),
      { numRuns: 5_000, seed: 4 },
    );
  });
});

describe("partsOf", () => {
  test("2,000 made-up texts are cut without losing or breaking anything", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.integer({ min: 16, max: 40 }), (text, room) => {
        const parts = partsOf(text, room);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(room);
          expect(part.isWellFormed()).toBe(true);
        }
        const bare = (words: string): string => words.replace(/[\s\u2060\0]+/g, "");
        expect(bare(parts.join(""))).toBe(bare(text));
      }),
      { numRuns: 2_000, seed: 5 },
    );
  });

  test("blanks alone are nothing to send", () => {
    expect(partsOf(" \n\u0000 ")).toEqual([]);
  });
});

const message = (more: Partial<StoredMessage>): StoredMessage => ({
  seq: 1,
  id: "b1",
  conversation: "telegram:1",
  from: "bot",
  author: null,
  text: "请选择：",
  buttons: [],
  media: null,
  at: 0,
  status: "pending",
  attempts: 0,
  nextAt: 0,
  ...more,
});

describe("renderMessage", () => {
  const rows = (labels: readonly string[]): readonly (readonly string[])[] => {
    const [part] = renderMessage(message({ buttons: labels.map((label) => ({ id: label, label })) }), String);
    return part!.keyboard!.inline_keyboard.map((row) => row.map((button) => button.text));
  };

  test("short labels stand two in a row, longer ones alone", () => {
    expect(rows(["上午", "下午", "晚上", "请顾问给我打电话确认"])).toEqual([["上午", "下午"], ["晚上"], ["请顾问给我打电话确认"]]);
  });

  test("labels too long to be shown whole are listed, with numbers to press", () => {
    const long = "周六上午九点到十一点，王师傅上门检查并更换压缩机";
    const [part] = renderMessage(message({ buttons: [long, "其他时间"].map((label) => ({ id: label, label })) }), String);
    expect(part).toMatchObject({
      text: `请选择：\n\n1. ${long}\n2. 其他时间`,
      keyboard: { inline_keyboard: [[{ text: "1" }, { text: "2" }]] },
    });
  });
});

const CARD: StaffCard = {
  case: "C20261123001",
  title: "C20261123001 投诉 · 空调不制冷",
  urgency: "urgent",
  lines: [{ label: "客户", value: "王女士 @wang" }],
  words: "修了三次还是坏！！！ /resolve",
  done: false,
};

describe("renderCard", () => {
  test("quotes the customer's words, inert, behind the facts", () => {
    const part = renderCard(CARD, null) as { text: string; entities: readonly { type: string; offset: number; length: number }[] };
    expect(part.text.replaceAll("\u2060", "")).toBe(
      "⚠️ C20261123001 投诉 · 空调不制冷\n客户：王女士 @wang\n\n修了三次还是坏！！！ /resolve",
    );
    expect(foundIn(part.text)).toEqual([]);
    const quote = part.entities.find((entity) => entity.type === "expandable_blockquote")!;
    expect(part.text.slice(quote.offset, quote.offset + quote.length).replaceAll("\u2060", "")).toBe(CARD.words);
  });

  test("fits one message however much there is to say", () => {
    const lines = Array.from({ length: 60 }, (_, index) => ({ label: `项${index}`, value: "值".repeat(600) }));
    const part = renderCard({ ...CARD, lines, words: "😀".repeat(9_000) }, null) as {
      text: string;
      entities: readonly { offset: number; length: number }[];
    };
    expect(part.text.length).toBeLessThanOrEqual(4_096);
    for (const { offset, length } of part.entities) expect(offset + length).toBeLessThanOrEqual(part.text.length);
  });

  test("the topic's name tells number, urgency and end, within the platform's limit", () => {
    expect(topicName(CARD.case, CARD)).toBe("⚠️ C20261123001 投诉 · 空调不制冷");
    expect(topicName(CARD.case, { ...CARD, done: true })).toMatch(/^✅ /);
    expect(topicName("C1", { ...CARD, title: "长".repeat(300) }).length).toBeLessThanOrEqual(128);
  });
});
