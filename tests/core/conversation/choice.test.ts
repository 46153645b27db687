import { describe, expect, test } from "vitest";
import { matchChoice } from "../../../core/conversation/reading.ts";
import type { Asked, Choice } from "../../../core/conversation/state.ts";
import type { DateTimeEntity, Question, Understanding } from "../../../core/understanding/types.ts";
import { NO_ENTITIES, understanding } from "../../support/understander.ts";
import { at } from "../booking/days.ts";

const asked = (choices: readonly Choice[], question: Question = "choice"): Asked => ({
  flow: "book",
  slot: "x",
  question,
  choices,
  times: 1,
});
const PLACES: readonly Choice[] = [
  { id: "visit", label: "上门服务" },
  { id: "shop", label: "到店" },
  { id: "post", label: "寄修" },
];
const ENGLISH: readonly Choice[] = [
  { id: "product:car", label: "Model Y" },
  { id: "product:van", label: "Delivery van" },
  { id: "product:bike", label: "Bike" },
];
const pick = (
  text: string,
  choices: readonly Choice[] = PLACES,
  question: Question = "choice",
  read: Understanding | null = null,
): string | null => matchChoice(text, asked(choices, question), read)?.id ?? null;

describe("matchChoice by number and ordinal", () => {
  test.each([
    ["1", "visit"],
    ["2", "shop"],
    ["3", "post"],
    ["4", null],
    ["0", null],
    ["12", null],
    ["-1", null],
    ["②", "shop"],
    ["2️⃣", "shop"],
    ["2.", "shop"],
    ["2。", "shop"],
    ["2吧", "shop"],
    ["选2", "shop"],
    ["選 2", "shop"],
    ["我要2", "shop"],
    ["那就2", "shop"],
    ["第二个", "shop"],
    ["第二個", "shop"],
    ["第2个", "shop"],
    ["第两种", "shop"],
    ["第一项吧", "visit"],
    ["第三條", "post"],
    ["第四个", null],
    ["第五个时间", null],
    ["最后一个", "post"],
    ["最後一個", "post"],
  ])("%j is %s", (text, wanted) => {
    expect(pick(text)).toBe(wanted);
  });
  test.each([
    ["1st", "product:car"],
    ["the first one", "product:car"],
    ["First", "product:car"],
    ["second option", "product:van"],
    ["the 3rd", "product:bike"],
    ["the last one", "product:bike"],
    ["4th", null],
    ["the fifth", null],
    ["option 2", "product:van"],
    ["number 3", "product:bike"],
    ["#1", "product:car"],
    ["I'll take 2", "product:van"],
    ["please 2", "product:van"],
    ["go with the second", "product:van"],
  ])("%j is %s", (text, wanted) => {
    expect(pick(text, ENGLISH)).toBe(wanted);
  });
});

describe("matchChoice by words", () => {
  test.each([
    ["visit", "visit"],
    ["上门服务", "visit"],
    ["上门", "visit"],
    ["到店吧", "shop"],
    ["我选到店", "shop"],
    ["那就寄修", "post"],
    ["寄修可以", "post"],
    ["店", null],
    ["到店还是寄修", null],
    ["修手机", null],
    ["", null],
    ["   ", null],
  ])("%j is %s", (text, wanted) => {
    expect(pick(text)).toBe(wanted);
  });
  test.each([
    ["model y", "product:car"],
    ["the Model Y", "product:car"],
    ["VAN", "product:van"],
    ["my delivery van", "product:van"],
    ["Model Y or the bike", null],
    ["e", null],
  ])("%j is %s", (text, wanted) => {
    expect(pick(text, ENGLISH)).toBe(wanted);
  });
  test.each([
    ["随便", "visit"],
    ["都可以", "visit"],
    ["哪個都行", "visit"],
    ["是但", "visit"],
    ["any", "visit"],
    ["Whichever", "visit"],
    ["either is fine", "visit"],
  ])("%j takes the first", (text, wanted) => {
    expect(pick(text)).toBe(wanted);
  });
  test("any is no answer to yes or no", () => {
    expect(
      pick(
        "随便",
        [
          { id: "yes", label: "确认" },
          { id: "drop", label: "取消" },
        ],
        "yesno",
      ),
    ).toBeNull();
  });
  test("without an open question, or one without choices, nothing is picked", () => {
    expect(matchChoice("1", null, null)).toBeNull();
    expect(matchChoice("1", asked([]), null)).toBeNull();
  });
});

describe("matchChoice by time", () => {
  const TIMES: readonly Choice[] = [
    ["24", "09:00"],
    ["24", "14:00"],
    ["25", "09:30"],
  ].map(([date, clock], index) => ({
    id: `time:${index + 1}`,
    label: `11月${date}日 ${clock}`,
    value: { start: at(date!, clock!), end: at(date!, clock!) + 3_600_000 },
  }));
  const said = (more: Partial<DateTimeEntity> & { readonly start: number }, ...others: readonly DateTimeEntity[]): Understanding =>
    understanding("x", {
      entities: {
        ...NO_ENTITIES,
        datetime: [
          { text: "x", at: 0, end: null, grain: "minute", daySaid: true, timeSaid: true, past: false, ambiguous: false, ...more },
          ...others,
        ],
      },
    });
  const table: readonly (readonly [string, Understanding, string | null])[] = [
    ["the very time", said({ start: at("24", "14:00") }), "time:2"],
    ["a bare clock reading, whatever day it was read on", said({ start: at("23", "14:00"), daySaid: false }), "time:2"],
    ["a clock reading on another day", said({ start: at("23", "14:00") }), null],
    ["a day with one of them", said({ start: at("25", "00:00"), end: at("26", "00:00"), grain: "day" }), "time:3"],
    ["a day with two of them", said({ start: at("24", "00:00"), end: at("25", "00:00"), grain: "day" }), null],
    ["a part of a day", said({ start: at("24", "12:00"), end: at("24", "18:00"), grain: "part" }), "time:2"],
    ["a span that ends where one begins", said({ start: at("24", "10:00"), end: at("24", "14:00"), grain: "range" }), null],
    ["a time that was not offered", said({ start: at("24", "15:00") }), null],
    ["two times", said({ start: at("24", "14:00") }, said({ start: at("25", "09:30") }).entities.datetime[0]!), null],
  ];
  test.each(table)("%s", (_name, read, wanted) => {
    expect(pick("就那个时候", TIMES, "datetime", read)).toBe(wanted);
  });
});
