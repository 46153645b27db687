import { describe, expect, test } from "vitest";
import type { Offer } from "../../../core/booking/slots.ts";
import { askTime, hoursOf, settleTime } from "../../../core/booking/time-slot.ts";
import { refusesOffers, wantsSoonest } from "../../../core/booking/time-wish.ts";
import type { Settled } from "../../../core/conversation/flow.ts";
import type { Json } from "../../../core/conversation/state.ts";
import type { Language } from "../../../core/language.ts";
import type { BusinessModel } from "../../../core/profile/model.ts";
import type { AgendaDay } from "../../../core/spine/outcome.ts";
import { DAY_MS } from "../../../core/time.ts";
import { tinyModel } from "../../support/profile.ts";
import { openTurn } from "../../support/turn.ts";
import { at, clockOf } from "./days.ts";

/** Monday morning; two hours' notice; Monday to Friday 9–12 and 13–17. */
const NOW = at("23", "09:00");
const SPLIT = ["09:00-12:00", "13:00-17:00"];
const model = tinyModel({
  weekly: { mon: SPLIT, tue: SPLIT, wed: SPLIT, thu: SPLIT, fri: SPLIT },
  booking: { minimumNoticeMinutes: 120, horizonDays: 7 },
});
const taken = (date: string, from: string, to: string, booking = "T1"): AgendaDay => ({
  technician: "amy",
  day: `2026-11-${date}`,
  version: 1,
  busy: [{ start: at(date, from), end: at(date, to), booking }],
});

interface Try {
  readonly model?: BusinessModel;
  readonly days?: readonly AgendaDay[];
  readonly lang?: Language;
  readonly moving?: string;
}

function settle(raw: Json, options: Try = {}): Settled<Json> & { readonly daysToSlot: unknown } {
  const used = options.model ?? model;
  const turn = openTurn(used, { now: NOW, lang: options.lang ?? "en", days: options.days ?? [] });
  const settled = settleTime(turn, { services: [used.service("check")!], place: "shop" }, raw, options.moving ?? null);
  return { ...settled, daysToSlot: turn.ruleFacts["days_to_slot"] };
}
const instant = (date: string, clock: string): Json => ({ start: at(date, clock), end: null, grain: "minute" });
const span = (from: number, to: number, grain = "part"): Json => ({ start: from, end: to, grain });
const starts = (settled: Settled<Json>): string[] =>
  settled.status === "ok"
    ? []
    : (settled.prompt.choices ?? []).flatMap((choice) =>
        choice.value === undefined
          ? []
          : `${new Date((choice.value as unknown as Offer).start + 8 * 3_600_000).toISOString().slice(8, 10)} ${clockOf((choice.value as unknown as Offer).start)}`,
      );
const value = (settled: Settled<Json>): Offer & { readonly others: readonly number[] } => {
  expect(settled.status).toBe("ok");
  return (settled as { value: unknown }).value as Offer & { readonly others: readonly number[] };
};

