/**
 * The one address that WeChat Work calls, `GET` once when it is set and `POST` ever after: verify, read, keep, 200. The page
 * wants an answer to `GET` within a second and to `POST` within five; nothing here waits for the platform.
 */
import { type HttpHost, HttpProblem, readTextBodies } from "../http/index.ts";
import { keep, LAST_CALLBACK } from "./memory.ts";
import { parseCallback, parseEnvelope } from "./parse.ts";
import type { Callback, WecomDependencies } from "./types.ts";
import { type CallbackKeys, type CallbackSeal, type Opened, openCallback } from "./verify.ts";

const PATH = "/channels/wecom";

/** @param take keeps what a callback says; what it throws is answered with an error, and the platform calls again */
export function mountCallback(
  host: HttpHost,
  dependencies: Pick<WecomDependencies, "settings" | "store" | "clock" | "log">,
  take: (callback: Callback) => Promise<void>,
): void {
  const { settings, store, clock, log } = dependencies;
  const keys: CallbackKeys = { token: settings.token, aesKey: settings.aesKey, receiveId: settings.corpId };

  function opened(seal: CallbackSeal, cipherText: string): string {
    const result = openCallback(keys, seal, cipherText, clock.now());
    if (result.ok) return result.message;
    log("warn", "wecom_callback_refused", { reason: result.reason });
    throw REFUSALS[result.reason];
  }

  /** Once a minute is enough for `doctor` to know that callbacks arrive. */
  let noted = 0;
  async function noteCallback(): Promise<void> {
    const now = clock.now();
    if (now - noted < 60_000) return;
    noted = now;
    await keep(store, LAST_CALLBACK, now);
  }

  void host.app.register(async (scope) => {
    readTextBodies(scope, ["text/xml", "application/xml", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded"]);

    scope.get(PATH, async (request, reply) => {
      const query = queryOf(request.query);
      // A `+` that was not escaped has become a blank; Base64 has none.
      const echo = query["echostr"]?.replaceAll(" ", "+") ?? "";
      if (echo === "") throw INCOMPLETE;
      const words = opened(sealOf(query), echo);
      await noteCallback();
      return reply.type("text/plain; charset=utf-8").header("cache-control", "no-store").send(words);
    });

    scope.post(PATH, async (request, reply) => {
      const seal = sealOf(queryOf(request.query));
      const envelope = typeof request.body === "string" ? parseEnvelope(request.body) : null;
      if (envelope === null) throw UNREADABLE;
      const xml = opened(seal, envelope.encrypt);
      const callback = parseCallback(xml);
      if (callback === null) {
        // Ours by its seal, and of a form that no page describes: repeated, it would be no better.
        log("warn", "wecom_callback_unreadable", {});
        return reply.code(200).send();
      }
      await take(callback);
      await noteCallback();
      return reply.code(200).send();
    });
  });
}

const INCOMPLETE = new HttpProblem(
  400,
  "callback_incomplete",
  "This address is for WeChat Work's callbacks; msg_signature, timestamp, nonce and echostr are needed. 此地址供企业微信回调使用，缺少必要参数。",
);
const UNREADABLE = new HttpProblem(400, "callback_unreadable", "The body is no callback of WeChat Work. 请求内容不是企业微信回调。");
const FORGED = new HttpProblem(403, "callback_forged", "The signature is not right. 签名不正确。");

const REFUSALS: Readonly<Record<Extract<Opened, { ok: false }>["reason"], HttpProblem>> = {
  signature: FORGED,
  time: new HttpProblem(403, "callback_stale", "The callback is too old, or our clock is wrong. 回调已过期，或服务器时间不准。"),
  cipher: new HttpProblem(400, "callback_cipher", "The content can't be decrypted. 内容无法解密。"),
  receive_id: new HttpProblem(403, "callback_not_ours", "The callback is meant for another company. 回调不属于本企业。"),
};

function queryOf(raw: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function sealOf(query: Readonly<Record<string, string>>): CallbackSeal {
  const { msg_signature: signature, timestamp, nonce } = query;
  if (!signature || !timestamp || !nonce) throw INCOMPLETE;
  return { signature, timestamp, nonce };
}
