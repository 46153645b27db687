/**
 * What a call of Slack means to us. Pure: no look-ups, so that recorded calls give the same result for ever.
 *
 * Three outcomes: ours, known but not for us (`ignored`, with why), not from this service (`ignored` as well: the signature was
 * right, so Slack has a kind of call that is new to us).
 */
import type { StaffAct } from "../../core/ports.ts";
import type { ConversationId, InboundEvent, InboxEntry, Media } from "../../core/spine/events.ts";
import type { Instant } from "../../core/time.ts";
import type { ModalName } from "./actions.ts";
import { CHANNEL, conversationOf, entryId, isChannelId, isTs, isUserId } from "./ids.ts";
import { readText } from "./text.ts";
import { isObject, type Json, listIn, objectIn, textIn } from "./types.ts";

export interface ParseContext {
  readonly receivedAt: Instant;
  readonly staffChannel: string | null;
}

export type Parsed =
  | {
      readonly kind: "customer";
      readonly entries: readonly InboxEntry[];
      readonly conversation: ConversationId;
      /** Thread of a channel in which to answer; `null` in a direct message. */
      readonly thread: string | null;
      /** Taken only when `thread` is the one in which this person wrote last: nobody called the bot. */
      readonly onlyIfCurrent: boolean;
    }
  | { readonly kind: "opened"; readonly channel: string; readonly user: string; readonly tab: string }
  | { readonly kind: "staff"; readonly acts: readonly StaffAct[]; readonly reply: Reply }
  /** A button that isn't for who pressed it. */
  | { readonly kind: "not_yours"; readonly reply: Reply }
  | { readonly kind: "home"; readonly user: string; readonly action: string; readonly trigger: string | null; readonly actedAt: string }
  | {
      readonly kind: "modal";
      readonly modal: ModalName;
      readonly trigger: string;
      readonly user: string;
      readonly case: string | null;
      readonly thread: string | null;
      /** Words to begin with. */
      readonly text: string;
    }
  | { readonly kind: "revoked"; readonly what: string }
  | { readonly kind: "ignored"; readonly why: string };

/** Where to tell one person something that nobody else sees. */
export interface Reply {
  readonly channel: string;
  readonly user: string;
  readonly thread: string | null;
}

export const ignored = (why: string): Parsed => ({ kind: "ignored", why });

/** Subtypes in which a person says something; everything else is a note of Slack's own. */
const SPOKEN = new Set(["file_share", "thread_broadcast", "me_message"]);

/** An event of the Events API, from its envelope (`event_callback`). */
export function parseEvent(body: unknown, context: ParseContext): Parsed {
  const event = objectIn(body, "event");
  switch (textIn(event, "type")) {
    case "message":
    case "app_mention":
      return parseMessage(event, botOf(body), context);
    case "app_home_opened": {
      const channel = textIn(event, "channel");
      const user = textIn(event, "user");
      if (!channel || !user || !isChannelId(channel) || !isUserId(user)) return ignored("incomplete");
      return { kind: "opened", channel, user, tab: textIn(event, "tab") ?? "home" };
    }
    case "tokens_revoked":
    case "app_uninstalled":
      return { kind: "revoked", what: textIn(event, "type")! };
    default:
      return ignored("event_type");
  }
}

/** The bot's user id, as the envelope names whom it was sent for. */
function botOf(body: unknown): string | null {
  const own = listIn(body, "authorizations").find((one) => isObject(one) && one["is_bot"] === true);
  const id = textIn(own, "user_id");
  return id !== null && isUserId(id) ? id : null;
}

function parseMessage(event: Json, bot: string | null, context: ParseContext): Parsed {
  const channel = textIn(event, "channel");
  if (channel === null || !isChannelId(channel)) return ignored("incomplete");
  const subtype = textIn(event, "subtype");
  if (subtype === "message_changed") return parseEdit(event, channel, bot, context);
  if (subtype !== null && !SPOKEN.has(subtype)) return ignored(`subtype ${subtype}`);
  const ts = textIn(event, "ts");
  const user = textIn(event, "user");
  // Bots and workflows, ourselves among them: an answer to one could go on for ever.
  if (textIn(event, "bot_id") !== null || (bot !== null && user === bot)) return ignored("bot");
  if (ts === null || !isTs(ts) || user === null || !isUserId(user)) return ignored("incomplete");
  const read = readText(textIn(event, "text") ?? "", bot);
  const files = listIn(event, "files").flatMap((file) => parseFile(file) ?? []);
  if (read.text === "" && files.length === 0 && !read.mentioned) return ignored("empty");
  const thread = textIn(event, "thread_ts");
  if (channel === context.staffChannel) return parseStaffMessage({ channel, ts, user, thread, read, files, context });
  const direct = isDirect(event, channel);
  const conversation = conversationOf({ channel, user: direct ? null : user });
  // The bot called by name and nothing else: a greeting.
  const content = contentOf(read.text === "" && files.length === 0 ? "👋" : read.text, files);
  return {
    kind: "customer",
    conversation,
    thread: direct ? null : (thread ?? ts),
    onlyIfCurrent: !direct && !read.mentioned && textIn(event, "type") !== "app_mention",
    // Both events of one message (`message` and `app_mention`) get the same id, so that it is one.
    entries: [{ id: entryId(conversation, ts), conversation, receivedAt: context.receivedAt, event: content }],
  };
}

