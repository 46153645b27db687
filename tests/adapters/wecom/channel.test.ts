import { describe, expect, test } from "vitest";
import type { Delivery } from "../../../core/ports.ts";
import type { NewMessage } from "../../../core/spine/events.ts";
import { HOUR_MS, MINUTE_MS } from "../../../core/time.ts";
import { ACCOUNT } from "../../emulators/wecom/index.ts";
import { openWecomPlace, type WecomPlace, type WecomPlaceOptions } from "./support.ts";

const CUSTOMER = "wmCustomer1";

/** A place whose customer has written once. */
async function withPlace(work: (place: WecomPlace) => Promise<void>, options: WecomPlaceOptions = {}): Promise<void> {
  const place = await openWecomPlace(options);
  try {
    await place.platform.customer(CUSTOMER).say("你好");
    await place.read();
    await work(place);
  } finally {
    await place.close();
  }
}
const send = async (place: WecomPlace, id: string, text: string, extra: Partial<NewMessage> = {}): Promise<Delivery> =>
  place.connection.channel.send(await place.keep(place.conversation(CUSTOMER), id, text, extra));
const seen = (place: WecomPlace): readonly string[] =>
  place.platform
    .customer(CUSTOMER)
    .seen()
    .map((shown) => shown.text);
const session = (place: WecomPlace) => place.platform.kf.session(ACCOUNT, CUSTOMER);

describe("what becomes of refusals", () => {
  test("a menu that is refused goes out as numbered lines, none of its words lost", () =>
    withPlace(async (place) => {
      place.platform.faults.next("kf/send_msg", { errcode: 95009 });
      await send(place, "b1", "什么时间方便？", {
        buttons: [
          { id: "a", label: "今天" },
          { id: "b", label: "明天" },
        ],
      });
      expect(seen(place)).toStrictEqual(["什么时间方便？\n1. 今天\n2. 明天"]);
    }));

  test("busy for longer than three tries is told as such, and not sent", () =>
    withPlace(async (place) => {
      place.platform.faults.next("kf/send_msg", { errcode: -1 }, 9);
      expect(await send(place, "b1", "hello")).toMatchObject({ result: "retry" });
      expect(place.platform.calls.filter((call) => call === "kf/send_msg")).toHaveLength(4);
    }));

  test("an address that is not trusted is told with its figure", () =>
    withPlace(async (place) => {
      place.platform.faults.distrust("203.0.113.7");
      expect(await send(place, "b1", "hello")).toMatchObject({ result: "retry", afterMs: 5 * MINUTE_MS });
      expect(place.logged.some((line) => line.includes("203.0.113.7"))).toBe(true);
    }));
});

describe("a send whose answer is lost", () => {
  test.each([95_999, 40_058])("is recognised when it is sent again (the platform's refusal being %d), and shown once", (duplicateErrcode) =>
    withPlace(
      async (place) => {
        const message = await place.keep(place.conversation(CUSTOMER), "b1", "您的预约已确认");
        place.platform.faults.next("kf/send_msg", "reset_after");
        expect(await place.connection.channel.send(message)).toMatchObject({ result: "retry" });
        expect(await place.connection.channel.send({ ...message, attempts: 1 })).toStrictEqual({ result: "sent" });
        expect(seen(place)).toStrictEqual(["您的预约已确认"]);
      },
      { emulator: { duplicateErrcode } },
    ),
  );

  test("is recognised by another process too", () =>
    withPlace(async (place) => {
      const message = await place.keep(place.conversation(CUSTOMER), "b1", "您的预约已确认");
      place.platform.faults.next("kf/send_msg", "reset_after");
      await place.connection.channel.send(message);
      place.clock.move(1_000);
      await place.restart();
      expect(await place.connection.channel.send({ ...message, attempts: 1 })).toStrictEqual({ result: "sent" });
      expect(seen(place)).toHaveLength(1);
    }));

  test("in the middle of several parts goes on with the parts that are missing", () =>
    withPlace(async (place) => {
      const text = "空调不制冷，请安排检修。".repeat(170);
      const message = await place.keep(place.conversation(CUSTOMER), "b1", text);
      // The first part arrives and is answered; the answer to the second is lost.
      place.platform.faults.next("kf/send_msg", "none");
      place.platform.faults.next("kf/send_msg", "reset_after");
      expect(await place.connection.channel.send(message)).toMatchObject({ result: "retry" });
      expect(seen(place)).toHaveLength(2);
      expect(await place.connection.channel.send({ ...message, attempts: 1 })).toStrictEqual({ result: "sent" });
      expect(seen(place)).toHaveLength(4);
      expect(seen(place).join("")).toBe(text);
    }));

  test("a first send that is refused for an unknown reason is not taken for a repeated one", () =>
    withPlace(async (place) => {
      place.platform.faults.next("kf/send_msg", { errcode: 99_999 });
      expect(await send(place, "b1", "hello")).toMatchObject({ result: "refused" });
    }));

  test("a token that dies in the middle is replaced, and the part is sent once", () =>
    withPlace(async (place) => {
      place.platform.faults.expireTokens();
      expect(await send(place, "b1", "hello")).toStrictEqual({ result: "sent" });
      expect(seen(place)).toStrictEqual(["hello"]);
      expect(place.platform.tokensIssued()).toBe(2);
    }));
});

