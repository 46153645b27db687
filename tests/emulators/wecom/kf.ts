/**
 * Customer service accounts: logs with cursors, sessions with their states, what may be sent and when. Limits and codes as in
 * documents 94638, 94669, 94670, 94677 and 95122.
 */
import type { Clock } from "../../../core/ports.ts";
import { bytesOf, cutBytes, type FaultState, type Json, newId, Refusal } from "./platform.ts";

const HOUR_MS = 3_600_000;
const WINDOW_MS = 48 * HOUR_MS;
const QUOTA = 5;
const HORIZON_MS = 72 * HOUR_MS;
const TOKEN_MS = 10 * 60_000;

/** What a customer sees. */
export interface Shown {
  readonly msgid: string;
  readonly msgtype: string;
  readonly text: string;
  readonly buttons: readonly { readonly id: string; readonly label: string }[];
  readonly body: Json;
  readonly at: number;
}

interface Session {
  state: 0 | 1 | 2 | 3 | 4;
  servicer: string | null;
  lastHeard: number | null;
  sent: number;
  welcomedAt: number | null;
  readonly seen: Shown[];
}

interface Account {
  readonly id: string;
  readonly name: string;
  readonly log: { readonly at: number; readonly item: Json }[];
  readonly sessions: Map<string, Session>;
  /** Tokens of wake-ups, with their time. */
  readonly tokens: Map<string, number>;
  readonly msgids: Set<string>;
  readonly servicers: Map<string, boolean>;
  managed: boolean;
}

interface Code {
  readonly account: string;
  readonly customer: string;
  readonly for: "welcome" | "pool" | "taken" | "ended";
  readonly until: number;
  readonly state: number;
}

export interface KfOptions {
  /** What a repeated `msgid` is answered with: the page says that it is an error, and not which. */
  readonly duplicateErrcode: number;
}

export interface Kf {
  readonly accounts: Map<string, Account>;
  addAccount(id: string, name: string): void;
  session(account: string, customer: string): Session;
  /** Adds to an account's log; a customer's word opens window and session. */
  append(account: string, item: Json, from: { readonly customer?: string; readonly heard?: boolean }): void;
  cursor(account: string): string;
  newToken(account: string): string;
  newCode(account: string, customer: string, what: Code["for"]): string;
  /** A call of the API. `null` when there is none of that name. */
  call(name: string, body: Json, query: URLSearchParams): Json | null;
  /** Told of every account whose log grew by itself (late failures). */
  onGrown: (account: string) => void;
}

const CODE_MS: Readonly<Record<Code["for"], number>> = { welcome: 20_000, pool: WINDOW_MS, taken: WINDOW_MS, ended: 20_000 };

