import { describe, expect, test } from "vitest";
import type { Channel, Delivery } from "../../../core/ports.ts";
import type { NewMessage, StoredMessage } from "../../../core/spine/events.ts";
import { openPush } from "../../../core/spine/push-window.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../../core/time.ts";
import { type Bench, openBench } from "../../support/bench.ts";

const CHAT = "kf:a";
const WINDOW_MS = 48 * HOUR_MS;

interface LimitedChannel extends Channel {
  readonly sent: StoredMessage[];
}

/** A channel as WeChat customer service: 48 hours, five messages, 100 characters each. */
function limitedChannel(
  answer: (message: StoredMessage) => Delivery = () => ({ result: "sent" }),
  quota: number | null = 5,
): LimitedChannel {
  const sent: StoredMessage[] = [];
  return {
    name: "kf",
    sent,
    capabilities: {
      textLimit: { amount: 100, unit: "characters" },
      buttons: 3,
      media: [],
      pulled: false,
      pushWindowMs: WINDOW_MS,
      pushQuota: quota,
      idempotent: true,
    },
    async send(message) {
      sent.push(message);
      return answer(message);
    },
  };
}

async function add(bench: Bench, id: string, more: Partial<NewMessage> = {}): Promise<void> {
  const now = bench.clock.now();
  await bench.store.unit((unit) =>
    unit.messages.add({
      id,
      conversation: CHAT,
      from: "bot",
      author: null,
      text: id,
      buttons: [],
      media: null,
      at: now,
      status: more.from === "customer" ? "kept" : "pending",
      attempts: 0,
      nextAt: now,
      ...more,
    }),
  );
}
/** The customer writes; the bot's answers are the tests' own. */
const hear = (bench: Bench, id: string): Promise<void> => add(bench, id, { from: "customer" });

/** Each message leaves before the next is written. */
async function oneByOne(bench: Bench, ids: readonly string[], more: Partial<NewMessage> = {}): Promise<void> {
  for (const id of ids) {
    await add(bench, id, more);
    await bench.engine.deliver();
  }
}
const texts = (channel: LimitedChannel): string[] => channel.sent.map((message) => message.text);
const statuses = async (bench: Bench): Promise<string[]> =>
  (await bench.messages(CHAT)).filter((message) => message.from !== "customer").map((message) => `${message.id} ${message.status}`);
/** What staff are told could not be delivered. */
const undelivered = async (bench: Bench): Promise<string[]> => (await bench.cases()).map((one) => one.words);

