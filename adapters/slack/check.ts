/** Is everything set up? What `doctor` says of Slack: what was found, and what to do. */
import type { LocalText } from "../../core/language.ts";
import type { Finding } from "../../core/ports.ts";
import type { Called, SlackApi } from "./api.ts";
import { isAboutSetUp } from "./errors.ts";
import { isChannelId } from "./ids.ts";
import { type JsonObject, objectIn, type SlackSettings, textIn } from "./types.ts";

/** Rights of the bot token that the channel uses; the manifest in docs/channels asks for them. */
export const SCOPES = [
  "app_mentions:read",
  "channels:history",
  "chat:write",
  "commands",
  "files:read",
  "files:write",
  "groups:history",
  "im:history",
  "im:read",
  "im:write",
  "users:read",
] as const;
/** To read the staff channel itself, whichever kind it is. */
export const ROOM_SCOPES = ["channels:read", "groups:read"] as const;

/** What has been seen since the start, or is kept. */
export interface Observed {
  /** Calls of Slack that were refused for their signature. */
  readonly forged: number;
  /** A call of Slack has been taken before. */
  readonly heard: boolean;
  /** Slack told that the app was removed or its token taken away. */
  readonly revoked: string | null;
}

/** Asks Slack. Never throws. @param openSocket one `apps.connections.open` with the app's token; `null` without Socket Mode */
export async function checkSlack(
  settings: SlackSettings,
  api: SlackApi,
  observed: Observed,
  openSocket: (() => Promise<Called>) | null,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const auth = await api.call("auth.test", {});
  if (!auth.ok) {
    const error = auth.failure.kind === "limited" ? "rate_limited" : auth.failure.error;
    return [auth.failure.kind === "later" && isAboutSetUp(error) ? badToken(error) : unreachable(error)];
  }
  const team = textIn(auth.data, "team") ?? "?";
  findings.push(good(`已连接 Slack 工作区“${team}”。`, `已連線 Slack 工作區「${team}」。`, `Connected to the Slack workspace "${team}".`));
  const missing = SCOPES.filter((scope) => api.scopes !== null && !api.scopes.includes(scope));
  if (missing.length > 0) findings.push(missingScopes(missing));
  findings.push(...(await checkRoom(settings, api)));
  findings.push(...(openSocket === null ? checkHttp(settings, observed) : [await checkSocket(openSocket)]));
  if (observed.revoked !== null) findings.push(badToken(observed.revoked));
  return findings;
}

function checkHttp(settings: SlackSettings, observed: Observed): Finding[] {
  if (settings.signingSecret === null) {
    return [
      problem(
        "既没有 SLACK_SIGNING_SECRET，也没有 SLACK_APP_TOKEN：收不到任何消息。",
        "既沒有 SLACK_SIGNING_SECRET，也沒有 SLACK_APP_TOKEN：收不到任何訊息。",
        "Neither SLACK_SIGNING_SECRET nor SLACK_APP_TOKEN is set: nothing can be received.",
        "在 api.slack.com/apps 的 Basic Information 复制 Signing Secret；没有公网地址时改用 Socket Mode 的 xapp- 令牌。",
        "在 api.slack.com/apps 的 Basic Information 複製 Signing Secret；沒有公開網址時改用 Socket Mode 的 xapp- 權杖。",
        "Copy the Signing Secret from Basic Information at api.slack.com/apps; without a public address use Socket Mode with an xapp- token.",
      ),
    ];
  }
  if (observed.forged > 0 && !observed.heard) {
    return [
      problem(
        `收到 ${observed.forged} 次签名不符的请求，且没有一次相符：SLACK_SIGNING_SECRET 可能填错。`,
        `收到 ${observed.forged} 次簽章不符的請求，且沒有一次相符：SLACK_SIGNING_SECRET 可能填錯。`,
        `${observed.forged} calls came with a wrong signature and none with a right one: SLACK_SIGNING_SECRET is probably wrong.`,
        "重新复制 Basic Information 页的 Signing Secret（不是 Client Secret），并重启。",
        "重新複製 Basic Information 頁的 Signing Secret（不是 Client Secret），並重新啟動。",
        "Copy the Signing Secret (not the Client Secret) from Basic Information again, and restart.",
      ),
    ];
  }
  if (observed.heard) return [good("已收到过 Slack 的请求。", "已收到過 Slack 的請求。", "Calls from Slack arrive.")];
  return [
    warning(
      "还没有收到过 Slack 的请求。",
      "還沒有收到過 Slack 的請求。",
      "No call from Slack has arrived yet.",
      "在 Event Subscriptions 与 Interactivity & Shortcuts 中把 Request URL 都设为 PUBLIC_URL/channels/slack，订阅 docs/channels/slack-manifest.yaml 所列事件，然后给机器人发一条私信。",
      "在 Event Subscriptions 與 Interactivity & Shortcuts 中把 Request URL 都設為 PUBLIC_URL/channels/slack，訂閱 docs/channels/slack-manifest.yaml 所列事件，然後給機器人發一則私訊。",
      "Set the Request URL of Event Subscriptions and of Interactivity & Shortcuts to PUBLIC_URL/channels/slack, subscribe to the events of docs/channels/slack-manifest.yaml, then write a direct message to the bot.",
    ),
  ];
}

