/**
 * A WeChat Work of our own: a real HTTP server (and the AI bot's socket) that enforces what the platform documents, shows what
 * customers and members see, and goes wrong when told to.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../../../core/ports.ts";
import { createApp, type Inbox } from "./app.ts";
import { type Callbacks, createCallbacks } from "./callbacks.ts";
import { createContacts } from "./contacts.ts";
import { createKf, type Kf, type Shown } from "./kf.ts";
import { COMPANY, type Company, createFaults, type Faults, type Json, newId, Refusal } from "./platform.ts";
import { type BotSocket, createBotSocket } from "./socket.ts";

export const ACCOUNT = "wkExampleAccount1";
export const BOT = { id: "aib-example", secret: "bot-secret-of-the-emulator" } as const;
const TOKEN_SECONDS = 7_200;

export interface EmulatorOptions {
  readonly port?: number;
  readonly host?: string;
  readonly clock?: Clock;
  readonly company?: Company;
  readonly staff?: readonly string[];
  /** Answer to a repeated `msgid`; the page does not say which. */
  readonly duplicateErrcode?: number;
}

export interface EmulatedCustomer {
  readonly id: string;
  say(text: string): Promise<boolean>;
  /** Taps an item of the newest menu, by its label. */
  press(label: string): Promise<boolean>;
  send(kind: "image" | "voice" | "video" | "file" | "location", more?: Json): Promise<boolean>;
  /** Opens the chat by a link. */
  enter(more?: { readonly scene?: string; readonly scene_param?: string }): Promise<boolean>;
  /** Any item of the log, as it stands in the documents. */
  raw(item: Json, heard?: boolean): Promise<boolean>;
  seen(): readonly Shown[];
}

export interface EmulatedMember {
  say(text: string): Promise<boolean>;
  /** Presses a button of the newest card that has it. */
  /** @param within words of the card; any when left out */
  press(label: string, within?: string): Promise<boolean>;
  send(mediaId: string): Promise<boolean>;
  seen(): Inbox;
  /** In the client of the customer service: takes a session, writes in it, ends it. */
  readonly client: {
    take(customer: string): Promise<boolean>;
    say(customer: string, text: string): Promise<boolean>;
    end(customer: string): Promise<boolean>;
  };
}

export interface WecomEmulator {
  readonly url: string;
  readonly company: Company;
  readonly webhook: string;
  readonly botUrl: string;
  readonly kf: Kf;
  readonly app: ReturnType<typeof createApp>;
  /** Customers whom members have as contacts, and what is prepared for them. */
  readonly contacts: ReturnType<typeof createContacts>;
  readonly bot: BotSocket;
  readonly callbacks: Callbacks;
  readonly faults: Faults;
  /** Names of the calls that came, in order. */
  readonly calls: string[];
  readonly tokensIssued: () => number;
  customer(id: string, account?: string): EmulatedCustomer;
  staff(user: string): EmulatedMember;
  close(): Promise<void>;
}

