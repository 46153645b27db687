import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Parsed, parseUpdate } from "../../../adapters/telegram/parse.ts";
import type { InboundEvent } from "../../../core/spine/events.ts";
import { NOW, STAFF_CHAT } from "./support.ts";

const SAMPLES = JSON.parse(readFileSync(join(import.meta.dirname, "samples/updates.json"), "utf8")) as Readonly<Record<string, unknown>>;
const CONTEXT = { bot: 70_000_001, botName: "anxin_emulated_bot", staffChat: STAFF_CHAT, now: NOW };
const parse = (body: unknown): Parsed => parseUpdate(body, CONTEXT).parsed;
const sample = (name: string): Parsed => {
  expect(SAMPLES).toHaveProperty([name]);
  return parse(SAMPLES[name]);
};

const EVENTS: readonly (readonly [sample: string, id: string, event: InboundEvent])[] = [
  ["text", "1", { kind: "message", text: "空调不制冷" }],
  ["start", "2", { kind: "opened", scene: null, name: "芳 王", language: "zh-hans" }],
  ["start with a scene", "3", { kind: "opened", scene: "qr_door-12", name: "芳 王", language: "zh-hans" }],
  ["command", "4", { kind: "press", value: "intent:book" }],
  ["command with words", "5", { kind: "message", text: "明天下午两点" }],
  ["unknown command", "6", { kind: "message", text: "/repair now" }],
  [
    "photo",
    "8",
    { kind: "media", media: { kind: "photo", ref: "telegram-file:AgACAgUAAxkBAAIm", name: null, mime: "image/jpeg" }, text: "内机漏水" },
  ],
  [
    "voice",
    "10",
    { kind: "media", media: { kind: "voice", ref: "telegram-file:AwACAgUAAxkBAAIv", name: null, mime: "audio/ogg" }, text: null },
  ],
  [
    "video note",
    "11",
    { kind: "media", media: { kind: "video", ref: "telegram-file:DQACAgUAAxkBAAIn", name: null, mime: "video/mp4" }, text: null },
  ],
  [
    "document",
    "12",
    {
      kind: "media",
      media: { kind: "file", ref: "telegram-file:BQACAgUAAxkBAAId", name: "发票.pdf", mime: "application/pdf" },
      text: null,
    },
  ],
  ["location", "13", { kind: "media", media: { kind: "location", ref: "geo:31.23039,121.473702", name: null, mime: null }, text: null }],
  [
    "venue",
    "14",
    { kind: "media", media: { kind: "location", ref: "geo:25.033,121.5654", name: "台北101", mime: null }, text: "台北101，信義路五段7號" },
  ],
  ["own contact", "15", { kind: "contact", phone: "+8613800138000", name: "芳 王", proven: true }],
  ["foreign contact", "16", { kind: "contact", phone: "+886912345678", name: "志明", proven: false }],
  ["contact of nobody on Telegram", "17", { kind: "contact", phone: "02161234567", name: "物业", proven: false }],
  ["sticker", "18", { kind: "message", text: "👍" }],
  ["dice", "19", { kind: "message", text: "🎲" }],
  ["poll", "20", { kind: "message", text: "周末能来吗？" }],
  ["story", "21", { kind: "media", media: { kind: "file", ref: "telegram-message:21", name: "story", mime: null }, text: null }],
  ["edited text", "u812000101", { kind: "edited", message: "telegram:40012345:70000001.1", text: "空调不制热" }],
  ["blocked", "u812000107", { kind: "reach", reachable: false, reason: "blocked" }],
  ["unblocked", "u812000108", { kind: "reach", reachable: true, reason: "started" }],
  ["strange field", "53", { kind: "message", text: "你好" }],
  ["NUL and half a character", "54", { kind: "message", text: "ab\ufffd" }],
];

describe("a customer's update becomes an entry", () => {
  test.each(EVENTS)("%s", (name, id, event) => {
    expect(sample(name)).toMatchObject({
      kind: "entry",
      entry: { id: `telegram:40012345:70000001.${id}`, conversation: "telegram:40012345", receivedAt: NOW, event },
    });
  });

  test("part of an album waits for the others", () => {
    expect(sample("album part")).toMatchObject({ kind: "album", group: "13579", part: { message: 9, text: null } });
  });

  test("the wish to share one's number is for the channel itself", () => {
    expect(sample("phone command")).toMatchObject({ kind: "ask_phone", writer: { chat: 40_012_345 } });
  });

  test("a press tells its data, and whose it is", () => {
    expect(sample("press")).toMatchObject({ kind: "press", chat: 40_012_345, user: 40_012_345, staff: false });
    expect(sample("press on an old message")).toMatchObject({ kind: "press", staff: false });
  });

  test("the topic of a private chat is remembered for the answer", () => {
    expect(sample("topic in a private chat")).toMatchObject({ kind: "entry", writer: { thread: 9 } });
    expect(sample("text")).toMatchObject({ writer: { thread: null } });
  });
});

