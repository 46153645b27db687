import { expect, test } from "vitest";
import { DAY_MS } from "../../../core/time.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { technician, tinyProfile } from "../../support/profile.ts";
import { onPostgres, openTestStore } from "../../support/store.ts";

const ASK = (name: string, phone: string): string => `机器坏了,明天下午两点,${name} ${phone}`;

async function agree(bench: Bench, conversations: readonly string[]): Promise<void> {
  await Promise.all(
    conversations.map((conversation, index) =>
      bench.post(conversation, { kind: "message", text: ASK(["王芳", "李明", "张伟"][index % 3]!, `1380013800${index}`) }),
    ),
  );
  await bench.engine.settle();
  await Promise.all(conversations.map((conversation) => bench.post(conversation, { kind: "message", text: "确认" })));
}

test("of two customers who agree to the last hour at once, one has it and the other is offered others", async () => {
  const bench = openBench();
  await agree(bench, ["web:a", "web:b"]);
  await bench.engine.settle();

  const bookings = await bench.bookings();
  expect(bookings).toHaveLength(1);
  const loser = bookings[0]!.conversation === "web:a" ? "web:b" : "web:a";
  const last = (await bench.messages(loser)).at(-1)!;
  expect(last.text).toContain("14:00");
  expect(last.buttons.length).toBeGreaterThanOrEqual(2);
  expect(bench.errors).toStrictEqual([]);

  // The offer holds: the first of them can be had.
  await bench.press(loser, last.buttons[0]!.id);
  await bench.say(loser, "确认");
  expect(await bench.bookings()).toHaveLength(2);
  expect(new Set((await bench.bookings()).map((booking) => booking.start)).size).toBe(2);
  await bench.store.close();
});

test("of ten customers who want the same hour of three technicians, three have it", async () => {
  const profile = tinyProfile({ technicians: ["amy", "bob", "cat"].map((id) => technician(id)) });
  const bench = openBench({ profile });
  const conversations = Array.from({ length: 10 }, (_, index) => `web:c${index}`);
  await agree(bench, conversations);
  await bench.engine.settle();
  const bookings = await bench.bookings();
  expect(bookings.map((booking) => booking.technician).sort()).toStrictEqual(["amy", "bob", "cat"]);
  const winners = new Set(bookings.map((booking) => booking.conversation));
  for (const conversation of conversations.filter((one) => !winners.has(one)))
    expect((await bench.messages(conversation)).at(-1)!.buttons.length, conversation).toBeGreaterThanOrEqual(2);
  await bench.store.close();
});

test.runIf(onPostgres)("who comes too late for a day decides anew: its group's other turns stand, and no number is lost", async () => {
  const store = openTestStore();
  let arrive = (): void => undefined;
  let go = (): void => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const released = new Promise<void>((resolve) => {
    go = resolve;
  });
  // Another process whose unit has done its work and is not committed yet.
  const slow = openBench({
    store: {
      unit: (work) =>
        store.unit(async (unit) => {
          const result = await work(unit);
          arrive();
          await released;
          return result;
        }),
      close: () => store.close(),
    },
  });
  const bench = openBench({ store });
  await bench.say("web:a", ASK("王芳", "13800138000"));
  await bench.say("web:b", ASK("李明", "13800138001"));
  await bench.post("web:a", { kind: "message", text: "确认" });
  const slowWork = slow.engine.work();
  await arrived;
  await bench.post("web:b", { kind: "message", text: "确认" });
  await bench.post("web:c", { kind: "message", text: "你好" });
  await bench.engine.work();
  expect((await bench.messages("web:c")).map((one) => one.from)).toStrictEqual(["customer", "bot"]);
  expect((await bench.messages("web:b")).filter((one) => one.text === "确认")).toStrictEqual([]);

  const late = bench.engine.settle();
  go();
  await Promise.all([slowWork, late]);
  const [won] = await bench.bookings();
  expect(won!.conversation).toBe("web:a");
  const last = (await bench.messages("web:b")).at(-1)!;
  expect(last.buttons.length).toBeGreaterThanOrEqual(2);
  await bench.press("web:b", last.buttons[0]!.id);
  await bench.say("web:b", "确认");
  const numbers = (await bench.bookings()).map((booking) => Number(booking.number.slice(-2))).sort();
  expect(numbers).toStrictEqual([1, 2]);
  expect([...bench.errors, ...slow.errors]).toStrictEqual([]);
  await store.close();
});

test("an hour that was given back can be had by the next", async () => {
  const bench = openBench();
  await bench.say("web:a", ASK("王芳", "13800138000"));
  await bench.say("web:a", "确认");
  const [blocked] = await bench.say("web:b", ASK("李明", "13900139000"));
  expect(blocked!.buttons.some((button) => button.label.endsWith("14:00"))).toBe(false);
  await bench.say("web:a", "取消预约");
  await bench.say("web:a", "确认");
  await bench.say("web:b", "还是明天下午两点吧");
  await bench.say("web:b", "确认");
  expect((await bench.bookings()).map((booking) => [booking.conversation, booking.status])).toStrictEqual([
    ["web:a", "cancelled"],
    ["web:b", "confirmed"],
  ]);
  const days = await bench.store.unit((unit) => unit.agenda.days("2026-11-24", "2026-11-24"));
  expect(days.flatMap((day) => day.busy.map((span) => span.booking))).toStrictEqual([(await bench.bookings())[1]!.number]);
  expect(bench.clock.now() + 2 * DAY_MS).toBeGreaterThan((await bench.bookings())[1]!.start);
  await bench.store.close();
});
