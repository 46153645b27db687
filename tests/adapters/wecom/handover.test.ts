import { describe, expect, test } from "vitest";
import { parseHandover } from "../../../adapters/wecom/handover.ts";
import { evolveCase } from "../../../core/cases/evolve.ts";
import type { Case } from "../../../core/cases/state.ts";
import { SECOND_MS } from "../../../core/time.ts";
import { ACCOUNT } from "../../emulators/wecom/index.ts";
import { openWecomPlace, until, type WecomPlace } from "./support.ts";

const CUSTOMER = "wmCustomer1";
const CASE = "C20261123001";

/** A customer who has written, with an open case. */
async function withPlace(work: (place: WecomPlace) => Promise<void>): Promise<void> {
  const place = await openWecomPlace();
  try {
    await place.platform.customer(CUSTOMER).say("找人工");
    await place.read();
    await openCase(place, CASE, place.conversation(CUSTOMER));
    await work(place);
  } finally {
    await place.close();
  }
}
async function openCase(place: WecomPlace, number: string, conversation: string): Promise<void> {
  const at = place.clock.now();
  const event = {
    type: "case_opened",
    at,
    case: {
      number,
      category: "human",
      urgency: "normal",
      step: "representative",
      conversation,
      customerId: null,
      words: "找人工",
      about: null,
      reasons: [],
      tags: [],
      promisedAt: at,
    },
  } as const;
  const state: Case = evolveCase(null, event);
  await place.store.unit((unit) => unit.records.save({ kind: "case", id: number, events: [event], state }, "test"));
}
const servicers = (place: WecomPlace) => place.platform.kf.accounts.get(ACCOUNT)!.servicers;
const state = (place: WecomPlace) => place.platform.kf.session(ACCOUNT, CUSTOMER).state;
const told = (place: WecomPlace, user = "zhang") => place.platform.staff(user).seen().texts;
const commands = (place: WecomPlace) => place.acts.map((act) => [act.actor, act.act.kind === "text" ? act.act.text : act.act.kind]);

describe("parseHandover", () => {
  test.each([
    ["接管", { do: "take", case: null }],
    ["接管 C20261122001", { do: "take", case: "C20261122001" }],
    ["/takeover c20261122001", { do: "take", case: "C20261122001" }],
    ["Take Over #C20261122001", { do: "take", case: "C20261122001" }],
    ["结束会话", { do: "end", case: null }],
    ["end session C20261122001", { do: "end", case: "C20261122001" }],
    ["接管理处电话", null],
    ["接管 明天", null],
    ["客户要我接管", null],
    ["takeovers are fine", null],
  ])("%s", (text, command) => {
    expect(parseHandover(text)).toStrictEqual(command);
  });
});

