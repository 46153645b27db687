/** What is missing before the channel works, for `doctor`: asked of the platform, each finding with its mend. */

import { AnxinError } from "../../core/errors.ts";
import type { LocalText } from "../../core/language.ts";
import type { Finding } from "../../core/ports.ts";
import type { Aibot } from "./aibot.ts";
import { type Answer, errcodeOf, type WecomApi } from "./client.ts";
import { reactionTo } from "./codes.ts";
import { LAST_CALLBACK, recall } from "./memory.ts";
import type { WecomDependencies } from "./types.ts";

const say = (cn: string, tw: string, en: string): LocalText => ({ "zh-CN": cn, "zh-TW": tw, en });
const good = (what: LocalText): Finding => ({ level: "good", what, mend: null });
const problem = (what: LocalText, mend: LocalText): Finding => ({ level: "problem", what, mend });
const warning = (what: LocalText, mend: LocalText): Finding => ({ level: "warning", what, mend });

type Records = readonly Readonly<Record<string, unknown>>[];
const recordsOf = (answer: Answer, field: string): Records => (Array.isArray(answer[field]) ? (answer[field] as Records) : []);

export async function checkWecom(
  api: WecomApi,
  dependencies: Pick<WecomDependencies, "settings" | "store">,
  aibot: Aibot | null,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    // The first call shows whether the id, the secret and the address are accepted at all.
    const agent = await api.get("agent/get", { agentid: dependencies.settings.agentId });
    findings.push(...judgeAgent(agent, dependencies.settings.staff));
  } catch (error) {
    const finding = judgeFailure(error, dependencies.settings.agentId);
    findings.push(finding);
    // Without a token nothing else can be asked.
    if (STOPPERS.includes(reactionOf(error))) return findings;
  }
  findings.push(...(await checkAccounts(api)));
  findings.push(await checkCallback(dependencies));
  findings.push(...judgeRoom(dependencies, aibot));
  return findings;
}

const reactionOf = (error: unknown): string => {
  const errcode = errcodeOf(error);
  return errcode === null ? "unreachable" : reactionTo(errcode);
};
const STOPPERS: readonly string[] = ["unreachable", "secret", "address"];

function judgeAgent(agent: Answer, staff: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  if (agent["close"] === 1)
    findings.push(
      problem(
        say("应用已停用。", "應用已停用。", "The app is switched off."),
        say(
          "在企业微信管理后台“应用管理”中启用该应用。",
          "請在企業微信管理後台「應用管理」中啟用該應用。",
          "Switch it on in the admin console under “App management”.",
        ),
      ),
    );
  else findings.push(good(say("密钥与应用正常。", "密鑰與應用正常。", "Secret and app are good.")));
  const users = (agent["allow_userinfos"] as { readonly user?: Records } | undefined)?.user ?? [];
  const parties = (agent["allow_partys"] as { readonly partyid?: readonly unknown[] } | undefined)?.partyid ?? [];
  const visible = users.map((user) => user["userid"]);
  const hidden = parties.length > 0 ? [] : staff.filter((user) => !visible.includes(user));
  if (hidden.length > 0)
    findings.push(
      problem(
        say(
          `这些客服人员不在应用可见范围内：${hidden.join("、")}。`,
          `這些客服人員不在應用可見範圍內：${hidden.join("、")}。`,
          `These members of staff can't see the app: ${hidden.join(", ")}.`,
        ),
        say(
          "在应用的“可见范围”中加入他们；微信客服的接待人员也必须在可见范围内。",
          "請在應用的「可見範圍」中加入他們；微信客服的接待人員也必須在可見範圍內。",
          "Add them to the app's visible range; servicers of WeChat customer service must be in it too.",
        ),
      ),
    );
  return findings;
}

