/** How updates come: is the address of ours one that Telegram calls, and does its webhook lead there? Pure. */
import type { Finding } from "../../core/ports.ts";
import { good, problem, text, warning } from "./findings.ts";
import { webhookUrl } from "./setup.ts";
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

export function checkAddress(mode: "webhook" | "polling", publicUrl: string | null, secret: string | null): readonly Finding[] {
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

/** What `getWebhookInfo` tells. */
interface Hook {
  readonly url?: string;
  readonly pending_update_count: number;
  readonly last_error_date?: number;
  readonly last_error_message?: string;
  readonly allowed_updates?: readonly string[];
}

export function checkHook(hook: Hook, mode: "webhook" | "polling", publicUrl: string | null, now: number): readonly Finding[] {
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

/** Addresses of others may hold secrets in their path. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "?";
}
