import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Button } from "../../../core/spine/events.ts";
import type { Fault, SlackPerson } from "../../emulators/slack/index.ts";
import { NOW, openSlackPlace, type SlackPlace } from "./support.ts";

let place: SlackPlace;
let customer: SlackPerson;
let conversation: string;
beforeEach(async () => {
  place = await openSlackPlace();
  customer = place.slack.customer("U0WANG");
  conversation = `slack:${customer.channel}`;
});
afterEach(() => place.close());

const POST = "chat.postMessage";
const send = async (id: string, text: string, extra = {}) => place.connection.channel.send(await place.keep(conversation, id, text, extra));
const texts = () => customer.seen().map((one) => one.text);
const error = (name: string): Fault => ({ kind: "error", error: name });

describe("what becomes of refusals", () => {
  test("a person who can't be reached is told to the core beside the refusal", async () => {
    place.slack.faults.next(POST, error("user_disabled"));
    await send("b1", "hello");
    expect((await place.entries()).map((entry) => entry.event)).toEqual([{ kind: "reach", reachable: false, reason: "user_disabled" }]);
  });

  test("is told once, and that they are back when they write again, also after a restart", async () => {
    for (const id of ["b1", "b2"]) {
      place.slack.faults.next(POST, error("user_disabled"));
      await send(id, "hello");
    }
    await place.restart();
    await customer.say("我回来了");
    await customer.say("在吗");
    expect((await place.entries()).map((entry) => entry.event)).toEqual([
      { kind: "reach", reachable: false, reason: "user_disabled" },
      { kind: "reach", reachable: true, reason: "wrote" },
      { kind: "message", text: "我回来了" },
      { kind: "message", text: "在吗" },
    ]);
  });

  test("blocks that Slack refuses leave the words, which go alone", async () => {
    place.slack.faults.next(POST, error("msg_blocks_too_long"));
    expect(await send("b1", "a < b & *c*")).toEqual({ result: "sent" });
    expect(texts()).toEqual(["a < b & *c*"]);
  });

  test("a Slack that isn't there at all is tried again, and nothing has to be looked up", async () => {
    const { slack, connection } = place;
    await slack.close();
    expect(await connection.channel.send(await place.keep(conversation, "b1", "hello"))).toMatchObject({
      result: "retry",
      reason: "econnrefused",
    });
  });

  test("no error and no log line tells a token or a customer's words", async () => {
    for (const fault of [error("invalid_auth"), { kind: "http", status: 500 }, { kind: "reset" }] as const) {
      place.slack.faults.next(POST, fault);
      await send(`b${fault.kind}`, "secret words 13800138000");
    }
    const log = place.logged.join("\n");
    expect(log).toContain("invalid_auth");
    for (const hidden of [place.slack.botToken, "secret words", "13800138000"]) expect(log).not.toContain(hidden);
  });
});

