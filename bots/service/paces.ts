/** How fast each platform may be sent to, over all workers together. What a platform refuses all the same is sent again later. */
import { SECOND_MS } from "../../core/time.ts";
import type { ChannelPace } from "../../storage/jobs/pacing.ts";

/**
 * - Telegram: about 30 messages a second in all and one a second to a chat, short bursts tolerated (Bot FAQ, "My bot is hitting
 *   limits").
 * - Slack: `chat.postMessage` about one a second to a conversation, bursts tolerated (Slack API, "Rate limits").
 * - WeChat Work counts messages to a customer by its window and quota (core/spine/push-window.ts), and calls by the minute: 20 a
 *   second stay far below what its error 45009 was seen at.
 */
export const CHANNEL_PACES: ReadonlyMap<string, ChannelPace> = new Map([
  ["telegram", { channel: { stepMs: SECOND_MS / 30, burst: 30 }, conversation: { stepMs: SECOND_MS, burst: 3 } }],
  ["slack", { channel: null, conversation: { stepMs: SECOND_MS, burst: 3 } }],
  ["wecom", { channel: { stepMs: SECOND_MS / 20, burst: 20 }, conversation: null }],
]);
