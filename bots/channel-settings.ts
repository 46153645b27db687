/**
 * Settings of the platforms. A channel runs when its settings are there; half a set is an error that names what is missing.
 * Secrets are never repeated, not even when they are wrong.
 */
import type { SlackSettings } from "../adapters/slack/index.ts";
import type { TelegramSettings } from "../adapters/telegram/index.ts";
import type { WecomSettings } from "../adapters/wecom/index.ts";

export interface SettingProblem {
  readonly variable: string;
  readonly what: string;
  readonly wanted: string;
}

export interface ChannelSettings {
  readonly telegram: TelegramSettings | null;
  readonly slack: SlackSettings | null;
  readonly wecom: WecomSettings | null;
}

type Given = Readonly<Record<string, string | undefined>>;

/** What each variable must look like, in words; `secret` values are never shown. */
const FORMS: Readonly<Record<string, { readonly form: RegExp; readonly wanted: string; readonly secret?: boolean }>> = {
  TELEGRAM_BOT_TOKEN: { form: /^\d+:[A-Za-z0-9_-]+$/, wanted: "the token @BotFather gave, such as 123456789:AA…", secret: true },
  TELEGRAM_WEBHOOK_SECRET: { form: /^[A-Za-z0-9_-]{1,256}$/, wanted: "1 to 256 letters, digits, _ or -", secret: true },
  TELEGRAM_API_ROOT: { form: /^https?:\/\/\S+$/, wanted: "an address such as https://api.telegram.org" },
  TELEGRAM_MODE: { form: /^(?:webhook|polling)$/, wanted: "webhook or polling" },
  TELEGRAM_STAFF_CHAT: { form: /^-?\d+$/, wanted: "the id of a forum supergroup, such as -1001234567890" },
  SLACK_BOT_TOKEN: { form: /^xoxb-\S+$/, wanted: "the bot user's token, xoxb-…", secret: true },
  SLACK_SIGNING_SECRET: { form: /^\S{8,}$/, wanted: "the signing secret of the app's Basic Information", secret: true },
  SLACK_APP_TOKEN: { form: /^xapp-\S+$/, wanted: "an app-level token, xapp-…", secret: true },
  SLACK_API_URL: { form: /^https?:\/\/\S+$/, wanted: "an address such as https://slack.com/api/" },
  SLACK_STAFF_CHANNEL: { form: /^[CG][A-Z0-9]+$/, wanted: "the id of a channel, such as C0123456789" },
  WECOM_CORP_ID: { form: /^\S{4,}$/, wanted: "the company's id, such as ww1234567890abcdef" },
  WECOM_AGENT_ID: { form: /^\d+$/, wanted: "the AgentId of the app, a number" },
  WECOM_SECRET: { form: /^\S{8,}$/, wanted: "the Secret of the app", secret: true },
  WECOM_TOKEN: { form: /^[A-Za-z0-9]{3,32}$/, wanted: "the Token of the callback, up to 32 letters and digits", secret: true },
  WECOM_AES_KEY: { form: /^[A-Za-z0-9]{43}$/, wanted: "the EncodingAESKey of the callback, 43 letters and digits", secret: true },
  WECOM_API_ROOT: { form: /^https?:\/\/\S+$/, wanted: "an address such as https://qyapi.weixin.qq.com" },
  WECOM_STAFF: { form: /^[^\s,，]+(?:\s*[,，]\s*[^\s,，]+)*$/, wanted: "user ids with commas between them" },
  WECOM_GROUP_WEBHOOK: { form: /^https?:\/\/\S+$/, wanted: "the robot's address, https://…?key=…", secret: true },
  WECOM_AIBOT_ID: { form: /^\S+$/, wanted: "the id of the intelligent robot" },
  WECOM_AIBOT_SECRET: { form: /^\S+$/, wanted: "the secret of the intelligent robot", secret: true },
};

/** Variables that change nothing by themselves: a set is begun by any of the others. */
const MERE = new Set(["TELEGRAM_API_ROOT", "TELEGRAM_MODE", "SLACK_API_URL", "WECOM_API_ROOT"]);

/**
 * @param given variables that have a value
 * @param publicUrl as read from PUBLIC_URL
 */
