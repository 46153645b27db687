/**
 * What staff write in a team chat about campaigns and tasks: `campaign`, `campaign K001`, `campaign approve K001`, `群发 批准 K001`. Words in
 * Chinese and English. Anything else is none of these.
 */
import type { Language } from "../language.ts";
import type { CampaignAct, CampaignRefusal } from "./campaign.ts";
import type { Campaigns } from "./campaigns.ts";

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

/** Carries out a command and gives the answer for the one who wrote it. @param by staff id */
export async function runCareCommand(campaigns: Campaigns, command: StaffCareCommand, by: string, language: Language): Promise<string> {
  const all = await campaigns.list(10);
  if (command.do === "list") {
    if (all.length === 0) return WORDS.none[language];
    return all.map((one) => `${one.id} ${one.name} · ${one.status}`).join("\n");
  }
  if (!(await campaigns.list(200)).some((one) => one.id === command.id)) return WORDS.unknown[language];
  if (command.do === "act") {
    const result = await campaigns.act(command.id, command.act, by);
    return result.ok ? `${result.campaign.id} ${result.campaign.name} → ${result.campaign.status}` : WORDS[result.why][language];
  }
  const { campaign, counts } = await campaigns.report(command.id);
  const lines = counts.map((line) => `${line.status}${line.why === null ? "" : ` (${line.why})`}: ${line.count}`);
  return [`${campaign.id} ${campaign.name} · ${campaign.status}`, ...lines].join("\n");
}
