/** Tells times that are told of (the repair on Monday, nobody came today) from times that are wished for. */
import { textBefore } from "./rule.ts";
import type { Draft } from "./spec.ts";
import { isToldInEnglish, SUITS } from "./told-en.ts";
import { isOverdueInChinese, isToldInChinese } from "./told-zh.ts";
import { isWished, withoutStates } from "./wished.ts";

/** Wording after a time that tells of what happened then. */
const TOLD_ZH =
  /^(?:多|几)?钟?(?:还在|仲喺|还没|仲未)(?![^,，。]{0,6}[吗嘛?？])|^，?(?:都|已经|早就?|也)+过(?:去)?了|^，?(?:就|本来|本|原本)?(?:应该|应当|该)(?:就)?(?:来|到|修|装|送|好|换|弄|嚟|寄|发|有)[\u3400-\u9fff]{0,2}(?:了|的|咗|喇)|^，?[^,，。.!！?？;；、能可吗想要请帮麻来]{0,6}?(?:打过?电话[的嘅][\u3400-\u9fff]{1,3}(?:先生|女士|小姐|太太)|等到|才(?:修|换|装|弄|做|洗|买|整)[好完的了过]|先(?:修好|整好|保养)|(?:送|开|拿|拖|牵)[去来进过]+[的嘅]|(?:下|付|交|拍|开|签|订)[的了咗嘅](?:单|款|钱|货|定金|订金|合同|票)|来?(?:买|购|装|安装|修|换|来|做|提|取|送|保养|寄|签|洗|贴|拆|付|报修|下单|报|打|嚟|整|提交|反映|投诉|申请|登记|送修|加|通知)(?:[的嘅之](?!话|时候|吗|吧|师傅来)|过(?!来|去)|咗)|[^,，。]{0,8}到(?:现在|如今|依家|而家)|刚刚|刚(?![好才]?好)|突然|忽然|就?开始|还好好|还是好的|发现|又(?![想要能可])|还没(?:来|到|修|人|好)|(?<!有)没人(?:来|管|理|接|上门|到|联系)|没来|没到|(?<!有)冇人(?:嚟|到|理)|未到|仲未|(?:坏|漏|停|裂|碎|断|炸|爆|掉|响|跳闸|死机|罢工|不制冷|不冷|不热)[了咗])/;
const TOLD_EN_AFTER =
  /^\s*(?:and |when |that )?(?:(?:i|we|he|she|they|it|you|someone|nobody|no one|(?:your|the|my|our) \w{1,14})\s+(?:just |only |had )?)?(?:was|were|had|came|went|broke|started|stopped|failed|bought|installed|fitted|repaired|fixed|serviced|left|died|tripped|happened|noticed|leaked|missed|showed|turned up|paid)\b/;
const TOLD_EN_BEFORE =
  /\b(?:bought|installed|fitted|repaired|fixed|serviced|came(?! up)|started|stopped|broke|broken|charged|billed|invoiced|ordered|signed|spoke|emailed|texted|rang|visited|complained|reported|quoted|received|sent|returned|crashed|cracked|smashed|had|did|left|happened|called|dropped|picked|collected|delivered|waited|waiting|replaced|paid|died|failed)(?: (?:it|him|her|me|us|you|twice|once|round|over|there|here|out|in|up|off|down|working|leaking|again|me|by|back|heating|cooling)){0,3}\s*(?:on|at|in|from|around|back in)?\s*(?:the )?$|\b(?:that|it|this) was (?:on )?(?:the )?$|\b(?:was|were|been)(?: (?:here|out|in|there|round|over|off|done))? (?:on|at|in|around|back in) (?:the )?$/;
/** They should have come on Monday. */
const EXPECTED =
  /\b(?:was|were) (?:supposed|meant|due|expected|going) to (?!book|ask|arrange|have|bring|drop|take)[a-z]+(?: \w+){0,4} (?:on |in |at )?(?:the )?$/;
/** We were promised a callback by Tuesday. */
const PROMISED_BY = /\b(?:was|were|been) promised[^.,!?]{0,30} $/;
/** It dragged on till September last time. */
const LAST_TIME = /上次|上回|上一次|上趟|\blast time\b/;
/** Up at two with the heat. */
const AWAKE = /\b(?:up|awake|woke(?:n)?(?: up)?|waking up) (?:at|since|from) $/;
/** Wording that asks for something to be done: what follows is a wish, though it sounds told (get it fixed on Friday). */
const WISH =
  /\b(?:can|could|get|getting|have (?:it|my|the|our|this|that)|having|slots?|spaces?|be|need|needs|want|will|would|like|please|pls|book|come|available|free|send|if|when|looking|hoping)\b[^.!?]{0,40}$/;