export async function startWecomEmulator(options: EmulatorOptions = {}): Promise<WecomEmulator> {
  const clock = options.clock ?? { now: () => Date.now() };
  const company = options.company ?? COMPANY;
  const tokens = new Map<string, number>();
  let issued = 0;
  const faults = createFaults(() => tokens.clear());
  const kf = createKf(clock, faults, { duplicateErrcode: options.duplicateErrcode ?? 95_999 });
  const app = createApp(clock, company.agentId);
  const contacts = createContacts(clock);
  const bot = createBotSocket(clock, BOT);
  const callbacks = createCallbacks(company, clock, faults);
  const media = new Map<string, Buffer>();
  const calls: string[] = [];
  kf.addAccount(ACCOUNT, "售后客服");
  for (const user of options.staff ?? ["zhang", "li"]) app.addMember(user);

  function getToken(query: URLSearchParams): Json {
    if (query.get("corpid") !== company.corpId) throw new Refusal(40013, "invalid corpid");
    if (query.get("corpsecret") !== company.secret) throw new Refusal(40001, "invalid credential");
    const token = newId("AT");
    issued += 1;
    tokens.set(token, clock.now() + TOKEN_SECONDS * 1_000);
    return { access_token: token, expires_in: TOKEN_SECONDS };
  }

  function checkToken(query: URLSearchParams): void {
    const token = query.get("access_token");
    if (!token) throw new Refusal(41001, "access_token missing");
    const until = tokens.get(token);
    if (until === undefined) throw new Refusal(40014, "invalid access_token");
    if (clock.now() > until) throw new Refusal(42001, "access_token expired");
    if (faults.state.ip !== null) throw new Refusal(60020, `not allow to access from your ip, from ip: ${faults.state.ip}, more info`);
  }

  function answerCall(name: string, query: URLSearchParams, body: Buffer, type: string): Json {
    if (name === "gettoken") return getToken(query);
    if (name !== "webhook/send") checkToken(query);
    if (name === "media/upload") {
      if (!type.startsWith("multipart/form-data") || body.length < 100) throw new Refusal(40004, "invalid media type");
      const mediaId = newId("MEDIA");
      media.set(mediaId, body);
      return { type: query.get("type"), media_id: mediaId, created_at: "0" };
    }
    const json = body.length > 0 ? (JSON.parse(body.toString("utf8")) as Json) : {};
    const answer = kf.call(name, json, query) ?? app.call(name, json, query) ?? contacts.call(name, json);
    if (answer === null) throw new Refusal(48_002, "api forbidden");
    return answer;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://emulator");
    const name = url.pathname.replace(/^\/cgi-bin\//, "");
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    calls.push(name);
    const told = faults.take(name);
    const fault = told === "none" ? null : told;
    const send = (status: number, body: string): void => void response.writeHead(status, { "content-type": "application/json" }).end(body);
    if (fault === "reset_before") return void request.socket.destroy();
    if (fault === "garbage") return send(200, "<html>proxy</html>");
    if (fault !== null && typeof fault === "object" && "slowMs" in fault) await new Promise((resolve) => setTimeout(resolve, fault.slowMs));
    else if (fault !== null && typeof fault === "object" && "status" in fault) return send(fault.status, "{}");
    else if (fault !== null && typeof fault === "object") return send(200, JSON.stringify({ errmsg: "told to fail", ...fault }));
    if (name === "media/get") {
      const content = media.get(url.searchParams.get("media_id") ?? "");
      if (!content) return send(200, JSON.stringify({ errcode: 40007, errmsg: "invalid media_id" }));
      response.writeHead(200, { "content-type": "image/jpeg", "content-disposition": 'attachment; filename="photo.jpg"' }).end(content);
      return;
    }
    let answer: Json;
    try {
      answer = {
        errcode: 0,
        errmsg: "ok",
        ...answerCall(name, url.searchParams, Buffer.concat(parts), request.headers["content-type"] ?? ""),
      };
    } catch (error) {
      answer = error instanceof Refusal ? { errcode: error.errcode, errmsg: error.message } : { errcode: -1, errmsg: String(error) };
    }
    if (fault === "reset_after") return void request.socket.destroy();
    send(200, JSON.stringify(answer));
  }

  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  server.on("upgrade", (request, socket) => bot.accept(request, socket));
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve));
  const { address, port } = server.address() as AddressInfo;
  const url = `http://${address}:${port}`;

  const xml = (fields: Json): string =>
    `<xml>${Object.entries(fields)
      .map(([name, value]) =>
        typeof value === "number" ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${String(value)}]]></${name}>`,
      )
      .join("")}</xml>`;
  const seconds = (): number => Math.floor(clock.now() / 1_000);
  const wake = (account: string): Promise<boolean> =>
    callbacks.send(
      xml({
        ToUserName: company.corpId,
        CreateTime: seconds(),
        MsgType: "event",
        Event: "kf_msg_or_event",
        Token: kf.newToken(account),
        OpenKfId: account,
      }),
    );
  kf.onGrown = (account) => void wake(account);

  function customer(id: string, account: string = ACCOUNT): EmulatedCustomer {
    const add = (item: Json, heard = true): Promise<boolean> => {
      kf.append(account, { origin: 3, ...item }, { customer: id, heard });
      return wake(account);
    };
    return {
      id,
      say: (text) => add({ msgtype: "text", text: { content: text } }),
      press(label) {
        const menu = kf.session(account, id).seen.findLast((shown) => shown.buttons.some((button) => button.label === label));
        const button = menu?.buttons.find((one) => one.label === label);
        if (!button) throw new Error(`no menu shows ${label}`);
        return add({ msgtype: "text", text: { content: label, menu_id: button.id } });
      },
      send(kind, more = {}) {
        const id = newId("M");
        media.set(id, Buffer.from(`content of ${id}`));
        return add({ msgtype: kind, [kind]: { media_id: id, ...more } });
      },
      enter(more = {}) {
        const session = kf.session(account, id);
        const since = (at: number | null): boolean => at === null || clock.now() - at >= 48 * 3_600_000;
        const welcome = since(session.lastHeard) && since(session.welcomedAt) ? { welcome_code: kf.newCode(account, id, "welcome") } : {};
        const event = { event_type: "enter_session", open_kfid: account, external_userid: id, scene: "", ...more, ...welcome };
        return add({ origin: 4, msgtype: "event", event }, false);
      },
      raw: (item, heard = true) => add(item, heard),
      seen: () => kf.session(account, id).seen,
    };
  }

  function staff(user: string): EmulatedMember {
    const base = (): Json => ({ ToUserName: company.corpId, FromUserName: user, CreateTime: seconds(), AgentID: Number(company.agentId) });
    const session = (who: string): ReturnType<Kf["session"]> => kf.session(ACCOUNT, who);
    const change = (who: string, event: Json): Promise<boolean> => {
      kf.append(
        ACCOUNT,
        { origin: 4, msgtype: "event", event: { event_type: "session_status_change", open_kfid: ACCOUNT, external_userid: who, ...event } },
        {},
      );
      return wake(ACCOUNT);
    };
    return {
      say: (text) => callbacks.send(xml({ ...base(), MsgType: "text", Content: text, MsgId: newId("") })),
      send: (mediaId) => callbacks.send(xml({ ...base(), MsgType: "image", PicUrl: "http://x", MediaId: mediaId, MsgId: newId("") })),
      press(label, within = "") {
        const has = (card: Json): Json | undefined => ((card["button_list"] ?? []) as Json[]).find((button) => button["text"] === label);
        const shown = app.members
          .get(user)!
          .cards.findLast((one) => has(one.card) !== undefined && JSON.stringify(one.card).includes(within));
        if (!shown) throw new Error(`no card of ${user} shows ${label}`);
        const fields = {
          MsgType: "event",
          Event: "template_card_event",
          EventKey: has(shown.card)!["key"],
          TaskId: shown.task,
          CardType: "button_interaction",
          ResponseCode: app.press(shown.task),
        };
        return callbacks.send(xml({ ...base(), ...fields }));
      },
      seen: () => app.members.get(user)!,
      client: {
        take(who) {
          Object.assign(session(who), { state: 3, servicer: user });
          return change(who, { change_type: 1, new_servicer_userid: user, msg_code: kf.newCode(ACCOUNT, who, "taken") });
        },
        say(who, text) {
          kf.append(ACCOUNT, { origin: 5, servicer_userid: user, msgtype: "text", text: { content: text } }, { customer: who });
          return wake(ACCOUNT);
        },
        end(who) {
          Object.assign(session(who), { state: 4, servicer: null });
          return change(who, { change_type: 3, old_servicer_userid: user, msg_code: kf.newCode(ACCOUNT, who, "ended") });
        },
      },
    };
  }

  return {
    url,
    company,
    webhook: `${url}/cgi-bin/webhook/send?key=robot-key`,
    botUrl: url.replace("http", "ws"),
    kf,
    app,
    contacts,
    bot,
    callbacks,
    faults,
    calls,
    tokensIssued: () => issued,
    customer,
    staff,
    async close() {
      bot.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
