/** The methods of the Web API that the channel uses, with their refusals. */
import { checkBlocks, checkView, isObject, type Json, type JsonObject } from "./limits.ts";
import type { Call } from "./types.ts";
import { BOT_ID, BOT_USER, type Channel, TEAM, type Workspace } from "./workspace.ts";

export interface MethodParts {
  readonly workspace: Workspace;
  readonly baseUrl: () => string;
  readonly botToken: () => string;
  readonly appToken: string;
  readonly scopes: () => ReadonlySet<string>;
  /** The messages tab is switched off: nobody can be written to. */
  readonly messagesTab: () => boolean;
  readonly newSocketUrl: () => string;
  readonly changed: () => void;
}

type Answer = JsonObject;
const ok = (fields: JsonObject = {}): Answer => ({ ok: true, ...fields });
const fail = (error: string): Answer => ({ ok: false, error });

const SCOPE_OF: Readonly<Record<string, string>> = {
  "chat.postMessage": "chat:write",
  "chat.update": "chat:write",
  "chat.postEphemeral": "chat:write",
  "conversations.open": "im:write",
  "users.info": "users:read",
  "files.info": "files:read",
  "files.getUploadURLExternal": "files:write",
  "files.completeUploadExternal": "files:write",
};

const text = (value: Json | undefined): string =>
  typeof value === "string" ? value : value === undefined || value === null ? "" : String(value);
const json = (value: Json | undefined): unknown => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
};