describe("a channel with a push window", () => {
  test("what waits together leaves as one message, in order, under the key of the first", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    for (const id of ["one", "two", "three"]) await add(bench, id);
    await bench.engine.deliver();
    expect(channel.sent).toMatchObject([{ id: "one", text: "one\n\ntwo\n\nthree" }]);
    expect(await statuses(bench)).toStrictEqual(["one sent", "two sent", "three sent"]);
  });

  test("a question keeps its buttons to itself while the quota allows", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await add(bench, "one");
    await add(bench, "which?", { buttons: [{ id: "a", label: "A" }] });
    await add(bench, "and this");
    await bench.engine.settle();
    expect(channel.sent.map((message) => [message.text, message.buttons.length])).toStrictEqual([
      ["one\n\nwhich?", 1],
      ["and this", 0],
    ]);
  });

  test("when the quota is short, questions are joined and all buttons stay", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await oneByOne(bench, ["1", "2", "3"]);
    await add(bench, "which?", { buttons: [{ id: "a", label: "A" }] });
    await add(bench, "when?", { buttons: [{ id: "b", label: "B" }] });
    await bench.engine.settle();
    expect(channel.sent.at(-1)).toMatchObject({ text: "which?\n\nwhen?", buttons: [{ id: "a" }, { id: "b" }] });
    expect(await undelivered(bench)).toStrictEqual([]);
  });

  test("the last message of the quota is kept for a person's words; a notice for which none is left becomes a task", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await oneByOne(bench, ["1", "2", "3", "4"]);
    await add(bench, "a reminder");
    await bench.engine.settle();
    expect(texts(channel)).toStrictEqual(["1", "2", "3", "4"]);
    expect(await undelivered(bench)).toStrictEqual(["a reminder"]);
    await add(bench, "I am on my way", { from: "staff", author: "chen" });
    await bench.engine.settle();
    expect(texts(channel).at(-1)).toBe("I am on my way");
    await add(bench, "one more word", { from: "staff", author: "chen" });
    await bench.engine.settle();
    expect(channel.sent).toHaveLength(5);
    expect((await statuses(bench)).slice(-3)).toStrictEqual(["a reminder failed", "I am on my way sent", "one more word failed"]);
    const traces = await bench.store.unit((unit) => unit.traces.list(CHAT, 5));
    expect(traces.flatMap((trace) => trace.steps)).toContainEqual({ kind: "note", code: "undelivered", data: { reason: "quota_spent" } });
  });

  test("a notice rides along with a person's words when it costs nothing more", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await oneByOne(bench, ["1", "2", "3", "4"]);
    await add(bench, "a reminder");
    await add(bench, "I am on my way", { from: "staff" });
    await bench.engine.settle();
    expect(texts(channel).at(-1)).toBe("a reminder\n\nI am on my way");
    expect(await undelivered(bench)).toStrictEqual([]);
  });

  test("a person's words go out when the notice before them does not fit, and the notice becomes a task", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await oneByOne(bench, ["1", "2", "3", "4"]);
    await add(bench, "long notice ".repeat(9).trim());
    await add(bench, "I am on my way", { from: "staff" });
    await bench.engine.settle();
    expect(texts(channel).at(-1)).toBe("I am on my way");
    expect(await undelivered(bench)).toStrictEqual(["long notice ".repeat(9).trim()]);
  });

  test("a long text counts as the messages it takes", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await oneByOne(bench, ["long words ".repeat(25).trim(), "short"]);
    await oneByOne(bench, ["no more"]);
    await bench.engine.settle();
    expect(texts(channel).map((text) => text.length)).toStrictEqual([274, 5]);
    expect(await undelivered(bench)).toStrictEqual(["no more"]);
  });

  test("what the channel says it took counts, not what was thought before", async () => {
    const channel = limitedChannel(() => ({ result: "sent", messages: 4 }));
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await oneByOne(bench, ["one", "two"]);
    expect(texts(channel)).toStrictEqual(["one"]);
  });

  test("the whole quota comes back when the customer writes", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await oneByOne(bench, ["1", "2", "3", "4", "lost"]);
    await hear(bench, "still there?");
    await oneByOne(bench, ["5", "6", "7", "8", "lost too"]);
    expect(texts(channel)).toStrictEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);
  });

  test("the window closes 48 hours after the customer's last message, to the millisecond", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await bench.wait(WINDOW_MS - 1);
    await oneByOne(bench, ["in time"]);
    await bench.wait(1);
    await oneByOne(bench, ["too late"]);
    await add(bench, "much too late", { from: "staff" });
    await bench.engine.settle();
    expect(texts(channel)).toStrictEqual(["in time"]);
    expect(await statuses(bench)).toStrictEqual(["in time sent", "too late failed", "much too late failed"]);
    const traces = await bench.store.unit((unit) => unit.traces.list(CHAT, 5));
    expect(traces.flatMap((trace) => trace.steps).filter((step) => step.kind === "note" && step.code === "undelivered")).toHaveLength(2);
  });

  test("a reminder to a customer who never wrote here becomes a task", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await oneByOne(bench, ["your car is ready"]);
    await bench.engine.settle();
    expect(channel.sent).toStrictEqual([]);
    expect(await undelivered(bench)).toStrictEqual(["your car is ready"]);
  });

  test("several messages that can't go are one task with all the words", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await add(bench, "one");
    await add(bench, "two");
    await bench.engine.settle();
    expect(await undelivered(bench)).toStrictEqual(["one\n\ntwo"]);
    expect(await statuses(bench)).toStrictEqual(["one failed", "two failed"]);
  });

  test("a message that is tried again stays what it was, though more waits by then", async () => {
    let down = true;
    const channel = limitedChannel(() => (down ? { result: "retry", reason: "down", afterMs: null } : { result: "sent" }));
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await add(bench, "one");
    await add(bench, "two");
    await bench.engine.deliver();
    await add(bench, "three");
    down = false;
    await bench.wait(MINUTE_MS);
    expect(channel.sent.map((message) => [message.id, message.text])).toStrictEqual([
      ["one", "one\n\ntwo"],
      ["one", "one\n\ntwo"],
      ["three", "three"],
    ]);
  });

  test("a process that died after it sent sends the same message under the same key, and counts it once", async () => {
    let died = true;
    const channel = limitedChannel(() => ({ result: "sent" }));
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await add(bench, "one");
    const { unit } = bench.store;
    // The unit that would note the success never commits.
    let units = 0;
    (bench.store as { unit: typeof unit }).unit = (work) => {
      units += 1;
      if (died && units === 3) {
        died = false;
        return Promise.reject(new Error("killed"));
      }
      return unit(work);
    };
    await expect(bench.engine.deliver()).rejects.toThrow("killed");
    await add(bench, "two");
    await bench.engine.settle();
    expect(channel.sent.map((message) => [message.id, message.text])).toStrictEqual([
      ["one", "one"],
      ["one", "one"],
      ["two", "two"],
    ]);
    const ledger = await bench.store.unit((one) => one.meta.get(`push:${CHAT}`));
    expect(JSON.parse(ledger!)).toMatchObject({ spent: 2, group: [] });
  });

  test("words of the platform that a person attends to the customer call nobody", async () => {
    const channel = limitedChannel(() => ({ result: "refused", reason: "a colleague talks in the client", attended: true }));
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    await oneByOne(bench, ["one"]);
    await bench.engine.settle();
    expect(await statuses(bench)).toStrictEqual(["one failed"]);
    expect(await bench.cases()).toStrictEqual([]);
  });

  test("other conversations are not held up by one whose window is closed", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await add(bench, "lost");
    await add(bench, "b hello", { from: "customer", conversation: "kf:b" });
    await add(bench, "b answer", { conversation: "kf:b" });
    await bench.engine.settle();
    expect(texts(channel)).toStrictEqual(["b answer"]);
  });

  test("a window without a quota merges nothing and counts nothing", async () => {
    const channel = limitedChannel(undefined, null);
    const bench = openBench({ channels: [channel] });
    await hear(bench, "hello");
    for (let at = 1; at <= 8; at++) await add(bench, `${at}`);
    await bench.engine.settle();
    expect(texts(channel)).toStrictEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);
  });
});

