import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import { type Bench, MONDAY_NINE, openBench } from "../../support/bench.ts";

const BOOK = "机器坏了,周四下午两点,王芳 13800138000";
/** Thursday 26 November, 14:00. */
const START = Date.parse("2026-11-26T14:00:00+08:00");

async function booked(): Promise<Bench> {
  const bench = openBench();
  await bench.say("web:a", BOOK);
  await bench.say("web:a", "确认");
  expect(await bench.bookings()).toMatchObject([{ status: "confirmed", start: START }]);
  return bench;
}
/** Reminders sent, as minutes before the start they were meant for, and when. */
const reminders = async (bench: Bench): Promise<number[]> => {
  const number = (await bench.bookings())[0]!.number;
  const traces = await bench.store.unit((unit) => unit.traces.list("web:a", 100));
  const obsolete = new Set(
    traces
      .filter((trace) => trace.steps.some((step) => step.kind === "note" && step.code === "reminder_obsolete"))
      .map((trace) => trace.entry),
  );
  const sent = (await bench.messages("web:a")).filter((message) => message.from === "bot" && message.id.includes(`timer:remind:${number}`));
  expect(sent.every((message) => !obsolete.has(message.id.split("/")[0]!))).toBe(true);
  return sent.map((message) => message.at);
};

describe("booking reminders", () => {
  test("are sent the day before and two hours before, once each", async () => {
    const bench = await booked();
    await bench.wait(7 * DAY_MS);
    expect(await reminders(bench)).toStrictEqual([START - DAY_MS, START - 2 * HOUR_MS]);
  });

  test("that are found late, after a stop, are one reminder, still before the start", async () => {
    const bench = await booked();
    bench.clock.moveTo(START - HOUR_MS);
    await Promise.all([bench.engine.settle(), bench.engine.settle(), bench.engine.settle()]);
    expect(await reminders(bench)).toStrictEqual([START - HOUR_MS]);
  });

  test("that are found after the start are not sent", async () => {
    const bench = await booked();
    bench.clock.moveTo(START + MINUTE_MS);
    await bench.engine.settle();
    expect(await reminders(bench)).toStrictEqual([]);
  });

  test("of a cancelled booking are not sent", async () => {
    const bench = await booked();
    await bench.say("web:a", "取消预约");
    await bench.say("web:a", "确认");
    expect(await bench.bookings()).toMatchObject([{ status: "cancelled" }]);
    expect((await bench.store.unit((unit) => unit.timers.of("web:a"))).map((timer) => timer.name)).not.toContain("booking_reminder");
    await bench.wait(7 * DAY_MS);
    expect(await reminders(bench)).toStrictEqual([]);
  });

  test("of a moved booking come before its new time only", async () => {
    const bench = await booked();
    await bench.say("web:a", "改到周五上午十点");
    await bench.say("web:a", "确认");
    const [moved] = await bench.bookings();
    expect(moved!.start).toBe(Date.parse("2026-11-27T10:00:00+08:00"));
    await bench.wait(7 * DAY_MS);
    expect(await reminders(bench)).toStrictEqual([moved!.start - DAY_MS, moved!.start - 2 * HOUR_MS]);
  });

  test("meant for a time the booking no longer has are obsolete", async () => {
    const bench = await booked();
    const { number } = (await bench.bookings())[0]!;
    const data = { booking: number, start: START + HOUR_MS, minutes: 120 };
    await bench.post(
      "web:a",
      { kind: "timer", timer: `remind:${number}:120`, name: "booking_reminder", data, dueAt: START },
      `timer:remind:${number}:120:0`,
    );
    await bench.engine.settle();
    expect((await bench.messages("web:a")).at(-1)!.text).toContain(number);
    expect((await bench.store.unit((unit) => unit.traces.list("web:a", 1)))[0]!.steps).toStrictEqual([
      { kind: "note", code: "reminder_obsolete", data: { booking: number } },
    ]);
  });

  test("that were due before the booking was made are left out", async () => {
    const bench = openBench();
    await bench.say("web:a", "机器坏了,今天下午两点,王芳 13800138000");
    await bench.say("web:a", "确认");
    await bench.wait(2 * DAY_MS);
    const start = Date.parse("2026-11-23T14:00:00+08:00");
    expect((await bench.bookings())[0]!.start).toBe(start);
    expect(await reminders(bench)).toStrictEqual([start - 2 * HOUR_MS]);
  });

  test("already on their way when the booking is cancelled are obsolete", async () => {
    const bench = await booked();
    bench.clock.moveTo(START - DAY_MS);
    // The customer's words and the reminder wait side by side; the words came first.
    await bench.post("web:a", { kind: "message", text: "取消预约" });
    await bench.post("web:a", { kind: "message", text: "确认" });
    await bench.engine.fire();
    await bench.engine.settle();
    expect(await reminders(bench)).toStrictEqual([]);
  });
});

describe("timers", () => {
  test("set in a turn that failed to be saved do not exist", async () => {
    const bench = openBench();
    await bench.say("web:a", BOOK);
    await expect(
      bench.store.unit(async (unit) => {
        await unit.timers.set({ id: "t", conversation: "web:a", dueAt: MONDAY_NINE, name: "booking_reminder", data: {} });
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect(await bench.engine.fire()).toBe(0);
  });

  test("of many conversations fire together, each once", async () => {
    const bench = openBench();
    await bench.store.unit(async (unit) => {
      for (let index = 0; index < 450; index += 1)
        await unit.timers.set({
          id: `t${index}`,
          conversation: `web:${index}`,
          dueAt: MONDAY_NINE + index,
          name: "release",
          data: { case: "C1" },
        });
    });
    bench.clock.moveTo(MONDAY_NINE + HOUR_MS);
    const fired = [await bench.engine.fire(), await bench.engine.fire(), await bench.engine.fire(), await bench.engine.fire()];
    expect(fired).toStrictEqual([200, 200, 50, 0]);
    await bench.engine.settle();
    const history = await bench.store.unit((unit) => unit.inbox.history(0, 1_000));
    expect(new Set(history.map((entry) => entry.id)).size).toBe(450);
  });
});
