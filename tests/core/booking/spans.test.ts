import { describe, expect, test } from "vitest";
import { freeSpan, takeSpan } from "../../../core/booking/agenda.ts";
import type { AgendaDay } from "../../../core/spine/outcome.ts";

const span = (start: number, end: number, booking: string) => ({ start, end, booking });
const day: AgendaDay = { technician: "amy", day: "2026-11-23", version: 3, busy: [span(10, 20, "B1"), span(30, 40, "B2")] };

describe("takeSpan", () => {
  test.each<readonly [string, readonly [number, number, string], readonly ReturnType<typeof span>[] | null]>([
    ["before all", [0, 10, "B3"], [span(0, 10, "B3"), span(10, 20, "B1"), span(30, 40, "B2")]],
    ["between, touching both", [20, 30, "B3"], [span(10, 20, "B1"), span(20, 30, "B3"), span(30, 40, "B2")]],
    ["after all", [40, 50, "B3"], [span(10, 20, "B1"), span(30, 40, "B2"), span(40, 50, "B3")]],
    ["over the end of one", [19, 25, "B3"], null],
    ["over the start of one", [25, 31, "B3"], null],
    ["around one", [5, 25, "B3"], null],
    ["within one", [12, 15, "B3"], null],
    ["the same span again", [10, 20, "B3"], null],
    ["its own, moved over its old place", [15, 25, "B1"], [span(15, 25, "B1"), span(30, 40, "B2")]],
    ["its own, moved past another", [45, 50, "B1"], [span(30, 40, "B2"), span(45, 50, "B1")]],
    ["its own, moved onto another", [35, 45, "B1"], null],
  ])("%s: %j", (_name, [start, end, booking], wanted) => {
    const taken = takeSpan(day, span(start, end, booking));
    expect(taken).toStrictEqual(wanted === null ? null : { ...day, busy: wanted });
  });

  test("leaves the day given as it was", () => {
    takeSpan(day, span(20, 30, "B3"));
    expect(day.busy).toStrictEqual([span(10, 20, "B1"), span(30, 40, "B2")]);
  });
});

describe("freeSpan", () => {
  test("gives back what a booking took and nothing else", () => {
    expect(freeSpan(day, "B1")).toStrictEqual({ ...day, busy: [span(30, 40, "B2")] });
  });
  test("of a booking that took nothing changes nothing", () => {
    expect(freeSpan(day, "B9")).toStrictEqual(day);
  });
});
