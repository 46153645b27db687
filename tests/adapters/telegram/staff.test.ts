import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StaffCard, StaffPlace, StaffPost } from "../../../core/ports.ts";
import type { Member, StaffRoom } from "../../emulators/telegram/index.ts";
import { openPlace, type Place, STAFF_CHAT } from "./support.ts";

let place: Place;
let staff: StaffRoom;
let chen: Member;
beforeEach(async () => {
  place = await openPlace();
  staff = place.telegram.staff;
  chen = staff.member(5001, "陈静");
});
afterEach(() => place.dispose());

const CASE = "C20261123001";
const CARD: StaffCard = {
  case: CASE,
  title: `${CASE} 投诉`,
  urgency: "urgent",
  lines: [{ label: "客户", value: "王女士" }],
  words: "空调修了三次 @chen /resolve",
  done: false,
};
const BUTTONS = [
  { id: "claim", label: "接单" },
  { id: "resolve", label: "结案" },
];
let posts = 0;
const post = (more: Partial<StaffPost> = {}): StaffPost => ({
  id: `p${++posts}`,
  case: CASE,
  mention: [],
  page: false,
  text: "新个案",
  card: CARD,
  buttons: BUTTONS,
  media: null,
  ...more,
});

async function send(one: StaffPost, at: StaffPlace | null = null): Promise<StaffPlace> {
  for (;;) {
    const answer = await place.connection.staff!.send(one, at);
    if (answer.result === "sent") return answer.place;
    expect(answer).toMatchObject({ result: "retry" });
    await place.time.advance(("afterMs" in answer ? answer.afterMs : null) ?? 2_000);
  }
}

const texts = (thread: number | null) => staff.seen(thread).map((message) => message.text);
const round = async (): Promise<void> => {
  for (let index = 0; index < 20; index++) await new Promise((resolve) => setImmediate(resolve));
};

describe("a case's topic", () => {
  test("is made with the first post: the card with its buttons, and what is said", async () => {
    const at = await send(post());
    expect(staff.topics()).toMatchObject([{ id: Number(at.thread), name: `⚠️ ${CASE} 投诉` }]);
    const [card, words] = staff.seen(Number(at.thread));
    expect(card).toMatchObject({ id: Number(at.card), buttons: ["接单", "结案"], silent: true });
    expect(words).toMatchObject({ text: "新个案", buttons: [], silent: false });
  });

  test("holds everything of its case, and the card is changed in place", async () => {
    const at = await send(post());
    const again = await send(post({ text: "客户补充：还在响", card: { ...CARD, lines: [{ label: "负责人", value: "陈静" }] } }), at);
    expect(again).toEqual(at);
    expect(staff.topics()).toHaveLength(1);
    expect(texts(Number(at.thread)).slice(1)).toEqual(["新个案", "客户补充：还在响"]);
    expect(staff.seen(Number(at.thread))[0]).toMatchObject({ edited: true, text: expect.stringContaining("负责人：陈静") });
  });

  test("shows in its name that the case is done", async () => {
    const at = await send(post());
    await send(post({ text: "", card: { ...CARD, done: true }, buttons: [] }), at);
    expect(staff.topics()[0]?.name).toBe(`✅ ${CASE} 投诉`);
    expect(staff.seen(Number(at.thread))).toHaveLength(2);
    expect(staff.seen(Number(at.thread))[0]?.buttons).toEqual([]);
  });

  test("an empty text changes the card alone, and an unchanged card is no fault", async () => {
    const at = await send(post());
    await send(post({ text: "" }), at);
    expect(staff.seen(Number(at.thread))).toHaveLength(2);
  });

  test("deleted by hand it is made anew, with its card, and nothing is lost", async () => {
    const at = await send(post());
    staff.deleteTopic(Number(at.thread));
    const next = await send(post({ text: "客户又写了" }), at);
    expect(next.thread).not.toBe(at.thread);
    expect(texts(Number(next.thread))).toMatchObject([expect.stringContaining("投诉"), "客户又写了"]);
    const later = await send(post({ text: "第三条" }), next);
    expect(later).toEqual(next);
  });

  test("closed by hand it is opened again", async () => {
    const at = await send(post());
    staff.closeTopic(Number(at.thread));
    expect(await send(post({ text: "客户又写了" }), at)).toEqual(at);
    expect(texts(Number(at.thread)).at(-1)).toBe("客户又写了");
  });

  test("is found again when its place was lost on our side", async () => {
    const at = await send(post());
    expect(await send(post({ text: "第二条" }), null)).toEqual(at);
    expect(staff.topics()).toHaveLength(1);
  });

  test("where topics can't be made, posts stand in the room behind their number, and it is said aloud", async () => {
    staff.group.bot.can_manage_topics = false;
    const at = await send(post());
    expect(at.thread).toBeNull();
    expect(texts(null).at(-1)).toBe(`【${CASE}】新个案`);
    expect(place.logged.some((line) => line.level === "error" && line.event === "telegram.no_topic")).toBe(true);
  });

  test("an answer that was lost makes no second topic", async () => {
    place.telegram.faults.next("sendMessage", { kind: "reset" });
    await send(post());
    expect(staff.topics()).toHaveLength(1);
  });
});

