import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBusinessCalendar } from "../../../core/calendar/business.ts";
import { begun, type CaseClock, NO_CLOCKS, resumed, stopped } from "../../../core/cases/clock-spans.ts";
import { budgetOf, levelAfter, levelAt, nextLevelAt, reachedAt, spentMinutes } from "../../../core/cases/clocks.ts";
import { HOUR_MS, instantOf, MINUTE_MS, parseIso } from "../../../core/time.ts";
import { caseOf } from "../../contract/store/samples.ts";
import { tinyModel } from "../../support/profile.ts";
import { countedMinutes, FIRSTS, hoursArbitrary, ZONES } from "./clock-oracle.ts";

/** Moments at which a clock stops and runs in turn, minutes after the beginning. */
const life = fc.record({
  hours: hoursArbitrary,
  zone: fc.constantFrom(...ZONES),
  first: fc.constantFrom(...FIRSTS),
  start: fc.integer({ min: 0, max: 6 * 1440 }),
  turns: fc.array(fc.integer({ min: 1, max: 800 }), { minLength: 0, maxLength: 5 }),
  always: fc.boolean(),
});

function clockOf(begin: number, turns: readonly number[]): { readonly clock: CaseClock; readonly end: number } {
  let clock = begun(begin);
  let at = begin;
  turns.forEach((minutes, index) => {
    at += minutes * MINUTE_MS;
    clock = index % 2 === 0 ? stopped(clock, at) : resumed(clock, at);
  });
  return { clock, end: at };
}

describe("clocks against counting every minute", () => {
  test("time spent, over split shifts, closed days, holidays, swapped days and pauses, for 3,000 calendars", () => {
    fc.assert(
      fc.property(life, fc.integer({ min: 0, max: 600 }), ({ hours, zone, first, start, turns, always }, more) => {
        const begin = instantOf(first, start, zone);
        const { clock, end } = clockOf(begin, turns);
        const until = end + more * MINUTE_MS;
        const calendar = createBusinessCalendar(hours, zone);
        expect(spentMinutes(calendar, clock.spans, always, until)).toBe(countedMinutes(hours, zone, clock.spans, always, until));
      }),
      { numRuns: 3_000, seed: 20_261_122 },
    );
  }, 120_000);

  test("when a clock runs out, for 2,000 calendars: then its time is spent, and a minute before it is not", () => {
    let reached = 0;
    fc.assert(
      fc.property(life, fc.integer({ min: 1, max: 600 }), ({ hours, zone, first, start, turns, always }, budget) => {
        const begin = instantOf(first, start, zone);
        const { clock } = clockOf(begin, turns);
        const calendar = createBusinessCalendar(hours, zone);
        let at: number | null;
        try {
          at = reachedAt(calendar, clock, always, budget);
        } catch (error) {
          // A shop that never opens again never gets there.
          expect((error as { code?: string }).code).toBe("calendar_never_open");
          return;
        }
        const running = clock.spans.at(-1)!.to === null;
        expect(at === null).toBe(!running);
        if (at === null || at > begin + 20 * 1440 * MINUTE_MS) return;
        reached += 1;
        const before = countedMinutes(hours, zone, clock.spans, always, clock.spans.at(-1)!.from);
        if (before >= budget) expect(at).toBe(clock.spans.at(-1)!.from);
        else {
          expect(countedMinutes(hours, zone, clock.spans, always, at)).toBe(budget);
          expect(countedMinutes(hours, zone, clock.spans, always, at - MINUTE_MS)).toBe(budget - 1);
        }
        expect(at).toBeGreaterThanOrEqual(clock.spans.at(-1)!.from);
      }),
      { numRuns: 2_000, seed: 20_261_123 },
    );
    expect(reached).toBeGreaterThan(500);
  }, 120_000);
});

