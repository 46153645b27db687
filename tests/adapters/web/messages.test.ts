import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { webConversation } from "../../../adapters/web/index.ts";
import { callerOf } from "../../../adapters/web/verify.ts";
import { call, startTestService, type TestService } from "./support.ts";

let service: TestService;
beforeEach(async () => {
  service = await startTestService({ limits: { conversation: { burst: 20, perSecond: 1 } } });
});
afterEach(() => service.close());

const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) => call(`${service.url}/channels/web/messages`, body, headers);
const list = (query: string) => call(`${service.url}/channels/web/messages?${query}`);

/** Messages of a conversation once there are `count`. */
async function whenThere(
  conversation: string,
  count: number,
): Promise<{ seq: number; id: string; from: string; text: string; buttons?: unknown }[]> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      list(`conversation=${conversation}`).then(({ body }) => {
        const { messages } = body as { messages: never[] };
        if (messages.length < count) return;
        unwatch();
        resolve(messages);
      }, reject);
    };
    const unwatch = service.feed.watch(null, look);
    look();
  });
}

describe("POST /channels/web/messages", () => {
  test("keeps the message under the channel's entry id and answers 202 with its id", async () => {
    const answer = await post({ conversation: "c1", id: "m1", text: "你好" });
    expect([answer.status, answer.body]).toEqual([202, { id: "m1" }]);
    expect(service.taken).toMatchObject([{ id: "web:c1:m1", conversation: "web:c1", event: { kind: "message", text: "你好" } }]);
  });

  test("answers 202 to the same id again and keeps it once", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post({ conversation: "c1", id: "m1", text: "hi" })));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
    expect(service.taken).toHaveLength(1);
    expect(await whenThere("c1", 2)).toHaveLength(2);
  });

  test("answers 503 with Retry-After when too much waits, and takes the message later", async () => {
    service.overloaded = true;
    const refused = await post({ conversation: "c1", id: "m1", text: "hi" });
    expect([refused.status, refused.headers.get("retry-after"), (refused.body as { error: { code: string } }).error.code]).toEqual([
      503,
      "2",
      "overloaded",
    ]);
    service.overloaded = false;
    expect((await post({ conversation: "c1", id: "m1", text: "hi" })).status).toBe(202);
  });

  test("answers 429 with Retry-After to a conversation that runs wild, and to no other", async () => {
    for (let index = 0; index < 20; index++) expect((await post({ conversation: "c1", id: `m${index}`, text: "hi" })).status).toBe(202);
    const refused = await post({ conversation: "c1", id: "m20", text: "hi" });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    expect((await post({ conversation: "c2", id: "m1", text: "hi" })).status).toBe(202);
    service.ahead = 1_000;
    expect((await post({ conversation: "c1", id: "m20", text: "hi" })).status).toBe(202);
  });

  test.each([
    ["no JSON", "{", 400, "json_invalid", {}],
    ["an empty body", "", 400, "body_empty", {}],
    ["deep JSON", `{"conversation":"c1","id":"m1","text":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, 400, "json_too_deep", {}],
    ["a huge body", JSON.stringify({ conversation: "c1", id: "m1", text: "a".repeat(70_000) }), 413, "body_too_large", {}],
    ["words of 4,001 characters", { conversation: "c1", id: "m1", text: "a".repeat(4_001) }, 422, "text_too_long", {}],
    ["half a character", '{"conversation":"c1","id":"m1","text":"\\ud800"}', 422, "text_malformed", {}],
    ["plain text", '{"conversation":"c1","id":"m1","text":"a"}', 415, "media_type", { "content-type": "text/plain" }],
    ["another charset", '{"conversation":"c1","id":"m1","text":"a"}', 415, "charset", { "content-type": "application/json; charset=gbk" }],
  ])("refuses %s and keeps nothing", async (_name, body, status, code, headers) => {
    const answer = await post(body, headers);
    expect([answer.status, answer.body]).toEqual([status, { error: { code, message: expect.stringMatching(/[a-z].*[\u4e00-\u9fff]/s) } }]);
    expect(service.taken).toEqual([]);
    expect((await list("conversation=c1")).status).toBe(404);
  });

  test("refuses bytes that are not UTF-8", async () => {
    const body = Buffer.concat([Buffer.from('{"conversation":"c1","id":"m1","text":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    const response = await fetch(`${service.url}/channels/web/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect([response.status, await response.json()]).toEqual([400, { error: { code: "utf8_invalid", message: expect.any(String) } }]);
    expect(service.taken).toEqual([]);
  });
});

