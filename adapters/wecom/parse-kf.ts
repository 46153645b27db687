/** The log of a customer service account (`kf/sync_msg`, document 94670), item by item. Pure. */
import { z } from "zod";
import type { InboundEvent, Media } from "../../core/spine/events.ts";
import { cleanText } from "../../core/text.ts";
import { type Instant, SECOND_MS } from "../../core/time.ts";
import { buttonOf, conversationId, entryId } from "./ids.ts";
import { geoRef, MEDIA_KINDS, mediaRef } from "./parse.ts";
import type { KfItem, SessionState } from "./types.ts";

const FROM_CUSTOMER = 3;
const FROM_SERVICER = 5;

/** Ids as seen in all samples; another form would not make a conversation id that can be read back. */
const platformId = z.string().regex(/^[\w-]{1,128}$/);

const itemSchema = z.looseObject({
  msgid: z.string().min(1),
  open_kfid: platformId.optional(),
  external_userid: platformId.optional(),
  send_time: z.number(),
  origin: z.number().optional(),
  servicer_userid: z.string().optional(),
  msgtype: z.string(),
});

const eventSchema = z.looseObject({
  event_type: z.string(),
  open_kfid: platformId.optional(),
  external_userid: platformId.optional(),
});

/** Reasons of `msg_send_fail`. */
const FAIL_TYPES: Readonly<Record<number, string>> = {
  0: "unknown",
  1: "account_deleted",
  2: "app_closed",
  4: "window_closed",
  5: "session_closed",
  6: "quota_spent",
  8: "company_not_verified",
  10: "customer_refuses",
  11: "no_member_logged_in",
  12: "type_forbidden",
  13: "security_limit",
};

/**
 * @param openKfId account whose log it is
 * @returns `null` when an item is not as the page describes it
 */
export function parseKfItem(raw: unknown, openKfId: string, receivedAt: Instant): KfItem | null {
  const read = itemSchema.safeParse(raw);
  if (!read.success) return null;
  const item = read.data;
  if (item.msgtype === "event") return parseKfEvent(item["event"], item.msgid, openKfId, item.send_time * SECOND_MS, receivedAt);
  if (!item.external_userid) return null;
  const conversation = conversationId({ openKfId: item.open_kfid ?? openKfId, customer: item.external_userid });
  const content = contentOf(item.msgtype, item[item.msgtype]);
  if (content === null) return { kind: "ignored", what: `message ${item.msgtype} without content` };
  const sentAt = item.send_time * SECOND_MS;
  if (item.origin === FROM_CUSTOMER)
    return { kind: "customer", entry: { id: entryId(conversation, item.msgid), conversation, receivedAt, event: content }, sentAt };
  if (item.origin === FROM_SERVICER && item.servicer_userid) {
    const media = content.kind === "media" ? content.media : null;
    const text = content.kind === "message" ? content.text : content.kind === "press" ? content.value : (content.text ?? "");
    return { kind: "servicer", id: item.msgid, conversation, servicer: item.servicer_userid, text, media, sentAt };
  }
  return { kind: "ignored", what: `message of origin ${item.origin ?? "none"}` };
}

type Content = Extract<InboundEvent, { kind: "message" | "press" | "media" }>;

const record = z.record(z.string(), z.unknown());

/**
 * What was said or sent. Cards without words of the customer's own are kept as a file with a name, so that the customer is
 * answered and staff see what came; `null` when a message is empty.
 */
function contentOf(type: string, raw: unknown): Content | null {
  const body = record.safeParse(raw).data ?? {};
  const text = (field: string): string => (typeof body[field] === "string" ? cleanText(body[field]) : "");
  const said = (...lines: readonly string[]): Content | null => {
    const words = lines.filter((line) => line !== "").join("\n");
    return words === "" ? null : { kind: "message", text: words };
  };
  const card = (...names: readonly string[]): Content => ({
    kind: "media",
    media: {
      kind: "file",
      ref: `${type}:`,
      name: [CARD_NAMES[type] ?? type, ...names].filter((name) => name !== "").join(" ") || null,
      mime: null,
    },
    text: null,
  });
  switch (type) {
    case "text": {
      const button = text("menu_id") === "" ? null : buttonOf(text("menu_id"));
      return button === null ? said(text("content")) : { kind: "press", value: button };
    }
    case "image":
    case "voice":
    case "video":
    case "file": {
      const mediaId = text("media_id");
      if (mediaId === "") return null;
      const media: Media = { kind: MEDIA_KINDS[type]!, ref: mediaRef(mediaId), name: text("filename") || null, mime: null };
      return { kind: "media", media, text: null };
    }
    case "location": {
      const ref = geoRef(Number(body["latitude"]), Number(body["longitude"]));
      const name = [text("name"), text("address")].filter((part) => part !== "").join(" ") || null;
      return ref === null ? said(name ?? "") : { kind: "media", media: { kind: "location", ref, name, mime: null }, text: null };
    }
    case "link":
      return said(text("title"), text("desc"), text("url"));
    case "channels_shop_order":
      return said([CARD_NAMES[type]!, text("order_id")].join(" "), text("product_titles"), text("price_wording"), text("state"));
    case "channels_shop_product":
      return card(text("title"), text("shop_nickname"));
    case "merged_msg":
      return said(text("title"), ...mergedLines(body["item"]));
    case "msgmenu":
      return said(text("head_content"), text("tail_content")) ?? card();
    case "business_card":
      return card();
    case "miniprogram":
      return card(text("title"));
    case "channels":
      return card(text("nickname"), text("title"));
    default:
      // Meetings, calendars, notes, and whatever comes next.
      return card();
  }
}

