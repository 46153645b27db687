/** The commands that Telegram's clients offer, and what they stand for. */
import type { Language, LocalText } from "../../core/language.ts";

export interface Command {
  /** 1–32 of `a–z 0–9 _` (Bot API, BotCommand). */
  readonly name: string;
  readonly says: LocalText;
}

/**
 * For customers. Each is a button that can always be pressed: the press carries the intent's id, so that it is understood for
 * certain and says nothing about the customer's language.
 */
export const CUSTOMER_COMMANDS: readonly (Command & { readonly press: string })[] = [
  { name: "book", press: "intent:book", says: { "zh-CN": "预约服务", "zh-TW": "預約服務", en: "Book a service" } },
  { name: "status", press: "intent:status", says: { "zh-CN": "查询进度", "zh-TW": "查詢進度", en: "Check progress" } },
  { name: "change", press: "intent:reschedule", says: { "zh-CN": "修改预约时间", "zh-TW": "更改預約時間", en: "Change a booking" } },
  { name: "cancel", press: "intent:cancel_booking", says: { "zh-CN": "取消预约", "zh-TW": "取消預約", en: "Cancel a booking" } },
  { name: "human", press: "intent:human", says: { "zh-CN": "转人工客服", "zh-TW": "轉接真人客服", en: "Talk to a person" } },
];

/** For customers, answered by the channel itself: only Telegram can offer the button that hands over one's own number. */
export const PHONE_COMMAND: Command = {
  name: "phone",
  says: { "zh-CN": "分享本人手机号", "zh-TW": "分享本人手機號碼", en: "Share my phone number" },
};

/** For staff, within a topic of the staff group; the words behind the command are as in `core/desk/command.ts`. */
export const STAFF_COMMANDS: readonly Command[] = [
  { name: "ack", says: { "zh-CN": "响应紧急呼叫", "zh-TW": "響應緊急呼叫", en: "Acknowledge a page" } },
  { name: "claim", says: { "zh-CN": "接单", "zh-TW": "接單", en: "Take this case" } },
  { name: "reply", says: { "zh-CN": "回复客户：/reply 内容", "zh-TW": "回覆客戶：/reply 內容", en: "Answer the customer: /reply words" } },
  {
    name: "note",
    says: {
      "zh-CN": "内部备注（直接发文字也是备注）",
      "zh-TW": "內部備註（直接發文字也是備註）",
      en: "Internal note (plain text is one too)",
    },
  },
  { name: "release", says: { "zh-CN": "交回机器人", "zh-TW": "交回機器人", en: "Give back to the bot" } },
  {
    name: "resolve",
    says: { "zh-CN": "结案：/resolve 处理结果", "zh-TW": "結案：/resolve 處理結果", en: "Resolve: /resolve what was done" },
  },
  { name: "reopen", says: { "zh-CN": "重新打开", "zh-TW": "重新開啟", en: "Open again" } },
  {
    name: "order",
    says: { "zh-CN": "更新工单：/order 单号 状态", "zh-TW": "更新工單：/order 單號 狀態", en: "Move an order: /order number status" },
  },
];

/** For staff, anywhere in the group. */
export const ROOM_COMMANDS: readonly Command[] = [
  { name: "list", says: { "zh-CN": "未结个案", "zh-TW": "未結個案", en: "Open cases" } },
  { name: "why", says: { "zh-CN": "查看判断依据", "zh-TW": "查看判斷依據", en: "Why the bot decided so" } },
  { name: "help", says: { "zh-CN": "全部命令", "zh-TW": "全部命令", en: "All commands" } },
];

/** For staff, answered by the channel itself: Telegram shows nobody their own number, and the profile's staff list needs it. */
export const ID_COMMAND: Command = {
  name: "id",
  says: { "zh-CN": "显示我的 Telegram 编号", "zh-TW": "顯示我的 Telegram 編號", en: "Show my Telegram id" },
};

/** The written language of a client, from its IETF tag; Telegram gives `zh-hans`, `zh-hant`, `zh-TW`, `en`, or nothing. */
export function languageOf(tag: string | null | undefined): Language {
  if (/^zh[-_](?:hant|tw|hk|mo)/i.test(tag ?? "")) return "zh-TW";
  return /^zh/i.test(tag ?? "") || !tag ? "zh-CN" : "en";
}

/** What the channel itself says: the button that hands over one's own number, which no other channel has. */
export const PHONE_WORDS: {
  readonly ask: LocalText;
  readonly button: LocalText;
  readonly thanks: LocalText;
} = {
  ask: {
    "zh-CN": "请点击下方按钮，确认分享您本人的手机号。",
    "zh-TW": "請點選下方按鈕，確認分享您本人的手機號碼。",
    en: "Please press the button below to share your own phone number.",
  },
  button: { "zh-CN": "📱 分享本人手机号", "zh-TW": "📱 分享本人手機號碼", en: "📱 Share my phone number" },
  thanks: { "zh-CN": "已收到，谢谢。", "zh-TW": "已收到，謝謝。", en: "Received, thank you." },
};

/** To staff whom Telegram hides: their acts have no name, so nothing can be recorded of them. */
export const ANONYMOUS_WORDS =
  "匿名管理员的操作无法记录到人，请在群设置中关闭「匿名」后再试。\nAn anonymous admin has no name: turn off “Remain anonymous” in the group and try again.";
