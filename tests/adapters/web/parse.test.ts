import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HttpProblem } from "../../../adapters/http/index.ts";
import { DATA_LIMIT, parseMessage, TEXT_LIMIT } from "../../../adapters/web/parse.ts";
import { conversationId, entryId, renderMessage } from "../../../adapters/web/render.ts";
import type { StoredMessage } from "../../../core/spine/events.ts";
import { cleanText } from "../../../core/text.ts";
import { message, NOW, ZONE } from "./support.ts";

const base = { conversation: "c1", id: "m1" };

function codeOf(body: unknown): string {
  try {
    parseMessage(body);
  } catch (error) {
    if (error instanceof HttpProblem) return `${error.status} ${error.code}`;
    throw error;
  }
  return "accepted";
}

describe("parseMessage takes", () => {
  test.each([
    ["words", { text: "你好" }, { kind: "message", text: "你好" }],
    ["words with outer blanks and Windows line ends", { text: "  a\r\nb \n" }, { kind: "message", text: "a\nb" }],
    ["words with control characters, which go", { text: "a\u0000b\u0007c\u009bd\te" }, { kind: "message", text: "abcd\te" }],
    ["4,000 characters that are 8,000 units", { text: "😀".repeat(4_000) }, { kind: "message", text: "😀".repeat(4_000) }],
    ["a button by id", { press: "yes" }, { kind: "press", value: "yes" }],
    ["a button by number", { press: 2 }, { kind: "press", value: "2" }],
    ["a button itself", { press: { id: "yes", label: "Yes" } }, { kind: "press", value: "yes" }],
    ["a button that has only a label", { press: { label: "Yes" } }, { kind: "press", value: "Yes" }],
    ["words beside an empty press", { text: "a", press: null }, { kind: "message", text: "a" }],
    [
      "a photo with its data",
      { media: { kind: "photo", mime: "image/JPEG", name: "a.jpg", data: "AAAA" } },
      { kind: "media", text: null, media: { kind: "photo", ref: "data:image/jpeg;base64,AAAA", name: "a.jpg", mime: "image/jpeg" } },
    ],
    [
      "a file by its address, with words",
      { text: "look", media: { kind: "file", url: "https://example.org/a b.pdf" } },
      { kind: "media", text: "look", media: { kind: "file", ref: "https://example.org/a%20b.pdf", name: null, mime: null } },
    ],
    [
      "a location",
      { media: { kind: "location", url: "geo:31.23,121.47" } },
      { kind: "media", text: null, media: { kind: "location", ref: "geo:31.23,121.47", name: null, mime: null } },
    ],
  ])("%s", (_name, given, event) => {
    expect(parseMessage({ ...base, ...given })).toEqual({ ...base, event });
  });
});

