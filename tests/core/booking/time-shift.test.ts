import { describe, expect, test } from "vitest";
import { timeShiftOf } from "../../../core/booking/time-shift.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../core/time.ts";

describe("timeShiftOf", () => {
  test.each([
    ["改早一个小时", -HOUR_MS],
    ["提前半小时可以吗", -HOUR_MS / 2],
    ["晚兩個鐘", 2 * HOUR_MS],
    ["推迟一天", DAY_MS],
    ["往后推两天吧", 2 * DAY_MS],
    ["提早30分钟", -30 * MINUTE_MS],
    ["晚一个半小时", 1.5 * HOUR_MS],
    ["can you make it an hour later", HOUR_MS],
    ["half an hour earlier please", -HOUR_MS / 2],
    ["push it back by two days", 2 * DAY_MS],
    ["move it forward 30 minutes", -30 * MINUTE_MS],
  ])("%j moves the hour", (text, ms) => expect(timeShiftOf(text)).toBe(ms));

  test.each([["两个小时后"], ["早上九点"], ["晚上八点"], ["an hour"], ["tomorrow"], ["提前说一声"], ["later"], ["in two hours"]])(
    "%j names no move",
    (text) => expect(timeShiftOf(text)).toBeNull(),
  );
});