describe("the staff room", () => {
  test.each([
    ["staff in a topic", { thread: 77, user: 5001, act: { kind: "text", text: "已联系客户，明天上门" } }],
    ["staff command", { thread: 77, act: { kind: "text", text: "/reply 您好，\n明天上午到。" } }],
    ["staff photo", { thread: 77, act: { kind: "media", text: "现场照片" } }],
    ["command in general", { thread: null, act: { kind: "text", text: "/claim C20261123001" } }],
    ["mention in general", { thread: null, act: { kind: "text", text: "/claim C20261123001" } }],
  ])("%s is an act of staff", (name, act) => {
    expect(sample(name)).toMatchObject({ kind: "staff", ...act });
  });

  test("a reaction tells message and emoji", () => {
    expect(sample("reaction")).toMatchObject({ kind: "reaction", message: 39, user: 5001, emoji: "👀" });
  });

  test("an anonymous admin is told apart", () => {
    expect(sample("anonymous admin")).toMatchObject({ kind: "anonymous", thread: 77 });
  });

  test("nothing in it becomes a customer's entry, and no customer's message an act", () => {
    for (const [name, update] of Object.entries(SAMPLES)) {
      const text = JSON.stringify(update);
      const parsed = parse(update);
      if (text.includes(String(STAFF_CHAT))) expect(parsed.kind, name).not.toBe("entry");
      else expect(["staff", "reaction", "anonymous"], name).not.toContain(parsed.kind);
    }
  });

  test("without a staff room its messages are those of any group", () => {
    expect(parseUpdate(SAMPLES["staff in a topic"], { ...CONTEXT, staffChat: null }).parsed).toEqual({ kind: "ignored", reason: "group" });
  });
});

describe("what is not for us says why", () => {
  test.each([
    ["pinned", "service_message"],
    ["moved live location", "edit_without_words"],
    ["press by somebody else", "press_in_group"],
    ["press of an inline message", "press_without_message"],
    ["talk in general", "talk_in_general"],
    ["another bot's command", "another_bots_command"],
    ["topic created", "service_message"],
    ["staff edit", "edit_in_group"],
    ["reaction taken back", "reaction_taken_back"],
    ["anonymous reaction", "reaction_without_name"],
    ["text in a group of others", "group"],
    ["text of a bot", "sender"],
    ["channel post", "kind"],
  ])("%s: %s", (name, reason) => {
    expect(sample(name)).toEqual({ kind: "ignored", reason });
  });

  test("a group that moved, and a group that the bot came into, are told", () => {
    expect(sample("group upgraded")).toEqual({ kind: "migrated", from: -1234, to: -1_002_222_222_222 });
    expect(sample("added to a group")).toEqual({ kind: "group", chat: -1009, title: "新群", forum: true, inside: true });
  });

  test("2,000 broken updates are read without a throw, and none becomes anything", () => {
    const runs = 2_000;
    let read = 0;
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.object({ key: fc.constantFrom("update_id", "message", "callback_query", "chat", "from") })),
        (body) => {
          expect(parseUpdate(body, CONTEXT).parsed.kind).toBe("ignored");
          read += 1;
        },
      ),
      { numRuns: runs, seed: 1 },
    );
    expect(read).toBe(runs);
  });

  test("2,000 real updates with one part exchanged are read without a throw, and never cross between customers and staff", () => {
    const updates = Object.values(SAMPLES);
    fc.assert(
      fc.property(fc.constantFrom(...updates), fc.nat(), fc.jsonValue(), (update, place, value) => {
        const changed = structuredClone(update) as Record<string, unknown>;
        const spots: (() => void)[] = [];
        const walk = (node: Record<string, unknown>): void => {
          for (const key of Object.keys(node)) {
            spots.push(() => {
              node[key] = value;
            });
            if (typeof node[key] === "object" && node[key] !== null) walk(node[key] as Record<string, unknown>);
          }
        };
        walk(changed);
        spots[place % spots.length]!();
        const parsed = parse(changed);
        if (parsed.kind === "entry") expect(parsed.entry.conversation).toMatch(/^telegram:[1-9]\d*$|^telegram:0$/);
      }),
      { numRuns: 2_000, seed: 2 },
    );
  });
});
