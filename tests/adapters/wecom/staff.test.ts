import { describe, expect, test } from "vitest";
import type { StaffCard, StaffPost, Store } from "../../../core/ports.ts";
import { HOUR_MS } from "../../../core/time.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import type { Json } from "../../emulators/wecom/platform.ts";
import { openWecomPlace, until, type WecomPlace, type WecomPlaceOptions, WITH_BOT } from "./support.ts";

const CASE = "C20261123001";
const CARD: StaffCard = {
  case: CASE,
  title: "紧急 C20261123001 投诉 王女士",
  urgency: "urgent",
  lines: [
    { label: "状态", value: "待认领" },
    { label: "承诺答复", value: "今天 10:30" },
  ],
  words: "修了三次还是坏的 <a href='https://evil.example'>看</a>",
  done: false,
};
const BUTTONS = [
  { id: `desk:claim:${CASE}`, label: "认领" },
  { id: `desk:resolve:${CASE}`, label: "解决" },
];
const POST: StaffPost = {
  id: "p1",
  case: CASE,
  mention: [],
  page: false,
  text: `新个案 ${CASE}`,
  card: CARD,
  buttons: BUTTONS,
  media: null,
};

async function withPlace(work: (place: WecomPlace) => Promise<void>, options: WecomPlaceOptions = {}): Promise<void> {
  const place = await openWecomPlace(options);
  try {
    await work(place);
  } finally {
    await place.close();
  }
}
const staff = (place: WecomPlace) => place.connection.staff!;
const cardOf = (place: WecomPlace, user = "zhang"): Json => place.platform.staff(user).seen().cards.at(-1)!.card;

describe("a case's card", () => {
  test("goes to every member with its words and buttons, and its words are nothing but words", () =>
    withPlace(async (place) => {
      expect(await staff(place).send(POST, null)).toMatchObject({ result: "sent", place: { thread: null } });
      for (const user of ["zhang", "li"]) {
        const card = cardOf(place, user);
        expect(card).toMatchObject({ card_type: "button_interaction", main_title: { title: CARD.title, desc: CASE } });
        expect((card["button_list"] as Json[]).map((button) => [button["text"], button["key"]])).toStrictEqual([
          ["认领", `desk:claim:${CASE}`],
          ["解决", `desk:resolve:${CASE}`],
        ]);
        expect(JSON.stringify(card)).not.toMatch(/<a/);
        expect(String((card["quote_area"] as Json)["quote_text"]).replaceAll("\u200b", "")).toBe(CARD.words);
      }
    }));

  test("is changed in place after a press, by the code that came with the press", () =>
    withPlace(async (place) => {
      const sent = await staff(place).send(POST, null);
      await place.platform.staff("zhang").press("认领");
      expect(place.acts).toMatchObject([
        { actor: "zhang", case: CASE, thread: null, act: { kind: "press", button: `desk:claim:${CASE}` } },
      ]);
      if (sent.result !== "sent") throw new Error("not sent");
      const claimed = { ...POST, id: "p2", text: "", card: { ...CARD, lines: [{ label: "状态", value: "张三" }] }, buttons: [] };
      expect(await staff(place).send(claimed, sent.place)).toStrictEqual({ result: "sent", place: sent.place });
      const { cards, texts } = place.platform.staff("li").seen();
      expect(cards).toHaveLength(1);
      expect(cards[0]!.changes).toBe(1);
      expect(texts).toStrictEqual([]);
    }));

  test("is changed once by the code of its sending; then the words go as a text, and no second card is made", () =>
    withPlace(async (place) => {
      const sent = await staff(place).send(POST, null);
      if (sent.result !== "sent") throw new Error("not sent");
      for (const id of ["p2", "p3"]) await staff(place).send({ ...POST, id, text: `客户补充 ${id}` }, sent.place);
      const { cards, texts } = place.platform.staff("li").seen();
      expect([cards.length, cards[0]!.changes]).toStrictEqual([1, 1]);
      expect(texts).toStrictEqual([`${CASE} 客户补充 p2`, `${CASE} 客户补充 p3`]);
    }));

  test("whose code is too old stays as it was", () =>
    withPlace(async (place) => {
      const sent = await staff(place).send(POST, null);
      if (sent.result !== "sent") throw new Error("not sent");
      place.clock.move(72 * HOUR_MS);
      await staff(place).send({ ...POST, id: "p2", text: "客户补充" }, sent.place);
      expect(place.platform.staff("li").seen().cards[0]!.changes).toBe(0);
      expect(place.platform.staff("li").seen().texts).toHaveLength(1);
    }));

  test("of a page comes anew each time it is repeated", () =>
    withPlace(async (place) => {
      const sent = await staff(place).send({ ...POST, page: true }, null);
      if (sent.result !== "sent") throw new Error("not sent");
      place.platform.faults.next("message/update_template_card", { errcode: 40058 });
      await staff(place).send({ ...POST, id: "p1#2", page: true }, sent.place);
      expect(place.platform.staff("li").seen().cards).toHaveLength(2);
    }));

  test("that is done has no buttons", () =>
    withPlace(async (place) => {
      await staff(place).send({ ...POST, card: { ...CARD, done: true } }, null);
      expect(cardOf(place)).toMatchObject({ card_type: "text_notice" });
      expect(cardOf(place)["button_list"]).toBeUndefined();
    }));

  test("two presses within one second are two acts, and a repeated callback is one", () =>
    withPlace(async (place) => {
      await staff(place).send(POST, null);
      place.platform.faults.repeatCallbacks(2);
      await place.platform.staff("zhang").press("认领");
      await place.platform.staff("li").press("认领");
      await place.platform.staff("zhang").press("解决");
      expect(place.acts.map((act) => act.actor)).toStrictEqual(["zhang", "li", "zhang"]);
    }));
});

