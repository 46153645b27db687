import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StaffCard, StaffPost } from "../../../core/ports.ts";
import type { SlackPerson } from "../../emulators/slack/index.ts";
import { openSlackPlace, type SlackPlace } from "./support.ts";

let place: SlackPlace;
let chen: SlackPerson;
beforeEach(async () => {
  place = await openSlackPlace();
  chen = place.slack.staff("U0CHEN");
});
afterEach(() => place.close());

const CASE = "C20261123001";
const CARD: StaffCard = {
  case: CASE,
  title: "投诉 · 王芳",
  urgency: "urgent",
  lines: [
    { label: "状态", value: "待处理" },
    { label: "电话", value: "138 0013 8000" },
  ],
  words: "师傅没来 <!channel> *气死*",
  done: false,
};
const BUTTONS = [
  { id: `desk:claim:${CASE}`, label: "认领" },
  { id: `desk:reply:${CASE}`, label: "回复" },
  { id: `desk:resolve:${CASE}`, label: "解决" },
];

const post = (id: string, more: Partial<StaffPost> = {}): StaffPost => ({
  id,
  case: CASE,
  mention: [],
  page: false,
  text: `post ${id}`,
  card: CARD,
  buttons: BUTTONS,
  media: null,
  ...more,
});
const staff = () => place.connection.staff!;
const room = () => chen.seen();

describe("posts", () => {
  test("of a case stand in one thread below its card, which is kept up to date", async () => {
    const first = await staff().send(post("p1"), null);
    expect(first).toMatchObject({ result: "sent" });
    const { place: at } = first as { place: { thread: string; card: string } };
    expect(await staff().send(post("p2", { card: { ...CARD, lines: [{ label: "状态", value: "陈静处理中" }] } }), at)).toMatchObject({
      result: "sent",
      place: at,
    });
    await staff().send(post("p3", { text: "", card: { ...CARD, done: true } }), at);
    const [card, ...thread] = room();
    expect(card!.text).toContain(`✅ ${CASE} · 投诉 · 王芳`);
    expect(card!.text).toContain("已结束");
    expect(thread.map((one) => [one.text, one.thread])).toEqual([
      ["post p1", at.thread],
      ["post p2", at.thread],
    ]);
  });

  test("show the card's buttons, and a menu of forms while the case is open", async () => {
    await staff().send(post("p1"), null);
    expect(room()[0]!.buttons).toEqual(["认领", "回复", "解决", "转交…", "申请补偿…"]);
  });

  test("keep customers' words inert, while a page and names really call", async () => {
    await staff().send(post("p1", { mention: ["U0CHEN", "no-id", "U0CHEN"], page: true, text: "看 <@U0LUO> <!here>" }), null);
    const [card, news] = room();
    expect(card!.markup.filter((one) => one !== "bold")).toEqual([]);
    expect(card!.text).toContain("师傅没来 <!channel> *气死*");
    expect(news).toMatchObject({ text: "@channel @U0CHEN 看 <@U0LUO> <!here>", markup: ["mention", "mention"] });
    const stored = place.slack.workspace.channels.get(place.slack.staffChannel)!.messages;
    expect(stored[1]).toMatchObject({ subtype: "thread_broadcast" });
  });

  test("to the room itself need no case", async () => {
    expect(await staff().send(post("p1", { case: null, card: null, buttons: [] }), null)).toEqual({
      result: "sent",
      place: { thread: null, card: null },
    });
    expect(room()).toMatchObject([{ text: "post p1", thread: null }]);
  });

  test("cut at any point are finished without doubles", async () => {
    for (const [id, before] of [
      ["p1", 0],
      ["p2", 1],
    ] as const) {
      const message = post(id, { case: `${CASE}${before}` });
      place.slack.faults.next("chat.postMessage", ...Array.from({ length: before }, () => null), { kind: "reset_after" });
      expect(await staff().send(message, null)).toMatchObject({ result: "retry" });
      await place.restart();
      expect(await staff().send(message, null)).toMatchObject({ result: "sent" });
    }
    expect(room().map((one) => one.thread === null)).toEqual([true, false, true, false]);
  });

  test("go on in a new thread when the old one is gone", async () => {
    const first = (await staff().send(post("p1"), null)) as { place: { thread: string; card: string } };
    place.slack.workspace.channels.get(place.slack.staffChannel)!.messages.length = 0;
    const second = await staff().send(post("p2", { card: { ...CARD, urgency: "emergency" } }), first.place);
    expect(second).toMatchObject({ result: "sent" });
    expect((second as { place: { thread: string } }).place.thread).not.toBe(first.place.thread);
    expect(room().map((one) => one.text.split("\n")[0])).toEqual([`🔴 ${CASE} · 投诉 · 王芳`, "post p2"]);
  });

  test("without a card go on in a new thread too", async () => {
    const second = await staff().send(post("p2", { card: null }), { thread: "1700000000.000001", card: "1700000000.000001" });
    expect(second).toMatchObject({ result: "sent" });
    expect(room().map((one) => one.text)).toEqual([CASE, "post p2"]);
    expect(room()[1]!.buttons).toEqual(["认领", "回复", "解决"]);
  });

  test("are told as not deliverable when the bot was removed from the room", async () => {
    place.slack.workspace.channels.get(place.slack.staffChannel)!.members.delete("U0BOT");
    expect(await staff().send(post("p1"), null)).toEqual({ result: "refused", reason: "not_in_channel" });
  });

  test("of any length keep Slack's limits", async () => {
    const lines = Array.from({ length: 60 }, (_, index) => ({ label: `栏目${index}`, value: "很长".repeat(500) }));
    const card = { ...CARD, title: "长".repeat(400), lines, words: "话".repeat(9_000) };
    expect(await staff().send(post("p1", { card, text: "字".repeat(7_000) }), null)).toMatchObject({ result: "sent" });
    expect(
      room()
        .slice(1)
        .map((one) => one.text)
        .join(""),
    ).toBe("字".repeat(7_000));
  });

  test("bring a customer's photo into the thread", async () => {
    const file = place.slack.workspace.addFile("leak.jpg", "image/jpeg", Buffer.from("leak"));
    const media = { kind: "photo" as const, ref: `slack:${file.id}`, name: "leak.jpg", mime: "image/jpeg" };
    const sent = (await staff().send(post("p1", { media }), null)) as { place: { thread: string } };
    expect(room().at(-1)).toMatchObject({ files: ["leak.jpg"], thread: sent.place.thread });
  });
});