function judgeFailure(error: unknown, agentId: string): Finding {
  const errcode = errcodeOf(error);
  const code = errcode === null ? "" : `（errcode ${errcode}）`;
  switch (reactionOf(error)) {
    case "unreachable":
      return problem(
        say("无法连接企业微信接口。", "無法連線企業微信介面。", "WeChat Work's API can't be reached."),
        say(
          "检查本机能否访问外网、WECOM_API_ROOT 是否正确，稍后再试。",
          "請檢查本機能否存取外部網路、WECOM_API_ROOT 是否正確，稍後再試。",
          "Check this machine's way to the internet and WECOM_API_ROOT, and try again.",
        ),
      );
    case "secret":
      return problem(
        say(
          `企业 ID 或应用密钥不正确${code}。`,
          `企業 ID 或應用密鑰不正確${code}。`,
          `The company id or the app's secret is wrong${code}.`,
        ),
        say(
          "从管理后台“我的企业”和应用详情页重新复制 WECOM_CORP_ID 与 WECOM_SECRET。多次错误会使本机 IP 被封一小时，请勿反复重试。",
          "請從管理後台「我的企業」與應用詳情頁重新複製 WECOM_CORP_ID 與 WECOM_SECRET。多次錯誤會使本機 IP 被封鎖一小時，請勿反覆重試。",
          "Copy WECOM_CORP_ID from “My company” and WECOM_SECRET from the app's page again. Many wrong tries ban this machine's address for an hour.",
        ),
      );
    case "address": {
      const ip = error instanceof AnxinError && typeof error.data["ip"] === "string" ? error.data["ip"] : "?";
      return problem(
        say(
          `本机出口 IP ${ip} 不在企业可信 IP 中${code}。`,
          `本機出口 IP ${ip} 不在企業可信 IP 中${code}。`,
          `This machine's address ${ip} is not a trusted IP of the company${code}.`,
        ),
        say(
          `在应用详情页“企业可信IP”中加入 ${ip}，约一分钟后生效。出口 IP 会变动时，请经固定 IP 的代理访问（HTTPS_PROXY 与 NODE_USE_ENV_PROXY=1）。`,
          `請在應用詳情頁「企業可信IP」中加入 ${ip}，約一分鐘後生效。出口 IP 會變動時，請經固定 IP 的代理存取（HTTPS_PROXY 與 NODE_USE_ENV_PROXY=1）。`,
          `Add ${ip} under “Trusted IPs” on the app's page; it takes about a minute. If the address changes, go through a proxy with a fixed one (HTTPS_PROXY with NODE_USE_ENV_PROXY=1).`,
        ),
      );
    }
    case "config":
      return problem(
        say(
          `应用 ${agentId} 的设置不完整${code}。`,
          `應用 ${agentId} 的設定不完整${code}。`,
          `The app ${agentId} is not set up for this${code}.`,
        ),
        say(
          "确认 WECOM_AGENT_ID 与 WECOM_SECRET 属于同一个自建应用，且该应用有相应权限。",
          "請確認 WECOM_AGENT_ID 與 WECOM_SECRET 屬於同一個自建應用，且該應用有相應權限。",
          "See that WECOM_AGENT_ID and WECOM_SECRET belong to the same self-built app, and that it has the right.",
        ),
      );
    default:
      return problem(
        say(`企业微信拒绝了查询${code}。`, `企業微信拒絕了查詢${code}。`, `WeChat Work refused the question${code}.`),
        say(
          "稍后再试；仍不行时请按错误码查阅企业微信文档。",
          "請稍後再試；仍不行時請按錯誤碼查閱企業微信文件。",
          "Try again later; if it stays, look the code up in WeChat Work's documentation.",
        ),
      );
  }
}

async function checkAccounts(api: WecomApi): Promise<readonly Finding[]> {
  let accounts: Records;
  try {
    accounts = recordsOf(await api.post("kf/account/list", { offset: 0, limit: 100 }), "account_list");
  } catch (error) {
    const errcode = errcodeOf(error);
    const code = errcode === null ? "" : `（errcode ${errcode}）`;
    return [
      problem(
        say(
          `应用不能调用微信客服接口${code}。`,
          `應用不能呼叫微信客服介面${code}。`,
          `The app may not use WeChat customer service${code}.`,
        ),
        say(
          "在管理后台“应用管理-微信客服-API”中，把本应用加入“可调用接口的应用”，并使用本应用的密钥。",
          "請在管理後台「應用管理-微信客服-API」中，將本應用加入「可呼叫介面的應用」，並使用本應用的密鑰。",
          "In the admin console under “App management – WeChat customer service – API”, add this app to those that may call, and use this app's secret.",
        ),
      ),
    ];
  }
  const managed = accounts.filter((account) => account["manage_privilege"] !== false);
  if (managed.length === 0)
    return [
      problem(
        say("没有由本应用管理的客服账号。", "沒有由本應用管理的客服帳號。", "No customer service account is managed by this app."),
        say(
          "在“微信客服-通过API管理微信客服账号”中，把客服账号交给本应用管理。此后该账号的原有自动分配规则不再生效。",
          "請在「微信客服-透過API管理微信客服帳號」中，將客服帳號交給本應用管理。此後該帳號原有的自動分配規則不再生效。",
          "Under “WeChat customer service – accounts managed by API”, give an account to this app. Its own routing rules no longer work from then on.",
        ),
      ),
    ];
  const findings = [
    good(
      say(
        `客服账号 ${managed.length} 个，由本应用管理。`,
        `客服帳號 ${managed.length} 個，由本應用管理。`,
        `${managed.length} customer service account(s), managed by this app.`,
      ),
    ),
  ];
  for (const account of managed) {
    const name = String(account["name"] ?? account["open_kfid"]);
    try {
      await api.post("kf/sync_msg", { open_kfid: account["open_kfid"], limit: 1 });
      const servicers = recordsOf(await api.get("kf/servicer/list", { open_kfid: String(account["open_kfid"]) }), "servicer_list");
      // In this list 0 is on duty.
      const onDuty = servicers.filter((servicer) => servicer["status"] === 0).length;
      if (onDuty === 0)
        findings.push(
          warning(
            say(
              `客服账号“${name}”没有在岗的接待人员，无法在客户端接管会话。`,
              `客服帳號「${name}」沒有在崗的接待人員，無法在用戶端接管會話。`,
              `Account “${name}” has no servicer on duty: nobody can take a session over in the client.`,
            ),
            say(
              "如需人工在客户端接待，请为该账号添加接待人员并上岗；经机器人回复客户则不需要。",
              "如需人工在用戶端接待，請為該帳號新增接待人員並上崗；經機器人回覆客戶則不需要。",
              "If people should talk in the client, add servicers and put them on duty; answering through the bot needs none.",
            ),
          ),
        );
    } catch (error) {
      const errcode = errcodeOf(error);
      findings.push(
        problem(
          say(
            `客服账号“${name}”的消息无法读取（errcode ${errcode ?? "-"}）。`,
            `客服帳號「${name}」的訊息無法讀取（errcode ${errcode ?? "-"}）。`,
            `Messages of account “${name}” can't be read (errcode ${errcode ?? "-"}).`,
          ),
          say(
            "确认该账号交由本应用管理、接待人员都在应用可见范围内。",
            "請確認該帳號交由本應用管理、接待人員都在應用可見範圍內。",
            "See that this app manages the account and that all its servicers are in the app's visible range.",
          ),
        ),
      );
    }
  }
  return findings;
}

