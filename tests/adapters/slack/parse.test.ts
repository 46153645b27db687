import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSubmission } from "../../../adapters/slack/modals.ts";
import { parseEvent } from "../../../adapters/slack/parse.ts";
import { parseAction, parseCommand, parseShortcut } from "../../../adapters/slack/parse-interaction.ts";
import { NOW } from "./support.ts";

const CONTEXT = { receivedAt: NOW, staffChannel: "C0STAFF" };
const sample = (name: string): unknown => JSON.parse(readFileSync(new URL(`samples/${name}.json`, import.meta.url), "utf8"));
const event = (name: string) => parseEvent(sample(name), CONTEXT);
const action = (name: string) => parseAction(sample(name), CONTEXT);

const DIRECT = "slack:D024BE91L";
const SHARED = "slack:C0EXTERNAL/U9FOREIGN1";

describe("a recorded event", () => {
  test("of a direct message is the customer's words", () => {
    expect(event("message-im")).toEqual({
      kind: "customer",
      conversation: DIRECT,
      thread: null,
      onlyIfCurrent: false,
      entries: [
        {
          id: `${DIRECT}:1763863200.000100`,
          conversation: DIRECT,
          receivedAt: NOW,
          event: { kind: "message", text: "空调不制冷 & 有异响" },
        },
      ],
    });
  });

  test("in a thread of a direct message belongs to the same conversation", () => {
    expect(event("message-im-thread")).toMatchObject({ conversation: DIRECT, thread: null });
  });

  test("with files is one event that names all of them", () => {
    expect(event("message-files")).toMatchObject({
      entries: [
        {
          event: {
            kind: "media",
            text: "看图",
            media: { kind: "photo", ref: "slack:F0S43P1CZ", name: "unit.jpg", mime: "image/jpeg" },
            more: [{ kind: "voice", ref: "slack:F0S43P1CY", name: "audio_message.m4a", mime: "audio/mp4" }],
          },
        },
      ],
    });
  });

  test("with a file of another organisation keeps its id, which is all that Slack tells", () => {
    expect(event("message-file-stub")).toMatchObject({
      conversation: "slack:C0EXTERNAL/U9FOREIGN1",
      entries: [{ event: { kind: "media", text: "合同", media: { kind: "file", ref: "slack:F0FOREIGN", name: null, mime: null } } }],
    });
  });

  test("of an edit names the message that was changed", () => {
    expect(event("message-edited")).toMatchObject({
      entries: [
        {
          id: `${DIRECT}:1763863200.000100:edit:1763863300.000000`,
          event: { kind: "edited", message: `${DIRECT}:1763863200.000100`, text: "改到周三" },
        },
      ],
    });
  });

  test("of a mention and its twin are one entry, answered in the thread it begins", () => {
    const [mention, twin] = [event("mention"), event("mention-twin")];
    expect(twin).toEqual(mention);
    expect(mention).toMatchObject({
      conversation: SHARED,
      thread: "1763863305.000600",
      onlyIfCurrent: false,
      entries: [{ id: `${SHARED}:1763863305.000600`, event: { kind: "message", text: "我们的灯坏了" } }],
    });
  });

  test("of talk in a channel counts only in the thread in which that person talks with us", () => {
    expect(event("channel-talk")).toMatchObject({ kind: "customer", onlyIfCurrent: true, thread: "1763863306.000600" });
  });

  test("of the app being opened names the person and the tab", () => {
    expect(event("home-opened")).toEqual({ kind: "opened", channel: "D024BE91L", user: "U2147483697", tab: "home" });
  });

  test("in the staff room is an act of staff and never a customer's words", () => {
    expect(event("staff-thread")).toEqual({
      kind: "staff",
      acts: [
        {
          id: "slack:C0STAFF:1763863308.000700",
          channel: "slack",
          actor: "U0CHEN",
          case: null,
          thread: "1763863100.000100",
          act: { kind: "text", text: "客户很急" },
          receivedAt: NOW,
        },
      ],
      reply: { channel: "C0STAFF", user: "U0CHEN", thread: "1763863100.000100" },
    });
    expect(event("staff-command")).toMatchObject({ acts: [{ act: { kind: "text", text: "/reply 马上安排" } }] });
  });

  test("that the token was taken away is told apart", () => {
    expect(event("tokens-revoked")).toEqual({ kind: "revoked", what: "tokens_revoked" });
  });

  test.each([
    ["message-unfurled", "not_edited"],
    ["message-deleted", "subtype message_deleted"],
    ["message-own", "bot"],
    ["message-joined", "subtype channel_join"],
    ["staff-talk", "staff_talk"],
  ])("%s is none of ours", (name, why) => {
    expect(event(name)).toEqual({ kind: "ignored", why });
  });

  test("without a staff room every channel is a customer's", () => {
    expect(parseEvent(sample("staff-command"), { ...CONTEXT, staffChannel: null })).toMatchObject({
      kind: "customer",
      conversation: "slack:C0STAFF/U0CHEN",
    });
  });

  test("gives the same however often it is read, and every sample gives something", () => {
    for (const file of readdirSync(new URL("samples", import.meta.url))) {
      const body = sample(file.replace(/\.json$/, ""));
      const read = (body as { type: string }).type === "event_callback" ? parseEvent : parseAction;
      expect(read(body, CONTEXT)).toEqual(read(structuredClone(body), CONTEXT));
    }
  });
});

