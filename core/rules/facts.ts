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
  /** Angry or abusive messages in a row, this one counted. */
  angry_messages: { "zh-CN": "连续愤怒消息数", "zh-TW": "連續憤怒訊息數", en: "angry messages in a row" },
  /** The customer is a VIP. */
  vip: { "zh-CN": "VIP 客户", "zh-TW": "VIP 客戶", en: "VIP customer" },
  /** Of the customer: vip, known (has orders or bookings), new. */
  customer_class: { "zh-CN": "客户类别", "zh-TW": "客戶類別", en: "customer class" },
  /** The business is open now. */
  business_open: { "zh-CN": "营业中", "zh-TW": "營業中", en: "open for business" },
  /** Hour of the business's day, 0–23. */
  hour: { "zh-CN": "时刻（时）", "zh-TW": "時刻（時）", en: "hour of the day" },
  /** Flow that is under way. */
  flow: { "zh-CN": "正在办理", "zh-TW": "正在辦理", en: "under way" },
  /** The customer has not written for so long, min. */
  silence_minutes: { "zh-CN": "客户沉默（分钟）", "zh-TW": "客戶沉默（分鐘）", en: "minutes of silence" },
  /** State a work order has just moved to. */
  order_status: { "zh-CN": "工单状态", "zh-TW": "工單狀態", en: "state of the order" },
  /** Times the customer has hurried the order. */
  order_hurried: { "zh-CN": "催单次数", "zh-TW": "催單次數", en: "times the order was hurried" },
  /** What happened to a booking: confirmed, moved, amended, cancelled, restored, no_show. */
  booking_event: { "zh-CN": "预约变化", "zh-TW": "預約變化", en: "change of the booking" },
  /** Changes of the booking that was just moved. */
  booking_changes: { "zh-CN": "预约更改次数", "zh-TW": "預約更改次數", en: "changes of the booking" },
  /** Days until the first free time; the horizon + 1 when there is none. */
  days_to_slot: { "zh-CN": "最早空位（天后）", "zh-TW": "最早空檔（天後）", en: "days to the first free time" },
  /** Mark given in a survey, as a share of ten. */
  score: { "zh-CN": "评分（十分制）", "zh-TW": "評分（十分制）", en: "score out of ten" },
  /** Lowest mark of a single item of a survey, out of five. */
  item_score: { "zh-CN": "单项最低分（五分制）", "zh-TW": "單項最低分（五分制）", en: "lowest item out of five" },
  /** What became of a quote: declined, unanswered. */
  quote: { "zh-CN": "报价", "zh-TW": "報價", en: "quote" },
  /** It is not certain whether warranty covers the matter. */
  warranty_uncertain: { "zh-CN": "保修存疑", "zh-TW": "保固存疑", en: "warranty uncertain" },
  /** The customer declined a repair that safety needs. */
  safety_declined: { "zh-CN": "谢绝安全维修", "zh-TW": "謝絕安全維修", en: "safety repair declined" },
  /** Tries in a row to reach the customer, all in vain. */
  contact_tries: { "zh-CN": "联系未果次数", "zh-TW": "聯絡未果次數", en: "vain tries to reach the customer" },
  /** A compensation or price was proposed that the proposer may not approve. */
  beyond_authority: { "zh-CN": "超出权限", "zh-TW": "超出權限", en: "beyond authority" },
  /** Clock of a case that has reached a share of its time: first_answer, next_answer, resolution. */
  clock: { "zh-CN": "时钟", "zh-TW": "時鐘", en: "clock" },
  /** That share, percent. */
  clock_percent: { "zh-CN": "时限用去（%）", "zh-TW": "時限用去（%）", en: "time used, percent" },
  /** Category of the case whose clock it is. */
  case_category: { "zh-CN": "个案类别", "zh-TW": "個案類別", en: "category of the case" },
  /** Cases of the same fault on the same product, model, part or technician, this one counted. */
  batch_count: { "zh-CN": "同类个案数", "zh-TW": "同類個案數", en: "cases of the same kind" },
  /** A message whose processing kept failing. */
  dead_letter: { "zh-CN": "处理失败的消息", "zh-TW": "處理失敗的訊息", en: "message that could not be processed" },
  /** A message of ours that could not be delivered. */
  undelivered: { "zh-CN": "消息未能送达", "zh-TW": "訊息未能送達", en: "message could not be delivered" },
  /** Finished work of the same product and fault in the last 30 days. */
  repeat_repair: { "zh-CN": "30 天内同一故障返修", "zh-TW": "30 天內同一故障返修", en: "same fault repaired within 30 days" },
  /** A time promised to the customer has passed. */
  promise_missed: { "zh-CN": "承诺时间已过", "zh-TW": "承諾時間已過", en: "promised time has passed" },
  /** A limit of the law on returns and exchanges is near or reached. */
  statutory_near: { "zh-CN": "接近三包法定界限", "zh-TW": "接近三包法定界限", en: "statutory limit near" },
  /** Asked again and again for what is not the asker's own. */
  probing: { "zh-CN": "反复查询他人信息", "zh-TW": "反覆查詢他人資訊", en: "asks repeatedly for others' data" },
} as const satisfies Record<string, LocalText>;

export type FactName = keyof typeof FACTS;