describe("posts", () => {
  test("a customer's words call nobody and do nothing when pressed", async () => {
    const at = await send(post({ text: "客户：@everyone /resolve https://evil.example #x" }));
    for (const message of staff.seen(Number(at.thread))) {
      expect(message.markup.filter((mark) => !["bold", "expandable_blockquote"].includes(mark))).toEqual([]);
    }
    expect(staff.pinged()).toEqual([]);
  });

  test("call the people they are meant for, by name", async () => {
    const at = await send(post({ mention: ["5001", "999"], text: "请接单" }));
    expect(texts(Number(at.thread)).at(-1)).toBe("@陈静 请接单");
    expect(staff.pinged()).toEqual([5001]);
  });

  test("a page is pinned aloud, so that who muted the group hears it, and sounds again when it comes again", async () => {
    const page = post({ page: true, text: "紧急：燃气泄漏" });
    const at = await send(page);
    expect(staff.group.pinned).toMatchObject([{ loud: true }]);
    await place.time.advance(300_000);
    await send(page, at);
    expect(staff.group.pinned).toHaveLength(2);
    expect(texts(Number(at.thread)).filter((text) => text.includes("燃气"))).toHaveLength(2);
  });

  test("the same post after a crash is not written twice", async () => {
    const one = post();
    const at = await send(one);
    place = await place.again();
    staff = place.telegram.staff;
    expect(await send(one, at)).toEqual(at);
    expect(staff.seen(Number(at.thread))).toHaveLength(2);
  });

  test("without a case stand in the room itself", async () => {
    await send(post({ case: null, card: null, text: "今日 3 个预约", buttons: [] }));
    expect(texts(null)).toEqual(["今日 3 个预约"]);
  });

  test("a customer's photo is shown, and what another channel keeps is named", async () => {
    const customer = place.telegram.customer(11);
    await customer.photo("漏水");
    const entry = (await place.entries())[0]!;
    const media = entry.event.kind === "media" ? entry.event.media : null;
    const at = await send(post({ text: "客户照片", media }));
    expect(staff.seen(Number(at.thread)).at(-2)).toMatchObject({ media: "photo:photo-2" });
    await send(post({ text: "语音", media: { kind: "voice", ref: "wecom-media:1", name: null, mime: null } }), at);
    expect(texts(Number(at.thread)).at(-1)).toBe("语音\n📎 voice");
  });

  test("60 posts of 30 cases keep to the group's pace: not one 429 is ignored, nothing is lost or turned round", async () => {
    for (let index = 0; index < 30; index++) {
      const number = `C${20261123100 + index}`;
      const card = { ...CARD, case: number, title: number };
      const at = await send(post({ case: number, card, text: "一" }));
      await send(post({ case: number, card, text: "二" }), at);
      expect(texts(Number(at.thread)).slice(1)).toEqual(["一", "二"]);
    }
    expect(place.telegram.world.rates.state.offences).toBe(0);
  });

  test("a room that moved is followed", async () => {
    const at = await send(post());
    await staff.move(-1_009_999_999_999);
    await send(post({ text: "还在" }), at);
    expect(place.telegram.world.messages.at(-1)).toMatchObject({ chat: -1_009_999_999_999, text: "还在" });
    place = await place.again();
    const answer = await place.connection.staff!.send(post({ text: "又" }), null);
    expect(answer.result).toBe("sent");
    expect(place.telegram.world.messages.at(-1)).toMatchObject({ chat: -1_009_999_999_999 });
  });

  test("a room that we were thrown out of is refused, with its reason, and said aloud", async () => {
    await staff.kick();
    expect(await place.connection.staff!.send(post(), null)).toEqual({ result: "refused", reason: "kicked" });
    expect(place.logged.some((line) => line.level === "error" && line.event === "telegram.staff_chat_lost")).toBe(true);
  });
});

