/** Giving way by one tap: what staff see, what one tap does, and what every other tap does not. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StaffPost } from "../../../core/ports.ts";
import { DAY_MS, HOUR_MS } from "../../../core/time.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { fault } from "../../support/profile.ts";
import { type MemoryStaffChannel, memoryStaffChannel } from "../../support/staff-channel.ts";
import { AMY, MANAGER, teamProfile, telegram } from "../../support/team.ts";

const ORDINARY = "web:ordinary";
const URGENT = "web:urgent";
const TUESDAY_TWO = Date.parse("2026-11-24T14:00:00+08:00");

let bench: Bench;
let room: MemoryStaffChannel;

beforeEach(async () => {
  const base = teamProfile();
  const words = { "zh-CN": ["冒烟"], "zh-TW": ["冒煙"], en: ["smoking"] };
  room = memoryStaffChannel("telegram");
  bench = openBench({
    profile: {
      ...base,
      faults: [...base.faults, fault("smoke", { words, urgent: true })],
      rules: [],
      business: {
        ...base.business,
        workshop: { ...base.business.workshop, displace: { for: ["urgent"], automatic: true, noticeMinutes: 1_440 } },
      },
    },
    staffChannels: [room],
  });
  await bench.say(ORDINARY, "机器坏了,明天下午两点,王芳 13800138000");
  await bench.say(ORDINARY, "确认");
});
afterEach(async () => {
  expect(bench.errors).toStrictEqual([]);
  await bench.store.close();
});

const wish = () => bench.say(URGENT, "机器冒烟,明天下午两点,李明 13900139000");
const offers = (): StaffPost[] => room.posts.filter((post) => post.buttons.some(({ label }) => label === "请他们让位"));
const button = (): string => offers().at(-1)!.buttons[0]!.id;
async function tap(actor = telegram(MANAGER), id = button()) {
  const answer = await room.press(bench.engine.staffIntake, actor, id);
  await bench.engine.settle();
  return answer;
}
const heard = () => room.texts(null).at(-1);
const booking = async (at: number) => (await bench.bookings())[at]!;
const toldTo = async (conversation: string) => (await bench.messages(conversation)).map((message) => message.text).join("\n");

/** No hour stands twice in the technician's days. */
async function spans(): Promise<string[]> {
  const days = await bench.store.unit((unit) => unit.agenda.days("2026-11-23", "2026-12-07"));
  for (const day of days)
    for (const one of day.busy)
      expect(
        day.busy.filter((other) => one.start < other.end && other.start < one.end),
        one.booking,
      ).toHaveLength(1);
  return days.flatMap((day) => day.busy.map((span) => span.booking));
}