describe("settleTime: a wished instant", () => {
  test("that is free is taken as it is", () => {
    expect(value(settle(instant("24", "10:00")))).toStrictEqual({
      start: at("24", "10:00"),
      end: at("24", "11:00"),
      technician: "amy",
      busy: { start: at("24", "10:00"), end: at("24", "11:00") },
      others: [],
    });
  });

  const refusals: readonly (readonly [string, Json, Try, string, string, readonly string[]])[] = [
    ["gone by", instant("20", "10:00"), {}, "past", "Fri 20 Nov, 10:00", ["23 11:00", "23 13:00", "23 13:30"]],
    ["now", instant("23", "09:00"), {}, "past", "today, Mon 23 Nov, 09:00", ["23 11:00", "23 13:00", "23 13:30"]],
    ["sooner than the notice", instant("23", "10:00"), {}, "notice", "120", ["23 11:00", "23 13:00", "23 13:30"]],
    ["on a closed day", instant("28", "10:00"), {}, "closed_day", "Sat 28 Nov", ["27 16:00", "27 15:30", "27 15:00"]],
    [
      "in the lunch break, with the hours told",
      instant("24", "12:30"),
      {},
      "closed_hour",
      "09:00–12:00, 13:00–17:00",
      ["24 13:00", "24 13:30", "24 11:00"],
    ],
    [
      "in the night, with the hours told",
      instant("24", "20:00"),
      {},
      "closed_hour",
      "09:00–12:00, 13:00–17:00",
      ["24 16:00", "24 15:30", "24 15:00"],
    ],
    [
      "taken, with the nearest on both sides",
      instant("24", "10:00"),
      { days: [taken("24", "10:00", "11:00")] },
      "busy",
      "tomorrow, Tue 24 Nov, 10:00",
      ["24 09:00", "24 11:00", "24 13:00"],
    ],
    [
      "beyond the horizon, with the last day told",
      instant("30", "24:30"),
      {},
      "horizon",
      "Mon 30 Nov",
      ["30 16:00", "30 15:30", "30 15:00"],
    ],
  ];
  test.each(refusals)("%s is refused", (_name, raw, options, reason, said, offered) => {
    const settled = settle(raw, options);
    expect(settled).toMatchObject({ status: "refused", reason, text: expect.stringContaining(said) });
    expect(starts(settled)).toStrictEqual(offered);
  });

  test("that only the booking being moved takes is free", () => {
    const days = [taken("24", "10:00", "11:00", "B1")];
    expect(settle(instant("24", "10:30"), { days }).status).toBe("refused");
    expect(value(settle(instant("24", "10:30"), { days, moving: "B1" })).start).toBe(at("24", "10:30"));
  });

  test("refused without any free time asks for another and offers nothing", () => {
    const full = [...Array(8).keys()].map((day) => taken(String(23 + day), "09:00", "17:00"));
    const settled = settle(instant("24", "10:00"), { days: full });
    expect(settled).toMatchObject({ status: "refused", reason: "busy", daysToSlot: 8 });
    expect(starts(settled)).toStrictEqual([]);
  });
});

describe("settleTime: a wished span", () => {
  test("gives the earliest free time within it, and the next as others", () => {
    const offer = value(settle(span(at("24", "13:00"), at("24", "18:00"))));
    expect([offer.start, ...offer.others]).toStrictEqual([at("24", "13:00"), at("24", "13:30"), at("24", "14:00")]);
  });
  test("that has partly gone by gives the earliest of what is left", () => {
    expect(value(settle(span(at("23", "00:00"), at("24", "00:00"), "day"))).start).toBe(at("23", "11:00"));
  });
  test("ends before its end: a start at the end is no start within it", () => {
    expect(settle(span(at("24", "12:00"), at("24", "13:00"))).status).toBe("refused");
    expect(value(settle(span(at("24", "12:00"), at("24", "13:01")))).start).toBe(at("24", "13:00"));
  });
  test("of a week skips what is full and closed", () => {
    const days = [taken("23", "09:00", "17:00"), taken("24", "09:00", "17:00"), taken("25", "09:00", "16:00")];
    expect(value(settle(span(at("23", "00:00"), at("30", "00:00"), "week"), { days })).start).toBe(at("25", "16:00"));
  });
  test("that is full offers the nearest around it", () => {
    const settled = settle(span(at("24", "09:00"), at("24", "12:00")), { days: [taken("24", "09:00", "12:00")] });
    expect(settled).toMatchObject({ status: "refused", reason: "busy" });
    expect(starts(settled)).toStrictEqual(["24 13:00", "24 13:30", "24 14:00"]);
  });
  test("on a closed day says that the day is closed", () => {
    expect(settle(span(at("28", "00:00"), at("29", "00:00"), "day"))).toMatchObject({
      status: "refused",
      reason: "closed_day",
      text: expect.stringContaining("Sat 28 Nov"),
    });
  });
  test("that has gone by is past", () => {
    expect(settle(span(at("22", "00:00"), at("23", "00:00"), "day"))).toMatchObject({ status: "refused", reason: "past" });
  });
  test("beyond the horizon is too far", () => {
    expect(settle(span(at("30", "00:00") + 10 * DAY_MS, at("30", "00:00") + 17 * DAY_MS, "week"))).toMatchObject({
      status: "refused",
      reason: "horizon",
    });
  });
});

