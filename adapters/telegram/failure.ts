/**
 * What a failed call means. Pure. Telegram's texts are no contract, so a known code with a text that nobody has seen yet is still
 * sorted by its code.
 */

export type Failure =
  /** The token is wrong or revoked: nothing works until it is mended. */
  | { readonly kind: "unauthorized" }
  /** This person can't be written to; `reason` is stable and short. */
  | { readonly kind: "gone"; readonly reason: "blocked" | "deactivated" | "not_started" | "chat_not_found" | "kicked" | "no_rights" }
  /** A group became a supergroup and lives on under another id. */
  | { readonly kind: "migrated"; readonly to: number }
  | { readonly kind: "topic_gone" }
  | { readonly kind: "topic_closed" }
  /** The edit changed nothing: the message stands there as wanted. */
  | { readonly kind: "not_modified" }
  /** The message to edit isn't there, or isn't ours. */
  | { readonly kind: "message_gone" }
  /** A press that was answered too late; harmless. */
  | { readonly kind: "query_old" }
  | { readonly kind: "too_long" }
  /** The buttons are refused; the words may still go. */
  | { readonly kind: "markup" }
  /** The file or address can't be sent; the words may still go. */
  | { readonly kind: "media" }
  /** Another program polls, or a webhook is set. */
  | { readonly kind: "conflict" }
  | { readonly kind: "busy"; readonly afterMs: number }
  /** Surely nothing happened: try again. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** It may have happened. */
  | { readonly kind: "ambiguous"; readonly reason: string }
  /** Refused for good. */
  | { readonly kind: "refused"; readonly reason: string };

/** With a wrong token nothing can be sent; the mend takes a person, so there is no hurry. */
const UNAUTHORIZED_MS = 60_000;
/** Pause when a 429 names none: what Telegram most often names. */
const DEFAULT_BUSY_MS = 5_000;

type Parameters = { readonly retry_after?: number | undefined; readonly migrate_to_chat_id?: number | undefined };

/** Substrings of 400 and 403, lower case, the first that fits decides (tdlib/telegram-bot-api, Client.cpp, version 10.0). */
const BY_TEXT: readonly (readonly [string, Failure])[] = [
  ["message is not modified", { kind: "not_modified" }],
  ["message_not_modified", { kind: "not_modified" }],
  ["topic_not_modified", { kind: "not_modified" }],
  ["message to edit not found", { kind: "message_gone" }],
  ["message can't be edited", { kind: "message_gone" }],
  ["message_id_invalid", { kind: "message_gone" }],
  ["there is no text in the message to edit", { kind: "message_gone" }],
  ["there is no caption in the message to edit", { kind: "message_gone" }],
  ["message thread not found", { kind: "topic_gone" }],
  ["topic_deleted", { kind: "topic_gone" }],
  ["topic_id_invalid", { kind: "topic_gone" }],
  ["topic_closed", { kind: "topic_closed" }],
  ["query is too old", { kind: "query_old" }],
  ["query id is invalid", { kind: "query_old" }],
  ["message is too long", { kind: "too_long" }],
  ["caption is too long", { kind: "too_long" }],
  ["reply markup is too long", { kind: "markup" }],
  ["button_data_invalid", { kind: "markup" }],
  ["button_invalid", { kind: "markup" }],
  ["can't parse inline keyboard", { kind: "markup" }],
  ["wrong file identifier", { kind: "media" }],
  ["wrong file_id", { kind: "media" }],
  ["wrong remote file", { kind: "media" }],
  ["failed to get http url content", { kind: "media" }],
  ["wrong type of the web page content", { kind: "media" }],
  ["webpage_", { kind: "media" }],
  ["file is too big", { kind: "media" }],
  ["image_process_failed", { kind: "media" }],
  ["photo_invalid_dimensions", { kind: "media" }],
  ["bot was blocked by the user", { kind: "gone", reason: "blocked" }],
  ["user is deactivated", { kind: "gone", reason: "deactivated" }],
  ["input_user_deactivated", { kind: "gone", reason: "deactivated" }],
  ["can't initiate conversation", { kind: "gone", reason: "not_started" }],
  ["bot was kicked", { kind: "gone", reason: "kicked" }],
  ["bot is not a member", { kind: "gone", reason: "kicked" }],
  ["chat not found", { kind: "gone", reason: "chat_not_found" }],
  ["peer_id_invalid", { kind: "gone", reason: "chat_not_found" }],
  ["user not found", { kind: "gone", reason: "chat_not_found" }],
  ["not enough rights", { kind: "gone", reason: "no_rights" }],
  ["have no rights to send", { kind: "gone", reason: "no_rights" }],
  ["chat_write_forbidden", { kind: "gone", reason: "no_rights" }],
];

