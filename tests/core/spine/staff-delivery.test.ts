import { describe, expect, test } from "vitest";
import { pagePauseMs } from "../../../core/spine/staff-delivery.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../../core/time.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { type MemoryStaffChannel, memoryStaffChannel } from "../../support/staff-channel.ts";
import { AMY, BEN, MANAGER, OFFICE, slack, teamProfile, telegram } from "../../support/team.ts";

const PROFILE = teamProfile();
const CUSTOMER = "web:a";

function open(telegramCan: Parameters<typeof memoryStaffChannel>[1] = {}): {
  bench: Bench;
  room: MemoryStaffChannel;
  other: MemoryStaffChannel;
} {
  const room = memoryStaffChannel("telegram", telegramCan);
  const other = memoryStaffChannel("slack");
  return { bench: openBench({ profile: PROFILE, staffChannels: [room, other] }), room, other };
}

async function complaint(bench: Bench): Promise<string> {
  await bench.say(CUSTOMER, "我要投诉");
  return (await bench.cases())[0]!.number;
}

describe("a new case", () => {
  test("reaches every team chat with its card: words, why, promise, buttons", async () => {
    const { bench, room, other } = open();
    const number = await complaint(bench);
    for (const channel of [room, other]) {
      expect(channel.texts(number)[0]).toContain(number);
      expect(channel.card(number)).toMatchObject({ case: number, words: "我要投诉", done: false, urgency: "normal" });
      const labels = channel.card(number)!.lines.map((line) => line.label);
      expect(labels).toEqual(expect.arrayContaining(["状态", "答复期限", "原因", "建议回复"]));
      const [first] = channel.posts;
      expect(first!.buttons.map((button) => button.id)).toContain(`desk:claim:${number}`);
      for (const button of first!.buttons) expect(Buffer.byteLength(button.id)).toBeLessThanOrEqual(48);
    }
    expect(room.posts[0]!.mention).toContain(telegram(AMY));
    expect(other.posts[0]!.mention).toContain(slack(AMY));
  });

  test("without team chats keeps to the desk page: nothing waits for a channel that is not there", async () => {
    const bench = openBench({ profile: PROFILE });
    await complaint(bench);
    expect((await bench.notices()).length).toBeGreaterThan(0);
    expect(await bench.store.unit((unit) => unit.staff.due("telegram", bench.clock.now(), 10))).toEqual([]);
  });

  test("keeps its card up to date in every chat, whoever acts wherever", async () => {
    const { bench, room, other } = open();
    const number = await complaint(bench);
    await bench.desk(CUSTOMER, AMY, { do: "claim", case: number });
    const name = PROFILE.staff.find((member) => member.id === AMY)!.name["zh-CN"];
    for (const channel of [room, other]) expect(JSON.stringify(channel.card(number))).toContain(name);
    await bench.desk(CUSTOMER, AMY, { do: "resolve", case: number, text: "换新" });
    for (const channel of [room, other]) expect(channel.card(number)!.done).toBe(true);
  });

  test("a turn that changes a case without a word sends the card alone, to chats that can edit only", async () => {
    const { bench, room } = open({ edits: false });
    const number = await complaint(bench);
    const before = room.posts.length;
    await bench.say(CUSTOMER, "机器坏了还漏水");
    const empty = room.posts.slice(before).filter((post) => post.text === "");
    expect(empty).toEqual([]);
    expect(number).toMatch(/^C/);
  });
});

describe("a page", () => {
  test("comes again on every chat, one step of the ladder more each time, until somebody takes the case", async () => {
    const { bench, room, other } = open();
    await bench.say(CUSTOMER, "家里有煤气味");
    const [emergency] = await bench.cases();
    const pages = (channel: MemoryStaffChannel) => channel.posts.filter((post) => post.page);
    expect(pages(room)).toHaveLength(1);
    await bench.wait(3 * MINUTE_MS);
    expect(pages(room)).toHaveLength(2);
    expect(pages(room)[1]!.text).toContain("第 2 次");
    expect(pages(room)[1]!.mention).toContain(telegram(MANAGER));
    // The case climbs on its own clock too; its newest page is then the one that comes again, and the older one rests.
    await bench.wait(9 * MINUTE_MS);
    expect(pages(room).at(-1)!.mention).toContain(telegram(OFFICE));
    const count = pages(room).length;
    expect(count).toBeLessThanOrEqual(7);
    expect(pages(other)).toHaveLength(count);
    expect(new Set(pages(room).map((post) => post.id)).size).toBe(count);
    await room.press(bench.engine.staffIntake, telegram(BEN), `desk:claim:${emergency!.number}`);
    await bench.wait(HOUR_MS);
    expect(pages(room)).toHaveLength(count);
    expect(pages(other)).toHaveLength(count);
  });

  test("holds back nothing else that is said of its case", async () => {
    const { bench, room } = open();
    await bench.say(CUSTOMER, "家里有煤气味");
    const [emergency] = await bench.cases();
    await bench.say(CUSTOMER, "南京路1号 13800138000");
    expect(room.texts(emergency!.number).length).toBeGreaterThan(1);
  });

  test.each([
    [0, 3],
    [2, 3],
    [3, 6],
    [6, 12],
    [60, 30],
  ])("after %d times waits %d minutes", (repeats, minutes) => {
    expect(pagePauseMs(3, repeats, 3)).toBe(minutes * MINUTE_MS);
  });
});

