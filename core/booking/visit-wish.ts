/**
 * Wishes for a visit that change nothing of what is booked: who should come, what to mind at the door, what to bring along. They are
 * put on the booking in the customer's words, for whoever plans it and whoever goes; none of them is promised.
 */
import type { TurnContext } from "../conversation/context.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import { askAgain } from "../conversation/resume.ts";
import { topFrame } from "../conversation/stack.ts";
import type { Frame } from "../conversation/state.ts";
import type { Intent } from "../understanding/types.ts";
import { comingBookings } from "./change-flows.ts";
import type { Booking } from "./state.ts";

const WORKER = "(?:师傅|師傅|师父|師父|技师|技師|技工|工程师|工程師|人员|人員|工人|維修員|维修员)";
const WHO_ZH = new RegExp(
  `(?:派|要|想|最好|希望|能|可以|可唔可以|可否|换|換|安排|指定|麻烦|麻煩|有没有|有沒有|有冇|找|叫|请|請|还是|還是).{0,8}(?:女|男|有经验|有經驗|熟练|熟練|资深|資深|细心|細心|老|上次|上回|之前|以前|原来|原來|同一)(?:的|嘅|性|那|这|這|嗰|个|個|位|同一){0,4}${WORKER}`,
  "u",
);
const MANNERS_ZH =
  /鞋套|换拖鞋|換拖鞋|(?:不要|别|別|勿|唔好)(?:按|敲|撳|拍)(?:门|門|鐘|钟)|(?:来|來|到|出发|出發|上门|上門|嚟)(?:之前|以前|前)(?:先|请|請|再|麻烦|麻煩|提前){0,2}(?:给|俾|跟|和|同)?(?:我|我们|我們)?(?:打|来|來|发|發|联系|聯絡|聯繫|通知|说|說|讲|講|call|whatsapp)|提前(?:半|一|十|二十|三十|\d).{0,6}(?:打|联系|聯絡|通知|说|說|讲|講)|(?:家里|家裡|屋企|家中)(?:有|养|養)(?:了|着|著)?.{0,4}(?:狗|猫|貓|宝宝|寶寶|婴儿|嬰兒|BB|孕妇|孕婦)|(?:门禁|門禁|大门|大門|楼下|樓下|单元门|單元門).{0,6}(?:密码|密碼|code)|(?:带|帶)(?:上|个|個|把|一把|一个|一個)?.{0,3}(?:梯子?|工具|配件|滤芯|濾芯|滤网|濾網|吸尘器|吸塵器)(?!子|吗|嗎|么|呢)/u;

const WHO_EN =
  /\b(?:prefer|preferably|like|want|could|can|possible|please|send|get|have|request|with|ask for|rather)\b.{0,40}\b(?:female|woman|women|lady|male|experienced|senior|(?:english|chinese|mandarin|cantonese)[- ]speaking|same)\s+(?:\w+\s+)?(?:tech|technician|engineer|mechanic|repair ?(?:man|woman|person)|guy|bloke|fella|lad|person|one|fitter|man|lady|woman)s?\b|\bsame (?:tech|technician|engineer|mechanic|guy|person|man|lady|fella) (?:as )?(?:last time|before|again|please|who)|\b(?:female|woman|lady) (?:tech|technician|engineer|mechanic)s?\b.{0,20}\b(?:please|if poss\w*|available|possible)/i;
const MANNERS_EN =
  /\bshoe (?:covers?|protectors?)\b|\btake (?:his|her|their|your) shoes off\b|\b(?:call|ring|text|phone|message|whatsapp|give (?:me|us) a (?:call|ring|bell|buzz))\b.{0,12}\b(?:before (?:(?:you|he|she|they) (?:come|arrive|get here|set off|leave)|coming|arriving)|on the way|when (?:(?:you|he|she|they)(?:'re| are|'s| is) )?(?:on the way|outside|downstairs|nearby|close|leaving)|ahead|half an hour|\d+ min\w* before)|\bdon'?t (?:ring|use|press|knock)\b.{0,10}\b(?:bell|doorbell|buzzer|door)\b|\b(?:there'?s|we have|we'?ve got|i have|i'?ve got|beware of|mind) (?:a |an |the |my |our )?(?:\w+ )?(?:dog|cat|baby|toddler|newborn)\b|\b(?:gate|door|entry|access|building) code\b.{0,12}\d|\bbring (?:a |an |the |your |some )?(?:ladder|tools|step ?ladder|spare parts?|vacuum)\b(?!.*\?)/i;

