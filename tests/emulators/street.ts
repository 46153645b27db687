/**
 * The three emulated platforms side by side, each with customers who write and staff who work in its team chat, in one form. The
 * service runs before them as it would before the real ones: over HTTP, with settings.
 */
import type { Profile } from "../../core/profile/schema.ts";
import { accountsOf, type Colleague, type Folk, slackFolk, telegramFolk, wecomFolk } from "./folk.ts";
import { startSlackEmulator } from "./slack/index.ts";
import { startTelegramEmulator } from "./telegram/index.ts";
import { startWecomEmulator } from "./wecom/index.ts";

export interface StreetPlatform extends Folk {
  /** Settings of the service for this platform. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface Street {
  readonly platforms: readonly StreetPlatform[];
  readonly environment: Readonly<Record<string, string>>;
  /** The profile with its staff known on every platform. */
  peopled(profile: Profile): Profile;
  /** Tells the platforms where the service answers. */
  attach(address: string): void;
  close(): Promise<void>;
}

export async function openStreet(profile: Profile, clock: { now(): number } = { now: () => Date.now() }): Promise<Street> {
  const colleagues: Colleague[] = profile.staff.map((member, index) => ({
    id: member.id,
    name: member.name["zh-CN"],
    ...accountsOf(index),
  }));
  const telegram = await startTelegramEmulator({ clock });
  const slack = await startSlackEmulator({ clock });
  const wecom = await startWecomEmulator({ clock, staff: colleagues.map((one) => one.wecom) });
  const { company } = wecom;
  const platforms: readonly StreetPlatform[] = [
    {
      ...telegramFolk(telegram, colleagues),
      environment: {
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.url,
        TELEGRAM_MODE: "polling",
        TELEGRAM_STAFF_CHAT: String(telegram.staff.group.id),
      },
      close: () => telegram.close(),
    },
    {
      ...slackFolk(slack, colleagues),
      environment: {
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.url,
        SLACK_STAFF_CHANNEL: slack.staffChannel,
      },
      close: () => slack.close(),
    },
    {
      ...wecomFolk(wecom, colleagues),
      environment: {
        WECOM_CORP_ID: company.corpId,
        WECOM_AGENT_ID: company.agentId,
        WECOM_SECRET: company.secret,
        WECOM_TOKEN: company.token,
        WECOM_AES_KEY: company.aesKey,
        WECOM_API_ROOT: wecom.url,
        WECOM_STAFF: colleagues.map((one) => one.wecom).join(","),
      },
      close: () => wecom.close(),
    },
  ];
  return {
    platforms,
    environment: Object.assign({}, ...platforms.map((one) => one.environment)) as Record<string, string>,
    peopled: (before) => ({
      ...before,
      staff: before.staff.map((member, index) => ({ ...member, channels: accountsOf(index) })),
    }),
    attach(address) {
      slack.requestUrl = `${address}/channels/slack`;
      wecom.callbacks.url = `${address}/channels/wecom`;
    },
    async close() {
      for (const one of platforms) await one.close();
    },
  };
}
