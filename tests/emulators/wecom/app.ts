/** The self-built app: messages and cards to members, the group robot. Limits as in documents 90236, 94888 and 99110. */
import type { Clock } from "../../../core/ports.ts";
import { bytesOf, cutBytes, type Json, newId, Refusal } from "./platform.ts";

const MEMBER_A_MINUTE = 30;
const CODE_MS = 72 * 3_600_000;

/** A card as members have it before them. */
export interface ShownCard {
  readonly task: string;
  card: Json;
  /** Changed so many times. */
  changes: number;
}

export interface Inbox {
  readonly texts: string[];
  readonly cards: ShownCard[];
  readonly media: { readonly msgtype: string; readonly mediaId: string }[];
}

export interface App {
  readonly members: Map<string, Inbox>;
  /** What stands in the group of the robot. */
  readonly group: { readonly text: string; readonly mentioned: readonly string[] }[];
  /** Messages that were dropped without a word. */
  readonly dropped: { count: number };
  addMember(user: string): void;
  /** A press: the code with which the card may be changed. */
  press(task: string): string;
  call(name: string, body: Json, query: URLSearchParams): Json | null;
}

export function createApp(clock: Clock, agentId: string): App {
  const members = new Map<string, Inbox>();
  const cards = new Map<string, ShownCard>();
  const codes = new Map<string, { readonly task: string; readonly until: number }>();
  const requests = new Map<string, { readonly at: number; readonly answer: Json }>();
  const times = new Map<string, number[]>();
  const group: App["group"] = [];
  const groupTimes: number[] = [];
  const dropped = { count: 0 };

  function newCode(task: string): string {
    const code = newId("RC");
    codes.set(code, { task, until: clock.now() + CODE_MS });
    return code;
  }

  function mayGet(user: string): boolean {
    const now = clock.now();
    const recent = (times.get(user) ?? []).filter((at) => now - at < 60_000);
    const may = recent.length < MEMBER_A_MINUTE;
    if (!may) dropped.count += 1;
    times.set(user, may ? [...recent, now] : recent);
    return may;
  }

  function checkCard(card: Json): void {
    const type = String(card["card_type"]);
    if (!["text_notice", "news_notice", "button_interaction"].includes(type)) throw new Refusal(40058, "card_type");
    if (!card["main_title"]) throw new Refusal(40058, "main_title");
    const lines = (card["horizontal_content_list"] ?? []) as Json[];
    if (lines.length > 6 || lines.some((line) => !line["keyname"])) throw new Refusal(40058, "horizontal_content_list");
    if (type === "text_notice" && !card["card_action"]) throw new Refusal(40058, "card_action missing");
    if (type !== "button_interaction") return;
    if (!/^[\w@-]{1,128}$/.test(String(card["task_id"]))) throw new Refusal(40058, "task_id");
    const buttons = (card["button_list"] ?? []) as Json[];
    if (buttons.length < 1 || buttons.length > 6) throw new Refusal(40058, "button_list");
    for (const button of buttons)
      if (!button["text"] || bytesOf(button["key"]) > 1_024 || !button["key"]) throw new Refusal(40058, "button");
  }

  function send(body: Json): Json {
    if (String(body["agentid"]) !== agentId) throw new Refusal(40056, "invalid agentid");
    const users = String(body["touser"] ?? "")
      .split("|")
      .filter(Boolean);
    const known = users.filter((user) => members.has(user));
    if (known.length === 0) throw new Refusal(81013, "user is not in the visible range");
    const fingerprint = JSON.stringify(body);
    const before = requests.get(fingerprint);
    if (
      body["enable_duplicate_check"] === 1 &&
      before &&
      clock.now() - before.at <= Number(body["duplicate_check_interval"] ?? 1_800) * 1_000
    )
      return before.answer;
    const type = String(body["msgtype"]);
    const content = (body[type] ?? {}) as Json;
    const answer: Json = { invaliduser: users.filter((user) => !members.has(user)).join("|"), msgid: newId("app") };
    let shown: ShownCard | null = null;
    if (type === "template_card") {
      checkCard(content);
      const task = String(content["task_id"]);
      if (cards.has(task)) throw new Refusal(40058, "task_id repeated");
      shown = { task, card: content, changes: 0 };
      cards.set(task, shown);
      answer["response_code"] = newCode(task);
    } else if (type === "text" && bytesOf(content["content"]) === 0) throw new Refusal(40058, "content");
    for (const user of known) {
      if (!mayGet(user)) continue;
      const inbox = members.get(user)!;
      if (shown) inbox.cards.push(shown);
      else if (type === "text") inbox.texts.push(cutBytes(String(content["content"]), 2_048));
      else inbox.media.push({ msgtype: type, mediaId: String(content["media_id"]) });
    }
    requests.set(fingerprint, { at: clock.now(), answer });
    return answer;
  }

  function update(body: Json): Json {
    const code = codes.get(String(body["response_code"]));
    if (!code || clock.now() > code.until) throw new Refusal(40058, "invalid response_code");
    const card = body["template_card"] as Json;
    checkCard(card);
    codes.delete(String(body["response_code"]));
    const shown = cards.get(code.task)!;
    shown.card = card;
    shown.changes += 1;
    return { invaliduser: "" };
  }

  function robot(body: Json, query: URLSearchParams): Json {
    if (query.get("key") !== "robot-key") throw new Refusal(93000, "invalid webhook url");
    const now = clock.now();
    if (groupTimes.filter((at) => now - at < 60_000).length >= 20) throw new Refusal(45009, "api freq out of limit");
    groupTimes.push(now);
    const content = body["text"] as Json;
    group.push({ text: cutBytes(String(content["content"]), 2_048), mentioned: (content["mentioned_list"] ?? []) as string[] });
    return {};
  }

  return {
    members,
    group,
    dropped,
    addMember: (user) => void members.set(user, { texts: [], cards: [], media: [] }),
    press: newCode,
    call(name, body, query) {
      switch (name) {
        case "message/send":
          return send(body);
        case "message/update_template_card":
          return update(body);
        case "webhook/send":
          return robot(body, query);
        case "agent/get":
          if (query.get("agentid") !== agentId) throw new Refusal(301002, "not this app's token");
          return { agentid: Number(agentId), close: 0, allow_userinfos: { user: [...members.keys()].map((userid) => ({ userid })) } };
        default:
          return null;
      }
    },
  };
}
