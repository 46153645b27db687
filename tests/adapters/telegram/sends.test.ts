import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StoredMessage } from "../../../core/spine/events.ts";
import { type Customer, startTelegramEmulator } from "../../emulators/telegram/index.ts";
import { createTestTime, openPlace, type Place, STAFF_CHAT } from "./support.ts";

let place: Place;
let customer: Customer;
beforeEach(async () => {
  place = await openPlace();
  customer = place.telegram.customer(11);
  await customer.start();
});
afterEach(() => place.dispose());

const store = (text: string, more: Partial<StoredMessage> = {}) => place.stored({ conversation: "telegram:11", text, ...more });
const send = (message: StoredMessage) => place.connection.channel.send(message);
const texts = () => customer.seen().map((message) => message.text);
const LONG = `${"第一段。".repeat(1_000)}\n\n${"第二段。".repeat(1_000)}\n\n${"第三段。".repeat(400)}`;

describe("an answer that gets lost after the message arrived", () => {
  test.each(["reset_after", "silent_after"] as const)("%s: the same message comes again and stands there once", async (kind) => {
    await place.dispose();
    place = await openPlace({ limits: { callMs: 1_000 } });
    customer = place.telegram.customer(11);
    await customer.start();
    const message = await store("预约已确认");
    place.telegram.faults.next("sendMessage", { kind });
    expect(await send(message)).toMatchObject({ result: "retry" });
    expect(await send(message)).toEqual({ result: "sent" });
    expect(texts()).toEqual(["预约已确认"]);
  });

  test("with buttons it is found as well, and they work", async () => {
    const message = await store("什么时间方便？", { buttons: [{ id: "slot:1", label: "明天" }] });
    place.telegram.faults.next("sendMessage", { kind: "reset_after" });
    await send(message);
    expect(await send(message)).toEqual({ result: "sent" });
    expect(customer.seen()).toHaveLength(1);
    await customer.press("明天");
    expect((await place.entries()).at(-1)?.event).toEqual({ kind: "press", value: "slot:1" });
  });

  test("in the middle of a long text, with other customers writing in between, nothing stands twice or is missing", async () => {
    const message = await store(LONG);
    const others = [12, 13, 14].map((id) => place.telegram.customer(id));
    place.telegram.faults.next("sendMessage", { kind: "reset_after" });
    expect(await send(message)).toMatchObject({ result: "retry" });
    for (const other of others) await other.say("在吗");
    place.telegram.faults.next("sendMessage", { kind: "reset_after" });
    expect(await send(message)).toMatchObject({ result: "retry" });
    expect(await send(message)).toEqual({ result: "sent" });
    expect(texts().join("").replace(/\s/g, "")).toBe(LONG.replace(/\s/g, ""));
  });

  test("and the process ends: the next one finds it", async () => {
    const message = await store(LONG);
    place.telegram.faults.next("sendMessage", { kind: "reset_after" });
    await send(message);
    place = await place.again();
    await place.telegram.customer(12).say("你好");
    expect(await send(message)).toEqual({ result: "sent" });
    expect(texts().join("").replace(/\s/g, "")).toBe(LONG.replace(/\s/g, ""));
  });

  test("a process that was killed before it could mark the message sends it no second time", async () => {
    const message = await store("您好");
    expect(await send(message)).toEqual({ result: "sent" });
    place = await place.again();
    expect(await send(message)).toEqual({ result: "sent" });
    expect(texts()).toEqual(["您好"]);
  });

  test("the same words meant twice are sent twice", async () => {
    for (let round = 0; round < 2; round++) expect(await send(await store("请稍候"))).toEqual({ result: "sent" });
    expect(texts()).toEqual(["请稍候", "请稍候"]);
  });

  test("nothing arrived: it is sent, once", async () => {
    const message = await store("您好");
    place.telegram.faults.next("sendMessage", { kind: "reset" });
    expect(await send(message)).toMatchObject({ result: "retry", afterMs: null });
    expect(await send(message)).toEqual({ result: "sent" });
    expect(texts()).toEqual(["您好"]);
  });
});

