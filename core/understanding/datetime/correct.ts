/** What a message takes back: times refused, times corrected, times moved from, times gone by. The final one comes first. */
import { gather } from "./gather.ts";
import { isPassing } from "./passing.ts";
import { spreadTold, withoutBroken } from "./retold.ts";
import { textBefore } from "./rule.ts";
import { deltaOn } from "./shifted.ts";
import type { Draft } from "./spec.ts";
import { ASKED, clauseOf, markTold } from "./told.ts";

const NEGATED =
  /(?:(?<![是要])(?:不要|不是|不约|不选|不想要?|不用|不在)|没(?:排|约|赶|轮)[到上]|只要不是|唔好|咪|(?<![特分个级性识])别|除(?:了|咗|开|左|去)|唔要|唔系|唔使|\b(?:neither|nor)\b|\bno need(?: to (?:come|visit|call|send (?:any|some)(?:one|body)|do (?:it|this|that)))?(?: out| round| by| over)?|\bnot(?! (?:before|until|till))|no longer|isn'?t|instead of|rather than|except(?: for)?|anything but|any ?(?:day|time|date|one|morning|afternoon|evening)? (?:but|except|bar)|can'?t (?:do|make)|cannot (?:do|make)|don'?t want|not available|unavailable|can'?t|won'?t be (?:in|here|home|back|there|around|free|able to (?:make|come|do)(?: it)?)|(?:don'?t|do not|can'?t|can ?not|couldn'?t|unable to|not able to|won'?t) (?:come|make|do|be|get|attend|bring|drop|take|collect|wait)(?: (?:it|in|there|home|back|here|off|the car|my car|at|to|your|workshop|until|till)){0,4}|can'?t (?:take|answer) (?:any )?(?:calls?|the phone|my phone|it)|\b(?:busy|away|tied up|fully booked|not (?:in|home|free|here|around)))(?: it| on| at| for| in| the| whole| all| of|约|在|改到?){0,3}\s{0,3}$/;
const REFUSED_ZH =
  /^(?!，?(?:到时|如果|要是|万一|若))，?[^,，。.!！?？;；、]{0,6}?(?:(?<![行可])不行(?!不|的话|就|再)|(?<!有)没有?空|(?<!有)没有?时间|(?<!方)不方便|(?<!在)不在(?!线|乎)|(?<!得)不得闲|(?<!得)唔得闲|(?<!有)冇空|(?<!有)冇时间|(?<!方)唔方便|(?<!得)唔得|有事|我(?:要|得|在|都)?上班|唔喺|返紧工|返緊工|我要返工|(?:别|不要)再?(?:给我)?(?:打|发|推|吵)|来不了|来不及|去不了|到不了|赶不上|过不[来去]|回不[来去]|去唔到|嚟唔到|返唔到|[嚟来去]不到|赶唔[到切]|(?:不要|别|不用|唔使|唔好)再?[来嚟]|别算|(?:不用|唔使)住?(?=[,，。]|$)|(?:午休|睡午觉|午睡|吃饭|食饭|开会|上课)(?!之?前|以前|完|之?后|以后)|不算数|作废|约满|排满|(?<![可以])不可以|(?<!合)不合适|太早|太晚|太迟|太赶|太紧|太急|够呛|满了|不要了)(?![吗么嘛没?？])/;
const REFUSED_EN =
  /^\s*\? ?(?:no\b|nope|afraid not|can'?t)|^\s*(?:(?:doesn'?t|didn'?t|does not|won'?t|will not|don'?t|no longer|can'?t)\s+(?:work|suit|do|be|fit|go)|(?:isn'?t|is not|wouldn'?t be|won'?t be)\s+(?:good|possible|convenient|an option|ok|great|available|going)|(?:is |are |'s )?(?:no good|not (?:ok|okay|good|possible|convenient|suitable|gonna work)|can ?not (?:make|come|do)|no ?(?:one|body) (?:is |will be |'s )?(?:at )?(?:home|in|here|there)|impossible)|(?:is|are|'s) (?:out\b|bad|full|too (?:late|early|soon)|impossible|not)|,? ?(?:i'?m|i am|we'?re|we are) (?:busy|away|out|not|working|unavailable|fully)|,? ?(?:i|we) (?:can'?t|cannot|won'?t|have (?:work|a meeting)))/;