describe("GET /channels/web/messages", () => {
  test("gives the transcript with the customer's own ids, ISO times and buttons", async () => {
    await post({ conversation: "c1", id: "m:1", text: "book" });
    expect(await whenThere("c1", 2)).toEqual([
      { seq: 1, id: "m:1", from: "customer", text: "book", at: "2026-11-23T10:00:00+08:00" },
      {
        seq: 2,
        id: "web:c1:m%3A1/1",
        from: "bot",
        text: "You said: book",
        buttons: [
          { id: "yes", label: "好的 / OK" },
          { id: "later", label: "换个时间 / Later" },
        ],
        at: "2026-11-23T10:00:00+08:00",
      },
    ]);
  });

  test("pages by sequence number", async () => {
    for (let index = 1; index <= 7; index++) await service.say("web:c1", `b${index}`, "bot", `${index}`);
    const seqs = async (query: string) => ((await list(query)).body as { messages: { seq: number }[] }).messages.map(({ seq }) => seq);
    expect(await seqs("conversation=c1&limit=3")).toEqual([1, 2, 3]);
    expect(await seqs("conversation=c1&after=3&limit=3")).toEqual([4, 5, 6]);
    expect(await seqs("conversation=c1&after=7")).toEqual([]);
  });

  test("never shows one conversation to another, not by the other's full id either", async () => {
    await service.say("web:c1", "b1", "bot", "secret");
    await service.say("telegram:7", "b1", "bot", "secret");
    expect((await list("conversation=c2")).status).toBe(404);
    expect((await list("conversation=telegram:7")).status).toBe(404);
  });

  test("knows a conversation from its first message on, also before its turn", async () => {
    expect((await list("conversation=c9")).status).toBe(404);
    await post({ conversation: "c9", id: "m1", text: "hi" });
    expect((await list("conversation=c9")).status).toBe(200);
  });

  test("knows a conversation whose first message came in at another front", async () => {
    const event = { kind: "message", text: "hi" } as const;
    await service.store.unit((unit) => unit.inbox.accept({ id: "web:c8:m1", conversation: "web:c8", receivedAt: 0, event }));
    expect(await list("conversation=c8")).toMatchObject({ status: 200, body: { messages: [] } });
    expect((await list("conversation=c7")).status).toBe(404);
  });

  test("knows a conversation that is linked to a customer", async () => {
    await service.store.unit((unit) => unit.customers.linkConversation(webConversation("sample-wang"), "U1"));
    expect((await list("conversation=sample-wang")).body).toEqual({ messages: [] });
  });

  test.each([
    "conversation=c1&after=-1",
    "conversation=c1&after=x",
    "conversation=c1&after=1&after=2",
    "conversation=c1&limit=501",
    "conversation=",
    "after=1",
    "conversation=a%20b",
  ])("answers 400 to %s", async (query) => {
    expect((await list(query)).status).toBe(400);
  });
});

describe("callerOf", () => {
  test.each([
    ["198.51.100.7", undefined, "198.51.100.7"],
    ["198.51.100.7", "203.0.113.9", "198.51.100.7"],
    ["127.0.0.1", undefined, null],
    ["127.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["::1", "1.1.1.1, 203.0.113.9", "203.0.113.9"],
  ])("peer %s, X-Forwarded-For %s counts as %s", (remoteAddress, forwarded, caller) => {
    expect(callerOf({ headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded }, socket: { remoteAddress } as never })).toBe(
      caller,
    );
  });
});
