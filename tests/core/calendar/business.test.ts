import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBusinessCalendar, isWorkingDay } from "../../../core/calendar/business.ts";
import type { Business } from "../../../core/profile/schema.ts";
import { addDays, HOUR_MS, MINUTE_MS, parseIso, wallClock } from "../../../core/time.ts";

type Hours = Business["hours"];

const shut = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const office = {
  ...shut,
  mon: ["09:00-12:00", "13:30-18:00"],
  tue: ["09:00-12:00", "13:30-18:00"],
  wed: ["09:00-18:00"],
  thu: ["09:00-18:00"],
  fri: ["09:00-18:00"],
};
const hours = (fields: Partial<Hours> = {}): Hours => ({ weekly: office, closed: [], special: {}, holidays: "none", ...fields });
const ZONE = "Asia/Shanghai";
const t = (iso: string): number => parseIso(iso, ZONE) ?? Number.NaN;

describe("createBusinessCalendar", () => {
  it("openSpans gives the two spans of a split shift", () => {
    const spans = createBusinessCalendar(hours(), ZONE).openSpans("2026-11-16");
    expect(spans).toEqual([
      { start: t("2026-11-16T09:00"), end: t("2026-11-16T12:00") },
      { start: t("2026-11-16T13:30"), end: t("2026-11-16T18:00") },
    ]);
  });

  it("openSpans joins spans that touch or overlap and leaves out empty ones", () => {
    const calendar = createBusinessCalendar(
      hours({ special: { "2026-11-16": ["12:00-14:00", "09:00-12:00", "13:00-15:00", "20:00-20:00"] } }),
      ZONE,
    );
    expect(calendar.openSpans("2026-11-16")).toEqual([{ start: t("2026-11-16T09:00"), end: t("2026-11-16T15:00") }]);
  });

  it("a special day beats a closed day, which beats the week", () => {
    const calendar = createBusinessCalendar(
      hours({ closed: ["2026-11-16..2026-11-18"], special: { "2026-11-17": ["10:00-11:00"] } }),
      ZONE,
    );
    expect(calendar.openSpans("2026-11-16")).toEqual([]);
    expect(calendar.openSpans("2026-11-17")).toHaveLength(1);
    expect(calendar.openSpans("2026-11-18")).toEqual([]);
    expect(calendar.openSpans("2026-11-19")).toHaveLength(1);
  });

  it.each([
    ["closing in the hour that is there twice: at the first", "2026-10-25", "00:15-02:30", "00:15+02:00", "02:30+02:00", 135],
    ["opening in it: at the first, and it stays open", "2026-10-25", "02:30-04:00", "02:30+02:00", "04:00+01:00", 150],
    ["open over it: an hour more", "2026-10-25", "01:00-04:00", "01:00+02:00", "04:00+01:00", 240],
    ["closing in the hour that is not there: when the clock leaps over it", "2027-03-28", "00:15-02:30", "00:15+01:00", "03:00+02:00", 105],
    ["opening in it: when the clock leaps over it", "2027-03-28", "02:30-04:00", "03:00+02:00", "04:00+02:00", 60],
    ["open over it: an hour less", "2027-03-28", "01:00-04:00", "01:00+01:00", "04:00+02:00", 120],
  ])("summer time, %s", (_name, day, span, opens, closes, minutes) => {
    const calendar = createBusinessCalendar(hours({ special: { [day]: [span] } }), "Europe/Berlin");
    const [start, end] = [opens, closes].map((clock) => Date.parse(`${day}T${clock}`)) as [number, number];
    expect(calendar.openSpans(day)).toEqual([{ start, end }]);
    expect(calendar.businessMinutesBetween(start - HOUR_MS, end + HOUR_MS)).toBe(minutes);
  });

  it("with Chinese holidays it is closed on the days off unless special, and open on swapped working days with Monday's hours", () => {
    const calendar = createBusinessCalendar(hours({ holidays: "cn", special: { "2026-10-02": ["10:00-16:00"] } }), ZONE);
    expect(calendar.openSpans("2026-10-01")).toEqual([]);
    expect(calendar.openSpans("2026-10-02")).toHaveLength(1);
    expect(calendar.openSpans("2026-10-10")).toEqual([
      { start: t("2026-10-10T09:00"), end: t("2026-10-10T12:00") },
      { start: t("2026-10-10T13:30"), end: t("2026-10-10T18:00") },
    ]);
    expect(calendar.openSpans("2026-10-17")).toEqual([]);
  });

  it("a swapped working day keeps the hours of its weekday where the business has some", () => {
    const calendar = createBusinessCalendar(hours({ holidays: "cn", weekly: { ...office, sat: ["10:00-12:00"] } }), ZONE);
    expect(calendar.openSpans("2026-10-10")).toEqual([{ start: t("2026-10-10T10:00"), end: t("2026-10-10T12:00") }]);
  });

  it("isOpen holds at the opening and no longer at the closing", () => {
    const calendar = createBusinessCalendar(hours(), ZONE);
    expect(calendar.isOpen(t("2026-11-16T09:00"))).toBe(true);
    expect(calendar.isOpen(t("2026-11-16T12:00"))).toBe(false);
    expect(calendar.isOpen(t("2026-11-21T10:00"))).toBe(false);
  });

  it("nextOpen is now when open, else the next opening, and null for a shop that never opens", () => {
    const calendar = createBusinessCalendar(hours(), ZONE);
    expect(calendar.nextOpen(t("2026-11-16T10:10"))).toBe(t("2026-11-16T10:10"));
    expect(calendar.nextOpen(t("2026-11-20T18:00"))).toBe(t("2026-11-23T09:00"));
    expect(createBusinessCalendar(hours({ weekly: shut }), ZONE).nextOpen(t("2026-11-20T18:00"))).toBeNull();
  });

  it("addBusinessMinutes runs over lunch and weekend, ends with a span and keeps 0 where it is", () => {
    const calendar = createBusinessCalendar(hours(), ZONE);
    expect(calendar.addBusinessMinutes(t("2026-11-16T11:30"), 60)).toBe(t("2026-11-16T14:00"));
    expect(calendar.addBusinessMinutes(t("2026-11-16T11:30"), 30)).toBe(t("2026-11-16T12:00"));
    expect(calendar.addBusinessMinutes(t("2026-11-20T17:45"), 30)).toBe(t("2026-11-23T09:15"));
    expect(calendar.addBusinessMinutes(t("2026-11-21T03:00"), 0)).toBe(t("2026-11-21T03:00"));
  });

  it("addBusinessMinutes refuses negative minutes and a shop that never opens", () => {
    expect(() => createBusinessCalendar(hours(), ZONE).addBusinessMinutes(0, -1)).toThrow(RangeError);
    expect(() => createBusinessCalendar(hours({ weekly: shut }), ZONE).addBusinessMinutes(t("2026-11-20T18:00"), 1)).toThrow(
      /no opening within/,
    );
  });

  it("businessMinutesBetween is negative backwards", () => {
    const calendar = createBusinessCalendar(hours(), ZONE);
    expect(calendar.businessMinutesBetween(t("2026-11-16T11:00"), t("2026-11-16T14:30"))).toBe(120);
    expect(calendar.businessMinutesBetween(t("2026-11-16T14:30"), t("2026-11-16T11:00"))).toBe(-120);
  });

  it("isWorkingDay knows weekends, holidays and swapped days", () => {
    expect(isWorkingDay("2026-10-01", "cn")).toBe(false);
    expect(isWorkingDay("2026-10-01", "none")).toBe(true);
    expect(isWorkingDay("2026-10-10", "cn")).toBe(true);
    expect(isWorkingDay("2026-10-10", "none")).toBe(false);
  });
});

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
// From 04:00, so that no span lies in an hour that the summer clock skips or repeats.
const span = fc
  .tuple(fc.integer({ min: 16, max: 95 }), fc.integer({ min: 1, max: 30 }))
  .map(([start, length]) => `${clock(start * 15)}-${clock(Math.min(96, start + length) * 15)}`);
