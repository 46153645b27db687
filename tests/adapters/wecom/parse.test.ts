import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buttonOf, chatOf, conversationId, menuId, sendKey } from "../../../adapters/wecom/ids.ts";
import { parseCallback, parseEnvelope } from "../../../adapters/wecom/parse.ts";
import { parseKfItem } from "../../../adapters/wecom/parse-kf.ts";
import { parseXml } from "../../../adapters/wecom/xml.ts";

const sample = (name: string): { readonly items: never } =>
  JSON.parse(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), "utf8"));
const messages = sample("kf-messages").items as readonly { readonly msgid: string }[];
const events = sample("kf-events").items as readonly { readonly msgid: string }[];
const callbacks = sample("callbacks").items as Readonly<Record<string, string>>;
const SENT = 1_763_863_200_000;
const CONVERSATION = "wecom:wkA:wmA";

describe("messages of an account's log", () => {
  const media = (kind: string, ref: string, name: string | null = null) => ({
    kind: "media",
    media: { kind, ref, name, mime: null },
    text: null,
  });
  const expected: Readonly<Record<string, unknown>> = {
    m1: { kind: "message", text: "hello world" },
    m2: { kind: "press", value: "intent:book" },
    // An item of somebody else's menu is what its label says.
    m3: { kind: "message", text: "满意" },
    m4: media("photo", "wecom:MEDIA1"),
    m5: media("voice", "wecom:MEDIA2"),
    m6: media("video", "wecom:MEDIA3"),
    m7: media("file", "wecom:MEDIA4"),
    m8: media("location", "geo:23.1060219,113.3205032", "媒体港 滨江东路"),
    m9: { kind: "message", text: "标题\n描述\nhttps://example.com/1" },
    m10: media("file", "business_card:", "名片"),
    m11: media("file", "miniprogram:", "小程序 商城"),
    m12: { kind: "message", text: "满意吗\n谢谢" },
    m13: media("file", "channels_shop_product:", "视频号商品 空调 小店"),
    m14: { kind: "message", text: "视频号订单 W26111901\n空调\n¥1999\n已付款" },
    m15: { kind: "message", text: "群聊的聊天记录\n王：空调不冷" },
    m16: media("file", "channels:", "视频号 视频号名称 动态标题"),
    m17: media("file", "meeting:", "会议"),
    m18: media("file", "calendar:", "日程"),
    m19: media("file", "note:", "笔记"),
    m20: media("file", "hologram:", "hologram"),
  };

  test.each(Object.entries(expected))("%s is read", (msgid, event) => {
    const item = parseKfItem(
      messages.find((one) => one.msgid === msgid),
      "wkA",
      7,
    );
    expect(item).toStrictEqual({
      kind: "customer",
      entry: { id: `${CONVERSATION}:${msgid}`, conversation: CONVERSATION, receivedAt: 7, event },
      sentAt: SENT,
    });
  });

  test("what a servicer wrote in the client is no customer's word", () => {
    expect(
      parseKfItem(
        messages.find((one) => one.msgid === "m21"),
        "wkA",
        7,
      ),
    ).toStrictEqual({
      kind: "servicer",
      id: "m21",
      conversation: CONVERSATION,
      servicer: "zhang",
      text: "您好",
      media: null,
      sentAt: SENT,
    });
  });

  test("nothing but blanks is nothing", () => {
    expect(
      parseKfItem(
        messages.find((one) => one.msgid === "m22"),
        "wkA",
        7,
      ),
    ).toMatchObject({ kind: "ignored" });
  });

  test("every sample is tried", () => {
    expect(messages.map((one) => one.msgid).toSorted()).toStrictEqual([...Object.keys(expected), "m21", "m22"].toSorted());
  });
});

