import { describe, expect, test } from "vitest";
import { AnxinError } from "../../../core/errors.ts";
import { pauseMs, TURN_RETRIES } from "../../../core/spine/index.ts";
import { HOUR_MS, SECOND_MS } from "../../../core/time.ts";
import type { Understander } from "../../../core/understanding/types.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { tinyProfile } from "../../support/profile.ts";
import { openTestStore } from "../../support/store.ts";
import { createTestUnderstander } from "../../support/understander.ts";
import { failing, failingMessages } from "./faults.ts";

/** Throws on messages that hold "boom", as long as `broken` says so. */
function touchy(broken: () => boolean = () => true): Understander {
  const inner = createTestUnderstander(tinyProfile());
  return {
    understand(text, context) {
      if (text.includes("boom") && broken()) throw new Error("boom");
      return inner.understand(text, context);
    },
  };
}
const said = async (bench: Bench, conversation: string): Promise<string[]> =>
  (await bench.messages(conversation)).filter((one) => one.from === "customer").map((one) => one.text);

describe("the worker", () => {
  test("the same message ten times at once is one turn and one answer", async () => {
    const bench = openBench();
    const results = await Promise.all(Array.from({ length: 10 }, () => bench.post("web:a", { kind: "message", text: "你好" }, "same")));
    await bench.engine.settle();
    expect(results.flat().sort()).toStrictEqual([...Array<string>(9).fill("known"), "new"]);
    expect((await bench.messages("web:a")).map((one) => one.from)).toStrictEqual(["customer", "bot"]);
  });

  test("workers side by side work each entry once", async () => {
    const bench = openBench();
    for (let index = 0; index < 40; index += 1) await bench.post(`web:${index % 8}`, { kind: "message", text: `你好 ${index}` });
    await Promise.all(Array.from({ length: 4 }, () => bench.engine.settle()));
    for (let conversation = 0; conversation < 8; conversation += 1) {
      expect(await said(bench, `web:${conversation}`)).toStrictEqual([0, 1, 2, 3, 4].map((round) => `你好 ${round * 8 + conversation}`));
    }
    expect(bench.errors).toStrictEqual([]);
  });

  test("one who writes much waits for the others, a few messages at a time and in order", async () => {
    const bench = openBench();
    const words = Array.from({ length: 20 }, (_, place) => `你好 ${place}`);
    for (const text of words) await bench.post("web:a", { kind: "message", text });
    await bench.post("web:b", { kind: "message", text: "您好" });
    await bench.engine.work();
    expect(await said(bench, "web:b")).toStrictEqual(["您好"]);
    expect(await said(bench, "web:a")).toStrictEqual(words.slice(0, 8));
    await bench.engine.settle();
    expect(await said(bench, "web:a")).toStrictEqual(words);
  });

  test("of two chats of one person, worked at once, the second knows what happened in the first", async () => {
    const bench = openBench();
    await bench.say("web:a", "机器坏了,明天下午两点,王芳 13800138000");
    await bench.say("web:a", "确认");
    const owner = await bench.store.unit((unit) => unit.customers.ofConversation("web:a"));
    await bench.store.unit((unit) => unit.customers.linkConversation("web:b", owner!));
    const [booking] = await bench.bookings();
    expect((await bench.say("web:b", "取消预约")).at(-1)!.text).toContain(booking!.number);
    await bench.say("web:b", "算了");
    await bench.say("web:a", "取消预约");

    await bench.post("web:c", { kind: "message", text: "您好" });
    await bench.post("web:a", { kind: "message", text: "确认" });
    await bench.post("web:b", { kind: "message", text: "取消预约" });
    expect(await bench.engine.work()).toBe(3);
    expect((await bench.bookings()).map((one) => one.status)).toStrictEqual(["cancelled"]);
    expect((await bench.messages("web:b")).at(-1)!.text).not.toContain(booking!.number);
  });

  test("an entry that fails holds back its own conversation, and no other", async () => {
    let broken = true;
    const bench = openBench({ understander: touchy(() => broken) });
    for (const text of ["你好", "boom", "谢谢"]) await bench.post("web:a", { kind: "message", text });
    await bench.post("web:b", { kind: "message", text: "您好" });
    await bench.engine.settle();
    expect(await said(bench, "web:a")).toStrictEqual(["你好"]);
    expect(await said(bench, "web:b")).toStrictEqual(["您好"]);
    broken = false;
    await bench.wait(SECOND_MS);
    expect(await said(bench, "web:a")).toStrictEqual(["你好", "boom", "谢谢"]);
    expect(bench.errors.map((one) => one.data)).toStrictEqual([{ entry: "web:a:e2", failures: 1 }]);
  });

  test("retries come with growing pauses, and end in a case with a number that the customer is told", async () => {
    const bench = openBench({ understander: touchy() });
    const began = bench.clock.now();
    const tries: number[] = [];
    await bench.post("web:a", { kind: "message", text: "boom 我的机器" });
    await bench.post("web:a", { kind: "message", text: "你好" });
    for (;;) {
      const before = bench.errors.length;
      await bench.engine.settle();
      if (bench.errors.length > before) tries.push(bench.clock.now() - began);
      const next = await bench.engine.nextAt();
      if (next === null || next > began + HOUR_MS / 4) break;
      bench.clock.moveTo(next);
    }
    const pauses = [1, 2, 3, 4, 5].map((failures) => pauseMs(TURN_RETRIES, failures, 0.5));
    expect(tries.slice(1).map((at, index) => at - tries[index]!)).toStrictEqual(pauses);
    expect(bench.errors.map((one) => one.data["failures"])).toStrictEqual([1, 2, 3, 4, 5, 6]);

    const [found] = await bench.cases();
    expect(found).toMatchObject({
      category: "other",
      urgency: "urgent",
      status: "open",
      words: "boom 我的机器",
      reasons: [{ rule: "dead-letter" }],
    });
    const messages = await bench.messages("web:a");
    expect(messages.some((one) => one.from === "bot" && one.text.includes(found!.number))).toBe(true);
    // The words are in the transcript, and what came behind was answered.
    expect(await said(bench, "web:a")).toEqual(expect.arrayContaining(["boom 我的机器", "你好"]));
    expect((await bench.notices()).some((one) => one.case === found!.number)).toBe(true);
  });

  test("a dead letter comes once, however often its entry is sent again", async () => {
    const bench = openBench({ understander: touchy(), turnRetries: { tries: 1, firstPauseMs: 1, longestPauseMs: 1 } });
    await bench.say("web:a", "boom", "x");
    expect(await bench.post("web:a", { kind: "message", text: "boom" }, "x")).toStrictEqual(["known"]);
    await bench.engine.settle();
    expect(await bench.cases()).toHaveLength(1);
  });

  test("an answer that can't be written is put off, and its neighbours in the commit are not", async () => {
    let broken = true;
    const store = failingMessages(openTestStore(), (text) => broken && text.includes("unwritable"));
    const bench = openBench({ store });
    await bench.post("web:a", { kind: "message", text: "你好 a" });
    await bench.post("web:b", { kind: "message", text: "unwritable" });
    await bench.post("web:c", { kind: "message", text: "你好 c" });
    await bench.engine.settle();
    expect([await said(bench, "web:a"), await said(bench, "web:b"), await said(bench, "web:c")]).toStrictEqual([
      ["你好 a"],
      [],
      ["你好 c"],
    ]);
    expect(bench.errors).toMatchObject([{ data: { entry: "web:b:e2", failures: 1 } }]);
    broken = false;
    await bench.wait(SECOND_MS);
    expect(await said(bench, "web:b")).toStrictEqual(["unwritable"]);
  });

  test("an answer that can never be written becomes a case in the end", async () => {
    const bench = openBench({ store: failingMessages(openTestStore(), (text) => text === "unwritable") });
    await bench.post("web:b", { kind: "message", text: "unwritable" });
    await bench.wait(5 * 60 * SECOND_MS);
    expect(bench.errors.filter((one) => one.data["entry"] === "web:b:e1").map((one) => one.data["failures"])).toStrictEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    // The dead letter would write the same words again; it ends as dead too, and nothing goes on for ever.
    expect(await bench.engine.store.unit((unit) => unit.inbox.nextAt())).toBeNull();
  });

  test("a store that is gone for a while loses nothing and blames nobody", async () => {
    let gone = false;
    const inner = openTestStore();
    const bench = openBench({ store: failing(inner, () => (gone ? new AnxinError("storage_io", "gone") : null)) });
    await bench.post("web:a", { kind: "message", text: "你好" });
    gone = true;
    await expect(bench.engine.work()).rejects.toMatchObject({ code: "storage_io" });
    gone = false;
    await bench.engine.settle();
    expect(await said(bench, "web:a")).toStrictEqual(["你好"]);
    expect(bench.errors).toStrictEqual([]);
  });
});

test.each([
  [1, 0, 500],
  [1, 1, 1_000],
  [2, 1, 2_000],
  [5, 1, 16_000],
  [6, 1, 30_000],
  [60, 0, 15_000],
])("pauseMs after %i failures by chance %d is %i ms", (failures, chance, wanted) => {
  expect(pauseMs(TURN_RETRIES, failures, chance)).toBe(wanted);
});
