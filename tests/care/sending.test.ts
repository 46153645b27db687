/** What happens around the moment of sending: replies go first, channels fail, people opt out, clocks jump. */
import { describe, expect, test } from "vitest";
import { loadProfile } from "../../bots/profiles.ts";
import { quietEnd } from "../../core/care/decide.ts";
import { UNDER_WAY_MOST } from "../../core/care/feed.ts";
import { type CareRuntime, createCareRuntime } from "../../core/care/runtime.ts";
import type { Touch } from "../../core/care/touch.ts";
import { type CustomerFile, newCustomer } from "../../core/customers/state.ts";
import type { Channel, Delivery } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../core/time.ts";
import { openBench, pulledChannel, pushedChannel } from "../support/bench.ts";
import { mostInAMinute } from "./most-in-a-minute.ts";

const BASE = loadProfile("dealer", "en");
/** Three days before the birthday of everybody here, an hour before greetings go out. */
const EVE = Date.parse("2026-11-23T09:00:00+08:00");
const BIRTHDAY = { calendar: "solar", year: null, month: 11, date: 26, leap: false } as const;

const only = (plans: readonly string[], more: Partial<Profile["care"]> = {}): Profile => ({
  ...BASE,
  care: { ...BASE.care, ...more },
  carePlans: BASE.carePlans.filter((plan) => plans.includes(plan.id)),
});

type TestBench = ReturnType<typeof openBench>;

async function people(bench: TestBench, count: number, conversation: (id: string) => readonly string[], more: Partial<CustomerFile> = {}) {
  await bench.store.unit(async (unit) => {
    for (let index = 1; index <= count; index++) {
      const id = `k${String(index).padStart(4, "0")}`;
      await unit.customers.put({ ...newCustomer(id, EVE - DAY_MS), name: `客户${index}`, language: "zh-CN", birthday: BIRTHDAY, ...more });
      for (const one of conversation(id)) await unit.customers.linkConversation(one, id);
    }
  });
}

const touchesOf = (bench: TestBench): Promise<readonly Touch[]> =>
  bench.store.unit((unit) => unit.care.changed({ at: 0, id: "" }, EVE + 99 * DAY_MS, 1_000));

async function countsOf(bench: TestBench): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const touch of await touchesOf(bench)) counts[touch.status] = (counts[touch.status] ?? 0) + 1;
  return counts;
}

const step = async (bench: TestBench, times: number): Promise<void> => {
  for (let count = 0; count < times; count++) await bench.engine.care.step();
};

