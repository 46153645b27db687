/** People at the other end: customers in private chats, staff in a forum group. What they do becomes updates. */
import { foundIn } from "./limits.ts";
import type { Group, Shown, StoredMessage } from "./types.ts";
import type { World } from "./world.ts";

/** Queues an update; resolves when it was delivered or dropped. */
export type Post = (queue: string, body: Readonly<Record<string, unknown>>, lifeMs?: number) => Promise<void>;

/** Presses are dropped after 150 s, everything else after a day (tdlib/telegram-bot-api). */
const PRESS_LIFE_MS = 150_000;

export interface Customer {
  readonly id: number;
  start(payload?: string): Promise<void>;
  /** Resolves when it was delivered. */
  say(text: string): Promise<void>;
  /** As `say`, and tells the message's id at once. */
  write(text: string): { readonly message: number; readonly delivered: Promise<void> };
  edit(message: number, text: string): Promise<void>;
  /** Any other message: `photo`, `voice`, `contact` … as the API writes it. */
  send(content: Readonly<Record<string, unknown>>): Promise<void>;
  photo(caption?: string): Promise<void>;
  /** Photos in one album; the first carries the caption. */
  album(count: number, caption?: string): Promise<void>;
  voice(): Promise<void>;
  location(latitude: number, longitude: number): Promise<void>;
  /** Their own number, or somebody else's card. */
  contact(phone: string, whose?: "own" | "foreign"): Promise<void>;
  /** Presses the newest button with this label. */
  press(label: string, within?: string): Promise<{ readonly answer: string | null }>;
  /** Sends press data of one's own making. */
  forge(data: string, message?: number): Promise<void>;
  block(): Promise<void>;
  unblock(): Promise<void>;
  /** Oldest first. */
  seen(): readonly Shown[];
  /** The newest button's data, as a client of somebody's own making can read it. */
  dataOf(label: string): string;
}

export interface Member {
  readonly id: number;
  say(text: string, thread?: number | null): Promise<number>;
  photo(thread: number | null, caption?: string): Promise<void>;
  press(label: string, within?: string): Promise<{ readonly answer: string | null }>;
  react(message: number, emoji: string): Promise<void>;
}

export interface StaffRoom {
  readonly group: Group;
  member(id: number, name: string): Member;
  anonymous(text: string, thread: number): Promise<void>;
  /** Open topics, oldest first. */
  topics(): readonly { readonly id: number; readonly name: string }[];
  /** What stands in a topic (`null` = General). */
  seen(thread: number | null): readonly Shown[];
  /** People whom messages have called by name. */
  pinged(): readonly number[];
  deleteTopic(thread: number): void;
  closeTopic(thread: number): void;
  /** The group becomes another chat, as when a basic group is upgraded. */
  move(to: number): Promise<void>;
  kick(): Promise<void>;
}

function show(message: StoredMessage): Shown {
  return {
    id: message.id,
    chat: message.chat,
    thread: message.thread,
    text: message.text.replaceAll("\u2060", ""),
    buttons: message.inline.flat().map((button) => button.text),
    keyboard: message.keyboard,
    markup: [...message.entities.map((entity) => entity.type), ...foundIn(message.text), ...(message.preview ? ["link preview"] : [])],
    media: message.media,
    ephemeralTo: message.ephemeralTo,
    silent: message.silent,
    edited: message.edited,
    at: message.date * 1_000,
    answerLost: message.answerLost ?? false,
  };
}

let queries = 0;

/** The newest message of the bot with a button of this label. */
/** @param within words of the message that has the button; any when left out */
function findButton(world: World, chat: number, label: string, within = ""): { readonly message: StoredMessage; readonly data: string } {
  for (const message of [...world.messages].reverse()) {
    if (message.chat !== chat || message.from !== world.bot.id || !message.text.includes(within)) continue;
    const button = message.inline.flat().find((one) => one.text === label);
    if (button?.callback_data) return { message, data: button.callback_data };
  }
  throw new Error(`there is no button "${label}" to press`);
}

