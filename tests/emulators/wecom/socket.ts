/**
 * The AI bot's long connection: one live connection a bot, a new one throws the old one out; pushes only into conversations that
 * spoke to the bot, 30 a minute. Just enough of RFC 6455 for text frames.
 */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "../../../core/ports.ts";
import { type Json, newId } from "./platform.ts";

export interface BotSocket {
  /** What stands in a conversation, in order. */
  readonly chats: Map<string, { readonly msgtype: string; readonly text: string; card: Json | null }[]>;
  readonly subscriptions: { count: number };
  isConnected(): boolean;
  accept(request: IncomingMessage, socket: Duplex): void;
  /** A member says something in a group or alone; the bot hears of it only when it is called. */
  say(user: string, text: string, more?: { readonly chat?: string; readonly quote?: string }): void;
  press(user: string, chat: string, key: string, label: string): void;
  /** Somebody else connects with the same bot. */
  throwOut(): void;
  forgetChat(chat: string): void;
  /** Cuts the line without a word. */
  cut(): void;
  close(): void;
}

export function createBotSocket(clock: Clock, bot: { readonly id: string; readonly secret: string }): BotSocket {
  let live: Duplex | null = null;
  const all = new Set<Duplex>();
  const chats: BotSocket["chats"] = new Map();
  const times: { readonly chat: string; readonly at: number }[] = [];
  const subscriptions = { count: 0 };
  const asked = new Map<string, Json>();

  const push = (frame: Json): void => {
    if (live) write(live, JSON.stringify(frame));
  };
  const answer = (socket: Duplex, frame: Json, errcode: number): void =>
    write(socket, JSON.stringify({ headers: frame["headers"], errcode, errmsg: errcode === 0 ? "ok" : "refused" }));

  function throwOut(): void {
    const old = live;
    if (!old) return;
    push({
      cmd: "aibot_event_callback",
      headers: { req_id: newId("r") },
      body: { msgid: newId("e"), msgtype: "event", from: { userid: "sys" }, event: { eventtype: "disconnected_event" } },
    });
    live = null;
    old.end();
  }

  function take(socket: Duplex, frame: Json): void {
    const body = (frame["body"] ?? {}) as Json;
    switch (frame["cmd"]) {
      case "aibot_subscribe":
        if (body["bot_id"] !== bot.id || body["secret"] !== bot.secret) {
          answer(socket, frame, 40001);
          return;
        }
        if (live && live !== socket) throwOut();
        live = socket;
        subscriptions.count += 1;
        answer(socket, frame, 0);
        return;
      case "ping":
        answer(socket, frame, 0);
        return;
      case "aibot_send_msg": {
        const chat = chats.get(String(body["chatid"]));
        if (!chat) {
          answer(socket, frame, 93006);
          return;
        }
        const now = clock.now();
        if (times.filter((one) => one.chat === body["chatid"] && now - one.at < 60_000).length >= 30) {
          answer(socket, frame, 45009);
          return;
        }
        times.push({ chat: String(body["chatid"]), at: now });
        const type = String(body["msgtype"]);
        if (type === "text") {
          answer(socket, frame, 40008);
          return;
        }
        const content = body[type] as Json;
        chat.push({ msgtype: type, text: String(content["content"] ?? ""), card: type === "template_card" ? content : null });
        answer(socket, frame, 0);
        return;
      }
      case "aibot_respond_update_msg": {
        const pressed = asked.get(String((frame["headers"] as Json)["req_id"]));
        const card = body["template_card"] as Json;
        if (!pressed || card["task_id"] !== pressed["task_id"] || clock.now() - Number(pressed["at"]) > 5_000) {
          answer(socket, frame, 846605);
          return;
        }
        for (const chat of chats.values()) for (const one of chat) if (one.card?.["task_id"] === card["task_id"]) one.card = card;
        answer(socket, frame, 0);
        return;
      }
      default:
        answer(socket, frame, 40058);
    }
  }

  return {
    chats,
    subscriptions,
    isConnected: () => live !== null,
    accept(request, socket) {
      const key = createHash("sha1").update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`);
      all.add(socket);
      let rest: Buffer = Buffer.alloc(0);
      socket.on("data", (data: Buffer) => {
        rest = Buffer.concat([rest, data]);
        for (let read = readFrame(rest); read !== null; read = readFrame(rest)) {
          rest = rest.subarray(read.size);
          if (read.opcode === 1) take(socket, JSON.parse(read.text) as Json);
          else if (read.opcode === 8) socket.end();
        }
      });
      socket.on("error", () => {});
      // An upgraded socket may stay half open: who hangs up without a goodbye is gone all the same.
      socket.on("end", () => socket.end());
      socket.on("close", () => {
        all.delete(socket);
        if (live === socket) live = null;
      });
    },
    say(user, text, { chat, quote } = {}) {
      const id = chat ?? user;
      if (!chats.has(id)) chats.set(id, []);
      const body = {
        msgid: newId("b"),
        aibotid: bot.id,
        ...(chat ? { chatid: chat, chattype: "group" } : { chattype: "single" }),
        from: { userid: user },
        msgtype: "text",
        text: { content: chat ? `@Anxin ${text}` : text },
        ...(quote ? { quote: { msgtype: "text", text: { content: quote } } } : {}),
      };
      push({ cmd: "aibot_msg_callback", headers: { req_id: newId("r") }, body });
    },
    press(user, chat, key, label) {
      const card = chats.get(chat)?.findLast((one) => one.card !== null)?.card;
      const button = ((card?.["button_list"] ?? []) as Json[]).find((one) => one["text"] === label || one["key"] === key);
      if (!card || !button) throw new Error(`no button ${label} on the last card of ${chat}`);
      const headers = { req_id: newId("r") };
      asked.set(headers.req_id, { task_id: card["task_id"], at: clock.now() });
      const event = {
        eventtype: "template_card_event",
        template_card_event: { card_type: card["card_type"], event_key: button["key"], task_id: card["task_id"] },
      };
      push({
        cmd: "aibot_event_callback",
        headers,
        body: { msgid: newId("e"), aibotid: bot.id, chatid: chat, chattype: "group", from: { userid: user }, msgtype: "event", event },
      });
    },
    throwOut,
    forgetChat: (chat) => void chats.delete(chat),
    cut: () => void live?.destroy(),
    close() {
      for (const socket of all) socket.destroy();
    },
  };
}

function write(socket: Duplex, text: string): void {
  const payload = Buffer.from(text, "utf8");
  const head =
    payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  if (!socket.destroyed) socket.write(Buffer.concat([head, payload]));
}

/** A whole masked frame at the beginning of `data`, or `null`. */
function readFrame(data: Buffer): { readonly opcode: number; readonly text: string; readonly size: number } | null {
  if (data.length < 6) return null;
  const short = data[1]! & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (data.length < 2 + extra + 4) return null;
  const length = extra === 2 ? data.readUInt16BE(2) : extra === 8 ? Number(data.readBigUInt64BE(2)) : short;
  const size = 2 + extra + 4 + length;
  if (data.length < size) return null;
  const mask = data.subarray(2 + extra, 6 + extra);
  const payload = Buffer.from(data.subarray(6 + extra, size)).map((byte, index) => byte ^ mask[index % 4]!);
  return { opcode: data[0]! & 0x0f, text: Buffer.from(payload).toString("utf8"), size };
}
