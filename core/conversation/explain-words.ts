/** Words of {@link explainTrace}: labels, slots, flows and reasons as staff read them. */
import type { LocalText } from "../language.ts";
import type { InboundEvent } from "../spine/events.ts";
import type { Intent, Signal, Urgency } from "../understanding/types.ts";

const say = (cn: string, tw: string, en: string): LocalText => ({ "zh-CN": cn, "zh-TW": tw, en });

export const INTENT_WORDS: Readonly<Record<Intent, LocalText>> = {
  book: say("预约或报修", "預約或報修", "book a service"),
  reschedule: say("改预约", "改預約", "change a booking"),
  cancel_booking: say("取消预约", "取消預約", "cancel a booking"),
  status: say("查进度", "查進度", "ask how far it is"),
  complaint: say("投诉或不满", "投訴或不滿", "complain"),
  emergency: say("紧急情况", "緊急情況", "report an emergency"),
  quote_price: say("问价格", "問價格", "ask a price"),
  warranty: say("问保修", "問保固", "ask about warranty"),
  hours_location: say("问时间地点", "問時間地點", "ask when or where"),
  human: say("要人工", "要真人客服", "want a person"),
  reminder_query: say("问提醒", "問提醒", "ask about a reminder"),
  opt_out: say("不想再收消息", "不想再收訊息", "want fewer messages"),
  opt_in: say("愿意收消息", "願意收訊息", "want messages again"),
  survey_score: say("打分", "評分", "give a mark"),
  confirm_yes: say("同意", "同意", "say yes"),
  confirm_no: say("不同意", "不同意", "say no"),
  provide_info: say("回答提问", "回答提問", "answer a question"),
  greet: say("打招呼", "打招呼", "greet"),
  thanks: say("道谢", "道謝", "thank"),
  bye: say("告别", "道別", "say goodbye"),
  chitchat: say("闲聊", "閒聊", "chat"),
  abuse: say("辱骂", "辱罵", "insult"),
  out_of_scope: say("与售后无关", "與售後無關", "something outside after-sales"),
};

export const URGENCY_WORDS: Readonly<Record<Urgency, LocalText>> = {
  none: say("无", "無", "none"),
  normal: say("一般", "一般", "normal"),
  urgent: say("急", "急", "urgent"),
  emergency: say("危险", "危險", "emergency"),
};

export const LANGUAGE_WORDS: Readonly<Record<string, LocalText>> = {
  "zh-CN": say("简体中文", "簡體中文", "simplified Chinese"),
  "zh-TW": say("繁体中文", "繁體中文", "traditional Chinese"),
  en: say("英文", "英文", "English"),
};

/** Kinds of pieces found in a message, and slots of flows: the same words serve both. */
export const PIECE_WORDS: Readonly<Record<string, LocalText>> = {
  datetime: say("时间", "時間", "time"),
  time: say("时间", "時間", "time"),
  phone: say("电话", "電話", "phone"),
  plate: say("车牌", "車牌", "plate"),
  vin: say("车架号", "車身號碼", "VIN"),
  serial: say("序列号", "序號", "serial number"),
  order_no: say("工单号", "工單號", "order number"),
  order: say("工单", "工單", "order"),
  product: say("产品", "產品", "product"),
  fault: say("故障", "故障", "fault"),
  service: say("服务项目", "服務項目", "service"),
  services: say("服务项目", "服務項目", "services"),
  work: say("服务项目", "服務項目", "work"),
  name: say("姓名", "姓名", "name"),
  contact: say("联系人", "聯絡人", "contact"),
  address: say("地址", "地址", "address"),
  place: say("服务方式", "服務方式", "place"),
  purchase_channel: say("购买渠道", "購買管道", "where it was bought"),
  booking: say("预约", "預約", "booking"),
  reason: say("原因", "原因", "reason"),
  score: say("评分", "評分", "mark"),
  amount: say("金额", "金額", "amount"),
  mileage: say("里程", "里程", "mileage"),
  what: say("内容", "內容", "what"),
  $confirm: say("确认汇总", "確認彙總", "the summary"),
  $change: say("要改哪一项", "要改哪一項", "what to change"),
  $resume: say("是否继续", "是否繼續", "whether to go on"),
  details: say("详情", "詳情", "details"),
  $clarify: say("想办哪件事", "想辦哪件事", "which matter it is"),
  $menu: say("想办哪件事", "想辦哪件事", "which matter it is"),
};