describe("what Telegram refuses", () => {
  test.each([
    ["Forbidden: bot was blocked by the user", 403, "blocked"],
    ["Forbidden: user is deactivated", 403, "deactivated"],
    ["Forbidden: bot can't initiate conversation with a user", 403, "not_started"],
    ["Bad Request: chat not found", 400, "chat_not_found"],
  ])("%s: refused for good, and the conversation hears that its customer can't be reached", async (description, code, reason) => {
    place.telegram.faults.next("sendMessage", { kind: "refuse", code, description });
    expect(await send(await store("您好"))).toEqual({ result: "refused", reason });
    expect((await place.entries()).at(-1)?.event).toEqual({ kind: "reach", reachable: false, reason });
  });

  test("buttons that are refused go as words", async () => {
    place.telegram.faults.next("sendMessage", { kind: "refuse", code: 400, description: "Bad Request: BUTTON_DATA_INVALID" });
    expect(
      await send(
        await store("请选择：", {
          buttons: [
            { id: "a", label: "上午" },
            { id: "b", label: "下午" },
          ],
        }),
      ),
    ).toEqual({ result: "sent" });
    expect(customer.seen()).toMatchObject([{ text: "请选择：\n\n1. 上午\n2. 下午", buttons: [] }]);
  });

  test("a text found too long goes in shorter parts", async () => {
    place.telegram.faults.next("sendMessage", { kind: "refuse", code: 400, description: "Bad Request: message is too long" });
    expect(await send(await store("长".repeat(4_000)))).toEqual({ result: "sent" });
    expect(texts().join("")).toBe("长".repeat(4_000));
  });

  test("a wrong token is tried again later and said aloud", async () => {
    place.telegram.faults.next("sendMessage", { kind: "refuse", code: 401, description: "Unauthorized" });
    expect(await send(await store("您好"))).toMatchObject({ result: "retry", reason: "unauthorized" });
    expect(place.logged).toContainEqual({ level: "error", event: "telegram.unauthorized", data: {} });
  });

  test("anything else is refused with its reason", async () => {
    place.telegram.faults.next("sendMessage", { kind: "refuse", code: 400, description: "Bad Request: a refusal of tomorrow" });
    expect(await send(await store("您好"))).toEqual({ result: "refused", reason: "telegram_400: a refusal of tomorrow" });
  });

  test("no log line and no reason tells the token", async () => {
    place.telegram.faults.next("sendMessage", { kind: "reset" }, { kind: "gateway" });
    const answers = [await send(await store("a")), await send(await store("b"))];
    await place.connection.check();
    expect(JSON.stringify([answers, place.logged])).not.toContain(place.telegram.token.split(":")[1]);
  });
});

