/** What platforms report of a customer beside messages, and one person on two channels. */
import { describe, expect, test } from "vitest";
import { newCustomer } from "../../../core/customers/state.ts";
import type { InboundEvent } from "../../../core/spine/events.ts";
import { HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import { type Bench, openBench, pulledChannel, pushedChannel } from "../../support/bench.ts";
import { order } from "../../support/order.ts";
import { memoryStaffChannel } from "../../support/staff-channel.ts";
import { AMY, teamProfile, telegram } from "../../support/team.ts";

const PROFILE = teamProfile({ recallSeconds: 0 });
const HERE = "web:a";
const THERE = "chat:b";

function open(): Bench {
  return openBench({ profile: PROFILE, channels: [pulledChannel(), pulledChannel("chat")] });
}

async function report(bench: Bench, conversation: string, event: InboundEvent): Promise<readonly string[]> {
  const before = (await bench.messages(conversation)).length;
  await bench.post(conversation, event);
  await bench.engine.settle();
  return (await bench.messages(conversation))
    .slice(before)
    .filter((message) => message.from !== "customer")
    .map((message) => message.text);
}

/** A file of the shop's own: written by people, with an order. */
async function shopFile(bench: Bench): Promise<void> {
  await bench.store.unit(async (unit) => {
    await unit.customers.put({ ...newCustomer("U501", 0), name: "王芳", title: "ms", phones: ["+8613800138000"] });
    const state = order({ customerId: "U501" });
    await unit.records.save({ kind: "order", id: state.number, events: [{ type: "order_opened", at: 0, order: state }], state }, "test");
  });
}

describe("opened", () => {
  test.each([
    ["zh-hant", "您好，這裡是"],
    ["en-US", "Hello, this is"],
    ["zh-hans", "您好，这里是"],
    ["fr", "您好，这里是"],
  ])("welcomes a platform that speaks %s in the customer's language, with what can be done", async (language, words) => {
    const bench = open();
    const said = await report(bench, HERE, { kind: "opened", scene: null, name: "花花🌸", language });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(words);
    expect(said[0]).not.toContain("花花");
    expect((await bench.messages(HERE)).at(-1)!.buttons.length).toBeGreaterThan(1);
  });

  test("a scene that names a device is a draft fact of the next booking, and tells nothing", async () => {
    const bench = open();
    const said = await report(bench, HERE, { kind: "opened", scene: "product-machine~serial-SN12345", name: null, language: "zh-cn" });
    expect(said.join()).toContain("machine");
    await bench.say(HERE, "我要预约");
    expect(JSON.stringify((await bench.state(HERE))!.stack.at(-1)!.raw)).toContain("machine");
  });

  test("a scene nobody knows, or one of hostile length, is a plain welcome", async () => {
    const bench = open();
    for (const scene of ["", "qr42", "product-nothing", `order-${"9".repeat(500)}`])
      expect((await report(bench, HERE, { kind: "opened", scene, name: null, language: null })).length).toBe(1);
  });

  test("while a person talks, the bot keeps quiet", async () => {
    const bench = open();
    await bench.say(HERE, "人工");
    expect(await report(bench, HERE, { kind: "opened", scene: null, name: null, language: null })).toEqual([]);
  });
});

describe("a contact", () => {
  test("that the platform vouches for makes the chat the shop's customer's, with their orders", async () => {
    const bench = open();
    await shopFile(bench);
    await bench.say(HERE, "你好");
    const said = await report(bench, HERE, { kind: "contact", phone: "+8613800138000", name: null, proven: true });
    expect(said.join()).toContain("王");
    expect((await bench.say(HERE, "修好没")).map((message) => message.text).join()).toContain("W26112001");
  });

  test("that anybody could have typed joins nothing", async () => {
    const bench = open();
    await shopFile(bench);
    await report(bench, HERE, { kind: "contact", phone: "+8613800138000", name: null, proven: false });
    expect((await bench.say(HERE, "修好没")).map((message) => message.text).join()).not.toContain("W26112001");
  });

  test("proven, does not open a file whose phone was only typed in another chat", async () => {
    const bench = open();
    // Somebody typed a phone that is not theirs, and booked.
    await bench.store.unit(async (unit) => {
      await unit.customers.put({ ...newCustomer("U5", 0), name: "冒名", phones: ["+8613800138000"] });
      await unit.customers.linkConversation(THERE, "U5");
    });
    await report(bench, HERE, { kind: "contact", phone: "+8613800138000", name: null, proven: true });
    const [here, there] = await bench.store.unit(async (unit) => [
      await unit.customers.ofConversation(HERE),
      await unit.customers.ofConversation(THERE),
    ]);
    expect(here).not.toBe(there);
  });

  test("in the middle of a booking is the answer to its question", async () => {
    const bench = open();
    await bench.say(HERE, "机器坏了,明天下午两点");
    const said = await report(bench, HERE, { kind: "contact", phone: "8613800138000", name: "王芳", proven: true });
    expect(said.length).toBeGreaterThan(0);
    expect(JSON.stringify((await bench.state(HERE))!.stack.at(-1)!.raw)).toContain("13800138000");
  });
});

describe("a form", () => {
  test("brings its facts at once, and only what is missing is asked", async () => {
    const bench = open();
    await report(bench, HERE, {
      kind: "form",
      flow: "book",
      values: { product: "machine", fault: "坏了", time: "2026-11-24T14:00", contact: "王芳 13800138000" },
    });
    expect((await bench.state(HERE))!.asked?.slot).toBe("$confirm");
    await bench.say(HERE, "确认");
    expect(await bench.bookings()).toMatchObject([{ product: "machine", start: Date.parse("2026-11-24T14:00:00+08:00") }]);
  });

  test("of a flow that does not exist is words all the same", async () => {
    const bench = open();
    expect((await report(bench, HERE, { kind: "form", flow: "gone", values: { text: "机器坏了" } })).length).toBeGreaterThan(0);
  });
});

describe("an edited message", () => {
  test("corrects the fact it brought", async () => {
    const bench = open();
    await bench.say(HERE, "机器坏了,明天下午两点", "m1");
    await report(bench, HERE, { kind: "edited", message: `${HERE}:m1`, text: "机器坏了,明天下午三点" });
    await bench.say(HERE, "王芳 13800138000");
    await bench.say(HERE, "确认");
    expect(await bench.bookings()).toMatchObject([{ start: Date.parse("2026-11-24T15:00:00+08:00") }]);
  });

  test("in a case is a note with old and new", async () => {
    const bench = open();
    await bench.say(HERE, "人工");
    await bench.say(HERE, "我住三楼", "m2");
    expect(await report(bench, HERE, { kind: "edited", message: `${HERE}:m2`, text: "我住四楼" })).toEqual([]);
    expect((await bench.cases())[0]!.notes.at(-1)!.text).toBe("我住三楼 → 我住四楼");
    expect((await bench.notices()).at(-1)!.text).toContain("我住四楼");
  });

  test("that reads as before changes nothing", async () => {
    const bench = open();
    await bench.say(HERE, "你好", "m1");
    expect(await report(bench, HERE, { kind: "edited", message: `${HERE}:m1`, text: "你好" })).toEqual([]);
  });
});

describe("reach", () => {
  test("blocked with words that did not arrive: staff have a case and are told; back again: they are told too", async () => {
    const channel = pushedChannel("push", () => ({ result: "retry", reason: "busy", afterMs: HOUR_MS }));
    const bench = openBench({ profile: PROFILE, channels: [channel] });
    await bench.say("push:c", "你好");
    await bench.post("push:c", { kind: "reach", reachable: false, reason: "blocked" });
    await bench.engine.settle();
    expect(await bench.cases()).toMatchObject([{ tags: ["undelivered"] }]);
    expect((await bench.notices()).at(-1)!.text).toContain("blocked");
    await bench.post("push:c", { kind: "reach", reachable: true, reason: "member" });
    await bench.engine.settle();
    expect((await bench.notices()).at(-1)!.text).toContain("又可以收到");
  });

  test.each([
    { kind: "message", text: "在吗" },
    { kind: "press", value: "intent:status" },
    { kind: "opened", scene: null, name: null, language: null },
    { kind: "media", media: { kind: "photo", ref: "x:1", name: null, mime: null }, text: null },
  ] as const)("somebody who does something ($kind) can be reached again, whether or not the platform says so", async (event) => {
    const bench = openBench({ profile: PROFILE });
    await bench.say(HERE, "你好");
    await report(bench, HERE, { kind: "reach", reachable: false, reason: "chat_not_found" });
    await report(bench, HERE, event);
    expect((await bench.notices()).filter((one) => one.text.includes("又可以收到"))).toHaveLength(1);
    await report(bench, HERE, event);
    expect((await bench.notices()).filter((one) => one.text.includes("又可以收到"))).toHaveLength(1);
  });

  test("blocked by somebody with nothing open calls nobody", async () => {
    const bench = open();
    await bench.say(HERE, "你好");
    await report(bench, HERE, { kind: "reach", reachable: false, reason: "blocked" });
    expect(await bench.cases()).toEqual([]);
  });
});

describe("one person on two channels", () => {
  async function joined() {
    const room = memoryStaffChannel("telegram");
    const bench = openBench({ profile: PROFILE, channels: [pulledChannel(), pulledChannel("chat")], staffChannels: [room] });
    await shopFile(bench);
    await bench.store.unit((unit) => unit.customers.linkConversation(HERE, "U501"));
    await bench.say(HERE, "我要投诉");
    const number = (await bench.cases())[0]!.number;
    const write = async (text: string) => {
      const answer = await room.write(bench.engine.staffIntake, telegram(AMY), text, number);
      await bench.engine.settle();
      return answer;
    };
    await write("/join");
    const code = /\d{6}(?!\d)/.exec(room.texts(number).at(-1)!.replace(/C\d+/g, ""))![0];
    return { bench, room, number, write, code };
  }

  test("joins by a code typed in the other chat, which is good once", async () => {
    const { bench, code } = await joined();
    await bench.say(THERE, "你好");
    const told = (await bench.say(THERE, code)).map((message) => message.text).join();
    expect(told).toContain("王");
    expect((await bench.say(THERE, "修好没")).map((message) => message.text).join()).toContain("W26112001");
    await bench.say("chat:thief", code);
    expect((await bench.say("chat:thief", "修好没")).map((message) => message.text).join()).not.toContain("W26112001");
  });

  test("a wrong or late code joins nothing, and guessing ends after a few tries", async () => {
    const { bench, code } = await joined();
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
    for (let tries = 0; tries < 6; tries += 1) await bench.say(THERE, wrong);
    await bench.say(THERE, code);
    expect(await bench.store.unit((unit) => unit.customers.ofConversation(THERE))).not.toBe("U501");
    await bench.wait(20 * MINUTE_MS);
    await bench.say("chat:late", code);
    expect(await bench.store.unit((unit) => unit.customers.ofConversation("chat:late"))).not.toBe("U501");
  });

  test("the reply goes where the customer spoke last, and a parting puts everything back", async () => {
    const { bench, write, code } = await joined();
    await bench.say(THERE, code);
    await bench.wait(MINUTE_MS);
    await bench.say(THERE, "在吗");
    await write("/reply 您好,我在");
    expect((await bench.messages(THERE)).some((message) => message.text === "您好,我在")).toBe(true);
    expect((await bench.messages(HERE)).some((message) => message.text === "您好,我在")).toBe(false);
    await write("/split");
    expect(await bench.store.unit((unit) => unit.customers.ofConversation(THERE))).not.toBe("U501");
    expect(await bench.store.unit((unit) => unit.customers.ofConversation(HERE))).toBe("U501");
    expect((await bench.say(THERE, "修好没")).map((message) => message.text).join()).not.toContain("W26112001");
  });
});