export function readChannelSettings(
  given: Given,
  publicUrl: string | null,
): { readonly channels: ChannelSettings; readonly problems: readonly SettingProblem[] } {
  const problems: SettingProblem[] = [];
  for (const [variable, { form, wanted, secret }] of Object.entries(FORMS)) {
    const value = given[variable]?.trim();
    if (value === undefined || form.test(value)) continue;
    problems.push({ variable, what: secret ? `its value of ${value.length} characters is not usable` : `it is "${value}"`, wanted });
  }
  const value = (variable: string): string | null => given[variable]?.trim() ?? null;
  const begun = (prefix: string): boolean =>
    Object.keys(FORMS).some((name) => name.startsWith(prefix) && !MERE.has(name) && value(name) !== null);
  const demand = (because: string, ...names: readonly string[]): void => {
    for (const variable of names)
      if (value(variable) === null)
        problems.push({
          variable,
          what: `it is missing, and ${because}`,
          wanted: FORMS[variable]?.wanted ?? "an address such as https://service.example.com",
        });
  };

  let telegram: TelegramSettings | null = null;
  if (begun("TELEGRAM_")) {
    demand("other TELEGRAM_ settings are there", "TELEGRAM_BOT_TOKEN");
    const webhookSecret = value("TELEGRAM_WEBHOOK_SECRET");
    const mode =
      (value("TELEGRAM_MODE") as "webhook" | "polling" | null) ?? (webhookSecret !== null && publicUrl !== null ? "webhook" : "polling");
    if (mode === "webhook") {
      demand("TELEGRAM_MODE is webhook", "TELEGRAM_WEBHOOK_SECRET");
      if (publicUrl === null) demand("TELEGRAM_MODE is webhook", "PUBLIC_URL");
    }
    telegram = {
      botToken: value("TELEGRAM_BOT_TOKEN") ?? "",
      webhookSecret,
      apiRoot: value("TELEGRAM_API_ROOT"),
      mode,
      staffChat: value("TELEGRAM_STAFF_CHAT"),
      publicUrl,
    };
  }

  let slack: SlackSettings | null = null;
  if (begun("SLACK_")) {
    demand("other SLACK_ settings are there", "SLACK_BOT_TOKEN");
    if (value("SLACK_SIGNING_SECRET") === null && value("SLACK_APP_TOKEN") === null)
      demand("neither it nor SLACK_APP_TOKEN is there: one of them is how Slack's calls come in", "SLACK_SIGNING_SECRET");
    slack = {
      botToken: value("SLACK_BOT_TOKEN") ?? "",
      signingSecret: value("SLACK_SIGNING_SECRET"),
      appToken: value("SLACK_APP_TOKEN"),
      apiUrl: value("SLACK_API_URL"),
      staffChannel: value("SLACK_STAFF_CHANNEL"),
    };
  }

  let wecom: WecomSettings | null = null;
  if (begun("WECOM_")) {
    demand("other WECOM_ settings are there", "WECOM_CORP_ID", "WECOM_AGENT_ID", "WECOM_SECRET", "WECOM_TOKEN", "WECOM_AES_KEY");
    if ((value("WECOM_AIBOT_ID") === null) !== (value("WECOM_AIBOT_SECRET") === null))
      demand("the other half of the intelligent robot is there", "WECOM_AIBOT_ID", "WECOM_AIBOT_SECRET");
    wecom = {
      corpId: value("WECOM_CORP_ID") ?? "",
      agentId: value("WECOM_AGENT_ID") ?? "",
      secret: value("WECOM_SECRET") ?? "",
      token: value("WECOM_TOKEN") ?? "",
      aesKey: value("WECOM_AES_KEY") ?? "",
      apiRoot: value("WECOM_API_ROOT"),
      staff: (value("WECOM_STAFF") ?? "")
        .split(/[,，]/)
        .map((user) => user.trim())
        .filter(Boolean),
      groupWebhook: value("WECOM_GROUP_WEBHOOK"),
      aibotId: value("WECOM_AIBOT_ID"),
      aibotSecret: value("WECOM_AIBOT_SECRET"),
    };
  }
  return { channels: { telegram, slack, wecom }, problems };
}
