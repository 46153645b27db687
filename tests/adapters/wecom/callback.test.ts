import { request as httpRequest } from "node:http";
import { getSignature } from "@wecom/crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AnxinError } from "../../../core/errors.ts";
import { COMPANY } from "../../emulators/wecom/platform.ts";
import { NOW, openWecomPlace, type WecomPlace } from "./support.ts";

const MEMBER_XML = `<xml><ToUserName><![CDATA[${COMPANY.corpId}]]></ToUserName><FromUserName><![CDATA[zhang]]></FromUserName><CreateTime>1763863200</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[在吗]]></Content><MsgId>123</MsgId><AgentID>1000002</AgentID></xml>`;

describe("the callback", () => {
  let place: WecomPlace;
  beforeEach(async () => {
    place = await openWecomPlace();
  });
  afterEach(() => place.close());

  const post = async (url: string, body: string | Buffer, type = "text/xml"): Promise<{ status: number; text: string }> => {
    const response = await fetch(url, { method: "POST", headers: { "content-type": type }, body: body as string });
    return { status: response.status, text: await response.text() };
  };
  const seal = (...args: Parameters<WecomPlace["platform"]["callbacks"]["seal"]>) => place.platform.callbacks.seal(...args);

  test("answers the check of the address with the bare echo", async () => {
    expect(await place.platform.callbacks.verifyUrl("4711")).toBe("4711");
  });

  test("answers it also when the plus signs of the echo were not escaped", async () => {
    // An echo whose cipher text has a plus sign: one of twenty has with near certainty.
    for (let round = 0; round < 20; round++) {
      const { url, body } = seal(`echo ${round}`);
      const cipher = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)![1]!;
      if (!cipher.includes("+")) continue;
      const response = await fetch(`${url}&echostr=${encodeURIComponent(cipher).replaceAll("%2B", "+")}`);
      expect(await response.text()).toBe(`echo ${round}`);
      return;
    }
    throw new Error("no cipher text had a plus sign");
  });

  test("a good one is answered with 200 and nothing", async () => {
    const sealed = seal(MEMBER_XML);
    expect(await post(sealed.url, sealed.body)).toStrictEqual({ status: 200, text: "" });
    expect(place.acts).toMatchObject([{ channel: "wecom", actor: "zhang", act: { kind: "text", text: "在吗" } }]);
  });

  test.each(["text/xml", "application/xml", "text/xml; charset=utf-8", "text/plain", "application/octet-stream"])(
    "is read whatever the platform calls it: %s",
    async (type) => {
      const sealed = seal(MEMBER_XML);
      expect((await post(sealed.url, sealed.body, type)).status).toBe(200);
    },
  );

  const bad: readonly (readonly [string, () => { readonly url: string; readonly body: string | Buffer }, number])[] = [
    ["without parameters", () => ({ url: place.address, body: seal(MEMBER_XML).body }), 400],
    ["without a body", () => ({ url: seal(MEMBER_XML).url, body: "" }), 400],
    ["with a body that is no XML", () => ({ url: seal(MEMBER_XML).url, body: "encrypt=1" }), 400],
    ["with XML without a cipher text", () => ({ url: seal(MEMBER_XML).url, body: "<xml><ToUserName>x</ToUserName></xml>" }), 400],
    ["cut in the middle", () => ({ url: seal(MEMBER_XML).url, body: seal(MEMBER_XML).body.slice(0, 120) }), 400],
    [
      "with a document type that would define entities",
      () => ({ url: seal(MEMBER_XML).url, body: `<!DOCTYPE x [<!ENTITY a "b">]>${seal(MEMBER_XML).body}` }),
      400,
    ],
    ["with another one's cipher text", () => ({ url: seal(MEMBER_XML).url, body: seal(MEMBER_XML).body }), 403],
    [
      "with a signature of zeros",
      () => ({ ...seal(MEMBER_XML), url: seal(MEMBER_XML).url.replace(/msg_signature=\w+/, `msg_signature=${"0".repeat(40)}`) }),
      403,
    ],
    ["an hour old", () => seal(MEMBER_XML, { timestamp: String(NOW / 1_000 - 3_600) }), 403],
    ["an hour ahead", () => seal(MEMBER_XML, { timestamp: String(NOW / 1_000 + 3_600) }), 403],
    ["meant for another company", () => seal(MEMBER_XML, { receiveId: "ww_another_one" }), 403],
    ["that is not UTF-8", () => ({ url: seal(MEMBER_XML).url, body: Buffer.from([0x3c, 0xff, 0xfe]) }), 400],
    [
      "beyond the size of any callback",
      () => ({ url: seal(MEMBER_XML).url, body: `<xml><Encrypt>${"A".repeat(70_000)}</Encrypt></xml>` }),
      413,
    ],
  ];
  test.each(bad)("one %s is refused, and nothing is taken", async (_name, make, status) => {
    const { url, body } = make();
    expect((await post(url, body)).status).toBe(status);
    expect(place.acts).toStrictEqual([]);
    expect(await place.entries()).toStrictEqual([]);
  });

  test("a stray look at the address is answered with 400, not with an error of ours", async () => {
    for (const query of ["", "?msg_signature=1", "?msg_signature=1&timestamp=2&nonce=3", "?msg_signature=1&msg_signature=2&echostr=x"])
      expect((await fetch(`${place.address}${query}`)).status).toBe(400);
  });

  test("the address cut off before the end of its body leaves nothing behind", async () => {
    const sealed = seal(MEMBER_XML);
    await new Promise<void>((resolve) => {
      const request = httpRequest(sealed.url, { method: "POST", headers: { "content-type": "text/xml", "content-length": 5_000 } });
      request.on("error", () => resolve());
      request.write(sealed.body.slice(0, 100), () => request.destroy());
      request.on("close", () => resolve());
    });
    expect(place.acts).toStrictEqual([]);
  });

  test("the same callback again, within its time, is answered and does nothing more", async () => {
    const sealed = seal(MEMBER_XML);
    for (let round = 0; round < 4; round++) expect((await post(sealed.url, sealed.body)).status).toBe(200);
    expect(place.acts).toHaveLength(1);
  });

  test("the same callback after its time is refused", async () => {
    const sealed = seal(MEMBER_XML);
    expect((await post(sealed.url, sealed.body)).status).toBe(200);
    place.clock.move(11 * 60_000);
    expect((await post(sealed.url, sealed.body)).status).toBe(403);
    expect(place.acts).toHaveLength(1);
  });

  test("a sealed one of a kind that nobody knows is answered, so that it is not repeated", async () => {
    for (const xml of [
      "<xml><MsgType>event</MsgType><Event>brand_new</Event></xml>",
      "<xml/>",
      "not xml",
      "<xml><MsgType>hologram</MsgType></xml>",
    ]) {
      const sealed = seal(xml);
      expect((await post(sealed.url, sealed.body)).status).toBe(200);
    }
    expect(place.acts).toStrictEqual([]);
  });

  test("of 300 bodies and addresses of chance none is taken, and each is answered with a refusal", async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.base64String({ maxLength: 200 }).map((text) => `<xml><Encrypt>${text}</Encrypt></xml>`),
        ),
        fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 40, maxLength: 40 }),
        fc.string({ minLength: 1, maxLength: 12 }),
        async (body, signature, nonce) => {
          const query = new URLSearchParams({ msg_signature: signature, timestamp: String(NOW / 1_000), nonce });
          statuses.add((await post(`${place.address}?${query}`, body)).status);
        },
      ),
      { numRuns: 300 },
    );
    for (const status of statuses) expect([400, 403]).toContain(status);
    expect(place.acts).toStrictEqual([]);
  });

  test("a rightly signed cipher text that can't be opened is refused", async () => {
    const timestamp = String(NOW / 1_000);
    const cipher = "QUJD";
    const query = new URLSearchParams({ msg_signature: getSignature(COMPANY.token, timestamp, "n", cipher), timestamp, nonce: "n" });
    expect((await post(`${place.address}?${query}`, `<xml><Encrypt>${cipher}</Encrypt></xml>`)).status).toBe(400);
  });

  test("a warning of the platform to the operator is logged as an error", async () => {
    await place.platform.callbacks.send("<xml><MsgType>event</MsgType><Event>low_active</Event></xml>");
    expect(place.logged.filter((line) => line.includes('"error"') && line.includes("low_active"))).toHaveLength(1);
  });
});

describe("a service with too much to do", () => {
  test("answers 503, and the platform's next try succeeds", async () => {
    let full = true;
    const taken: string[] = [];
    const place = await openWecomPlace({
      staffIntake: {
        async accept(act) {
          if (full) {
            full = false;
            throw new AnxinError("overloaded", "too much", {});
          }
          taken.push(act.id);
          return { result: "taken" };
        },
      },
    });
    expect(await place.platform.staff("zhang").say("在吗")).toBe(true);
    expect(place.platform.callbacks.statuses).toStrictEqual([503, 200]);
    expect(taken).toHaveLength(1);
    await place.close();
  });
});
