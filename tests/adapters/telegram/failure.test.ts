import { describe, expect, test } from "vitest";
import { failureOf, failureWithout } from "../../../adapters/telegram/failure.ts";

describe("failureOf", () => {
  test.each([
    [401, "Unauthorized", { kind: "unauthorized" }],
    [404, "Not Found", { kind: "unauthorized" }],
    [403, "Forbidden: bot was blocked by the user", { kind: "gone", reason: "blocked" }],
    [403, "Forbidden: user is deactivated", { kind: "gone", reason: "deactivated" }],
    [403, "Forbidden: bot can't initiate conversation with a user", { kind: "gone", reason: "not_started" }],
    [403, "Forbidden: bot was kicked from the supergroup chat", { kind: "gone", reason: "kicked" }],
    [403, "Forbidden: bot is not a member of the supergroup chat", { kind: "gone", reason: "kicked" }],
    [403, "Forbidden: something that nobody has seen yet", { kind: "gone", reason: "no_rights" }],
    [400, "Bad Request: chat not found", { kind: "gone", reason: "chat_not_found" }],
    [400, "Bad Request: not enough rights to send text messages to the chat", { kind: "gone", reason: "no_rights" }],
    [400, "Bad Request: message thread not found", { kind: "topic_gone" }],
    [400, "Bad Request: TOPIC_DELETED", { kind: "topic_gone" }],
    [400, "Bad Request: TOPIC_CLOSED", { kind: "topic_closed" }],
    [400, "Bad Request: TOPIC_NOT_MODIFIED", { kind: "not_modified" }],
    [
      400,
      "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
      { kind: "not_modified" },
    ],
    [400, "Bad Request: message to edit not found", { kind: "message_gone" }],
    [400, "Bad Request: message can't be edited", { kind: "message_gone" }],
    [400, "Bad Request: query is too old and response timeout expired or query ID is invalid", { kind: "query_old" }],
    [400, "Bad Request: message is too long", { kind: "too_long" }],
    [400, "Bad Request: BUTTON_DATA_INVALID", { kind: "markup" }],
    [400, "Bad Request: reply markup is too long", { kind: "markup" }],
    [400, "Bad Request: wrong file_id or the file is temporarily unavailable", { kind: "media" }],
    [413, "Request Entity Too Large", { kind: "media" }],
    [409, "Conflict: terminated by other getUpdates request", { kind: "conflict" }],
    [500, "Internal Server Error", { kind: "ambiguous", reason: "telegram_500" }],
    [502, "Bad Gateway", { kind: "ambiguous", reason: "telegram_502" }],
  ] as const)("%i %s", (code, description, failure) => {
    expect(failureOf(code, description)).toEqual(failure);
  });

  test("429 says when to come back, and has a pause of its own when it doesn't", () => {
    expect(failureOf(429, "Too Many Requests: retry after 7", { retry_after: 7 })).toEqual({ kind: "busy", afterMs: 7_000 });
    expect(failureOf(429, "Too Many Requests")).toEqual({ kind: "busy", afterMs: 5_000 });
  });

  test("a group that moved tells where to", () => {
    const failure = failureOf(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: -1001 });
    expect(failure).toEqual({ kind: "migrated", to: -1001 });
  });

  test("a refusal that nobody has seen yet keeps its reason without what it quotes", () => {
    const failure = failureOf(400, 'Bad Request: can\'t parse "13800138000" somehow');
    expect(failure).toMatchObject({ kind: "refused" });
    expect(JSON.stringify(failure)).not.toContain("13800138000");
  });
});

describe("failureWithout", () => {
  test.each([
    [{ code: "ECONNREFUSED" }, { kind: "unreachable", reason: "ECONNREFUSED" }],
    [{ code: "ENOTFOUND" }, { kind: "unreachable", reason: "ENOTFOUND" }],
    [{ code: "ECONNRESET" }, { kind: "ambiguous", reason: "ECONNRESET" }],
    [{ type: "invalid-json" }, { kind: "ambiguous", reason: "answer_unreadable" }],
    [{ name: "AbortError" }, { kind: "ambiguous", reason: "timeout" }],
    [new Error("https://api.telegram.org/bot1:secret/sendMessage"), { kind: "ambiguous", reason: "no_answer" }],
    [null, { kind: "ambiguous", reason: "no_answer" }],
  ])("%o", (cause, failure) => {
    expect(failureWithout(cause)).toEqual(failure);
  });
});
