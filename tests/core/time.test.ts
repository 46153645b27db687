import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, instantOf, isoInZone, MINUTE_MS, wallClock } from "../../core/time.ts";

describe("instantOf on days on which the clock is changed", () => {
  const table: readonly (readonly [string, string, string, number, string])[] = [
    ["Berlin, put back: the hour before", "Europe/Berlin", "2026-10-25", 60, "2026-10-25T01:00:00+02:00"],
    ["Berlin, put back: two o'clock is there twice, the first counts", "Europe/Berlin", "2026-10-25", 120, "2026-10-25T02:00:00+02:00"],
    ["Berlin, put back: so for half past", "Europe/Berlin", "2026-10-25", 150, "2026-10-25T02:30:00+02:00"],
    ["Berlin, put back: three o'clock is there once", "Europe/Berlin", "2026-10-25", 180, "2026-10-25T03:00:00+01:00"],
    ["Berlin, put forward: half past two is not there, three is past it", "Europe/Berlin", "2027-03-28", 150, "2027-03-28T03:00:00+02:00"],
    ["Berlin, put forward: three o'clock itself", "Europe/Berlin", "2027-03-28", 180, "2027-03-28T03:00:00+02:00"],
    ["New York, put back: one o'clock is there twice", "America/New_York", "2026-11-01", 60, "2026-11-01T01:00:00-04:00"],
    ["New York, put back: two o'clock is there once", "America/New_York", "2026-11-01", 120, "2026-11-01T02:00:00-05:00"],
    ["New York, put forward: half past two is not there", "America/New_York", "2027-03-14", 150, "2027-03-14T03:00:00-04:00"],
    ["Cairo, put forward at midnight: the day begins at one", "Africa/Cairo", "2026-04-24", 0, "2026-04-24T01:00:00+03:00"],
    ["Lord Howe, put back by half an hour", "Australia/Lord_Howe", "2026-04-05", 105, "2026-04-05T01:45:00+11:00"],
    ["Lord Howe, put forward by half an hour", "Australia/Lord_Howe", "2026-10-04", 135, "2026-10-04T02:30:00+11:00"],
    ["Apia left a whole day out", "Pacific/Apia", "2011-12-30", 720, "2011-12-31T00:00:00+14:00"],
    ["Shanghai never changes it", "Asia/Shanghai", "2026-10-25", 150, "2026-10-25T02:30:00+08:00"],
    ["next midnight", "Europe/Berlin", "2026-10-25", 1_440, "2026-10-26T00:00:00+01:00"],
  ];
  test.each(table)("%s", (_name, zone, day, minute, wanted) => {
    expect(isoInZone(instantOf(day, minute, zone), zone)).toBe(wanted);
  });
});

test("instantOf gives the first instant at which the clock shows the time or is past it, found by walking through the day", () => {
  const days = ["2026-10-25", "2027-03-28", "2026-11-01", "2027-03-14", "2026-04-05", "2026-10-04", "2026-07-01"];
  const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Taipei"];
  fc.assert(
    fc.property(fc.constantFrom(...days), fc.constantFrom(...zones), fc.integer({ min: 0, max: 1_439 }), (day, zone, minute) => {
      let walked = Date.parse(`${day}T00:00:00Z`) - DAY_MS;
      for (let wall = wallClock(walked, zone); wall.day < day || (wall.day === day && wall.minute < minute); wall = wallClock(walked, zone))
        walked += MINUTE_MS;
      expect(instantOf(day, minute, zone)).toBe(walked);
    }),
    { numRuns: 500, seed: 20_261_125 },
  );
});
