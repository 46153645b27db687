import { describe, expect, test } from "vitest";
import type { Channel, Delivery } from "../../../core/ports.ts";
import type { StoredMessage } from "../../../core/spine/events.ts";
import { pauseMs, SEND_RETRIES } from "../../../core/spine/index.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import { type Bench, openBench, pulledChannel, pushedChannel } from "../../support/bench.ts";

const SENT: Delivery = { result: "sent" };
const LATER: Delivery = { result: "retry", reason: "down", afterMs: null };

/** Three messages of a conversation wait to be sent. */
async function waiting(bench: Bench, conversation = "push:a", texts: readonly string[] = ["one", "two", "three"]): Promise<void> {
  await bench.store.unit(async (unit) => {
    const now = bench.clock.now();
    for (const text of texts) {
      await unit.messages.add({
        id: text,
        conversation,
        from: "bot",
        author: null,
        text,
        buttons: [],
        media: null,
        at: now,
        status: "pending",
        attempts: 0,
        nextAt: now,
      });
    }
  });
}
const statuses = async (bench: Bench, conversation = "push:a") =>
  (await bench.messages(conversation)).map((one) => `${one.text} ${one.status}`);

describe("delivery", () => {
  test("a reply goes out once, in order, the one after the other", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ channels: [channel] });
    await waiting(bench);
    await waiting(bench, "push:b", ["eins", "zwei"]);
    await bench.engine.settle();
    await bench.engine.settle();
    expect(channel.sent.filter((one) => one.conversation === "push:a").map((one) => one.text)).toStrictEqual(["one", "two", "three"]);
    expect(channel.sent.filter((one) => one.conversation === "push:b").map((one) => one.text)).toStrictEqual(["eins", "zwei"]);
    expect(await statuses(bench)).toStrictEqual(["one sent", "two sent", "three sent"]);
  });

  test("the answer to a customer is sent, the customer's own words are not", async () => {
    const channel = pushedChannel("push");
    const bench = openBench({ channels: [channel] });
    await bench.say("push:a", "你好");
    expect(channel.sent.map((one) => one.from)).toStrictEqual(["bot"]);
    expect((await bench.messages("push:a")).map((one) => one.status)).toStrictEqual(["kept", "sent"]);
  });

  test("a channel that customers read from is never sent to", async () => {
    const bench = openBench({ channels: [pulledChannel()] });
    await bench.say("web:a", "你好");
    expect((await bench.messages("web:a")).map((one) => one.status)).toStrictEqual(["kept", "kept"]);
    expect(bench.errors).toStrictEqual([]);
  });

  test("a message that must wait holds back those behind it, and no other conversation", async () => {
    let down = true;
    const channel = pushedChannel("push", (message) => (down && message.conversation === "push:a" ? LATER : SENT));
    const bench = openBench({ channels: [channel] });
    await waiting(bench);
    await waiting(bench, "push:b", ["eins"]);
    await bench.engine.settle();
    expect(channel.sent.map((one) => one.text).sort()).toStrictEqual(["eins", "one"]);
    down = false;
    await bench.wait(MINUTE_MS);
    expect(channel.sent.filter((one) => one.conversation === "push:a").map((one) => one.text)).toStrictEqual([
      "one",
      "one",
      "two",
      "three",
    ]);
    expect(await statuses(bench)).toStrictEqual(["one sent", "two sent", "three sent"]);
  });

  test("the platform's own pause is kept when it is longer", async () => {
    const at: number[] = [];
    const bench: Bench = openBench({
      channels: [
        pushedChannel("push", () => {
          at.push(bench.clock.now());
          return at.length === 1 ? { result: "retry", reason: "slow down", afterMs: 90_000 } : SENT;
        }),
      ],
    });
    await waiting(bench, "push:a", ["one"]);
    await bench.wait(HOUR_MS);
    expect(at[1]! - at[0]!).toBe(90_000);
  });

  const hopeless: readonly (readonly [string, () => Delivery, string])[] = [
    ["refused", () => ({ result: "refused", reason: "blocked by the user" }), "blocked by the user"],
    ["tried in vain", () => LATER, "down"],
    [
      "thrown at",
      () => {
        throw new TypeError("socket hang up");
      },
      "TypeError",
    ],
  ];
  test.each(hopeless)("a message %s becomes a case for a person, and the customer is told nothing", async (_name, answer, reason) => {
    const channel = pushedChannel("push", answer);
    const bench = openBench({ channels: [channel] });
    await waiting(bench, "push:a", ["your car is ready"]);
    await bench.wait(DAY_MS);
    const cases = await bench.cases();
    expect(cases).toMatchObject([
      { category: "other", words: "your car is ready", tags: ["undelivered"], reasons: [{ rule: "undelivered" }] },
    ]);
    expect(await statuses(bench)).toStrictEqual(["your car is ready failed"]);
    const traces = await bench.store.unit((unit) => unit.traces.list("push:a", 5));
    expect(traces.flatMap((trace) => trace.steps)).toContainEqual({ kind: "note", code: "undelivered", data: { reason } });
    expect((await bench.notices()).map((notice) => notice.case)).toContain(cases[0]!.number);
  });

  test("the pauses between tries double up to the longest, and the tries end", async () => {
    const at: number[] = [];
    const bench: Bench = openBench({
      channels: [
        pushedChannel("push", () => {
          at.push(bench.clock.now());
          return LATER;
        }),
      ],
    });
    await waiting(bench, "push:a", ["one"]);
    await bench.wait(DAY_MS);
    expect(at.slice(1).map((time, index) => time - at[index]!)).toStrictEqual(
      Array.from({ length: SEND_RETRIES.tries - 1 }, (_, index) => pauseMs(SEND_RETRIES, index + 1, 0.5)),
    );
  });

  test("a message behind one that failed for good is still sent", async () => {
    const channel = pushedChannel("push", (message) => (message.text === "one" ? { result: "refused", reason: "too long" } : SENT));
    const bench = openBench({ channels: [channel] });
    await waiting(bench);
    await bench.engine.settle();
    expect(await statuses(bench)).toStrictEqual(["one failed", "two sent", "three sent"]);
  });

  test("a channel that is not running loses nothing, however long it is away", async () => {
    const channels: Channel[] = [];
    const bench = openBench({ channels });
    await waiting(bench, "push:a", ["one"]);
    await bench.wait(3 * HOUR_MS);
    expect(await statuses(bench)).toStrictEqual(["one pending"]);
    expect(await bench.cases()).toStrictEqual([]);
    (bench.engine.channels as Map<string, Channel>).set("push", pushedChannel("push"));
    await bench.wait(HOUR_MS);
    expect(await statuses(bench)).toStrictEqual(["one sent"]);
  });

  test("a message sent again after a crash has the same id", async () => {
    const ids: string[] = [];
    let lost = true;
    const channel = pushedChannel("push", (message: StoredMessage) => {
      ids.push(message.id);
      if (!lost) return SENT;
      lost = false;
      throw new Error("the process died before it was marked");
    });
    const bench = openBench({ channels: [channel] });
    await bench.say("push:a", "你好", "7");
    await bench.wait(MINUTE_MS);
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(2);
  });
});
