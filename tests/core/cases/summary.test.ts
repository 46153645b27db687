import { expect, test } from "vitest";
import type { CaseEvent } from "../../../core/cases/case-events.ts";
import { evolveCase } from "../../../core/cases/evolve.ts";
import { type CaseHistory, summariseCases } from "../../../core/cases/summary.ts";

const MINUTE = 60_000;

function history(
  number: string,
  openedAt: number,
  later: readonly CaseEvent[],
  more: { category?: "complaint" | "batch"; urgency?: "urgent" } = {},
): CaseHistory {
  const events: CaseEvent[] = [
    {
      type: "case_opened",
      at: openedAt,
      case: {
        number,
        category: more.category ?? "complaint",
        urgency: more.urgency ?? "normal",
        step: "representative",
        conversation: "web:a",
        customerId: "U1",
        words: "x",
        about: null,
        reasons: [],
        tags: [],
        promisedAt: openedAt,
      },
    },
    ...later,
  ];
  return { case: events.reduce<ReturnType<typeof evolveCase> | null>((state, event) => evolveCase(state, event), null)!, events };
}

const answered = (at: number): CaseEvent => ({ type: "case_answered", at, by: "amy" });
const resolved = (at: number): CaseEvent => ({ type: "case_resolved", at, by: "amy", resolution: "" });
const named = (at: number, cause: string): CaseEvent => ({ type: "case_cause_named", at, cause, by: "amy" });
const content = (at: number, satisfied: boolean): CaseEvent => ({ type: "case_satisfaction", at, satisfied, words: "" });

test("summariseCases counts the cases opened in the span by cause, most first, and leaves the others out", () => {
  const summary = summariseCases(
    [
      history("C1", 100, [answered(100 + 10 * MINUTE), resolved(100 + 60 * MINUTE), content(5e6, true), named(5e6, "delay")]),
      history("C2", 200, [
        answered(200 + 30 * MINUTE),
        resolved(200 + 90 * MINUTE),
        content(6e6, false),
        { type: "case_reopened", at: 6e6, step: "manager", why: "" },
        named(7e6, "delay"),
      ]),
      history(
        "C3",
        300,
        [
          { type: "case_climbed", at: 400, step: "manager", why: "" },
          { type: "case_breached", at: 500 },
        ],
        { urgency: "urgent" },
      ),
      history("C4", 350, [resolved(350 + 20 * MINUTE), named(8e6, "parts")]),
      history("C5", 360, [], { category: "batch" }),
      history("C6", 99, [named(150, "price")]),
      history("C7", 1_000, [named(1_001, "price")]),
    ],
    100,
    1_000,
  );
  expect(summary).toMatchObject({
    opened: 4,
    resolved: 3,
    stillOpen: 2,
    outbreaks: 1,
    breaches: 1,
    climbed: 1,
    reopened: 1,
    satisfied: 1,
    unsatisfied: 1,
    firstAnswerMinutes: 10,
    resolutionMinutes: 60,
    byUrgency: { normal: 3, urgent: 1, emergency: 0 },
  });
  expect(summary.causes).toEqual([
    { cause: "delay", cases: 2, byCategory: { complaint: 2 }, reopened: 1, givenMinor: 0, numbers: ["C1", "C2"] },
    { cause: null, cases: 1, byCategory: { complaint: 1 }, reopened: 0, givenMinor: 0, numbers: ["C3"] },
    { cause: "parts", cases: 1, byCategory: { complaint: 1 }, reopened: 0, givenMinor: 0, numbers: ["C4"] },
  ]);
});

test("summariseCases of nothing is all nought, without middles", () => {
  expect(summariseCases([], 0, 10)).toMatchObject({ opened: 0, firstAnswerMinutes: null, resolutionMinutes: null, causes: [] });
});
