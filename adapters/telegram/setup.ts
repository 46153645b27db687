/** What Telegram is told at start: the webhook or its absence, and the commands its clients offer, in three languages. */
import type { Language } from "../../core/language.ts";
import type { Answer, TelegramClient } from "./client.ts";
import { type Command, CUSTOMER_COMMANDS, ID_COMMAND, PHONE_COMMAND, ROOM_COMMANDS, STAFF_COMMANDS } from "./commands.ts";
import type { TelegramSettings } from "./types.ts";
import { ALLOWED_UPDATES } from "./updates.ts";

export const WEBHOOK_PATH = "/channels/telegram";

/** Deliveries at a time; the default of the Bot API, far above what one process needs. */
const MAX_CONNECTIONS = 40;

export function webhookUrl(publicUrl: string): string {
  return publicUrl.replace(/\/+$/, "") + WEBHOOK_PATH;
}

/**
 * Updates that wait are never dropped: they are customers' words. Without a public address the webhook is left as somebody set
 * it by hand.
 */
export async function receiveUpdates(client: TelegramClient, settings: TelegramSettings): Promise<Answer<unknown>> {
  const { mode, publicUrl } = settings;
  if (mode === "polling") return client.ask((raw) => raw.deleteWebhook({ drop_pending_updates: false }));
  if (publicUrl === null) return { ok: true, value: null };
  return client.ask((raw) =>
    raw.setWebhook({
      url: webhookUrl(publicUrl),
      secret_token: settings.webhookSecret!,
      allowed_updates: ALLOWED_UPDATES,
      max_connections: MAX_CONNECTIONS,
    }),
  );
}

const shown = (commands: readonly Command[], language: Language) =>
  commands.map(({ name, says }) => ({ command: name, description: says[language] }));

const FOR_CUSTOMERS: readonly Command[] = [...CUSTOMER_COMMANDS, PHONE_COMMAND];

/**
 * Telegram tells languages apart by two letters, so Chinese clients get the simplified list, and a chat whose client is set to
 * traditional script gets its own ({@link offerTraditional}).
 */
export async function offerCommands(client: TelegramClient, staffChat: number | null): Promise<readonly Answer<unknown>[]> {
  const answers: Answer<unknown>[] = [];
  const scopes = [
    { scope: { type: "all_private_chats" } as const, commands: FOR_CUSTOMERS },
    ...(staffChat === null
      ? []
      : [{ scope: { type: "chat", chat_id: staffChat } as const, commands: [...STAFF_COMMANDS, ...ROOM_COMMANDS, ID_COMMAND] }]),
  ];
  for (const { scope, commands } of scopes) {
    answers.push(await client.ask((raw) => raw.setMyCommands({ scope, commands: shown(commands, "en") })));
    answers.push(await client.ask((raw) => raw.setMyCommands({ scope, commands: shown(commands, "zh-CN"), language_code: "zh" })));
  }
  return answers;
}

/** The commands of one customer's chat in traditional script. */
export function offerTraditional(client: TelegramClient, chat: number): Promise<Answer<unknown>> {
  return client.ask((raw) => raw.setMyCommands({ scope: { type: "chat", chat_id: chat }, commands: shown(FOR_CUSTOMERS, "zh-TW") }));
}
