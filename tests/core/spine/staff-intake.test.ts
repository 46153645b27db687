import { describe, expect, test } from "vitest";
import { newCustomer } from "../../../core/customers/state.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../../core/time.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { order } from "../../support/order.ts";
import { type MemoryStaffChannel, memoryStaffChannel } from "../../support/staff-channel.ts";
import { AMY, BEN, MANAGER, teamProfile, telegram } from "../../support/team.ts";

const CUSTOMER = "web:a";

interface Desk {
  readonly bench: Bench;
  readonly room: MemoryStaffChannel;
  readonly number: string;
  /** Writes in the case's thread and lets everything happen. */
  write(actor: string, text: string, caseNumber?: string | null): Promise<{ result: string; say?: string }>;
  press(actor: string, button: string): Promise<{ result: string; say?: string }>;
  /** What the customer has been told by staff and bot. */
  told(): Promise<readonly string[]>;
}

async function desk(options: { threads?: boolean; profile?: ReturnType<typeof teamProfile> } = {}): Promise<Desk> {
  const room = memoryStaffChannel("telegram", { threads: options.threads ?? true });
  const bench = openBench({ profile: options.profile ?? teamProfile({ recallSeconds: 8 }), staffChannels: [room] });
  await bench.say(CUSTOMER, "我要投诉");
  const number = (await bench.cases())[0]!.number;
  const intake = bench.engine.staffIntake;
  return {
    bench,
    room,
    number,
    async write(actor, text, caseNumber = number) {
      const answer = await room.write(intake, telegram(actor), text, caseNumber);
      await bench.engine.settle();
      return answer;
    },
    async press(actor, button) {
      const answer = await room.press(intake, telegram(actor), button);
      await bench.engine.settle();
      return answer;
    },
    told: async () => (await bench.messages(CUSTOMER)).filter((message) => message.from !== "customer").map((message) => message.text),
  };
}

describe("who acts", () => {
  test("a stranger in the room does nothing and is told so once a day", async () => {
    const { bench, room, number } = await desk();
    const intake = bench.engine.staffIntake;
    const first = await room.write(intake, "999", "/claim", number);
    expect(first.result).toBe("refused");
    expect((first as { say: string }).say).toContain("999");
    expect((await room.write(intake, "999", "/reply give me money", number)).result).toBe("known");
    await bench.wait(25 * HOUR_MS);
    expect((await room.write(intake, "999", "hello", number)).result).toBe("refused");
    await bench.engine.settle();
    expect(await bench.cases()).toMatchObject([{ status: "open", owner: null }]);
  });

  test("an identity of one platform is nobody on another", async () => {
    const { bench, number } = await desk();
    const answer = await bench.engine.staffIntake.accept({
      id: "slack:1",
      channel: "slack",
      actor: telegram(AMY),
      case: number,
      thread: null,
      act: { kind: "text", text: "/claim" },
      receivedAt: 0,
    });
    expect(answer.result).toBe("refused");
  });

  test("the same act arriving twice is one act", async () => {
    const { bench, number } = await desk();
    const act = {
      id: "telegram:77",
      channel: "telegram",
      actor: telegram(AMY),
      case: number,
      thread: null,
      act: { kind: "text", text: "客户很急" },
      receivedAt: 0,
    } as const;
    expect((await bench.engine.staffIntake.accept(act)).result).toBe("taken");
    expect((await bench.engine.staffIntake.accept(act)).result).toBe("known");
    await bench.engine.settle();
    expect((await bench.cases())[0]!.notes.filter((note) => note.text === "客户很急")).toHaveLength(1);
  });
});