/** Not come before three, 三点前别来: only from then on. */
const NEVER_BEFORE = /(?:\b(?:don'?t|do not|not|can'?t|can ?not|won'?t|nobody|no one|no)\b[^.?!,;]{0,24}|(?:不要|不能|别|唔好)(?:在|喺)?)$/;
const NOT_YET_ZH = /^(?:都|先|请)?(?:别|不要|唔好|不能|不用|没空|不在|唔喺|没有?人|冇人|唔得)(?!太|晚)/;
const NEVER_BOOKED = /\b(?:didn'?t|did not|never) (?:book|order|ask|arrange|request|agree)(?: [a-z]+){0,4} (?:for|on|to|with) +(?:the )?$/;
/** Not this Friday, the one after; but the following one. */
const ONE_AFTER = /^,? ?(?:but |rather |make it )?(?:the )?(?:(?:one|week) after|following (?:one|week)|next one)\b/;
const RETRACTED =
  /(?:不对|不不|(?:^|[,，。.…!！~\s])(?:哦|啊|噢|呃|额)?不(?:[,，…。.\s]|是)|错了|说错|打错|搞错|记错|写错|讲错|口误|应该是|更正|算了|唔系|(?:^|[,，.;!…-]\s*|\b(?:oh|uh|um|er|ah)\s+)no(?:[,.!\s]|$)|\bno wait|\bwait\b|\bsorry\b|i mean|i meant|\bactually\b|scratch that|correction|make (?:it|that|this)|or rather|\bshould (?:be|say|read|have been) (?:on |the |for )*$|\boops\b|my mistake|strike that|\bnope\b|\bi\.?e\b\.?)/;
const MOVED =
  /(?:改(?:成|到|为|约|在|去|做|返|埋去|期到|期至|至)|(?:换|挪|搬|变|推|延|调|移|转|提|顺延|推迟|推后|延后|延期|延迟|提前|提早|调整|押后)(?:成|到|至|去|做)|变成|(?:改|换|转|变)(?:一下)?\s*$|(?:chang|mov|reschedul|push|switch|swap|shift|postpon|bring|rebook)\w*\b[^.?!]{0,24}\b(?:to|for|until|till)\s*(?:the\s)?$|^(?:'s)?(?: \w+){0,4} be\s*(?:the\s)?$|\binstead\b)/;
const MOVING_BEFORE = /\b(?:chang|mov|reschedul|push|switch|swap|shift|postpon|bring|rebook)\w*\b[^.?!]{0,60}$/;
const STILL = /(?:[,，。.…!！;;\s]|算了)还是(?:约|改)?(?:在|到)?$/;
const ALTERNATIVE = /(?:或者?|还是|要么|\bor\b|、|\/)/;

const SAME_TIME = /same time|同一时间|同样的?时间|时间不变|同个时间|一样的?时间|相同时间|原来的?时间|同时段/;
/** The time of a booking that exists: 约了明天两点, my Thursday appointment. */
const BOOKED_BEFORE =
  /\bwas (?:booked )?(?:for |on |at )?(?:the )?$|(?:约了|约的|约好|约在|预约了?|预定|原定|原先|原本约?|原来约?|本来[约定]?|定的|定在|排的|排在|订了|订的|之前说)(?:的|是|在|好)*$|\b(?:booked|booking|appointment|appt|slot|visit|scheduled|reservation|down|i have|i've got|we have)\b(?: \w+){0,3}?(?: (?:for|on|at|is|was))? ?(?:the )?$|\b(?:my|our) (?:\w+ )?$/;
const BOOKED_AFTER =
  /^(?:的|那个|那单|那次)+(?:预约|工单|上门|单|安装|保养|维修|约|订单|那|时间)?|^(?:'s)? (?:\w+ )?(?:appointment|appt|booking|slot|visit)\b/;
const CHANGE =
  /改|换个?(?:时间|日子|天)|调整|挪|推迟|延后|延期|提前|顺延|reschedul|\bchang|\bmov(?:e|ing)\b|\bpush|postpon|\binstead\b|(?:another|different|other) (?:day|time)|something (?:has |'s )?(?:came|come) up/;

const CANCELS = /取消|退掉|撤[了单掉]|不约|唔约|别来|不用来|唔使嚟|\bcancel|\bcall(?:ing)? off|\bscrap\b|(?:don'?t|do not|no need to) come/;

const PREFERRED =
  /(?:最好(?:是|能)?|优先|首选|尽量(?:安排)?(?:在)?|不如|要不|干脆|那就|大概|暂定|先定|就定|最终以|(?<!可)以|\b(?:must be|has to be|ideally|preferably|i'?d (?:prefer|rather)(?: have| do)?|would prefer|prefer))(?: on| the|约|在)?\s*$/;

const PREFERRED_AFTER =
  /^ (?:pref\b|preferred|for preference|ideally|(?:is|would be|'d be) (?:best|ideal|preferable))|^，?(?:会|比较|更)?(?:好些|好一点|好啲|更好|比较好|更方便|最好)/;
const PREFERRED_SAID = /\bbetter\b/;

interface Relation {
  readonly negated: boolean;
  /** How the draft stands to the one before it. */
  readonly to: "none" | "retract" | "move" | "or";
}

function relate(draft: Draft, last: Draft | undefined, next: Draft | undefined, text: string): Relation {
  const gap = text.slice(last?.end ?? Math.max(0, draft.at - 24), draft.at);
  const near = gap.slice(-36);
  const after = text.slice(draft.end, Math.min(next?.at ?? text.length, draft.end + 24));
  const question = /^[^,，。.!！;;]{0,10}[吗么嘛?？]/.test(after) && !/^\s*\? ?(?:no|nope|afraid|can'?t)\b/.test(after);
  // Not home until six: free after it.
  if (
    draft.bound === "by" &&
    /^unti|^til/.test(text.slice(draft.at)) &&
    !/\bwait +$/.test(textBefore(text, draft.at, 8)) &&
    (NEGATED.test(textBefore(text, draft.at, 24)) || /\bnot +$/.test(textBefore(text, draft.at, 6)))
  ) {
    draft.bound = "after";
    return { negated: false, to: "none" };
  }
  // Cannot come before three: from three on.
  if (draft.bound === "before" && draft.to === null && (NEVER_BEFORE.test(textBefore(text, draft.at, 40)) || NOT_YET_ZH.test(after))) {
    draft.bound = draft.clock === null ? "from" : "after";
    return { negated: false, to: "none" };
  }
  // Not this Friday, the one after.
  if (draft.day?.is === "weekday" && NEGATED.test(textBefore(text, draft.at, 24)) && ONE_AFTER.test(after)) {
    draft.day = { is: "from", base: draft.day, days: 7, months: 0 };
    return { negated: false, to: "none" };
  }
  const negated = NEGATED.test(textBefore(text, draft.at, 24)) || (!question && (REFUSED_ZH.test(after) || REFUSED_EN.test(after)));
  // I didn't book anything for today.
  if (NEVER_BOOKED.test(textBefore(text, draft.at, 48))) return { negated: true, to: "none" };
  // What lies behind corrects nothing: 明天两点来吧,不好意思昨天忙.
  if (!last || draft.past) return { negated, to: "none" };
  // 不行的话再改周六 keeps the first and names a second.
  const conditional =
    /(?:如果|要是|万一|不行|不然|否则|(?<=[\u3400-\u9fff]{2})的话|\bif\b|\botherwise\b)[^,，。]{0,8}(?:再|就)?改?[^,，。]{0,3}$/.test(near);
  if (conditional) return { negated, to: "or" };
  // Come at ten instead, tomorrow: one time in two pieces.
  const isRest = last.day === null && last.clock !== null && draft.day !== null && draft.clock === null && draft.part === null;
  if (isRest && /^\s{0,3}instead\b[\s,]{0,3}(?:on\s)?$/.test(gap)) return { negated, to: "none" };
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
  // We said Saturday morning, could it be the afternoon?
  if (
    /\b(?:could|can) (?:it|we|that|you) (?:be|do|make it|have)(?: in)? +$/.test(textBefore(text, draft.at, 24)) &&
    draft.day === null &&
    last.day !== null
  )
    return { negated, to: "retract" };
  // I said two, but three is better.
  if (
    /\bbut (?:the )?$/.test(gap) &&
    /^ (?:is|would be|will be|'s|suits|works)(?: \w+)? (?:better|best|easier|safer|preferable|me)\b/.test(after)
  )
    return { negated, to: "retract" };
  // After New Year, say January 4th: the vague one is made precise.
  if (/^[\s,]{0,3}(?:let'?s )?say (?:on )?(?:the )?$/.test(gap) && draft.day !== null) {
    last.bound = null;
    return { negated, to: "retract" };
  }
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
    // Half past seven instead of eight is in the morning, as eight is.
    const [was, now] = [wrong.clock, right.clock];
    if (
      was !== null &&
      now !== null &&
      was.half !== "pm" &&
      now.half === null &&
      was.hour >= 8 &&
      was.hour < 12 &&
      now.hour >= 6 &&
      now.hour < 8
    )
      right.clock = { ...now, half: "am" };
  } else if (whole && right.part === null && right.clock === null && wrong.to === null) {
    right.part = wrong.part;
    right.clock = wrong.clock;
    right.bound ??= wrong.bound;
  }
}

const isBareDay = ({ clock, part, to, shift }: Draft): boolean => clock === null && part === null && to === null && shift === null;

/** Drafts that stand, the final one first. */
export function correct(drafts: readonly Draft[], text: string): Draft[] {
  const meant = drafts.filter((draft) => !draft.recurring && !isPassing(draft, text));
  meant.forEach((draft, index) => markTold(draft, text, meant[index - 1]?.end ?? 0, meant[index + 1]?.at ?? text.length));
  spreadTold(meant, text);
  const live = withoutBroken(meant, text);
  const relations = new Map<Draft, Relation>();
  live.forEach((draft, index) => {
    relations.set(
      draft,
      relate(
        draft,
        live.slice(0, index).findLast((one) => !one.past),
        live[index + 1],
        text,
      ),
    );
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
  for (const draft of live) {
    const booked = BOOKED_BEFORE.test(textBefore(text, draft.at, 48));
    draft.delta = deltaOn(draft, text, booked);
  }
  const kept: Draft[] = [];
  const moved = new Set<Draft>();
  let wrong: Draft | null = null;
  for (const draft of live) {
    const relation = relations.get(draft);
    if (relation?.negated) {
      // Saturday not Sunday, 10am: the hour is that of the day kept.
      const stands = kept.at(-1);
      if (
        stands &&
        !stands.past &&
        stands.day !== null &&
        isBareDay(stands) &&
        /^[\s,]{0,3}(?:and |but )?not (?:on |the )?$/.test(text.slice(stands.end, draft.at))
      ) {
        stands.clock = draft.clock;
        stands.part = draft.part;
      }
      wrong = draft;
      continue;
    }
    const last = kept.findLast((one) => !one.past);
    const refused = wrong;
    if (refused !== null && (relation?.to === "move" || relation?.to === "retract" || draft.day === null)) {
      if (refused.day !== null && draft.at - refused.end <= 30) keepRest(refused, draft, false);
    } else if (refused !== null && isBareDay(draft) && SAME_TIME.test(text)) {
      keepRest(refused, draft, true);
    } else if (relation?.to === "retract" && last) {
      keepRest(last, draft, true);
      kept.splice(kept.lastIndexOf(last), 1);
    } else if (relation?.to === "move" && last) {
      keepRest(last, draft, SAME_TIME.test(text));
      moved.add(last);
    }
    wrong = null;
    kept.push(draft);
  }
  // A cancellation names the booking by its day, refused or not.
  if (kept.length === 0 && CANCELS.test(text)) return live;
  const apart = (one: Draft, other: Draft): boolean => {
    const relation = relations.get(other)?.to ?? "none";
    return moved.has(one) || moved.has(other) || relation === "move" || relation === "retract" || relation === "or";
  };
  const gathered = gather(kept, text, apart);
  const standing = gathered.filter((draft) => !moved.has(draft));
  return [...wishesFirst(standing, text), ...gathered.filter((draft) => moved.has(draft))];
}

/** What the customer does elsewhere then: it says when not to come. */
const OWN_BUSINESS =
  /\b(?:fly(?:ing)? (?:out|home|to|back)|leav(?:e|ing) (?:for|town|the country)|on holiday|go(?:ing)? away|off to|travel(?:l?ing)? to|dentist|exam|funeral|wedding|interview|(?:have|got|in) (?:a |another )?(?:meeting|class|doctor)|my (?:shift|class|meeting|flight|train|lecture) (?:ends|finishes|starts|is|leaves)|(?:we|i|my [a-z]+|the (?:shop|office|school|nursery)) (?:opens?|closes?|shuts?)|(?:we|i|he|she|my [a-z]+|the [a-z]+) (?:leaves?|departs?|sets? off|gets? off|finish(?:es)?|knocks? off|clocks? off))\b|[先才](?:下班|放工|到家|返到?|放学|收工)|出差|要?飞|要?用车|外地|出远门|回来(?!吗)|[回返] ?$|要上班|开会|考试|面试|结婚/;

/** Tomorrow's Sunday, so Monday. */
const STATED_DAY = /^tomorrow(?:'s| is) (?:a )?(?:mon|tues|wednes|thurs|fri|satur|sun)day$/;

/** The clause with the time itself in it. */
const ownClause = (draft: Draft, text: string): string => {
  const [before = "", after = ""] = [textBefore(text, draft.at, 40), text.slice(draft.end, draft.end + 24)];
  return `${/(?:(?!\b(?:so|but)\b)[^,，。.!！?？;；])*$/.exec(before)?.[0] ?? ""}${text.slice(draft.at, draft.end)}${/^(?:(?!\b(?:so|but)\b)[^,，。.!！?？;；])*/.exec(after)?.[0] ?? ""}`;
};

/**
 * Of several times the one that is asked for comes first: 我明天出差,周六可以上门 wants Saturday. Alternatives keep their order, and so
 * does everything when no clause asks or all do.
 */
function wishesFirst(drafts: readonly Draft[], text: string): readonly Draft[] {
  if (drafts.length < 2) return drafts;
  const preferred = drafts.find(
    (draft) =>
      PREFERRED.test(textBefore(text, draft.at, 24)) ||
      PREFERRED_AFTER.test(text.slice(draft.end, draft.end + 20)) ||
      PREFERRED_SAID.test(text.slice(draft.at, draft.end)),
  );
  if (preferred) return [preferred, ...drafts.filter((draft) => draft !== preferred)];
  const elsewhere = drafts.filter((draft) => OWN_BUSINESS.test(ownClause(draft, text)) || STATED_DAY.test(text.slice(draft.at, draft.end)));
  if (
    elsewhere.length > 0 &&
    elsewhere.length < drafts.length &&
    elsewhere.includes(drafts[0] as Draft) &&
    !drafts.some((draft) => draft.past)
  )
    return [
      ...wishesFirst(
        drafts.filter((draft) => !elsewhere.includes(draft)),
        text,
      ),
      ...elsewhere,
    ];
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
