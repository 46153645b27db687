/** Wording that sounds told and asks all the same: a day kept free, an hour agreed on, a question or a condition with 没 and 了. */
import { textBefore } from "./rule.ts";
import type { Draft } from "./spec.ts";

/** What came of it: nobody was there, so the day lies behind. */
const CAME_TO_NOTHING =
  /结果|却|白等|等[了咗你]|等一?(?:天|日|整|上午|下午|早上)|放鸽子|爽约|(?<!有)[没冇未](?:有)?(?:人|见|来|嚟|到|修|装)|不见人|\b(?:nobody|no ?one|no-?show|never|didn'?t|hasn'?t|wasn'?t|waited|for nothing|wasted)\b/;

/** States without a deed, whose 没, 了 and 刚 tell nothing. */
const STATES =
  /(?<!有)没(?:什么|啥|别的|其他)?(?:事|课|会|班|活|安排|关系|所谓|意见|变化?|限制|问题|人用)[儿情]?了?|[冇无]所谓|(?:有空|有时间|有人|有位|有货|得闲|可以|行|方便|在家)[了喇啦]|过[了咗](?=[\d一二三四五六七八九十两]{1,3}[点:]|中午|饭点|早高峰|十五|初)|[刚正](?:刚好|巧|好)|刚刚好/g;
/** What follows a time without its states, so that no aspect is seen in them; the length may change. */
export const withoutStates = (after: string): string => after.replace(STATES, "");

const OWN =
  "(?:，|我们?|我哋|自己|也|都|已经?|特意|特地|专门|专登|好不容易|跟|和|同|老板|公司|单位|领导|孩子|他|她|佢|妈|爸|爱人|老公|老婆){0,4}";
/** 周五我请了假, 周四腾出来了, 周六的事推了: a day kept free. */
const KEPT_FREE_ZH = new RegExp(
  `^(?:上午|下午|那天|一天|全天|整天|成日)?${OWN}(?:请(?:[了好过咗]|到了?)?[半一两]?个?天?日?(?:事|年)?假|[放休][了咗]?[^,，。]{0,3}假|[放休]息[了咗]?|调[了好咗][^,，。]{0,2}[休班]|调休|轮休|补休|补假|换[了好咗][^,，。]{0,2}班|` +
    "[空腾留排挪](?:[了出好咗])|特休|把?[^,，。]{0,4}(?:推|挪开|空出)[掉了咗])|^的(?:事|班|会|课|活|安排|约)[^,，。]{0,3}(?:推|挪|调|取消|改|空)|^的(?:号|名额|位[子置]?|时段|空档)[^,，。]{0,3}(?:抢|拿|排|约|留|占)",
);
/** 周四约了三点, 周四说定了, 周五定下来了: agreed. */
const AGREED_ZH =
  /^(?:的)?(?:，|我们?|你们|咱们?|我哋|都|就|已经?|跟你们|和你们|同你哋){0,3}(?:(?:约|预约|定|订|排|登记|报名|挂)(?:[好下妥上实])?(?:来)?[了咗过](?=$|[,，。!！?？\d吧啊哈呀哦喔啦的嘅]|[一二三四五六七八九十两]{1,3}点|保养|安装|师傅|上门|你们)|(?:说|讲|谈|敲|商量|确认)(?:定|好|妥|实)[了咗]?)/;
/** 周五回复我, 星期五話俾我知: an answer asked for. */
const ANSWER_ZH =
  /^，?(?:之?前|以?前|再|就|师傅|客服|前台|你们|你){0,2}(?:回复|答复|联系|通知|回|覆|打电?话?|打|话)(?:一?下|个?电话|返)?(?:给|俾)?我(?!说|话|讲|们|[,，:：「“"]|的|嘅|了|系|是|唔)/;
/** 周六有没有师傅, 周六上班没: asked whether. */
const WHETHER_ZH =
  /^[^,，。.!！?？了过咗]{0,6}(?:有没有|有没|有冇|有无)(?!来|嚟|修|换|收|打|给|俾|装|做|弄|到|去|把|记|送)[^,，。.了过咗]{0,12}(?:$|[,，。.!！?？])|^[^,，。.!！?？了过咗]{0,4}(?:开门?|营业|上班|返工|休息|放假|有空|有位置?|有人|得闲|在家|照常|有货|能来|可以)(?:没有?|未|冇)(?:啊|呀|呢)?(?:$|[,，。?？])/;
/** 周六也开的, 星期日照常营业的 */
const OPEN_ZH =
  /^(?:你们|你哋|店里?)?(?:(?:也|都|照常?|正常)(?:开门?|上班|营业|返工)|(?:也|都)?(?:有人|有师傅|在|在家|有空|得闲))[的嘅㗎](?:$|[,，。!！?？吧吗嘛哦喔呀啊])/;
/** 开过去的话, 如果周五没到货, 周五还没修好我就投诉 */
const IF_AFTER_ZH =
  /^[^,，。.!！?？]{0,14}[的嘅]话(?!是|说)|^，?(?:要是|如果|假如|若|万一)|^，?(?:还|再|仍|依然|都)?(?:没|未|冇|不|唔)[^,，。了过]{0,6}[,，]?(?:我们?|咱们?|你们|那)?就/;
const IF_BEFORE_ZH = /(?:如果|要是|假如|万一|若是?)(?:你们?|师傅|他们?|我|这个?)?$/;
/** 我到家了就开门, 再嚟洗过: what follows then, or once more. */
const THEN_ZH =
  /^，?[^,，。.!！?？;；]{1,8}[了咗完]就(?:[给能可叫去来联让]|打电|过[去来])|^，?(?:再|重新?)(?:[嚟来去])?[洗整修装做换弄查睇看]过(?![了去来])/;
/** 我周五就回来了: on the way to it. */
const SOON_ZH =
  /^，?(?:就|便|才|先)(?:能|会|可以)?(?:回[来到去家]|返[到嚟]|放假|到货|出差回|有空|有时间|闲|搬(?:过|进)|到家|拿到)[^,，。]{0,3}(?:$|[,，。了喇啦])/;

const DAY_OFF =
  "(?: at [\\d:.]{1,5}(?: ?[ap]m)?| (?:morning|afternoon|evening|lunchtime))?(?: (?:all|mostly|completely|specially|especially|just|deliberately)){0,2}";
/** Friday off, Thursday open for you, Saturday in mind. */
const KEPT_AFTER_EN = new RegExp(
  `^${DAY_OFF} (?:off(?! (?:sick|my|our|it|its|of|the (?!whole|day)))|free|open|clear|aside|in mind|in (?:the|my|our) (?:diary|calendar)|pencill?ed|reserved)\\b`,
);
const KEPT_BEFORE_EN =
  /\b(?:i|we|i've|we've|husband|wife|just|and|so|already|specially)(?: \w+){0,2} (?:took|taken|kept|left|got|had|have|booked|blocked|put|set|cleared|wrote|arranged|swapped|made|marked)(?: (?:the|all|all of|whole|next|this|of|day|half|a|morning|afternoon)){0,3} $|^\W{0,2}(?:took|kept|left|got|had|booked|blocked|put|cleared) $/;
/** Settled on Friday, picked Saturday online, freed up Thursday. */
const CHOSEN_EN =
  /\b(?:(?:freed|opened) up|cleared up|blocked (?:off|out)|set aside|decided (?:on|for)|settled (?:on|for)|gone (?:for|with)|went (?:for|with)|opted for|plumped for|stuck with|agreed (?:on|to)|chose|chosen|(?<!\b(?:was|were|he|she|they|driver|courier) )(?:picked|selected))(?: the| this| next)? $/;
/** Moved, bumped or switched to Friday. */
const MOVED_EN =
  /\b(?:bump|switch|swap|mov|shift|push|chang|roll|knock|transferr|postpon|reschedul|put|brought|bring)[a-z]*(?: (?:it|me|us|him|them|this|that|back|over|forward|out|along|my|our|your|the|to|appointment|appt|visit|booking|slot)){0,5} to (?:the )?$/;
/** The following Easter. */
const NEXT_EN = /\b(?:next|following|coming|upcoming) (?:the )?$/;
/** What have you got on Thursday, did you get me in for Friday, if you hadn't filled Friday. */
const ROOM_EN =
  /\bhave (?:you|we|they) (?:still )?got(?: [a-z]+){0,4}? (?:on |for |in )?(?:the )?$|\bdid (?:you|they|he|she) (?:get|fit|squeeze|put|book|pencil) (?:me|us|it|him|her)(?: [a-z]+){0,2} for (?:the )?$|\bif (?:you|they|nobody|no one)(?:'ve| have| has| had| haven't| hadn't)(?: not)?(?: already)? (?:filled|taken|given (?:away|out)|booked) (?:the )?$/;
/** Want it installed on the 28th. */
const WANT_DONE_EN =
  /\b(?:want|wants|wanted|need|needs|needed|like|get|getting|having|prefer|rather have|can|could|will|to be)\b(?: (?:it|this|that|them|the|my|our|be|have|get|all|to|[a-z]+)){0,4} [a-z]+(?:ed|one|ut|xt) (?:on|by|for) (?:the )?$/;

/** Does the clause of a time wish for it, though an aspect or a tense in it sounds told? */
export function isWished(draft: Draft, text: string): boolean {
  const after = text.slice(draft.end, draft.end + 28);
  if (CAME_TO_NOTHING.test(text.slice(draft.end, draft.end + 48).replace(STATES, "")))
    return IF_AFTER_ZH.test(after) || IF_BEFORE_ZH.test(textBefore(text, draft.at, 8));
  const before = textBefore(text, draft.at, 48);
  if (KEPT_FREE_ZH.test(after) || AGREED_ZH.test(after) || ANSWER_ZH.test(after)) return true;
  if (
    WHETHER_ZH.test(after) ||
    OPEN_ZH.test(after) ||
    SOON_ZH.test(after) ||
    THEN_ZH.test(after) ||
    IF_AFTER_ZH.test(after) ||
    IF_BEFORE_ZH.test(before.slice(-8))
  )
    return true;
  return (
    (KEPT_AFTER_EN.test(after) && KEPT_BEFORE_EN.test(before)) ||
    CHOSEN_EN.test(before) ||
    NEXT_EN.test(before) ||
    ROOM_EN.test(before) ||
    MOVED_EN.test(before) ||
    WANT_DONE_EN.test(before)
  );
}
