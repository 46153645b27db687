/** A shop opens again with another profile, or a release without some flow, on the stored talk of customers in the middle of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { understanderFor } from "../../../bots/understanding.ts";
import { FLOWS } from "../../../core/conversation/flows.ts";
import type { ConversationState, Frame } from "../../../core/conversation/state.ts";
import type { Language } from "../../../core/language.ts";
import type { Profile } from "../../../core/profile/schema.ts";
import type { StoredMessage } from "../../../core/spine/events.ts";
import { MINUTE_MS } from "../../../core/time.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { type Bench, MONDAY_NINE, openBench } from "../../support/bench.ts";
import { shippedProfile } from "../../support/profile.ts";

const ME = "web:a";
const SHOP = shippedProfile("appliance");

let folder: string;
let open: Bench | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "anxin-version-"));
});
afterEach(async () => {
  await open?.store.close();
  open = null;
  rmSync(folder, { recursive: true });
});

/** The shop opens with this profile on what is stored; what was open before is shut first. */
async function openWith(profile: Profile): Promise<Bench> {
  const now = open?.clock.now() ?? MONDAY_NINE;
  await open?.store.close();
  const store = openSqliteStore({ path: join(folder, "shop.db") });
  open = openBench({ profile, store, now: now + MINUTE_MS, understander: await understanderFor("appliance", profile, "data") });
  return open;
}

async function say(bench: Bench, ...lines: readonly string[]): Promise<string> {
  let replies: readonly StoredMessage[] = [];
  for (const line of lines) {
    replies = await bench.say(ME, line, `${bench.clock.now()}`);
    await bench.wait(MINUTE_MS);
  }
  expect(bench.errors).toEqual([]);
  return replies.map((message) => message.text).join("\n\n");
}

const edit = (bench: Bench, change: (state: ConversationState) => ConversationState): Promise<void> =>
  bench.store.unit(async (unit) => {
    const stored = (await unit.conversations.get(ME))!;
    await unit.conversations.put({ ...stored, state: change(stored.state as ConversationState) });
  });

function booking(change: Partial<Profile["business"]["booking"]>): Profile {
  return { ...SHOP, business: { ...SHOP.business, booking: { ...SHOP.business.booking, ...change } } };
}
/** Another rule of booking and another wording; what was agreed to still holds. */
const CHANGED: Profile = {
  ...booking({ horizonDays: SHOP.business.booking.horizonDays - 1 }),
  wording: { ...SHOP.wording, "time.ask": { "zh-CN": "几时有空?", "zh-TW": "幾時有空?", en: "When are you free?" } },
};
const WITHOUT_FRIDGE: Profile = { ...SHOP, products: SHOP.products.filter((product) => product.id !== "fridge") };

const ALL: readonly string[] = ["冰箱不制冷", "上门", "浦东新区张杨路500号3栋1202", "王芳 13812345678", "明天下午两点"];
const AFTER: readonly string[] = ["确认"];

