import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSlackPlace, type SlackPlace } from "./support.ts";

let place: SlackPlace;
beforeEach(async () => {
  place = await openSlackPlace();
});
afterEach(() => place.close());

const events = async (): Promise<unknown[]> => (await place.entries()).map((entry) => entry.event);

describe("what customers do", () => {
  test("a message is stored before Slack hears of it, and one that can't be stored comes again", async () => {
    const customer = place.slack.customer("U0WANG");
    place.overloaded = true;
    const refused = place.slack.deliver("event", {
      type: "event_callback",
      event: { type: "message", channel: "D0X", channel_type: "im", user: "U0X", text: "hi", ts: "1.1" },
    });
    expect((await refused).status).toBe(503);
    place.overloaded = false;
    await customer.say("空调不制冷");
    expect(await events()).toEqual([{ kind: "message", text: "空调不制冷" }]);
  });

  test("every delivery three times and in reverse order is one entry each", async () => {
    const customer = place.slack.customer("U0WANG");
    place.slack.faults.duplicates = 3;
    place.slack.faults.hold();
    const said = ["一", "二", "三"].map((text) => customer.say(text));
    await new Promise((resolve) => setImmediate(resolve));
    await place.slack.faults.release();
    await Promise.all(said);
    expect((await events()).map((event) => (event as { text: string }).text).sort()).toEqual(["一", "三", "二"]);
  });

  test("Slack's clock within the window doesn't matter, beyond it nothing is taken", async () => {
    const customer = place.slack.customer("U0WANG");
    place.slack.faults.clockAhead = 290_000;
    await customer.say("fast clock");
    place.slack.faults.clockAhead = -290_000;
    await customer.say("slow clock");
    place.slack.faults.clockAhead = 310_000;
    await customer.say("lost clock");
    expect(await events()).toEqual([
      { kind: "message", text: "fast clock" },
      { kind: "message", text: "slow clock" },
    ]);
  });

  test("a mention in a channel is taken once, and the thread goes on without a mention", async () => {
    const customer = place.slack.customer("U0WANG");
    const other = place.slack.customer("U0LI");
    place.slack.workspace.addChannel("C0CLIENT", ["U0BOT", "U0WANG", "U0LI"]);
    await customer.say("先聊点别的", { channel: "C0CLIENT" });
    const ts = await customer.say("灯坏了", { channel: "C0CLIENT", mention: true });
    await customer.say("在三楼", { channel: "C0CLIENT", thread: ts });
    await other.say("我来看看", { channel: "C0CLIENT", thread: ts });
    await customer.say("别的话题", { channel: "C0CLIENT" });
    expect((await place.entries()).map((entry) => [entry.conversation, (entry.event as { text: string }).text])).toEqual([
      ["slack:C0CLIENT/U0WANG", "灯坏了"],
      ["slack:C0CLIENT/U0WANG", "在三楼"],
    ]);
    const message = await place.keep("slack:C0CLIENT/U0WANG", "b1", "马上安排。");
    expect(await place.connection.channel.send(message)).toEqual({ result: "sent" });
    expect(customer.seen("C0CLIENT")).toMatchObject([{ text: "马上安排。", thread: ts }]);
  });

  test("the thread is still known after a restart", async () => {
    const customer = place.slack.customer("U0WANG");
    place.slack.workspace.addChannel("C0CLIENT", ["U0BOT", "U0WANG"]);
    const ts = await customer.say("灯坏了", { channel: "C0CLIENT", mention: true });
    await place.restart();
    await customer.say("在三楼", { channel: "C0CLIENT", thread: ts });
    expect(await place.entries()).toHaveLength(2);
  });

  test("another's buttons in a channel do nothing but say so to who pressed", async () => {
    const customer = place.slack.customer("U0WANG");
    const other = place.slack.customer("U0LI", { locale: "en-US" });
    place.slack.workspace.addChannel("C0CLIENT", ["U0BOT", "U0WANG", "U0LI"]);
    await customer.say("预约", { channel: "C0CLIENT", mention: true });
    const buttons = [{ id: "yes", label: "好的" }];
    await place.connection.channel.send(await place.keep("slack:C0CLIENT/U0WANG", "b1", "可以吗？", { buttons }));
    await other.press("好的", { channel: "C0CLIENT" });
    expect(await place.entries()).toHaveLength(1);
    await place.slack.until(() => other.whispers("C0CLIENT").length > 0);
    expect(other.whispers("C0CLIENT")).toEqual(["These buttons are for someone else."]);
    await customer.press("好的", { channel: "C0CLIENT" });
    expect((await events()).at(-1)).toEqual({ kind: "press", value: "yes" });
  });

  test("an edit tells what it now says; opening the app is one event for ever", async () => {
    const customer = place.slack.customer("U0WANG", { name: "王芳", locale: "zh-TW" });
    await customer.openHome("messages");
    await customer.openHome("home");
    await place.restart();
    await customer.openHome("home");
    const ts = await customer.say("周二");
    await customer.edit(ts, "周三");
    expect(await events()).toEqual([
      { kind: "opened", scene: null, name: "王芳", language: "zh-TW" },
      { kind: "message", text: "周二" },
      { kind: "edited", message: `slack:${customer.channel}:${ts}`, text: "周三" },
    ]);
  });

  test("Slack that doesn't answer who somebody is holds nobody up", async () => {
    const customer = place.slack.customer("U0WANG");
    place.slack.faults.always("users.info", { kind: "error", error: "internal_error" });
    await customer.openHome("messages");
    expect(await events()).toEqual([{ kind: "opened", scene: null, name: null, language: null }]);
  });

  test("files come as one event with the words beside them", async () => {
    const customer = place.slack.customer("U0WANG");
    await customer.say("看图", {
      files: [
        { name: "a.jpg", mime: "image/jpeg" },
        { name: "b.mp4", mime: "video/mp4" },
      ],
    });
    expect(await events()).toMatchObject([
      { kind: "media", text: "看图", media: { kind: "photo", name: "a.jpg" }, more: [{ kind: "video", name: "b.mp4" }] },
    ]);
  });

  test("the staff room and the customers' messages are never mixed up", async () => {
    const staff = place.slack.staff("U0CHEN");
    const customer = place.slack.customer("U0WANG");
    await staff.say("今天谁值班");
    await staff.say("!list");
    await customer.say("!list");
    expect(place.acts.map((act) => act.act)).toEqual([{ kind: "text", text: "/list" }]);
    expect(await events()).toEqual([{ kind: "message", text: "!list" }]);
  });
});
