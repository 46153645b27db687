import { expect, test } from "vitest";
import { openBench } from "../../support/bench.ts";

test("a button of an earlier question is answered, not failed on", async () => {
  const bench = openBench();
  await bench.say("web:a", "你好");
  const replies = await bench.press("web:a", "time:1:1795572000000");
  expect(bench.errors).toStrictEqual([]);
  expect(replies).toHaveLength(1);
  expect(replies[0]!.buttons.length).toBeGreaterThan(0);
});

test("a button of the open question is taken, by its id and by its label", async () => {
  for (const by of ["id", "label"] as const) {
    const bench = openBench();
    const [summary] = await bench.say("web:a", "机器坏了,明天下午两点,王芳 13800138000");
    await bench.press("web:a", summary!.buttons[0]![by]);
    expect(await bench.bookings(), by).toHaveLength(1);
  }
});

test("a summary agreed to twice is one booking", async () => {
  const bench = openBench();
  const [summary] = await bench.say("web:a", "机器坏了,明天下午两点,王芳 13800138000");
  const { id } = summary!.buttons[0]!;
  await bench.post("web:a", { kind: "press", value: id });
  await bench.post("web:a", { kind: "press", value: id });
  await bench.engine.settle();
  expect(await bench.bookings()).toHaveLength(1);
  expect(bench.errors).toStrictEqual([]);
});
