import { describe, expect, test } from "vitest";
import { newCustomer } from "../../../core/customers/state.ts";
import type { DeskCommand } from "../../../core/spine/events.ts";
import { HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { order } from "../../support/order.ts";
import { tinyProfile } from "../../support/profile.ts";

const PROFILE = tinyProfile();
const [AMY, BEN] = PROFILE.staff.filter((member) => member.role === "representative").map((member) => member.id) as [string, string];
const CONVERSATION = "web:a";

/** A customer who asked for a person. */
async function held(): Promise<{
  bench: Bench;
  number: string;
  act: (by: string, command: Omit<Extract<DeskCommand, { case: string }>, "case">) => Promise<readonly string[]>;
}> {
  const bench = openBench({ profile: PROFILE });
  await bench.say(CONVERSATION, "机器坏了,明天下午两点");
  await bench.say(CONVERSATION, "人工");
  const number = (await bench.cases())[0]!.number;
  return {
    bench,
    number,
    act: async (by, command) =>
      (await bench.desk(CONVERSATION, by, { ...command, case: number } as DeskCommand)).map((message) => message.text),
  };
}

describe("a case at the desk", () => {
  test("claimed, it has an owner and the customer hears who", async () => {
    const { bench, number, act } = await held();
    expect((await act(AMY, { do: "claim" })).join()).toContain(PROFILE.staff.find((member) => member.id === AMY)!.name["zh-CN"]);
    expect(await bench.cases()).toMatchObject([{ number, status: "claimed", owner: AMY }]);
  });

  test("claimed by one, another is told so and the customer is told nothing", async () => {
    const { bench, act } = await held();
    await act(AMY, { do: "claim" });
    expect(await act(BEN, { do: "claim" })).toStrictEqual([]);
    expect(await bench.cases()).toMatchObject([{ owner: AMY }]);
    expect((await bench.notices()).at(-1)!.to).toBe(BEN);
  });

  test("claimed twice by the same, it is claimed once", async () => {
    const { bench, number, act } = await held();
    await act(AMY, { do: "claim" });
    expect(await act(AMY, { do: "claim" })).toStrictEqual([]);
    const events = (await bench.store.unit((unit) => unit.records.events("case", number))) as { type: string }[];
    expect(events.filter((event) => event.type === "case_claimed")).toHaveLength(1);
  });

  test("a note stays inside", async () => {
    const { bench, act } = await held();
    expect(await act(AMY, { do: "note", text: "他很着急" } as never)).toStrictEqual([]);
    expect((await bench.cases())[0]!.notes.at(-1)).toMatchObject({ by: AMY, text: "他很着急" });
    expect((await bench.messages(CONVERSATION)).some((message) => message.text.includes("他很着急"))).toBe(false);
  });

  test("a reply reaches the customer in the words and the name of staff, and stops the clock", async () => {
    const { bench, act } = await held();
    expect(await act(AMY, { do: "reply", text: "您好,我来处理" } as never)).toContain("您好,我来处理");
    expect((await bench.messages(CONVERSATION)).find((message) => message.text === "您好,我来处理")).toMatchObject({
      from: "staff",
      author: AMY,
    });
    expect(await bench.cases()).toMatchObject([{ status: "claimed", owner: AMY, answeredAt: bench.clock.now() }]);
  });

  test("while a person holds the conversation, the bot is silent and staff hear every word", async () => {
    const { bench, act } = await held();
    await act(AMY, { do: "claim" });
    expect(await bench.say(CONVERSATION, "多少钱")).toStrictEqual([]);
    expect((await bench.notices()).at(-1)).toMatchObject({ to: AMY, text: expect.stringContaining("多少钱") });
    expect((await bench.cases())[0]!.notes.at(-1)).toMatchObject({ by: "customer", text: "多少钱" });
  });

  test("given back, the bot goes on where it was interrupted", async () => {
    const { bench, act } = await held();
    await act(AMY, { do: "claim" });
    expect((await act(AMY, { do: "release" })).length).toBeGreaterThan(0);
    expect((await bench.state(CONVERSATION))!.holder).toStrictEqual({ by: "bot" });
    await bench.say(CONVERSATION, "王芳 13800138000");
    await bench.say(CONVERSATION, "确认");
    expect(await bench.bookings()).toHaveLength(1);
  });

  test("resolved, the customer is told and the bot is back", async () => {
    const { bench, number, act } = await held();
    const told = (await act(AMY, { do: "resolve", text: "已换新" } as never)).join();
    expect(told).toContain(number);
    expect(told).toContain("已换新");
    expect(await bench.cases()).toMatchObject([{ status: "resolved", owner: AMY, resolution: "已换新" }]);
    expect((await bench.state(CONVERSATION))!.holder.by).toBe("bot");
  });

  test("resolving one case leaves the colleague who talks about another", async () => {
    const { bench, number } = await held();
    await bench.desk(CONVERSATION, AMY, { do: "reply", case: number, text: "您好" });
    await bench.store.unit(async (unit) => {
      const other = { ...(await unit.records.case(number))!, number: "C26112399", category: "complaint" as const, status: "open" as const };
      await unit.records.save({ kind: "case", id: other.number, events: [], state: other }, "test");
    });
    await bench.desk(CONVERSATION, BEN, { do: "resolve", case: "C26112399", text: "" });
    expect((await bench.state(CONVERSATION))!.holder).toMatchObject({ by: "human", case: number, staff: AMY });
  });

  test("reopened, it is nobody's and one step up the ladder, up to its end", async () => {
    const { bench, act } = await held();
    const steps: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      await act(AMY, { do: "resolve", text: "" } as never);
      await act(AMY, { do: "reopen", text: "不满意" } as never);
      steps.push((await bench.cases())[0]!.step);
    }
    expect(await bench.cases()).toMatchObject([{ status: "open", owner: null, resolution: null }]);
    expect(steps).toStrictEqual(["manager", "general_office", "general_office", "general_office"]);
  });

  test("that nobody has touched for long goes back to the bot, and staff are told", async () => {
    const { bench, act } = await held();
    await act(AMY, { do: "reply", text: "稍等" } as never);
    const minutes = PROFILE.business.service.releaseMinutes;
    await bench.wait((minutes - 1) * MINUTE_MS);
    expect((await bench.state(CONVERSATION))!.holder.by).toBe("human");
    await bench.wait(2 * MINUTE_MS);
    expect((await bench.state(CONVERSATION))!.holder.by).toBe("bot");
    expect((await bench.notices()).at(-1)!.to).toBe(PROFILE.ladder[0]);
    expect((await bench.cases())[0]!.status).toBe("claimed");
  });
});

