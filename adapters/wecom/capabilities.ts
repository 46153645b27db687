/** What WeChat customer service and the staff's app can do, as data. */
import type { Capabilities, StaffChannel } from "../../core/ports.ts";
import { HOUR_MS } from "../../core/time.ts";

/** Document 94677: text of 2,048 bytes, ten buttons a menu, 48 hours and five messages after the customer's last one. */
export const KF_CAPABILITIES: Capabilities = {
  textLimit: { amount: 2_048, unit: "bytes" },
  buttons: 10,
  media: ["photo", "voice", "video", "file", "location"],
  pulled: false,
  pushWindowMs: 48 * HOUR_MS,
  pushQuota: 5,
  // 企业群发: a member of staff sends what is prepared, where the bot may not write first.
  staffSend: true,
  // A repeated `msgid` is refused, and we know then that the first one arrived.
  idempotent: true,
};

/** Document 90236: text of 2,048 bytes, six buttons a card. A card is changed with a one-time code; there are no threads. */
export const STAFF_CAPABILITIES: StaffChannel["capabilities"] = {
  textLimit: { amount: 2_048, unit: "bytes" },
  buttons: 6,
  threads: false,
  edits: true,
};
