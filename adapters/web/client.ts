/** The web channel as the core sees it. Customers read stored messages from us, so there is nothing to send. */
import type { Channel } from "../../core/ports.ts";
import { TEXT_LIMIT } from "./parse.ts";

export function createWebClient(): Channel {
  return {
    name: "web",
    capabilities: {
      textLimit: { amount: TEXT_LIMIT, unit: "characters" },
      buttons: 10,
      media: ["photo", "voice", "video", "file", "location"],
      pulled: true,
      pushWindowMs: null,
      pushQuota: null,
      idempotent: true,
    },
    send: async () => ({ result: "sent" }),
  };
}