describe("a large sending", () => {
  test("lets a customer's message go before it", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: only(["birthday"], { perMinute: 100_000 }), channels: [channel], now: EVE });
    await people(bench, 300, (id) => [`push:${id}`]);
    await bench.engine.settle();
    bench.clock.moveTo(EVE + HOUR_MS);
    await step(bench, 5);
    const before = await bench.store.unit((unit) => unit.inbox.pending(bench.clock.now(), 1_000));
    expect(before).toHaveLength(UNDER_WAY_MOST);
    await bench.post("push:k0299", { kind: "message", text: "你好" });
    await step(bench, 5);
    const waiting = await bench.store.unit((unit) => unit.inbox.pending(bench.clock.now(), 1_000));
    expect(waiting.findIndex((entry) => entry.conversation === "push:k0299" && entry.event.kind === "message")).toBe(UNDER_WAY_MOST);
    expect(waiting).toHaveLength(UNDER_WAY_MOST + 1);
    // The customer's turn is in the next group all the same, and one of care beside it.
    await bench.engine.work();
    const after = await bench.store.unit((unit) => unit.inbox.pending(bench.clock.now(), 1_000));
    expect(after.map((entry) => entry.event.kind)).toEqual(Array.from({ length: UNDER_WAY_MOST - 1 }, () => "timer"));
    await bench.engine.settle();
    expect(await countsOf(bench)).toEqual({ sent: 299, waiting: 1 });
  });

  test("keeps what was sent before the next leaves, so that a kill repeats no whole group", async () => {
    let left = 0;
    const unkept: number[] = [];
    const channel: Channel = {
      ...pushedChannel("push"),
      async send() {
        left++;
        const counts = await bench.store.unit((unit) => unit.care.count("birthday"));
        unkept.push(left - (counts.find((one) => one.status === "sent")?.count ?? 0));
        return { result: "sent" };
      },
    };
    const bench = openBench({ profile: only(["birthday"], { perMinute: 100_000 }), channels: [channel], now: EVE });
    await people(bench, 30, (id) => [`push:${id}`]);
    await bench.engine.settle();
    bench.clock.moveTo(EVE + HOUR_MS);
    await bench.engine.settle();
    expect(unkept).toHaveLength(30);
    expect(Math.max(...unkept)).toBeLessThanOrEqual(2);
  });

  test("keeps the pace of the profile, evenly", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: only(["birthday"], { perMinute: 30 }), channels: [channel], now: EVE });
    await people(bench, 100, (id) => [`push:${id}`]);
    await bench.engine.settle();
    await bench.wait(HOUR_MS + 10_000);
    // One every two seconds, the first at once.
    expect(channel.sent).toHaveLength(6);
    await bench.wait(2 * MINUTE_MS);
    expect(channel.sent).toHaveLength(66);
    expect(mostInAMinute(channel.sent.map((message) => message.at))).toBe(30);
    await bench.wait(HOUR_MS);
    expect(channel.sent).toHaveLength(100);
    expect(new Set(channel.sent.map((message) => message.id)).size).toBe(100);
  });

  test("stops for somebody who opts out while their message waits in the outbox", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: only(["birthday"]), channels: [channel], now: EVE });
    await people(bench, 2, (id) => [`push:${id}`]);
    await bench.engine.settle();
    bench.clock.moveTo(EVE + HOUR_MS);
    await step(bench, 2);
    await bench.engine.work();
    expect(await countsOf(bench)).toEqual({ pending: 2 });
    await bench.store.unit(async (unit) => {
      const file = (await unit.customers.get("k0001"))!;
      await unit.customers.put({ ...file, consents: { care: { allowed: false, at: bench.clock.now(), source: "e1" } } });
    });
    await bench.engine.settle();
    expect(channel.sent.map((message) => message.conversation)).toEqual(["push:k0002"]);
    const [stopped] = (await touchesOf(bench)).filter((touch) => touch.customerId === "k0001");
    expect([stopped?.status, stopped?.log.at(-1)?.why]).toEqual(["skipped", "opted_out"]);
  });
});

describe("a channel that is down", () => {
  const failing = (name: string, answer: () => Delivery): Channel & { readonly sent: unknown[] } => pushedChannel(name, answer);

  test("for a day delays its greetings until they would be too late, and calls nothing sent", async () => {
    let down = true;
    const channel = pushedChannel("push", () => (down ? { result: "retry", reason: "down", afterMs: null } : { result: "sent" }));
    const bench = openBench({ profile: only(["birthday"]), channels: [channel], now: EVE });
    await people(bench, 50, (id) => [`push:${id}`]);
    await bench.wait(DAY_MS);
    expect((await countsOf(bench))["sent"]).toBeUndefined();
    down = false;
    const tried = channel.sent.length;
    await bench.wait(DAY_MS);
    expect(await countsOf(bench)).toEqual({ sent: 50 });
    expect(channel.sent.length - tried).toBe(50);
    expect(await bench.cases()).toEqual([]);
  });

  test("that refuses leads to the other channel of the same person", async () => {
    const refusing = failing("old", () => ({ result: "refused", reason: "blocked" }));
    const open = pushedChannel("push");
    const bench = openBench({ profile: only(["birthday"]), channels: [refusing, open], now: EVE });
    await people(bench, 1, (id) => [`old:${id}`, `push:${id}`]);
    await bench.wait(2 * HOUR_MS);
    expect([refusing.sent.length, open.sent.length]).toEqual([1, 1]);
    expect(await countsOf(bench)).toEqual({ sent: 1 });
    expect(await bench.cases()).toEqual([]);
  });

  test("by which nobody can be reached makes a task where staff can send, and says so", async () => {
    const wecom: Channel = {
      ...pushedChannel("wecom"),
      capabilities: { ...pushedChannel("wecom").capabilities, pushWindowMs: 48 * HOUR_MS, pushQuota: 5, staffSend: true },
    };
    const bench = openBench({ profile: only(["birthday"]), channels: [wecom], now: EVE });
    await people(bench, 1, (id) => [`wecom:${id}`]);
    await bench.wait(2 * HOUR_MS);
    const [touch] = await touchesOf(bench);
    expect([touch?.status, touch?.task?.way, touch?.log.at(-1)?.why]).toEqual(["task", "mass", "window_closed"]);
    expect(touch?.task?.text).toContain("生日快乐");
  });

  test("that tells afterwards that nothing arrived takes the word sent back", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: only(["birthday"]), channels: [channel], now: EVE });
    await people(bench, 1, (id) => [`push:${id}`]);
    await bench.wait(2 * HOUR_MS);
    await bench.post("push:k0001", { kind: "undelivered", message: channel.sent[0]!.id, text: "…", reason: "gone" });
    await bench.engine.settle();
    expect(await countsOf(bench)).toEqual({ unreachable: 1 });
    expect(await bench.cases()).toEqual([]);
  });
});