describe("a session taken over", () => {
  test("moves to the member, claims the case, and what the bot still says goes by the code of the hand-over, once", () =>
    withPlace(async (place) => {
      servicers(place).set("zhang", true);
      const joined = await place.keep(place.conversation(CUSTOMER), "e9/1", "张三为您服务。");
      await place.platform.staff("zhang").say(`接管 ${CASE}`);
      await until(() => told(place).length > 0);
      expect(state(place)).toBe(3);
      expect(commands(place)).toStrictEqual([["zhang", `claim ${CASE}`]]);
      expect(told(place)[0]).toContain(CASE);
      expect(await place.connection.channel.send(joined)).toMatchObject({ result: "sent" });
      const second = await place.keep(place.conversation(CUSTOMER), "e9/2", "还有一句");
      expect(await place.connection.channel.send(second)).toMatchObject({ result: "refused", attended: true });
      expect(
        place.platform
          .customer(CUSTOMER)
          .seen()
          .map((shown) => shown.text),
      ).toStrictEqual(["张三为您服务。"]);
    }));

  test("by somebody who is no servicer on duty waits in the pool", () =>
    withPlace(async (place) => {
      servicers(place).set("li", false);
      for (const user of ["zhang", "li"]) {
        place.platform.kf.session(ACCOUNT, CUSTOMER).state = 0;
        await place.platform.staff(user).say(`接管 ${CASE}`);
        await until(() => told(place, user).length > 0);
        expect(state(place)).toBe(2);
        expect(told(place, user)[0]).toContain("待接入池");
      }
    }));

  test("twice is taken once", () =>
    withPlace(async (place) => {
      servicers(place).set("zhang", true);
      for (let round = 1; round <= 2; round++) {
        await place.platform.staff("zhang").say(`接管 ${CASE}`);
        await until(() => told(place).length === round);
      }
      expect(state(place)).toBe(3);
      expect(new Set(told(place)).size).toBe(1);
    }));

  test("by the button of the card, which only cards of customers of ours have", () =>
    withPlace(async (place) => {
      servicers(place).set("zhang", true);
      await openCase(place, "C20261123002", "web:someone");
      const post = (number: string) => ({
        id: number,
        case: number,
        mention: [],
        page: false,
        text: "",
        card: { case: number, title: number, urgency: "normal" as const, lines: [], words: "", done: false },
        buttons: [{ id: "desk:claim", label: "认领" }],
        media: null,
      });
      await place.connection.staff!.send(post("C20261123002"), null);
      await expect(async () => place.platform.staff("zhang").press("客户端接管")).rejects.toThrow("no card");
      await place.connection.staff!.send(post(CASE), null);
      await place.platform.staff("zhang").press("客户端接管");
      await until(() => told(place).length > 0);
      expect(state(place)).toBe(3);
    }));

  test.each([
    ["接管", "请注明个案编号"],
    ["接管 C20261123999", "不是微信客服的个案"],
  ])("%s without a case of ours is explained", (text, answer) =>
    withPlace(async (place) => {
      await place.platform.staff("zhang").say(text);
      await until(() => told(place).length > 0);
      expect(told(place)[0]).toContain(answer);
      expect(state(place)).toBe(0);
    }),
  );

  test("by a member who is not staff is refused", () =>
    withPlace(async (place) => {
      place.platform.app.addMember("visitor");
      servicers(place).set("visitor", true);
      await place.platform.staff("visitor").say(`接管 ${CASE}`);
      await until(() => told(place, "visitor").length > 0);
      expect(state(place)).toBe(0);
      expect(place.acts).toStrictEqual([]);
    }));

  test("while the platform refuses is told, and the case is in good hands all the same", () =>
    withPlace(async (place) => {
      servicers(place).set("zhang", true);
      place.platform.faults.next("kf/service_state/trans", { errcode: 48002 });
      await place.platform.staff("zhang").say(`接管 ${CASE}`);
      await until(() => told(place).length > 0);
      expect(told(place)[0]).toContain("48002");
      expect(commands(place)).toStrictEqual([["zhang", `claim ${CASE}`]]);
    }));

  test("is given back by its end, from here or in the client, and the bot may speak by the code of the end", () =>
    withPlace(async (place) => {
      servicers(place).set("zhang", true);
      await place.platform.staff("zhang").say(`接管 ${CASE}`);
      await until(() => told(place).length === 1);
      await place.platform.staff("zhang").say(`结束会话 ${CASE}`);
      await until(() => told(place).length === 2);
      expect(state(place)).toBe(4);
      expect(commands(place).at(-1)).toStrictEqual(["zhang", `release ${CASE}`]);
      const back = await place.keep(place.conversation(CUSTOMER), "e9/1", "现在由我继续为您服务。");
      place.clock.move(5 * SECOND_MS);
      expect(await place.connection.channel.send(back)).toMatchObject({ result: "sent" });
      expect(place.platform.customer(CUSTOMER).seen()).toHaveLength(1);
    }));
});

describe("a session taken in the client", () => {
  test("claims the case, what is said there stands in the transcript, and its end releases it", () =>
    withPlace(async (place) => {
      const { client } = place.platform.staff("zhang");
      await client.take(CUSTOMER);
      await client.say(CUSTOMER, "您好，我是张三");
      await client.end(CUSTOMER);
      await place.read();
      expect(commands(place)).toStrictEqual([
        ["zhang", `claim ${CASE}`],
        ["zhang", `release ${CASE}`],
      ]);
      const transcript = await place.store.unit((unit) => unit.messages.list(place.conversation(CUSTOMER), 0, 10));
      expect(transcript).toMatchObject([{ from: "staff", author: "zhang", text: "您好，我是张三", status: "kept" }]);
    }));

  test("while the log is read twice is told once", () =>
    withPlace(async (place) => {
      place.platform.faults.repeatCallbacks(3);
      await place.platform.staff("zhang").client.take(CUSTOMER);
      await place.read();
      expect(commands(place)).toStrictEqual([["zhang", `claim ${CASE}`]]);
    }));
});