async function checkCallback({ store }: Pick<WecomDependencies, "store">): Promise<Finding> {
  const last = await recall(store, LAST_CALLBACK).catch(() => null);
  if (last !== null) return good(say("已收到过企业微信的回调。", "已收到過企業微信的回呼。", "Callbacks of WeChat Work have arrived."));
  return warning(
    say("尚未收到任何回调。", "尚未收到任何回呼。", "No callback has arrived yet."),
    say(
      "在应用的“接收消息”中，把 URL 设为 PUBLIC_URL 加 /channels/wecom，填入 WECOM_TOKEN 与 WECOM_AES_KEY，并勾选“微信客服消息和事件”；保存时服务须在运行。",
      "請在應用的「接收訊息」中，將 URL 設為 PUBLIC_URL 加 /channels/wecom，填入 WECOM_TOKEN 與 WECOM_AES_KEY，並勾選「微信客服訊息和事件」；儲存時服務須在執行。",
      "On the app's page under “Receive messages”, set the URL to PUBLIC_URL plus /channels/wecom with WECOM_TOKEN and WECOM_AES_KEY, and tick “WeChat customer service messages and events”. The service must be running when you save.",
    ),
  );
}

function judgeRoom({ settings }: Pick<WecomDependencies, "settings">, aibot: Aibot | null): readonly Finding[] {
  const findings: Finding[] = [];
  if (settings.staff.length === 0)
    findings.push(
      warning(
        say("没有设置客服人员（WECOM_STAFF）。", "沒有設定客服人員（WECOM_STAFF）。", "No members of staff are set (WECOM_STAFF)."),
        say(
          "填入成员账号，以逗号分隔；他们会在应用会话中收到个案卡片。",
          "請填入成員帳號，以逗號分隔；他們會在應用會話中收到個案卡片。",
          "Set their user ids with commas between them; they get the cards of cases in the app's chat.",
        ),
      ),
    );
  if (settings.groupWebhook !== null && !/[?&]key=[\w-]+/.test(settings.groupWebhook))
    findings.push(
      problem(
        say("群机器人地址里没有 key。", "群機器人位址裡沒有 key。", "The group robot's address has no key."),
        say(
          "从群的“消息推送”设置中重新复制完整的 Webhook 地址到 WECOM_GROUP_WEBHOOK。",
          "請從群組的「訊息推送」設定中重新複製完整的 Webhook 位址到 WECOM_GROUP_WEBHOOK。",
          "Copy the whole webhook address from the group's settings into WECOM_GROUP_WEBHOOK.",
        ),
      ),
    );
  if (aibot !== null && !aibot.isConnected())
    findings.push(
      warning(
        say("智能机器人未由本进程连接。", "智慧機器人未由本程序連線。", "The AI bot is not connected by this process."),
        say(
          "服务未运行时属正常；运行中仍如此，请核对 WECOM_AIBOT_ID 与 WECOM_AIBOT_SECRET，并确认没有其他程序占用该机器人。",
          "服務未執行時屬正常；執行中仍如此，請核對 WECOM_AIBOT_ID 與 WECOM_AIBOT_SECRET，並確認沒有其他程式佔用該機器人。",
          "That is so while the service is not running. If it runs, check WECOM_AIBOT_ID and WECOM_AIBOT_SECRET, and see that no other program uses the bot.",
        ),
      ),
    );
  return findings;
}
