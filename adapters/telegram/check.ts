/** What `doctor` finds out about a bot's set-up: each thing that is missing by its name, with its mend. */
import type { LocalText } from "../../core/language.ts";
import type { Finding } from "../../core/ports.ts";
import type { TelegramClient } from "./client.ts";
import type { Failure } from "./failure.ts";
import { chatIdFrom } from "./ids.ts";
import type { Notes } from "./notes.ts";
import { webhookUrl } from "./setup.ts";
import type { TelegramDependencies } from "./types.ts";
import { ALLOWED_UPDATES } from "./updates.ts";
import { isUsableSecret } from "./verify.ts";

/** Ports that Telegram calls (Bot API, setWebhook). */
const PORTS = ["", "443", "80", "88", "8443"];
/** A secret shorter than this can be guessed in time. */
const SECRET_LENGTH = 16;
/** So many updates that wait mean that we take them too slowly, or not at all. */
const MANY_WAITING = 100;
/** A failed delivery is news for so long, s. */
const RECENT_SECONDS = 3_600;

const text = (zhCN: string, zhTW: string, en: string): LocalText => ({ "zh-CN": zhCN, "zh-TW": zhTW, en });
const good = (what: LocalText): Finding => ({ level: "good", what, mend: null });
const problem = (what: LocalText, mend: LocalText): Finding => ({ level: "problem", what, mend });
const warning = (what: LocalText, mend: LocalText): Finding => ({ level: "warning", what, mend });

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

function noBot(failure: Failure): Finding {
  if (failure.kind === "unauthorized") {
    return problem(
      text("Telegram 不认可 TELEGRAM_BOT_TOKEN", "Telegram 不認可 TELEGRAM_BOT_TOKEN", "Telegram doesn't accept TELEGRAM_BOT_TOKEN"),
      text(
        "在 @BotFather 发送 /mybots，选择机器人，API Token，复制完整令牌填入 TELEGRAM_BOT_TOKEN",
        "在 @BotFather 傳送 /mybots，選擇機器人，API Token，複製完整權杖填入 TELEGRAM_BOT_TOKEN",
        "send /mybots to @BotFather, choose the bot, API Token, and copy the whole token into TELEGRAM_BOT_TOKEN",
      ),
    );
  }
  const why = "reason" in failure ? failure.reason : failure.kind;
  return problem(
    text(`无法连接 Telegram（${why}）`, `無法連線 Telegram（${why}）`, `Telegram can't be reached (${why})`),
    text(
      "检查本机能否访问 api.telegram.org；使用自建服务器时检查 TELEGRAM_API_ROOT",
      "檢查本機能否連線 api.telegram.org；使用自架伺服器時檢查 TELEGRAM_API_ROOT",
      "see whether this machine reaches api.telegram.org; with a server of your own, check TELEGRAM_API_ROOT",
    ),
  );
}

function checkAddress(mode: "webhook" | "polling", publicUrl: string | null, secret: string | null): readonly Finding[] {
  if (mode === "polling") return [];
  const findings: Finding[] = [];
  const url = publicUrl !== null && URL.canParse(publicUrl) ? new URL(publicUrl) : null;
  if (url === null || url.protocol !== "https:" || !PORTS.includes(url.port)) {
    findings.push(
      problem(
        text("PUBLIC_URL 不能用于 Telegram 回调", "PUBLIC_URL 不能用於 Telegram 回呼", "PUBLIC_URL can't be used for Telegram's webhook"),
        text(
          "设为 https 地址，端口为 443、80、88 或 8443；没有公网地址时设 TELEGRAM_MODE=polling",
          "設為 https 位址，連接埠為 443、80、88 或 8443；沒有公開位址時設 TELEGRAM_MODE=polling",
          "set it to an https address on port 443, 80, 88 or 8443; without a public address set TELEGRAM_MODE=polling",
        ),
      ),
    );
  }
  if (!isUsableSecret(secret) || secret.length < SECRET_LENGTH) {
    const weak = isUsableSecret(secret);
    findings.push(
      (weak ? warning : problem)(
        text(
          weak ? "TELEGRAM_WEBHOOK_SECRET 太短，容易被猜中" : "TELEGRAM_WEBHOOK_SECRET 缺失或含有不允许的字符",
          weak ? "TELEGRAM_WEBHOOK_SECRET 太短，容易被猜中" : "TELEGRAM_WEBHOOK_SECRET 缺少或含有不允許的字元",
          weak
            ? "TELEGRAM_WEBHOOK_SECRET is short enough to be guessed"
            : "TELEGRAM_WEBHOOK_SECRET is missing or has characters that Telegram refuses",
        ),
        text(
          "填入 16 至 256 位随机字符，仅限 A–Z a–z 0–9 _ -，例如 openssl rand -hex 32 的输出",
          "填入 16 至 256 位隨機字元，僅限 A–Z a–z 0–9 _ -，例如 openssl rand -hex 32 的輸出",
          "put in 16 to 256 random characters of A–Z a–z 0–9 _ -, such as the output of openssl rand -hex 32",
        ),
      ),
    );
  }
  return findings;
}