describe("nextLevelAt", () => {
  const t = (iso: string): number => parseIso(iso, "Asia/Shanghai")!;
  const model = tinyModel({
    weekly: {
      mon: ["09:00-12:00", "13:30-18:00"],
      tue: ["09:00-12:00", "13:30-18:00"],
      wed: [],
      thu: ["09:00-18:00"],
      fri: ["09:00-18:00"],
    },
    hours: { special: { "2026-11-28": ["10:00-11:00"] } },
  });
  const table: readonly (readonly [string, string, number, "normal" | "emergency", string])[] = [
    ["the warning comes half-way", "2026-11-23T09:00", 0, "normal", "2026-11-23T09:15"],
    ["the end comes after the whole time", "2026-11-23T09:00", 50, "normal", "2026-11-23T09:30"],
    ["the lunch break doesn't count", "2026-11-23T11:45", 50, "normal", "2026-11-23T13:45"],
    ["what ends with the shift ends then", "2026-11-23T11:30", 50, "normal", "2026-11-23T12:00"],
    ["opened at night it begins in the morning", "2026-11-23T22:00", 50, "normal", "2026-11-24T09:30"],
    ["a closed day is stepped over", "2026-11-24T17:45", 50, "normal", "2026-11-26T09:15"],
    ["a special Saturday counts", "2026-11-27T17:50", 50, "normal", "2026-11-28T10:20"],
    ["after the end comes twice the time", "2026-11-23T09:00", 100, "normal", "2026-11-23T10:00"],
    ["and four times", "2026-11-23T09:00", 200, "normal", "2026-11-23T11:00"],
    ["an emergency counts at night", "2026-11-23T22:00", 50, "emergency", "2026-11-23T22:05"],
    ["and on a closed day", "2026-11-25T03:00", 0, "emergency", "2026-11-25T03:02:30"],
  ];
  test.each(table)("%s", (_name, from, level, urgency, wanted) => {
    const one = caseOf("C1", { urgency, clocks: { ...NO_CLOCKS, first_answer: { ...begun(t(from)), level } } });
    expect(nextLevelAt(model, one, "first_answer")?.at).toBe(t(wanted));
  });
  test("a clock that stands still reaches nothing", () => {
    const one = caseOf("C1", { clocks: { ...NO_CLOCKS, first_answer: stopped(begun(0), HOUR_MS) } });
    expect(nextLevelAt(model, one, "first_answer")).toBeNull();
    expect(nextLevelAt(model, one, "next_answer")).toBeNull();
  });
  test("time comes from the profile, by category and urgency", () => {
    const minutes = (
      category: "complaint" | "survey" | "other",
      urgency: "normal" | "emergency",
      clock: "first_answer" | "next_answer" | "resolution",
    ) => budgetOf(model, { category, urgency }, clock);
    expect(minutes("complaint", "normal", "first_answer")).toEqual({ minutes: 30, always: false });
    expect(minutes("complaint", "normal", "next_answer")).toEqual({ minutes: 120, always: false });
    expect(minutes("complaint", "normal", "resolution")).toEqual({ minutes: 24 * 60, always: false });
    expect(minutes("survey", "normal", "resolution")).toEqual({ minutes: 12 * 60, always: false });
    expect(minutes("other", "normal", "resolution")).toEqual({ minutes: 48 * 60, always: false });
    expect(minutes("complaint", "emergency", "first_answer")).toEqual({ minutes: 5, always: true });
  });
});

test("levels: the warning, the end, then each time it has doubled", () => {
  const levels: number[] = [];
  for (let level = 0; levels.length < 5; levels.push(level)) level = levelAfter(level, 50);
  expect(levels).toEqual([50, 100, 200, 400, 800]);
  expect([0, 49.9, 50, 99, 100, 199, 200, 399, 400, 10_000].map((percent) => levelAt(percent, 50))).toEqual([
    0, 0, 50, 50, 100, 100, 200, 200, 400, 6_400,
  ]);
});
