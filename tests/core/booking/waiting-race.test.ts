import { expect, test } from "vitest";
import { MINUTE_MS } from "../../../core/time.ts";
import { openBench } from "../../support/bench.ts";
import { tinyProfile } from "../../support/profile.ts";

test("of five who wait for the same hour and say yes at once, one has it and the others keep their place", {
  timeout: 60_000,
}, async () => {
  const base = tinyProfile();
  const workshop = { ...base.business.workshop, waiting: { atOnce: 5, days: 30 } };
  const bench = openBench({ profile: { ...base, business: { ...base.business, workshop } } });
  const waiting = ["b", "c", "d", "e", "f"].map((name) => `web:${name}`);
  await bench.say("web:a", "机器坏了,明天下午两点,王芳 13800138000");
  await bench.say("web:a", "确认");
  for (const [index, conversation] of waiting.entries()) {
    await bench.say(conversation, `机器坏了,明天下午两点,李明 1390013900${index}`);
    await bench.say(conversation, "有空位通知我");
  }
  expect(await bench.store.unit((unit) => unit.records.open("wait", 10))).toHaveLength(5);
  await bench.say("web:a", "取消预约");
  await bench.say("web:a", "对，取消");
  await bench.engine.settle();
  for (const conversation of waiting) expect((await bench.messages(conversation)).at(-1)!.text, conversation).toContain("14:00");

  await Promise.all(waiting.map((conversation) => bench.post(conversation, { kind: "message", text: "要" })));
  await bench.engine.settle();
  const confirmed = (await bench.bookings()).filter((booking) => booking.status === "confirmed");
  expect(confirmed).toHaveLength(1);
  const waits = await bench.store.unit((unit) => unit.records.all("wait", "", 10));
  expect(waits.map((wait) => (wait as { status: string }).status).sort()).toEqual(["booked", "waiting", "waiting", "waiting", "waiting"]);
  const day = await bench.store.unit((unit) => unit.agenda.days("2026-11-24", "2026-11-24"));
  expect(day.flatMap((row) => row.busy.map((span) => span.booking))).toEqual([confirmed[0]!.number]);
  for (const conversation of waiting.filter((one) => one !== confirmed[0]!.conversation))
    expect((await bench.messages(conversation)).map((message) => message.text).join("\n"), conversation).toContain("先约走");
  expect(bench.errors).toStrictEqual([]);
  expect(bench.clock.now()).toBeLessThan(confirmed[0]!.start - 60 * MINUTE_MS);
  await bench.store.close();
});