interface Hook {
  readonly url?: string;
  readonly pending_update_count: number;
  readonly last_error_date?: number;
  readonly last_error_message?: string;
  readonly allowed_updates?: readonly string[];
}

function checkHook(hook: Hook, mode: "webhook" | "polling", publicUrl: string | null, now: number): readonly Finding[] {
  const findings: Finding[] = [];
  const set = hook.url ?? "";
  const restart = text(
    "启动服务（npm start）会自动设置",
    "啟動服務（npm start）會自動設定",
    "start the service (npm start): it sets it by itself",
  );
  if (mode === "polling") {
    if (set === "") return [good(text("轮询方式，没有设置回调", "輪詢方式，沒有設定回呼", "polling, and no webhook is in its way"))];
    return [
      warning(
        text(
          `已设置回调 ${hostOf(set)}，轮询收不到消息`,
          `已設定回呼 ${hostOf(set)}，輪詢收不到訊息`,
          `a webhook at ${hostOf(set)} is set, so polling gets nothing`,
        ),
        text(
          "启动服务会自动移除；若回调属于另一个程序，请为本服务另建机器人",
          "啟動服務會自動移除；若回呼屬於另一個程式，請為本服務另建機器人",
          "starting the service removes it; if it belongs to another program, make a bot of its own for this service",
        ),
      ),
    ];
  }
  const wanted = publicUrl === null ? null : webhookUrl(publicUrl);
  if (set === "")
    findings.push(problem(text("尚未设置 Telegram 回调", "尚未設定 Telegram 回呼", "Telegram's webhook is not set"), restart));
  else if (set !== wanted) {
    findings.push(
      problem(
        text(
          `Telegram 回调指向别处：${hostOf(set)}`,
          `Telegram 回呼指向別處：${hostOf(set)}`,
          `Telegram's webhook is set elsewhere: ${hostOf(set)}`,
        ),
        text(
          "若那是旧地址，启动服务会改过来；若属于另一个程序，请为本服务另建机器人",
          "若那是舊位址，啟動服務會改過來；若屬於另一個程式，請為本服務另建機器人",
          "if that is an old address, starting the service mends it; if it belongs to another program, make a bot of its own for this service",
        ),
      ),
    );
  } else findings.push(good(text("Telegram 回调已设置", "Telegram 回呼已設定", "Telegram's webhook is set")));
  const missing = ALLOWED_UPDATES.filter((kind) => hook.allowed_updates !== undefined && !hook.allowed_updates.includes(kind));
  if (set !== "" && missing.length > 0) {
    findings.push(
      warning(
        text(
          `回调没有订阅：${missing.join("、")}`,
          `回呼沒有訂閱：${missing.join("、")}`,
          `the webhook doesn't ask for ${missing.join(", ")}`,
        ),
        restart,
      ),
    );
  }
  if (hook.last_error_date !== undefined && now / 1_000 - hook.last_error_date < RECENT_SECONDS) {
    findings.push(
      warning(
        text(
          `Telegram 最近一次投递失败：${hook.last_error_message ?? ""}`,
          `Telegram 最近一次投遞失敗：${hook.last_error_message ?? ""}`,
          `Telegram's last delivery failed: ${hook.last_error_message ?? ""}`,
        ),
        text(
          "401 表示密钥不一致，重新启动服务；连接或证书错误请检查反向代理与证书链",
          "401 表示密鑰不一致，請重新啟動服務；連線或憑證錯誤請檢查反向代理與憑證鏈",
          "401 means another secret: start the service again; for connection or certificate errors look at the reverse proxy and its certificate chain",
        ),
      ),
    );
  }
  if (hook.pending_update_count > MANY_WAITING) {
    findings.push(
      warning(
        text(
          `${hook.pending_update_count} 条消息等待投递`,
          `${hook.pending_update_count} 則訊息等待投遞`,
          `${hook.pending_update_count} updates wait to be delivered`,
        ),
        text(
          "检查服务是否在运行、能否从外网访问",
          "檢查服務是否在執行、能否從外網連線",
          "see whether the service runs and can be reached from outside",
        ),
      ),
    );
  }
  return findings;
}

