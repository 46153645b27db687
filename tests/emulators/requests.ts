/** Calls as the platforms make them, to be sent, changed or counted by hand: what the emulated people do goes by itself. */
import { eventEnvelope } from "./slack/envelope.ts";
import { signSlack } from "./slack/index.ts";
import type { Callbacks } from "./wecom/callbacks.ts";
import { ACCOUNT } from "./wecom/index.ts";
import type { Company } from "./wecom/platform.ts";

export interface PlatformCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The nth update: a customer's words in a private chat. */
export function telegramCall(secret: string, number: number, chat: number, text: string, at: number): PlatformCall {
  const person = { id: chat, first_name: "客户", language_code: "zh-hans" };
  const message = {
    message_id: 1_000_000 + number,
    date: Math.floor(at / 1_000),
    chat: { id: chat, type: "private", first_name: "客户" },
    from: { ...person, is_bot: false },
    text,
  };
  return {
    path: "/channels/telegram",
    headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
    body: Buffer.from(JSON.stringify({ update_id: 900_000_000 + number, message })),
  };
}

/** The nth event: a customer's words in a direct message. */
export function slackCall(signingSecret: string, number: number, user: string, text: string, at: number): PlatformCall {
  const ts = `${Math.floor(at / 1_000)}.${String(500_000 + number).padStart(6, "0")}`;
  const event = { type: "message", user, ts, text, channel: `D${user}`, channel_type: "im", event_ts: ts };
  return signedSlackCall(signingSecret, JSON.stringify(eventEnvelope(event, `EvCall${number}`, at)), at);
}

function signedSlackCall(signingSecret: string, body: string, at: number): PlatformCall {
  const timestamp = String(Math.floor(at / 1_000));
  return {
    path: "/channels/slack",
    headers: {
      "content-type": "application/json",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": signSlack(signingSecret, timestamp, body),
    },
    body: Buffer.from(body),
  };
}

/** A member of staff writes to the app. */
export function wecomStaffCall(
  callbacks: Callbacks,
  company: Company,
  number: number,
  user: string,
  text: string,
  at: number,
): PlatformCall {
  return wecomCall(callbacks, company, {
    FromUserName: user,
    CreateTime: Math.floor(at / 1_000),
    MsgType: "text",
    Content: text,
    MsgId: 7_000_000 + number,
    AgentID: Number(company.agentId),
  });
}

/** Something new stands in the log of the customer service account. */
export function wecomWakeCall(callbacks: Callbacks, company: Company, token: string, at: number): PlatformCall {
  return wecomCall(callbacks, company, {
    CreateTime: Math.floor(at / 1_000),
    MsgType: "event",
    Event: "kf_msg_or_event",
    Token: token,
    OpenKfId: ACCOUNT,
  });
}

function wecomCall(callbacks: Callbacks, company: Company, fields: Readonly<Record<string, string | number>>): PlatformCall {
  const inner = Object.entries({ ToUserName: company.corpId, ...fields }).map(([name, value]) =>
    typeof value === "number" ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
  );
  const sealed = callbacks.seal(`<xml>${inner.join("")}</xml>`);
  const { pathname, search } = new URL(sealed.url);
  return { path: `${pathname}${search}`, headers: { "content-type": "text/xml" }, body: Buffer.from(sealed.body) };
}