/** A direct message with one person; one with several people is a channel like any other. */
function isDirect(event: Json, channel: string): boolean {
  const kind = textIn(event, "channel_type");
  return kind === null ? channel.startsWith("D") : kind === "im";
}

/** Files sent at once are one event, the words their caption. */
function contentOf(text: string, [first, ...more]: readonly Media[]): InboundEvent {
  if (first === undefined) return { kind: "message", text };
  return { kind: "media", media: first, text: text === "" ? null : text, ...(more.length > 0 ? { more } : {}) };
}

function parseEdit(event: Json, channel: string, bot: string | null, context: ParseContext): Parsed {
  const message = objectIn(event, "message");
  const before = objectIn(event, "previous_message");
  const user = textIn(message, "user");
  const ts = textIn(message, "ts");
  const editedAt = textIn(objectIn(message, "edited"), "ts");
  // Slack also says "changed" when it adds a preview or a reply; then nobody edited.
  if (editedAt === null || !isTs(editedAt) || textIn(message, "text") === textIn(before, "text")) return ignored("not_edited");
  if (ts === null || !isTs(ts) || user === null || !isUserId(user) || textIn(message, "bot_id") !== null || user === bot)
    return ignored("bot");
  // An act was done when it was written; its words stay as they were carried out.
  if (channel === context.staffChannel) return ignored("staff_edit");
  const direct = isDirect(event, channel);
  const conversation = conversationOf({ channel, user: direct ? null : user });
  const { text, mentioned } = readText(textIn(message, "text") ?? "", bot);
  if (text === "") return ignored("empty");
  return {
    kind: "customer",
    conversation,
    thread: direct ? null : (textIn(message, "thread_ts") ?? ts),
    onlyIfCurrent: !direct && !mentioned,
    entries: [
      {
        id: entryId(conversation, ts, "edit", editedAt),
        conversation,
        receivedAt: context.receivedAt,
        event: { kind: "edited", message: entryId(conversation, ts), text },
      },
    ],
  };
}

/** A file as Slack describes it, or only names it (shared channels). Its content is fetched when someone needs it. */
function parseFile(value: Json): Media | null {
  const id = textIn(value, "id");
  if (id === null || !/^F[A-Z0-9]{1,30}$/.test(id) || textIn(value, "mode") === "tombstone") return null;
  const mime = textIn(value, "mimetype");
  const voice = mime?.startsWith("audio/") || textIn(value, "subtype") === "slack_audio";
  const kind = voice ? "voice" : mime?.startsWith("image/") ? "photo" : mime?.startsWith("video/") ? "video" : "file";
  return { kind, ref: `${CHANNEL}:${id}`, name: textIn(value, "name")?.slice(0, 200) ?? null, mime };
}

interface StaffMessage {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly thread: string | null;
  readonly read: ReturnType<typeof readText>;
  readonly files: readonly Media[];
  readonly context: ParseContext;
}

/**
 * What staff write: everything in a case's thread; in the room itself only what is meant for the bot, which is called by name
 * or by a leading `!`. The rest is talk among colleagues.
 */
function parseStaffMessage({ channel, ts, user, thread, read, files, context }: StaffMessage): Parsed {
  const called = read.mentioned || /^[!/]/.test(read.text);
  if (thread === null && !called) return ignored("staff_talk");
  // "@bot claim" is a command as "/claim" is; Slack keeps words that begin with a slash to itself.
  const command = read.mentionedFirst && !/^[!/]/.test(read.text) ? `/${read.text}` : read.text.replace(/^!/, "/");
  if (command === "/" || (command === "" && files.length === 0)) return ignored("empty");
  const base = { channel: CHANNEL, actor: user, case: null, thread, receivedAt: context.receivedAt };
  const acts: StaffAct[] =
    files.length === 0
      ? [{ ...base, id: `${CHANNEL}:${channel}:${ts}`, act: { kind: "text", text: command } }]
      : files.map((media, index) => ({
          ...base,
          id: `${CHANNEL}:${channel}:${ts}${index === 0 ? "" : `:f${index + 1}`}`,
          act: { kind: "media", media, text: index === 0 && command !== "" ? command : null },
        }));
  return { kind: "staff", acts, reply: { channel, user, thread: thread ?? null } };
}