export const FLOW_WORDS: Readonly<Record<string, LocalText>> = {
  book: say("预约", "預約", "booking"),
  reschedule: say("改预约", "改預約", "moving a booking"),
  cancel: say("取消预约", "取消預約", "cancelling a booking"),
  cancel_booking: say("取消预约", "取消預約", "cancelling a booking"),
  status: say("查进度", "查進度", "status"),
  complaint: say("投诉", "投訴", "complaint"),
  emergency: say("紧急情况", "緊急情況", "emergency"),
  identify: say("核对身份", "核對身分", "identity"),
  move: say("改预约", "改預約", "moving a booking"),
  details: say("了解投诉详情", "了解投訴詳情", "details of the complaint"),
};

export const REASON_WORDS: Readonly<Record<string, LocalText>> = {
  unknown_product: say("不在服务范围内的产品", "不在服務範圍內的產品", "not a product we look after"),
  no_phone: say("还缺电话", "還缺電話", "the phone is missing"),
  no_name: say("还缺姓名", "還缺姓名", "the name is missing"),
  past: say("时间已过", "時間已過", "the time has passed"),
  "free, skilled, least loaded": say("有空、会做、当天活最少", "有空、會做、當天工作最少", "free, skilled, least loaded that day"),
  horizon: say("太远，还未开放预约", "太遠，尚未開放預約", "too far ahead"),
  notice: say("太赶，来不及安排", "太趕，來不及安排", "too soon to arrange"),
  closed_day: say("当天不营业", "當天不營業", "closed that day"),
  closed_hour: say("当时不营业", "當時不營業", "closed at that hour"),
  busy: say("当时没有合适的空闲技师", "當時沒有合適的空閒技師", "no able technician is free then"),
};

export const NOTE_WORDS: Readonly<Record<string, LocalText>> = {
  reminder_obsolete: say("提醒已过时，不再发送", "提醒已過時，不再發送", "The reminder no longer applies and was not sent"),
  hours_gone: say("这个时间刚被别人约走", "這個時間剛被別人約走", "That time had just been taken by someone else"),
  clarify: say("几种可能，请客户选一个", "幾種可能，請客戶選一個", "Several readings were possible, so the customer was asked to choose"),
  not_understood: say("没听懂，请客户换个说法", "沒聽懂，請客戶換個說法", "Not understood; the customer was asked to say it differently"),
  nudge_obsolete: say("客户已经回复，不再提醒", "客戶已經回覆，不再提醒", "The customer had answered, so no reminder was sent"),
  consent: say("记下客户对关怀消息的意愿", "記下客戶對關懷訊息的意願", "The customer's wish about care messages was kept"),
  dead_letter: say(
    "这条消息多次处理失败，已交给人工",
    "這則訊息多次處理失敗，已交給真人",
    "Processing this message kept failing, so a person was called",
  ),
  undelivered: say(
    "消息没能送达客户，已交给人工",
    "訊息沒能送達客戶，已交給真人",
    "A message did not reach the customer, so a person was called",
  ),
  stale_press: say("客户按了旧按钮", "客戶按了舊按鈕", "A button of an earlier question was pressed"),
  media: say("收到附件", "收到附件", "An attachment came"),
  undo: say("客户撤销了刚才的操作", "客戶撤銷了剛才的操作", "The customer undid the last act"),
  desk_stranger: say(
    "操作人不在员工名单里，未执行",
    "操作人不在員工名單裡，未執行",
    "The one who acted is no member of staff, so nothing was done",
  ),
  released_by_timeout: say(
    "人工久未回复，已交回机器人",
    "真人久未回覆，已交回機器人",
    "No person had written for long, so the bot took over again",
  ),
  held_by_human: say("由人工接待，机器人不插话", "由真人接待，機器人不插話", "A person holds the conversation, so the bot kept quiet"),
  status_refused: say(
    "查询的号码不属于这位客户，未透露",
    "查詢的號碼不屬於這位客戶，未透露",
    "The number asked about is not this customer's, so nothing was told",
  ),
};