describe("a send whose end nobody knows", () => {
  test("cut after the message was there is not sent again", async () => {
    place.slack.faults.next(POST, { kind: "reset_after" });
    const message = await place.keep(conversation, "b1", "您的预约已确认");
    expect(await place.connection.channel.send(message)).toMatchObject({ result: "retry", reason: "connection_lost" });
    expect(await place.connection.channel.send({ ...message, attempts: 1 })).toEqual({ result: "sent" });
    expect(texts()).toEqual(["您的预约已确认"]);
  });

  test("never answered is given up, looked up and not sent again", async () => {
    await place.close();
    place = await openSlackPlace({ limits: { callMs: 1_000 } });
    customer = place.slack.customer("U0WANG");
    place.slack.faults.next(POST, { kind: "silent_after" });
    const message = await place.keep(conversation, "b1", "您的预约已确认");
    expect(await place.connection.channel.send(message)).toMatchObject({ result: "retry", reason: "timeout" });
    // On a busy machine the look-up may take too long as well; then it is made again.
    for (let attempts = 1; (await place.connection.channel.send({ ...message, attempts })).result !== "sent"; attempts++)
      expect(attempts).toBeLessThan(20);
    expect(texts()).toEqual(["您的预约已确认"]);
  });

  test("parts that arrived are not sent again, and the rest follows in order", async () => {
    const text = Array.from({ length: 4 }, (_, index) => `${index}`.repeat(2_990)).join("\n");
    const message = await place.keep(conversation, "b1", text);
    // A look-up before each try finds what is there, even when nothing is remembered.
    place.slack.faults.next(POST, null, { kind: "reset_after" });
    expect(await place.connection.channel.send(message)).toMatchObject({ result: "retry" });
    await place.restart();
    place.slack.faults.next(POST, null, { kind: "reset" });
    expect(await place.connection.channel.send({ ...message, attempts: 1 })).toMatchObject({ result: "retry" });
    expect(await place.connection.channel.send({ ...message, attempts: 2 })).toEqual({ result: "sent" });
    expect(texts().map((one) => one[0])).toEqual(["0", "1", "2", "3"]);
  });

  test("a process killed between the post and its note finds the post at the next start", async () => {
    const message = await place.keep(conversation, "b1", "只有一次");
    expect(await place.connection.channel.send(message)).toEqual({ result: "sent" });
    place.clock.move(5_000);
    await place.restart();
    // The row still says pending, untried.
    expect(await place.connection.channel.send(message)).toEqual({ result: "sent" });
    expect(texts()).toEqual(["只有一次"]);
  });

  test("when even the look-up fails nothing is sent blindly", async () => {
    place.slack.faults.next(POST, { kind: "reset_after" });
    const message = await place.keep(conversation, "b1", "hello");
    await place.connection.channel.send(message);
    place.slack.faults.next("conversations.history", { kind: "http", status: 503 });
    expect(await place.connection.channel.send({ ...message, attempts: 1 })).toMatchObject({ result: "retry" });
    expect(await place.connection.channel.send({ ...message, attempts: 2 })).toEqual({ result: "sent" });
    expect(texts()).toEqual(["hello"]);
  });

  test("without the right to look it is sent again rather than never", async () => {
    place.slack.faults.withoutScope("im:history");
    place.slack.faults.next(POST, { kind: "reset" });
    const message = await place.keep(conversation, "b1", "hello");
    await place.connection.channel.send(message);
    expect(await place.connection.channel.send({ ...message, attempts: 1 })).toEqual({ result: "sent" });
    expect(texts()).toEqual(["hello"]);
  });

  test("a message refused for its pace is known not to be there, and costs no look-up", async () => {
    place.slack.faults.next(POST, { kind: "limited", seconds: 2 });
    const message = await place.keep(conversation, "b1", "hello");
    await place.connection.channel.send(message);
    place.clock.move(2_000);
    expect(await place.connection.channel.send({ ...message, attempts: 1 })).toEqual({ result: "sent" });
    expect(place.slack.calls.map((call) => call.method)).toEqual([POST, POST]);
  });
});

describe("pace", () => {
  test("forty messages to one channel all arrive in order, and Slack never has to refuse", async () => {
    const wanted = Array.from({ length: 40 }, (_, index) => `第 ${index} 条`);
    for (const [index, text] of wanted.entries()) expect(await send(`b${index}`, text)).toEqual({ result: "sent" });
    expect(texts()).toEqual(wanted);
    expect(place.logged.filter((line) => line.includes("limited"))).toEqual([]);
    // Slack takes one a second and a few at once.
    expect(place.clock.now() - NOW).toBeGreaterThanOrEqual(30_000);
  });

  test("a channel that must wait doesn't make another one wait", async () => {
    const other = place.slack.customer("U0LI");
    place.slack.faults.next(POST, { kind: "limited", seconds: 60 });
    expect(await send("b1", "hello")).toMatchObject({ result: "retry", afterMs: 60_000 });
    const before = place.clock.now();
    expect(await place.connection.channel.send(await place.keep(`slack:${other.channel}`, "b2", "hi"))).toEqual({ result: "sent" });
    expect(place.clock.now()).toBe(before);
    // The held channel is not even asked for before its time.
    const calls = place.slack.calls.length;
    expect(await send("b3", "hello")).toMatchObject({ result: "retry", reason: "rate_limited" });
    expect(place.slack.calls).toHaveLength(calls);
    place.clock.move(60_000);
    expect(await send("b4", "hello")).toEqual({ result: "sent" });
  });

  test("a storm of refusals ends with every message there once", async () => {
    const waiting = await Promise.all(Array.from({ length: 12 }, (_, index) => place.keep(conversation, `b${index}`, `m${index}`)));
    place.slack.faults.next(POST, ...Array.from({ length: 20 }, (): Fault => ({ kind: "limited", seconds: 3 })));
    for (const message of waiting) {
      for (let attempts = 0; ; attempts++) {
        const result = await place.connection.channel.send({ ...message, attempts });
        if (result.result === "sent") break;
        place.clock.move(result.result === "retry" ? (result.afterMs ?? 2_000) : 0);
      }
    }
    expect(texts()).toEqual(waiting.map((message) => message.text));
  });
});

