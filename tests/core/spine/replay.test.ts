import { expect, test } from "vitest";
import { newCustomer } from "../../../core/customers/state.ts";
import type { Store } from "../../../core/ports.ts";
import type { InboxEntry } from "../../../core/spine/events.ts";
import { replayHistory } from "../../../core/spine/index.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import { type Bench, openBench, pulledChannel, pushedChannel } from "../../support/bench.ts";
import { order as seedOrder } from "../../support/order.ts";
import { technician, tinyProfile } from "../../support/profile.ts";
import { openTestStore } from "../../support/store.ts";
import { createTestUnderstander } from "../../support/understander.ts";

const PROFILE = tinyProfile({ technicians: [technician("amy"), technician("bob")] });
const STAFF = PROFILE.staff.find((member) => member.role === "representative")!.id;

/** What is there before the first event. */
async function seed(store: Store, now: number): Promise<void> {
  await store.unit(async (unit) => {
    await unit.customers.put({ ...newCustomer("U900", now), name: "赵四", phones: ["+8613700137000"] });
    await unit.customers.linkConversation("web:z", "U900");
    const state = seedOrder({ number: "W26112001", customerId: "U900", createdAt: now, updatedAt: now });
    await unit.records.save({ kind: "order", id: state.number, events: [{ type: "order_opened", at: now, order: state }], state }, "seed");
  });
}

async function live(bench: Bench): Promise<void> {
  await bench.say("web:a", "机器坏了,明天下午两点,王芳 13800138000");
  await bench.say("push:b", "machine is broken, tomorrow at 2pm, my name is John Smith, phone 415-555-0132");
  await bench.say("web:a", "确认");
  await bench.say("push:b", "yes");
  await bench.say("web:z", "修好没");
  await bench.wait(10 * MINUTE_MS);
  await bench.say("web:a", "改到后天上午十点");
  await bench.say("web:a", "确认");
  await bench.say("web:c", "我要投诉");
  await bench.say("web:c", "师傅迟到两小时");
  await bench.desk("web:z", STAFF, { do: "move_order", order: "W26112001", to: "quality_check", promisedAt: null, text: "快好了" });
  await bench.say("web:d", "人工");
  const number = (await bench.cases()).find((one) => one.conversation === "web:d")!.number;
  await bench.desk("web:d", STAFF, { do: "reply", case: number, text: "您好,我是客服" });
  await bench.desk("web:d", STAFF, { do: "resolve", case: number, text: "已处理" });
  await bench.say("web:e", "boom");
  await bench.wait(3 * DAY_MS);
  await bench.say("push:b", "cancel");
  await bench.say("web:f", "我闻到煤气味");
  await bench.wait(HOUR_MS);
}

async function everything(store: Store, conversations: readonly string[]): Promise<Record<string, unknown>> {
  return store.unit(async (unit) => {
    const customers = [];
    for (const conversation of conversations) customers.push(await unit.customers.ofConversation(conversation));
    const files = [];
    for (const id of customers) files.push(id === null ? null : await unit.customers.get(id));
    const rows = [];
    const messages = [];
    const traces = [];
    for (const conversation of conversations) {
      rows.push(await unit.conversations.get(conversation));
      // Whether a message was sent is the delivery's doing, not a turn's.
      messages.push(
        (await unit.messages.list(conversation, 0, 1_000)).map(({ seq: _seq, status, attempts: _attempts, nextAt: _next, ...message }) => ({
          ...message,
          kept: status === "kept",
        })),
      );
      traces.push(await unit.traces.list(conversation, 1_000));
    }
    const records: Record<string, unknown> = {};
    for (const kind of ["booking", "order", "case"] as const) {
      const all = await unit.records.all(kind, "", 1_000);
      records[kind] = all;
      const events = [];
      for (const one of all) events.push(await unit.records.events(kind, one.number));
      records[`${kind} events`] = events;
    }
    return {
      customers,
      files,
      rows,
      messages,
      traces,
      ...records,
      agenda: (await unit.agenda.days("2026-11-01", "2026-12-31")).map(({ version: _version, ...day }) => day),
      notices: (await unit.notices.list(0, 1_000)).map(({ seq: _seq, ...notice }) => notice),
    };
  });
}

test("replayHistory into an empty store gives the same bookings, cases, orders, customers, conversations, messages and traces", async () => {
  const understander = createTestUnderstander(PROFILE);
  const bench = openBench({
    profile: PROFILE,
    channels: [pulledChannel("web"), pushedChannel("push")],
    turnRetries: { tries: 2, firstPauseMs: 1_000, longestPauseMs: 1_000 },
    understander: {
      understand(text, context) {
        if (text === "boom") throw new Error("boom");
        return understander.understand(text, context);
      },
    },
  });
  await seed(bench.store, bench.clock.now());
  await live(bench);
  const history: readonly InboxEntry[] = await bench.store.unit((unit) => unit.inbox.history(0, 1_000));
  const conversations = [...new Set(history.map((entry) => entry.conversation))].sort();
  const wanted = await everything(bench.store, conversations);
  // The life above had something of each kind, or the comparison would say little.
  expect((wanted["booking"] as unknown[]).length).toBe(2);
  expect((wanted["case"] as { category: string }[]).map((one) => one.category).sort()).toEqual(
    expect.arrayContaining(["complaint", "emergency", "human", "other"]),
  );
  expect(history.some((entry) => entry.event.kind === "timer")).toBe(true);

  const into = openTestStore();
  await seed(into, Date.parse("2026-11-23T09:00:00+08:00"));
  const played = await replayHistory(bench.store, into, bench.engine.dependencies, bench.engine.channels);
  expect(played).toBe(history.length);
  expect(await everything(into, conversations)).toStrictEqual(wanted);
});
