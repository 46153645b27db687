/** What the emulated platform remembers. */
import type { Delivery } from "./delivery.ts";
import type { createRates } from "./limits.ts";
import type { Group, PrivateChat, StoredMessage } from "./types.ts";

export interface World {
  readonly now: () => number;
  readonly bot: { readonly id: number; readonly username: string; privacy: boolean };
  readonly people: Map<number, PrivateChat>;
  readonly groups: Map<number, Group>;
  readonly messages: StoredMessage[];
  readonly files: Set<string>;
  readonly queries: Map<string, { answered: boolean; text: string | null }>;
  readonly commands: Map<string, readonly { readonly command: string; readonly description: string }[]>;
  readonly rates: ReturnType<typeof createRates>;
  readonly delivery: Delivery;
  /** Ephemeral messages are known to this server. */
  ephemeral: boolean;
  /** Somebody threw waiting updates away. */
  dropped: boolean;
  /** Private chats of a bot share one numbering, each group has its own. */
  nextMessage(chat: number): number;
  me(): Readonly<Record<string, unknown>>;
  /** A message as the API writes it. */
  wire(message: StoredMessage): Readonly<Record<string, unknown>>;
}

/** What a file holds. */
export function contentOf(file: string): Buffer {
  return Buffer.from(`content of ${file}`);
}

export function createWorld(parts: Pick<World, "now" | "bot" | "rates" | "delivery">): World {
  const people: World["people"] = new Map();
  const groups: World["groups"] = new Map();
  const counters = new Map<number, number>();
  const chatOf = (id: number): Readonly<Record<string, unknown>> => {
    const group = groups.get(id);
    if (group) return { id, type: group.type, title: group.title, ...(group.forum ? { is_forum: true } : {}) };
    return { id, type: "private", first_name: people.get(id)?.firstName ?? "?" };
  };
  return {
    ...parts,
    people,
    groups,
    messages: [],
    files: new Set(),
    queries: new Map(),
    commands: new Map(),
    ephemeral: true,
    dropped: false,
    nextMessage(chat) {
      const key = chat > 0 ? 0 : chat;
      const next = (counters.get(key) ?? 100) + 1;
      counters.set(key, next);
      return next;
    },
    me: () => ({
      id: parts.bot.id,
      is_bot: true,
      first_name: "Anxin",
      username: parts.bot.username,
      can_join_groups: true,
      can_read_all_group_messages: !parts.bot.privacy,
      supports_inline_queries: false,
      has_topics_enabled: false,
    }),
    wire: (message) => ({
      message_id: message.id,
      date: message.date,
      chat: chatOf(message.chat),
      from: { id: message.from, is_bot: message.from === parts.bot.id, first_name: "x" },
      ...(message.thread === null ? {} : { message_thread_id: message.thread, is_topic_message: true }),
      ...(message.media === null ? { text: message.text } : { caption: message.text }),
    }),
  };
}