describe("what staff do", () => {
  let at: { thread: string; card: string };
  beforeEach(async () => {
    at = ((await staff().send(post("p1"), null)) as { place: typeof at }).place;
  });

  test("written in the thread, pressed on the card or shown in a picture is told with its place", async () => {
    await chen.say("客户很急", { thread: at.thread });
    await chen.say("现场照片", { thread: at.thread, files: [{ name: "a.jpg", mime: "image/jpeg" }] });
    await chen.press("认领");
    expect(place.acts.map(({ actor, case: number, thread, act }) => ({ actor, number, thread, act }))).toMatchObject([
      { actor: "U0CHEN", number: null, thread: at.thread, act: { kind: "text", text: "客户很急" } },
      { actor: "U0CHEN", number: null, thread: at.thread, act: { kind: "media", text: "现场照片" } },
      { actor: "U0CHEN", number: CASE, thread: at.thread, act: { kind: "press", button: `desk:claim:${CASE}` } },
    ]);
  });

  test.each([
    ["回复", "回复客户", { text: "马上安排师傅" }, `/reply ${CASE} 马上安排师傅`],
    ["解决", "解决", { text: "已换新" }, `/resolve ${CASE} 已换新`],
    ["转交…", "转交", { to: "@luo", text: "客户要经理" }, `/assign ${CASE} luo 客户要经理`],
    [
      "申请补偿…",
      "申请补偿",
      { kind: "refund", amount: "¥1,200.50", side: "ours", text: "师傅迟到" },
      `/compensate ${CASE} refund 1200.50 ours 师傅迟到`,
    ],
  ])("a press on %s opens a form that becomes a command", async (label, title, values, command) => {
    await chen.press(label);
    expect(chen.modal()!.title).toBe(title);
    expect(await chen.submit(values)).toEqual({ closed: true, errors: {} });
    expect(place.acts).toMatchObject([{ actor: "U0CHEN", case: CASE, thread: at.thread, act: { kind: "text", text: command } }]);
  });

  test("a form with a mistake, or refused by the desk, stays open and says why", async () => {
    await chen.press("申请补偿…");
    expect(await chen.submit({ kind: "refund", amount: "很多", text: "x" })).toEqual({
      closed: false,
      errors: { amount: "请填写数字，例如 200 或 99.50。" },
    });
    place.refuse = "您没有权限。";
    expect(await chen.submit({ kind: "refund", amount: "20", text: "x" })).toEqual({ closed: false, errors: { text: "您没有权限。" } });
    place.refuse = null;
    place.overloaded = true;
    expect(await chen.submit({ kind: "refund", amount: "20", text: "x" })).toEqual({
      closed: false,
      errors: { text: "没有提交成功，请稍后再试。" },
    });
    place.overloaded = false;
    expect((await chen.submit({ kind: "refund", amount: "20", text: "x" })).closed).toBe(true);
    expect(place.acts).toHaveLength(1);
  });

  test("a form that Slack opens too late is said so to that person alone", async () => {
    place.slack.faults.next("views.open", { kind: "error", error: "expired_trigger_id" });
    await chen.press("回复");
    await place.slack.until(() => chen.whispers().length > 0);
    expect(chen.modal()).toBeNull();
    expect(chen.whispers()[0]).toContain("!reply");
  });

  test("the shortcut of a message takes the writer's own words to the form", async () => {
    const ts = await chen.say("明天上午到", { thread: at.thread });
    await chen.shortcut("reply", { message: ts });
    expect(chen.modal()!.filled).toEqual({ text: "明天上午到" });
    await chen.submit({});
    expect(place.acts.at(-1)).toMatchObject({ case: null, thread: at.thread, act: { text: "/reply 明天上午到" } });
  });

  test("what the desk refuses is told to that person alone, inert", async () => {
    place.refuse = "没有这个个案 <!here>";
    await chen.say("!claim C20261123999");
    await place.slack.until(() => chen.whispers().length > 0);
    expect(chen.whispers()).toEqual(["没有这个个案 &lt;!here&gt;"]);
    expect((await chen.command("list")).body).toContain("没有这个个案");
    expect(room()).toHaveLength(2);
  });

  test("the command works in the staff room and nowhere else", async () => {
    expect((await chen.command("list")).body).toContain("已提交");
    const customer = place.slack.customer("U0WANG");
    expect((await customer.command("resolve C20261123001 x")).body).toContain("请在客服频道使用此命令");
    expect(place.acts.map((act) => act.act)).toEqual([{ kind: "text", text: "/list" }]);
  });

  test("delivered three times is one act", async () => {
    place.slack.faults.duplicates = 3;
    await chen.say("客户很急", { thread: at.thread });
    await chen.press("认领");
    expect(place.acts).toHaveLength(2);
  });
});