const spans = fc.array(span, { maxLength: 3 });
const weekly = fc.record({ mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans });
const day = fc.integer({ min: 0, max: 60 }).map((offset) => addDays("2026-09-01", offset));
const arbitraryHours: fc.Arbitrary<Hours> = fc.record({
  weekly,
  closed: fc.array(
    fc.oneof(
      day,
      day.map((first) => `${first}..${addDays(first, 2)}`),
    ),
    { maxLength: 3 },
  ),
  special: fc.dictionary(day, spans, { maxKeys: 3 }),
  holidays: fc.constantFrom("cn" as const, "none" as const),
});
const zone = fc.constantFrom("Asia/Shanghai", "America/New_York", "Europe/London", "Asia/Taipei");

/** Is the shop open in the minute that begins at an instant, by the wall clock alone? */
function openByTheClock(openings: ReadonlyMap<string, readonly (readonly [number, number])[]>, at: number, inZone: string): boolean {
  const wall = wallClock(at, inZone);
  return (openings.get(wall.day) ?? []).some(([start, end]) => start <= wall.minute && wall.minute < end);
}

describe("createBusinessCalendar against a walk minute by minute", () => {
  it("addBusinessMinutes and businessMinutesBetween agree with the walk on random calendars", () => {
    fc.assert(
      fc.property(
        arbitraryHours,
        zone,
        fc.integer({ min: 0, max: 40 * 24 * 4 }),
        fc.integer({ min: 1, max: 900 }),
        (given, inZone, quarter, minutes) => {
          const calendar = createBusinessCalendar(given, inZone);
          const start = Date.parse("2026-09-08T00:00Z") + quarter * 15 * MINUTE_MS;
          const end = start + 4 * 24 * HOUR_MS;
          const openings = new Map<string, readonly (readonly [number, number])[]>();
          for (let key = "2026-09-01"; key < "2026-11-15"; key = addDays(key, 1)) {
            const midnight = calendar.openSpans(key);
            openings.set(
              key,
              midnight.map((one) => [wallClock(one.start, inZone).minute, wallClock(one.end - 1, inZone).minute + 1]),
            );
          }
          let walked = 0;
          let reached: number | null = null;
          for (let at = start; at < end; at += MINUTE_MS) {
            if (!openByTheClock(openings, at, inZone)) continue;
            walked += 1;
            if (walked === minutes) reached = at + MINUTE_MS;
          }
          expect(calendar.businessMinutesBetween(start, end)).toBe(walked);
          if (reached !== null) expect(calendar.addBusinessMinutes(start, minutes)).toBe(reached);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("businessMinutesBetween the start and what addBusinessMinutes gives is what was added", () => {
    fc.assert(
      fc.property(
        arbitraryHours,
        zone,
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        (given, inZone, offset, minutes) => {
          fc.pre(Object.values(given.weekly).some((one) => one.length > 0));
          const calendar = createBusinessCalendar(given, inZone);
          const start = Date.parse("2026-09-08T00:00Z") + offset * MINUTE_MS;
          expect(calendar.businessMinutesBetween(start, calendar.addBusinessMinutes(start, minutes))).toBe(minutes);
        },
      ),
      { numRuns: 200 },
    );
  });
});
