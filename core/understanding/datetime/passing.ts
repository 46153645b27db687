/** Words of time that name no time of ours: greetings, small talk, habits, hours in general, what the clock says, how long something took. */
import { isNamed } from "./named.ts";
import { textBefore } from "./rule.ts";
import type { Draft } from "./spec.ts";
import { ASKED, clauseOf } from "./told.ts";

/** The weather of a day, its date, the markets, how hot it is: no time of ours. */
const OFF_TOPIC_ZH =
  /^[^,，。]{0,3}(?:天气|气温|高温|几号|星期几|周几|礼拜几|什么日子|会下雨|会不会下雨|会落雨|落雨|落唔落雨|下雨吗|吃什么|吃啥|食咩|食乜|股[市票]|堵车|塞车|心情|汇率|球赛|(?:真|好|太|超|怎么这么|这么)的?(?:热|冷|攰|累|忙|闷|困|开心|衰|无聊|倒霉)(?!水))/;
const OFF_TOPIC_EN_BEFORE =
  /\b(?:weather|forecast|what day is it|what date is it|what(?:'?s| is) the date|who won|lottery|horoscope|(?:is it|will it|it'?s) (?:going to |gonna )?(?:rain|snow|be sunny|so hot|so cold|hot|boiling))\b[^.?!]{0,30}$/;
const OFF_TOPIC_ZH_BEFORE = /天气(?:真|太|很|不错|好(?!的))[^,，。]{0,4}$/;
/** Tomorrow, tomorrow, tomorrow. */
const THRICE =
  /\b(?:tomorrow|next week)\b[,\s]+(?:tomorrow|next week)\b[,\s]+(?:tomorrow|next week)|(?:明天|听日|聽日|下周)[,，、\s]?(?:明天|听日|聽日|下周)[,，、\s]?(?:明天|听日|聽日|下周)/;