/** What such a card is called in front of staff; the customer hears only that a file came. */
const CARD_NAMES: Readonly<Record<string, string>> = {
  business_card: "名片",
  miniprogram: "小程序",
  channels: "视频号",
  channels_shop_product: "视频号商品",
  channels_shop_order: "视频号订单",
  merged_msg: "聊天记录",
  meeting: "会议",
  calendar: "日程",
  note: "笔记",
  msgmenu: "菜单",
};

/** A forwarded chat may hold a hundred messages; a turn reads the first of them. */
const MERGED_LINES = 20;

function mergedLines(raw: unknown): readonly string[] {
  const items = z.array(z.looseObject({ sender_name: z.unknown(), msg_content: z.unknown() })).safeParse(raw).data ?? [];
  return items.slice(0, MERGED_LINES).flatMap((item) => {
    const content = wordsOfJson(item.msg_content);
    const sender = typeof item.sender_name === "string" ? cleanText(item.sender_name) : "";
    return content === "" ? [] : [sender === "" ? content : `${sender}：${content}`];
  });
}

function wordsOfJson(raw: unknown): string {
  if (typeof raw !== "string") return "";
  try {
    const body = z.looseObject({ text: z.looseObject({ content: z.string() }) }).safeParse(JSON.parse(raw));
    return body.success ? cleanText(body.data.text.content) : "";
  } catch {
    return "";
  }
}

function parseKfEvent(raw: unknown, msgid: string, account: string, sentAt: Instant, receivedAt: Instant): KfItem | null {
  const read = eventSchema.safeParse(raw);
  if (!read.success) return null;
  const event = read.data;
  const text = (field: string): string | null => (typeof event[field] === "string" && event[field] !== "" ? event[field] : null);
  const number = (field: string): number => (typeof event[field] === "number" ? event[field] : Number.NaN);
  const openKfId = event.open_kfid ?? account;
  const conversation = event.external_userid ? conversationId({ openKfId, customer: event.external_userid }) : null;
  switch (event.event_type) {
    case "enter_session":
      if (conversation === null) return null;
      return {
        kind: "opened",
        id: entryId(conversation, msgid),
        conversation,
        scene: sceneOf(text("scene_param")) ?? text("scene"),
        welcomeCode: text("welcome_code"),
        sentAt,
      };
    case "msg_send_fail": {
      const failed = text("fail_msgid");
      if (conversation === null || failed === null) return null;
      return { kind: "send_failed", id: msgid, conversation, msgid: failed, why: FAIL_TYPES[number("fail_type")] ?? "unknown" };
    }
    case "session_status_change": {
      if (conversation === null) return null;
      const state: SessionState = number("change_type") === 3 ? 4 : 3;
      const servicer = state === 4 ? text("old_servicer_userid") : text("new_servicer_userid");
      return { kind: "session", id: msgid, conversation, state, servicer, code: text("msg_code"), sentAt };
    }
    case "servicer_status_change": {
      const servicer = text("servicer_userid");
      // Here 1 is on duty; in servicer/list it is 0 (documents 94670, 94645).
      return servicer === null ? null : { kind: "servicer_status", openKfId, servicer, onDuty: number("status") === 1 };
    }
    case "reject_customer_msg_switch_change": {
      if (conversation === null) return null;
      const reachable = number("reject_switch") !== 1;
      const reach: InboundEvent = { kind: "reach", reachable, reason: reachable ? "unblocked_by_servicer" : "blocked_by_servicer" };
      return { kind: "customer", entry: { id: entryId(conversation, msgid), conversation, receivedAt, event: reach }, sentAt };
    }
    default:
      // user_recall_msg and servicer_recall_msg among them: what was said has been heard, and nothing is taken back.
      return { kind: "ignored", what: `event ${event.event_type}` };
  }
}

/** `scene_param` as it was before it was put into the link's address. */
function sceneOf(param: string | null): string | null {
  if (param === null) return null;
  try {
    return cleanText(decodeURIComponent(param)) || null;
  } catch {
    return param;
  }
}