describe("words to staff", () => {
  const words = (more: Partial<StaffPost>): StaffPost => ({ ...POST, card: null, buttons: [], ...more });

  test("that call somebody go to them alone; others to all", () =>
    withPlace(async (place) => {
      await staff(place).send(words({ id: "a", text: "客户问：到哪了", mention: ["li"] }), null);
      await staff(place).send(words({ id: "b", text: "都看一下" }), null);
      expect(place.platform.staff("zhang").seen().texts).toStrictEqual([`${CASE} 都看一下`]);
      expect(place.platform.staff("li").seen().texts).toStrictEqual([`${CASE} 客户问：到哪了`, `${CASE} 都看一下`]);
    }));

  test("in parts have the case's number in each part", () =>
    withPlace(async (place) => {
      await staff(place).send(words({ text: "客户写了很长的话。".repeat(200) }), null);
      const { texts } = place.platform.staff("zhang").seen();
      expect(texts.length).toBeGreaterThan(2);
      for (const text of texts) expect(text.startsWith(`${CASE} `)).toBe(true);
    }));

  test("that look the same twice arrive twice", () =>
    withPlace(async (place) => {
      for (const id of ["a", "b"]) await staff(place).send(words({ id, text: "在吗" }), null);
      expect(place.platform.staff("zhang").seen().texts).toHaveLength(2);
    }));

  test.each(["message/send", "message/update_template_card"] as const)("whose answer is lost at %s are shown once", (call) =>
    withPlace(async (place) => {
      const first = await staff(place).send(POST, null);
      if (first.result !== "sent") throw new Error("not sent");
      const post = words({ id: "a", text: "在吗" });
      place.platform.faults.next(call, "reset_after");
      let answer = await staff(place).send({ ...post, card: CARD, buttons: BUTTONS }, first.place);
      if (answer.result !== "sent") answer = await staff(place).send({ ...post, card: CARD, buttons: BUTTONS }, first.place);
      expect(answer.result).toBe("sent");
      expect(place.platform.staff("zhang").seen().texts).toStrictEqual([`${CASE} 在吗`]);
      expect(place.platform.staff("zhang").seen().cards).toHaveLength(1);
    }),
  );

  test("beyond the pace of a member wait, and none is dropped by the platform", () =>
    withPlace(async (place) => {
      let waits = 0;
      for (let index = 0; index < 60; index++) {
        const post = words({ id: `p${index}`, text: `第 ${index} 条` });
        for (let answer = await staff(place).send(post, null); answer.result !== "sent"; answer = await staff(place).send(post, null)) {
          if (answer.result !== "retry" || answer.afterMs === null) throw new Error(answer.reason);
          waits += 1;
          place.clock.move(answer.afterMs);
        }
      }
      expect(waits).toBeGreaterThan(0);
      expect(place.platform.app.dropped.count).toBe(0);
      expect(place.platform.staff("zhang").seen().texts).toHaveLength(60);
    }));

  test("that a stranger wrote are refused to that person alone", () =>
    withPlace(async (place) => {
      place.platform.app.addMember("stranger");
      place.refuse = "您不是客服人员。";
      await place.platform.staff("stranger").say("reply C20261123001 hi");
      await until(() => place.platform.staff("stranger").seen().texts.length > 0);
      expect(place.platform.staff("stranger").seen().texts).toStrictEqual(["您不是客服人员。"]);
      expect(place.platform.staff("zhang").seen().texts).toStrictEqual([]);
      expect(await place.entries()).toStrictEqual([]);
    }));

  test("written to the app never become a customer's, and the other way round", () =>
    withPlace(async (place) => {
      await place.platform.staff("zhang").say("在吗");
      await place.platform.customer("zhang").say("我也叫 zhang");
      await place.read();
      expect(place.acts).toHaveLength(1);
      expect((await place.entries()).map((entry) => entry.conversation)).toStrictEqual([place.conversation("zhang")]);
    }));

  test("of members whom the platform does not know are told as refused, not as sent", () =>
    withPlace(
      async (place) => {
        expect(await staff(place).send(words({}), null)).toStrictEqual({ result: "retry", reason: "errcode 81013", afterMs: 300_000 });
      },
      { settings: { staff: ["nobody"] } },
    ));

  test("with a picture of the customer's bring the picture", () =>
    withPlace(async (place) => {
      const uploaded = await place.platform.staff("zhang").seen();
      expect(uploaded.media).toStrictEqual([]);
      const photo = {
        kind: "photo",
        ref: `data:image/png;base64,${"QUJDRA==".repeat(1).slice(0, 4).repeat(40)}`,
        name: null,
        mime: null,
      } as const;
      expect(await staff(place).send(words({ media: photo }), null)).toMatchObject({ result: "sent" });
      expect(place.platform.staff("zhang").seen().media).toMatchObject([{ msgtype: "image" }]);
    }));

  test("with a picture that is gone arrive all the same", () =>
    withPlace(async (place) => {
      const gone = { kind: "photo", ref: "wecom:GONE", name: null, mime: null } as const;
      expect(await staff(place).send(words({ media: gone }), null)).toMatchObject({ result: "sent" });
      expect(place.platform.staff("zhang").seen().texts).toStrictEqual([
        `${CASE} ${POST.text}`.replace(`${CASE} 新个案`, "新个案"),
        `${CASE} [图片]`,
      ]);
    }));
});