async function checkSocket(openSocket: () => Promise<Called>): Promise<Finding> {
  const opened = await openSocket();
  if (opened.ok) return good("Socket Mode 可用。", "Socket Mode 可用。", "Socket Mode works.");
  const error = opened.failure.kind === "limited" ? "rate_limited" : opened.failure.error;
  if (opened.failure.kind === "unknown" || (opened.failure.kind === "later" && !isAboutSetUp(error))) return unreachable(error);
  return problem(
    `Socket Mode 打不开（${error}）。`,
    `Socket Mode 打不開（${error}）。`,
    `Socket Mode can't be opened (${error}).`,
    "在 Basic Information → App-Level Tokens 生成带 connections:write 权限的 xapp- 令牌填入 SLACK_APP_TOKEN，并在 Socket Mode 页打开开关。",
    "在 Basic Information → App-Level Tokens 產生帶 connections:write 權限的 xapp- 權杖填入 SLACK_APP_TOKEN，並在 Socket Mode 頁開啟開關。",
    "Make an xapp- token with connections:write under Basic Information → App-Level Tokens, put it into SLACK_APP_TOKEN, and switch Socket Mode on.",
  );
}

async function checkRoom(settings: SlackSettings, api: SlackApi): Promise<Finding[]> {
  const room = settings.staffChannel;
  if (room === null) {
    return [
      warning(
        "没有设置 SLACK_STAFF_CHANNEL：客服人员不会在 Slack 收到个案。",
        "沒有設定 SLACK_STAFF_CHANNEL：客服人員不會在 Slack 收到個案。",
        "SLACK_STAFF_CHANNEL is not set: staff get no cases on Slack.",
        "如需在 Slack 处理个案，请填写客服频道的 id（频道详情最下方，C 开头）。",
        "如需在 Slack 處理個案，請填寫客服頻道的 id（頻道詳細資料最下方，C 開頭）。",
        "To work on cases in Slack, give the id of the staff channel (at the bottom of its details, beginning with C).",
      ),
    ];
  }
  if (!isChannelId(room)) return [wrongRoom(room)];
  const info = await api.call("conversations.info", { channel: room });
  if (!info.ok) {
    const error = info.failure.kind === "limited" ? "rate_limited" : info.failure.error;
    if (error === "missing_scope") return [missingScopes(ROOM_SCOPES)];
    return [info.failure.kind === "refused" ? wrongRoom(room) : unreachable(error)];
  }
  const found: JsonObject = objectIn(info.data, "channel");
  if (found["is_archived"] === true) {
    return [
      problem(
        `客服频道 ${room} 已归档。`,
        `客服頻道 ${room} 已封存。`,
        `The staff channel ${room} is archived.`,
        "取消归档，或在 SLACK_STAFF_CHANNEL 填写另一个频道。",
        "取消封存，或在 SLACK_STAFF_CHANNEL 填寫另一個頻道。",
        "Unarchive it, or name another one in SLACK_STAFF_CHANNEL.",
      ),
    ];
  }
  if (found["is_member"] !== true) {
    return [
      problem(
        `机器人不在客服频道 ${room} 中。`,
        `機器人不在客服頻道 ${room} 中。`,
        `The bot is not in the staff channel ${room}.`,
        "在该频道输入 /invite @机器人名。",
        "在該頻道輸入 /invite @機器人名。",
        "Write /invite @name-of-the-bot in that channel.",
      ),
    ];
  }
  if (found["is_ext_shared"] === true) {
    return [
      warning(
        `客服频道 ${room} 与其他公司共享：外部人员看得到客户资料。`,
        `客服頻道 ${room} 與其他公司共用：外部人員看得到客戶資料。`,
        `The staff channel ${room} is shared with another company: people outside see customers' data.`,
        "换一个只有本公司人员的频道。",
        "換一個只有本公司人員的頻道。",
        "Use a channel of your own company alone.",
      ),
    ];
  }
  return [good(`客服频道 ${room} 可用。`, `客服頻道 ${room} 可用。`, `The staff channel ${room} works.`)];
}

