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
const BROKEN_ZH = /^[^。.!！?？]{0,14}(?:结果|可是|但是?|却|都|也|到头来)[^。.!！?？]{0,4}(?:没|未|冇|不见)/;
/** On the 4th you took 250 and on the 5th another. */
const AND_ON = /^[^.!?;]{0,60}(?:\b(?:and|then|and then|again)(?: again)? (?:on |at |in )?(?:the )?|，(?:然后|接着|后来))$/;
const TURNS_AHEAD =
  /\b(?:can|could|will|would|want|need|please|pls|book|come|free|available|works?|suits?|fine|ok|good|how about|what about|let's|if|should|i'?d|prefer|instead)\b|[?？]|能|可以|吧|来|约/;
/** Between what was said and when that was. */
const THAT_WAS = /^["'”」]?[\s,.;]{0,3}(?:and )?(?:(?:that|it|this|which) was )?(?:back )?(?:on |in )?(?:the )?$/;

/** Marks as past what goes on from a time told, and what names the same day again without asking for it. */
export function spreadTold(drafts: readonly Draft[], text: string): void {
  drafts.forEach((draft, index) => {
    const last = drafts[index - 1];
    // From last Friday to Wednesday: the end lies behind as well, or is today.
    const wasBehind =
      last?.day != null && ((last.day.is === "weekday" && (last.day.week ?? 0) < 0) || (last.day.is === "offset" && last.day.days < 0));
    const isHere = draft.day?.is === "weekday" && draft.day.week === 0;
    if (
      last &&
      !draft.past &&
      (last.past ? couldBePast(draft) || isHere : wasBehind && isHere) &&
      GOES_ON.test(text.slice(last.end, draft.at + (draft.bodyAt - draft.at)))
    )
      draft.past = true;
    if (last?.past && !draft.past && couldBePast(draft)) {
      const gap = text.slice(last.end, draft.at);
      const rest = /^[^.!?;。！；]{0,48}[?？]?/.exec(text.slice(draft.end, draft.end + 50))?.[0] ?? "";
      if (AND_ON.test(gap) && !TURNS_AHEAD.test(gap) && !TURNS_AHEAD.test(rest)) draft.past = true;
    }
    if (
      !draft.past &&
      couldBePast(draft) &&
      WAS_SAID.test(textBefore(text, draft.at, 24)) &&
      BROKEN_ZH.test(text.slice(draft.end, draft.end + 24))
    )
      draft.past = true;
  });
  // 九点到,做到十一点: where the end is told the beginning is.
  drafts.forEach((draft, index) => {
    const next = drafts[index + 1];
    if (
      next?.past &&
      !draft.past &&
      draft.day === null &&
      /^(?:到|来|嚟|开始)[,，]?[\u3400-\u9fff]{1,2}到$/.test(text.slice(draft.end, next.at))
    )
      draft.past = true;
  });
  for (const told of drafts) {
    if (!told.past || told.day === null || told.day.is === "offset") continue;
    const day = JSON.stringify(told.day);
    for (const draft of drafts)
      if (!draft.past && JSON.stringify(draft.day) === day && (draft.at < told.at || !ASKED.test(clauseOf(draft, text)))) draft.past = true;
  }
}

/** Leaves out what was promised at a time that is told: you said tomorrow a week ago. */
export function withoutBroken(drafts: readonly Draft[], text: string): Draft[] {
  return drafts.filter((draft, index) => {
    const next = drafts[index + 1];
    return !(
      next?.past &&
      !draft.past &&
      WAS_SAID.test(textBefore(text, draft.at, 24)) &&
      (THAT_WAS.test(text.slice(draft.end, next.at)) || /^ ?ago\b/.test(text.slice(next.end - 3)))
    );
  });
}
