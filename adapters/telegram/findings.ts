/** What `doctor` finds, as it is said; and a bot that doesn't answer, which every question can come upon. */
import type { LocalText } from "../../core/language.ts";
import type { Finding } from "../../core/ports.ts";
import type { Failure } from "./failure.ts";

export const text = (zhCN: string, zhTW: string, en: string): LocalText => ({ "zh-CN": zhCN, "zh-TW": zhTW, en });
export const good = (what: LocalText): Finding => ({ level: "good", what, mend: null });
export const problem = (what: LocalText, mend: LocalText): Finding => ({ level: "problem", what, mend });
export const warning = (what: LocalText, mend: LocalText): Finding => ({ level: "warning", what, mend });

/** The question got no answer. */
export function noBot(failure: Failure): Finding {
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