function wrongRoom(room: string): Finding {
  return problem(
    `找不到客服频道 ${room}。`,
    `找不到客服頻道 ${room}。`,
    `The staff channel ${room} can't be found.`,
    "检查 SLACK_STAFF_CHANNEL（频道详情最下方的 id，C 开头，不是频道名）；私有频道须先 /invite 机器人。",
    "檢查 SLACK_STAFF_CHANNEL（頻道詳細資料最下方的 id，C 開頭，不是頻道名稱）；私人頻道須先 /invite 機器人。",
    "Check SLACK_STAFF_CHANNEL (the id at the bottom of the channel's details, beginning with C, not its name); invite the bot first if it is private.",
  );
}

function missingScopes(scopes: readonly string[]): Finding {
  const list = scopes.join(", ");
  return problem(
    `机器人缺少权限：${list}。`,
    `機器人缺少權限：${list}。`,
    `The bot lacks scopes: ${list}.`,
    "在 OAuth & Permissions 添加这些 Bot Token Scopes，然后点 Reinstall to Workspace。",
    "在 OAuth & Permissions 加入這些 Bot Token Scopes，然後點 Reinstall to Workspace。",
    "Add them as Bot Token Scopes under OAuth & Permissions, then Reinstall to Workspace.",
  );
}

function badToken(error: string): Finding {
  return problem(
    `Slack 不接受 SLACK_BOT_TOKEN（${error}）。`,
    `Slack 不接受 SLACK_BOT_TOKEN（${error}）。`,
    `Slack does not accept SLACK_BOT_TOKEN (${error}).`,
    "在 OAuth & Permissions 重新安装应用，复制 xoxb- 开头的 Bot User OAuth Token。",
    "在 OAuth & Permissions 重新安裝應用程式，複製 xoxb- 開頭的 Bot User OAuth Token。",
    "Install the app again under OAuth & Permissions and copy the Bot User OAuth Token, which begins with xoxb-.",
  );
}

function unreachable(error: string): Finding {
  return problem(
    `连不上 Slack（${error}）。`,
    `連不上 Slack（${error}）。`,
    `Slack can't be reached (${error}).`,
    "检查网络、代理与 SLACK_API_URL；也可查看 status.slack.com。",
    "檢查網路、代理與 SLACK_API_URL；也可查看 status.slack.com。",
    "Check the network, the proxy and SLACK_API_URL; see also status.slack.com.",
  );
}

const words = (simplified: string, traditional: string, english: string): LocalText => ({
  "zh-CN": simplified,
  "zh-TW": traditional,
  en: english,
});
const good = (simplified: string, traditional: string, english: string): Finding => ({
  level: "good",
  what: words(simplified, traditional, english),
  mend: null,
});
type SixTexts = readonly [string, string, string, string, string, string];
const warning = (...texts: SixTexts): Finding => told("warning", texts);
const problem = (...texts: SixTexts): Finding => told("problem", texts);
function told(level: "warning" | "problem", texts: SixTexts): Finding {
  return { level, what: words(texts[0], texts[1], texts[2]), mend: words(texts[3], texts[4], texts[5]) };
}
