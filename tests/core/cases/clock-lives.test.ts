/** Whole lives of cases, answered, waiting, resolved and reopened at random, against counting every minute of them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createBusinessCalendar } from "../../../core/calendar/business.ts";
import type { CaseEvent } from "../../../core/cases/case-events.ts";
import type { ClockSpan } from "../../../core/cases/clock-spans.ts";
import { spentMinutes } from "../../../core/cases/clocks.ts";
import { evolveCase } from "../../../core/cases/evolve.ts";
import { type Case, isOpen } from "../../../core/cases/state.ts";
import { instantOf, MINUTE_MS } from "../../../core/time.ts";
import { countedMinutes, FIRSTS, hoursArbitrary, ZONES } from "./clock-oracle.ts";

const STEPS = ["answer", "wait", "customer", "resolve", "reopen", "climb"] as const;
type Step = (typeof STEPS)[number];

const life = fc.record({
  hours: hoursArbitrary,
  zone: fc.constantFrom(...ZONES),
  first: fc.constantFrom(...FIRSTS),
  start: fc.integer({ min: 0, max: 6 * 1440 }),
  steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.constantFrom(...STEPS)), { minLength: 1, maxLength: 8 }),
  emergency: fc.boolean(),
});

/** What a step is as an event; `null` where it can't happen. */
function eventOf(one: Case, step: Step, at: number): CaseEvent | null {
  const open = isOpen(one);
  switch (step) {
    case "answer":
      return open ? { type: "case_answered", at, by: "amy" } : null;
    case "wait":
      return open ? { type: "case_waiting", at, by: "amy" } : null;
    case "customer":
      return { type: "case_noted", at, by: "customer", text: "在吗" };
    case "resolve":
      return open ? { type: "case_resolved", at, by: "amy", resolution: "好了" } : null;
    case "reopen":
      return one.status === "resolved" ? { type: "case_reopened", at, step: "manager", why: "没好" } : null;
    case "climb":
      return open ? { type: "case_climbed", at, step: "manager", why: "超时" } : null;
  }
}

/** Kept by hand, from what the words say: a list of spans, the last of which may be open. */
class Tape {
  spans: ClockSpan[] = [];
  run(at: number): void {
    if (this.spans.at(-1)?.to !== null || this.spans.length === 0) this.spans = [...this.spans, { from: at, to: null }];
  }
  stop(at: number): void {
    const last = this.spans.at(-1);
    if (last?.to === null) this.spans = [...this.spans.slice(0, -1), { from: last.from, to: at }];
  }
}

test("first answer and resolution of 1,500 cases, over split shifts, holidays, swapped days, pauses, reopenings and summer time", () => {
  let reopened = 0;
  fc.assert(
    fc.property(life, ({ hours, zone, first, start, steps, emergency }) => {
      const begin = instantOf(first, start, zone);
      const opened = {
        number: "C1",
        category: "complaint",
        urgency: emergency ? "emergency" : "normal",
        step: "representative",
        conversation: "web:a",
        customerId: "k",
        words: "坏了",
        about: null,
        reasons: [],
        tags: [],
        promisedAt: begin,
      } as const;
      let one = evolveCase(null, { type: "case_opened", at: begin, case: opened });
      let answer = new Tape();
      const resolution = new Tape();
      answer.run(begin);
      resolution.run(begin);
      let at = begin;
      for (const [minutes, step] of steps) {
        at += minutes * MINUTE_MS;
        const event = eventOf(one, step, at);
        if (event === null) continue;
        const open = isOpen(one);
        one = evolveCase(one, event);
        if (step === "answer" || step === "resolve") answer.stop(at);
        if (step === "wait" || step === "resolve") resolution.stop(at);
        if (step === "customer" && open) resolution.run(at);
        if (step === "reopen") {
          reopened += 1;
          answer = new Tape();
          answer.run(at);
          resolution.run(at);
        }
      }
      const until = at + 120 * MINUTE_MS;
      const calendar = createBusinessCalendar(hours, zone);
      for (const [clock, tape] of [
        ["first_answer", answer],
        ["resolution", resolution],
      ] as const)
        expect([clock, spentMinutes(calendar, one.clocks[clock].spans, emergency, until)]).toEqual([
          clock,
          countedMinutes(hours, zone, tape.spans, emergency, until),
        ]);
    }),
    { numRuns: 1_500, seed: 20_261_124 },
  );
  expect(reopened).toBeGreaterThan(100);
}, 240_000);