describe("events of an account's log", () => {
  const expected: Readonly<Record<string, unknown>> = {
    e1: { kind: "opened", id: `${CONVERSATION}:e1`, conversation: CONVERSATION, scene: "SN 2026/01", welcomeCode: "WELCOME", sentAt: SENT },
    e2: { kind: "opened", id: `${CONVERSATION}:e2`, conversation: CONVERSATION, scene: "label", welcomeCode: null, sentAt: SENT },
    e3: { kind: "send_failed", id: "e3", conversation: CONVERSATION, msgid: "FAILED", why: "window_closed" },
    e4: { kind: "servicer_status", openKfId: "wkA", servicer: "zhang", onDuty: false },
    e5: { kind: "session", id: "e5", conversation: CONVERSATION, state: 3, servicer: "zhang", code: "TAKEN", sentAt: SENT },
    e6: { kind: "session", id: "e6", conversation: CONVERSATION, state: 3, servicer: "li", code: null, sentAt: SENT },
    e7: { kind: "session", id: "e7", conversation: CONVERSATION, state: 4, servicer: "li", code: "ENDED", sentAt: SENT },
    e8: { kind: "session", id: "e8", conversation: CONVERSATION, state: 3, servicer: "li", code: null, sentAt: SENT },
    e9: { kind: "ignored", what: "event user_recall_msg" },
    e10: { kind: "ignored", what: "event servicer_recall_msg" },
    e11: {
      kind: "customer",
      entry: {
        id: `${CONVERSATION}:e11`,
        conversation: CONVERSATION,
        receivedAt: 7,
        event: { kind: "reach", reachable: false, reason: "blocked_by_servicer" },
      },
      sentAt: SENT,
    },
  };

  test.each(events.map((event) => [event.msgid, event] as const))("%s is read", (msgid, event) => {
    expect(parseKfItem(event, "wkA", 7)).toStrictEqual(expected[msgid]);
  });
});