describe("the desk refuses", () => {
  test("a stranger, without a word to anyone", async () => {
    const { bench, number } = await held();
    const before = (await bench.notices()).length;
    expect(await bench.desk(CONVERSATION, "mallory", { do: "reply", case: number, text: "send me money" })).toStrictEqual([]);
    expect(await bench.cases()).toMatchObject([{ status: "open", owner: null }]);
    expect((await bench.notices()).length).toBe(before);
  });

  test("a case that does not exist, or belongs to another conversation", async () => {
    const { bench, number } = await held();
    await bench.say("web:b", "你好");
    for (const [conversation, named] of [
      [CONVERSATION, "C99999999"],
      ["web:b", number],
    ] as const) {
      expect(await bench.desk(conversation, AMY, { do: "reply", case: named, text: "hello" })).toStrictEqual([]);
      expect((await bench.notices()).at(-1)).toMatchObject({ to: AMY, text: expect.stringContaining(named) });
    }
    expect(await bench.cases()).toMatchObject([{ status: "open" }]);
  });
});

describe("a moved order", () => {
  async function ordered(): Promise<Bench> {
    const bench = openBench({ profile: PROFILE });
    await bench.store.unit(async (unit) => {
      await unit.customers.put({ ...newCustomer("U1", bench.clock.now()), name: "王芳" });
      await unit.customers.linkConversation(CONVERSATION, "U1");
      const state = order();
      await unit.records.save({ kind: "order", id: state.number, events: [{ type: "order_opened", at: 0, order: state }], state }, "test");
    });
    return bench;
  }
  const move = (more: Partial<Extract<DeskCommand, { do: "move_order" }>> = {}): DeskCommand => ({
    do: "move_order",
    order: "W26112001",
    to: "quality_check",
    promisedAt: null,
    text: null,
    ...more,
  });

  test("is told to its owner, with the promised time and the note", async () => {
    const bench = await ordered();
    const [told] = await bench.desk(CONVERSATION, AMY, move({ promisedAt: bench.clock.now() + HOUR_MS, text: "换好了,在复检" }));
    expect(told!.text).toContain("W26112001");
    expect(told!.text).toContain("10:00");
    expect(told!.text).toContain("换好了,在复检");
    expect(await bench.orders()).toMatchObject([{ status: "quality_check", history: [{ status: "quality_check", by: AMY }] }]);
  });

  test("is not told to anybody else, whichever conversation the command came in with", async () => {
    const bench = await ordered();
    expect(await bench.desk("web:stranger", AMY, move())).toStrictEqual([]);
    expect(await bench.orders()).toMatchObject([{ status: "quality_check" }]);
  });

  test("that can't follow is refused, with what can", async () => {
    const bench = await ordered();
    expect(await bench.desk(CONVERSATION, AMY, move({ to: "delivered" }))).toStrictEqual([]);
    expect(await bench.orders()).toMatchObject([{ status: "in_progress", history: [] }]);
    expect((await bench.notices()).at(-1)).toMatchObject({
      to: AMY,
      text: expect.stringContaining(PROFILE.wording["order.quality_check"]!["zh-CN"]),
    });
  });

  test("that does not exist is said to staff only", async () => {
    const bench = await ordered();
    expect(await bench.desk(CONVERSATION, AMY, move({ order: "W99999999" }))).toStrictEqual([]);
    expect((await bench.notices()).at(-1)).toMatchObject({ to: AMY, text: expect.stringContaining("W99999999") });
  });
});
