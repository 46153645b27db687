/** Links and QR codes that open the chat with the bot and say what they were found on (deep links of the Bot API). */
import { createTelegramClient } from "./client.ts";
import { TELEGRAM_LIMITS, type TelegramSettings } from "./types.ts";

/** What may follow `start=`. */
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * @param param comes back as the scene when the link is opened
 * @returns `null` when Telegram takes no such parameter (another sign than letters, digits, _ and -, or more than 64)
 * @throws Error when Telegram can't be asked for the bot's name
 */
export async function createStartLink(settings: TelegramSettings, param: string): Promise<string | null> {
  if (!PAYLOAD.test(param)) return null;
  const me = await createTelegramClient(settings, TELEGRAM_LIMITS).ask((raw) => raw.getMe());
  if (!me.ok) throw new Error(`Telegram did not tell the bot's name: ${me.failure.kind}`);
  return `https://t.me/${me.value.username}?start=${param}`;
}
