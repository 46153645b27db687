/** What `doctor` finds out about a bot's set-up: each thing that is missing by its name, with its mend. */
import type { Finding } from "../../core/ports.ts";
import { checkRoom } from "./check-room.ts";
import { checkAddress, checkHook } from "./check-webhook.ts";
import type { TelegramClient } from "./client.ts";
import { good, noBot, text } from "./findings.ts";
import type { Notes } from "./notes.ts";
import type { TelegramDependencies } from "./types.ts";

export interface CheckParts {
  readonly dependencies: TelegramDependencies;
  readonly client: TelegramClient;
  readonly notes: Notes;
}

/** Never throws; what can't be asked is a finding. */
export async function checkTelegram({ dependencies, client, notes }: CheckParts): Promise<readonly Finding[]> {
  const { settings, clock } = dependencies;
  const me = await client.ask((raw) => raw.getMe());
  if (!me.ok) return [noBot(me.failure)];
  const bot = me.value;
  const findings: Finding[] = [
    good(
      text(`Telegram 机器人 @${bot.username} 可用`, `Telegram 機器人 @${bot.username} 可用`, `the Telegram bot @${bot.username} answers`),
    ),
  ];

  findings.push(...checkAddress(settings.mode, settings.publicUrl, settings.webhookSecret));
  const hook = await client.ask((raw) => raw.getWebhookInfo());
  if (!hook.ok) findings.push(noBot(hook.failure));
  else findings.push(...checkHook(hook.value, settings.mode, settings.publicUrl, clock.now()));

  findings.push(...(await checkRoom(settings.staffChat, bot, client, notes)));
  return findings;
}