describe("what staff do", () => {
  test("a text in a topic is an act in that thread, a press names its case, both by who did it", async () => {
    const at = await send(post());
    await chen.say("已电话联系", Number(at.thread));
    await chen.press("接单");
    expect(place.acts).toMatchObject([
      { channel: "telegram", actor: "5001", case: null, thread: at.thread, act: { kind: "text", text: "已电话联系" } },
      { channel: "telegram", actor: "5001", case: CASE, thread: at.thread, act: { kind: "press", button: "claim" } },
    ]);
    expect(await place.entries()).toEqual([]);
  });

  test("each act is one, however often it is delivered", async () => {
    const at = await send(post());
    place.telegram.faults.duplicates = 3;
    await chen.say("/reply 您好", Number(at.thread));
    await chen.press("接单");
    expect(place.acts).toHaveLength(2);
  });

  test("👀 on a message of a case claims it, 👍 is noted, and nothing is resolved by a reaction", async () => {
    const at = await send(post());
    await chen.react(Number(at.card), "👀");
    await chen.react(staff.seen(Number(at.thread)).at(-1)!.id, "👍");
    await chen.react(Number(at.card), "🔥");
    await chen.react(999_999, "👀");
    expect(place.acts.map((act) => [act.case, act.thread, act.act])).toEqual([
      [CASE, at.thread, { kind: "text", text: "/claim" }],
      [CASE, at.thread, { kind: "text", text: "/note 👍" }],
    ]);
  });

  test("a nod to a page says that it was heard", async () => {
    const at = await send(post({ page: true, text: "紧急：燃气泄漏" }));
    await chen.react(staff.seen(Number(at.thread)).at(-1)!.id, "👍");
    expect(place.acts).toMatchObject([{ case: CASE, act: { kind: "text", text: "/ack" } }]);
  });

  test("a long answer to a press is said whole below the card, line by line", async () => {
    const at = await send(post());
    const lines = Array.from({ length: 40 }, (_, index) => `第 ${index + 1} 行依据`).join("\n");
    place.refuseStaff = lines;
    const before = staff.seen(Number(at.thread)).length;
    const { answer } = await chen.press("接单");
    while (staff.seen(Number(at.thread)).length === before) await round();
    expect(answer).toBeNull();
    expect(staff.seen(Number(at.thread)).at(-1)).toMatchObject({ text: lines, ephemeralTo: 5001 });
  });

  test("a refusal is told to that person alone, or below what they wrote", async () => {
    const at = await send(post());
    place.refuseStaff = "此个案已由罗伟接单。";
    const before = staff.seen(Number(at.thread)).length;
    await chen.say("/claim", Number(at.thread));
    while (staff.seen(Number(at.thread)).length === before) await round();
    expect(staff.seen(Number(at.thread)).at(-1)).toMatchObject({ text: "此个案已由罗伟接单。", ephemeralTo: 5001 });
    place.telegram.world.ephemeral = false;
    await chen.say("/claim", Number(at.thread));
    while (staff.seen(Number(at.thread)).length === before + 1) await round();
    expect(staff.seen(Number(at.thread)).at(-1)).toMatchObject({ text: "此个案已由罗伟接单。", ephemeralTo: null });
    await chen.press("接单");
    await place.connection.stop();
    expect([...place.telegram.world.queries.values()].at(-1)?.text).toBe("此个案已由罗伟接单。");
  });

  test("made-up press data and buttons that are too old do nothing", async () => {
    await send(post());
    await place.telegram.customer(5001).forge("sAAAAAAAAAAAAAAAA");
    await place.time.advance(31 * 86_400_000);
    const { answer } = await chen.press("接单");
    await place.connection.stop();
    expect(answer ?? [...place.telegram.world.queries.values()].at(-1)?.text).toContain("expired");
    expect(place.acts).toEqual([]);
  });

  test("an anonymous admin is told why nothing happened", async () => {
    const at = await send(post());
    await staff.anonymous("/claim", Number(at.thread));
    while (!texts(Number(at.thread)).at(-1)!.includes("anonymous")) await round();
    expect(place.acts).toEqual([]);
  });

  test("whoever asks for their own Telegram id is told it, and nothing is done", async () => {
    await chen.say("/id");
    while (staff.seen(null).length === 0) await round();
    expect(staff.seen(null).at(-1)).toMatchObject({ text: expect.stringContaining("5001"), ephemeralTo: 5001 });
    expect(place.acts).toEqual([]);
  });

  test("talk in the room itself stays talk", async () => {
    await chen.say("中午吃什么");
    expect(place.acts).toEqual([]);
    await chen.say(`/claim ${CASE}`);
    expect(place.acts).toMatchObject([{ thread: null, act: { text: `/claim ${CASE}` } }]);
  });

  test("what staff write to the bot in private is a customer's conversation, never an act", async () => {
    await place.telegram.customer(5001).say("/claim C20261123001");
    expect(place.acts).toEqual([]);
    expect(await place.entries()).toMatchObject([{ conversation: "telegram:5001" }]);
  });
});

test("without a staff room there is no staff channel, and the room's messages go nowhere", async () => {
  const bare = await openPlace({ staff: false });
  expect(bare.connection.staff).toBeNull();
  await bare.telegram.staff.member(5001, "陈静").say("/claim C1");
  expect([bare.acts, await bare.entries()]).toEqual([[], []]);
  await bare.dispose();
});

test("the room's chat is the one of the settings", () => {
  expect(staff.group.id).toBe(STAFF_CHAT);
});