/** 下单到今天都没出货 */
const UNTIL_NOW_ZH = /(?<![改推移调换提延约挪前迟后送来])到$/;
/** 等了一上午: waited, no wish. */
const WAITED = /等了$|\bwaiting(?: since| from)?\s$/;
/** Wording before a time that was promised, and before one that is counted (the third time this week). */
const PROMISED =
  /(?:(?:说|约|讲|定)(?:好(?:的|了)?|的|嘅)|(?:今[早天日朝]|早上|上午|朝早)(?:说|讲|话)|本来|原本|原来说|答应|承诺)(?:是|在|我|我们)?$|\b(?:was|were|been|they're|he's) (?:supposed|meant|due|promised|told|booked|down|scheduled)\b[^.,!?]{0,24}$|\bshould(?:'ve| have)[^.,!?]{0,24}$|\b(?:you|they|he|she) (?:said|promised|told me)[^.,!?]{0,16}$/;
/** After the repair on Monday: the repair is behind us. */
const AFTER_WORK =
  /\b(?:after|since|following) (?:the|your|my|that|our|his) (?:\w+ ){0,2}(?:repair|service|visit|job|work|fix|install(?:ation)?|appointment|change)s? (?:on |last )?(?:the )?$/;
/** Thanks for today, it is not cooling today: the day is spoken of, not wished for. */
const SPOKEN_OF =
  /\b(?:thanks?|thank you|thx|cheers|excellent|brilliant|fantastic|lovely|how are you|great (?:job|work|service))\b[^.?!]{0,40}$|\b(?:isn'?t|not|won'?t|doesn'?t|no longer|can'?t|hasn'?t) (?:\w+ ){0,2}(?:work|start|cool|heat|turn|drain|spin|run|clos|open|charg|respond)\w*(?: \w+){0,2} $/;
const SPOKEN_OF_ZH =
  /^，?(?:都|也|还|仍|依然|仲)?(?:没有?|未|冇)(?!空|时间|事|人|课|问题|关系|办法|法|得)|^，?[^,，。.!！?？]{0,8}(?:[谢謝]|感恩|很好|不错|太棒|真棒|辛苦|太差|很差|满意|专业)|^(?:已经|都|内)*(?:是)?(?:第[二三四五六七八九\d]次|[两三四五六七八九\d]次)|^ (?:twice|again|for the (?:second|third|fourth)|\d times|already)\b/;
const COUNTED =
  /(?:\b(?:second|third|fourth|fifth|sixth|\d(?:nd|rd|th)) (?:call|message|email|visit|attempt|chat|text)(?: (?:to you|in|for|on))?\s+(?:the )?|\b(?:(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)?|two|three|four|many|several) times?|twice|again|already|leaking|broken|waiting|waited|came|called|rang|nobody|no one)(?: (?:in|for|on))?\s+(?:the )?|第[二三四五六七八2-9]次)$/;

/** Did this day have to be sought, so that it could lie in the past as well? */
export function couldBePast(draft: Draft): boolean {
  const day = draft.day;
  if (draft.shift !== null) return false;
  if (day === null) return true;
  if (day.is === "offset") return day.days === 0;
  if (day.is === "weekday") return day.week === null;
  if (day.is === "date") return day.year === null && day.monthOffset === undefined;
  if (day.is === "week" || day.is === "weekend") return day.week === 0 || day.week === null;
  return (
    (day.is === "month" && (day.offset === null || day.offset === 0) && day.year === null) ||
    ((day.is === "festival" || day.is === "holiday") && day.year === null) ||
    day.is === "lunar"
  );
}

/** Is today, this week or this month meant, said or not? */
function isToday(draft: Draft): boolean {
  const day = draft.day;
  if (day === null) return draft.clock !== null;
  return (day.is === "offset" && day.days === 0) || (day.is === "week" && day.week === 0) || (day.is === "month" && day.offset === 0);
}

/** Someone was expected and did not come: times of that clause are behind us. */
const NOT_COME =
  /还没(?:到|来|见|上门)|[都也]?(?<!有)没(?:到|来|见|有?人来|有?人到|有?人上门)|未到|未嚟|未见|(?<!有)冇人(?:嚟|到)|迟到|等到(?:现在|依家|而家)|(?:没|没有|不见|未见|冇)(?:人影|影)|没看[到见]人|没见[到着]?人|等[了咗]|放鸽子|放飞机|爽约|no.?show|(?:nobody|no one|noone) (?:came|showed|turned|has|arrived|here)|(?:never|didn'?t|hasn'?t|haven'?t) (?:come|came|show|showed|turn|turned|arrive|arrived|been)|still (?:waiting|no (?:one|sign)|not here)|\b(?:hours?|mins?|minutes) late\b/;

/** Tells what happened, in a clause that asks for nothing. */
const HAPPENED =
  /[了过咗]|被|又|竟|居然|一直|还是|刚|\b(?:\w{3,}ed|was|were|came|went|broke|had|did|didn'?t|hasn'?t|haven'?t|wasn'?t|got|left|said|told|made|been|again)\b/;

/** Words of a clause that ask for the time in it. */
export const ASKED =
  /(?<![可功不性智节])能|可以|行[吗吧么不]|(?<![回本原后起出下未越往将])来|上门|有空|方便|(?<![大节])约|安排|[先暂就]定|[?？吗]|吧|嚟|得闲|得唔得|都得|过去|送|取|\b(?:can|could|please|pls|plz|free|available|availability|works?|suits?|ok|okay|fine|good|better|best|prefer|book|come|slots?|fit me|how about|what about|let'?s|would|need|want|like to|make it|send|put me|get here|drop|arrive|shall|collect|fetch)\b/;

/** Does the clause of a time of today tell what happened instead of asking for something? */
function isTold(draft: Draft, text: string): boolean {
  const clause = clauseOf(draft, text);
  if (WISH.test(textBefore(text, draft.at, 48))) return false;
  const near = NOT_COME.test(text.slice(Math.max(0, draft.at - 40), draft.end + 60));
  const missed = NOT_COME.test(clause) || (near && /约|说|话|讲|定|应承|答应|promis|said|told|due|suppos|book|window|slot/.test(clause));
  const asks = ASKED.test(missed ? clause.replace(/[没未冇](?:有)?人?[来嚟]|说来|约[了好的咗]?|约/g, "") : clause);
  if (asks) return false;
  return missed || (draft.clock === null && draft.day !== null && HAPPENED.test(clause));
}

/** The clause in which a draft stands, at most `reach` characters to either side. */
export function clauseOf(draft: Draft, text: string, reach = 40): string {
  const before = /[^,，。.!！?？;；]*$/.exec(textBefore(text, draft.at, reach))?.[0] ?? "";
  const after = /^[^,，。.!！?？;；]*[?？]?/.exec(text.slice(draft.end, draft.end + reach))?.[0] ?? "";
  return `${before} ${after}`;
}

/**
 * Marks a draft whose wording tells what happened then as past, and one that was promised for today as promised.
 *
 * @param since where the time before it ends: what leads up to that one says nothing of this
 * @param until where the next time begins
 */
export function markTold(draft: Draft, text: string, since: number, until: number): void {
  // Broken since yesterday: not a time to come.
  if (draft.day?.is === "offset" && draft.day.days < 0 && draft.bound === "from") draft.bound = null;
  if (!couldBePast(draft) || isWished(draft, text)) return;
  const before = textBefore(text, draft.at, 48);
  const wished = WISH.test(before) || SUITS.test(text.slice(draft.end, draft.end + 24));
  if (
    TOLD_ZH.test(withoutStates(text.slice(draft.end, draft.end + 18)).slice(0, 14)) ||
    (!wished && TOLD_EN_AFTER.test(text.slice(draft.end, draft.end + 48)))
  )
    draft.past = true;
  else if (
    draft.day === null &&
    draft.clock !== null &&
    /^[才先](?:到(?!家|屋)|来|嚟|走|见到)(?!得)/.test(text.slice(draft.end, draft.end + 4))
  )
    draft.past = true;
  else if (
    LAST_TIME.test(clauseOf(draft, text)) &&
    !ASKED.test(clauseOf(draft, text, 60).replace(/才来|先嚟|就来|[来嚟](?=没|未|冇|了|过|咗|的|修|弄|搞)/g, ""))
  )
    draft.past = true;
  else if (AWAKE.test(before) && !/\bbe up\b/.test(before)) draft.past = true;
  else if (
    (!wished && TOLD_EN_BEFORE.test(before)) ||
    (draft.day !== null && draft.day.is !== "offset" && (EXPECTED.test(before) || (draft.bound === "by" && PROMISED_BY.test(before))))
  )
    draft.past = true;
  else if (isToldInEnglish(draft, text, since) || isToldInChinese(draft, text, until)) draft.past = true;
  else if (isOverdueInChinese(draft, text)) {
    if (isToday(draft)) draft.promised = true;
    else draft.past = true;
  } else if (WAITED.test(before) || (draft.day === null && /等到$/.test(before)) || AFTER_WORK.test(before)) draft.past = true;
  else if (isToday(draft) && text.slice(draft.at, draft.end).endsWith("开始")) {
    draft.past = true;
    draft.bound = null;
  } else if (isToday(draft) && draft.clock === null && UNTIL_NOW_ZH.test(before) && !ASKED.test(clauseOf(draft, text))) draft.past = true;
  else if (isToday(draft) && PROMISED.test(textBefore(text, draft.at, 48))) draft.promised = true;
  else if (isToday(draft) && draft.clock === null && (COUNTED.test(textBefore(text, draft.at, 24)) || SPOKEN_OF.test(before)))
    draft.past = true;
  else if (isToday(draft) && isTold(draft, text)) {
    if (draft.clock === null) draft.past = true;
    else draft.promised = true;
  } else if (isToday(draft) && SPOKEN_OF_ZH.test(text.slice(draft.end, draft.end + 14))) draft.past = true;
}