describe("a press", () => {
  test("in a direct message gives back what stands behind the button", () => {
    expect(action("press")).toMatchObject({
      kind: "customer",
      entries: [{ id: `${DIRECT}:1763863400.000800:press:1763863410.123456`, event: { kind: "press", value: "slot:1" } }],
    });
    expect(action("choose")).toMatchObject({ entries: [{ event: { kind: "press", value: "choice:3" } }] });
  });

  test("on another's button counts for nobody", () => {
    expect(action("press-by-another")).toEqual({
      kind: "not_yours",
      reply: { channel: "C0EXTERNAL", user: "U2147483697", thread: "1763863305.000600" },
    });
  });

  test("on a case's card is an act of staff on that case", () => {
    expect(action("press-staff")).toMatchObject({
      kind: "staff",
      acts: [
        {
          case: "C20261123001",
          thread: "1763863100.000100",
          actor: "U0CHEN",
          act: { kind: "press", button: "desk:claim:C20261123001" },
        },
      ],
    });
  });

  test("on a customer's button that was copied into the staff room does nothing", () => {
    const copied = { ...(sample("press") as object), channel: { id: "C0STAFF" } };
    expect(parseAction(copied, CONTEXT)).toEqual({ kind: "ignored", why: "unknown_button" });
  });

  test("on a card's button outside the staff room does nothing", () => {
    const elsewhere = { ...(sample("press-staff") as object), channel: { id: "C0OTHER" } };
    expect(parseAction(elsewhere, CONTEXT)).toEqual({ kind: "ignored", why: "unknown_button" });
  });

  test.each(["reply", "note", "resolve", "transfer", "compensate"])("on the card's button for %s asks for a form", (verb) => {
    const body = sample("press-staff") as { actions: { value: string }[] };
    body.actions[0]!.value = `desk:${verb}:C20261123001`;
    expect(parseAction(body, CONTEXT)).toMatchObject({ kind: "modal", modal: verb, case: "C20261123001", thread: "1763863100.000100" });
  });
});

describe("anything at all", () => {
  test("is read without a fault, and never becomes an entry of another channel: 5,000 bodies", () => {
    const key = fc.constantFrom(
      "type",
      "event",
      "user",
      "id",
      "channel",
      "ts",
      "text",
      "actions",
      "container",
      "view",
      "message",
      "files",
      "value",
      "x",
    );
    const leaf = fc.constantFrom<unknown>(
      null,
      1,
      "",
      "message",
      "app_mention",
      "block_actions",
      "D0X",
      "C0STAFF",
      "U0X",
      "1.1",
      "file_share",
      [],
      {},
    );
    const body = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.array(tie("node"), { maxLength: 2 }),
        fc.dictionary(key, tie("node"), { maxKeys: 6 }),
      ),
    })).node;
    let read = 0;
    fc.assert(
      fc.property(body, (given) => {
        for (const parse of [parseEvent, parseAction, parseShortcut, parseCommand]) {
          const parsed = parse(given, CONTEXT);
          if (parsed.kind === "customer") for (const entry of parsed.entries) expect(entry.id.startsWith("slack:")).toBe(true);
          if (parsed.kind === "customer") expect(parsed.conversation).not.toContain("C0STAFF");
        }
        readSubmission(given);
        read += 1;
      }),
      { numRuns: 5_000, seed: 13 },
    );
    expect(read).toBe(5_000);
  });
});

describe("a shortcut and a command", () => {
  const shortcut = (callback: string, more: object = {}) =>
    parseShortcut({ type: "message_action", callback_id: callback, user: { id: "U0CHEN" }, trigger_id: "t", ...more }, CONTEXT);
  const message = { ts: "1763863308.000700", thread_ts: "1763863100.000100", user: "U0CHEN", text: "马上到" };

  test("on a message of a case's thread opens a form with the writer's own words", () => {
    expect(shortcut("anxin_reply", { channel: { id: "C0STAFF" }, message })).toEqual({
      kind: "modal",
      modal: "reply",
      trigger: "t",
      user: "U0CHEN",
      case: null,
      thread: "1763863100.000100",
      text: "马上到",
    });
    expect(shortcut("anxin_reply", { channel: { id: "C0STAFF" }, message: { ...message, user: "U0LUO" } })).toMatchObject({ text: "" });
  });

  test("outside the staff room does nothing", () => {
    expect(shortcut("anxin_reply", { channel: { id: "D0CUSTOMER" }, message })).toMatchObject({ kind: "ignored" });
    expect(parseShortcut({ type: "shortcut", callback_id: "anxin_resolve", user: { id: "U1" }, trigger_id: "t" }, CONTEXT)).toMatchObject({
      kind: "ignored",
    });
  });

  test("for booking opens from anywhere", () => {
    expect(parseShortcut({ type: "shortcut", callback_id: "anxin_book", user: { id: "U1" }, trigger_id: "t" }, CONTEXT)).toMatchObject({
      kind: "modal",
      modal: "book",
    });
  });

  test.each([
    ["claim C20261123001", "/claim C20261123001"],
    ["/list", "/list"],
    ["认领 C20261123001", "/认领 C20261123001"],
  ])("/anxin %s is the command %s", (text, command) => {
    const body = { command: "/anxin", text, channel_id: "C0STAFF", user_id: "U0CHEN", trigger_id: "t1" };
    expect(parseCommand(body, CONTEXT)).toMatchObject({ kind: "staff", acts: [{ act: { text: command } }] });
    expect(parseCommand({ ...body, channel_id: "D0X" }, CONTEXT)).toMatchObject({ kind: "not_yours" });
  });
});