export function createMethods(parts: MethodParts): (call: Call) => Answer {
  const { workspace } = parts;

  function channelFor(id: string): Channel | string {
    const channel = workspace.channels.get(id);
    if (!channel) return "channel_not_found";
    if (channel.archived) return "is_archived";
    if (!channel.members.has(BOT_USER)) return "not_in_channel";
    if (channel.user !== null && workspace.users.get(channel.user)?.disabled) return "user_disabled";
    if (channel.kind === "im" && !parts.messagesTab()) return "messages_tab_disabled";
    return channel;
  }

  /** Text and blocks of a message, or the refusal. */
  function contentOf(args: JsonObject): JsonObject | string {
    const blocks = args["blocks"] === undefined ? null : json(args["blocks"]);
    if (blocks !== null) {
      const wrong = checkBlocks(blocks, "message");
      if (wrong !== null) return wrong;
    }
    const words = text(args["text"]);
    if (words === "" && (blocks === null || (blocks as Json[]).length === 0)) return "no_text";
    // Slack cuts what is longer.
    return { text: words.slice(0, 40_000), ...(blocks === null ? {} : { blocks: blocks as Json[] }) };
  }

  function metadataOf(args: JsonObject): JsonObject | string | null {
    if (args["metadata"] === undefined) return null;
    const metadata = json(args["metadata"]);
    if (!isObject(metadata) || !isObject(metadata["event_payload"])) return "invalid_metadata_format";
    return JSON.stringify(metadata).length > 16_000 ? "metadata_too_large" : metadata;
  }

  const methods: Readonly<Record<string, (args: JsonObject) => Answer>> = {
    "auth.test": () =>
      ok({ url: "https://shop.slack.com/", team: "Anxin Shop", user: "anxin", team_id: TEAM, user_id: BOT_USER, bot_id: BOT_ID }),

    "chat.postMessage": (args) => {
      const channel = channelFor(text(args["channel"]));
      if (typeof channel === "string") return fail(channel);
      const content = contentOf(args);
      if (typeof content === "string") return fail(content);
      const metadata = metadataOf(args);
      if (typeof metadata === "string") return fail(metadata);
      const thread = text(args["thread_ts"]);
      if (thread !== "") {
        const parent = channel.messages.find((one) => one["ts"] === thread);
        if (!parent) return fail("thread_not_found");
        if (text(parent["thread_ts"]) !== "" && parent["thread_ts"] !== thread) return fail("invalid_thread_ts");
      }
      const ts = workspace.nextTs();
      const message: JsonObject = {
        type: "message",
        user: BOT_USER,
        bot_id: BOT_ID,
        ts,
        ...content,
        ...(thread === "" ? {} : { thread_ts: thread }),
        ...(text(args["reply_broadcast"]) === "true" ? { subtype: "thread_broadcast" } : {}),
        ...(metadata === null ? {} : { metadata }),
        unfurl_links: text(args["unfurl_links"]) !== "false",
      };
      channel.messages.push(message);
      parts.changed();
      return ok({ channel: channel.id, ts, message });
    },

    "chat.update": (args) => {
      const channel = channelFor(text(args["channel"]));
      if (typeof channel === "string") return fail(channel);
      const message = channel.messages.find((one) => one["ts"] === args["ts"]);
      if (!message) return fail("message_not_found");
      if (message["bot_id"] !== BOT_ID) return fail("cant_update_message");
      const content = contentOf(args);
      if (typeof content === "string") return fail(content);
      delete message["blocks"];
      Object.assign(message, content, { edited: { user: BOT_USER, ts: workspace.nextTs() } });
      parts.changed();
      return ok({ channel: channel.id, ts: text(args["ts"]), text: text(args["text"]) });
    },

    "chat.postEphemeral": (args) => {
      const channel = channelFor(text(args["channel"]));
      if (typeof channel === "string") return fail(channel);
      const user = text(args["user"]);
      if (!channel.members.has(user)) return fail("user_not_in_channel");
      channel.whispers.push({ user, text: text(args["text"]), thread: text(args["thread_ts"]) || null });
      parts.changed();
      return ok({ message_ts: workspace.nextTs() });
    },

    "conversations.open": (args) => {
      const user = text(args["users"]);
      if (!workspace.users.has(user)) return fail("user_not_found");
      return ok({ channel: { id: workspace.direct(user).id } });
    },

    "conversations.info": (args) => {
      const channel = workspace.channels.get(text(args["channel"]));
      if (!channel) return fail("channel_not_found");
      return ok({
        channel: { id: channel.id, is_member: channel.members.has(BOT_USER), is_archived: channel.archived, is_ext_shared: channel.shared },
      });
    },

    "conversations.history": (args) => {
      const channel = channelFor(text(args["channel"]));
      if (typeof channel === "string") return fail(channel);
      const top = channel.messages.filter((one) => text(one["thread_ts"]) === "" || one["subtype"] === "thread_broadcast");
      return page([...top].reverse(), args);
    },

    "conversations.replies": (args) => {
      const channel = channelFor(text(args["channel"]));
      if (typeof channel === "string") return fail(channel);
      const root = text(args["ts"]);
      if (!channel.messages.some((one) => one["ts"] === root)) return fail("thread_not_found");
      return page(
        channel.messages.filter((one) => one["ts"] === root || one["thread_ts"] === root),
        args,
      );
    },

    "users.info": (args) => {
      const user = workspace.users.get(text(args["user"]));
      if (!user) return fail("user_not_found");
      const locale = text(args["include_locale"]) === "true" ? { locale: user.locale } : {};
      return ok({ user: { id: user.id, deleted: user.disabled, real_name: user.name, profile: { real_name: user.name }, ...locale } });
    },

    "views.open": (args) => {
      const trigger = workspace.useTrigger(text(args["trigger_id"]));
      if (trigger !== "good") return fail(trigger);
      const view = json(args["view"]);
      const wrong = checkView(view, "modal");
      if (wrong !== null) return fail(wrong);
      const user = workspace.users.get(workspace.openerOf(text(args["trigger_id"])));
      const opened: JsonObject = {
        ...(view as JsonObject),
        id: `V${workspace.nextNumber()}`,
        hash: `${workspace.nextNumber()}.x`,
        team_id: TEAM,
      };
      if (user) user.modal = opened;
      parts.changed();
      return ok({ view: opened });
    },

    "views.publish": (args) => {
      const user = workspace.users.get(text(args["user_id"]));
      if (!user) return fail("user_not_found");
      const view = json(args["view"]);
      const wrong = checkView(view, "home");
      if (wrong !== null) return fail(wrong);
      user.home = { ...(view as JsonObject), id: `V${workspace.nextNumber()}`, hash: `${workspace.nextNumber()}.x` };
      parts.changed();
      return ok({ view: user.home });
    },

    "files.info": (args) => {
      const file = workspace.files.get(text(args["file"]));
      if (!file) return fail("file_not_found");
      const shares = Object.fromEntries([...file.shares].map((channel) => [channel, [{ ts: "1.1" }]]));
      return ok({
        file: {
          id: file.id,
          name: file.name,
          mimetype: file.mime,
          size: file.bytes?.length ?? 0,
          url_private_download: `${parts.baseUrl()}/files/${file.secretPath}`,
          shares: { private: shares },
        },
      });
    },

    "files.getUploadURLExternal": (args) => {
      const length = Number(args["length"]);
      if (!(length > 0) || text(args["filename"]) === "") return fail("invalid_arguments");
      const file = workspace.addFile(text(args["filename"]), "application/octet-stream", null);
      return ok({ upload_url: `${parts.baseUrl()}/upload/${file.id}`, file_id: file.id });
    },

    "files.completeUploadExternal": (args) => {
      const given = json(args["files"]);
      const channel = channelFor(text(args["channel_id"]));
      if (typeof channel === "string") return fail(channel);
      const found = (Array.isArray(given) ? given : []).map((one) => workspace.files.get(isObject(one) ? text(one["id"]) : ""));
      if (found.length === 0 || found.some((file) => !file?.bytes)) return fail("file_not_found");
      const thread = text(args["thread_ts"]);
      for (const file of found) file!.shares.add(channel.id);
      channel.messages.push({
        type: "message",
        subtype: "file_share",
        user: BOT_USER,
        bot_id: BOT_ID,
        ts: workspace.nextTs(),
        text: "",
        ...(thread === "" ? {} : { thread_ts: thread }),
        files: found.map((file) => ({ id: file!.id, name: file!.name, mimetype: file!.mime })),
      });
      parts.changed();
      return ok({ files: found.map((file) => ({ id: file!.id })) });
    },
  };

  /** Newest or oldest first, as given; at most `limit`, after `oldest`. */
  function page(messages: readonly JsonObject[], args: JsonObject): Answer {
    const oldest = Number(text(args["oldest"]) || "0");
    const limit = Math.min(Number(text(args["limit"]) || "100"), 999);
    const from = Number(text(args["cursor"]) || "0");
    const all = messages.filter((one) => Number(text(one["ts"]).split(".")[0]) >= oldest);
    const metadata = text(args["include_all_metadata"]) === "true";
    const shown = all.slice(from, from + limit).map((message) => {
      const { metadata: own, ...rest } = message;
      return metadata && own !== undefined ? { ...rest, metadata: own } : rest;
    });
    const more = from + limit < all.length;
    return ok({ messages: shown, has_more: more, response_metadata: { next_cursor: more ? String(from + limit) : "" } });
  }

  return ({ method, args, token }) => {
    if (method === "apps.connections.open") {
      return token === parts.appToken ? ok({ url: parts.newSocketUrl() }) : fail(token === "" ? "not_authed" : "invalid_auth");
    }
    if (token !== parts.botToken()) return fail(token === "" ? "not_authed" : "invalid_auth");
    const scope = scopeOf(method, args);
    if (scope !== null && !parts.scopes().has(scope)) return fail("missing_scope");
    return methods[method]?.(args) ?? fail("unknown_method");
  };

  function scopeOf(method: string, args: JsonObject): string | null {
    if (method === "conversations.history" || method === "conversations.replies")
      return text(args["channel"]).startsWith("D") ? "im:history" : "channels:history";
    if (method === "conversations.info") return "channels:read";
    return SCOPE_OF[method] ?? null;
  }
}
