/**
 * Who may send how much. A web customer proves nothing: the conversation's id, chosen at random by the page, is what lets one
 * read it. So nothing is verified here but the pace.
 */
import type { FastifyRequest } from "fastify";
import { isLoopback } from "../http/guard.ts";
import { createTokenBuckets, HttpProblem } from "../http/index.ts";
import type { WebLimits } from "./types.ts";

/**
 * Address a request counts for; `null` for programs on this machine, which are not counted.
 * A proxy on this machine says in the last entry of X-Forwarded-For whom it serves; what stands before that, and the header
 * from anyone else, is the caller's own invention.
 */
export function callerOf(request: Pick<FastifyRequest, "headers" | "socket">): string | null {
  const peer = request.socket.remoteAddress ?? "";
  if (!isLoopback(peer)) return peer;
  const forwarded = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",").at(-1)!.trim();
  return forwarded === "" ? null : forwarded.slice(0, 64);
}

/** @returns the check to run before a message is taken; it throws HttpProblem 429 */
export function createPaceCheck(limits: WebLimits, now: () => number): (conversation: string, caller: string | null) => void {
  const conversations = createTokenBuckets(limits.conversation, now);
  const peers = createTokenBuckets(limits.peer, now);
  return (conversation, caller) => {
    const waitMs = Math.max(caller === null ? 0 : peers.take(caller), conversations.take(conversation));
    if (waitMs > 0)
      throw new HttpProblem(
        429,
        "too_fast",
        "Too many messages at once; send it again in a moment. 发送太快，请稍后重发。",
        Math.ceil(waitMs / 1_000),
      );
  };
}
