/** The forecast in words: what a team chat hears, and what the rows of the page stand for. */
import { describe, expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import type { Forecast, ForecastCell } from "../../../core/care/forecasts.ts";
import type { StaffAct } from "../../../core/ports.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { parseForecastCommand, withForecasts } from "../../../core/reports/forecast-intake.ts";
import { cellsOfKey, forecastTables, forecastText } from "../../../core/reports/forecast-tables.ts";

const NOW = Date.parse("2026-12-20T09:00:00+08:00");
const profile = loadProfile("dealer", "en");
const model = createBusinessModel({
  ...profile,
  staff: [{ ...profile.staff[0]!, channels: { slack: "U1" } }, ...profile.staff.slice(1)],
});
const cell = (day: string, plan: string, way: ForecastCell["way"], count: number, more: Partial<ForecastCell> = {}): ForecastCell => ({
  day,
  plan,
  way,
  channel: way === "message" ? "wecom" : null,
  why: way === "message" || way === "along" ? null : "window_closed",
  count,
  who: Array.from({ length: count }, (_, index) => `k${index}`),
  ...more,
});
const FORECAST: Forecast = {
  at: NOW,
  first: "2026-12-20",
  customers: 40,
  looked: 40,
  cells: [
    cell("2026-12-21", "maintenance", "message", 3),
    cell("2026-12-21", "birthday", "along", 1),
    cell("2026-12-26", "inspection-due", "mass", 2),
    cell("2027-01-01", "new-year", "message", 5, { channel: "web" }),
    cell("2027-01-01", "new-year", "left_out", 4, { why: "opted_out" }),
    cell("2027-02-05", "spring", "unreachable", 6, { why: "no_channel" }),
  ],
};
const tables = (forecast: Forecast, weeks: number) =>
  Object.fromEntries(forecastTables(forecast, weeks, model, "en", (code) => code).map((table) => [table.id, table]));

describe("parseForecastCommand", () => {
  test.each<[string, number | null]>([
    ["/forecast", 4],
    ["/forecast 8", 8],
    ["/forecast 2w", 2],
    ["/forecast@anxin_bot 8 weeks", 8],
    ["/forecast 3 weeks", 4],
    ["/forecast 99", 8],
    ["关怀预告", 4],
    ["关怀预告 两周", 2],
    ["關懷預告：8 週", 8],
    ["/发送预告 八周", 8],
    ["forecast", null],
    ["the forecast says rain", null],
    ["关怀预告什么时候能看", null],
    ["群发 K001", null],
  ])("%s", (text, weeks) => expect(parseForecastCommand(text)).toBe(weeks));
});

describe("forecastTables", () => {
  test("count each week and the whole span, and leave out what lies behind it", () => {
    expect(tables(FORECAST, 2)["weeks"]!.rows).toEqual([
      ["12-20 – 12-26", 3, 1, 2, 0, 0, 0],
      ["12-27 – 01-02", 5, 0, 0, 0, 0, 4],
      ["total", 8, 1, 2, 0, 0, 4],
    ]);
    expect(tables(FORECAST, 8)["weeks"]!.rows.at(-1)).toEqual(["total", 8, 1, 2, 0, 6, 4]);
    expect(tables(FORECAST, 2)["channels"]!.rows).toEqual([
      ["web page", 5],
      ["WeChat Work", 3],
    ]);
    expect(tables(FORECAST, 8)["reasons"]!.rows).toEqual([
      ["not reachable", "no_channel", 6],
      ["left out", "opted_out", 4],
      ["sent by hand", "window_closed", 2],
    ]);
  });

  test("each row's key gives back the cells it counts", () => {
    for (const { rows, keys, id } of forecastTables(FORECAST, 8, model, "en", (code) => code))
      for (const [index, key] of keys.entries()) {
        if (key === null) continue;
        const counted = rows[index]!.filter((one) => typeof one === "number").reduce((sum, one) => sum + one, 0);
        const named = cellsOfKey(FORECAST, 8, key).reduce((sum, { who }) => sum + who.length, 0);
        expect([id, key, named]).toEqual([id, key, counted]);
      }
    for (const key of ["", "plan", "plan:none", "__proto__:x", "why:mass"]) expect(cellsOfKey(FORECAST, 8, key)).toEqual([]);
  });

  test("a sample's counts are those of all customers, and the chat says that they are approximate", () => {
    const sample = { ...FORECAST, customers: 400 };
    expect(tables(sample, 2)["weeks"]!.rows.at(-1)).toEqual(["total", 80, 10, 20, 0, 0, 40]);
    expect(forecastText(sample, 2, model, "en", (code) => code)).toContain("about: reckoned from 40 of 400 customers");
  });
});

describe("forecastText", () => {
  test("says what goes out, what doesn't and why, week by week, without a name", () => {
    expect(forecastText(FORECAST, 2, model, "zh-CN", (code) => (code === "opted_out" ? "客户已退订" : "渠道窗口已关闭"))).toBe(
      [
        "【未来 2 周关怀】2026-12-20 起",
        "自动发出 8、并入同一条 1、员工手动发送 2、不发 4",
        "12-20 – 12-26：自动发出 3、并入同一条 1、员工手动发送 2（保养提醒 3、生日祝福 1）",
        "12-27 – 01-02：自动发出 5、不发 4（元旦问候 5）",
        "各渠道：网页 5、企业微信 3",
        "不能自动发出的原因：客户已退订 4、渠道窗口已关闭 2",
        "按现状推算，假定客户期间不来信；名单见报表页。",
      ].join("\n"),
    );
  });

  test("of nothing is one line more than its title", () => {
    expect(forecastText({ ...FORECAST, cells: [] }, 4, model, "en", String)).toBe(
      "[Care in the next 4 weeks] from 2026-12-20\nNothing is due.",
    );
  });
});

describe("withForecasts", () => {
  const act = (actor: string, text: string): StaffAct => ({
    id: `slack:${text}`,
    channel: "slack",
    actor,
    case: null,
    thread: null,
    act: { kind: "text", text },
    receivedAt: NOW,
  });
  const answer = (actor: string, text: string, ready: boolean) =>
    withForecasts(
      { accept: async () => ({ result: "taken" }) },
      { read: () => (ready ? Promise.resolve(FORECAST) : new Promise(() => undefined)) },
      model,
      () => (ready ? new Promise(() => undefined) : Promise.resolve()),
    ).accept(act(actor, text));

  test("answers a member alone, and hands on what a stranger or anybody writes of something else", async () => {
    expect(await answer("U1", "/forecast 2", true)).toMatchObject({ result: "refused", say: expect.stringContaining("【未来 2 周关怀】") });
    expect(await answer("U9", "/forecast 2", true)).toEqual({ result: "taken" });
    expect(await answer("U1", "forecast for lunch", true)).toEqual({ result: "taken" });
  });

  test("asks a chat that has waited long enough to come again", async () => {
    expect(await answer("U1", "/forecast", false)).toEqual({ result: "refused", say: "正在推算，请过一会儿再发一次。" });
  });
});
