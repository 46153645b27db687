import { describe, expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import { activeHold, type HoldCommand, holdOf, parseHoldCommand } from "../../../core/care/hold.ts";
import type { CareHold } from "../../../core/customers/state.ts";

const TODAY = "2026-11-23";
const NOW = Date.parse("2026-11-23T10:00:00+08:00");
const { care } = loadProfile("dealer", "en");

describe("parseHoldCommand", () => {
  test.each<[string, boolean, HoldCommand | null]>([
    [
      "/hold 13800138000 until 2027-03-01 his father died",
      false,
      { do: "hold", who: "13800138000", until: "2027-03-01", text: "his father died" },
    ],
    ["勿扰 浙A12345 至2027-03-01 父亲去世", false, { do: "hold", who: "浙A12345", until: "2027-03-01", text: "父亲去世" }],
    ["勿擾 浙A12345 3個月 車禍", true, { do: "hold", who: "浙A12345", until: "2027-02-23", text: "車禍" }],
    ["/hold for 30 days funeral", true, { do: "hold", who: null, until: "2026-12-23", text: "funeral" }],
    ["暂停关怀 客户说别发节日祝福", true, { do: "hold", who: null, until: null, text: "客户说别发节日祝福" }],
    ["/hold 王建华 2周 住院", false, { do: "hold", who: "王建华", until: "2026-12-07", text: "住院" }],
    // A day that is over or none at all is part of the words.
    ["/hold K123 until 2026-02-30 x", false, { do: "hold", who: "K123", until: null, text: "until 2026-02-30 x" }],
    ["/hold", true, { do: "show", who: null }],
    ["/hold 13800138000", true, { do: "show", who: "13800138000" }],
    ["/unhold 13800138000", false, { do: "lift", who: "13800138000" }],
    ["恢复关怀", true, { do: "lift", who: null }],
    ["hold the line please", true, null],
    ["勿扰：13800138000，父亲去世", false, { do: "hold", who: "13800138000", until: null, text: "父亲去世" }],
    ["／unhold 13800138000", false, { do: "lift", who: "13800138000" }],
    ["勿扰模式怎么关", true, null],
    ["/holder", true, null],
  ])("%s (a case at hand: %s)", (text, ofCase, wanted) => {
    expect(parseHoldCommand(text, TODAY, ofCase)).toEqual(wanted);
  });
});

describe("holdOf", () => {
  test.each<[string, string | null, CareHold["reason"], string | null]>([
    ["父亲去世", null, "bereavement", "2027-05-22"],
    ["出了车祸在住院", null, "accident", "2026-12-23"],
    ["别再发了", null, "asked", null],
    ["funeral on Friday", "2026-12-01", "bereavement", "2026-12-01"],
  ])("%s until %s", (text, until, reason, end) => {
    expect(holdOf({ reason: null, until, text }, "shen-yue", NOW, TODAY, care)).toEqual({
      reason,
      until: end,
      by: "shen-yue",
      at: NOW,
      text,
    });
  });

  test("is in force on its last day and not on the next", () => {
    const hold: CareHold = { reason: "asked", until: "2026-11-24", by: "x", at: NOW };
    expect(["2026-11-23", "2026-11-24", "2026-11-25"].map((day) => activeHold({ hold }, day) !== null)).toEqual([true, true, false]);
    expect(activeHold({ hold: { ...hold, until: null } }, "2099-01-01")).not.toBeNull();
    expect(activeHold({}, "2026-11-23")).toBeNull();
  });
});
