/**
 * What the channel itself says: names of the App Home, of forms, and words to one person alone. What the bot says to
 * customers is the profile's and comes ready-made.
 */
import type { Language, LocalText } from "../../core/language.ts";

const local = (simplified: string, traditional: string, english: string): LocalText => ({
  "zh-CN": simplified,
  "zh-TW": traditional,
  en: english,
});

export const WORDS = {
  "home.title": local("我的服务", "我的服務", "My service"),
  "home.bookings": local("我的预约", "我的預約", "My bookings"),
  "home.no_bookings": local("目前没有预约。", "目前沒有預約。", "You have no bookings."),
  "home.cases": local("我的反馈", "我的回饋", "My cases"),
  "home.no_cases": local("目前没有处理中的反馈。", "目前沒有處理中的回饋。", "You have no open cases."),
  "home.book": local("预约维修", "預約維修", "Book a service"),
  "home.status": local("查进度", "查進度", "Ask for status"),
  "home.complaint": local("投诉或建议", "投訴或建議", "Complain"),
  "home.human": local("找人工", "找真人", "Talk to a person"),
  "home.move": local("改时间", "改時間", "Change the time"),
  "home.cancel": local("取消预约", "取消預約", "Cancel"),
  "home.refresh": local("刷新", "重新整理", "Refresh"),
  "home.answers_in_messages": local(
    "按下按钮后，请到“消息”标签页查看回复。",
    "按下按鈕後，請到「訊息」分頁查看回覆。",
    "After pressing a button, look for the answer in the Messages tab.",
  ),
  "home.promised": local("答复时限", "答覆時限", "Answer by"),
  "case.open": local("待处理", "待處理", "waiting"),
  "case.claimed": local("处理中", "處理中", "in hand"),
  "case.resolved": local("已解决", "已解決", "resolved"),
  "case.closed": local("已关闭", "已關閉", "closed"),
  "book.title": local("预约维修", "預約維修", "Book a service"),
  "book.submit": local("提交", "送出", "Send"),
  "book.close": local("取消", "取消", "Cancel"),
  "book.product": local("产品", "產品", "Product"),
  "book.fault": local("出了什么问题，或需要什么服务", "出了什麼問題，或需要什麼服務", "What is wrong, or what you need"),
  "book.place": local("地点", "地點", "Where"),
  "book.visit": local("上门服务", "到府服務", "At my address"),
  "book.shop": local("到店", "到店", "In the shop"),
  "book.address": local("上门地址", "到府地址", "Address"),
  "book.date": local("日期", "日期", "Date"),
  "book.time": local("时间", "時間", "Time"),
  "book.name": local("联系人", "聯絡人", "Name"),
  "book.phone": local("电话", "電話", "Phone"),
  "book.phone_wrong": local(
    "请填写可以联系到您的电话号码。",
    "請填寫可以聯絡到您的電話號碼。",
    "Please give a phone number where we can reach you.",
  ),
  "book.date_past": local(
    "这一天已经过去，请选今天或以后。",
    "這一天已經過去，請選今天或以後。",
    "That day is past; please choose today or later.",
  ),
  "book.hint": local(
    "只填您知道的即可，其余在消息里确认。时间以门店所在地为准。",
    "只填您知道的即可，其餘在訊息裡確認。時間以門市所在地為準。",
    "Fill in what you know; the rest is settled in the messages. Times are the shop's local time.",
  ),
  "staff.more": local("更多", "更多", "More"),
  "staff.reply": local("回复客户", "回覆客戶", "Reply"),
  "staff.note": local("内部备注", "內部備註", "Note"),
  "staff.note_text": local("只有同事看得到", "只有同事看得到", "Only colleagues read it"),
  "staff.transfer": local("转交", "轉交", "Transfer"),
  "staff.resolve": local("解决", "解決", "Resolve"),
  "staff.compensate": local("申请补偿", "申請補償", "Compensation"),
  "staff.submit": local("提交", "送出", "Send"),
  "staff.close": local("取消", "取消", "Cancel"),
  "staff.reply_text": local("发给客户的话", "發給客戶的話", "Words to the customer"),
  "staff.transfer_to": local("转给谁（姓名或工号）", "轉給誰（姓名或工號）", "To whom (name or id)"),
  "staff.transfer_note": local("说明", "說明", "Note"),
  "staff.resolve_text": local("处理结果（客户会看到）", "處理結果（客戶會看到）", "Outcome (the customer reads it)"),
  "staff.kind": local("方式", "方式", "Kind"),
  "staff.gift": local("赠送", "贈送", "Gift"),
  "staff.discount": local("折扣", "折扣", "Discount"),
  "staff.exchange": local("换货", "換貨", "Exchange"),
  "staff.refund": local("退款", "退款", "Refund"),
  "staff.amount": local("金额", "金額", "Amount"),
  "staff.amount_wrong": local(
    "请填写数字，例如 200 或 99.50。",
    "請填寫數字，例如 200 或 99.50。",
    "Please give a number, such as 200 or 99.50.",
  ),
  "staff.side": local("责任方", "責任方", "Whose fault"),
  "staff.side_ours": local("我方责任", "我方責任", "Ours"),
  "staff.side_maker": local("厂家责任", "原廠責任", "The maker's"),
  "staff.side_customer": local("客户原因", "客戶因素", "The customer's"),
  "staff.side_unclear": local("责任未明", "責任未明", "Unclear"),
  "staff.reason": local("理由", "理由", "Reason"),
  "staff.taken": local("已提交。", "已送出。", "Done."),
  "staff.known": local("这一操作已经提交过。", "這一操作已經送出過。", "That was done before."),
  "staff.elsewhere": local("请在客服频道使用此命令。", "請在客服頻道使用此命令。", "Please use this command in the staff channel."),
  "staff.form_failed": local(
    "表单没有打开，请再点一次；也可以直接在此会话写 !reply 加内容。",
    "表單沒有開啟，請再點一次；也可以直接在此討論串寫 !reply 加內容。",
    "The form did not open. Press again, or write !reply and your words in this thread.",
  ),
  "staff.failed": local("没有提交成功，请稍后再试。", "沒有送出成功，請稍後再試。", "That did not work; please try again in a moment."),
  "card.done": local("已结束", "已結束", "Done"),
  "card.normal": local("普通", "普通", "Normal"),
  "card.urgent": local("紧急", "緊急", "Urgent"),
  "card.emergency": local("特急", "特急", "Emergency"),
  "card.words": local("客户原话", "客戶原話", "The customer's words"),
  "press.not_yours": local("这些按钮是给另一位客户的。", "這些按鈕是給另一位客戶的。", "These buttons are for someone else."),
  "list.choose": local("请选择", "請選擇", "Choose"),
  "file.kept_away": local("附件（请在客服台查看）", "附件（請在客服台查看）", "Attachment (see the desk)"),
} as const satisfies Readonly<Record<string, LocalText>>;

export type WordKey = keyof typeof WORDS;

export function say(key: WordKey, language: Language): string {
  return WORDS[key][language];
}

/** Our language for a locale of Slack's, such as `zh-CN` or `en-GB`. */
export function languageOfLocale(locale: string | null): Language | null {
  if (locale === null) return null;
  if (/^zh[-_](?:TW|HK|MO|Hant)/i.test(locale)) return "zh-TW";
  return /^zh/i.test(locale) ? "zh-CN" : "en";
}
