/** What Slack can do, as the core asks for it. The figures are Slack's own; their places are named in quirks.md. */
import type { Capabilities, StaffChannel } from "../../core/ports.ts";

/** Longest text of one message: a text object of a section; the whole message stays below 4,000. UTF-16 units. */
export const TEXT_LIMIT = 3_000;
/** Buttons that stand side by side; more become a list. Slack takes 25 in a block, people read ten. */
export const BUTTONS_IN_A_ROW = 10;
/** Choices of a list. */
export const LIST_LIMIT = 100;
/** Label of a button or of a list's choice. */
export const LABEL_LIMIT = 75;

export const SLACK_CAPABILITIES: Capabilities = {
  textLimit: { amount: TEXT_LIMIT, unit: "characters" },
  buttons: LIST_LIMIT,
  media: ["photo", "voice", "video", "file"],
  pulled: false,
  pushWindowMs: null,
  pushQuota: null,
  // Slack takes no key with a message: whether one arrived is looked up before it is sent again.
  idempotent: false,
};

export const SLACK_STAFF_CAPABILITIES: StaffChannel["capabilities"] = {
  textLimit: { amount: TEXT_LIMIT, unit: "characters" },
  buttons: 20,
  threads: true,
  edits: true,
};