describe("clocks", () => {
  test("that jump three days ahead send what is still in time and record the rest", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: only(["birthday"]), channels: [channel], now: EVE });
    await people(bench, 1, (id) => [`push:${id}`]);
    await bench.engine.settle();
    bench.clock.moveTo(EVE + 5 * DAY_MS);
    await bench.engine.settle();
    expect(channel.sent).toHaveLength(0);
    const [late] = await touchesOf(bench);
    expect([late?.status, late?.log.at(-1)?.why]).toEqual(["skipped", "too_late"]);
  });

  test("that jump into the night wait for the morning", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: only(["birthday"]), channels: [channel], now: EVE });
    await people(bench, 1, (id) => [`push:${id}`]);
    await bench.engine.settle();
    bench.clock.moveTo(EVE + 14 * HOUR_MS);
    await bench.wait(HOUR_MS);
    expect(channel.sent).toHaveLength(0);
    await bench.wait(10 * HOUR_MS);
    expect(channel.sent).toHaveLength(1);
  });

  test("of the customer decide, not the shop's", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: only(["birthday"]), channels: [channel], now: EVE });
    await people(bench, 1, (id) => [`push:${id}`], { zone: "America/Los_Angeles" });
    await bench.wait(15 * HOUR_MS);
    expect(channel.sent).toHaveLength(0);
    await bench.wait(4 * HOUR_MS);
    expect(new Date(channel.sent[0]!.at).toISOString()).toBe("2026-11-23T18:00:00.000Z");
  });
});

describe("clocks that were wrong", () => {
  test("a year ahead for a while plan nothing away and send nothing twice", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: only(["birthday"]), channels: [channel], now: EVE });
    await people(bench, 3, (id) => [`push:${id}`]);
    let now = EVE + 400 * DAY_MS;
    const care = (): CareRuntime =>
      createCareRuntime({
        store: bench.store,
        model: bench.engine.dependencies.model,
        channels: bench.engine.channels,
        clock: { now: () => now },
        wakeups: bench.engine.wakeups,
      });
    // The machine woke with a wrong clock, and looked at its plans.
    const wrong = care();
    while ((await wrong.step()) > 0);
    now = EVE + HOUR_MS;
    const right = care();
    while ((await right.step()) > 0);
    const planned = (await touchesOf(bench)).filter((touch) => touch.on === "2026-11-26");
    expect(planned.map((touch) => touch.status)).toEqual(["asked", "asked", "asked"]);
    bench.clock.moveTo(EVE + HOUR_MS);
    await bench.engine.settle();
    expect(channel.sent).toHaveLength(3);
    expect(new Set(channel.sent.map((message) => message.conversation)).size).toBe(3);
  });

  // The night of 8 March 2026 has 23 hours in Los Angeles, that of 1 November 25: ten o'clock stays ten o'clock.
  test.each([
    ["summer time begins", "2026-03-11", "2026-03-07T00:00:00-08:00", "2026-03-08T17:00:00.000Z"],
    ["summer time ends", "2026-11-04", "2026-10-31T00:00:00-07:00", "2026-11-01T18:00:00.000Z"],
    ["the day before summer time begins", "2026-03-10", "2026-03-06T00:00:00-08:00", "2026-03-07T18:00:00.000Z"],
  ])("on the day %s the customer's own morning is kept", async (_name, on, from, sentAt) => {
    const channel = pushedChannel("push");
    const start = Date.parse(from);
    const bench = openBench({ profile: only(["birthday"]), channels: [channel], now: start });
    const birthday = { calendar: "solar", year: null, month: Number(on.slice(5, 7)), date: Number(on.slice(8)), leap: false } as const;
    await people(bench, 1, (id) => [`push:${id}`], { birthday, zone: "America/Los_Angeles", createdAt: start - DAY_MS });
    await bench.wait(3 * DAY_MS);
    expect(channel.sent.map((message) => new Date(message.at).toISOString())).toEqual([sentAt]);
  });

  test("quiet hours end at nine by the clock on the wall, on the days on which it jumps too", () => {
    const end = (at: string): string => new Date(quietEnd("21:00-09:00", Date.parse(at), "America/Los_Angeles")!).toISOString();
    expect([end("2026-03-07T22:00:00-08:00"), end("2026-10-31T22:00:00-07:00")]).toEqual([
      "2026-03-08T16:00:00.000Z",
      "2026-11-01T17:00:00.000Z",
    ]);
  });

  test("a laptop that slept through the hour sends when it wakes, once", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ profile: only(["birthday"]), channels: [channel], now: EVE });
    await people(bench, 5, (id) => [`push:${id}`]);
    await bench.engine.settle();
    bench.clock.moveTo(EVE + 7 * HOUR_MS);
    await bench.engine.settle();
    await bench.wait(2 * DAY_MS);
    expect(channel.sent).toHaveLength(5);
    expect(await countsOf(bench)).toEqual({ sent: 5 });
  });
});

