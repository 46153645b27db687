/**
 * Our receiver for Bolt: `POST /channels/slack`. Verified on the raw bytes, read, worked until everything is stored, and only
 * then answered. Bolt acknowledges events before its listeners have run; here its acknowledgement is only noted, and the
 * answer waits for the listeners, so that Slack sends again what we could not keep.
 */
import type { App, Receiver } from "@slack/bolt";
import { type HttpHost, HttpProblem } from "../http/index.ts";
import { isObject, type Json, textIn } from "./types.ts";
import { verifySlackCall } from "./verify.ts";

/** What is answered to a call beside "received": a form's mistakes, words to one person. */
export type Answer = Json | undefined;

export interface SlackReceiver extends Receiver {
  /** Has a call worked by Bolt's listeners. Resolves when it is stored; throws what a listener threw. */
  take(body: Readonly<Record<string, unknown>>, retry?: { readonly num?: number; readonly reason?: string }): Promise<Answer>;
  /** Resolves when no call is being worked. */
  idle(): Promise<void>;
}

/**
 * @param ready gives Bolt's app, made with this receiver
 * @param ignored told of calls of a kind or shape that the channel doesn't know
 */
export function createReceiver(ready: () => Promise<App>, ignored: (type: string) => void): SlackReceiver {
  const underWay = new Set<Promise<unknown>>();
  return {
    init: () => undefined,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    async take(body, retry = {}) {
      if (!isForUs(body)) {
        ignored(textIn(body, "type") ?? "unknown");
        return undefined;
      }
      let answer: Answer;
      const event = {
        body,
        ack: async (given: unknown) => {
          answer = typeof given === "string" || isObject(given) ? (given as Json) : undefined;
        },
        ...(retry.num === undefined ? {} : { retryNum: retry.num }),
        ...(retry.reason === undefined ? {} : { retryReason: retry.reason }),
      };
      const work = ready().then((app) => app.processEvent(event));
      underWay.add(work);
      try {
        await work;
      } finally {
        underWay.delete(work);
      }
      return answer;
    },
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
}

/** Is it a call that Bolt can tell apart? It takes for granted what Slack's pages promise of each kind. */
function isForUs(body: Readonly<Record<string, unknown>>): boolean {
  const hasUser = isObject(body["user"]) && typeof body["user"]["id"] === "string";
  switch (body["type"]) {
    case "event_callback":
      return isObject(body["event"]) && typeof body["event"]["type"] === "string";
    case "block_actions":
      return hasUser && Array.isArray(body["actions"]) && body["actions"].length > 0 && body["actions"].every(isObject);
    case "view_submission":
      return hasUser && isObject(body["view"]);
    case "shortcut":
    case "message_action":
      return hasUser;
    case undefined:
      return typeof body["command"] === "string";
    default:
      return false;
  }
}

/** Largest body, bytes: a press carries its message and a form its view, which Slack bounds at 250 kB; in a form they grow. */
const BODY_LIMIT = 1_048_576;

export interface HttpPart {
  readonly secret: string;
  readonly now: () => number;
  readonly receiver: SlackReceiver;
  /** Something was refused before it was read. */
  readonly refused: (why: string) => void;
}

/** Hangs the route on the host. The host must not listen yet. */
export function mountReceiver(host: HttpHost, { secret, now, receiver, refused }: HttpPart): void {
  void host.app.register(async (scope) => {
    // The signature is over the bytes: nothing reads them before it is checked.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, async (_request: unknown, body: Buffer) => body);
    scope.post("/channels/slack", { bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const verdict = verifySlackCall(request.headers, raw, secret, now());
      if (verdict !== "genuine") {
        refused(verdict);
        throw new HttpProblem(401, verdict, "This call is not signed by Slack. 该请求没有有效的 Slack 签名。");
      }
      const body = readBody(raw, request.headers["content-type"]);
      if (body["type"] === "url_verification") return reply.type("text/plain; charset=utf-8").send(textIn(body, "challenge") ?? "");
      if ("ssl_check" in body) return reply.send("");
      const retry = Number(request.headers["x-slack-retry-num"]);
      const reason = request.headers["x-slack-retry-reason"];
      const answer = await receiver.take(body, {
        ...(Number.isInteger(retry) ? { num: retry } : {}),
        ...(typeof reason === "string" ? { reason } : {}),
      });
      // An empty body closes a form and says nothing; JSON is read as an answer.
      return answer === undefined ? reply.send("") : reply.type("application/json; charset=utf-8").send(JSON.stringify(answer));
    });
  });
}

/** @throws HttpProblem 400 */
function readBody(raw: Buffer, contentType: string | undefined): Record<string, unknown> {
  const wrong = (): HttpProblem => new HttpProblem(400, "body_invalid", "The body can't be read. 请求内容无法读取。");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch {
    throw wrong();
  }
  // A proxy may add a charset; Slack's own is `application/x-www-form-urlencoded` alone.
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? "")) return parseJson(text, wrong);
  const form = new URLSearchParams(text);
  const payload = form.get("payload");
  return payload === null ? Object.fromEntries(form) : parseJson(payload, wrong);
}

function parseJson(text: string, wrong: () => HttpProblem): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw wrong();
  }
  if (!isObject(parsed)) throw wrong();
  return parsed as Record<string, unknown>;
}
