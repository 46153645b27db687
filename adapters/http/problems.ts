/** Refusals of the HTTP host: one shape, `{error:{code,message}}`, the message in Chinese and English. */
import type { FastifyError } from "fastify";
import { AnxinError } from "../../core/errors.ts";

/** A request that is refused. `message` is for people; `code` is stable. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds after which the same request may succeed. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, code: string, message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.name = "HttpProblem";
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface ProblemBody {
  readonly error: { readonly code: string; readonly message: string };
}

export function problemBody(problem: HttpProblem): ProblemBody {
  return { error: { code: problem.code, message: problem.message } };
}

/** Seconds to wait when too much waits already: a worker clears about a thousand turns in that time. */
const OVERLOADED_RETRY_SECONDS = 2;

/** Made once: in a flood it is said thousands of times a second. */
const OVERLOADED = new HttpProblem(
  503,
  "overloaded",
  "Very busy right now; send it again in a moment. 现在很忙，请稍后重发。",
  OVERLOADED_RETRY_SECONDS,
);

const AWAY = new Set(["storage_unreachable", "storage_busy", "storage_closed"]);

const BY_FASTIFY_CODE: Readonly<Record<string, readonly [number, string, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, "body_too_large", "The request is too large; 64 KiB is the most. 请求内容过大，最多 64 KiB。"],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    "media_type",
    "This content type is not accepted; send application/json. 不支持此内容类型，请使用 application/json。",
  ],
  FST_ERR_CTP_EMPTY_TYPE: [
    415,
    "media_type",
    "The content type is missing; send application/json. 缺少内容类型，请使用 application/json。",
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, "body_empty", "The request has no body. 请求内容为空。"],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, "json_invalid", "The body is not valid JSON. 请求内容不是有效的 JSON。"],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, "length_invalid", "The body has another length than announced. 请求长度与声明不符。"],
  FST_ERR_BAD_URL: [400, "url_invalid", "The address is not valid. 请求地址无效。"],
  FST_ERR_MAX_PARAM_LENGTH: [404, "not_found", "There is nothing here. 此地址不存在。"],
};

/**
 * What to answer to an error thrown by a route.
 *
 * @returns `null` when the error is ours to mend: it is logged, and the caller is told nothing of it
 */
export function toProblem(error: unknown): HttpProblem | null {
  if (error instanceof HttpProblem) return error;
  if (error instanceof AnxinError && error.code === "overloaded") {
    return OVERLOADED;
  }
  // The database is away or too busy: nothing was kept, or it isn't known, and the same request again is the same message.
  if (error instanceof AnxinError && AWAY.has(error.code)) {
    return new HttpProblem(
      503,
      "unavailable",
      "Not available right now; send it again in a moment. 暂时无法处理，请稍后重发。",
      OVERLOADED_RETRY_SECONDS,
    );
  }
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = code === undefined ? undefined : BY_FASTIFY_CODE[code];
  if (known) return new HttpProblem(...known);
  // What the server's own parts refuse (a bad range, a path outside the assets) is the caller's doing.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new HttpProblem(statusCode, "bad_request", "The request is not valid. 请求无效。");
  return null;
}

export function notFound(): HttpProblem {
  return new HttpProblem(404, "not_found", "There is nothing here. 此地址不存在。");
}

export function methodNotAllowed(allowed: readonly string[]): HttpProblem {
  return new HttpProblem(405, "method_not_allowed", `Only ${allowed.join(", ")} works here. 此地址仅支持 ${allowed.join("、")}。`);
}

export function internalProblem(): HttpProblem {
  return new HttpProblem(500, "internal", "Something went wrong on our side; please try again. 服务出错，请稍后再试。");
}
