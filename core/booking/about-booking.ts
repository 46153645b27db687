/**
 * Questions and wishes about the booking that is coming, in words that name no matter by themselves: "what's his name?", "how
 * long will it take?", "can it be earlier?", "eleven then". Right after a booking they mean that booking.
 */
import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Frame } from "../conversation/state.ts";
import { nameIn } from "../profile/model.ts";
import type { Service } from "../profile/schema.ts";
import { MINUTE_MS } from "../time.ts";
import { formatEstimate, semicolon } from "../wording/format.ts";
import { wantsAmendment } from "./amend-flow.ts";
import { bookingLabel, comingBookings } from "./change-flows.ts";
import type { ProductValue } from "./product-value.ts";
import type { Booking } from "./state.ts";
import { addVisitWish, isCalm, isVisitWish } from "./visit-wish.ts";
import { faultsFor, servicesById, servicesFor, type WorkWish } from "./work.ts";

const WHO =
  /(?:师傅|師傅|师父|技师|技師|工程师|工程師|边个|邊個|谁|誰|哪位).{0,6}(?:叫|姓|是谁|是誰|係邊個|电话|電話|号码|號碼|联系|聯絡|名字|来修|來修|上门|上門|嚟整)|(?:叫什么|叫什麼|叫咩|贵姓|貴姓|是谁|是誰|哪位|哪个|哪個).{0,4}(?:师傅|師傅|技师|技師)|\b(?:who(?:'s| is| will be)? (?:coming|the (?:technician|mechanic|guy|person))|(?:technician|mechanic|engineer|guy)(?:'s)? (?:name|number|phone)|his (?:name|number|phone)|what(?:'s| is) (?:he|the (?:technician|mechanic|guy)) called)\b/i;
const HOW_LONG =
  /(?<!保修期?|保固期?|质保|質保|有效期?|保质期?)(?:多久|多长时间|多長時間|几个小时|幾個小時|几小时|幾小時|幾耐|幾個鐘)(?!.{0,6}(?:到|才|没|沒|还|還|过期|過期|保修|保固))|\bhow (?:long|many hours)\b(?!.{0,20}(?:open|warrant|cover|until|till|before|wait))/i;
const BRING =
  /(?:带|帶)(?:什么|什麼|些什么|些什麼|咩|哪些)|(?:要|需要|用)(?:带|帶)|准备什么|準備什麼|\bbring\b.*\?|what (?:should|do|must) i bring/i;
const HOW_MUCH =
  /多少钱|多少錢|几钱|幾錢|几多钱|幾多錢|费用|費用|报价|報價|估价|估價|收费|收費|价钱|價錢|how much|cost|price|fee|quote|estimate/i;
/** Somebody else comes with it, or is at home for it. */
const ANOTHER_PERSON =
  /(?:我)?(?:老公|老婆|先生|太太|爱人|愛人|家人|家里人|家裡人|爸|妈|媽|朋友|同事|司机|司機|儿子|兒子|女儿|女兒|屋企人|阿媽|阿爸)(?:可以|能|能不能|帮我|幫我|替我)?(?:去|来|來|送|开|開|揸|在家|拿)|(?:别人|別人|其他人)(?:可以|能|能不能)?(?:替我|代我|帮我|幫我)|\b(?:my|a) (?:husband|wife|partner|son|daughter|dad|mum|mom|mother|father|brother|sister|friend|colleague|driver|neighbour|neighbor|boyfriend|girlfriend|flatmate|roommate)(?: can| could| will|'ll| is going to)? (?:drop|bring|take|come|be (?:there|home|in)|let (?:you|him|them) in|pick)|\bsomeone else\b.{0,20}\b(?:drop|bring|be (?:there|home))/i;
const ANOTHER_HOUR =
  /(?:可以|可唔可以|可不可以|能不能|能|想|得唔得).{0,6}(?:早|晚|迟|遲|夜)(?:一?点|一?點|些|啲)|(?:早|晚|迟|遲)(?:一?点|一?點|些|啲)(?:行|得|可以|好)|\b(?:any(?:thing)? |a bit |little )?(?:earlier|later|sooner)\b/i;

/** A loan car, or having it fetched, asked for when the booking stands already: whoever plans it decides. */
const MORE_FOR_THE_CAR =
  /代步车|代步車|代用车|代用車|替代车|替代車|(?:派人|上门|上門|到府|有人)(?:来|來|过来|過來|嚟)?(?:取|接|拿|攞)(?:车|車)|\b(?:loan(?:er)?|courtesy|replacement) (?:car|vehicle)\b|\b(?:pick|collect)\b.{0,12}\b(?:my|the) car\b/i;
/** May it be used until then? */
const STILL_USABLE =
  /(?:还|還|仲)(?:能不能|可不可以|可以|能|可唔可以|得唔得)(?:继续|繼續|接着|接著)?(?:开|開|用|使|揸|行)|\b(?:is it|is that|am i) (?:safe|ok|okay|fine|alright|all right) to (?:drive|use|keep|run)|\b(?:can|should) i (?:still |keep )?(?:drive|driving|use|using|run|running)\b/i;

/** @returns whether the words were about the coming booking, and answered */
export function aboutBooking(turn: TurnContext, reading: Reading): boolean {
  const booking = comingBookings(turn)[0];
  const understanding = reading.understanding;
  if (!booking || !understanding || reading.choice) return false;
  const { text } = reading;
  const { product, fault, service, order_no, datetime, phone, address } = entitiesOf(reading);
  if (booking.place === "shop" && booking.lent === undefined && MORE_FOR_THE_CAR.test(text) && isCalm(reading)) {
    addVisitWish(turn, booking, reading);
    return true;
  }
  if (isVisitWish(reading) && datetime.length + fault.length + service.length + order_no.length === 0) {
    addVisitWish(turn, booking, reading);
    return true;
  }
  if (product.length + fault.length + service.length + order_no.length > 0) return false;
  const first = understanding.intents[0]?.intent;
  if (first === "complaint" || first === "human" || first === "emergency" || first === "cancel_booking" || first === "opt_out")
    return false;
  if (WHO.test(text)) {
    const technician = turn.model.technician(booking.technician);
    turn.say(
      turn.words("about.technician", {
        booking: bookingLabel(turn, booking),
        technician: nameIn(technician, turn.lang),
        phone: technician?.phone ?? "",
      }),
    );
    return true;
  }
  const recent = justMade(turn, booking);
  if (HOW_LONG.test(text) && recent && datetime.length === 0) {
    turn.say(turn.words("about.length", { length: lengthWords(turn, Math.round((booking.end - booking.start) / MINUTE_MS)) }));
    return true;
  }
  if (recent && ANOTHER_PERSON.test(text) && datetime.length + phone.length === 0) {
    turn.say(turn.words("about.anyone", { number: booking.number }));
    return true;
  }
  if (BRING.test(text)) {
    sayBring(turn, servicesById(turn.model, booking.services));
    return true;
  }
  if (HOW_MUCH.test(text) && recent && first === "quote_price") {
    turn.say(
      turn.words("about.price", {
        booking: bookingLabel(turn, booking),
        estimate: formatEstimate(booking.estimate),
        tolerance: turn.model.profile.business.booking.tolerancePercent,
        after: booking.estimate.afterDiagnosis ? turn.words("book.after_diagnosis") : "",
      }),
    );
    return true;
  }
  const doubtful = understanding.decision !== "act" || first === "provide_info";
  if ((doubtful || first === "book") && wantsAmendment(turn, reading)) {
    startFlow(turn, "amend", reading);
    return true;
  }
  const bareTime = datetime.length === 1 && !datetime[0]!.past && phone.length + address.length === 0;
  if (recent && doubtful && (ANOTHER_HOUR.test(text) || (bareTime && isShort(text)))) {
    startFlow(turn, "move", reading, { booking: booking.number });
    return true;
  }
  return false;
}

/** "How long will it take?", "what shall I bring?" while a booking is being made. @returns whether it was answered */
export function aboutWork(turn: TurnContext, frame: Frame, reading: Reading): boolean {
  const product = (frame.values["product"] as unknown as ProductValue | undefined)?.id;
  const wish = (frame.values["fault"] ?? frame.raw["fault"]) as unknown as WorkWish | undefined;
  if (frame.flow !== "book" || !product || !wish || reading.choice) return false;
  const services = servicesFor(turn.model, product, wish);
  if (HOW_LONG.test(reading.text) && entitiesOf(reading).datetime.length === 0) {
    const minutes = services.reduce((sum, one) => sum + one.minutes, 0);
    turn.say(turn.words("about.length", { length: lengthWords(turn, minutes) }));
    return true;
  }
  if (!BRING.test(reading.text)) return false;
  sayBring(turn, services);
  return true;
}

function sayBring(turn: TurnContext, services: readonly Service[]): void {
  const bring = services
    .map((one) => one.bring?.[turn.lang])
    .filter(Boolean)
    .join(semicolon(turn.lang));
  turn.say(bring ? turn.words("about.bring", { bring }) : turn.words("about.bring_nothing"));
}

/** "Can I still drive it?": what its faults advise until the work is done. @returns whether there is advice */
export function sayUntilThen(turn: TurnContext, frame: Frame, reading: Reading): boolean {
  const product = (frame.values["product"] ?? frame.raw["product"]) as unknown as ProductValue | undefined;
  const wish = (frame.values["fault"] ?? frame.raw["fault"]) as unknown as WorkWish | undefined;
  if (frame.flow !== "book" || !wish || !STILL_USABLE.test(reading.text)) return false;
  const advice = faultsFor(turn.model, product?.id ?? null, wish).flatMap((fault) => fault.advice?.[turn.lang] ?? []);
  if (advice.length === 0) return false;
  turn.say([...new Set(advice)].join("\n"));
  return true;
}

/** Longer words than this say more than a time; characters. */
const SHORT = 16;
const isShort = (text: string): boolean => [...text.trim()].length <= SHORT;

/** Was it made or moved in this talk, a short while ago? */
function justMade(turn: TurnContext, booking: Booking): boolean {
  return booking.conversation === turn.conversation && turn.now - booking.updatedAt <= RECENT_MINUTES * MINUTE_MS;
}

/** A talk about one booking lasts about this long. */
const RECENT_MINUTES = 60;

function lengthWords(turn: TurnContext, minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return turn.words("about.minutes", { minutes: rest });
  return rest === 0 ? turn.words("about.hours", { hours }) : turn.words("about.hours_minutes", { hours, minutes: rest });
}