describe("a team chat that is down", () => {
  test("gets everything in order when it is back, and nothing twice", async () => {
    const { bench, room, other } = open();
    room.fail(() => ({ result: "retry", reason: "unreachable", afterMs: null }));
    const number = await complaint(bench);
    await bench.desk(CUSTOMER, AMY, { do: "claim", case: number });
    await bench.wait(10 * MINUTE_MS);
    expect(room.posts).toEqual([]);
    room.fail(null);
    await bench.wait(10 * MINUTE_MS);
    expect(room.texts(number)).toEqual(other.texts(number));
    expect(new Set(room.posts.map((post) => post.id)).size).toBe(room.posts.length);
  });

  test("is told to the others once an hour, and its health says so", async () => {
    const { bench, room, other } = open();
    room.fail(() => ({ result: "retry", reason: "unreachable", afterMs: null }));
    await complaint(bench);
    await bench.wait(2 * MINUTE_MS);
    expect(other.texts(null).filter((text) => text.includes("telegram"))).toHaveLength(1);
    const health = await bench.store.unit((unit) => unit.staff.health("telegram"));
    expect(health).toMatchObject({ error: "unreachable" });
    expect(health.waiting).toBeGreaterThan(0);
  });

  test("that refuses a post has it among the failed, and goes on with the next", async () => {
    const { bench, room, other } = open();
    let first = true;
    room.fail(() => {
      if (!first) return { result: "sent", place: { thread: "t", card: "c" } };
      first = false;
      return { result: "refused", reason: "bad request" };
    });
    const number = await complaint(bench);
    await bench.desk(CUSTOMER, AMY, { do: "claim", case: number });
    const failed = await bench.store.unit((unit) => unit.staff.failed(10));
    expect(failed).toMatchObject([{ channel: "telegram", error: "bad request" }]);
    expect(other.texts(null).join()).toContain("bad request");
    expect((await bench.store.unit((unit) => unit.staff.health("telegram"))).waiting).toBe(0);
  });

  test("a throw of the channel counts as a try, not as sent", async () => {
    const { bench, room } = open();
    room.fail(() => {
      throw new Error("socket closed");
    });
    const number = await complaint(bench);
    expect(bench.errors.map((one) => one.what)).toContain("post to staff failed");
    room.fail(null);
    await bench.wait(30 * SECOND_MS);
    expect(room.texts(number)).toHaveLength(1);
  });

  test("after a day gives up, with the post among the failed", async () => {
    const { bench, room } = open();
    room.fail(() => ({ result: "retry", reason: "unreachable", afterMs: HOUR_MS }));
    await complaint(bench);
    await bench.wait(26 * HOUR_MS);
    expect((await bench.store.unit((unit) => unit.staff.failed(10))).some((post) => post.channel === "telegram")).toBe(true);
  });
});

test("a customer's photo is shown in the chat of the same platform, and named in the others", async () => {
  const room = memoryStaffChannel("web");
  const other = memoryStaffChannel("slack");
  const bench = openBench({ profile: PROFILE, staffChannels: [room, other] });
  const number = await complaint(bench);
  await bench.post(CUSTOMER, { kind: "media", media: { kind: "photo", ref: "web:1", name: null, mime: null }, text: null });
  await bench.engine.settle();
  expect(room.posts.at(-1)).toMatchObject({ case: number, media: { ref: "web:1" } });
  expect(other.posts.at(-1)).toMatchObject({ case: number, media: null });
  expect(other.posts.at(-1)!.text).toContain("客服台");
});
