/** Bodies: the raw bytes kept for signature checks, strict UTF-8, JSON of a sane depth. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpProblem } from "./problems.ts";

/** Deepest nesting read: platform callbacks stay under 12 levels. */
const MAX_DEPTH = 32;

const rawBodies = new WeakMap<FastifyRequest, Buffer>();

/** The bytes of the body as they came; empty when there was none. */
export function rawBodyOf(request: FastifyRequest): Buffer {
  return rawBodies.get(request) ?? Buffer.alloc(0);
}

/** Reads JSON bodies strictly on every route of `app`. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, async (request: FastifyRequest, body: Buffer) => {
    rawBodies.set(request, body);
    return parseJson(decodeUtf8(body, request.headers["content-type"]));
  });
}

/**
 * Lets the routes of `scope` (a plugin's own instance) take other content types. Their `body` is the text; the bytes are had
 * from {@link rawBodyOf}.
 */
export function readTextBodies(scope: FastifyInstance, contentTypes: readonly string[]): void {
  scope.addContentTypeParser([...contentTypes], { parseAs: "buffer" }, async (request: FastifyRequest, body: Buffer) => {
    rawBodies.set(request, body);
    return decodeUtf8(body, request.headers["content-type"]);
  });
}

function decodeUtf8(body: Buffer, contentType: string | undefined): string {
  const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? "")?.[1]?.toLowerCase();
  if (charset && charset !== "utf-8" && charset !== "utf8") {
    throw new HttpProblem(415, "charset", "Only UTF-8 is read. 仅支持 UTF-8 编码。");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new HttpProblem(400, "utf8_invalid", "The body is not valid UTF-8. 请求内容不是有效的 UTF-8。");
  }
}

function parseJson(text: string): unknown {
  if (text.trim() === "") throw new HttpProblem(400, "body_empty", "The request has no body. 请求内容为空。");
  // Checked before parsing: whatever walks the value afterwards may recurse.
  if (depthOf(text) > MAX_DEPTH)
    throw new HttpProblem(400, "json_too_deep", `JSON deeper than ${MAX_DEPTH} levels is not read. JSON 嵌套不能超过 ${MAX_DEPTH} 层。`);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem(400, "json_invalid", "The body is not valid JSON. 请求内容不是有效的 JSON。");
  }
}

/** Deepest nesting of brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (quoted) {
      if (char === 0x5c) index++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x5b || char === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x5d || char === 0x7d) depth--;
  }
  return deepest;
}