describe("callbacks", () => {
  const expected: Readonly<Record<string, unknown>> = {
    kf: { kind: "kf", token: "ENC1", openKfId: "wkA" },
    accounts: { kind: "accounts", added: ["wkA", "wkB"], removed: ["wkC"] },
    text: { kind: "said", id: "wecom:app:1234567890123456", user: "zhang", text: "reply <b>C20261122001</b> & 您好" },
    image: { kind: "sent", id: "wecom:app:1", user: "zhang", media: { kind: "photo", ref: "wecom:MEDIA1", name: null, mime: null } },
    voice: { kind: "sent", id: "wecom:app:2", user: "zhang", media: { kind: "voice", ref: "wecom:MEDIA2", name: null, mime: null } },
    video: { kind: "sent", id: "wecom:app:3", user: "zhang", media: { kind: "video", ref: "wecom:MEDIA3", name: null, mime: null } },
    location: {
      kind: "sent",
      id: "wecom:app:4",
      user: "zhang",
      media: { kind: "location", ref: "geo:23.134,113.358", name: "门店", mime: null },
    },
    link: { kind: "said", id: "wecom:app:5", user: "zhang", text: "标题\nhttps://example.com" },
    press: {
      kind: "pressed",
      id: "wecom:card:C20261122001@abc:desk:claim:C20261122001:zhang:1348831860:RC",
      user: "zhang",
      task: "C20261122001@abc",
      key: "desk:claim:C20261122001",
      responseCode: "RC",
    },
    alarm: { kind: "alarm", event: "inactive_alert" },
    entered: { kind: "ignored", what: "event enter_agent" },
  };

  test.each(Object.entries(callbacks))("%s is read", (name, xml) => {
    expect(parseCallback(xml)).toStrictEqual(expected[name]);
  });

  test.each([
    "",
    "text",
    "<xml>",
    "<xml></yml>",
    "<a/><b/>",
    "<xml>&unknown;</xml>",
    "<xml>&#xD800;</xml>",
    "<!DOCTYPE x><xml/>",
    `${"<a>".repeat(20)}${"</a>".repeat(20)}`,
    "<xml><![CDATA[never closed</xml>",
    "<xml a='<'/>",
    "trailing <xml/>",
  ])("%j is no XML of ours", (source) => {
    expect(parseXml(source)).toBeNull();
    expect(parseEnvelope(source)).toBeNull();
    expect(parseCallback(source)).toBeNull();
  });

  test("entities and CDATA come out as text", () => {
    expect(
      parseXml('\ufeff<?xml version="1.0"?><xml a="1"><!-- no --><a>&lt;&amp;&#20320;&#x597D;</a><b><![CDATA[<&]]>]]&gt;</b></xml>'),
    ).toStrictEqual({
      name: "xml",
      text: "",
      children: [
        { name: "a", text: "<&你好", children: [] },
        { name: "b", text: "<&]]>", children: [] },
      ],
    });
  });

  test("of 1,000 texts of chance none makes the reader throw", () => {
    const piece = fc.constantFrom(
      "<xml>",
      "</xml>",
      "<a>",
      "</a>",
      "<![CDATA[",
      "]]>",
      "&amp;",
      "&",
      "<",
      ">",
      "x",
      "<?",
      "?>",
      "<!--",
      "-->",
      "/>",
      "你",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 80 }),
          fc.array(piece, { maxLength: 30 }).map((parts) => parts.join("")),
        ),
        (source) => {
          parseEnvelope(source);
          parseCallback(source);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("of 1,000 items of chance none makes the reader throw", () => {
    const item = fc.record(
      {
        msgid: fc.oneof(fc.string(), fc.integer()),
        external_userid: fc.constantFrom("wmA", "", "a:b", 5),
        send_time: fc.oneof(fc.integer(), fc.string()),
        origin: fc.constantFrom(3, 4, 5, 9),
        msgtype: fc.constantFrom("text", "image", "location", "merged_msg", "event", "link", "msgmenu", "constructor", "__proto__", "x"),
        text: fc.anything(),
        location: fc.anything(),
        merged_msg: fc.anything(),
        event: fc.oneof(
          fc.anything(),
          fc.record({
            event_type: fc.constantFrom("enter_session", "msg_send_fail", "session_status_change"),
            external_userid: fc.constant("wmA"),
            scene_param: fc.string(),
          }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(item, fc.anything()), (raw) => {
        parseKfItem(raw, "wkA", 7);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("ids", () => {
  test("a conversation is read back as it was built, and another channel's is none", () => {
    expect(chatOf(conversationId({ openKfId: "wkA", customer: "wmB" }))).toStrictEqual({ openKfId: "wkA", customer: "wmB" });
    for (const foreign of ["web:a", "wecom:", "wecom:wkA", "wecom:wkA:", "wecom:a:b:c", ""]) expect(chatOf(foreign)).toBeNull();
  });

  test("any button's id of 48 bytes comes back from a menu, in the letters a menu allows", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((id) => Buffer.byteLength(id) <= 48 && id.isWellFormed()),
        (id) => {
          expect(menuId(id)).toMatch(/^\w{1,128}$/);
          expect(buttonOf(menuId(id))).toBe(id);
        },
      ),
    );
    for (const foreign of ["101", "b_", "b_zz", "b_6", "c_61", `b_${"61".repeat(70)}`]) expect(buttonOf(foreign)).toBeNull();
  });

  test("a key of a sent message fits the platform's form and differs by message and part", () => {
    const keys = [
      sendKey("wecom:a:b", "1/1", 0),
      sendKey("wecom:a:b", "1/1", 1),
      sendKey("wecom:a:b", "1/2", 0),
      sendKey("wecom:a:c", "1/1", 0),
    ];
    for (const key of keys) expect(key).toMatch(/^[\w-]{1,32}$/);
    expect(new Set(keys).size).toBe(4);
    expect(sendKey("wecom:a:b", "1/1", 0)).toBe(keys[0]);
  });
});
