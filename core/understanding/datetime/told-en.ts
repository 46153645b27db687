/** The tense of English around a time: a clause that tells what was done speaks of a time gone by. */
import { textBefore } from "./rule.ts";
import type { Draft } from "./spec.ts";

/** Verbs in -ed that book, promise or ask, and words in -ed that are no verbs: they leave the time open. */
const NO_DEED =
  "(?:need|feed|seed|weed|heed|reed|bleed|breed|speed|greed|indeed|exceed|agreed|shed|sled|bred|hundred|booked|rebooked|scheduled|rescheduled|" +
  "confirmed|arranged|promised|moved|changed|postponed|reserved|planned|supposed|expected|wanted|needed|allotted|assigned|offered|asked|" +
  "requested|interested|cancelled|canceled|pushed|shifted|closed|invited|delayed|hoped|wished|tried|allowed|required|proposed|preferred|" +
  "called|pencill?ed|slotted|squeezed|signed|marked|noted|listed|swapped|finished|cleared|retired|worried|concerned|stuck|tired|based|priced)";
const PAST_VERB =
  `(?:(?!${NO_DEED}\\b)[a-z]{2,}ed|bought|came(?! up)|went|broke|took|sent|spoke|rang|hung|burst|cut|saw|found|fell|brought|paid|wrote|burnt|` +
  "lost|dropped|left|sold|ran|gave|made|knew|felt|heard|met|began|blew|drove|flew|forgot|froze|grew|held|rode|shook|shot|slept|smelt|spent|" +
  "stood|stole|(?<=\\b(?:i|we|he|she|they|it|you|just) )sat|taught|thought|threw|tore|understood|woke|won|caught|built|bit|kept|(?<=\\b(?:i|we|he|she|they|you|already|just|only|wife|husband|son|daughter|mum|dad|kid) )got(?! (?:to|an? (?:slot|space|appointment|appt|gap|day|free|window|meeting|chance|question|problem|job|quick)|any|time|work|slots?|spaces?|something|friday|monday|tuesday|wednesday|thursday|saturday|sunday)\\b)|(?<=\\b(?:i|we|he|she|they|you|guys?|lads?|mans?|engineer|fitter|mechanic|technician|team) )(?:put|set|shut|hit|let)|sank|sang|swung|stank|stung|spilt|bled|slid|struck|snuck|moved (?:in|house|out))";
/** Participles: a cracked pane, is closed, get it fixed tell nothing. */
const NO_VERB_BEFORE =
  "(?<!\\b(?:is|are|am|be|being|get|gets|got|it|to|i'm|we're|you're|it's|the|a|an|my|our|your|this|that|his|her|their|some|new|one|two) )";