describe("an opting-out in the middle of a sending", () => {
  test("stops what is left for that person and nobody else, at whatever moment it comes", async () => {
    for (const moment of [0, 1, 2, 3, 4]) {
      const channel = pushedChannel("push");
      const bench = openBench({ profile: only(["birthday"]), channels: [channel], now: EVE });
      await people(bench, 6, (id) => [`push:${id}`]);
      await bench.engine.settle();
      bench.clock.moveTo(EVE + HOUR_MS);
      // Fed · taken · taken and fed · … : the wish falls into a different gap each time.
      const gaps = [bench.engine.care.step, bench.engine.work, bench.engine.care.step, bench.engine.work];
      for (const gap of gaps.slice(0, moment)) await gap();
      const before = channel.sent.filter((message) => message.conversation === "push:k0003").length;
      await bench.store.unit(async (unit) => {
        const file = (await unit.customers.get("k0003"))!;
        const said = { allowed: false, at: bench.clock.now(), source: "e1" };
        await unit.customers.put({ ...file, consents: { "care.greeting": said } });
      });
      await bench.engine.settle();
      await bench.wait(4 * DAY_MS);
      const got = (id: string): number => channel.sent.filter((message) => message.conversation === `push:${id}`).length;
      expect([moment, got("k0003"), got("k0001"), got("k0006")]).toEqual([moment, before, 1, 1]);
    }
  });
});

describe("several at once", () => {
  test("become one message, led by the most important", async () => {
    const bench = openBench({ profile: only(["birthday", "inspection-due"]), channels: [pulledChannel()], now: EVE });
    const product = {
      id: "p1",
      product: "vw-lavida",
      brand: null,
      model: null,
      plate: "浙A12345",
      serial: null,
      boughtOn: null,
      mileageKm: null,
    };
    await people(bench, 1, (id) => [`web:${id}`], { products: [{ ...product, due: { inspection: "2026-11-30" } }] });
    await bench.wait(2 * HOUR_MS);
    const messages = await bench.messages("web:k0001");
    expect(messages).toHaveLength(1);
    expect(messages[0]!.text).toMatch(/年检.*生日快乐/s);
    expect(messages[0]!.buttons.map((button) => button.id)).toEqual(["intent:book", "intent:opt_out"]);
    expect(await countsOf(bench)).toEqual({ sent: 1, merged: 1 });
  });

  test("one tap on the button begins the booking of that very service", async () => {
    const bench = openBench({ profile: only(["inspection-due"]), channels: [pulledChannel()], now: EVE });
    const product = {
      id: "p1",
      product: "vw-lavida",
      brand: null,
      model: null,
      plate: "浙A12345",
      serial: null,
      boughtOn: null,
      mileageKm: null,
    };
    await people(bench, 1, (id) => [`web:${id}`], {
      products: [{ ...product, due: { inspection: "2026-11-30" } }],
      phones: ["+8613800138000"],
    });
    await bench.wait(2 * HOUR_MS);
    await bench.press("web:k0001", "intent:book");
    const state = await bench.state("web:k0001");
    expect(state?.stack[0]?.flow).toBe("book");
    expect(JSON.stringify(state?.stack[0]?.values)).toContain("inspection");
  });
});
