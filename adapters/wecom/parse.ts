/** From the platform's payloads to ours: decrypted callbacks. Pure. The log of customer service accounts is read in parse-kf.ts. */
import type { Media } from "../../core/spine/events.ts";
import { cleanText } from "../../core/text.ts";
import { CHANNEL } from "./ids.ts";
import type { Callback } from "./types.ts";
import { childText, parseXml, type XmlNode } from "./xml.ts";

/** Events by which WeChat Work warns the operator (document 90240): access to customers is or will be restricted. */
const ALARMS = ["inactive_alert", "close_inactive_agent", "low_active_alert", "low_active"];

/** The cipher text of a callback's body; `null` when the body is no callback. */
export function parseEnvelope(
  body: string,
): { readonly encrypt: string; readonly toUser: string | null; readonly agent: string | null } | null {
  const root = parseXml(body);
  const encrypt = root === null ? null : childText(root, "Encrypt");
  if (root === null || encrypt === null || encrypt === "") return null;
  return { encrypt, toUser: childText(root, "ToUserName"), agent: childText(root, "AgentID") };
}

/** @returns `null` when a decrypted callback is not as the pages describe it */
export function parseCallback(xml: string): Callback | null {
  const root = parseXml(xml);
  if (root === null) return null;
  const type = childText(root, "MsgType");
  if (type === null) return null;
  return type === "event" ? parseEvent(root) : parseMessage(root, type);
}

function parseEvent(root: XmlNode): Callback | null {
  const event = childText(root, "Event");
  if (event === null) return null;
  switch (event) {
    case "kf_msg_or_event": {
      const openKfId = childText(root, "OpenKfId");
      return openKfId ? { kind: "kf", token: childText(root, "Token") || null, openKfId } : null;
    }
    case "kf_account_auth_change":
      return { kind: "accounts", added: allTexts(root, "AuthAddOpenKfId"), removed: allTexts(root, "AuthDelOpenKfId") };
    case "template_card_event": {
      const user = childText(root, "FromUserName");
      const task = childText(root, "TaskId");
      const key = childText(root, "EventKey");
      if (!user || !task || !key) return null;
      const responseCode = childText(root, "ResponseCode") || null;
      // The page's hint, sender and second, is too coarse: two buttons pressed within one second are two acts. The response
      // code is new with each press, and the same when the platform repeats the callback.
      const id = [CHANNEL, "card", task, key, user, childText(root, "CreateTime") ?? "", responseCode ?? ""].join(":");
      return { kind: "pressed", id, user, task, key, responseCode };
    }
    default:
      return ALARMS.includes(event) ? { kind: "alarm", event } : { kind: "ignored", what: `event ${event}` };
  }
}

function parseMessage(root: XmlNode, type: string): Callback | null {
  const user = childText(root, "FromUserName");
  const msgid = childText(root, "MsgId");
  if (!user || !msgid) return null;
  const id = `${CHANNEL}:app:${msgid}`;
  if (type === "text") {
    const text = cleanText(childText(root, "Content") ?? "");
    return text === "" ? { kind: "ignored", what: "empty text" } : { kind: "said", id, user, text };
  }
  if (type === "link") {
    const text = cleanText([childText(root, "Title"), childText(root, "Url")].filter(Boolean).join("\n"));
    return text === "" ? { kind: "ignored", what: "empty link" } : { kind: "said", id, user, text };
  }
  const media = parseAppMedia(root, type);
  return media === null ? { kind: "ignored", what: `message ${type}` } : { kind: "sent", id, user, media };
}

/** Kinds of documents 90239 and 94670 in our words. */
export const MEDIA_KINDS: Readonly<Record<string, Media["kind"]>> = { image: "photo", voice: "voice", video: "video", file: "file" };

/** Behind the channel's name, so that it is known whose id it is: `wecom:<media_id>`. */
export function mediaRef(mediaId: string): string {
  return `${CHANNEL}:${mediaId}`;
}

function parseAppMedia(root: XmlNode, type: string): Media | null {
  if (type === "location") {
    const ref = geoRef(Number(childText(root, "Location_X")), Number(childText(root, "Location_Y")));
    return ref === null ? null : { kind: "location", ref, name: cleanText(childText(root, "Label") ?? "") || null, mime: null };
  }
  const kind = MEDIA_KINDS[type];
  const mediaId = childText(root, "MediaId");
  return kind && mediaId ? { kind, ref: mediaRef(mediaId), name: null, mime: null } : null;
}

/** `geo:` address of a place; `null` when the figures are none on this globe. */
export function geoRef(latitude: number, longitude: number): string | null {
  const good = Number.isFinite(latitude) && Number.isFinite(longitude) && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  // Seven decimals are a centimetre.
  return good ? `geo:${Number(latitude.toFixed(7))},${Number(longitude.toFixed(7))}` : null;
}

function allTexts(node: XmlNode, name: string): readonly string[] {
  return node.children.flatMap((child) => [...(child.name === name && child.text !== "" ? [child.text] : []), ...allTexts(child, name)]);
}
