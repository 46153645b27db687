/** The pages' own words in three languages. */
import { kept } from "./dom.js";

/** Code, short label, full label. */
export const LANGUAGES = [
  ["zh-CN", "简", "简体中文"],
  ["zh-TW", "繁", "繁體中文"],
  ["en", "EN", "English"],
];

const W = (cn, tw, en) => ({ "zh-CN": cn, "zh-TW": tw, en });

const WORDS = {
  "nav.label": W("页面", "頁面", "Pages"),
  "nav.try": W("试一试", "試一試", "Try it"),
  "nav.desk": W("服务台", "服務台", "Desk"),
  "nav.reports": W("报表", "報表", "Reports"),
  "nav.campaigns": W("群发活动", "群發活動", "Campaigns"),
  "nav.language": W("界面语言", "介面語言", "Language"),
  "link.live": W("已连接", "已連線", "Connected"),
  "link.lost": W("连接中断，正在重连…", "連線中斷，正在重新連線…", "Connection lost, reconnecting…"),

  "tab.phone": W("客户", "客戶", "Customer"),
  "tab.desk": W("服务台", "服務台", "Desk"),
  "tab.why": W("为什么", "為什麼", "Why"),
  "tab.label": W("显示", "顯示", "Show"),

  "phone.title": W("客户的手机", "客戶的手機", "The customer's phone"),
  "phone.who": W("我是", "我是", "I am"),
  "phone.visitor": W("新访客", "新訪客", "A new visitor"),
  "phone.restart": W("重新开始", "重新開始", "Start over"),
  "phone.restart_hint": W("以新访客身份开始新的对话", "以新訪客身分開始新的對話", "Begin a new conversation as a new visitor"),
  "phone.empty": W("发一句话开始，比如：", "傳一句話開始，例如：", "Say something to begin, for example:"),
  "phone.starters": W(
    "东西坏了，想约人来修|修到哪一步了？|修完又坏了，我要投诉|闻到煤气味！",
    "東西壞了，想約人來修|修到哪一步了？|修完又壞了，我要投訴|聞到瓦斯味！",
    "Something broke, I need a repair|How far is my repair?|It broke again after your repair|I smell gas!",
  ),
  "phone.input": W("输入消息", "輸入訊息", "Message"),
  "phone.log": W("对话", "對話", "Conversation"),
  "phone.send": W("发送", "傳送", "Send"),
  "phone.attach": W("发送照片或文件", "傳送照片或檔案", "Send a photo or file"),
  "phone.locate": W("发送位置", "傳送位置", "Send your location"),
  "phone.here": W("我的位置", "我的位置", "My location"),
  "phone.choices": W("可选回复", "可選回覆", "Suggested answers"),
  "phone.typing": W("正在回复…", "正在回覆…", "Replying…"),
  "phone.sending": W("发送中…", "傳送中…", "Sending…"),
  "phone.why": W("看看为什么", "看看為什麼", "See why"),
  "phone.new": W("新消息 ↓", "新訊息 ↓", "New message ↓"),
  "phone.greeting_hint": W(
    "这里的一切都是真的：同一套引擎，同一个服务台。",
    "這裡的一切都是真的：同一套引擎，同一個服務台。",
    "Everything here is real: the same engine, the same desk.",
  ),

  "media.photo": W("照片", "照片", "Photo"),
  "media.voice": W("语音", "語音", "Voice"),
  "media.video": W("视频", "影片", "Video"),
  "media.file": W("文件", "檔案", "File"),
  "media.location": W("位置", "位置", "Location"),
  "media.too_large": W(
    "文件超过 36 KB，请压缩后再发送。",
    "檔案超過 36 KB，請壓縮後再傳送。",
    "The file is over 36 KB. Make it smaller and send it again.",
  ),
  "media.unreadable": W("这个文件读不出来，请换一个。", "這個檔案無法讀取，請換一個。", "This file can't be read. Choose another one."),
  "media.no_location": W(
    "得不到位置，请在浏览器里允许定位，或直接输入地址。",
    "無法取得位置，請在瀏覽器允許定位，或直接輸入地址。",
    "No location. Allow it in the browser, or type the address.",
  ),
  "media.open": W("打开", "開啟", "Open"),

  "from.bot": W("机器人", "機器人", "Bot"),
  "from.staff": W("客服", "客服", "Staff"),
  "from.customer": W("客户", "客戶", "Customer"),

  "why.title": W("为什么这样回答", "為什麼這樣回答", "Why this answer"),
  "why.empty": W(
    "发一条消息，这里会说明机器人怎么想的。",
    "傳一則訊息，這裡會說明機器人怎麼想的。",
    "Send a message, and this shows what the bot made of it.",
  ),
  "why.none": W("这条消息没有记录判断。", "這則訊息沒有記錄判斷。", "Nothing was recorded for this message."),
  "why.waiting": W("正在处理…", "正在處理…", "Working on it…"),
  "why.latest": W("跟随最新", "跟隨最新", "Follow the latest"),
  "why.about": W("针对", "針對", "About"),
  "why.kind.understood": W("理解", "理解", "Understood"),
  "why.kind.slot": W("信息", "資訊", "Facts"),
  "why.kind.refused": W("不可行", "不可行", "Refused"),
  "why.kind.flow": W("流程", "流程", "Steps"),
  "why.kind.offer": W("排期", "排程", "Times"),
  "why.kind.rule": W("规则", "規則", "Rules"),
  "why.kind.note": W("其他", "其他", "Other"),

  "desk.title": W("服务台", "服務台", "Staff desk"),
  "desk.me": W("我是", "我是", "I am"),
  "desk.cases": W("个案", "個案", "Cases"),
  "desk.orders": W("工单", "工單", "Orders"),
  "desk.bookings": W("预约", "預約", "Bookings"),
  "desk.notices": W("通知", "通知", "Notices"),
  "desk.views": W("服务台视图", "服務台檢視", "Views of the desk"),
  "desk.back": W("← 返回列表", "← 返回清單", "← Back to the list"),
  "desk.no_cases": W(
    "没有待处理的个案。客户需要人工时会出现在这里。",
    "沒有待處理的個案。客戶需要真人時會出現在這裡。",
    "No cases. They appear here when a customer needs a person.",
  ),
  "desk.team_down": W(
    "{channel} 的客服群发不进去（{error}），{waiting} 条在等，请在这里处理。",
    "{channel} 的客服群傳不進去（{error}），{waiting} 則在等，請在這裡處理。",
    "The team chat on {channel} can't be reached ({error}); {waiting} posts wait. Please work here.",
  ),
  "desk.pick": W("选一个个案查看详情。", "選一個個案查看詳情。", "Choose a case to see it."),
  "desk.more": W(
    "还有更多个案，这里显示最新的 500 个。",
    "還有更多個案，這裡顯示最新的 500 個。",
    "There are more; these are the newest 500.",
  ),
  "desk.no_orders": W("还没有工单。", "還沒有工單。", "No orders yet."),
  "desk.no_bookings": W("还没有预约。", "還沒有預約。", "No bookings yet."),
  "desk.no_notices": W("还没有通知。", "還沒有通知。", "No notices yet."),
  "desk.load_more": W("显示更多", "顯示更多", "Show more"),
  "desk.unknown_customer": W("未登记的客户", "未登記的客戶", "Unknown customer"),
  "desk.overdue": W("超时", "逾時", "Late"),
  "desk.promised": W("承诺答复", "承諾答覆", "Answer promised"),
  "desk.answered": W("已答复", "已答覆", "Answered"),
  "desk.by": W("负责人", "負責人", "Owner"),
  "desk.nobody": W("无人认领", "無人認領", "Nobody yet"),
  "desk.words": W("客户原话", "客戶原話", "In the customer's words"),
  "desk.reasons": W("为什么要人工", "為什麼要真人", "Why a person is needed"),
  "desk.facts": W("客户档案", "客戶檔案", "Customer file"),
  "desk.transcript": W("对话记录", "對話紀錄", "Transcript"),
  "desk.notes": W("内部记录", "內部紀錄", "Notes"),
  "desk.traces": W("机器人的判断", "機器人的判斷", "What the bot decided"),
  "desk.resolution": W("处理结果", "處理結果", "Resolution"),
  "desk.channel": W("渠道", "管道", "Channel"),
  "desk.about": W("关于", "關於", "About"),
  "desk.opened": W("建立", "建立", "Opened"),
  "desk.step": W("级别", "層級", "Step"),

  "fact.phone": W("电话", "電話", "Phone"),
  "fact.address": W("地址", "地址", "Address"),
  "fact.language": W("语言", "語言", "Language"),
  "fact.products": W("产品", "產品", "Products"),
  "fact.bookings": W("预约", "預約", "Bookings"),
  "fact.orders": W("工单", "工單", "Orders"),
  "fact.none": W("还没有资料。", "還沒有資料。", "Nothing known yet."),
  "fact.vip": W("VIP", "VIP", "VIP"),

  "action.claim": W("我来处理", "我來處理", "Take it"),
  "action.takeover": W("接手", "接手", "Take over"),
  "action.release": W("交回机器人", "交回機器人", "Back to the bot"),
  "action.resolve": W("办结", "結案", "Resolve"),
  "action.reopen": W("重新打开", "重新開啟", "Reopen"),
  "action.reply": W("回复客户", "回覆客戶", "Reply to customer"),
  "action.note": W("内部记录", "內部紀錄", "Internal note"),
  "action.send_reply": W("发送给客户", "傳送給客戶", "Send to the customer"),
  "action.send_note": W("保存记录", "儲存紀錄", "Save the note"),
  "action.send_resolve": W("办结并告知客户", "結案並告知客戶", "Resolve and tell the customer"),
  "action.send_reopen": W("重新打开个案", "重新開啟個案", "Reopen the case"),
  "action.try_again": W("重试", "重試", "Try again"),
  "action.discard": W("放弃", "放棄", "Discard"),
  "action.login": W("登录", "登入", "Log in"),
  "action.close": W("关闭", "關閉", "Close"),
  "action.move": W("更新状态", "更新狀態", "Move on"),
  "action.cancel": W("取消", "取消", "Cancel"),
  "composer.label": W("要做什么", "要做什麼", "What to do"),
  "composer.reply_hint": W(
    "客户会看到。Enter 发送，Shift+Enter 换行。",
    "客戶會看到。Enter 傳送，Shift+Enter 換行。",
    "The customer will see this. Enter sends, Shift+Enter makes a new line.",
  ),
  "composer.note_hint": W(
    "只有同事看得到，不会发给客户。",
    "只有同事看得到，不會傳給客戶。",
    "Only colleagues see this. It is not sent to the customer.",
  ),
  "composer.resolve_hint": W("写明处理结果，客户会收到。", "寫明處理結果，客戶會收到。", "Say what was done; the customer is told."),
  "composer.reopen_hint": W("写明重新打开的原因。", "寫明重新開啟的原因。", "Say why it is opened again."),
  "composer.placeholder_reply": W("写给客户…", "寫給客戶…", "Write to the customer…"),
  "composer.placeholder_note": W("写给同事…", "寫給同事…", "Write to colleagues…"),
  "composer.placeholder_resolve": W("怎么解决的…", "怎麼解決的…", "What was done…"),
  "composer.placeholder_reopen": W("为什么重新打开…", "為什麼重新開啟…", "Why it is opened again…"),
  "done.note": W("记录已保存", "紀錄已儲存", "Note saved"),
  "done.claim": W("已认领", "已認領", "It is yours"),
  "done.release": W("已交回机器人", "已交回機器人", "Back with the bot"),
  "done.resolve": W("已办结", "已結案", "Resolved"),
  "done.reopen": W("已重新打开", "已重新開啟", "Reopened"),
  "done.move_order": W("工单已提交更新", "工單已提交更新", "Order update handed in"),
  "composer.empty": W("请先写内容。", "請先寫內容。", "Write something first."),

  "urgency.normal": W("一般", "一般", "Normal"),
  "urgency.urgent": W("急", "急", "Urgent"),
  "urgency.emergency": W("危险", "危險", "Emergency"),
  "case.open": W("待认领", "待認領", "Open"),
  "case.claimed": W("处理中", "處理中", "In hand"),
  "case.resolved": W("已办结", "已結案", "Resolved"),
  "case.closed": W("已关闭", "已關閉", "Closed"),
  "category.complaint": W("投诉", "投訴", "Complaint"),
  "category.emergency": W("紧急", "緊急", "Emergency"),
  "category.human": W("要人工", "要真人", "Wants a person"),
  "category.unclear": W("没听懂", "沒聽懂", "Not understood"),
  "category.quote": W("报价", "報價", "Quote"),
  "category.warranty": W("保修", "保固", "Warranty"),
  "category.booking": W("预约", "預約", "Booking"),
  "category.privacy": W("隐私", "隱私", "Privacy"),
  "category.survey": W("回访", "回訪", "Survey"),
  "category.other": W("其他", "其他", "Other"),
  "role.representative": W("客服代表", "客服代表", "Representative"),
  "role.manager": W("服务经理", "服務經理", "Service manager"),
  "role.general_office": W("总经理办公室", "總經理辦公室", "General manager's office"),
  "role.appraiser": W("鉴定员", "鑑定員", "Appraiser"),
  "role.technician": W("技师", "技師", "Technician"),
  "role.on_call": W("值班", "值班", "On call"),
  "order.requested": W("已申请", "已申請", "Requested"),
  "order.confirmed": W("已确认", "已確認", "Confirmed"),
  "order.received": W("已接收", "已接收", "Received"),
  "order.diagnosing": W("检测中", "檢測中", "Diagnosing"),
  "order.quoted": W("已报价", "已報價", "Quoted"),
  "order.approved": W("客户已同意", "客戶已同意", "Approved"),
  "order.declined": W("客户未同意", "客戶未同意", "Declined"),
  "order.waiting_parts": W("等配件", "等零件", "Waiting for parts"),
  "order.in_progress": W("维修中", "維修中", "In progress"),
  "order.quality_check": W("质检中", "品檢中", "Quality check"),
  "order.ready": W("可取", "可取件", "Ready"),
  "order.delivered": W("已交付", "已交付", "Delivered"),
  "order.closed": W("已关闭", "已關閉", "Closed"),
  "order.cancelled": W("已取消", "已取消", "Cancelled"),
  "order.no_show": W("未到", "未到", "No-show"),
  "order.rework": W("返修", "返修", "Rework"),
  "booking.confirmed": W("已确认", "已確認", "Confirmed"),
  "booking.cancelled": W("已取消", "已取消", "Cancelled"),
  "place.shop": W("到店", "到店", "In the shop"),
  "place.visit": W("上门", "到府", "On site"),

  "col.number": W("编号", "編號", "Number"),
  "col.status": W("状态", "狀態", "State"),
  "col.product": W("产品", "產品", "Product"),
  "col.services": W("服务项目", "服務項目", "Services"),
  "col.technician": W("技师", "技師", "Technician"),
  "col.promised": W("承诺时间", "承諾時間", "Promised"),
  "col.time": W("时间", "時間", "Time"),
  "col.contact": W("联系人", "聯絡人", "Contact"),
  "col.place": W("方式", "方式", "Place"),
  "col.note": W("说明", "說明", "Note"),
  "col.action": W("操作", "操作", "Action"),
  "move.to": W("改为", "改為", "Move to"),
  "move.promised": W("新的承诺时间（可不填）", "新的承諾時間（可不填）", "New promised time (optional)"),
  "move.text": W("告诉客户的话（可不填）", "告訴客戶的話（可不填）", "Words for the customer (optional)"),

  "span.minutes": W("{n} 分钟", "{n} 分鐘", "{n} min"),
  "span.hours": W("{n} 小时", "{n} 小時", "{n} h"),
  "span.days": W("{n} 天", "{n} 天", "{n} d"),
  "span.left": W("还有 {span}", "還有 {span}", "in {span}"),
  "span.late": W("已超 {span}", "已逾 {span}", "{span} late"),

  "report.title": W("服务数字", "服務數字", "Service figures"),
  "report.as_of": W("统计到 {at}，来自全部已存记录。", "統計到 {at}，來自全部已存紀錄。", "As of {at}, from all stored records."),
  "report.refresh": W("刷新", "重新整理", "Refresh"),
  "report.answers": W("人工答复", "真人答覆", "Human answers"),
  "report.in_time": W("按时答复", "準時答覆", "Answered in time"),
  "report.late": W("超时答复", "逾時答覆", "Answered late"),
  "report.unanswered": W("超时未答复", "逾時未答覆", "Late and not answered"),
  "report.rate": W("按时率", "準時率", "Share in time"),
  "report.median": W("首次答复中位数", "首次答覆中位數", "Median first answer"),
  "report.bookings": W("预约", "預約", "Bookings"),
  "report.upcoming": W("未来的预约", "未來的預約", "Upcoming"),
  "report.moved": W("改过时间", "改過時間", "Moved at least once"),
  "report.cases": W("个案", "個案", "Cases"),
  "report.by_status": W("按状态", "依狀態", "By state"),
  "report.by_category": W("按类别", "依類別", "By kind"),
  "report.by_urgency": W("按紧急程度", "依緊急程度", "By urgency"),
  "report.orders": W("工单", "工單", "Orders"),
  "report.orders_late": W("超过承诺时间", "超過承諾時間", "Past the promised time"),
  "report.total": W("合计", "合計", "Total"),
  "report.none": W("还没有记录", "還沒有紀錄", "Nothing recorded yet"),

  "problem.unreachable": W("连不上服务，会自动重试。", "連不上服務，會自動重試。", "The service can't be reached; trying again by itself."),
  "problem.busy": W("服务正忙，会自动重试。", "服務忙碌中，會自動重試。", "The service is busy; trying again by itself."),
  "problem.too_fast": W("发送太快，稍后会自动重发。", "傳送太快，稍後會自動重送。", "Too many at once; it is sent again in a moment."),
  "problem.overloaded": W("服务正忙，稍后会自动重发。", "服務忙碌中，稍後會自動重送。", "Very busy; it is sent again in a moment."),
  "problem.server": W("服务出错，请稍后重试。", "服務發生錯誤，請稍後再試。", "Something went wrong on our side. Try again in a moment."),
  "problem.login_needed": W("登录已失效，请重新登录。", "登入已失效，請重新登入。", "The login has ended. Log in again."),
  "problem.text_too_long": W(
    "最多 4,000 字，请分几条发送。",
    "最多 4,000 字，請分幾則傳送。",
    "4,000 characters at most. Send it in parts.",
  ),
  "problem.text_empty": W("内容是空的。", "內容是空的。", "There is nothing in it."),
  "problem.media_too_large": W("附件太大，请压缩后发送。", "附件太大，請壓縮後傳送。", "The attachment is too large. Make it smaller."),
  "problem.body_too_large": W("内容太大，请分几次发送。", "內容太大，請分幾次傳送。", "This is too large. Send it in parts."),
  "problem.case_unknown": W(
    "这个个案已不存在，请刷新列表。",
    "這個個案已不存在，請重新整理清單。",
    "This case is no longer there. Refresh the list.",
  ),
  "problem.staff_unknown": W("请先在上方选择你是谁。", "請先在上方選擇你是誰。", "Choose above who you are first."),
};

/** Words of one page's own. */
export function addWords(words) {
  for (const [key, [cn, tw, en]] of Object.entries(words)) WORDS[key] = W(cn, tw, en);
}

const listeners = new Set();
let current = startLanguage();
document.documentElement.lang = current;

export const lang = () => current;

/** Words of a key; the key itself when there are none. */
export function t(key, values = {}) {
  const words = WORDS[key]?.[current] ?? key;
  return words.replace(/\{(\w+)\}/g, (_all, name) => String(values[name] ?? ""));
}

export function setLang(language) {
  current = language;
  kept.set("anxin.lang", language);
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

/** Calls `listener` after each change of the language. */
export function onLang(listener) {
  listeners.add(listener);
}

/** As chosen before, else the first of the browser's languages that we speak. */
function startLanguage() {
  const chosen = kept.get("anxin.lang");
  if (LANGUAGES.some(([code]) => code === chosen)) return chosen;
  for (const tag of navigator.languages ?? [navigator.language]) {
    if (/^zh-(tw|hk|mo|hant)/i.test(tag)) return "zh-TW";
    if (/^zh\b/i.test(tag)) return "zh-CN";
    if (/^en\b/i.test(tag)) return "en";
  }
  return "en";
}
