/**
 * What a failed call of the Web API means. Pure.
 *
 * The question that matters for a message is whether it may have arrived: then it is looked up before it is sent again.
 */
import { MINUTE_MS, SECOND_MS } from "../../core/time.ts";

export type Failure =
  /** Refused for the pace: nothing happened. */
  | { readonly kind: "limited"; readonly afterMs: number }
  /** Slack said no: nothing happened, and the same again would be refused again. */
  | { readonly kind: "refused"; readonly error: string }
  /** Nothing happened, and it may succeed later: Slack or our set-up has to be mended first. */
  | { readonly kind: "later"; readonly error: string; readonly afterMs: number | null }
  /** Nobody knows whether it happened. */
  | { readonly kind: "unknown"; readonly error: string };

/** Slack answers 429 without a usable Retry-After at times (node-slack-sdk#1421); its windows are a minute long. */
const DEFAULT_RETRY_MS = 30 * SECOND_MS;
/** Longest wait that is believed. */
const LONGEST_RETRY_MS = 10 * MINUTE_MS;
/** What an operator has to mend is tried again this often. */
const MEND_MS = 5 * MINUTE_MS;

/** Errors under which some of the work may have been done, as Slack's method pages say. */
const UNKNOWN = new Set(["internal_error", "fatal_error", "request_timeout"]);
/** The set-up is wrong: token, scopes, the app's place in the workspace. */
const SET_UP = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "missing_scope",
  "no_permission",
  "org_login_required",
  "ekm_access_denied",
  "access_denied",
  "not_allowed_token_type",
  "two_factor_setup_required",
  "accesslimited",
]);
/** Slack's own matter, over in minutes. */
const LATER = new Set(["service_unavailable", "team_added_to_org", "message_limit_exceeded"]);
/** Another spelling of 429. */
const LIMITED = new Set(["ratelimited", "rate_limited"]);
/** The person or the room can't be reached any more. */
const GONE = new Set([
  "channel_not_found",
  "user_not_found",
  "users_not_found",
  "user_disabled",
  "user_not_visible",
  "cannot_dm_bot",
  "is_archived",
  "not_in_channel",
  "messages_tab_disabled",
  "restricted_action",
  "restricted_action_read_only_channel",
  "restricted_action_non_threadable_channel",
]);
/** The thread, or the message that carries it, is not there any more. */
const NO_THREAD = new Set([
  "message_not_found",
  "thread_not_found",
  "cannot_reply_to_message",
  "invalid_thread_ts",
  "thread_locked",
  "restricted_action_thread_locked",
]);
/** The blocks, not the words, are refused: the words alone may go. */
const BLOCKS = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_blocks_too_long",
  "invalid_attachments",
  "slack_connect_canvas_sharing_blocked",
]);

/** Every error that has a reaction of its own. */
export const KNOWN_ERRORS: readonly string[] = [UNKNOWN, SET_UP, LATER, LIMITED, GONE, NO_THREAD, BLOCKS].flatMap((set) => [...set]);

export const isGone = (failure: Failure): boolean => failure.kind === "refused" && GONE.has(failure.error);
export const isThreadLost = (failure: Failure): boolean => failure.kind === "refused" && NO_THREAD.has(failure.error);
export const isAboutBlocks = (failure: Failure): boolean => failure.kind === "refused" && BLOCKS.has(failure.error);
export const isAboutSetUp = (error: string): boolean => SET_UP.has(error);

/** An answer with `ok: false`. */
function failureOfAnswer(error: string, retryAfterSeconds: number | null): Failure {
  if (LIMITED.has(error)) return limited(retryAfterSeconds);
  if (UNKNOWN.has(error)) return { kind: "unknown", error };
  if (SET_UP.has(error)) return { kind: "later", error, afterMs: MEND_MS };
  if (LATER.has(error)) return { kind: "later", error, afterMs: null };
  return { kind: "refused", error };
}

function limited(retryAfterSeconds: number | null): Failure {
  const ms = retryAfterSeconds === null || !(retryAfterSeconds >= 0) ? DEFAULT_RETRY_MS : retryAfterSeconds * SECOND_MS;
  return { kind: "limited", afterMs: Math.min(ms, LONGEST_RETRY_MS) };
}

/** Faults before a byte of the request was sent: nothing happened. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
]);

/** Something thrown by the Web API client. The words of the error may hold an address or a body and are not kept. */
export function failureOfError(error: unknown): Failure {
  // The socket client rejects with nothing at all when a connection ends before its greeting.
  const { code } = (error ?? {}) as { code?: unknown };
  switch (code) {
    case "slack_webapi_platform_error": {
      const data = (error as { data?: { error?: unknown; response_metadata?: { retryAfter?: number } } }).data;
      return failureOfAnswer(typeof data?.error === "string" ? nameOf(data.error) : "unknown", data?.response_metadata?.retryAfter ?? null);
    }
    case "slack_webapi_rate_limited_error":
      return limited((error as { retryAfter?: number }).retryAfter ?? null);
    case "slack_webapi_http_error":
      return failureOfStatus((error as { statusCode?: number }).statusCode ?? 0);
    case "slack_webapi_request_error":
      return failureOfFault((error as { original?: unknown }).original);
    default:
      if (error instanceof Error && error.message.includes("Retry header did not contain a valid timeout")) return limited(null);
      return failureOfFault(error);
  }
}

/** A status other than 200 and 429: below 500 nothing was done. */
function failureOfStatus(status: number): Failure {
  return status >= 500 || status === 0 ? { kind: "unknown", error: `http_${status}` } : { kind: "refused", error: `http_${status}` };
}

function failureOfFault(fault: unknown): Failure {
  for (let cause = fault; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === "string" && NOT_SENT.has(code)) return { kind: "later", error: code.toLowerCase(), afterMs: null };
    if (cause.name === "TimeoutError") return { kind: "unknown", error: "timeout" };
  }
  return { kind: "unknown", error: "connection_lost" };
}

/** A proxy's error page stands where the name of an error should: it is not kept. */
const nameOf = (error: string): string => (/^[a-z0-9_]{1,80}$/.test(error) ? error : "not_json");