async function pressed(
  world: World,
  post: Post,
  from: Readonly<Record<string, unknown>>,
  message: Readonly<Record<string, unknown>>,
  data: string,
): Promise<{ readonly answer: string | null }> {
  const id = `9${String(++queries).padStart(17, "0")}`;
  world.queries.set(id, { answered: false, text: null });
  await post(`press ${String(from["id"])}`, { callback_query: { id, from, message, chat_instance: "1", data } }, PRESS_LIFE_MS);
  return { answer: world.queries.get(id)!.text };
}

export function createCustomer(world: World, post: Post, id: number, name: string, language: string | undefined): Customer {
  const person = world.people.get(id) ?? { id, firstName: name, language, started: false, blocked: false, deactivated: false };
  world.people.set(id, person);
  const from = { id, is_bot: false, first_name: name, ...(language === undefined ? {} : { language_code: language }) };
  const chat = { id, type: "private", first_name: name };

  const message = (content: Readonly<Record<string, unknown>>) => {
    person.started = true;
    const stored = newMessage(world, id, id, typeof content["text"] === "string" ? content["text"] : "");
    return { id: stored.id, body: { message_id: stored.id, date: stored.date, chat, from, ...content } };
  };
  const send = (content: Readonly<Record<string, unknown>>): Promise<void> => post(`chat ${id}`, { message: message(content).body });
  const file = (kind: string): { readonly file_id: string; readonly file_unique_id: string } => {
    const fileId = `${kind}-${world.files.size + 1}`;
    world.files.add(fileId);
    return { file_id: fileId, file_unique_id: `u${fileId}` };
  };
  const photo = () => [
    { ...file("small"), width: 90, height: 90 },
    { ...file("photo"), width: 1280, height: 960 },
  ];

  return {
    id,
    start: (payload) =>
      send({ text: payload === undefined ? "/start" : `/start ${payload}`, entities: [{ type: "bot_command", offset: 0, length: 6 }] }),
    say: (text) => send({ text }),
    write(text) {
      const written = message({ text });
      return { message: written.id, delivered: post(`chat ${id}`, { message: written.body }) };
    },
    edit: (messageId, text) => post(`chat ${id}`, { edited_message: { message_id: messageId, date: 1, edit_date: 2, chat, from, text } }),
    send,
    photo: (caption) => send({ photo: photo(), ...(caption === undefined ? {} : { caption }) }),
    async album(count, caption) {
      const group = `g${world.files.size}`;
      const parts = Array.from({ length: count }, (_, index) =>
        send({ media_group_id: group, photo: photo(), ...(index === 0 && caption !== undefined ? { caption } : {}) }),
      );
      await Promise.all(parts);
    },
    voice: () => send({ voice: { ...file("voice"), duration: 3, mime_type: "audio/ogg" } }),
    location: (latitude, longitude) => send({ location: { latitude, longitude } }),
    contact: (phone, whose = "own") => send({ contact: { phone_number: phone, first_name: name, user_id: whose === "own" ? id : id + 1 } }),
    press(label, within) {
      const { message: at, data } = findButton(world, id, label, within);
      return pressed(world, post, from, world.wire(at), data);
    },
    async forge(data, at = 1) {
      await pressed(world, post, from, { message_id: at, date: 0, chat }, data);
    },
    async block() {
      person.blocked = true;
      await post(`member ${id}`, memberUpdate(world, chat, from, "kicked"));
    },
    async unblock() {
      person.blocked = false;
      await post(`member ${id}`, memberUpdate(world, chat, from, "member"));
    },
    seen: () => world.messages.filter((one) => one.chat === id && one.from === world.bot.id).map(show),
    dataOf: (label) => findButton(world, id, label).data,
  };
}

function memberUpdate(world: World, chat: unknown, from: unknown, status: string): Readonly<Record<string, unknown>> {
  const user = world.me();
  return {
    my_chat_member: {
      chat,
      from,
      date: 1,
      old_chat_member: { user, status: status === "member" ? "kicked" : "member" },
      new_chat_member: { user, status, ...(status === "kicked" ? { until_date: 0 } : {}) },
    },
  };
}

