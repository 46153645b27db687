/** The facts a rule may test, with their names for people. A condition on a fact that is absent in a turn is false. */
import type { LocalText } from "../language.ts";

export type FactValue = string | number | boolean | readonly string[];
export type RuleFacts = Readonly<Record<string, FactValue | undefined>>;

export const FACTS = {
  /** Kind of event: message, press, media, timer, dead_letter. */
  event: { "zh-CN": "事件", "zh-TW": "事件", en: "event" },
  /** First intent of the message. */
  intent: { "zh-CN": "意图", "zh-TW": "意圖", en: "intent" },
  /** All intents of the message. */
  intents: { "zh-CN": "全部意图", "zh-TW": "全部意圖", en: "all intents" },
  /** none, normal, urgent, emergency. */
  urgency: { "zh-CN": "紧急程度", "zh-TW": "緊急程度", en: "urgency" },
  /** Kind of danger. */
  danger: { "zh-CN": "危险", "zh-TW": "危險", en: "danger" },
  /** legal_threat, press_threat, anger, repeat_repair, compensation, privacy … */
  signals: { "zh-CN": "信号", "zh-TW": "訊號", en: "signals" },
  /** Messages in a row that were not understood. */
  misses: { "zh-CN": "连续未听懂次数", "zh-TW": "連續未聽懂次數", en: "messages in a row not understood" },
  /** The customer is a VIP. */
  vip: { "zh-CN": "VIP 客户", "zh-TW": "VIP 客戶", en: "VIP customer" },
  /** Changes of the booking that was just moved. */
  booking_changes: { "zh-CN": "预约更改次数", "zh-TW": "預約更改次數", en: "changes of the booking" },
  /** Days until the first free time; the horizon + 1 when there is none. */
  days_to_slot: { "zh-CN": "最早空位（天后）", "zh-TW": "最早空檔（天後）", en: "days to the first free time" },
  /** Mark given in a survey, as a share of ten. */
  score: { "zh-CN": "评分（十分制）", "zh-TW": "評分（十分制）", en: "score out of ten" },
  /** A message whose processing kept failing. */
  dead_letter: { "zh-CN": "处理失败的消息", "zh-TW": "處理失敗的訊息", en: "message that could not be processed" },
  /** A message of ours that could not be delivered. */
  undelivered: { "zh-CN": "消息未能送达", "zh-TW": "訊息未能送達", en: "message could not be delivered" },
  /** A finished order of the same product in the last 30 days. */
  repeat_repair: { "zh-CN": "30 天内同一产品返修", "zh-TW": "30 天內同一產品返修", en: "same product repaired within 30 days" },
  /** A time promised to the customer has passed. */
  promise_missed: { "zh-CN": "承诺时间已过", "zh-TW": "承諾時間已過", en: "promised time has passed" },
  /** Every line of a quote was declined. */
  quote_declined: { "zh-CN": "报价被拒绝", "zh-TW": "報價被拒絕", en: "quote declined" },
  /** A quote is unanswered for longer than the profile allows. */
  quote_unanswered: { "zh-CN": "报价长时间未答复", "zh-TW": "報價長時間未答覆", en: "quote unanswered" },
  /** A repair that safety depends on was declined or put off. */
  safety_declined: { "zh-CN": "安全项目未做", "zh-TW": "安全項目未做", en: "safety repair declined" },
  /** How often the customer has hurried the order. */
  hurried: { "zh-CN": "催单次数", "zh-TW": "催單次數", en: "times the order was hurried" },
  /** Whether warranty covers it can't be said from the file. */
  warranty_uncertain: { "zh-CN": "保修存疑", "zh-TW": "保固存疑", en: "warranty uncertain" },
  /** A limit of the law on returns and exchanges is near or reached. */
  statutory_near: { "zh-CN": "接近三包法定界限", "zh-TW": "接近三包法定界限", en: "statutory limit near" },
  /** Asked again and again for what is not the asker's own. */
  probing: { "zh-CN": "反复查询他人信息", "zh-TW": "反覆查詢他人資訊", en: "asks repeatedly for others' data" },
} as const satisfies Record<string, LocalText>;

export type FactName = keyof typeof FACTS;