describe("which case", () => {
  test("words in the thread are a note on its case and stay inside", async () => {
    const { bench, write, told } = await desk();
    const before = (await told()).length;
    await write(AMY, "close the case? let me call him first");
    expect((await bench.cases())[0]).toMatchObject({ status: "open", notes: [{ by: AMY, text: "close the case? let me call him first" }] });
    expect(await told()).toHaveLength(before);
  });

  test("talk in the room is left alone; a number in it makes it a note on that case", async () => {
    const { bench, number, write } = await desk();
    expect((await write(AMY, "午饭吃什么", null)).result).toBe("known");
    expect((await write(AMY, `${number} 客户下午在家`, null)).result).toBe("taken");
    expect((await write(AMY, `看一下 ${number} 这个客户`, null)).result).toBe("taken");
    expect((await bench.cases())[0]!.notes.map((note) => note.text)).toEqual(["客户下午在家", `看一下 ${number} 这个客户`]);
    expect((await write(AMY, "/claim", null)).result).toBe("refused");
    expect((await write(AMY, `/claim ${number}`, null)).result).toBe("taken");
    expect((await bench.cases())[0]!.owner).toBe(AMY);
  });

  test("on a channel without threads the case handled last is at hand, for a while", async () => {
    const { bench, number, write } = await desk({ threads: false });
    expect((await write(AMY, "hello", null)).result).toBe("refused");
    await write(AMY, `/claim ${number}`, null);
    await write(AMY, "客户下午在家", null);
    expect((await bench.cases())[0]!.notes.at(-1)).toMatchObject({ text: "客户下午在家" });
    expect((await write(BEN, "我呢", null)).result).toBe("refused");
    await bench.wait(13 * HOUR_MS);
    expect((await write(AMY, "还在吗", null)).result).toBe("refused");
  });

  test("a case that does not exist is said", async () => {
    const { write } = await desk();
    expect(await write(AMY, "/claim C99999999", null)).toMatchObject({ result: "refused", say: expect.stringContaining("C99999999") });
  });
});