describe("the group robot", () => {
  const withGroup = (work: (place: WecomPlace) => Promise<void>): Promise<void> =>
    withPlace(async (place) => {
      // The robot's address is known only when the platform runs.
      (place.settings as { groupWebhook: string | null }).groupWebhook = place.platform.webhook;
      await work(place);
    });
  const announcement: StaffPost = { ...POST, case: null, card: null, buttons: [], text: "今天 18:00 后停电 <@all>" };

  test("brings announcements to the group alone, as nothing but words", () =>
    withGroup(async (place) => {
      expect(await staff(place).send(announcement, null)).toMatchObject({ result: "sent" });
      expect(place.platform.app.group).toStrictEqual([{ text: "今天 18:00 后停电 <\u200b@all>", mentioned: [] }]);
      expect(place.platform.staff("zhang").seen().texts).toStrictEqual([]);
    }));

  test("rings for pages, which go to everyone's app too", () =>
    withGroup(async (place) => {
      await staff(place).send({ ...POST, page: true }, null);
      expect(place.platform.app.group).toMatchObject([{ mentioned: ["@all"] }]);
      expect(place.platform.staff("zhang").seen().cards).toHaveLength(1);
    }));

  test("that is dead is told for announcements, and does not keep a page from the app", () =>
    withGroup(async (place) => {
      place.platform.faults.next("webhook/send", { errcode: 93000 }, 2);
      expect(await staff(place).send(announcement, null)).toMatchObject({ result: "refused", reason: "errcode 93000" });
      expect(await staff(place).send({ ...POST, page: true }, null)).toMatchObject({ result: "sent" });
      expect(place.logged.join()).not.toContain("robot-key");
    }));
});