/** Names of the values that notes carry. */
export const FIELD_WORDS: Readonly<Record<string, LocalText>> = {
  ...PIECE_WORDS,
  case: say("个案", "個案", "case"),
  start: say("开始", "開始", "start"),
  end: say("结束", "結束", "end"),
  by: say("经手", "經手", "by"),
  staff: say("员工", "員工", "staff"),
  technician: say("技师", "技師", "technician"),
  status: say("状态", "狀態", "status"),
  times: say("次数", "次數", "times"),
  count: say("次数", "次數", "count"),
  to: say("改为", "改為", "to"),
  from: say("原为", "原為", "from"),
  error: say("错误", "錯誤", "error"),
  kind: say("类型", "類型", "kind"),
  number: say("编号", "編號", "number"),
  value: say("内容", "內容", "value"),
  candidates: say("候选", "候選", "candidates"),
  misses: say("连续未听懂次数", "連續未聽懂次數", "messages in a row not understood"),
  allowed: say("同意", "同意", "allowed"),
  named: say("号码个数", "號碼個數", "numbers named"),
};

export const VALUE_WORDS: Readonly<Record<string, LocalText>> = {
  true: say("是", "是", "yes"),
  false: say("否", "否", "no"),
  null: say("无", "無", "none"),
  shop: say("到店", "到店", "in the shop"),
  visit: say("上门", "到府", "on site"),
  photo: say("照片", "照片", "photo"),
  voice: say("语音", "語音", "voice"),
  video: say("视频", "影片", "video"),
  file: say("文件", "檔案", "file"),
  location: say("位置", "位置", "location"),
  care: say("关怀消息", "關懷訊息", "care messages"),
  booked: say("预约", "預約", "booking made"),
  moved: say("改期", "改期", "booking moved"),
  cancelled: say("取消", "取消", "booking cancelled"),
  complained: say("投诉", "投訴", "complaint"),
};

/** What was said beside the matter. */
export const SIGNAL_WORDS: Readonly<Record<Signal, LocalText>> = {
  legal_threat: say("要找监管或打官司", "要找主管機關或打官司", "threat of law or authority"),
  press_threat: say("要曝光或给差评", "要曝光或給負評", "threat of press or bad reviews"),
  anger: say("很生气", "很生氣", "strong anger"),
  repeat_repair: say("修过又坏", "修過又壞", "same fault after our repair"),
  compensation: say("要求赔偿", "要求賠償", "demand of compensation"),
  privacy: say("个人资料请求", "個人資料請求", "request about own data"),
  back_to_bot: say("要回到机器人", "要回到機器人", "wish to go back to the bot"),
  undo: say("要撤销", "要復原", "wish to undo"),
  start_over: say("要重新开始", "要重新開始", "wish to start over"),
  repeat: say("要再说一遍", "要再說一遍", "wish to hear it again"),
  help: say("求助", "求助", "wish for help"),
  skip: say("要跳过", "要跳過", "wish to skip"),
};

/** What happened. */
export const EVENT_WORDS: Readonly<Record<InboundEvent["kind"], LocalText>> = {
  message: say("消息", "訊息", "message"),
  press: say("按钮", "按鈕", "button"),
  media: say("附件", "附件", "attachment"),
  timer: say("定时", "定時", "timer"),
  desk: say("员工操作", "員工操作", "act of staff"),
  dead_letter: say("处理失败", "處理失敗", "failed processing"),
  undelivered: say("未送达", "未送達", "not delivered"),
  opened: say("打开会话", "開啟對話", "opened the chat"),
  contact: say("名片", "名片", "contact"),
  form: say("表单", "表單", "form"),
  edited: say("修改消息", "修改訊息", "edited message"),
  reach: say("能否送达", "能否送達", "reachability"),
};