describe("what", () => {
  test("two press claim at once: one has it, the other is told who", async () => {
    const { bench, room, number } = await desk();
    const intake = bench.engine.staffIntake;
    await Promise.all([
      room.press(intake, telegram(AMY), `desk:claim:${number}`),
      room.press(intake, telegram(BEN), `desk:claim:${number}`),
    ]);
    await bench.engine.settle();
    const [found] = await bench.cases();
    const events = (await bench.store.unit((unit) => unit.records.events("case", number))) as { type: string }[];
    expect(events.filter((event) => event.type === "case_claimed")).toHaveLength(1);
    const loser = found!.owner === AMY ? BEN : AMY;
    expect((await bench.notices()).at(-1)!.to).toBe(loser);
  });

  test("a reply waits a moment, then reaches the customer", async () => {
    const { bench, room, number, write, told } = await desk();
    await write(AMY, "/reply 您好,我在查");
    expect(await told()).not.toContain("您好,我在查");
    expect(room.texts(number).at(-1)).toContain("您好,我在查");
    expect(room.posts.at(-1)!.buttons.map((button) => button.id)).toEqual([`desk:recall:${number}`]);
    await bench.wait(8 * SECOND_MS);
    expect(await told()).toContain("您好,我在查");
    expect(await bench.cases()).toMatchObject([{ owner: AMY, answeredAt: bench.clock.now() }]);
  });

  test("a reply taken back in time never leaves; taken back too late, that is said", async () => {
    const { bench, room, number, write, press, told } = await desk();
    await write(AMY, "/reply 写错了");
    await press(AMY, `desk:recall:${number}`);
    await bench.wait(MINUTE_MS);
    expect(await told()).not.toContain("写错了");
    expect((await bench.cases())[0]!.answeredAt).toBeNull();
    await write(AMY, "/reply 您好");
    await bench.wait(MINUTE_MS);
    await write(AMY, "撤回");
    expect(room.texts(number).at(-1)).toContain("可能已经发出");
    expect(await told()).toContain("您好");
  });

  test("replies leave in the order in which they were written, and before the case is resolved", async () => {
    const { write, told } = await desk();
    await write(AMY, "/reply 第一句");
    await write(AMY, "/reply 第二句");
    await write(AMY, "/resolve 已换新");
    const texts = await told();
    expect(texts.indexOf("第一句")).toBeGreaterThan(0);
    expect(texts.indexOf("第二句")).toBeGreaterThan(texts.indexOf("第一句"));
    expect(texts.findIndex((text) => text.includes("已换新"))).toBeGreaterThan(texts.indexOf("第二句"));
  });

  test.each([
    ["somebody else's phone", "请打 13911112222", "13911112222"],
    ["somebody else's order", "您的工单 W26110101 好了", "W26110101"],
    ["the cost price", "这个成本价才三百", "成本价"],
    ["an insult", "你有完没完", "你有完没完"],
  ])("%s is asked about before it leaves", async (_what, text, found) => {
    const { bench, room, number, write, press, told } = await desk();
    await write(AMY, `/reply ${text}`);
    await bench.wait(MINUTE_MS);
    expect(await told()).not.toContain(text);
    expect(room.texts(number).at(-1)).toContain(found);
    await press(AMY, `desk:anyway:${number}`);
    expect(await told()).toContain(text);
    await press(AMY, `desk:anyway:${number}`);
    expect((await told()).filter((one) => one === text)).toHaveLength(1);
  });

  test("the business's own phone and the customer's own order pass", async () => {
    const { bench, write, told } = await desk();
    await bench.store.unit(async (unit) => {
      await unit.customers.put({ ...newCustomer("U1", 0), name: "王芳", phones: ["+8613800138000"] });
      await unit.customers.linkConversation(CUSTOMER, "U1");
      const state = order();
      await unit.records.save({ kind: "order", id: state.number, events: [{ type: "order_opened", at: 0, order: state }], state }, "test");
    });
    await write(AMY, "/reply 工单 W26112001 今天好,我打您 138 0013 8000");
    await bench.wait(MINUTE_MS);
    expect((await told()).some((text) => text.includes("W26112001 今天好"))).toBe(true);
  });

  test("whoever writes into a colleague's case is asked first", async () => {
    const { bench, room, number, write, told } = await desk();
    await write(AMY, "/claim");
    await write(BEN, "/reply 我来回答");
    await bench.wait(MINUTE_MS);
    expect(await told()).not.toContain("我来回答");
    expect(room.texts(number).at(-1)).toContain(bench.engine.dependencies.model.staff(AMY)!.name["zh-CN"]);
  });

  test("given to a colleague, the case is theirs and the customer's words go to them", async () => {
    const { bench, number, write } = await desk();
    await write(AMY, "/claim");
    const ben = bench.engine.dependencies.model.staff(BEN)!.name["zh-CN"];
    await write(AMY, `转给 ${ben} 客户只说粤语`);
    expect(await bench.cases()).toMatchObject([{ owner: BEN, status: "claimed" }]);
    await bench.say(CUSTOMER, "多少钱");
    expect((await bench.notices()).at(-1)).toMatchObject({ to: BEN, case: number });
    await write(AMY, "/assign nobody-here");
    expect(await bench.cases()).toMatchObject([{ owner: BEN }]);
  });

  test("put off, it comes back at its time; resolved meanwhile, it does not", async () => {
    const { bench, room, number, write } = await desk();
    await write(AMY, "/claim");
    await write(AMY, "/snooze 2h");
    await bench.wait(2 * HOUR_MS + SECOND_MS);
    const back = () => room.texts(number).filter((text) => text.includes("延后时间到了")).length;
    expect(back()).toBe(1);
    await write(AMY, "/snooze 1h");
    await write(AMY, "/resolve ok");
    await bench.wait(2 * HOUR_MS);
    expect(back()).toBe(1);
  });

  test("tags, why, list and find answer in the room they were asked in", async () => {
    const { bench, room, number, write } = await desk();
    await write(AMY, "/tag 配件 赵先生");
    expect((await bench.cases())[0]!.tags).toEqual(["配件", "赵先生"]);
    await write(AMY, "/why");
    expect(room.texts(number).at(-1)).toContain("投诉");
    await write(AMY, "/list", null);
    expect(room.texts(null).at(-1)).toContain(number);
    await bench.store.unit(async (unit) => {
      await unit.customers.put({ ...newCustomer("U7", 0), name: "陈静", phones: ["+8613800138777"] });
    });
    await write(AMY, "/find 138 0013 8777", null);
    expect(room.texts(null).at(-1)).toContain("陈静");
    await write(AMY, "/find 13900000000", null);
    expect(room.texts(null).at(-1)).toContain("没有找到");
  });

  test("an order is moved from the room, and its owner hears of it", async () => {
    const { bench, write, told } = await desk();
    await bench.store.unit(async (unit) => {
      await unit.customers.put({ ...newCustomer("U1", 0), name: "王芳" });
      await unit.customers.linkConversation(CUSTOMER, "U1");
      const state = order();
      await unit.records.save({ kind: "order", id: state.number, events: [{ type: "order_opened", at: 0, order: state }], state }, "test");
    });
    await write(AMY, "/move W26112001 quality_check 换好了", null);
    expect((await told()).at(-1)).toContain("换好了");
    expect((await write(AMY, "/move W99999999 ready", null)).result).toBe("refused");
    expect((await write(AMY, "order lunch for all", null)).result).toBe("known");
  });

  test("a photo in the thread stays inside; with /reply one that the customer's platform can show goes to them", async () => {
    const { bench, room, number } = await desk({ profile: teamProfile({ recallSeconds: 0 }) });
    const sent = async () => (await bench.messages(CUSTOMER)).filter((message) => message.media !== null);
    const photo = async (text: string | null, ref: string) => {
      await room.photo(bench.engine.staffIntake, telegram(AMY), number, text, { kind: "photo", ref, name: null, mime: null });
      await bench.engine.settle();
    };
    await photo(null, "telegram:1");
    expect(await sent()).toEqual([]);
    expect((await bench.cases())[0]!.notes.at(-1)!.text).toContain("照片");
    await photo("/reply 请看", "https://example.com/a.jpg");
    expect(await sent()).toMatchObject([{ from: "staff", text: "请看", media: { ref: "https://example.com/a.jpg" } }]);
    // A file of another platform: the writer is asked whether the words alone shall go.
    await photo("/reply 请看这张", "telegram:2");
    expect(room.texts(number).at(-1)).toContain("只会发送文字");
    expect(await sent()).toHaveLength(1);
  });
});