describe("a booking under way when the profile changes", () => {
  test("a fact that is asked from now on is asked for, and nothing that was told is asked again", async () => {
    await say(await openWith(SHOP), ...ALL);
    const bench = await openWith(booking({ ask: ["product", "fault", "purchase_channel", "place", "address", "contact", "time"] }));
    const asked = await say(bench, "确认");
    expect((await bench.state(ME))?.asked?.slot).toBe("purchase_channel");
    expect(asked).not.toContain("已确认");
    expect(await bench.bookings()).toEqual([]);
    const summary = await say(bench, "网上买的");
    expect(summary).toContain("138 1234 5678");
    // The word for a visit, said while the address was asked, is no part of it.
    expect(summary).not.toContain("上门浦东");
    expect((await bench.state(ME))?.asked?.slot).toBe("$confirm");
    await say(bench, "确认");
    expect(await bench.bookings()).toMatchObject([{ status: "confirmed", contact: { phone: "+8613812345678" } }]);
  });

  test("a fact that is asked no more is left out, also while its question was open", async () => {
    const asking = booking({ ask: ["product", "fault", "purchase_channel", "place", "address", "contact", "time"] });
    await say(await openWith(asking), "冰箱不制冷");
    expect((await open!.state(ME))?.asked?.slot).toBe("purchase_channel");
    const bench = await openWith(SHOP);
    await say(bench, "网上买的");
    expect((await bench.state(ME))?.asked).toMatchObject({ flow: "book" });
    expect((await bench.state(ME))?.asked?.slot).not.toBe("purchase_channel");
    await say(bench, ...ALL.slice(1), ...AFTER);
    expect(await bench.bookings()).toHaveLength(1);
  });

  test("what was skipped stays skipped", async () => {
    const asking = booking({ ask: ["product", "fault", "purchase_channel", "place", "address", "contact", "time"] });
    await say(await openWith(asking), "冰箱不制冷", "跳过");
    const bench = await openWith({ ...asking, wording: CHANGED.wording });
    await say(bench, ...ALL.slice(1), ...AFTER);
    expect(await bench.bookings()).toHaveLength(1);
  });

  test("a product that is no longer served is asked for anew, with the rest kept", async () => {
    await say(await openWith(SHOP), ...ALL);
    const bench = await openWith(WITHOUT_FRIDGE);
    await say(bench, "确认");
    expect(await bench.bookings()).toEqual([]);
    expect((await bench.state(ME))?.asked?.slot).toBe("product");
    expect((await bench.state(ME))?.stack[0]?.raw).toHaveProperty("contact");
  });

  test("work that is no longer offered is booked in no way, and the customer hears what is asked instead", async () => {
    await say(await openWith(SHOP), ...ALL);
    const before = (await open!.state(ME))!.stack[0]!.values["fault"];
    const fault = JSON.stringify(before);
    const faults = SHOP.faults.filter((one) => !fault.includes(`"${one.id}"`));
    const gone = SHOP.faults.find((one) => fault.includes(`"${one.id}"`))!;
    const services = SHOP.services.filter((one) => one.id !== gone.service);
    const kept = faults.filter((one) => services.some((service) => service.id === one.service));
    const bench = await openWith({ ...SHOP, services, faults: kept });
    const reply = await say(bench, "确认");
    expect(reply).not.toBe("");
    expect(await bench.bookings()).toEqual([]);
  });

  test("other rules of booking: a yes sums up once more and the next one books", async () => {
    await say(await openWith(SHOP), ...ALL);
    const bench = await openWith(CHANGED);
    await say(bench, "确认");
    expect((await bench.state(ME))?.asked?.slot).toBe("$confirm");
    await say(bench, "确认");
    expect(await bench.bookings()).toHaveLength(1);
  });

  test("other wording alone changes nothing that was agreed to", async () => {
    await say(await openWith(SHOP), ...ALL);
    const bench = await openWith({ ...SHOP, wording: CHANGED.wording });
    await say(bench, "确认");
    expect(await bench.bookings()).toHaveLength(1);
  });

  test.each([
    ["gives it up", "算了不约了", /放下/],
    ["asks the price", "大概要花多少钱", /¥/],
    ["complains", "我要投诉,上次的师傅态度很差,迟到两小时", /C26112301/],
  ])("the first words after the change are taken as they are: the customer %s", async (_what, words, heard) => {
    await say(await openWith(SHOP), ...ALL);
    expect(await say(await openWith(CHANGED), words)).toMatch(heard);
  });

  test("a draft that was put aside is taken up again after the change", async () => {
    await say(await openWith(SHOP), ...ALL, "算了不约了");
    const bench = await openWith(CHANGED);
    await say(bench, "我要预约");
    const state = (await bench.state(ME))!;
    expect(state.stack[0]?.raw).toMatchObject({ contact: { phone: "+8613812345678" } });
    expect(state.asked).not.toBeNull();
  });
});

describe("changing, cancelling, complaining and danger go on under another profile", () => {
  const BOOKED = [...ALL, "确认"];
  test.each<[string, readonly string[], readonly string[], string]>([
    ["moved", ["改期"], ["后天下午三点", "确认"], "move"],
    ["moved (summed up already)", ["预约改到后天下午三点"], ["确认", "确认"], "move"],
    ["amended", ["预约的电话换一个"], ["13911112222", "确认"], "amend"],
    ["amended (summed up already)", ["预约的电话改成13911112222"], ["确认", "确认"], "amend"],
    ["cancelled", ["取消预约"], ["确认", "确认"], "cancel"],
  ])("%s", async (_what, before, after, flow) => {
    await say(await openWith(SHOP), ...BOOKED, ...before);
    expect((await open!.state(ME))?.stack.map((frame) => frame.flow)).toEqual([flow]);
    const [standing] = await open!.bookings();
    const bench = await openWith(CHANGED);
    await say(bench, ...after);
    const [now] = await bench.bookings();
    if (flow === "move") expect(now!.start).not.toBe(standing!.start);
    if (flow === "amend") expect(now!.contact.phone).toBe("+8613911112222");
    if (flow === "cancel") expect(now!.status).toBe("cancelled");
    expect((await bench.state(ME))?.stack).toEqual([]);
  });

  test("a complaint keeps what is told after the change", async () => {
    await say(await openWith(SHOP), "我要投诉");
    const bench = await openWith(CHANGED);
    await say(bench, "上次来的师傅迟到两小时,修完又坏了");
    expect(JSON.stringify(await bench.cases())).toContain("迟到两小时");
  });

  test("danger keeps the place that is told after the change", async () => {
    await say(await openWith(SHOP), "救命,着火了");
    const bench = await openWith(CHANGED);
    await say(bench, "浦东新区张杨路500号3栋1202", "13812345678");
    expect(JSON.stringify(await bench.cases())).toContain("张杨路500号");
  });
});

