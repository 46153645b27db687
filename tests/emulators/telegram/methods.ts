/** The methods of the Bot API that the adapter uses, each with the checks that the platform makes. */
import { checkCaption, checkEntities, checkMarkup, checkText, hasLink, isObject } from "./limits.ts";
import { ApiRefusal, type Group, type Params, type StoredMessage } from "./types.ts";
import { contentOf, type World } from "./world.ts";

const bad = (description: string): ApiRefusal => new ApiRefusal(400, `Bad Request: ${description}`);

type Method = (params: Params) => unknown;

export function createMethods(world: World): Readonly<Record<string, Method>> {
  const chatId = (params: Params): number => {
    const id = Number(params["chat_id"]);
    if (!Number.isSafeInteger(id)) throw bad("chat_id is empty");
    return id;
  };

  function groupOf(id: number): Group {
    const group = world.groups.get(id);
    if (!group) throw bad("chat not found");
    if (group.movedTo !== null)
      throw new ApiRefusal(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: group.movedTo });
    if (group.bot.status === "kicked") throw new ApiRefusal(403, "Forbidden: bot was kicked from the supergroup chat");
    if (group.bot.status === "left") throw new ApiRefusal(403, "Forbidden: bot is not a member of the supergroup chat");
    return group;
  }

  /** May the bot write there? */
  function writable(params: Params): { readonly chat: number; readonly thread: number | null } {
    const chat = chatId(params);
    const thread = params["message_thread_id"] === undefined ? null : Number(params["message_thread_id"]);
    if (chat > 0) {
      const person = world.people.get(chat);
      if (!person) throw bad("chat not found");
      if (person.deactivated) throw new ApiRefusal(403, "Forbidden: user is deactivated");
      if (!person.started) throw new ApiRefusal(403, "Forbidden: bot can't initiate conversation with a user");
      if (person.blocked) throw new ApiRefusal(403, "Forbidden: bot was blocked by the user");
      return { chat, thread };
    }
    const group = groupOf(chat);
    if (thread !== null) {
      const topic = group.topics.get(thread);
      if (!topic) throw bad("message thread not found");
      if (topic.closed) throw bad("TOPIC_CLOSED");
    }
    return { chat, thread };
  }

  function put(params: Params, text: string, media: string | null): unknown {
    const { chat, thread } = writable(params);
    const markup = checkMarkup(params["reply_markup"], chat);
    const entities = checkEntities(params["entities"] ?? params["caption_entities"], text);
    const preview = params["link_preview_options"];
    const ephemeral = params["ephemeral_message_parameters"];
    const ephemeralTo = isObject(ephemeral) ? Number(ephemeral["receiver_user_id"]) : null;
    if (ephemeralTo !== null && (chat > 0 || !world.ephemeral)) throw bad("ephemeral messages can't be sent here");
    world.rates.take(chat);
    const message: StoredMessage = {
      id: ephemeralTo === null ? world.nextMessage(chat) : 0,
      chat,
      from: world.bot.id,
      thread,
      text,
      media,
      entities,
      ...markup,
      preview: hasLink(text) && !(isObject(preview) && preview["is_disabled"] === true) && media === null,
      silent: params["disable_notification"] === true,
      ephemeralTo,
      edited: false,
      date: Math.floor(world.now() / 1_000),
    };
    world.messages.push(message);
    return world.wire(message);
  }

  const media =
    (field: string): Method =>
    (params) => {
      const file = params[field];
      if (typeof file !== "string" || file === "") throw bad("there is no file in the request");
      if (!file.startsWith("attach:") && !/^https?:/.test(file) && !world.files.has(file))
        throw bad("wrong file identifier/HTTP URL specified");
      return put(params, checkCaption(params["caption"]), `${field}:${file}`);
    };

  function edit(params: Params, change: (message: StoredMessage) => Partial<StoredMessage>): unknown {
    const chat = chatId(params);
    if (chat < 0) groupOf(chat);
    world.rates.take(chat);
    const message = world.messages.find((one) => one.chat === chat && one.id === Number(params["message_id"]) && one.id > 0);
    if (!message || (message.thread !== null && chat < 0 && !world.groups.get(chat)!.topics.has(message.thread)))
      throw bad("message to edit not found");
    if (message.from !== world.bot.id) throw bad("message can't be edited");
    const changed = { ...change(message), ...checkMarkup(params["reply_markup"] ?? { inline_keyboard: [] }, chat) };
    const same = (Object.keys(changed) as (keyof StoredMessage)[]).every(
      (key) => JSON.stringify(changed[key]) === JSON.stringify(message[key]),
    );
    if (same)
      throw bad(
        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
      );
    Object.assign(message, changed, { edited: true });
    return world.wire(message);
  }

  function manageTopics(params: Params): Group {
    const group = groupOf(chatId(params));
    if (!group.forum) throw bad("the chat is not a forum");
    if (group.bot.status !== "administrator" || !group.bot.can_manage_topics) throw bad("not enough rights to create a topic");
    return group;
  }
  const topicOf = (params: Params) => {
    const topic = manageTopics(params).topics.get(Number(params["message_thread_id"]));
    if (!topic) throw bad("TOPIC_DELETED");
    return topic;
  };

  return {
    getMe: () => world.me(),
    setWebhook(params) {
      const url = String(params["url"] ?? "");
      if (url === "") world.delivery.setWebhook(null);
      else {
        const secret = params["secret_token"];
        if (secret !== undefined && !(typeof secret === "string" && /^[A-Za-z0-9_-]{1,256}$/.test(secret)))
          throw bad("secret token contains unallowed characters");
        const local = /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url);
        if (!local && !/^https:\/\/[^/:]+(:(443|80|88|8443))?\//.test(url))
          throw bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
        if (params["drop_pending_updates"] === true) world.dropped = true;
        world.delivery.setWebhook({
          url,
          secret: (secret as string | undefined) ?? null,
          allowed: (params["allowed_updates"] as string[] | undefined) ?? null,
        });
      }
      return true;
    },
    deleteWebhook(params) {
      if (params["drop_pending_updates"] === true) world.dropped = true;
      world.delivery.setWebhook(null);
      return true;
    },
    getWebhookInfo: () => ({
      url: world.delivery.webhook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: world.delivery.pending,
      ...(world.delivery.webhook?.allowed ? { allowed_updates: world.delivery.webhook.allowed } : {}),
      ...(world.delivery.lastError
        ? { last_error_date: Math.floor(world.delivery.lastError.at / 1_000), last_error_message: world.delivery.lastError.message }
        : {}),
    }),
    getFile(params) {
      const id = String(params["file_id"]);
      if (!world.files.has(id)) throw bad("wrong file_id or the file is temporarily unavailable");
      if (id.startsWith("huge")) throw bad("file is too big");
      return { file_id: id, file_unique_id: `u${id}`, file_size: contentOf(id).length, file_path: `files/${id}.jpg` };
    },
    sendMessage: (params) => put(params, checkText(params["text"]), null),
    sendPhoto: media("photo"),
    sendVoice: media("voice"),
    sendVideo: media("video"),
    sendDocument: media("document"),
    sendLocation: (params) => put(params, "", `location:${params["latitude"]},${params["longitude"]}`),
    editMessageText(params) {
      const text = checkText(params["text"]);
      const entities = checkEntities(params["entities"], text);
      return edit(params, (message) => {
        if (message.media !== null) throw bad("there is no text in the message to edit");
        return { text, entities };
      });
    },
    editMessageCaption(params) {
      const text = checkCaption(params["caption"]);
      return edit(params, (message) => {
        if (message.media === null) throw bad("there is no caption in the message to edit");
        return { text };
      });
    },
    answerCallbackQuery(params) {
      const query = world.queries.get(String(params["callback_query_id"]));
      if (!query || query.answered) throw bad("query is too old and response timeout expired or query ID is invalid");
      const text = params["text"];
      if (typeof text === "string" && text.length > 200) throw bad("MESSAGE_TOO_LONG");
      query.answered = true;
      query.text = typeof text === "string" ? text : null;
      return true;
    },
    createForumTopic(params) {
      const group = manageTopics(params);
      const name = String(params["name"] ?? "");
      if (name.length < 1 || name.length > 128) throw bad("topic name is invalid");
      const colour = params["icon_color"];
      if (colour !== undefined && ![0x6fb9f0, 0xffd67e, 0xcb86db, 0x8eee98, 0xff93b2, 0xfb6f5f].includes(Number(colour)))
        throw bad("icon color is invalid");
      const id = world.nextMessage(group.id);
      group.topics.set(id, { id, name, closed: false });
      return { message_thread_id: id, name, icon_color: colour ?? 0x6fb9f0 };
    },
    editForumTopic(params) {
      const topic = topicOf(params);
      const name = String(params["name"] ?? topic.name);
      if (name.length > 128) throw bad("topic name is invalid");
      if (name === topic.name) throw bad("TOPIC_NOT_MODIFIED");
      topic.name = name;
      return true;
    },
    reopenForumTopic(params) {
      topicOf(params).closed = false;
      return true;
    },
    pinChatMessage(params) {
      const group = groupOf(chatId(params));
      if (!group.bot.can_pin_messages) throw bad("not enough rights to manage pinned messages in the chat");
      group.pinned.push({ id: Number(params["message_id"]), loud: params["disable_notification"] !== true });
      return true;
    },
    getChat(params) {
      const group = groupOf(chatId(params));
      return { id: group.id, type: group.type, title: group.title, ...(group.forum ? { is_forum: true } : {}) };
    },
    getChatMember(params) {
      const group = groupOf(chatId(params));
      const user = Number(params["user_id"]);
      if (user === world.bot.id) return { user: world.me(), ...group.bot };
      const name = group.members.get(user);
      if (name === undefined) throw bad("user not found");
      return { status: "member", user: { id: user, is_bot: false, first_name: name } };
    },
    setMyCommands(params) {
      const scope = params["scope"] as { type: string; chat_id?: number } | undefined;
      if (scope?.type === "chat" && Number(scope.chat_id) < 0) groupOf(Number(scope.chat_id));
      const language = params["language_code"];
      if (language !== undefined && !/^[a-z]{2}$/.test(String(language))) throw bad("invalid language code specified");
      const commands = params["commands"] as { command: string; description: string }[];
      for (const { command, description } of commands) {
        if (!/^[a-z0-9_]{1,32}$/.test(command)) throw bad("BOT_COMMAND_INVALID");
        if (description.length < 1 || description.length > 256) throw bad("BOT_COMMAND_DESCRIPTION_INVALID");
      }
      world.commands.set(`${scope?.type ?? "default"}:${scope?.chat_id ?? ""}:${language ?? ""}`, commands);
      return true;
    },
  };
}