function newMessage(world: World, chat: number, from: number, text: string): StoredMessage {
  const stored: StoredMessage = {
    id: world.nextMessage(chat),
    chat,
    from,
    thread: null,
    text,
    media: null,
    entities: [],
    inline: [],
    keyboard: null,
    preview: false,
    silent: false,
    ephemeralTo: null,
    edited: false,
    date: Math.floor(world.now() / 1_000),
  };
  world.messages.push(stored);
  return stored;
}

export function createStaffRoom(world: World, post: Post, id: number): StaffRoom {
  const group: Group = {
    id,
    title: "客服群",
    type: "supergroup",
    forum: true,
    bot: { status: "administrator", can_manage_topics: true, can_pin_messages: true },
    members: new Map(),
    topics: new Map(),
    pinned: [],
    movedTo: null,
  };
  world.groups.set(id, group);
  const chat = () => ({ id: group.id, type: group.type, title: group.title, ...(group.forum ? { is_forum: true } : {}) });
  const inTopic = (thread: number | null) => (thread === null ? {} : { message_thread_id: thread, is_topic_message: true });
  const write = async (
    from: Readonly<Record<string, unknown>>,
    thread: number | null,
    content: Readonly<Record<string, unknown>>,
  ): Promise<number> => {
    const stored = newMessage(world, group.id, Number(from["id"]), String(content["text"] ?? content["caption"] ?? ""));
    stored.thread = thread;
    await post(`chat ${group.id}`, {
      message: { message_id: stored.id, date: stored.date, chat: chat(), from, ...inTopic(thread), ...content },
    });
    return stored.id;
  };
  return {
    group,
    member(memberId, name) {
      group.members.set(memberId, name);
      const from = { id: memberId, is_bot: false, first_name: name, language_code: "zh-hans" };
      return {
        id: memberId,
        say: (text, thread = null) => write(from, thread, { text }),
        async photo(thread, caption) {
          const fileId = `staff-photo-${world.files.size}`;
          world.files.add(fileId);
          await write(from, thread, { photo: [{ file_id: fileId, width: 1, height: 1 }], ...(caption === undefined ? {} : { caption }) });
        },
        press(label, within) {
          const { message, data } = findButton(world, group.id, label, within);
          return pressed(world, post, from, { ...world.wire(message), chat: chat() }, data);
        },
        react: (message, emoji) =>
          post(`reaction ${group.id}`, {
            message_reaction: {
              chat: chat(),
              message_id: message,
              user: from,
              date: 1,
              old_reaction: [],
              new_reaction: [{ type: "emoji", emoji }],
            },
          }),
      };
    },
    async anonymous(text, thread) {
      await write({ id: 1_087_968_824, is_bot: true, first_name: "Group" }, thread, { text, sender_chat: chat() });
    },
    topics: () => [...group.topics.values()].map(({ id: topic, name }) => ({ id: topic, name })),
    seen: (thread) => world.messages.filter((one) => one.chat === group.id && one.thread === thread && one.from === world.bot.id).map(show),
    pinged: () =>
      world.messages
        .filter((one) => one.chat === group.id)
        .flatMap((one) => one.entities.flatMap((entity) => (entity.user ? [entity.user.id] : []))),
    deleteTopic(thread) {
      group.topics.delete(thread);
    },
    closeTopic(thread) {
      group.topics.get(thread)!.closed = true;
    },
    async move(to) {
      const from = group.id;
      group.movedTo = to;
      const moved: Group = { ...group, id: to, movedTo: null };
      world.groups.set(to, moved);
      await post(`chat ${from}`, {
        message: {
          message_id: 1,
          date: 1,
          chat: { id: from, type: "group", title: group.title },
          from: { id: 1, is_bot: false, first_name: "x" },
          migrate_to_chat_id: to,
        },
      });
    },
    async kick() {
      group.bot.status = "kicked";
      await post(`member ${group.id}`, memberUpdate(world, chat(), { id: 1, is_bot: false, first_name: "x" }, "kicked"));
    },
  };
}