describe("what is shown", () => {
  const buttons = (count: number, label = (index: number): string => `选项 ${index + 1}`): Button[] =>
    Array.from({ length: count }, (_, index) => ({ id: `choice:${index}`, label: label(index) }));

  test("few choices are buttons, many a list, and long ones are numbered", async () => {
    await send("b1", "少", { buttons: buttons(3) });
    await send("b2", "多", { buttons: buttons(30) });
    await send("b3", "长", { buttons: buttons(2, (index) => `${index}`.repeat(80)) });
    const [few, many, long] = customer.seen();
    expect(few!.buttons).toEqual(["选项 1", "选项 2", "选项 3"]);
    expect(many!.buttons).toHaveLength(30);
    expect(long!.buttons).toEqual(["1", "2"]);
    expect(long!.text).toBe(`长\n1. ${"0".repeat(80)}\n2. ${"1".repeat(80)}`);
    await customer.press("选项 17");
    await customer.press("2");
    expect((await place.entries()).map((entry) => (entry.event as { value: string }).value)).toEqual(["choice:16", "choice:1"]);
  });

  test("an address can be clicked and shows no preview", async () => {
    await send("b1", "详情：https://shop.example/order?id=1。谢谢");
    expect(customer.seen()[0]).toMatchObject({ text: "详情：https://shop.example/order?id=1。谢谢", markup: [] });
    expect(JSON.stringify(place.slack.workspace.channels.get(customer.channel)!.messages)).toContain('"type":"link"');
  });

  test("the note by which a post is found again holds ids and nothing else", async () => {
    await send("b1", "王芳 13800138000");
    const [message] = place.slack.workspace.channels.get(customer.channel)!.messages;
    expect(message!["metadata"]).toEqual({ event_type: "anxin_message", event_payload: { key: `${conversation}#b1`, part: 0 } });
  });

  test("a deleted thread moves the answer to the channel, with the customer called by name", async () => {
    place.slack.workspace.addChannel("C0CLIENT", ["U0BOT", "U0WANG"]);
    const ts = await customer.say("灯坏了", { channel: "C0CLIENT", mention: true });
    const channel = place.slack.workspace.channels.get("C0CLIENT")!;
    channel.messages.splice(
      channel.messages.findIndex((one) => one["ts"] === ts),
      1,
    );
    const message = await place.keep("slack:C0CLIENT/U0WANG", "b1", "马上安排。");
    expect(await place.connection.channel.send(message)).toEqual({ result: "sent" });
    expect(customer.seen("C0CLIENT")).toMatchObject([{ text: "@U0WANG 马上安排。", thread: null, markup: ["mention"] }]);
  });
});

describe("files", () => {
  const photo = (ref: string) => ({ media: { kind: "photo" as const, ref, name: "unit.jpg", mime: "image/jpeg" } });
  const data = `data:image/jpeg;base64,${Buffer.from("a picture").toString("base64")}`;

  test("from the desk are uploaded, once even when the end of it is not known", async () => {
    place.slack.faults.next("files.completeUploadExternal", { kind: "reset_after" });
    const message = await place.keep(conversation, "b1", "请看图", photo(data));
    expect(await place.connection.channel.send(message)).toMatchObject({ result: "retry" });
    expect(await place.connection.channel.send({ ...message, attempts: 1 })).toEqual({ result: "sent" });
    expect(customer.seen().map((one) => [one.text, one.files])).toEqual([
      ["请看图", []],
      ["", ["unit.jpg"]],
    ]);
    const [file] = place.slack.workspace.files.values();
    expect(file!.bytes!.toString()).toBe("a picture");
  });

  test("of another person on Slack are brought over", async () => {
    const file = place.slack.workspace.addFile("from-staff.png", "image/png", Buffer.from("pixels"));
    expect(await send("b1", "", photo(`slack:${file.id}`))).toEqual({ result: "sent" });
    expect(customer.seen().map((one) => one.files)).toEqual([["from-staff.png"]]);
  });

  test("that the bot may not read are refused, and the login page is never taken for them", async () => {
    const file = place.slack.workspace.addFile("x.png", "image/png", null);
    expect(await send("b1", "", photo(`slack:${file.id}`))).toEqual({ result: "refused", reason: "file_not_readable" });
  });

  test("of another platform are told of by name", async () => {
    expect(await send("b1", "请看", photo("telegram:AgAC123"))).toEqual({ result: "sent" });
    expect(texts()).toEqual(["请看\n📎 unit.jpg · 附件（请在客服台查看）"]);
  });
});
