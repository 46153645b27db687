import { describe, expect, test } from "vitest";
import type { Case } from "../../../core/cases/state.ts";
import { EMPTY_ROSTER, goAway } from "../../../core/desk/roster.ts";
import { endingNow, nextEndingAt, whoIsNext } from "../../../core/desk/shifts.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import type { Profile, Staff } from "../../../core/profile/schema.ts";
import { HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { memoryStaffChannel } from "../../support/staff-channel.ts";
import { AMY, BEN, teamProfile, telegram } from "../../support/team.ts";

type Shifts = NonNullable<Staff["shifts"]>;
const day = (span: string): Shifts => ({ mon: [span], tue: [span], wed: [span], thu: [span], fri: [span] }) as Shifts;
const EARLY = day("09:00-13:00");
const LATE = day("13:00-20:00");
const at = (clock: string, on = "2026-11-23"): number => Date.parse(`${on}T${clock}:00+08:00`);

function shop(shifts: Readonly<Record<string, Shifts>>): Profile {
  const profile = teamProfile();
  // Two of the role, so that it is plain who the other one is.
  const staff = profile.staff.filter((one) => one.role !== "representative" || [AMY, BEN].includes(one.id));
  return { ...profile, staff: staff.map((one) => (shifts[one.id] ? { ...one, shifts: shifts[one.id]! } : one)) };
}

describe("who is next when work ends", () => {
  const next = (shifts: Readonly<Record<string, Shifts>>, clock: string, roster = EMPTY_ROSTER): readonly string[] => {
    const model = createBusinessModel(shop(shifts));
    return whoIsNext(model, roster, model.staff(AMY)!, at(clock)).map((one) => one.id);
  };
  test.each<readonly [string, Readonly<Record<string, Shifts>>, string, readonly string[]]>([
    ["a colleague who is at work then", { [AMY]: EARLY, [BEN]: LATE }, "13:00", [BEN]],
    ["a colleague who begins before she is back", { [AMY]: EARLY, [BEN]: day("18:00-22:00") }, "13:00", [BEN]],
    ["nobody, when she is back first", { [AMY]: EARLY, [BEN]: day("10:00-12:00") }, "13:00", []],
    ["whoever has the opening hours, when they are open", { [AMY]: EARLY }, "13:00", [BEN]],
    ["nobody at closing time, when all begin together", { [AMY]: day("09:00-17:00") }, "17:00", []],
  ])("%s", (_name, shifts, clock, wanted) => {
    expect(next(shifts, clock)).toEqual(wanted);
  });

  test("nobody who is away", () => {
    const away = goAway(EMPTY_ROSTER, { staff: BEN, from: at("08:00"), until: null, substitute: null });
    expect(next({ [AMY]: EARLY, [BEN]: LATE }, "13:00", away)).toEqual([]);
  });
});

describe("the end of work", () => {
  const model = createBusinessModel(shop({ [AMY]: { ...EARLY, mon: ["09:00-11:00", "12:00-13:00"] } as Shifts, [BEN]: LATE }));
  const ending = (clock: string) => endingNow(model, EMPTY_ROSTER, at(clock), 15 * MINUTE_MS).map((one) => one.staff.id);
  test.each([
    ["a break is no end", "11:00", []],
    ["a quarter of an hour before it", "12:45", [AMY]],
    ["a minute earlier not yet", "12:44", []],
    ["an hour after it still", "14:00", [AMY]],
    ["five hours after it no more", "18:00", []],
  ])("%s: %s", (_name, clock, wanted) => {
    expect(ending(clock)).toEqual(wanted);
  });

  test.each([
    ["on a day that is closed out of the usual nobody works", { closed: ["2026-11-23"] }, "12:50", []],
    ["on a short day it comes with closing time", { special: { "2026-11-23": ["09:00-11:00"] } }, "10:45", [AMY]],
    ["and a late shift after that falls out", { special: { "2026-11-23": ["09:00-11:00"] } }, "19:50", []],
    ["on a usual day a shift may go on after closing time", {}, "19:50", [BEN]],
  ])("%s", (_name, hours, clock, wanted) => {
    const one = shop({ [AMY]: EARLY, [BEN]: LATE });
    const unusual = createBusinessModel({
      ...one,
      business: { ...one.business, hours: { ...one.business.hours, ...hours } as Profile["business"]["hours"] },
    });
    expect(endingNow(unusual, EMPTY_ROSTER, at(clock), 15 * MINUTE_MS).map((ending) => ending.staff.id)).toEqual(wanted);
  });

  test("is known beforehand, and never where all have the opening hours", () => {
    expect(nextEndingAt(model, EMPTY_ROSTER, at("09:00"), 0)).toBe(at("13:00"));
    expect(nextEndingAt(createBusinessModel(teamProfile()), EMPTY_ROSTER, at("09:00"), 0)).toBeNull();
  });
});

describe("a shift that ends with cases in hand", () => {
  async function working(): Promise<{ bench: Bench; room: ReturnType<typeof memoryStaffChannel>; one: () => Promise<Case> }> {
    const room = memoryStaffChannel("telegram");
    const bench = openBench({ profile: shop({ [AMY]: EARLY, [BEN]: LATE }), staffChannels: [room] });
    await bench.say("web:a", "我要投诉");
    const one = async (): Promise<Case> => (await bench.cases())[0]!;
    await bench.desk("web:a", AMY, { do: "reply", case: (await one()).number, text: "我来处理" });
    return { bench, room, one };
  }
  const offers = async (bench: Bench): Promise<readonly string[]> =>
    (await bench.notices()).filter((notice) => notice.text.includes("交班")).map((notice) => notice.to);

  test("offers them to who is next, by itself, once", async () => {
    const { bench, room, one } = await working();
    await bench.wait(at("12:44") - bench.clock.now());
    expect(await offers(bench)).toEqual([]);
    await bench.wait(MINUTE_MS);
    expect(await offers(bench)).toEqual([BEN]);
    expect(room.posts.at(-1)).toMatchObject({ mention: [telegram(BEN)], buttons: [{ id: "desk:accept:H1" }] });
    expect((await one()).owner).toBe(AMY);
    await room.press(bench.engine.staffIntake, telegram(BEN), "desk:accept:H1");
    await bench.wait(4 * HOUR_MS);
    expect((await one()).owner).toBe(BEN);
    expect(await offers(bench)).toEqual([BEN]);
    expect((await bench.notices()).filter((notice) => notice.to === AMY && notice.text.includes("H1"))).toHaveLength(1);
  });

  test("and climbs the ladder while nobody accepts", async () => {
    const { bench } = await working();
    await bench.wait(at("12:45") - bench.clock.now() + 15 * 7 * MINUTE_MS);
    expect(await offers(bench)).toEqual([BEN, BEN, "manager", "general_office"]);
  });

  test("to somebody who begins only in the morning, the recall waits for the morning", async () => {
    const room = memoryStaffChannel("telegram");
    const profile = shop({ [AMY]: day("11:00-17:00"), [BEN]: day("09:00-15:00") });
    const bench = openBench({ profile, staffChannels: [room] });
    await bench.say("web:a", "我要投诉");
    await bench.desk("web:a", AMY, { do: "reply", case: (await bench.cases())[0]!.number, text: "我来处理" });
    await bench.wait(at("16:45") - bench.clock.now());
    expect(await offers(bench)).toEqual([BEN]);
    await bench.wait(at("09:14", "2026-11-24") - bench.clock.now());
    expect(await offers(bench)).toEqual([BEN]);
    await bench.wait(MINUTE_MS);
    expect(await offers(bench)).toEqual([BEN, BEN]);
  });

  test("with nothing in hand nothing is said", async () => {
    const room = memoryStaffChannel("telegram");
    const bench = openBench({ profile: shop({ [AMY]: EARLY, [BEN]: LATE }), staffChannels: [room] });
    await bench.wait(24 * HOUR_MS);
    expect(await bench.notices()).toEqual([]);
  });
});
