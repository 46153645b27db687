/** Times that go with one already told: then again at ten, the Monday that came and went, what was promised weeks ago. */
import { textBefore } from "./rule.ts";
import type { Draft } from "./spec.ts";
import { ASKED, clauseOf, couldBePast } from "./told.ts";

/** Between a time told and the next one of the same tale. */
const GOES_ON =
  /^的?[\s,、，]{0,3}(?:(?:and|then|again|also|till|until|to|or|once|twice|still|from|at|on|the|it was|[做干修弄搞等忙坐留]到|再|又|和|跟|等到|到|然后|之后|接着)[\s,]{0,3}){0,5}$/;
/** Said, promised or told, right before a time. */
const WAS_SAID =
  /(?:\b(?:said|says|promised|told (?:me|us)|quoted)(?: (?:it|that|it'?d be|it would be|for|on|by))*[\s:,"'“”]{1,4}|(?:说|讲|话|答应|承诺)(?:好|是|了|的|嘅|过)?[:,，"“”「]{0,2})$/;
/** 说周三给我回电话,结果没人打 */
const BROKEN_ZH =
  /^[^。.!！?？]{0,14}(?:结果|可是|但是?|却|都|也|到头来|到(?:现在|今天|今日|而家|依家)|至今)[^。.!！?？]{0,4}(?:没|未|冇|不见)/;
/** You said Tuesday, it's Wednesday now. */
const WAS_SAID_EN = /\b(?:said|told me|promised)(?: (?:it'?d|it would|be|ready|done|back|by|for|on|was|will|it'?ll))*\s*$/;
const IT_IS_NOW = /^[^.?!]{0,20}\b(?:it'?s|today is|today'?s) (?:now |already )?(?:mon|tue|wed|thu|fri|sat|sun|the \d|past|gone|over)/;
/** On the 4th you took 250 and on the 5th another. */
const AND_ON = /^[^.!?;]{0,60}(?:\b(?:and|then|and then|again)(?: again)? (?:on |at |in )?(?:the )?|，(?:然后|接着|后来))$/;
/** You came on the 10th and you closed the case on the 12th. */
const AND_DID =
  /^[^.!?;]{0,20}\band (?:you|he|she|they|we|i|it) (?!offered|promised|booked|agreed|scheduled|confirmed|suggested|proposed|moved|said)[a-z]{2,}ed\b[^.!?;]{0,30}$/;
const TURNS_AHEAD =
  /\b(?:can|could|will|would|want|need|please|pls|book|come|free|available|works?|suits?|fine|ok|good|how about|what about|let's|if|should|i'?d|prefer|instead)\b|[?？]|能|可以|吧|来|约/;
/** Between what was said and when that was. */
const THAT_WAS = /^["'”」]?[\s,.;]{0,3}(?:and )?(?:(?:that|it|this|which) was )?(?:back )?(?:on |in )?(?:the )?$/;

/** Arrived at 8, finished by 11. */
const ENDED =
  /^,? (?:and )?(?:was |were |all |all was )?(?:finished|done|gone|out|left|ready|home|back)(?: again)? (?:by |at |before |around )?$/;
/** 九点到,做到十一点: where the end is told the beginning is. */
const BEGAN = /^(?:(?:到|来|嚟|开始)[,，]?[\u3400-\u9fff]{1,2}|[做干修弄搞忙]{1,2})到$/;
/** 周一周二请假等你们: either of them. */
const BESIDE = /^[\s、，,和跟及与]{0,2}$/;

/** Was the day named by the draft over before today, told or not? */
function lay(draft: Draft): boolean {
  const { day } = draft;
  return (day?.is === "weekday" && (day.week ?? 0) < 0) || (day?.is === "offset" && day.days < 0);
}

/** Does a draft go on from the one before it, which is told? */
function goesOn(draft: Draft, last: Draft, text: string): boolean {
  const gap = text.slice(last.end, draft.at);
  const isThisWeek = draft.day?.is === "weekday" && draft.day.week === 0;
  // From last Friday to Wednesday: the end lies behind as well, or is today.
  if (GOES_ON.test(gap) && (last.past ? couldBePast(draft) || isThisWeek : lay(last) && isThisWeek)) return true;
  if (!couldBePast(draft)) return false;
  if ((last.past || last.promised) && draft.day === null && ENDED.test(gap)) return true;
  if (last.past && AND_DID.test(gap) && !TURNS_AHEAD.test(gap)) return true;
  if (!last.past || !AND_ON.test(gap) || TURNS_AHEAD.test(gap)) return false;
  return !TURNS_AHEAD.test(/^[^.!?;。！；]{0,48}[?？]?/.exec(text.slice(draft.end, draft.end + 50))?.[0] ?? "");
}

/** Was a draft promised, and the promise not kept? */
function isBroken(draft: Draft, text: string): boolean {
  const after = text.slice(draft.end, draft.end + 44);
  if (WAS_SAID_EN.test(textBefore(text, draft.at, 32)) && IT_IS_NOW.test(after)) return true;
  return WAS_SAID.test(textBefore(text, draft.at, 24)) && BROKEN_ZH.test(after.slice(0, 24));
}

/** Does a draft lead up to the next one, which is told? */
function leadsTo(draft: Draft, next: Draft, text: string): boolean {
  const gap = text.slice(draft.end, next.at);
  // 约两点,四点才到
  const agreed = draft.day === null && /^[,，]?$/.test(gap) && /约(?:好|的|了|咗)?$/.test(textBefore(text, draft.at, 4));
  return agreed || (draft.day === null && BEGAN.test(gap)) || (draft.day !== null && draft.day.is === next.day?.is && BESIDE.test(gap));
}

/** Marks as past what goes on from a time told, and what names the same day again without asking for it. */
export function spreadTold(drafts: readonly Draft[], text: string): void {
  drafts.forEach((draft, index) => {
    const last = drafts[index - 1];
    if (!draft.past && ((last && goesOn(draft, last, text)) || (couldBePast(draft) && isBroken(draft, text)))) draft.past = true;
  });
  drafts.forEach((draft, index) => {
    const next = drafts[index + 1];
    if (next?.past && !draft.past && couldBePast(draft) && leadsTo(draft, next, text)) draft.past = true;
  });
  for (const told of drafts) {
    if (!told.past || told.day === null || told.day.is === "offset") continue;
    const day = JSON.stringify(told.day);
    for (const draft of drafts)
      if (!draft.past && JSON.stringify(draft.day) === day && (draft.at < told.at || !ASKED.test(clauseOf(draft, text)))) draft.past = true;
  }
}

/** 昨天说今天, 今天说明天: put off from day to day. */
const PUT_OFF = /^(?:又|就|再)?(?:说|话|讲|推到?|拖到?)$/;

/** Leaves out what was promised at a time that is told: you said tomorrow a week ago. */
export function withoutBroken(drafts: readonly Draft[], text: string): Draft[] {
  const isPutOff = (draft: Draft | undefined, last: Draft | undefined): boolean =>
    draft !== undefined && last !== undefined && PUT_OFF.test(text.slice(last.end, draft.at));
  const putOff = drafts.filter((draft, index) => isPutOff(draft, drafts[index - 1]));
  return drafts.filter((draft, index) => {
    if (putOff.length > 1 && putOff.includes(draft)) return false;
    const next = drafts[index + 1];
    return !(
      next?.past &&
      !draft.past &&
      WAS_SAID.test(textBefore(text, draft.at, 24)) &&
      (THAT_WAS.test(text.slice(draft.end, next.at)) || /^ ?ago\b/.test(text.slice(next.end - 3)))
    );
  });
}