describe("every act", () => {
  test("is in the audit with old and new", async () => {
    const { bench, number, write } = await desk();
    await write(AMY, "/claim");
    await write(AMY, "/tag parts");
    const records = await bench.store.unit((unit) => unit.staff.recordsOf(number, 10));
    expect(records).toMatchObject([
      { by: AMY, via: "telegram", act: "claim", before: { status: "open", owner: null }, after: { status: "claimed", owner: AMY } },
      { by: AMY, via: "telegram", act: "tag", before: { tags: [] }, after: { tags: ["parts"] } },
    ]);
  });

  test("looking up a customer is kept too", async () => {
    const { bench, write } = await desk();
    await write(AMY, "/find 13800138777", null);
    expect(await bench.store.unit((unit) => unit.staff.recordsOf("13800138777", 10))).toMatchObject([{ by: AMY, act: "find" }]);
  });
});

describe("shifts", () => {
  test("somebody away is shown with their stand-in, who is called in their place", async () => {
    const { bench, room, number, write } = await desk();
    const ben = bench.engine.dependencies.model.staff(BEN)!.name["zh-CN"];
    await write(AMY, "/claim");
    await write(AMY, `/away 2h ${ben}`, null);
    await write(AMY, "/shift", null);
    expect(room.texts(null).at(-1)).toContain(`由${ben}代班`);
    await bench.say(CUSTOMER, "在吗");
    expect(room.posts.filter((post) => post.case === number).at(-1)!.mention).toEqual([telegram(BEN), telegram(AMY)]);
    await write(AMY, "/back", null);
    await bench.say(CUSTOMER, "还在吗");
    expect(room.posts.filter((post) => post.case === number).at(-1)!.mention).toEqual([telegram(AMY)]);
  });

  test("a hand-over stays with the giver until it is accepted, and is recalled until then", async () => {
    const { bench, room, write, press } = await desk();
    await write(AMY, "/reply 您好,我在处理");
    await bench.wait(MINUTE_MS);
    await write(AMY, "/handover", null);
    expect(await bench.cases()).toMatchObject([{ owner: AMY }]);
    const recalls = () => room.texts(null).filter((text) => text.includes("还没有人接")).length;
    await bench.wait(16 * MINUTE_MS);
    expect(recalls()).toBe(1);
    await bench.wait(31 * MINUTE_MS);
    expect(recalls()).toBe(2);
    expect(room.posts.at(-1)!.mention).toContain(telegram(MANAGER));
    expect((await press(AMY, "desk:accept:H1")).result).toBe("refused");
    await press(BEN, "desk:accept:H1");
    expect(await bench.cases()).toMatchObject([{ owner: BEN }]);
    expect((await press(MANAGER, "desk:accept:H1")).result).toBe("refused");
    await bench.wait(5 * HOUR_MS);
    expect(recalls()).toBe(2);
  });

  test("with nothing in hand there is nothing to hand over", async () => {
    const { write } = await desk();
    expect((await write(BEN, "交班", null)).result).toBe("refused");
  });
});
