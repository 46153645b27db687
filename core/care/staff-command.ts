/**
 * What staff write in a team chat about campaigns and tasks: `campaign`, `campaign K001`, `campaign approve K001`, `群发 批准 K001`. Words in
 * Chinese and English. Anything else is none of these.
 */

import { VALUE_WORDS } from "../conversation/explain-words.ts";
import type { Language } from "../language.ts";
import type { Campaign, CampaignAct, CampaignRefusal } from "./campaign.ts";
import type { Campaigns } from "./campaigns.ts";
import type { TouchStatus } from "./touch.ts";

const BEGINS = /^[/!]?(?:campaigns?|群发|群發|活动|活動)(?=\s|$|[:：])/i;
const VERBS: readonly (readonly [CampaignAct["do"], RegExp])[] = [
  ["submit", /^(?:submit|提交)/i],
  ["approve", /^(?:approve|批准|同意)/i],
  ["reject", /^(?:reject|退回|驳回|駁回)/i],
  ["start", /^(?:start|send|开始|開始|发送|傳送)/i],
  ["pause", /^(?:pause|stop|暂停|暫停)/i],
  ["resume", /^(?:resume|continue|继续|繼續|恢复|恢復)/i],
  ["cancel", /^(?:cancel|取消)/i],
];

export type StaffCareCommand =
  | { readonly do: "list" }
  | { readonly do: "report"; readonly id: string }
  | { readonly do: "act"; readonly id: string; readonly act: CampaignAct };

/** @returns `null` when the text is about something else */
export function parseCareCommand(text: string): StaffCareCommand | null {
  const plain = text.trim();
  const begins = BEGINS.exec(plain);
  if (!begins) return null;
  const rest = plain.slice(begins[0].length).replace(/^[\s:：]+/, "");
  const id = /\bK\d{3,}\b/i.exec(rest)?.[0].toUpperCase() ?? null;
  if (id === null) return rest === "" ? { do: "list" } : null;
  const verb = VERBS.find(([, pattern]) => pattern.test(rest));
  if (!verb) return { do: "report", id };
  const why = rest
    .replace(verb[1], "")
    .replace(/\bK\d{3,}\b/i, "")
    .trim();
  const act: CampaignAct = verb[0] === "reject" || verb[0] === "cancel" ? { do: verb[0], why: why || "–" } : { do: verb[0] };
  return { do: "act", id, act };
}

const WORDS: Readonly<Record<CampaignRefusal | "none" | "unknown", Readonly<Record<Language, string>>>> = {
  wrong_state: { "zh-CN": "当前状态不能这样操作。", "zh-TW": "目前狀態不能這樣操作。", en: "It is not in a state for that." },
  needs_manager: { "zh-CN": "须由经理操作。", "zh-TW": "須由經理操作。", en: "Only a manager may do that." },
  own_campaign: { "zh-CN": "不能批准自己写的活动。", "zh-TW": "不能批准自己寫的活動。", en: "Somebody else must approve what you wrote." },
  unknown_staff: { "zh-CN": "您不在员工名单中。", "zh-TW": "您不在員工名單中。", en: "You are not on the list of staff." },
  none: { "zh-CN": "还没有群发活动。", "zh-TW": "還沒有群發活動。", en: "There is no campaign yet." },
  unknown: {
    "zh-CN": "没有这个活动，请核对编号。",
    "zh-TW": "沒有這個活動，請核對編號。",
    en: "There is no such campaign; check its number.",
  },
};

const STATUS: Readonly<Record<Campaign["status"], Readonly<Record<Language, string>>>> = {
  draft: { "zh-CN": "草稿", "zh-TW": "草稿", en: "draft" },
  submitted: { "zh-CN": "待批准", "zh-TW": "待批准", en: "waits for approval" },
  approved: { "zh-CN": "已批准", "zh-TW": "已批准", en: "approved" },
  sending: { "zh-CN": "发送中", "zh-TW": "傳送中", en: "sending" },
  paused: { "zh-CN": "已暂停", "zh-TW": "已暫停", en: "paused" },
  finished: { "zh-CN": "已完成", "zh-TW": "已完成", en: "finished" },
  cancelled: { "zh-CN": "已取消", "zh-TW": "已取消", en: "cancelled" },
};

const TOUCH: Readonly<Record<TouchStatus, Readonly<Record<Language, string>>>> = {
  waiting: { "zh-CN": "等待", "zh-TW": "等待", en: "waiting" },
  paused: { "zh-CN": "暂停", "zh-TW": "暫停", en: "paused" },
  asked: { "zh-CN": "处理中", "zh-TW": "處理中", en: "under way" },
  pending: { "zh-CN": "发送中", "zh-TW": "傳送中", en: "being sent" },
  sent: { "zh-CN": "已送达", "zh-TW": "已送達", en: "delivered" },
  merged: { "zh-CN": "已合并", "zh-TW": "已合併", en: "said with another" },
  skipped: { "zh-CN": "不发", "zh-TW": "不傳", en: "left out" },
  task: { "zh-CN": "待人工", "zh-TW": "待人工", en: "waits for a person" },
  done: { "zh-CN": "电话已办", "zh-TW": "電話已辦", en: "called" },
  unreachable: { "zh-CN": "联系不上", "zh-TW": "聯絡不上", en: "not reachable" },
};

/** Carries out a command and gives the answer for the one who wrote it. @param by staff id */
export async function runCareCommand(campaigns: Campaigns, command: StaffCareCommand, by: string, language: Language): Promise<string> {
  const all = await campaigns.list(10);
  const titled = ({ id, name, status }: Campaign): string => `${id} ${name} · ${STATUS[status][language]}`;
  if (command.do === "list") {
    if (all.length === 0) return WORDS.none[language];
    return all.map(titled).join("\n");
  }
  if (!(await campaigns.list(200)).some((one) => one.id === command.id)) return WORDS.unknown[language];
  if (command.do === "act") {
    const result = await campaigns.act(command.id, command.act, by);
    return result.ok ? titled(result.campaign) : WORDS[result.why][language];
  }
  const { campaign, counts } = await campaigns.report(command.id);
  const lines = counts.map(({ status, why, count }) => {
    const reason = why === null ? "" : (VALUE_WORDS[why]?.[language] ?? why);
    return `${[TOUCH[status][language], reason].filter(Boolean).join(" · ")}${language === "en" ? ": " : "："}${count}`;
  });
  return [titled(campaign), ...lines].join("\n");
}