describe("a chat opened without a word", () => {
  const openChat = (bench: Bench, forMs: number | null): Promise<void> =>
    bench.store.unit((unit) => openPush(unit, CHAT, "kf:a:enter", forMs === null ? null : bench.clock.now() + forMs));

  test("is greeted in one message while the platform allows it", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await openChat(bench, 20 * SECOND_MS);
    await add(bench, "kf:a:enter/1");
    await add(bench, "kf:a:enter/2", { buttons: [{ id: "a", label: "A" }] });
    await bench.engine.settle();
    expect(texts(channel)).toStrictEqual(["kf:a:enter/1\n\nkf:a:enter/2"]);
  });

  test("is greeted once only", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await openChat(bench, 20 * SECOND_MS);
    await oneByOne(bench, ["kf:a:enter/1", "kf:a:enter/2"]);
    expect(texts(channel)).toStrictEqual(["kf:a:enter/1"]);
  });

  test.each([
    ["too late", 20 * SECOND_MS],
    ["where the platform allows no word yet", null],
  ])("a greeting %s is not sent, and nobody is called for it", async (_name, forMs) => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await openChat(bench, forMs);
    await bench.wait(21 * SECOND_MS);
    await oneByOne(bench, ["kf:a:enter/1"]);
    await bench.engine.settle();
    expect(channel.sent).toStrictEqual([]);
    expect(await statuses(bench)).toStrictEqual(["kf:a:enter/1 failed"]);
    expect(await bench.cases()).toStrictEqual([]);
  });

  test("a reminder does not pass for a greeting", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await openChat(bench, 20 * SECOND_MS);
    await oneByOne(bench, ["timer:1/1"]);
    await bench.engine.settle();
    expect(channel.sent).toStrictEqual([]);
    expect(await undelivered(bench)).toStrictEqual(["timer:1/1"]);
  });

  test("the customer's first words open the window as ever", async () => {
    const channel = limitedChannel();
    const bench = openBench({ channels: [channel] });
    await openChat(bench, null);
    await hear(bench, "hello");
    await oneByOne(bench, ["one", "two"]);
    expect(texts(channel)).toStrictEqual(["one", "two"]);
  });
});