describe("parseMessage refuses", () => {
  test.each([
    ["a list", [], "422 body_type"],
    ["null", null, "422 body_type"],
    ["a number", 7, "422 body_type"],
    ["no conversation", { id: "m1", text: "a" }, "422 conversation_missing"],
    ["no id", { conversation: "c1", text: "a" }, "422 id_missing"],
    ["an empty id", { ...base, id: "", text: "a" }, "422 id_invalid"],
    ["a number as id", { ...base, id: 5, text: "a" }, "422 id_invalid"],
    ["an id with a blank", { ...base, id: "a b", text: "a" }, "422 id_invalid"],
    ["an id with a line break at its end", { ...base, id: "a\n", text: "a" }, "422 id_invalid"],
    ["an id of 129", { ...base, id: "a".repeat(129), text: "a" }, "422 id_invalid"],
    ["a conversation with a slash", { ...base, conversation: "a/b", text: "a" }, "422 conversation_invalid"],
    ["a conversation from the prototype", Object.create({ conversation: "c1", id: "m1", text: "a" }), "422 conversation_missing"],
    ["nothing said", base, "422 content_missing"],
    ["words and press", { ...base, text: "a", press: "b" }, "422 content_twice"],
    ["press and media", { ...base, press: "a", media: { kind: "photo", data: "AAAA" } }, "422 content_twice"],
    ["words that are a number", { ...base, text: 5 }, "422 text_type"],
    ["words that are a list", { ...base, text: ["a"] }, "422 text_type"],
    ["empty words", { ...base, text: "" }, "422 text_empty"],
    ["words of blanks and control characters", { ...base, text: " \n\u0000\u3000" }, "422 text_empty"],
    ["4,001 characters", { ...base, text: "啊".repeat(TEXT_LIMIT + 1) }, "422 text_too_long"],
    ["half a character", { ...base, text: "a\ud83d" }, "422 text_malformed"],
    ["press 0", { ...base, press: 0 }, "422 press_number"],
    ["press 1.5", { ...base, press: 1.5 }, "422 press_number"],
    ["an empty press", { ...base, press: " " }, "422 press_empty"],
    ["a press that is true", { ...base, press: true }, "422 press_type"],
    ["a button without id and label", { ...base, press: {} }, "422 press_type"],
    ["media that is text", { ...base, media: "photo" }, "422 media_type"],
    ["media of an unknown kind", { ...base, media: { kind: "hologram", data: "AAAA" } }, "422 media_kind"],
    ["media without content", { ...base, media: { kind: "photo" } }, "422 media_missing"],
    ["media with both", { ...base, media: { kind: "photo", data: "AAAA", url: "https://a.example" } }, "422 media_twice"],
    ["data that is no base64", { ...base, media: { kind: "photo", data: "AA!A" } }, "422 media_data"],
    ["too much data", { ...base, media: { kind: "photo", data: "A".repeat(DATA_LIMIT + 4) } }, "413 media_too_large"],
    ["a script as address", { ...base, media: { kind: "file", url: "javascript:alert(1)" } }, "422 media_url"],
    ["a file of this machine", { ...base, media: { kind: "file", url: "file:///etc/passwd" } }, "422 media_url"],
    ["a geo address of a photo", { ...base, media: { kind: "photo", url: "geo:1,2" } }, "422 media_url"],
    ["a mime type that breaks out", { ...base, media: { kind: "photo", mime: 'image/png;x="', data: "AAAA" } }, "422 media_mime"],
  ])("%s", (_name, body, code) => {
    expect(codeOf(body)).toBe(code);
  });

  test("nothing but with a problem of its own, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record(
            { conversation: fc.constant("c"), id: fc.constant("i"), text: fc.jsonValue(), press: fc.jsonValue(), media: fc.jsonValue() },
            { requiredKeys: [] },
          ),
        ),
        (body) => {
          expect(codeOf(body)).toMatch(/^(accepted|4(13|22) [a-z_.]+)$/);
        },
      ),
    );
  });
});

test("cleanText leaves words of every script as they are", () => {
  const words = "您好,王女士!\nمرحبا 👩‍🔧 café";
  expect(cleanText(words)).toBe(words);
});

describe("ids", () => {
  test("of two different messages never make one entry", () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_.:~-]{1,6}$/);
    fc.assert(
      fc.property(part, part, part, part, (conversation, id, otherConversation, otherId) => {
        const isSame = conversation === otherConversation && id === otherId;
        expect(entryId(conversation, id) === entryId(otherConversation, otherId)).toBe(isSame);
      }),
    );
    expect(entryId("a:b", "c")).not.toBe(entryId("a", "b:c"));
  });

  test.each(["m1", "2026:11:22", "a~b.c-d_e"])("of a customer come back as sent: %s", (id) => {
    const stored: StoredMessage = { ...message(conversationId("a:b"), entryId("a:b", id), "customer", "x", NOW), seq: 4 };
    expect(renderMessage(stored, ZONE).id).toBe(id);
    expect(renderMessage({ ...stored, id: entryId("a:b", id).slice("web:a:b:".length) }, ZONE).id).toBe(id);
    expect(renderMessage({ ...stored, id }, ZONE).id).toBe(id);
  });

  test("of the bot stay whole", () => {
    const stored: StoredMessage = { ...message("web:c", "web:c:m1/1", "bot", "x", NOW), seq: 4 };
    expect(renderMessage(stored, ZONE)).toEqual({ seq: 4, id: "web:c:m1/1", from: "bot", text: "x", at: "2026-11-23T10:00:00+08:00" });
  });
});