export function createKf(clock: Clock, faults: FaultState, options: KfOptions): Kf {
  const accounts = new Map<string, Account>();
  const codes = new Map<string, Code>();
  const tokenless = new Map<string, number[]>();

  function accountOf(id: unknown): Account {
    const account = accounts.get(String(id));
    if (!account) throw new Refusal(95000, "invalid open_kfid");
    if (!account.managed) throw new Refusal(95023, "switched to another app");
    return account;
  }

  function sessionIn(account: Account, customer: string): Session {
    const known = account.sessions.get(customer) ?? { state: 4, servicer: null, lastHeard: null, sent: 0, welcomedAt: null, seen: [] };
    account.sessions.set(customer, known);
    return known;
  }

  function show(account: Account, customer: string, msgid: string, body: Json): void {
    const msgtype = String(body["msgtype"]);
    const content = (body[msgtype] ?? {}) as Json;
    const list = (content["list"] ?? []) as { readonly type: string; readonly click?: Json; readonly text?: Json }[];
    const clicks = list.filter((item) => item.type === "click").map((item) => item.click!);
    const text =
      msgtype === "msgmenu"
        ? [
            content["head_content"],
            ...list.filter((item) => item.type === "text").map((item) => item.text!["content"]),
            content["tail_content"],
          ]
            .filter((part) => part !== undefined)
            .join("\n")
        : cutBytes(String(content["content"] ?? ""), 2_048);
    sessionIn(account, customer).seen.push({
      msgid,
      msgtype,
      text,
      buttons: clicks.map((click) => ({ id: String(click["id"]), label: String(click["content"]) })),
      body,
      at: clock.now(),
    });
  }

  function checkBody(body: Json, menuItems: number): void {
    const type = String(body["msgtype"]);
    const content = body[type] as Json | undefined;
    if (content === undefined) throw new Refusal(40058, "invalid Request Parameter");
    if (type === "text" && bytesOf(content["content"]) === 0) throw new Refusal(40058, "text.content missing");
    if (type === "location" && !(Math.abs(Number(content["latitude"])) <= 90)) throw new Refusal(40058, "latitude");
    if (["image", "voice", "video", "file"].includes(type) && !content["media_id"]) throw new Refusal(40007, "invalid media_id");
    if (type !== "msgmenu") return;
    const list = (content["list"] ?? []) as Json[];
    if (bytesOf(content["head_content"]) > 1_024 || bytesOf(content["tail_content"]) > 1_024)
      throw new Refusal(40058, "menu text too long");
    if (list.length > menuItems) throw new Refusal(95008, "menu too long");
    const buttons = list.filter((item) => item["type"] !== "text");
    if (buttons.length > 10) throw new Refusal(95008, "too many buttons");
    for (const item of list) {
      const one = item[String(item["type"])] as Json | undefined;
      if (one === undefined) throw new Refusal(95009, "bad item");
      const size = bytesOf(one["content"]);
      if (size < 1 || size > (item["type"] === "text" ? 256 : 128)) throw new Refusal(95009, "bad content");
      if (item["type"] === "click" && !/^\w{1,128}$/.test(String(one["id"]))) throw new Refusal(95009, "bad id");
    }
  }

  /** @throws Refusal when the key was used before, or has no good form */
  function takeMsgid(account: Account, given: unknown): string {
    const msgid = given === undefined ? newId("m") : String(given);
    if (!/^[\w-]{1,32}$/.test(msgid)) throw new Refusal(40058, "invalid msgid");
    if (account.msgids.has(msgid)) throw new Refusal(options.duplicateErrcode, "msgid repeated");
    account.msgids.add(msgid);
    return msgid;
  }

  function deliver(account: Account, customer: string, msgid: string, body: Json): void {
    const failType = faults.takeLate();
    if (failType === null) {
      show(account, customer, msgid, body);
      return;
    }
    const event = { event_type: "msg_send_fail", open_kfid: account.id, external_userid: customer, fail_msgid: msgid, fail_type: failType };
    kf.append(account.id, { origin: 4, msgtype: "event", event }, {});
    kf.onGrown(account.id);
  }

  function send(body: Json): Json {
    const account = accountOf(body["open_kfid"]);
    const customer = String(body["touser"]);
    if (!account.sessions.has(customer)) throw new Refusal(40096, "invalid external userid");
    const session = sessionIn(account, customer);
    if (session.state >= 2) throw new Refusal(95018, "session status not allowed");
    if (session.lastHeard === null || clock.now() - session.lastHeard >= WINDOW_MS) throw new Refusal(95002, "over 48 hours");
    checkBody(body, 50);
    const msgid = takeMsgid(account, body["msgid"]);
    if (session.sent >= QUOTA) {
      account.msgids.delete(msgid);
      throw new Refusal(95001, "over limit");
    }
    session.sent += 1;
    deliver(account, customer, msgid, body);
    return { msgid };
  }

  function sendOnEvent(body: Json): Json {
    const code = codes.get(String(body["code"]));
    if (!code || clock.now() > code.until) throw new Refusal(40029, "invalid code");
    const account = accountOf(code.account);
    const session = sessionIn(account, code.customer);
    if (code.for !== "welcome" && session.state !== code.state) throw new Refusal(95016, "session status changed");
    const allowed = code.for === "pool" || code.for === "taken" ? ["text"] : ["text", "msgmenu"];
    if (!allowed.includes(String(body["msgtype"]))) throw new Refusal(40008, "invalid message type");
    checkBody(body, 10);
    const msgid = takeMsgid(account, body["msgid"]);
    codes.delete(String(body["code"]));
    if (code.for === "welcome") session.welcomedAt = clock.now();
    deliver(account, code.customer, msgid, body);
    return { msgid };
  }

  function sync(body: Json): Json {
    const account = accountOf(body["open_kfid"]);
    const now = clock.now();
    if (body["token"] !== undefined) {
      const issued = account.tokens.get(String(body["token"]));
      if (issued === undefined || now - issued > TOKEN_MS) throw new Refusal(95007, "invalid msg token");
    } else {
      // The strict limit is not published; sixty a minute is what the tests live within.
      const calls = (tokenless.get(account.id) ?? []).filter((at) => now - at < 60_000);
      if (calls.length >= 60) throw new Refusal(45009, "api freq out of limit");
      tokenless.set(account.id, [...calls, now]);
    }
    const limit = Number(body["limit"] ?? 1_000);
    if (!(limit >= 1 && limit <= 1_000)) throw new Refusal(40058, "limit");
    const cursor = body["cursor"] === undefined ? null : String(body["cursor"]);
    if (cursor !== null && !/^c\d+$/.test(cursor)) throw new Refusal(40058, "cursor");
    const oldest = account.log.findIndex((entry) => now - entry.at <= HORIZON_MS);
    const from = Math.max(cursor === null ? 0 : Number(cursor.slice(1)), oldest < 0 ? account.log.length : oldest);
    if (faults.state.empty > 0) {
      faults.state.empty -= 1;
      return { next_cursor: `c${from}`, has_more: 1, msg_list: [] };
    }
    const page = account.log.slice(from, from + Math.min(limit, faults.state.page));
    const next = from + page.length;
    return { next_cursor: `c${next}`, has_more: next < account.log.length ? 1 : 0, msg_list: page.map((entry) => entry.item) };
  }

  function transfer(body: Json): Json {
    const account = accountOf(body["open_kfid"]);
    const customer = String(body["external_userid"]);
    const session = sessionIn(account, customer);
    const to = Number(body["service_state"]) as Session["state"];
    const allowed: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 3], 1: [2, 3], 2: [3], 3: [3, 4], 4: [] };
    if (!allowed[session.state]!.includes(to)) throw new Refusal(95016, "transition not allowed");
    const servicer = body["servicer_userid"] === undefined ? null : String(body["servicer_userid"]);
    if (to === 3) {
      if (servicer === null || !account.servicers.has(servicer)) throw new Refusal(95014, "not a servicer");
      if (!account.servicers.get(servicer)) throw new Refusal(95019, "servicer stopped");
    }
    const first = session.state !== to;
    session.state = to;
    session.servicer = to === 3 ? servicer : null;
    if (!first) return {};
    return to === 2 || to === 3 || to === 4
      ? { msg_code: kf.newCode(account.id, customer, to === 2 ? "pool" : to === 3 ? "taken" : "ended") }
      : {};
  }

  const kf: Kf = {
    accounts,
    onGrown: () => {},
    addAccount(id, name) {
      accounts.set(id, {
        id,
        name,
        log: [],
        sessions: new Map(),
        tokens: new Map(),
        msgids: new Set(),
        servicers: new Map(),
        managed: true,
      });
    },
    session: (account, customer) => sessionIn(accounts.get(account)!, customer),
    append(id, item, { customer, heard }) {
      const account = accounts.get(id)!;
      const at = clock.now();
      const who = item["msgtype"] === "event" || customer === undefined ? {} : { open_kfid: id, external_userid: customer };
      account.log.push({ at, item: { msgid: newId("from_msgid_"), send_time: Math.floor(at / 1_000), ...who, ...item } });
      if (!heard || customer === undefined) return;
      const session = sessionIn(account, customer);
      session.lastHeard = at;
      session.sent = 0;
      if (session.state === 4) session.state = 0;
    },
    cursor: (id) => `c${accounts.get(id)!.log.length}`,
    newToken(id) {
      const token = newId("ENC");
      accounts.get(id)!.tokens.set(token, clock.now());
      return token;
    },
    newCode(account, customer, what) {
      const code = newId("CODE");
      const { state } = kf.session(account, customer);
      codes.set(code, { account, customer, for: what, until: clock.now() + CODE_MS[what], state });
      return code;
    },
    call(name, body, query) {
      switch (name) {
        case "kf/send_msg":
          return send(body);
        case "kf/send_msg_on_event":
          return sendOnEvent(body);
        case "kf/sync_msg":
          return sync(body);
        case "kf/service_state/get": {
          const session = sessionIn(accountOf(body["open_kfid"]), String(body["external_userid"]));
          return { service_state: session.state, ...(session.servicer === null ? {} : { servicer_userid: session.servicer }) };
        }
        case "kf/service_state/trans":
          return transfer(body);
        case "kf/account/list": {
          const offset = Number(body["offset"] ?? 0);
          const list = [...accounts.values()].slice(offset, offset + Number(body["limit"] ?? 100));
          return { account_list: list.map((one) => ({ open_kfid: one.id, name: one.name, avatar: "", manage_privilege: one.managed })) };
        }
        case "kf/servicer/list": {
          const servicers = accountOf(query.get("open_kfid")).servicers;
          return { servicer_list: [...servicers].map(([userid, onDuty]) => ({ userid, status: onDuty ? 0 : 1 })) };
        }
        case "kf/customer/batchget": {
          const wanted = (body["external_userid_list"] ?? []) as string[];
          if (wanted.length < 1 || wanted.length > 100) throw new Refusal(40058, "1 to 100");
          const active = (id: string): boolean => [...accounts.values()].some((account) => account.sessions.has(id));
          return {
            customer_list: wanted
              .filter(active)
              .map((id) => ({ external_userid: id, nickname: `昵称${id.slice(-2)}`, avatar: "", gender: 1, unionid: `u-${id}` })),
            invalid_external_userid: wanted.filter((id) => !active(id)),
          };
        }
        case "kf/add_contact_way": {
          if (!/^[\w-]{1,32}$/.test(String(body["scene"]))) throw new Refusal(40058, "scene");
          return { url: `https://work.weixin.qq.com/kf/kfc${accountOf(body["open_kfid"]).id}?enc_scene=${String(body["scene"])}` };
        }
        default:
          return null;
      }
    },
  };
  return kf;
}