describe("the AI bot", () => {
  const ROOM = "wrStaffRoom";
  const withBot = (work: (place: WecomPlace) => Promise<void>): Promise<void> =>
    withPlace(
      async (place) => {
        await until(() => place.platform.bot.isConnected());
        await until(() => place.logged.some((line) => line.includes("wecom_aibot_connected")));
        await work(place);
      },
      { settings: WITH_BOT },
    );
  const inRoom = (place: WecomPlace) => place.platform.bot.chats.get(ROOM)!;
  async function learnRoom(place: WecomPlace): Promise<void> {
    place.platform.bot.say("zhang", "你好", { chat: ROOM });
    await until(() => place.logged.some((line) => line.includes("wecom_aibot_room_learned")));
    await until(() => place.acts.length > 0);
  }

  test("learns the staff's group from the first member who speaks there, and from no stranger", () =>
    withBot(async (place) => {
      place.platform.bot.say("stranger", "hi", { chat: "wrAnotherGroup" });
      await until(() => place.acts.length === 1);
      await learnRoom(place);
      expect(place.acts.at(-1)).toMatchObject({ actor: "zhang", act: { kind: "text", text: "你好" } });
      expect(await staff(place).send(POST, null)).toMatchObject({ result: "sent" });
      expect(inRoom(place).map((one) => one.msgtype)).toStrictEqual(["template_card", "markdown"]);
      expect(place.platform.staff("zhang").seen().cards).toStrictEqual([]);
    }));

  test("a card is changed in place within seconds of a press", () =>
    withBot(async (place) => {
      await learnRoom(place);
      const sent = await staff(place).send({ ...POST, text: "" }, null);
      if (sent.result !== "sent") throw new Error("not sent");
      place.platform.bot.press("li", ROOM, "", "认领");
      await until(() => place.acts.length > 1);
      expect(place.acts.at(-1)).toMatchObject({ actor: "li", case: CASE, act: { kind: "press", button: `desk:claim:${CASE}` } });
      const claimed = { ...POST, id: "p2", text: "", card: { ...CARD, done: true } };
      await staff(place).send(claimed, sent.place);
      expect(inRoom(place)).toHaveLength(1);
      expect(inRoom(place)[0]!.card).toMatchObject({ card_type: "text_notice" });
    }));

  test("a quoted post names its case", () =>
    withBot(async (place) => {
      await learnRoom(place);
      place.platform.bot.say("li", "reply 马上到", { chat: ROOM, quote: `${CASE} 客户问：到哪了` });
      await until(() => place.acts.length > 1);
      expect(place.acts.at(-1)).toMatchObject({ case: CASE, act: { text: "reply 马上到" } });
    }));

  test("a group that is gone is forgotten, and the post goes to the app", () =>
    withBot(async (place) => {
      await learnRoom(place);
      place.platform.bot.forgetChat(ROOM);
      expect(await staff(place).send(POST, null)).toMatchObject({ result: "sent" });
      expect(place.platform.staff("zhang").seen().cards).toHaveLength(1);
    }));

  test("what customers wrote is no Markdown there", () =>
    withBot(async (place) => {
      await learnRoom(place);
      await staff(place).send({ ...POST, card: null, buttons: [], text: "# 标题 **粗** [点](https://evil.example) <@all>" }, null);
      expect(inRoom(place)[0]!.text).not.toMatch(/[*[\]<]|^#/);
    }));

  test("one process holds the connection; another takes over when the holder stops", async () => {
    const first = await openWecomPlace({ settings: WITH_BOT });
    await until(() => first.platform.bot.isConnected());
    expect(first.platform.bot.subscriptions.count).toBe(1);
    // The same store and platform, as a second process would have them.
    const lease = await first.store.unit((unit) => unit.meta.get("wecom:aibot:lease"));
    const second = await openWecomPlace({
      store: first.store,
      settings: { ...WITH_BOT, aibotUrl: first.platform.botUrl },
      clock: { now: first.clock.now, moveTo: () => {} },
      start: false,
    });
    await second.connection.start();
    for (let round = 0; round < 50; round++) await new Promise((resolve) => setImmediate(resolve));
    expect(await first.store.unit((unit) => unit.meta.get("wecom:aibot:lease"))).toBe(lease);
    expect(first.platform.bot.subscriptions.count).toBe(1);
    await first.connection.stop();
    second.passPauses();
    await until(() => first.platform.bot.subscriptions.count === 2);
    await second.close();
    await first.close();
  });

  test("a holder that can't renew its lease lets go when its time is over, and takes it up again afterwards", async () => {
    const real = openSqliteStore({ path: ":memory:" });
    let down = false;
    const store: Store = { ...real, unit: (work) => (down ? Promise.reject(new Error("no database")) : real.unit(work)) };
    const place = await openWecomPlace({ store, settings: WITH_BOT });
    await until(() => place.platform.bot.isConnected());
    down = true;
    const renewals = (): number => place.logged.filter((line) => line.includes("wecom_aibot_lease_failed")).length;
    place.clock.move(20_000);
    place.passPauses();
    await until(() => renewals() === 1);
    expect(place.platform.bot.isConnected()).toBe(true);
    place.clock.move(11_000);
    place.passPauses();
    await until(() => !place.platform.bot.isConnected());
    down = false;
    place.passPauses();
    await until(() => place.platform.bot.subscriptions.count === 2);
    await place.close();
    await real.close();
  });

  test("thrown out by a stranger's connection it stays away, and comes back later", () =>
    withBot(async (place) => {
      place.platform.bot.throwOut();
      await until(() => place.logged.some((line) => line.includes("wecom_aibot_thrown_out")));
      place.passPauses();
      for (let round = 0; round < 50; round++) await new Promise((resolve) => setImmediate(resolve));
      expect(place.platform.bot.subscriptions.count).toBe(1);
      place.clock.move(61_000);
      place.passPauses();
      await until(() => place.platform.bot.subscriptions.count === 2);
    }));
});
