import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "../../emulators/telegram/index.ts";
import { openPlace, type Place } from "./support.ts";

let place: Place;
let customer: Customer;
beforeEach(async () => {
  place = await openPlace();
  customer = place.telegram.customer(11, { name: "王芳", language: "zh-hans" });
  await customer.start();
});
afterEach(() => place.dispose());

const events = async () => (await place.entries()).slice(1).map((entry) => entry.event);
const round = async (): Promise<void> => {
  for (let index = 0; index < 20; index++) await new Promise((resolve) => setImmediate(resolve));
};

async function offer(label: string, id: string, more: { at?: number } = {}): Promise<void> {
  const message = await place.stored({ conversation: "telegram:11", text: "请选择：", buttons: [{ id, label }], ...more });
  expect(await place.connection.channel.send(message)).toEqual({ result: "sent" });
}

describe("deliveries", () => {
  test("an update whose answer was lost comes again and is one entry", async () => {
    place.telegram.faults.loseAnswers = 2;
    await customer.say("空调不制冷");
    expect(await events()).toEqual([{ kind: "message", text: "空调不制冷" }]);
    expect(place.telegram.delivery.statuses.slice(-3)).toEqual([200, 200, 200]);
  });

  test("what could not be kept is sent again by the platform, and nothing is lost or turned round", async () => {
    place.overloaded = true;
    const first = customer.write("第一句").delivered;
    const second = customer.write("第二句").delivered;
    while (!place.telegram.delivery.statuses.includes(503)) await round();
    place.overloaded = false;
    await Promise.all([first, second]);
    expect(await events()).toEqual([
      { kind: "message", text: "第一句" },
      { kind: "message", text: "第二句" },
    ]);
  });

  test("an edit names the message it changes", async () => {
    const { message, delivered } = customer.write("明天上午");
    await delivered;
    await customer.edit(message, "明天下午");
    const [said, edited] = (await place.entries()).slice(1);
    expect(edited?.event).toEqual({ kind: "edited", message: said?.id, text: "明天下午" });
  });

  test("blocking and coming back are told", async () => {
    await customer.block();
    await customer.unblock();
    expect(await events()).toEqual([
      { kind: "reach", reachable: false, reason: "blocked" },
      { kind: "reach", reachable: true, reason: "started" },
    ]);
  });

  test("another bot of the same shop begins its own numbering, and nothing counts as known", async () => {
    await customer.say("你好");
    const [, first] = await place.entries();
    expect(first?.id).toMatch(/^telegram:11:70000001\.\d+$/);
  });
});

describe("a press that overtakes the message before it", () => {
  test("waits for it, so that the customer is understood in the order of what they did", async () => {
    await offer("明天", "slot:1");
    const release = place.telegram.faults.hold("chat 11");
    place.time.auto = false;
    const written = customer.write("我叫王芳");
    const press = customer.press("明天");
    while (place.time.waiting() === 0) await round();
    release();
    await Promise.all([written.delivered, press]);
    expect(await events()).toEqual([
      { kind: "message", text: "我叫王芳" },
      { kind: "press", value: "slot:1" },
    ]);
  });

  test("does not wait for ever", async () => {
    await offer("明天", "slot:1");
    const release = place.telegram.faults.hold("chat 11");
    const written = customer.write("我叫王芳");
    await customer.press("明天");
    release();
    await written.delivered;
    expect(await events()).toEqual([
      { kind: "press", value: "slot:1" },
      { kind: "message", text: "我叫王芳" },
    ]);
  });

  test("one gap holds up one press, not every later one", async () => {
    await offer("明天", "slot:1");
    const release = place.telegram.faults.hold("chat 11");
    const written = customer.write("我叫王芳");
    await customer.press("明天");
    const before = place.time.now();
    await customer.press("明天");
    expect(place.time.now()).toBe(before);
    release();
    await written.delivered;
  });
});

describe("buttons", () => {
  test("a press is answered, so that the client stops waiting", async () => {
    await offer("明天", "slot:1");
    await customer.press("明天");
    await place.connection.stop();
    expect([...place.telegram.world.queries.values()].at(-1)).toEqual({ answered: true, text: null });
  });

  test("the client sees a token, not what stands behind it", async () => {
    await offer("明天", "cancel:B20261123001");
    expect(customer.dataOf("明天")).toMatch(/^c[0-9a-z]+\.0\.[\w-]{16}$/);
  });

  test("made-up data and tokens of another customer reach nothing", async () => {
    await offer("明天", "slot:1");
    const mine = customer.dataOf("明天");
    const other = place.telegram.customer(12);
    await other.start();
    const before = (await place.entries()).length;
    await other.forge(mine);
    await customer.forge("intent:book");
    await customer.forge(mine.replace(/^c[0-9a-z]+/, "c2"));
    await customer.forge(mine.replace(".0.", ".1."));
    await customer.forge(`${mine.slice(0, -1)}${mine.endsWith("A") ? "B" : "A"}`);
    expect(await place.entries()).toHaveLength(before);
  });

  test("a button that is too old is said to be so", async () => {
    await offer("明天", "slot:1");
    await place.time.advance(31 * 86_400_000);
    await customer.press("明天");
    expect(await events()).toEqual([{ kind: "press", value: "stale:" }]);
  });

  test("still works after a restart", async () => {
    await offer("明天", "slot:1");
    place = await place.again();
    await customer.press("明天");
    expect(await events()).toEqual([{ kind: "press", value: "slot:1" }]);
  });
});

describe("albums", () => {
  test("are one event once nothing more comes, in order, with their words", async () => {
    place.time.auto = false;
    await customer.album(3, "都漏水");
    expect(await events()).toEqual([]);
    while (place.time.waiting() < 3) await round();
    await place.time.advance(1_000);
    await place.connection.stop();
    expect(await events()).toMatchObject([
      { kind: "media", text: "都漏水", media: { kind: "photo" }, more: [{ kind: "photo" }, { kind: "photo" }] },
    ]);
  });

  test("are not lost when the process ends while they are gathered", async () => {
    place.time.auto = false;
    await customer.album(2);
    place.time.auto = true;
    await place.time.advance(0);
    const waited = place.time.advance(1_000);
    place = await place.again();
    await waited;
    expect(await events()).toHaveLength(1);
  });

  test("delivered twice are one event", async () => {
    place.telegram.faults.duplicates = 3;
    place.time.auto = false;
    await customer.album(2);
    while (place.time.waiting() < 2) await round();
    await place.time.advance(1_000);
    place.time.auto = true;
    await place.connection.stop();
    expect(await events()).toHaveLength(1);
  });
});

describe("one's own number", () => {
  test("is asked for by a button that only Telegram has, and vouched for by Telegram", async () => {
    await customer.say("/phone");
    while (customer.seen().length === 0) await round();
    expect(customer.seen().at(-1)).toMatchObject({ keyboard: ["📱 分享本人手机号"] });
    await customer.contact("8613800138000");
    expect(await events()).toEqual([{ kind: "contact", phone: "+8613800138000", name: "王芳", proven: true }]);
    while (customer.seen().length < 2) await round();
    expect(customer.seen().at(-1)).toMatchObject({ keyboard: [] });
  });

  test("somebody else's card proves nothing", async () => {
    await customer.contact("+86 139 1111 2222", "foreign");
    expect(await events()).toMatchObject([{ kind: "contact", proven: false }]);
  });
});
