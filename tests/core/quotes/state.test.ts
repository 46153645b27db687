import { describe, expect, test } from "vitest";
import { allowedMinor } from "../../../core/quotes/make.ts";
import { evolveQuote, numberLines, openLines, type Quote, type QuoteEvent, totalMinor } from "../../../core/quotes/state.ts";

const line = (item: string, labourMinor: number, partsMinor = 0, safety = false) => ({ item, labourMinor, partsMinor, safety });
const quote: Quote = {
  number: "Q1",
  order: "W1",
  customerId: "U1",
  conversation: "web:a",
  kind: "work",
  status: "open",
  revision: 1,
  lines: numberLines([line("pads", 200, 380, true), line("filter", 30, 90)]),
  currency: "CNY",
  note: null,
  by: "rep",
  promisedAt: null,
  expiresAt: 900,
  proofs: [],
  safetyNotice: null,
  createdAt: 1,
  updatedAt: 1,
};
const play = (...events: readonly QuoteEvent[]): Quote => events.reduce((state, event) => evolveQuote(state, event), quote);
const answered = (decisions: Readonly<Record<string, "approved" | "declined" | "deferred">>, words = "…"): QuoteEvent => ({
  type: "quote_answered",
  at: 5,
  entry: "web:a:7",
  words,
  decisions,
});

describe("evolveQuote: given a quote, when an event, then the quote", () => {
  test("an answer to some lines leaves the others open, with words, time and message as proof", () => {
    const state = play(answered({ "1": "approved" }, "1要"));
    expect(state.status).toBe("open");
    expect(openLines(state).map((one) => one.item)).toEqual(["filter"]);
    expect(state.proofs).toEqual([{ at: 5, entry: "web:a:7", words: "1要", decisions: { "1": "approved" }, revision: 1 }]);
  });

  test("it is settled when the last line is decided, and the total counts what was approved", () => {
    const state = play(answered({ "1": "approved" }), answered({ "2": "deferred" }));
    expect(state.status).toBe("settled");
    expect(totalMinor(state, "approved")).toBe(580);
  });

  test("a revision keeps the yes to a line that is as it was, and opens what is new or costs otherwise", () => {
    const state = play(answered({ "1": "approved", "2": "approved" }), {
      type: "quote_revised",
      at: 9,
      by: "rep",
      lines: [line("pads", 200, 380, true), line("filter", 30, 120), line("fluid", 50)],
      note: null,
      promisedAt: null,
      expiresAt: 999,
    });
    expect(state.lines.map(({ item, decision, beforeMinor }) => [item, decision, beforeMinor])).toEqual([
      ["pads", "approved", undefined],
      ["filter", "open", 120],
      ["fluid", "open", null],
    ]);
    expect(state).toMatchObject({ status: "open", revision: 2, expiresAt: 999 });
  });

  test("expiry and replacement approve nothing", () => {
    expect(totalMinor(play({ type: "quote_closed", at: 9, as: "expired" }), "approved")).toBe(0);
    expect(play({ type: "quote_closed", at: 9, as: "replaced" }).status).toBe("replaced");
  });

  test("the safety notice and its acknowledgement are kept with their words", () => {
    const state = play(
      answered({ "1": "declined", "2": "approved" }),
      { type: "quote_safety_told", at: 6 },
      { type: "quote_safety_acknowledged", at: 7, words: "知道了" },
    );
    expect(state.safetyNotice).toEqual({ at: 6, acknowledged: { at: 7, words: "知道了" } });
  });
});

test.each([
  [58_000, 10, 63_800],
  [58_001, 10, 63_801],
  [58_000, 0, 58_000],
])("of %d fen agreed with %d %% tolerance at most %d may be charged", (agreed, percent, wanted) => {
  expect(allowedMinor(agreed, percent)).toBe(wanted);
});