describe("pace", () => {
  test("a message waits as long as Telegram says, and others go on meanwhile", async () => {
    const other = place.telegram.customer(12);
    await other.start();
    place.telegram.faults.next("sendMessage", { kind: "busy", retryAfter: 20 });
    const message = await store("您好");
    expect(await send(message)).toEqual({ result: "retry", reason: "busy", afterMs: 20_000 });
    expect(await send(await place.stored({ conversation: "telegram:12", text: "您好" }))).toEqual({ result: "sent" });
    expect(await send(message)).toMatchObject({ result: "retry" });
    await place.time.advance(20_000);
    expect(await send(message)).toEqual({ result: "sent" });
    expect(place.telegram.world.rates.state.offences).toBe(0);
  });

  test("120 messages to 40 customers arrive, each customer's in order", async () => {
    const customers = Array.from({ length: 40 }, (_, index) => place.telegram.customer(100 + index));
    for (const one of customers) await one.start();
    await Promise.all(
      customers.map(async ({ id }) => {
        for (let index = 1; index <= 3; index++) {
          const message = await place.stored({ conversation: `telegram:${id}`, text: `第 ${index} 条` });
          for (;;) {
            const answer = await send(message);
            if (answer.result === "sent") break;
            expect(answer).toMatchObject({ result: "retry", reason: "busy" });
            await place.time.advance((answer as { afterMs: number }).afterMs);
          }
        }
      }),
    );
    for (const one of customers) expect(one.seen().map((message) => message.text)).toEqual(["第 1 条", "第 2 条", "第 3 条"]);
  });

  test("a storm of 429 quiets the whole bot for as long as it was told", async () => {
    const ids = [21, 22, 23, 24];
    for (const id of ids) await place.telegram.customer(id).start();
    for (const id of ids.slice(0, 3)) {
      place.telegram.faults.next("sendMessage", { kind: "busy", retryAfter: 9 });
      await send(await place.stored({ conversation: `telegram:${id}`, text: "您好" }));
    }
    const before = place.telegram.calls.length;
    expect(await send(await place.stored({ conversation: "telegram:24", text: "您好" }))).toMatchObject({
      result: "retry",
      reason: "busy",
    });
    expect(place.telegram.calls).toHaveLength(before);
  });
});

describe("media and places", () => {
  test("what a customer sent can be sent again by its reference", async () => {
    await customer.photo("现场");
    const entry = (await place.entries()).at(-1)!;
    const media = entry.event.kind === "media" ? entry.event.media : null;
    expect(await send(await store("您的照片", { media }))).toEqual({ result: "sent" });
    expect(customer.seen()).toMatchObject([{ media: "photo:photo-2", text: "您的照片" }]);
  });

  test("a picture of the web channel is uploaded, a long text follows it", async () => {
    const media = { kind: "photo", ref: "data:image/png;base64,iVBORw0KGgo=", name: "a.png", mime: "image/png" } as const;
    expect(await send(await store("长".repeat(1_100), { media }))).toEqual({ result: "sent" });
    expect(customer.seen()).toMatchObject([{ media: "photo:attach:a.png:8", text: "" }, { text: "长".repeat(1_100) }]);
  });

  test("a place is sent as one", async () => {
    const media = { kind: "location", ref: "geo:31.23,121.47", name: null, mime: null } as const;
    expect(await send(await store("门店位置", { media }))).toEqual({ result: "sent" });
    expect(customer.seen()).toMatchObject([{ media: "location:31.23,121.47" }, { text: "门店位置" }]);
  });

  test("what only another channel can fetch is refused when there are no words", async () => {
    const media = { kind: "photo", ref: "wecom-media:1", name: null, mime: null } as const;
    expect(await send(await store("", { media }))).toEqual({ result: "refused", reason: "nothing_to_send" });
  });
});

test("a customer with topics is answered in the one they wrote in last, and in the chat when it is gone", async () => {
  await customer.send({ text: "你好", message_thread_id: 5, is_topic_message: true });
  await send(await store("您好"));
  expect(customer.seen().at(-1)).toMatchObject({ thread: 5 });
  place.telegram.faults.next("sendMessage", { kind: "refuse", code: 400, description: "Bad Request: message thread not found" });
  expect(await send(await store("在的"))).toEqual({ result: "sent" });
  expect(customer.seen().at(-1)).toMatchObject({ text: "在的", thread: null });
});

test("the emulator refuses what is too fast, so that these tests mean something", async () => {
  const time = createTestTime();
  const telegram = await startTelegramEmulator({ clock: time, staffChat: STAFF_CHAT });
  await telegram
    .customer(1)
    .start()
    .catch(() => undefined);
  const call = async (): Promise<number> =>
    (
      await fetch(`${telegram.url}/bot${telegram.token}/sendMessage`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ chat_id: STAFF_CHAT, text: "x" }),
      })
    ).status;
  const statuses: number[] = [];
  for (let index = 0; index < 21; index++) statuses.push(await call());
  expect(statuses).toEqual([...Array(20).fill(200), 429]);
  await telegram.close();
});
