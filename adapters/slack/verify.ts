/** Is a call Slack's own? HMAC-SHA256 over `v0:<timestamp>:<raw body>`, in constant time, with a window on both sides. Pure. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { MINUTE_MS, SECOND_MS } from "../../core/time.ts";

/**
 * How far Slack's clock and ours may be apart. Slack's own advice is five minutes for old calls; a call from the future is
 * refused too, or a stolen one could be kept for later.
 */
export const WINDOW_MS = 5 * MINUTE_MS;

export type Verdict = "genuine" | "unsigned" | "stale" | "forged";

/**
 * @param raw the bytes of the body as they came
 * @param now epoch ms
 */
export function verifySlackCall(headers: IncomingHttpHeaders, raw: Uint8Array, secret: string, now: number): Verdict {
  const timestamp = headers["x-slack-request-timestamp"];
  const signature = headers["x-slack-signature"];
  if (typeof timestamp !== "string" || typeof signature !== "string") return "unsigned";
  if (!/^\d{1,12}$/.test(timestamp)) return "forged";
  const given = /^v0=([0-9a-f]{64})$/.exec(signature)?.[1];
  if (given === undefined) return "forged";
  const wanted = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(raw).digest();
  if (!timingSafeEqual(wanted, Buffer.from(given, "hex"))) return "forged";
  return Math.abs(Number(timestamp) * SECOND_MS - now) <= WINDOW_MS ? "genuine" : "stale";
}
