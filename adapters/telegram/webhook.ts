/** `POST /channels/telegram`: the secret first, then the update, then 200; nothing slow in between. */
import type { HttpHost } from "../http/index.ts";
import { HttpProblem } from "../http/index.ts";
import type { Receive } from "./receive.ts";
import { WEBHOOK_PATH } from "./setup.ts";
import { isFromTelegram } from "./verify.ts";

/** The server builds an update in a buffer of 64 KiB and drops longer ones (tdlib/telegram-bot-api, Client.cpp); some room above it. */
const BODY_LIMIT = 131_072;

/** @param open false once nothing more is taken; Telegram then keeps its updates for the next process */
export function mountWebhook(host: HttpHost, secret: string, receive: Receive, open: () => boolean): void {
  host.app.post(
    WEBHOOK_PATH,
    {
      bodyLimit: BODY_LIMIT,
      // Before the body is read: who doesn't know the secret costs nothing.
      onRequest: async (request) => {
        if (!isFromTelegram(request.headers, secret)) {
          throw new HttpProblem(401, "secret_wrong", "The secret token is missing or wrong. 缺少密钥或密钥错误。");
        }
      },
    },
    async (request, reply) => {
      if (!open()) throw new HttpProblem(503, "closing", "The service is restarting. 服务正在重启。", 2);
      await receive.update(request.body);
      // Without a body: a JSON object here would be taken for a call.
      return reply.code(200).send();
    },
  );
}