describe("stored talk that this version does not know", () => {
  const frame = (flow: string): Frame => ({
    flow,
    values: { unheard_of: 7 },
    raw: { unheard_of: "x" },
    data: { unheard_of: true },
    phase: "collecting",
    startedAt: MONDAY_NINE,
  });

  test.each<[Language, string, RegExp]>([
    ["zh-CN", "好的", /没能保留.*再说一次/],
    ["zh-TW", "好的，謝謝", /沒能保留.*再說一次/],
    ["en", "yes please", /could not be kept/],
  ])("a flow that is gone is left out with kind words, once (%s)", async (lang, words, kind) => {
    const bench = await openWith(SHOP);
    await say(bench, lang === "en" ? "hello" : lang === "zh-TW" ? "您好" : "你好");
    const asked = { flow: "gone", slot: "x", question: "yesno" as const, choices: [{ id: "yes", label: "OK" }], times: 1 };
    await edit(bench, (state) => ({ ...state, lang, stack: [frame("gone")], asked, before: frame("gone"), nudge: true }));
    const reply = await say(bench, words);
    expect(reply).toMatch(kind);
    expect((await bench.state(ME))?.stack).toEqual([]);
    expect(await say(bench, lang === "en" ? "my fridge isn't cooling" : "冰箱不冷")).not.toMatch(kind);
    expect((await bench.state(ME))?.stack).toMatchObject([{ flow: "book" }]);
  });

  test("a button of a flow that is gone, and a timer that comes before the customer", async () => {
    const bench = await openWith(SHOP);
    await say(bench, "冰箱不制冷");
    const asked = { flow: "gone", slot: "x", question: "yesno" as const, choices: [{ id: "yes", label: "OK" }], times: 1 };
    await edit(bench, (state) => ({ ...state, stack: [frame("gone")], asked }));
    await bench.wait(40 * MINUTE_MS);
    expect(bench.errors).toEqual([]);
    const reply = (await bench.press(ME, "yes")).map((message) => message.text).join();
    expect(bench.errors).toEqual([]);
    expect(reply).not.toBe("");
    expect(await say(bench, "你好")).not.toBe("");
  });

  test("a booking beneath a flow that is gone goes on", async () => {
    const bench = await openWith(SHOP);
    await say(bench, ...ALL.slice(0, 4));
    await edit(bench, (state) => ({ ...state, stack: [...state.stack, frame("gone")], asked: null }));
    expect(await say(bench, "明天下午两点")).toMatch(/没能保留/);
    await say(bench, "确认");
    expect(await bench.bookings()).toHaveLength(1);
  });

  test.each([...FLOWS.keys()])("facts that %s does not know are left out, and the customer is answered", async (flow) => {
    for (const version of ["older", null]) {
      const bench = await openWith(SHOP);
      await say(bench, "你好");
      await edit(bench, (state) => ({ ...state, stack: [frame(flow)], asked: null, version: version ?? state.version }));
      expect(await say(bench, "明天下午两点")).not.toBe("");
      expect(await say(bench, "确认")).not.toBe("");
    }
  });

  test("state that was stored before some of its parts existed goes on", async () => {
    const bench = await openWith(SHOP);
    await say(bench, ...ALL);
    const kept = ["v", "version", "lang", "holder", "stack", "asked", "turns", "lastReply", "lastAt"];
    await edit(
      bench,
      (state) => Object.fromEntries(Object.entries(state).filter(([part]) => kept.includes(part))) as unknown as ConversationState,
    );
    await say(bench, "大概要花多少钱", "确认");
    expect(await bench.bookings()).toHaveLength(1);
  });
});
