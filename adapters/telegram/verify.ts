/**
 * Who may call the webhook. Telegram signs nothing; it sends back a secret that we chose, in a header. Without one anybody who
 * guesses the address could speak as any customer, so webhook mode demands it.
 */
import type { IncomingHttpHeaders } from "node:http";
import { sameSecret } from "../http/guard.ts";

/** Name of the header, lower case (Bot API, setWebhook). */
const SECRET_HEADER = "x-telegram-bot-api-secret-token";

/** May it be set as a webhook's secret (Bot API, setWebhook)? */
export function isUsableSecret(secret: string | null): secret is string {
  return secret !== null && /^[A-Za-z0-9_-]{1,256}$/.test(secret);
}

/** Compared in a time that tells nothing of the secret. A header sent twice is no secret. */
export function isFromTelegram(headers: IncomingHttpHeaders, secret: string): boolean {
  const given = headers[SECRET_HEADER];
  return typeof given === "string" && sameSecret(given, secret);
}