/** What is looked for in descriptions. */
export const KNOWN_TEXTS: readonly string[] = BY_TEXT.map(([part]) => part);

/** @param code `error_code` of the answer */
export function failureOf(code: number, description: string, parameters: Parameters = {}): Failure {
  const text = description.toLowerCase();
  if (code === 401 || (code === 404 && text.includes("not found"))) return { kind: "unauthorized" };
  if (parameters.migrate_to_chat_id !== undefined) return { kind: "migrated", to: parameters.migrate_to_chat_id };
  if (code === 429) return { kind: "busy", afterMs: (parameters.retry_after ?? 0) > 0 ? parameters.retry_after! * 1_000 : DEFAULT_BUSY_MS };
  if (code === 409) return { kind: "conflict" };
  if (code === 413) return { kind: "media" };
  if (code >= 500) return { kind: "ambiguous", reason: `telegram_${code}` };
  for (const [part, failure] of BY_TEXT) if (text.includes(part)) return failure;
  if (code === 403) return { kind: "gone", reason: "no_rights" };
  return { kind: "refused", reason: `telegram_${code}: ${reasonOf(description)}` };
}

/** Without the words of the message: a description can quote what it refused. */
function reasonOf(description: string): string {
  return description
    .replace(/^bad request:\s*/i, "")
    .replace(/["“«][^"”»]*["”»]?/g, "…")
    .slice(0, 120);
}

/** Codes of Node at which no connection came about, so that nothing can have happened. */
const NOT_CONNECTED = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ERR_TLS_CERT_ALTNAME_INVALID"];

/** A call without an answer. `cause` is looked at for its code alone: its text holds the address, and the address the token. */
export function failureWithout(cause: unknown): Failure {
  const code = codeOf(cause);
  if (NOT_CONNECTED.includes(code)) return { kind: "unreachable", reason: code };
  return { kind: "ambiguous", reason: code };
}

function codeOf(cause: unknown): string {
  if (typeof cause !== "object" || cause === null) return "no_answer";
  const { code, type, name } = cause as { code?: unknown; type?: unknown; name?: unknown };
  if (typeof code === "string" && /^[A-Z_]{3,40}$/.test(code)) return code;
  if (type === "invalid-json") return "answer_unreadable";
  if (name === "AbortError" || type === "aborted") return "timeout";
  return "no_answer";
}

/** What a failure means for what was to be sent, to customers or to staff. */
export function outcomeOf(
  failure: Failure,
):
  | { readonly result: "retry"; readonly reason: string; readonly afterMs: number | null }
  | { readonly result: "refused"; readonly reason: string } {
  switch (failure.kind) {
    case "busy":
      return { result: "retry", reason: "busy", afterMs: failure.afterMs };
    case "ambiguous":
    case "unreachable":
      return { result: "retry", reason: `${failure.kind}: ${failure.reason}`, afterMs: null };
    case "unauthorized":
      return { result: "retry", reason: "unauthorized", afterMs: UNAUTHORIZED_MS };
    case "gone":
    case "refused":
      return { result: "refused", reason: failure.reason };
    default:
      return { result: "refused", reason: failure.kind };
  }
}