describe("window, quota and sessions", () => {
  test("the platform's own quota and window are told as such", () =>
    withPlace(async (place) => {
      for (const text of ["1", "2", "3", "4", "5"]) expect(await send(place, text, text)).toStrictEqual({ result: "sent" });
      expect(await send(place, "6", "6")).toStrictEqual({ result: "refused", reason: "quota_spent" });
      await place.platform.customer(CUSTOMER).say("还在");
      expect(await send(place, "7", "7")).toStrictEqual({ result: "sent" });
      place.clock.move(48 * HOUR_MS);
      expect(await send(place, "8", "8")).toStrictEqual({ result: "refused", reason: "window_closed" });
    }));

  test("while a servicer talks in the client the bot is silent, and nobody is called for what it did not say", () =>
    withPlace(async (place) => {
      place.platform.kf.accounts.get(ACCOUNT)!.servicers.set("zhang", true);
      session(place).state = 3;
      expect(await send(place, "b1", "hello")).toMatchObject({ result: "refused", attended: true });
      // Known now: not asked for at every message.
      const asked = place.platform.calls.filter((call) => call === "kf/service_state/get").length;
      expect(await send(place, "b2", "hello")).toMatchObject({ result: "refused", attended: true });
      expect(place.platform.calls.filter((call) => call === "kf/service_state/get")).toHaveLength(asked);
    }));

  test("a session that ended by itself is found out", () =>
    withPlace(async (place) => {
      session(place).state = 3;
      await send(place, "b1", "hello");
      session(place).state = 0;
      place.clock.move(6 * MINUTE_MS);
      expect(await send(place, "b2", "hello again")).toStrictEqual({ result: "sent" });
    }));

  test("a session that is over opens with the customer's next word", () =>
    withPlace(async (place) => {
      await place.platform.staff("zhang").client.take(CUSTOMER);
      await place.platform.staff("zhang").client.end(CUSTOMER);
      await place.read();
      await place.platform.customer(CUSTOMER).say("又坏了");
      await place.read();
      expect(await send(place, "b1", "hello")).toStrictEqual({ result: "sent" });
    }));
});

describe("media", () => {
  const PHOTO = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const media = (kind: "photo" | "file" | "location" | "voice", ref: string) => ({ media: { kind, ref, name: null, mime: null } });

  test("is uploaded once and sent before its words", () =>
    withPlace(async (place) => {
      expect(await send(place, "b1", "请看照片", media("photo", PHOTO))).toMatchObject({ result: "sent" });
      await send(place, "b2", "再看一次", media("photo", PHOTO));
      expect(
        place.platform
          .customer(CUSTOMER)
          .seen()
          .map((shown) => shown.msgtype),
      ).toStrictEqual(["image", "text", "image", "text"]);
      expect(place.platform.calls.filter((call) => call === "media/upload")).toHaveLength(1);
    }));

  test("a place is shown on the map", () =>
    withPlace(async (place) => {
      await send(place, "b1", "", { media: { kind: "location", ref: "geo:23.1060218,113.3205032", name: "门店", mime: null } });
      expect(place.platform.customer(CUSTOMER).seen()[0]!.body).toMatchObject({
        location: { name: "门店", latitude: 23.1060218, longitude: 113.3205032 },
      });
    }));

  test("that is elsewhere or gone is refused with a reason", () =>
    withPlace(async (place) => {
      expect(await send(place, "b1", "x", media("photo", "https://elsewhere.example/x.png"))).toMatchObject({ result: "refused" });
      expect(await send(place, "b2", "x", media("photo", "wecom:GONE"))).toStrictEqual({ result: "refused", reason: "errcode 40007" });
      expect(seen(place)).toStrictEqual([]);
    }));

  test("what the platform can't show as a voice goes as a file", () =>
    withPlace(async (place) => {
      await send(place, "b1", "", media("voice", `data:audio/ogg;base64,${"QUJD".repeat(9)}`));
      expect(place.platform.customer(CUSTOMER).seen()[0]!.msgtype).toBe("file");
    }));
});