async function checkRoom(
  setting: string | null,
  bot: { readonly id: number; readonly username: string; readonly can_read_all_group_messages: boolean },
  client: TelegramClient,
  notes: Notes,
): Promise<readonly Finding[]> {
  const seen = await notes.read<{ readonly chat: number; readonly title: string }>("group");
  const hint = seen ? seen : null;
  const set = text(
    hint
      ? `机器人所在的群「${hint.title}」：设 TELEGRAM_STAFF_CHAT=${hint.chat}`
      : "建一个开启话题的群，把机器人加为管理员，再运行 doctor，会显示群号",
    hint
      ? `機器人所在的群組「${hint.title}」：設 TELEGRAM_STAFF_CHAT=${hint.chat}`
      : "建一個開啟話題的群組，把機器人加為管理員，再執行 doctor，會顯示群組編號",
    hint
      ? `the bot is in the group “${hint.title}”: set TELEGRAM_STAFF_CHAT=${hint.chat}`
      : "make a group with topics, add the bot as admin, and run doctor again: it shows the group's id",
  );
  if (setting === null) return [warning(text("没有设置客服群", "沒有設定客服群組", "no staff group is set"), set)];
  const given = chatIdFrom(setting);
  if (given === null || given >= 0)
    return [
      problem(text("TELEGRAM_STAFF_CHAT 不是群号", "TELEGRAM_STAFF_CHAT 不是群組編號", "TELEGRAM_STAFF_CHAT is not a group's id"), set),
    ];
  const findings: Finding[] = [];
  const moved = await notes.read<number>(`moved:${given}`);
  const chatId = moved ?? given;
  if (moved !== null) {
    findings.push(
      warning(
        text("客服群已升级，群号已变", "客服群組已升級，編號已變", "the staff group was upgraded and has another id"),
        text(`设 TELEGRAM_STAFF_CHAT=${moved}`, `設 TELEGRAM_STAFF_CHAT=${moved}`, `set TELEGRAM_STAFF_CHAT=${moved}`),
      ),
    );
  }
  const chat = await client.ask((raw) => raw.getChat({ chat_id: chatId }));
  if (!chat.ok) {
    if (chat.failure.kind !== "gone") return [...findings, noBot(chat.failure)];
    return [...findings, problem(text("机器人不在客服群里", "機器人不在客服群組裡", "the bot is not in the staff group"), set)];
  }
  const isForum = chat.value.type === "supergroup" && chat.value.is_forum === true;
  if (!isForum) {
    findings.push(
      problem(
        text("客服群没有开启话题", "客服群組沒有開啟話題", "the staff group has no topics"),
        text(
          "群设置，打开「话题」；普通群会升级为超级群，群号随之改变，请再运行 doctor",
          "群組設定，開啟「話題」；普通群組會升級為超級群組，編號隨之改變，請再執行 doctor",
          "in the group's settings switch on Topics; a basic group becomes a supergroup with another id, so run doctor again",
        ),
      ),
    );
  }
  const member = await client.ask((raw) => raw.getChatMember({ chat_id: chatId, user_id: bot.id }));
  const admin = member.ok && member.value.status === "administrator" ? member.value : null;
  const rights = text(
    "群设置，管理员，选择机器人，打开「管理话题」与「置顶消息」",
    "群組設定，管理員，選擇機器人，開啟「管理話題」與「置頂訊息」",
    "in the group's settings, Administrators, choose the bot and allow Manage Topics and Pin Messages",
  );
  if (!admin) {
    findings.push(problem(text("机器人不是客服群管理员", "機器人不是客服群組管理員", "the bot is no admin of the staff group"), rights));
    if (!bot.can_read_all_group_messages) {
      findings.push(
        problem(
          text(
            "隐私模式开启：机器人看不到群里的消息",
            "隱私模式開啟：機器人看不到群組裡的訊息",
            "privacy mode is on: the bot doesn't see what staff write",
          ),
          text(
            "设为管理员即可；或在 @BotFather 发送 /setprivacy 选 Disable，再把机器人移出并重新加入群",
            "設為管理員即可；或在 @BotFather 傳送 /setprivacy 選 Disable，再把機器人移出並重新加入群組",
            "make it an admin; or send /setprivacy to @BotFather, choose Disable, and take the bot out of the group and in again",
          ),
        ),
      );
    }
  } else if (admin.can_manage_topics !== true) {
    findings.push(problem(text("机器人不能管理话题", "機器人不能管理話題", "the bot may not manage topics"), rights));
  } else if (admin.can_pin_messages !== true) {
    findings.push(
      warning(
        text(
          "机器人不能置顶：紧急呼叫可能被静音",
          "機器人不能置頂：緊急呼叫可能被靜音",
          "the bot may not pin: a page can be missed by who has muted the group",
        ),
        rights,
      ),
    );
  }
  if (findings.length === 0) findings.push(good(text("客服群可用", "客服群組可用", "the staff group is ready")));
  return findings;
}

/** Addresses of others may hold secrets in their path. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "?";
}