const DONE = new RegExp(`${NO_VERB_BEFORE}\\b${PAST_VERB}\\b`);
/** It fixed, it fell: the subject makes it a verb even so. */
const DONE_BY_IT = new RegExp(
  `(?:^|[,.;] ?|\\b(?:and|but|when|because|since|so|then) )(?:it|that|this) (?:just |also |only |all )?${PAST_VERB}\\b`,
);
/** Words that turn such a clause to what is to come. */
const AHEAD =
  /\b(?:can|could|will|would|won'?t|need|needs|want|wants|please|pls|kindly|book|if|should|may|might|shall|going to|gonna|hope|hoping|get|getting|gets|to (?:be|do)|nothing|before|runs?|expires?|ends?|having|due|supposed|promised|scheduled|said|told|asked|says|be|must|slots?|spaces?|any|anything|have (?:the|my|it|our|this|that|them|an?|someone|somebody))\b|'ll\b|\b(?:for|until|till|by|before|to)\s+(?:the\s)?$/;
/** A clause that begins with what is to be done. */
const ORDER =
  /^\W*(?:(?:then|so|ok|okay|just|hi|hello|and|yes|no|right)\W+)*(?:send|fix|replace|check|collect|fit|bring|mend|repair|look|pick|drop|install|come|call|ring|visit|do|make|move|push|let'?s?|see|put|change|cancel|reschedule|try|how about|what about)\b/;
/** After a time without a pause before it: it suits, so it is to come. */
export const SUITS =
  /^[^.!?,]{0,14}\b(?:(?<!\boff )works?|good|fine|ok|okay|suits?|please|pls|possible|would|free|available|best|better|if)\b/;

/** Nothing but a preposition stands between the beginning of the clause and the time. */
const OPENS =
  /(?:^|[,.!?;:-]|\b(?:and|but|so|then))\s*(?:well |oh |again |only |just )?(?:on |at |in |over |during |this |back in |around |about )?(?:the )?$/;

/** If I had known in April. */
const CONTRARY =
  /\bif (?:i|we|you|he|she|they|it|someone)(?:'d| had)(?: not| only)? (?:known|been|had|done|gone|seen|told|come|taken|[a-z]{3,}ed|bought)\b[^.?!]{0,30}$/;
/** Cheers for sorting that on Monday. */
const THANKED =
  /\b(?:thanks|thank you|thx|cheers|ta|grateful|kudos)\b[^.?!]{0,24}\bfor (?:all )?(?:sorting|com(?:ing|in)|fix|mend|help|repair|replac|pick|see|clean|tak|look|deal|go|stay|do|driv|send|bring|lend|mak)[a-z]*\b[^.?!]{0,40}\b(?:on|at|in)(?: the)? $/;
/** It was due in October, should have been ready on the 16th, the email of the 3rd, dated 2 November. */
const BEHIND_BEFORE =
  /\b(?:was|were) (?:meant to be |supposed to be )?(?:due|ready|meant|fine|ok|okay|good|perfect)(?: \w+){0,2} (?:on|in|at|until|till) (?:the )?$|\bshould(?:'ve| have) (?:been|come|arrived|had|got|turned|called|heard|gone|received)\b[^.,!?]{0,24}$|\b(?:dated|issued)(?: on)?:? (?:the )?$|\b(?:email|letter|message|invoice|bill|text|receipt|note|statement|report|photos?|conversation|chat) (?:of|from|dated|on) (?:the )?$|\bsince (?:the|your|my|that|our|his|her|this|he|she|you|they|we|i|it) (?:[a-z']+ ){0,5}(?:on |at |in |back in )?(?:the )?$|(?:^|[,.!?] |\b(?:here|done|fitted|installed|bought|way|was|were) )back (?:in|on) (?:the )?$|\bas of (?:the )?$|(?<!\b(?:come|any|anything|it|do|in|something|visit|slot|arrive|start) )\bearlier (?:on )?$|\b(?:receipt|invoice|bill|statement) (?:says?|shows?|reads?|has) (?:\d{1,2}:\d\d )?(?:on )?$|\bonly (?:last|since) $|\b(?:nobody|no one|never|didn'?t|wasn'?t|weren'?t|not) (?:i |we |one |even )?(?:told|said|tell|mention\w*|warn\w*|inform\w*)\b[^.?!]{0,50}$|\b(?:'ve|have|has)(?: already| now| been)* [a-z]+(?:ed|en|ne)\b[^.?!]{0,16}\b(?:twice|already|times)\b[^.?!]{0,30}$|\b(?:who|which one of you|which of you) (?!can|could|will|would|should)[a-z]+ed\b[^.?!]{0,40}$|\b(?:did|has|have|had) (?:anyone|anybody|someone|the [a-z]+|your [a-z]+|he|she|they|it|you) (?:actually |even |ever )?(?:been|come|arrived|called|gone|left|visited|get|rung|received|fix|do|see)\b[^.?!]{0,30}$/;

/** Copies, reports and money back for a visit: the visit is over. */
const PAPERS_BEFORE =
  /\b(?:report|invoice|bill|receipt|copy|paperwork|photos?|notes|results?|charged?|refund|money back|complain\w*|unhappy|disappointed)\b[^.?!]{0,40}\b(?:from|of|for|about|with) (?:the |my |your |our )?(?:[a-z]+ ){0,2}(?:visit|service|repair|job|work|appointment|test|inspection) (?:on |of |from )?(?:the )?$/;
/** Monday's invoice, Saturday's so-called repair. */
const PAPERS_AFTER =
  /^'s (?:[a-z-]+ ){0,2}(?:invoice|bill|receipt|report|repair|job|work|fiasco|disaster|mess|shambles|messages?|emails?|calls?|charge|payment|letter|text)\b/;

const SUBJECT =
  "(?:i|we|you|he|she|they|it|that|who|which|nobody|no one|someone|somebody|everyone|kids|(?:the|your|my|our|a|that|this) (?:[a-z]+ )?[a-z]+)";
const ADVERB = "(?: (?:just|only|all|also|again|then|never|finally|actually|already|still|even|once|first|last|[a-z]{2,}ly))?";
/** Was and had, unless they lead to a plan: was hoping, was booked for. */
const STATE =
  "(?:was|were|wasn'?t|weren'?t|had|hadn'?t|didn'?t)(?! (?:for|on|at(?! (?:my|the|our|your|home|work))|booked|scheduled|supposed|meant|due|told|promised|hoping|wondering|thinking|going|looking|planning|" +
  "expecting|offered|given|to|free|available|in for|down|set|arranged|confirmed|hoped|agreed|said|asked|(?:an? |my |the )?(?:booking|appointment|appt|slot|visit))\\b)";
/** It broke on Friday. */
const TAIL = "\\b(?: [a-z0-9'-]+){0,7} {1,3}$";
const BY_SUBJECT = new RegExp(`\\b${SUBJECT}${ADVERB} (?:${PAST_VERB}|${STATE}(?= [a-z0-9]))${TAIL}`);
/** After the last word that asks: because it broke on Friday, the door you fitted on Friday; but get it serviced on Friday. */
const BY_OTHERS = new RegExp(
  `\\b(?:(?:because|cos|since|as|that|which|who|when|why|where|what|how|believe|after|say|says) (?:${SUBJECT})?|(?:it|that|this) (?=(?:was|were|had|wasn'?t) )|(?:i|we|you|he|she|they|nobody|someone))${ADVERB} ?` +
    `(?:${PAST_VERB}|${STATE}(?= [a-z0-9]))${TAIL}`,
);
const STATED_BEFORE = new RegExp(`\\b${STATE}(?: [a-z0-9'-]+){1,7} {1,3}$`);
/** Nobody else's doing: I called nine times, the app logged me out. */
const TELLS = new RegExp(
  `^,? ?(?:${SUBJECT}|[a-z' ]{2,24}?)${ADVERB} (?:${PAST_VERB}|${STATE}|called|phoned|asked|tried|finished|closed|signed|cancelled)\\b`,
);
/** Between the time and a comma after it only a subject may begin to tell. */
const NO_SUBJECT = /^,(?! (?:i|we|you|he|she|they|it|the|your|my|our|a|some\w*|nobody|no one|everyone)\b)/;
const RELATIVE = /\b(?:who|which|that|as|where|when|what|why|how|because|cos|since|whether|the [a-z]+ (?:you|he|they|i|we))\b/;

const isDeed = (clause: string): boolean => (DONE.test(clause) || DONE_BY_IT.test(clause)) && !AHEAD.test(clause) && !ORDER.test(clause);

const ASKING = new RegExp(AHEAD.source.slice(0, AHEAD.source.indexOf("|'ll")), "g");
/** The end of a clause after the last word in it that asks, or `null` when nothing in it does. */
function afterAsking(lead: string): string | null {
  const asking = [...lead.matchAll(ASKING)].at(-1);
  return asking === undefined ? null : lead.slice(asking.index + asking[0].length);
}

const OWN_TIME = /\b(?:last time|last (?:week|month|year)|previously|the other day|ago)\b[^.!?]{0,12}$/;

/** Does what leads up to a time tell what was done then? */
function isLedByTale(before: string): boolean {
  const lead = /(?:(?!\b(?:and|but|so)\b)[^,.!?;]){0,64}$/.exec(before)?.[0] ?? "";
  // The guy who came last time, on Friday: the deed has a time of its own.
  if (OWN_TIME.test(lead)) return false;
  // They gave me Friday.
  if (/\b(?:gave|offered|told|promised|texted|emailed) (?:me|us)(?: for)?(?: the)? +$/.test(lead)) return false;
  if (isDeed(lead)) return true;
  // Was it the 24th?
  if (/\b(?:was|were|wasn'?t) (?:it|that|this|we|i)(?: (?:for|on|at|the))* *$/.test(lead)) return false;
  const plain = lead.replace(/(?:\b(?:on|in|at|over|around|about|from|back|all|the|of|during|through) +)+$/, "");
  if (/\b(?:for|to|with|by|before|than|is|are|until|till)(?: +the)? +$/.test(lead)) return false;
  if (STATED_BEFORE.test(plain) && !AHEAD.test(lead) && !ORDER.test(lead)) return true;
  const rest = afterAsking(plain);
  return rest === null ? BY_SUBJECT.test(plain) && !ORDER.test(plain) : BY_OTHERS.test(rest);
}

/** Does the clause that a time opens tell what was done then (on Sunday night the heating just packed in)? */
function isFollowedByTale(draft: Draft, text: string): boolean {
  const after = text.slice(draft.end, draft.end + 76);
  if (NO_SUBJECT.test(after) || text.charAt(draft.end - 1) === ".") return false;
  const rest = /^,?((?:(?!\b(?:so|and can|and could)\b)[^,.!?;]){0,64})/.exec(after)?.[1] ?? "";
  const verb = TELLS.exec(rest);
  return (verb !== null && !RELATIVE.test(verb[0]) && !AHEAD.test(rest) && !ORDER.test(rest)) || (isDeed(rest) && !RELATIVE.test(rest));
}

/** Should have come, could not get through, had to wait: over, though said with words that ask. */
const settled = (lead: string): string =>
  lead
    .replace(/\b(?:could|would|should|might|must|may)(?:n'?t| not)?(?:'ve| have| of) (?=[a-z])/g, "was ")
    .replace(
      /\b(?:couldn'?t|could not|wouldn'?t|would not) (?!you\b|we\b|it\b|they\b|i\b|he\b|she\b|be\b|mon|tue|wed|thu|fri|sat|sun)[a-z]+/g,
      "wasn't there",
    )
    .replace(/\bhad to [a-z]+/g, "was there");

/** The compensation you offered on Tuesday is an insult. */
const OFFER_BEFORE =
  /\b(?:the|this|that) (?!slot|time|appointment|appt|visit|day|date|one)[a-z]+ (?:that )?(?:you|he|she|they|we|i) (?:offered|promised|quoted|agreed|sent|gave|asked|signed|requested)(?: me| us)? (?:on |in |at )?(?:the )?$/;
/** From this morning: whoever wrote or called then. */
const toPresentPart = ({ day, part, to }: Draft): boolean => day?.is === "offset" && day.days === 0 && part !== null && to === null;

/** Does the English around a time tell that it lies behind? */
export function isToldInEnglish(draft: Draft, text: string, since: number): boolean {
  const before = settled(textBefore(text, draft.at, Math.min(80, Math.max(0, draft.at - since))));
  const after = text.slice(draft.end, draft.end + 40);
  const said = text.slice(draft.at, draft.at + 8);
  if (CONTRARY.test(before) || THANKED.test(before) || PAPERS_BEFORE.test(before)) return true;
  if (OFFER_BEFORE.test(before) && /^ (?:is|was|has|had|isn'?t|wasn'?t|doesn'?t)\b/.test(after)) return true;
  if (/^from/.test(said) && toPresentPart(draft) && !/^ on/.test(after)) return true;
  if (draft.day?.is === "weekday" && PAPERS_AFTER.test(after)) return true;
  const toPresent = (draft.day?.is === "offset" && draft.day.days === 0) || draft.day === null;
  if (BEHIND_BEFORE.test(before) && !(draft.day === null && draft.clock !== null)) return true;
  if (/^as of/.test(said) && toPresent) return true;
  // The invoice from Monday's visit; never a problem before Monday.
  if (/^from/.test(said) && /^'s (?:visit|service|repair|job|call|work)\b/.test(after)) return true;
  if (draft.bound === "before" && /\bnever (?:had|been|happened|did|saw|a )[^.?!]{0,40}$/.test(before)) return true;
  if (draft.bound !== null && draft.bound !== "after" && !/^(?:unti|til|from)/.test(said)) return false;
  if (SUITS.test(after.slice(0, 24))) return false;
  if (isLedByTale(before)) return true;
  return draft.day !== null && OPENS.test(before) && isFollowedByTale(draft, text);
}