describe("an urgent wish for an hour that an ordinary booking has", () => {
  test("asks staff once, with a button within the limits of every channel and the command in words", async () => {
    const answer = await wish();
    expect(answer.at(-1)!.text).toContain("约满");
    await bench.say(URGENT, "明天下午两点");
    expect(offers()).toHaveLength(1);
    expect(offers()[0]!.text).toContain(button());
    expect(Buffer.byteLength(button())).toBeLessThanOrEqual(48);
    expect((await bench.notices()).filter((notice) => notice.text.includes(button()))).toMatchObject([{ to: "manager" }]);
    expect(await booking(0)).toMatchObject({ start: TUESDAY_TWO, status: "confirmed" });
  });

  test("one tap: the hour goes into the urgent booking under way, the other has a new hour and hears at once", async () => {
    await wish();
    expect(await tap()).toMatchObject({ result: "taken" });
    expect(await toldTo(ORDINARY)).toContain("非常抱歉");
    expect((await bench.messages(URGENT)).at(-1)!.text).toContain("14:00");
    await bench.say(URGENT, "确认");
    expect(await booking(1)).toMatchObject({ start: TUESDAY_TWO, status: "confirmed", fault: "smoke" });
    expect((await booking(0)).start).not.toBe(TUESDAY_TWO);
    expect((await spans()).sort()).toEqual([(await booking(0)).number, (await booking(1)).number]);
  });

  test("who has taken another hour meanwhile is offered the one that was made free", async () => {
    await wish();
    await bench.press(URGENT, "1");
    await bench.say(URGENT, "确认");
    const before = (await booking(1)).start;
    await tap();
    expect((await bench.messages(URGENT)).at(-1)!.text).toContain("14:00");
    await bench.say(URGENT, "可以");
    expect(before).not.toBe(TUESDAY_TWO);
    expect((await booking(1)).start).toBe(TUESDAY_TWO);
    await spans();
  });

  test("a second tap, by anybody, changes nothing and says so", async () => {
    await wish();
    const id = button();
    await tap();
    const after = await booking(0);
    await tap(telegram(AMY), id);
    expect(heard()).toContain("已经让过位了");
    expect(await booking(0)).toEqual(after);
    expect((await toldTo(ORDINARY)).split("非常抱歉")).toHaveLength(2);
  });

  test("two taps at once are one", async () => {
    await wish();
    const id = button();
    await Promise.all([
      room.press(bench.engine.staffIntake, telegram(MANAGER), id),
      room.press(bench.engine.staffIntake, telegram(AMY), id),
    ]);
    await bench.engine.settle();
    expect((await toldTo(ORDINARY)).split("非常抱歉")).toHaveLength(2);
    await spans();
  });

  test("after the customer moved the booking, the tap says what it is now", async () => {
    await wish();
    const id = button();
    await bench.say(ORDINARY, "改期到后天上午十点");
    await bench.say(ORDINARY, "确认");
    const moved = await booking(0);
    expect(moved.start).not.toBe(TUESDAY_TWO);
    await tap(telegram(MANAGER), id);
    expect(heard()).toContain("已经不适用");
    expect((await booking(0)).start).toBe(moved.start);
    expect(await toldTo(ORDINARY)).not.toContain("非常抱歉");
  });

  test("after the hour has passed, and for a wish that never was, nothing happens", async () => {
    await wish();
    const id = button();
    await bench.wait(2 * DAY_MS);
    await tap(telegram(MANAGER), id);
    expect(heard()).toContain("已经过了");
    await bench.desk("internal:house", MANAGER, { do: "workshop", about: "B26112301", act: { name: "displace", text: "@000000" } });
    expect(heard()).toContain("已经不适用");
  });

  test("a stranger's tap does nothing, and every one of them is told", async () => {
    await wish();
    for (const _ of [1, 2]) {
      const answer = await tap("666");
      expect(answer).toMatchObject({ result: "refused", say: expect.stringContaining("666") });
    }
    expect((await booking(0)).start).toBe(TUESDAY_TWO);
    expect(await toldTo(ORDINARY)).not.toContain("非常抱歉");
  });

  test("the hour that became free by itself is offered without anybody giving way", async () => {
    await wish();
    const id = button();
    const own = await booking(0);
    // The other booking keeps its hour in name; its span is given back, as by an undo on another machine.
    await bench.store.unit(async (unit) => {
      const [day] = await unit.agenda.days("2026-11-24", "2026-11-24");
      await unit.agenda.put({ ...day!, busy: [] });
    });
    await tap(telegram(MANAGER), id);
    expect(heard()).toContain("不用让位");
    expect((await booking(0)).start).toBe(own.start);
    await tap(telegram(MANAGER), id);
    expect(heard()).toContain("已经不适用");
  });

  test("who is no longer booking is called by staff", async () => {
    await wish();
    await bench.say(URGENT, "不约了");
    await bench.wait(HOUR_MS);
    await bench.store.unit(async (unit) => {
      const row = (await unit.conversations.get(URGENT))!;
      await unit.conversations.put({ ...row, state: { ...(row.state as object), stack: [], draft: null } });
    });
    await tap();
    expect(room.texts(null).join("\n")).toContain("请联系客户");
  });
});