describe("settleTime: as soon as possible", () => {
  test("is the first free time, with the next as others", () => {
    const settled = settle({ asap: true });
    expect(value(settled).start).toBe(at("23", "11:00"));
    expect(value(settled).others).toStrictEqual([at("23", "13:00"), at("23", "13:30")]);
    expect(settled.daysToSlot).toBe(0);
  });
  test("says how far off the first free time is", () => {
    expect(settle({ asap: true }, { days: [23, 24, 25].map((date) => taken(String(date), "09:00", "17:00")) }).daysToSlot).toBe(3);
  });
  test("with nothing free at all says so", () => {
    const none = tinyModel({ weekly: { mon: ["09:00-09:30"], tue: [], wed: [], thu: [], fri: [] }, booking: { horizonDays: 7 } });
    expect(settle({ asap: true }, { model: none })).toMatchObject({ status: "refused", reason: "full", daysToSlot: 8 });
  });
});

describe("settleTime: a time that was offered", () => {
  const offered = (date: string, clock: string): Json => ({
    start: at(date, clock),
    end: at(date, clock) + 3_600_000,
    technician: "zoe",
    busy: { start: 0, end: 0 },
  });
  test("and is still free is taken, with whoever is free now", () => {
    expect(value(settle(offered("24", "10:00"))).technician).toBe("amy");
  });
  test("and was taken meanwhile offers the nearest", () => {
    const settled = settle(offered("24", "10:00"), { days: [taken("24", "09:30", "10:30")] });
    expect(settled).toMatchObject({ status: "refused", reason: "taken", text: expect.stringContaining("Tue 24 Nov, 10:00") });
    expect(starts(settled)).toStrictEqual(["24 10:30", "24 11:00", "24 13:00"]);
  });
  test("and has gone by meanwhile is past", () => {
    expect(settle(offered("23", "08:00"))).toMatchObject({ status: "refused", reason: "past" });
  });
});

test("refusals are worded in the customer's language", () => {
  const said = (lang: Language): string => (settle(instant("28", "10:00"), { lang }) as { text: string }).text;
  expect(said("zh-CN")).toContain("11月28日（周六）");
  expect(said("zh-TW")).toContain("11月28日（週六）");
  expect(said("en")).toContain("Sat 28 Nov");
});

describe("askTime", () => {
  const ask = (days: readonly AgendaDay[] = []) =>
    askTime(openTurn(model, { now: NOW, lang: "en", days }), { services: [model.service("check")!], place: "shop" }, null);
  test("offers mornings and afternoons of several days before the next half hour", () => {
    expect((ask().choices ?? []).map((choice) => choice.label)).toStrictEqual([
      "Mon 23 Nov, 11:00",
      "Mon 23 Nov, 13:00",
      "Tue 24 Nov, 09:00",
    ]);
  });
  test("fills up with what there is when few half days are free", () => {
    const full = [...Array(8).keys()].map((day) => taken(String(23 + day), "09:00", "17:00")).filter((day) => day.day !== "2026-11-24");
    expect((ask([...full, taken("24", "09:00", "14:30")]).choices ?? []).map((choice) => choice.label)).toStrictEqual([
      "Tue 24 Nov, 14:30",
      "Tue 24 Nov, 15:00",
      "Tue 24 Nov, 15:30",
    ]);
  });
  test("each choice has an id of its own", () => {
    const ids = (ask().choices ?? []).map((choice) => choice.id);
    expect(new Set(ids).size).toBe(3);
  });
});

test("hoursOf writes a day's hours, midnight as 24:00", () => {
  const turn = openTurn(tinyModel({ weekly: { mon: ["00:00-09:00", "20:00-24:00"] } }), { now: NOW, lang: "zh-CN" });
  expect(hoursOf(turn, "2026-11-23")).toBe("00:00–09:00、20:00–24:00");
  expect(hoursOf(turn, "2026-11-28")).toBe("");
});

describe("words about times", () => {
  test.each(["尽快", "盡快", "越快越好", "什么时候都可以", "幾時都得,都可以", "ASAP please", "any time", "the soonest"])(
    "%j is as soon as possible",
    (text) => {
      expect(wantsSoonest(text)).toBe(true);
    },
  );
  test.each(["明天", "快修好了吗", "soon", "一会儿"])("%j is not", (text) => {
    expect(wantsSoonest(text)).toBe(false);
  });
  test.each(["都不行", "换个时间", "其他時間", "none of these", "another time", "Neither"])("%j refuses what was offered", (text) => {
    expect(refusesOffers(text)).toBe(true);
  });
  test.each(["都行", "第一个", "the other one", "可以"])("%j does not", (text) => {
    expect(refusesOffers(text)).toBe(false);
  });
});