/** What comes first by far, whatever else the words say. */
const GRAVER: readonly Intent[] = ["complaint", "emergency", "cancel_booking", "opt_out"];

/** Wishes kept on one booking, and how much of each. */
const MOST_WISHES = 8;
const LONGEST_WISH = 300;

/** Is something wished of the visit itself? */
export function isVisitWish(reading: Reading): boolean {
  return isCalm(reading) && wishes(reading.text);
}

/** Words, and nothing grave in them. */
export function isCalm({ understanding, choice }: Reading): boolean {
  const first = understanding?.intents[0]?.intent;
  return understanding !== null && !choice && understanding.urgency !== "emergency" && (first === undefined || !GRAVER.includes(first));
}

const wishes = (text: string): boolean => WHO_ZH.test(text) || MANNERS_ZH.test(text) || WHO_EN.test(text) || MANNERS_EN.test(text);

/** The parts of a message that wish something; all of it where no part does by itself. */
function wishedIn(text: string): string {
  const parts = text.split(/[,，。;；!！\n]|\.\s/u).map((part) => part.trim());
  return parts.filter(wishes).join(", ") || text;
}

/** And of the visit that is being booked, or stands? */
export function wishesOfThisVisit(turn: TurnContext, reading: Reading): boolean {
  const frame = topFrame(turn);
  const isOfVisit = frame === null ? comingBookings(turn).length > 0 : frame.flow === "book";
  return isOfVisit && isVisitWish(reading);
}

const added = (before: readonly string[], text: string): readonly string[] =>
  [...before, wishedIn(text).slice(0, LONGEST_WISH)].slice(-MOST_WISHES);

function keepWish(frame: Frame, text: string): void {
  frame.data["wishes"] = [...added(wishesOf(frame), text)];
}

/** A wish in the words that begin a booking. */
export function beginWithWish(turn: TurnContext, reading: Reading): void {
  const frame = topFrame(turn);
  if (frame?.flow === "book" && isVisitWish(reading)) keepWish(frame, reading.text);
}

/** The wishes told while a booking is being made. */
export function wishesOf(frame: Frame): readonly string[] {
  return (frame.data["wishes"] ?? []) as readonly string[];
}

/**
 * A wish told while a booking is being made: kept until it is made.
 *
 * @returns whether that was all there was to the message
 */
export function takeVisitWish(turn: TurnContext, frame: Frame, reading: Reading): boolean {
  if (frame.flow !== "book" || !isVisitWish(reading)) return false;
  keepWish(frame, reading.text);
  turn.say(turn.words("wish.noted"));
  const { datetime, phone, address, product, fault, service, name } = entitiesOf(reading);
  // What else it tells goes to the booking as ever.
  if (datetime.length + phone.length + address.length + product.length + fault.length + service.length + name.length > 0) return false;
  askAgain(turn);
  return true;
}

/** A wish for the visit that stands: on the booking, and told to those who plan it. */
export function addVisitWish(turn: TurnContext, booking: Booking, reading: Reading): void {
  turn.applyBooking(booking.number, booking, {
    type: "booking_amended",
    at: turn.now,
    wishes: added(booking.wishes ?? [], reading.text),
  });
  turn.say(turn.words("wish.added", { number: booking.number }));
  turn.notify("representative", wishLine(turn, booking.number, [wishedIn(reading.text)]), null);
}

/** What staff read of the wishes of a booking. */
export function wishLine(turn: TurnContext, number: string, wishes: readonly string[]): string {
  return turn.staffWords("staff.wish", { number, wishes: wishes.map((wish) => `「${wish}」`).join(" ") });
}