const OFF_TOPIC_EN_AFTER = /^(?:'s)? (?:somewhere|weather|forecast|football|match|game|lottery|news)\b/;

/** Wishes for a day: have a good weekend, 周末愉快, 新年好. */
const GREETING_EN =
  /\b(?:happy|merry|have (?:a |an )?(?:\w+ )?(?:good|great|nice|lovely|wonderful|fab|super|blessed)|enjoy(?: the| your)?|ruin(?:ed|ing)|spoil(?:ed|t|ing)?|top of)\s*(?:the |my |our |your )?$/;
const GREETING_ZH = /^(?:愉快|快乐|开心|大吉|吉祥|安康|好(?=[呀啊哦喔吖]?(?:$|[,，。!！~\s])))/;

/** Happy Friday, thank God it's Friday; Black Friday is a sale. */
const HAILED_EN = /\b(?:happy|black|thank (?:god|goodness|heavens) it'?s) $/;
const RUINED_EN = /^ (?:is|was|has been|got) (?:ruined|spoilt|spoiled|wasted|gone)\b/;
/** 3月的发票, 6月款: named for its month. */
const PAPERS_ZH = /^的?(?:发票|账单|收据|小票|保养记录|维修记录|报告)/;
const NAMED_BY_MONTH_ZH = /^(?:份)?(?:的?(?:批次|产的?|出厂|货|版|号刊|发票|账单|单子|收据|小票|保养记录|维修记录|款))/;

/** A weekend rate, the night line, Sunday school: what stands after is named by the time, not put on it. */
const NAMED_BY_EN =
  /^(?:'s)? ?(?:surcharges?|rates?|fees?|timings?|hours|prices?|pricing|charges?|premium|school|roast|feeling|vibes|mood|blues|eggs?|lights|trees?|cards?|presents?|gifts?|party|dinner|decorations|jumper|bonus|agreement|deals?|sale|line|box|work(?= (?:and|cost|extra|charge)))\b/;
const DEARER_EN = /\b(?:more expensive|extra|surcharge|cost more|fee|charge|dearer|double|pricier|charge more)\b/;
const WANTED_EN = /\b(?:can|could|come|book|free|available|need|would|please|send|slot|visit|this|next)\b/;
const DEARER_ZH =
  /^[^,，。?？]{0,8}(?:加价|加钱|加收|加多少|加几|收[^,，。?？]{0,3}费|贵(?=不贵|吗|一?[啲点些]|$)|双倍|一个价|同价|夜间费)|^(?:费|价|急修|电话|热线|模式)/;

/** Promotions named for a day: 双十一大促, the Black Friday sale. */
const PROMOTION_ZH = /^(?:的(?:单|订单|货)|月饼|汤圆|粽子|礼盒)|^[^,，。?？]{0,8}(?:优惠|促销|大促|特惠|折|特价|套餐|餐|礼包|广告|活动)/;

/** On a Sunday, any afternoon, every night of the week: no day in particular. */
const ANY_DAY = /\b(?:on an?|any|every|each|most|some)\s+$/;

/** What day or hour it is now, said in passing: 今天都周五了, it's Wednesday, today is the 20th. */
const STATED_ZH_BEFORE = /(?:今[天日]|现在|而家|依家|家阵)(?:都|已经|就|是|系|快|呀|都快)*$|(?:都|已经)(?:是|快|到)?$/;
const STATED_ZH_AFTER = /^(?:多|半|几分)?(?:了|啦|喇|嘞|耶)/;
const COUNTED_DAY_ZH = /^(?:都|已经|就|是|系|已|快)*第(?:[一二三四五六七八九十\d]{1,3}|几)/;
const STATED_EN =
  /\b(?:(?:it'?s|it is|its)(?: now| already| gone| past| nearly| almost)|(?:\.|;|\b(?:and|but|know|now|cos|because))\s?(?:it'?s|it is|its)|today(?:'s| is))(?: the)?\s$/;
const TODAY_IS_EN = /^(?:'s| is) (?:the )?(?:\d|mon|tue|wed|thu|fri|sat|sun)/;
const NOT_MEANT_EN = /^\s?(?:,? ?(?:not|that|i want|i need|please|pls|then|instead|right|correct)\b|\?)/;

/** Said how long something took, would take or was promised: in nine days, 说三天内答复. */
const TOOK_EN =
  /\b(?:nobody|no one|not|never|(?:has|have|had|did|was|were|is)n'?t|once|twice|times?|one call|did|does|finished|fixed|mended|solved|cleaned|cleared|installed|diagnosed|swapped|sorted|managed|repaired|replaced|wrapped|went|gone|died|done|fitted|was|were|said|told|promised|quoted|lasted|third|second|fourth)\b[^.!?]{0,40}$/;
const COMING_EN =
  /\b(?:need|want|must|book|free|home|see|send|call me|ring|meet|can|could|will|would|'ll|please|pls|be|due|expires?|opens?|starts?|arrives?|leave|leaving|back|come|coming|ready)\b[^.!?]{0,36}$/;
/** He said he would ring within the hour. */
const REPORTED_EN =
  /\b(?:he|she|they|you|someone|somebody|(?:your|the) [a-z]+)(?: all| lot| guys?)? (?:said|promised|told (?:me|us))\b[^.?!]{0,48}$/;
const PROMISED_SPAN_ZH = /(?:说|话|讲|承诺|保证|答应|应承|号称)[^,，。.!！?？]{0,4}$/;
/** A span of cover: 五年以内, three months in which the same fault is mended free. */
const COVER_EN = /warrant|guarantee|\bcover|\bfree\b|replac|break|\blast/;
const COVER_ZH = /质保|保修|保固|保用|[能可以]退|退吗|退货|三包|免费|不收[钱费]|包换|退换|换车|同样|同一个毛病|哪个先到/;

/** Messages at an hour at which nobody wants them. */
const UNWANTED_EN =
  /^(?!.*\bif\b).*\b(?:stop|don'?t|do not|can you not|no|no more|why (?:are|do) (?:you|i)|keep(?: on)?)\s(?:\w+\s){0,3}?(?:text|messag|call|ring|email|contact|disturb|bother|send (?:\w+ ){0,2}(?:texts?|messages?|sms|stuff|emails?|promo|offers?|ads|things|anything|notif))\w*(?:\s\w+){0,3}?\s*(?:\b(?:at|on|in|before|after|during) (?:the )?)?$|(?:^\W*|[.!?;] ?|\b(?:your|these|those|automated|more|all|constant|daily|nightly) )(?:texts|messages|calls|notifications|beeping|emails|pings)\b(?: from)?(?: you| you lot| your \w+)?\s*(?:\b(?:at|before|after|during|in) (?:the )?)?$/;
/** A time said with its preposition, inside the piece or before it. */
const AT_EN = /\b(?:at|on|in|before|after|during)(?: the)?\s*$/;
const UNWANTED_AFTER_EN = /^ (?:texts|messages|calls|emails|notifications|pings)\b/;
const UNWANTED_ZH =
  /^[^,，。]{0,2}(?:之?前|以前)?(?:别|不要|唔好|咪|不准)(?:再|给我|俾我)*(?:打|call|吵|发消息|发信息|推送|发短信|发讯息)(?!开|扫|孔)|^(?![^,，。]{0,10}前)[^,，。吗可]{0,8}(?:发|传|推送|send|来)(?:了|咗|啲|些|的|条)?[^,，。我]{0,4}(?:广告|短信|简讯|消息|讯息|信息|优惠|推送|推销|message|sms)(?![^,，。]{0,4}(?:我|告|通知|提醒|确认))|^(?:还|又|都|就)(?:推送|轰炸)/;

/** 12 March Road, 14 Friday Street: a day or month in the name of a street. */
const STREET_AFTER_EN =
  /^ (?:[a-z]{3,14} )?(?:road|rd|street|avenue|ave|lane|crescent|terrace|gardens)\b|^ (?:drive|close|court|way|place|square|park|house|building|tower)\s*(?:$|[,.;])/;
/** Mr Friday; talk to June at reception; April is my daughter's name. */
const PERSON_BEFORE_EN =
  /\b(?:mr|mrs|ms|miss|dr)\.? ?$|\b(?:talk|speak|spoke|spoken|talking|speaking|chat) (?:to|with) $|\b(?:ask for|thanks|thanks to|thank you|hi|hello|dear|named|called|is) $/;
const NAMED_AFTER_EN = /^ is (?:my|our|his|her|the) [^.!?]{0,24}\bname\b/;
const NAMED_AFTER_ZH = /^(?:就?是|系)[^,，。]{0,8}(?:名字?|小名)/;
/** 三月三小区, 五四广场 */
/** The five o'clock position; 七点起床. */
const POSITION = /^(?:钟)?(?:方向|位置)|^ (?:position|direction|end)\b/;
const DAILY_ZH = /^(?:多|半)?(?:就|才|要|便)?(?:起床|起身|上班|返工|上学|睡觉|瞓觉|到公司|到单位|到学校)/;
const PLACE_AFTER_ZH = /^(?:小区|花园|大厦|广场|公园|社区|大道|胡同|苑|村口|路(?![过上口边况]))/;
/** April from reception. */
const PERSON_AFTER_EN =
  /^ from (?:reception|accounts|sales|service|the (?:desk|front|office|workshop|shop)|your|customer)\b|^ and [a-z]+ (?:on|at|in|from) (?:the )?(?:desk|reception|office|phone|workshop)\b/;
const isMonthAlone = (draft: Draft): boolean =>
  draft.day?.is === "month" && draft.day.offset === null && draft.day.slice === "whole" && draft.day.year === null && draft.bound === null;

/** Engines in the morning, noises at night: the part of the day in which a fault shows, or in which something is always so. */
const SYMPTOM_ZH =
  /响|漏|滴|打不着|打火|着不着|着唔到|发动|启动|起动|点火|跳[闸电掣]|开着|睡|瞓|起夜|起来|起身|醒|冷车|凉车|冻车|冷的时候|噪|吵|嘈|看不|睇唔|不亮|唔着|不[凉冷热]|坏|裂|碎|爆|炸|断|出门|炒菜|洗澡|冲凉|沖凉|冲完凉|一个样|哐|嗡|滋|吱|咔|咯|磨|抖|老是|总是|成日|照明|感应|化了|有人打鼓|要营业|还要营业|要接|接[娃小孩]|跑单|门自己|请假/;
const AVAILABLE_ZH = /都在|在家|喺|有空|得闲|改|换|挪|期|位|那个|嗰个|最好|空档|时段|拿|攞|提车|之前|以前|以后|之后|前|后/;
/** Hours in general: when do you open in the evening, is anyone there at noon. */
const HOURS_ZH =
  /最早|最晚|最迟|最夜|开到|几点[^,，。]{0,3}(?:关|开|收|下班|上班)|营业|开门|关门|打烊|休息|唔休|午休|值班|值夜|当值|急修|救援|有没有人|有人吗|有冇人|有真人|真人|做唔做|照开|接车不|收车|还上门|天天|平日|平时/;

/** We are usually in after six. */
const IN_GENERAL_EN = /\b(?:usually|normally|generally|always|mostly|typically|tend to be)\b[^.,!?;]{0,32}$/;
/** What someone does every day at that hour, or on those days: 我平时五点下班, I work Mon to Fri. */
const USUALLY_ZH = /(?:平[时日常]|一般|通常|天天|日日|每[天日晚])(?:都|是|要)?[^,，。在有]{0,3}$/;
const USUALLY_EN = /\b(?:(?:i|we|he|she|they) works?|working|shifts?|opening hours|closed|open)(?: from)?\s*$/;

/** Open Monday to Friday, without a week: the hours in general. */
const OPENING_EN = /\b(?:open|closed|work|works|working|hours|shifts?|only|just|usually|normally|always)\b/;
const WISHED_WEEK_EN = /\b(?:free|available|any|anytime|come|home|around|suits?|visit|slot)\b/;
const isWorkingWeek = ({ day, to }: Draft): boolean =>
  day?.is === "weekday" && day.week === null && day.weekday === 1 && to?.day?.is === "weekday" && to.day.weekday >= 5;

/** At 3:15 every night; when I get up in the morning. */
const EVERY_AFTER_EN =
  /^,? (?:on the dot )?(?:every|each) (?:single )?(?:night|morning|day|evening|afternoon|week|time|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/;
const WHENEVER_EN = /\b(?:when(?:ever)?|every time|each time) (?:i|we|you|it|he|she) (?:[a-z]+ ){1,4}$/;
/** 60 on weekdays and 95 on Sunday. */
const PRICED_ON_EN = /\b\d{2,4}(?: quid| dollars| pounds| euros)? (?:on|for) (?:an? )?$/;
const PRICE_EN = /\bcosts?\b|charg|\bprices?\b|\bextra\b|\bweekdays?\b/;
const DAILY_TALE_ZH = /天天|日日|夜夜|每[天晚日夜]|晚晚|成日/;
/** On school days I'm back at half three. */
const HOME_BY =
  /\bon (?:school|work|week|working|normal|market) ?days\b[^.!?]{0,16}\b(?:i'?m|we'?re|he'?s|she'?s|i am|we are|i|we) (?:[a-z]+ ){1,3}$/;
/** 你们6点就不接电话了? */
const SHUT_AFTER_ZH = /^钟?(?:就|便)(?:不|没|关|停|冇|唔|收|下班|放工)/;
/** 周末单休, 星期日先放假: the week as it is. */
const OFF_WORK_ZH =
  /^(?!我|[^,，。]{0,4}(?:有没|有冇|[上返休放]不[上返休放]))[^,，。]{0,4}(?:单休|双休|先?放假|才?休息|加班|上班|返工|用得)(?![^,，。]{0,6}[吗嘛不没未?？])/;
const OFFERED_ZH = /随时|到时|在家(?!用)|喺屋企(?!用)|都在|可以|能|来|嚟|约|有空|得闲|方便|安排|都得|都行/;

const isBarePart = (draft: Draft): boolean =>
  draft.part !== null && draft.day === null && draft.clock === null && draft.to === null && draft.bound === null;
const HAN = /[\u3400-\u9fff]/;

/** A bare part of the day in a clause that tells of a fault, a habit or hours in general and wishes for nothing. */
function isHabit(draft: Draft, text: string, said: string): boolean {
  if (!isBarePart(draft) || !HAN.test(said)) return false;
  const clause = clauseOf(draft, text, 14);
  if (HOURS_ZH.test(clause) && !/来|过去|预约|想约|安排|麻烦|送|取/.test(clause)) return true;
  return SYMPTOM_ZH.test(clause) && !ASKED.test(clause) && !AVAILABLE_ZH.test(clause);
}

/** Today's day or hour, told by the way. */
function isStated(draft: Draft, text: string, before: string, after: string): boolean {
  const { day } = draft;
  if (day?.is === "offset" && day.days === 0)
    return draft.part === null && draft.clock === null && (COUNTED_DAY_ZH.test(after) || TODAY_IS_EN.test(after));
  const plain = draft.to === null && draft.bound === null;
  if (!plain || (day !== null && day.is !== "weekday" && day.is !== "date" && day.is !== "month")) return false;
  if (STATED_ZH_AFTER.test(after) && STATED_ZH_BEFORE.test(before)) return true;
  if (draft.clock !== null && /^多?了(?:还|仲|都|怎么|[,，])/.test(after)) return true;
  if (/^ (?:now|already)\b/.test(after) && /\b(?:it'?s|it is|its) $/.test(before)) return true;
  const isCorrection = /\b(?:wrong|sorry|mistake|mean|meant)\b/.test(text);
  return STATED_EN.test(before) && !NOT_MEANT_EN.test(after) && !isCorrection;
}

/** Is a length of time told as the time that something took, not as one to come? */
function isTaken(draft: Draft, text: string, before: string, after: string, said: string): boolean {
  const counts =
    draft.day?.is === "from" || draft.day?.is === "days" || draft.day?.is === "workday" || (draft.shift !== null && draft.shift.ms !== 0);
  if (!counts) return false;
  if (HAN.test(said)) {
    const inside = /内$/.test(said);
    if (PROMISED_SPAN_ZH.test(before) && (inside || /^(?:答复|回复|联系|报价|退|到货|覆)/.test(after))) return true;
    if (inside && /^(?:都|已经|就)?(?:是)?(?:第[二三四五六七八九\d]+|[两三四五六七八九\d]+)[次回趟]/.test(after)) return true;
    if (/剩/.test(said) && COVER_ZH.test(text)) return true;
    return inside && (/年/.test(said) || COVER_ZH.test(text));
  }
  // In the ten year thing, the 5 year warranty.
  if (/^in the (?:\d+|[a-z]+)[ -](?:year|month|week|day)$/.test(said) || (/^(?:in|within) .*years?$/.test(said) && COVER_EN.test(text)))
    return true;
  // Within a week of the repair, three days later it was back: counted from what is told.
  if (/^ of (?!today|now|this|tomorrow)/.test(after)) return true;
  if (
    /later$/.test(said) &&
    /^,? (?:it|he|she|they|we|i|the [a-z]+|[a-z]+) (?:[a-z]+ )?(?:was|were|had|did|came|went|broke|started|stopped|failed|died|[a-z]{3,}ed)\b/.test(
      after,
    )
  )
    return true;
  // Four visits in four weeks; got a call within the hour.
  if (
    /^(?:in|within) /.test(said) &&
    /\b(?:visits?|repairs?|faults?|breakdowns?|failures?) $|\bgot (?:a|an|my) [a-z]+(?: back)? $/.test(before)
  )
    return true;
  if (!draft.past && (IN_GENERAL_EN.test(before) || REPORTED_EN.test(before))) return true;
  if (/^(?:in|within) /.test(said)) return (TOOK_EN.test(before) || /\bif\b[^.!?]{0,40}$/.test(before)) && !COMING_EN.test(before);
  return (
    /later$/.test(said) &&
    (/^,? (?:\w+ )?(?:again|still|already|same|the same|warm|dead)\b/.test(after) ||
      /\b(?:paid|new|repaired|fitted|fixed|replaced|serviced|done)\b[^.!?]{0,40}$/.test(before))
  );
}

/** Does a draft name no time of the customer's? */
export function isPassing(draft: Draft, text: string): boolean {
  const before = textBefore(text, draft.at, 64);
  const after = text.slice(draft.end, draft.end + 24);
  const said = text.slice(draft.at, draft.end);
  if (/^in a (?:min|minute|sec|second|moment|bit|while)$/.test(said)) return true;
  if (OFF_TOPIC_ZH_BEFORE.test(before) || THRICE.test(text)) return true;
  if (isBarePart(draft) && /^的?[那嗰][个位单](?![时点段班位])/.test(after)) return true;
  if (OFF_TOPIC_ZH.test(after) || OFF_TOPIC_EN_BEFORE.test(before) || OFF_TOPIC_EN_AFTER.test(after)) return true;
  if (STREET_AFTER_EN.test(after) && (draft.day?.is === "weekday" || draft.day?.is === "date" || draft.day?.is === "month")) return true;
  if (draft.clock !== null && POSITION.test(after)) return true;
  if (draft.day === null && draft.clock !== null && draft.bound === null && DAILY_ZH.test(after)) return true;
  if (PLACE_AFTER_ZH.test(after) && (draft.day?.is === "date" || draft.day?.is === "festival" || draft.day?.is === "lunar")) return true;
  if (/\b(?:mr|mrs|ms|miss|dr)\.? ?$/.test(before) && draft.day?.is === "weekday") return true;
  if (
    isMonthAlone(draft) &&
    (NAMED_AFTER_EN.test(after) ||
      PERSON_AFTER_EN.test(after) ||
      NAMED_AFTER_ZH.test(after) ||
      (!HAN.test(said) && PERSON_BEFORE_EN.test(before)))
  )
    return true;
  const general = isBarePart(draft) || draft.day?.is === "weekend" || draft.day?.is === "festival" || draft.day?.is === "holiday";
  if (draft.day?.is === "weekday" && draft.clock === null && (HAILED_EN.test(before) || RUINED_EN.test(after))) return true;
  if (draft.day?.is === "weekday" && PAPERS_ZH.test(after)) return true;
  if (draft.day?.is === "month" && NAMED_BY_MONTH_ZH.test(after)) return true;
  if (draft.day?.is === "weekday" && draft.clock === null && draft.part === null && GREETING_ZH.test(after)) return true;
  if (general || draft.day?.is === "offset") {
    if (GREETING_EN.test(before) || (GREETING_ZH.test(after) && !/^(?:上午|下午|晚上|中午|傍晚)$/.test(said))) return true;
  }
  const isDayless = general || draft.day?.is === "weekday";
  if (isDayless && draft.clock === null && NAMED_BY_EN.test(after)) return true;
  if (draft.day === null && draft.bound === "after" && DEARER_EN.test(before) && !WANTED_EN.test(before)) return true;
  // Noon or midnight, that light never goes off.
  if (draft.day === null && /\b(?:noon or midnight|midnight or noon)\b/.test(`${before}${said}${after}`)) return true;
  // 每到晚上八九点, 一到冬天: a habit.
  if (
    draft.day !== null &&
    (/每年(?:的)?$|年年$/.test(before) || /^ (?:each|every|per|of each|of every) (?:month|year|week|day)\b/.test(after))
  )
    return true;
  if (draft.day === null && (EVERY_AFTER_EN.test(after) || (isBarePart(draft) && WHENEVER_EN.test(before)))) return true;
  if (
    draft.day?.is === "weekday" &&
    draft.clock === null &&
    (/^\d{2,4}(?![\d点:号日月./-])/.test(after) || (PRICED_ON_EN.test(before) && PRICE_EN.test(text)))
  )
    return true;
  if (
    draft.day === null &&
    draft.bound === null &&
    DAILY_TALE_ZH.test(text) &&
    SYMPTOM_ZH.test(clauseOf(draft, text)) &&
    !ASKED.test(clauseOf(draft, text))
  )
    return true;
  // Your website says open till six.
  if (draft.day === null && draft.clock !== null && /\b(?:opens?|closes?|shuts?)(?: at| from)? *$/.test(before)) return true;
  if (draft.day === null && /^钟?(?:开门|关门|营业|打烊|收铺|开铺)/.test(after) && /(?:你们|你哋|店里?|您们)$/.test(before)) return true;
  if (draft.day === null && (HOME_BY.test(before) || SHUT_AFTER_ZH.test(after))) return true;
  if ((general || draft.day?.is === "weekday") && OFF_WORK_ZH.test(after) && !OFFERED_ZH.test(text) && !/^[这本下呢今]/.test(said))
    return true;
  if ((draft.day === null || general) && /(?:每|一)到(?:了)?$/.test(before)) return true;
  if (general && (DEARER_ZH.test(after) || (DEARER_EN.test(clauseOf(draft, text)) && !WANTED_EN.test(clauseOf(draft, text) + said))))
    return true;
  if ((draft.day?.is === "festival" || draft.day?.is === "holiday") && PROMOTION_ZH.test(after)) return true;
  if (isDayless && draft.clock === null && draft.bound === null && ANY_DAY.test(before) && !HAN.test(said)) return true;
  const isPlaced = AT_EN.test(before) || /^(?:at|on|in|before|after|during)\b/.test(said);
  if ((isPlaced && UNWANTED_EN.test(before)) || UNWANTED_AFTER_EN.test(after) || UNWANTED_ZH.test(after)) return true;
  if (draft.day === null && USUALLY_ZH.test(before) && !/^[^,，。]{0,6}(?:在家|有空|得闲|方便|可以|都行)/.test(after)) return true;
  if (draft.day?.is === "weekday" && draft.to?.day?.is === "weekday" && USUALLY_EN.test(before)) return true;
  if (draft.day === null && draft.bound !== null && IN_GENERAL_EN.test(before)) return true;
  if (isWorkingWeek(draft) && OPENING_EN.test(clauseOf(draft, text)) && !WISHED_WEEK_EN.test(clauseOf(draft, text))) return true;
  if (isNamed(draft, text)) return true;
  return isHabit(draft, text, said) || isStated(draft, text, before, after) || isTaken(draft, text, before, after, said);
}
