/** What a message takes back: times refused, times corrected, times moved from, times gone by. The final one comes first. */
import { gather } from "./combine.ts";
import { enNumber } from "./lexicon-en.ts";
import { zhNumber } from "./lexicon-zh.ts";
import { textBefore } from "./rule.ts";
import type { Draft } from "./spec.ts";

const NEGATED =
  /(?:(?<![是要])(?:不要|不是|不约|不选|不想要?|不用|不在)|(?<![特分个级性识])别|除了|唔要|唔系|唔使|\bnot(?! (?:before|until|till))|no longer|isn'?t|instead of|rather than|except(?: for)?|anything but|can'?t (?:do|make)|cannot (?:do|make)|don'?t want|not available|unavailable|can'?t|won'?t be (?:in|here|home)|\b(?:busy|away|tied up|fully booked|not (?:in|home|free|here|around)))(?: it| on| at| for| in| the|约|在|改到?){0,3}\s{0,3}$/;
const REFUSED_ZH =
  /^[^,,。.!！?？;;、]{0,6}?(?:(?<![行可])不行(?!不)|(?<!有)没有?空|(?<!有)没有?时间|(?<!方)不方便|(?<!在)不在(?!线|乎)|(?<!得)不得闲|(?<!得)唔得闲|(?<!有)冇空|(?<!有)冇时间|(?<!方)唔方便|(?<!得)唔得|有事|我(?:要|得)上班|我要返工|(?:别|不要)再?(?:给我)?(?:打|发|推|吵)|来不了|去不了|到不了|赶不上|约满|排满|(?<![可以])不可以|(?<!合)不合适|太早|太晚|太迟|满了|不要了)(?![吗么嘛没?？])/;
const REFUSED_EN =
  /^\s*(?:(?:doesn'?t|does not|won'?t|will not|don'?t|no longer|can'?t)\s+(?:work|suit|do|be|fit|go)|(?:isn'?t|is not|wouldn'?t be|won'?t be)\s+(?:good|possible|convenient|an option|ok|great|available|going)|(?:is|are|'s) (?:no good|out\b|bad|full|too (?:late|early|soon)|impossible|not)|,? ?(?:i'?m|i am|we'?re|we are) (?:busy|away|out|not|working|unavailable|fully)|,? ?(?:i|we) (?:can'?t|cannot|won'?t|have (?:work|a meeting)))/;
const RETRACTED =
  /(?:不对|不不|(?:^|[,，。.…!！~\s])(?:哦|啊|噢|呃|额)?不(?:[,，…。.\s]|是)|错了|说错|打错|搞错|记错|写错|讲错|口误|应该是|更正|算了|唔系|(?:^|[,，.;!…-]\s*|\b(?:oh|uh|um|er|ah)\s+)no(?:[,.!\s]|$)|\bno wait|\bwait\b|\bsorry\b|i mean|i meant|\bactually\b|scratch that|correction|make (?:it|that)|or rather|\boops\b|my mistake|strike that|\bnope\b)/;
const MOVED =
  /(?:改(?:成|到|为|约|在|去|期到|期至|至)|(?:换|挪|推|延|调|移|转|提|顺延|推迟|推后|延后|延期|延迟|提前|提早|调整|押后)(?:成|到|至|去)|变成|改(?:一下)?\s*$|换\s*$|(?:chang|mov|reschedul|push|switch|swap|shift|postpon|bring|rebook)\w*\b[^.?!]{0,24}\b(?:to|for|until|till)\s*(?:the\s)?$|\binstead\b)/;
const MOVING_BEFORE = /\b(?:chang|mov|reschedul|push|switch|swap|shift|postpon|bring|rebook)\w*\b[^.?!]{0,60}$/;
const STILL = /(?:[,，。.…!！;;\s]|算了)还是(?:约|改)?(?:在|到)?$/;
const ALTERNATIVE = /(?:或者?|还是|要么|\bor\b|、|\/)/;

/** Wording after a time that tells of what happened then. */
const TOLD_ZH =
  /^[^,,。.!！?？;;、能可吗想要请帮麻来]{0,6}?(?:等到|来?(?:买|购|装|安装|修|换|来|做|提|取|送|保养|寄|签|洗|贴|拆|付|报修|下单|报|打|嚟|整)(?:的(?!话|时候|吗|吧|师傅来)|过(?!来|去)|咗)|刚刚|刚(?![好才]?好)|突然|忽然|就?开始|还好好|还是好的|发现|又(?![想要能可])|还没(?:来|到|修|人|好)|没人(?:来|管|理|接|上门|到|联系)|没来|没到|冇人(?:嚟|到|理)|未到|仲未|(?:坏|漏|停|裂|碎|断|炸|爆|掉|响|跳闸|死机|罢工|不制冷|不冷|不热)[了咗])/;
const TOLD_EN_AFTER =
  /^\s*(?:and |when |that )?(?:(?:i|we|he|she|they|it|you|someone|nobody|no one|(?:your|the|my|our) \w{1,14})\s+(?:just |only |had )?)?(?:was|were|had|came|went|broke|started|stopped|failed|bought|installed|fitted|repaired|fixed|serviced|left|died|tripped|happened|noticed|leaked|missed|showed|turned up|paid)\b/;
const TOLD_EN_BEFORE =
  /\b(?:bought|installed|fitted|repaired|fixed|serviced|came|started|stopped|broke|broken|charged|billed|invoiced|ordered|signed|spoke|emailed|texted|rang|visited|complained|reported|quoted|received|sent|returned|crashed|cracked|smashed|had|did|left|happened|called|dropped|picked|collected|delivered|waited|waiting|replaced|paid|died|failed)(?: (?:it|him|her|me|us|you|twice|once|round|over|there|here|out|in|up|off|down|working|leaking|again|me|by|back|heating|cooling)){0,3}\s*(?:on|at|in|from|around|back in)?\s*(?:the )?$|\b(?:was|were|been)(?: (?:here|out|in|there|round|over|off|done))? (?:on|at|in|around|back in) (?:the )?$/;

/** Wording that asks for something to be done: what follows is a wish, though it sounds told (get it fixed on Friday). */
const WISH =
  /\b(?:can|could|get|getting|have it|have my|having|be|need|needs|want|will|would|like|please|pls|book|come|available|free|send|if|when|looking|hoping)\b[^.!?]{0,40}$/;
/** 等了一上午: waited, no wish. */
const WAITED = /等了$|\bwaiting(?: since| from)?\s$/;
const SAME_TIME = /same time|同一时间|同样的?时间|时间不变|同个时间|一样的?时间|相同时间|原来的?时间|同时段/;
const COUNT_ZH = "(半|[一二两三四五六七八九十]{1,2}|\\d{1,3})";
/** 往后推一个小时, 提前半天; one of them directly after the time. */
const SHIFTED_ZH = new RegExp(
  `^[^,,。.!！?？;；]{0,12}?(?:(推迟|延后|延迟|推后|顺延|往后[推挪延移]?|押后|晚)|(提前|提早|往前[推挪移]?|早))(?:个|到|了)?${COUNT_ZH}个?(半)?(小时|` +
    "钟头|钟|分钟|天|周|星期|礼拜)(?!后|内|[^,,。]{0,4}(?:打|通知|联系|告诉|电话|告知|叫我|发|说一声|提醒))",
);
const SHIFTED_EN =
  /^[^.!?;]{0,40}?\b(?:(push|move|put|set|delay|postpone)\w*(?: it| that| this| the \w+| my \w+)?(?: back)?(?: by)? |(bring)(?: it| that)? forward(?: by)? )(an?|half an|one|two|three|\d{1,3}) (hour|minute|min|day|week)s?\b/;

/** Wording before a time that was promised, and before one that is counted (the third time this week). */
const PROMISED =
  /(?:(?:说|约|讲|定)好(?:的|了)?|本来|原本|原来说|答应|承诺)(?:是|在|我|我们)?$|\b(?:was|were|been|they're|he's) (?:supposed|meant|due|promised|told)\b[^.,!?]{0,24}$|\bshould(?:'ve| have)[^.,!?]{0,24}$|\b(?:you|they|he|she) (?:said|promised|told me)[^.,!?]{0,16}$/;
/** After the repair on Monday: the repair is behind us. */
const AFTER_WORK =
  /\b(?:after|since|following) (?:the|your|my|that|our|his) (?:\w+ ){0,2}(?:repair|service|visit|job|work|fix|install(?:ation)?|appointment|change)s? (?:on |last )?(?:the )?$/;
/** Stop texting me at seven in the morning. */
const UNWANTED =
  /\b(?:stop|don'?t|do not|why (?:are|do|am) (?:you|i)|keep)\b[^.?!]{0,24}\b(?:text|messag|call|ring|email|contact|disturb|bother)\w*[^.?!]{0,20}\b(?:at|on|in|before|after|during)\s*(?:the )?$/;
/** Thanks for today, it is not cooling today: the day is spoken of, not wished for. */
const SPOKEN_OF =
  /\b(?:thanks?|thank you|thx|cheers|excellent|brilliant|fantastic|lovely|how are you|great (?:job|work|service))\b[^.?!]{0,40}$|\b(?:isn'?t|not|won'?t|doesn'?t|no longer|can'?t|hasn'?t) (?:\w+ ){0,2}(?:work|start|cool|heat|turn|drain|spin|run|clos|open|charg|respond)\w*(?: \w+){0,2} $/;
const SPOKEN_OF_ZH =
  /^[^,，。.!！?？]{0,8}(?:很好|不错|太棒|真棒|辛苦|太差|很差|满意|专业)|^(?:已经|都|内)*(?:是)?(?:第[二三四五六七八九\d]次|[两三四五六七八九\d]次)|^ (?:twice|again|for the (?:second|third|fourth)|\d times|already)\b/;
const COUNTED =
  /(?:\b(?:(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)?|two|three|four|many|several) times?|twice|again|already|leaking|broken|waiting|waited|came|called|rang|nobody|no one)(?: (?:in|for|on))?\s+(?:the )?|第[二三四五六七八2-9]次)$/;

/** Did this day have to be sought, so that it could lie in the past as well? */
function couldBePast(draft: Draft): boolean {
  const day = draft.day;
  if (draft.shift !== null) return false;
  if (day === null) return true;
  if (day.is === "offset") return day.days === 0;
  if (day.is === "weekday") return day.week === null;
  if (day.is === "date") return day.year === null && day.monthOffset === undefined;
  if (day.is === "week") return day.week === 0;
  return (
    (day.is === "month" && (day.offset === null || day.offset === 0) && day.year === null) ||
    (day.is === "festival" && day.year === null) ||
    day.is === "lunar"
  );
}

/** Is today, this week or this month meant, said or not? */
function isToday(draft: Draft): boolean {
  const day = draft.day;
  if (day === null) return draft.clock !== null;
  return (day.is === "offset" && day.days === 0) || (day.is === "week" && day.week === 0) || (day.is === "month" && day.offset === 0);
}

/** The time of a booking that exists: 约了明天两点, my Thursday appointment. */
const BOOKED_BEFORE =
  /(?:约了|约的|约好|约在|预约了?|预定|原定|原先|原本|原来|本来|定的|定在|排的|排在|订了|订的|之前说)(?:的|是|在|好)*$|\b(?:booked|booking|appointment|appt|slot|visit|scheduled|reservation|down|i have|i've got|we have)\b(?: \w+){0,3}?(?: (?:for|on|at|is|was))? ?(?:the )?$|\b(?:my|our) (?:\w+ )?$/;
const BOOKED_AFTER =
  /^(?:的|那个|那单|那次)+(?:预约|工单|上门|单|安装|保养|维修|约|订单|那|时间)?|^(?:'s)? (?:\w+ )?(?:appointment|appt|booking|slot|visit)\b/;
const CHANGE =
  /改|换个?(?:时间|日子|天)|调整|挪|推迟|延后|延期|提前|顺延|reschedul|\bchang|\bmov(?:e|ing)\b|\bpush|postpon|\binstead\b|(?:another|different|other) (?:day|time)|something (?:has |'s )?(?:came|come) up/;

const PREFERRED =
  /(?:最好(?:是|能)?|优先|首选|尽量(?:安排)?(?:在)?|\b(?:ideally|preferably|i'?d prefer|would prefer|prefer))(?: on| the|约|在)?\s*$/;

/** The weather of a day, its date, what is on television: no time of ours. */
const OFF_TOPIC_ZH = /^[^,，。]{0,3}(?:天气|气温|几号|星期几|周几|礼拜几|什么日子|会下雨|会不会下雨|会落雨|落雨|吃什么|吃啥|食咩|食乜)/;
const OFF_TOPIC_EN =
  /\b(?:weather|forecast|what day is it|what date is it|what(?:'?s| is) the date|who won|lottery|horoscope)\b[^.?!]{0,30}$/;

/** Someone was expected and did not come: times of that clause are behind us. */
const NOT_COME =
  /还没(?:到|来|见|上门)|[都也]?没(?:到|来|见|有?人来|有?人到|有?人上门)|未到|未嚟|未见|冇人(?:嚟|到)|迟到|等到(?:现在|依家|而家)|等[了咗]|放鸽子|放飞机|爽约|no.?show|(?:nobody|no one|noone) (?:came|showed|turned|has|arrived|here)|(?:never|didn'?t|hasn'?t|haven'?t) (?:come|came|show|showed|turn|turned|arrive|arrived|been)|still (?:waiting|no (?:one|sign)|not here)|\b(?:hours?|mins?|minutes) late\b/;
/** Tells what happened, in a clause that asks for nothing. */
const HAPPENED =
  /[了过咗]|被|又|竟|居然|一直|还是|刚|\b(?:\w{3,}ed|was|were|came|went|broke|had|did|didn'?t|hasn'?t|haven'?t|wasn'?t|got|left|said|told|made|been|again)\b/;

/** Words of a clause that ask for the time in it. */
const ASKED =
  /(?<![可功不性智节])能|可以|行[吗吧么不]|(?<![回本原后起出下未越往将])来|上门|有空|方便|(?<![大节])约|安排|[?？吗]|吧|嚟|得闲|得唔得|都得|过去|送|取|\b(?:can|could|please|pls|free|available|availability|works?|suits?|ok|okay|fine|good|better|best|prefer|book|come|slots?|fit me|how about|what about|let'?s|would|need|want|like to|make it)\b/;

interface Relation {
  readonly negated: boolean;
  /** How the draft stands to the one before it. */
  readonly to: "none" | "retract" | "move" | "or";
}

function relate(draft: Draft, last: Draft | undefined, next: Draft | undefined, text: string): Relation {
  const gap = text.slice(last?.end ?? Math.max(0, draft.at - 24), draft.at);
  const near = gap.slice(-36);
  const after = text.slice(draft.end, Math.min(next?.at ?? text.length, draft.end + 24));
  const question = /^[^,，。.!！;;]{0,10}[吗么嘛?？]/.test(after);
  // Not home until six: free after it.
  if (
    draft.bound === "by" &&
    /^unti|^til/.test(text.slice(draft.at)) &&
    (NEGATED.test(textBefore(text, draft.at, 24)) || /\bnot +$/.test(textBefore(text, draft.at, 6)))
  ) {
    draft.bound = "after";
    return { negated: false, to: "none" };
  }
  const negated =
    NEGATED.test(textBefore(text, draft.at, 24)) ||
    UNWANTED.test(textBefore(text, draft.at, 64)) ||
    (!question && (REFUSED_ZH.test(after) || REFUSED_EN.test(after)));
  // What lies behind corrects nothing: 明天两点来吧,不好意思昨天忙.
  if (!last || draft.past) return { negated, to: "none" };
  // 不行的话再改周六 keeps the first and names a second.
  const conditional = /(?:如果|要是|万一|不行|不然|否则|\bif\b|\botherwise\b)[^,，。]{0,8}(?:再|就)?改?[^,，。]{0,3}$/.test(near);
  if (conditional) return { negated, to: "or" };
  if (
    MOVED.test(near) ||
    (/\bto\s+(?:the\s)?$/.test(near) && MOVING_BEFORE.test(textBefore(text, last.at, 70))) ||
    /^\s{0,3}instead\b/.test(after)
  ) {
    return { negated, to: "move" };
  }
  const booked = BOOKED_BEFORE.test(textBefore(text, last.at, 48)) || BOOKED_AFTER.test(text.slice(last.end, last.end + 24));
  const whole = draft.day !== null || (draft.clock !== null && last.clock !== null);
  if (booked && whole && CHANGE.test(text) && !ALTERNATIVE.test(near.slice(-6))) return { negated, to: "move" };
  if (RETRACTED.test(gap.slice(-24))) return { negated, to: "retract" };
  if (STILL.test(near) && /^[^,，。?？]{0,6}(?:吧|好了|好$|比较)/.test(text.slice(draft.end, draft.end + 8)))
    return { negated, to: "retract" };
  return { negated, to: ALTERNATIVE.test(near) ? "or" : "none" };
}

/** Keeps of the corrected time what the correction leaves alone. */
function keepRest(wrong: Draft, right: Draft, whole: boolean): void {
  if (right.shift !== null || right.to !== null || wrong.shift !== null) return;
  if (right.day === null) {
    right.day = wrong.day;
    right.dayAt = right.at;
    if (right.clock !== null && right.part === null && right.clock.half === null && wrong.part !== null) right.part = wrong.part;
  } else if (whole && right.part === null && right.clock === null && wrong.to === null) {
    right.part = wrong.part;
    right.clock = wrong.clock;
    right.bound ??= wrong.bound;
  }
}

/** How far a time is moved by the words after it; `null` when it stays. */
function deltaAfter(after: string, draft: Draft): Draft["delta"] {
  if (draft.day === null && draft.clock === null) return null;
  const chinese = SHIFTED_ZH.exec(after);
  const english = chinese ? null : SHIFTED_EN.exec(after);
  if (chinese) {
    const [, , early, number = "", half, unit = ""] = chinese;
    const count = ((number === "半" ? 0.5 : zhNumber(number)) + (half === undefined ? 0 : 0.5)) * (early === undefined ? 1 : -1);
    return deltaOf(count, unit === "分钟" ? "minute" : unit === "天" ? "day" : /[周星礼]/.test(unit) ? "week" : "hour");
  }
  if (!english) return null;
  const [, , forward, number = "", unit = ""] = english;
  return deltaOf(enNumber(number) * (forward === undefined ? 1 : -1), unit);
}

function deltaOf(count: number, unit: string): Draft["delta"] {
  if (!Number.isFinite(count) || count === 0) return null;
  if (unit === "day" || unit === "week") return Number.isInteger(count) ? { days: count * (unit === "week" ? 7 : 1), minutes: 0 } : null;
  return { days: 0, minutes: Math.round(count * (unit === "hour" ? 60 : 1)) };
}

/** Drafts that stand, the final one first. */
export function correct(drafts: readonly Draft[], text: string): Draft[] {
  const live = drafts.filter(
    (draft) =>
      !draft.recurring && !OFF_TOPIC_ZH.test(text.slice(draft.end, draft.end + 10)) && !OFF_TOPIC_EN.test(textBefore(text, draft.at, 48)),
  );
  for (const draft of live) {
    if (!couldBePast(draft)) continue;
    const before = textBefore(text, draft.at, 48);
    const wished = WISH.test(before);
    if (TOLD_ZH.test(text.slice(draft.end, draft.end + 14)) || (!wished && TOLD_EN_AFTER.test(text.slice(draft.end, draft.end + 48))))
      draft.past = true;
    else if (!wished && TOLD_EN_BEFORE.test(before)) draft.past = true;
    else if (WAITED.test(before) || (draft.day === null && /等到$/.test(before)) || AFTER_WORK.test(before)) draft.past = true;
    else if (isToday(draft) && text.slice(draft.at, draft.end).endsWith("开始")) {
      draft.past = true;
      draft.bound = null;
    } else if (isToday(draft) && PROMISED.test(textBefore(text, draft.at, 48))) draft.promised = true;
    else if (isToday(draft) && draft.clock === null && (COUNTED.test(textBefore(text, draft.at, 24)) || SPOKEN_OF.test(before)))
      draft.past = true;
    else if (isToday(draft) && isTold(draft, text)) {
      if (draft.clock === null) draft.past = true;
      else draft.promised = true;
    } else if (isToday(draft) && SPOKEN_OF_ZH.test(text.slice(draft.end, draft.end + 14))) draft.past = true;
  }
  const relations = new Map<Draft, Relation>();
  live.forEach((draft, index) => {
    relations.set(draft, relate(draft, live[index - 1], live[index + 1], text));
  });
  // 周三周四都不在 refuses both.
  for (let index = live.length - 2; index >= 0; index -= 1) {
    const [one, other] = [live[index] as Draft, live[index + 1] as Draft];
    const relation = relations.get(one) as Relation;
    if (
      relations.get(other)?.negated &&
      /^\s*(?:、|和|跟|与|,|or|and|\/)?\s*(?:on )?$/.test(text.slice(one.end, other.at)) &&
      REFUSED_ZH.test(text.slice(other.end, other.end + 24))
    ) {
      relations.set(one, { ...relation, negated: true });
    }
  }
  for (const draft of live) draft.delta = deltaAfter(text.slice(draft.end, draft.end + 64), draft);
  const kept: Draft[] = [];
  const moved = new Set<Draft>();
  let wrong: Draft | null = null;
  for (const draft of live) {
    const relation = relations.get(draft);
    if (relation?.negated) {
      wrong = draft;
      continue;
    }
    const last = kept.at(-1);
    const refused = wrong;
    if (refused !== null && (relation?.to === "move" || relation?.to === "retract" || draft.day === null)) {
      if (refused.day !== null) keepRest(refused, draft, false);
    } else if (relation?.to === "retract" && last) {
      keepRest(last, draft, true);
      kept.pop();
    } else if (relation?.to === "move" && last) {
      keepRest(last, draft, SAME_TIME.test(text));
      moved.add(last);
    }
    wrong = null;
    kept.push(draft);
  }
  const apart = (one: Draft, other: Draft): boolean => {
    const relation = relations.get(other)?.to ?? "none";
    return moved.has(one) || moved.has(other) || relation === "move" || relation === "retract" || relation === "or";
  };
  const gathered = gather(kept, text, apart);
  const standing = gathered.filter((draft) => !moved.has(draft));
  return [...wishesFirst(standing, text), ...gathered.filter((draft) => moved.has(draft))];
}

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

/** The clause in which a draft stands. */
function clauseOf(draft: Draft, text: string): string {
  const before = /[^,，。.!！?？;；]*$/.exec(textBefore(text, draft.at, 40))?.[0] ?? "";
  const after = /^[^,，。.!！?？;；]*[?？]?/.exec(text.slice(draft.end, draft.end + 40))?.[0] ?? "";
  return `${before} ${after}`;
}

/**
 * Of several times the one that is asked for comes first: 我明天出差,周六可以上门 wants Saturday. Alternatives keep their order, and so
 * does everything when no clause asks or all do.
 */
function wishesFirst(drafts: readonly Draft[], text: string): readonly Draft[] {
  if (drafts.length < 2) return drafts;
  const preferred = drafts.find((draft) => PREFERRED.test(textBefore(text, draft.at, 24)));
  if (preferred) return [preferred, ...drafts.filter((draft) => draft !== preferred)];
  const dated = drafts.some((draft) => draft.day !== null && (draft.clock !== null || draft.part !== null));
  const asked = drafts.map(
    (draft) => !(dated && draft.day === null) && ASKED.test(clauseOf(draft, text)) && !BOOKED_BEFORE.test(textBefore(text, draft.at, 48)),
  );
  drafts.forEach((draft, index) => {
    const next = drafts[index + 1];
    if (next && text.slice(draft.end, next.at).length <= 8 && ALTERNATIVE.test(text.slice(draft.end, next.at)) && asked[index + 1])
      asked[index] = true;
  });
  return [...drafts.filter((_, index) => asked[index]), ...drafts.filter((_, index) => !asked[index])];
}
