/** What Telegram can do, as data. */
import type { Capabilities, StaffChannel } from "../../core/ports.ts";

/** Longest message after entities are parsed, characters (Bot API, sendMessage). */
export const TEXT_LIMIT = 4_096;
/** Longest caption, characters (Bot API, sendPhoto). */
export const CAPTION_LIMIT = 1_024;
/** Clients scroll beyond this; the platform's own ceiling is about 100. More choices become a numbered list. */
export const BUTTON_LIMIT = 24;
/** Longest name of a forum topic, characters (Bot API, createForumTopic). */
export const TOPIC_NAME_LIMIT = 128;
/** Longest text of an answered press, characters (Bot API, answerCallbackQuery). */
export const TOAST_LIMIT = 200;

export const CAPABILITIES: Capabilities = {
  textLimit: { amount: TEXT_LIMIT, unit: "characters" },
  buttons: BUTTON_LIMIT,
  media: ["photo", "voice", "video", "file", "location"],
  pulled: false,
  pushWindowMs: null,
  pushQuota: null,
  // sendMessage has no key; see sends.ts for how a repeated send is told apart.
  idempotent: false,
};

export const STAFF_CAPABILITIES: StaffChannel["capabilities"] = {
  textLimit: CAPABILITIES.textLimit,
  buttons: BUTTON_LIMIT,
  threads: true,
  edits: true,
};
