/** Permission by kind, and the words by which customers give and take it. */
import type { Consent, CustomerFile } from "../customers/state.ts";
import { CARE_KINDS, type CareKind, type CareSettings } from "../profile/care-schema.ts";
import type { Instant } from "../time.ts";

/** May a kind be sent to this customer? Neither the word for all nor the one for the kind forbids it; unsaid, the profile decides. */
export function mayReceive(customer: Pick<CustomerFile, "consents">, kind: CareKind, settings: CareSettings): boolean {
  const all = customer.consents["care"];
  const one = customer.consents[`care.${kind}`];
  if (all?.allowed === false || one?.allowed === false) return false;
  return one?.allowed === true || settings.withoutConsent.includes(kind);
}

/** What kinds the words speak of, in three languages; none named = all. */
const NAMED: Readonly<Record<CareKind, RegExp>> = {
  greeting:
    /节日|節日|生日|祝福|问候|問候|祝贺|祝賀|贺卡|賀卡|拜年|关怀|關懷|birthday|greeting|holiday|festi(?:val|ve)|wishes|congratulat|season'?s/i,
  campaign:
    /广告|廣告|推销|推銷|营销|營銷|行銷|促销|促銷|优惠|優惠|活动|活動|推广|推廣|特价|特價|折扣|\bads?\b|advert|promo|marketing|offers?\b|deals?\b|discount|sales? (?:message|text)|newsletter|spam/i,
  survey: /回访|回訪|调查|調查|问卷|問卷|打分|评价|評價|评分|評分|满意度|滿意度|survey|questionnaire|feedback|rating|rate you/i,
  reminder:
    /提醒|到期|保养通知|保養通知|年检通知|年檢通知|通知保养|通知保養|\bremind(?:er|ers|ing|me)?\b|(?:service|maintenance|inspection|insurance) (?:notice|message|text|alert)/i,
};

/** Words that mean everything, whatever else is named. */
const EVERYTHING =
  /所有|全部|一切|任何|什么都|什麼都|统统|統統|通通|都不要|都别|都別|\b(?:all|any|every|everything|anything)\b(?! (?:the )?(?:best|right|good))/i;

/**
 * Kinds that a wish to stop or to resume is about.
 *
 * @returns `null` = all
 */
export function kindsNamed(text: string): readonly CareKind[] | null {
  if (EVERYTHING.test(text)) return null;
  const found = CARE_KINDS.filter((kind) => NAMED[kind].test(text));
  return found.length === 0 || found.length === CARE_KINDS.length ? null : found;
}

/** What a wish to stop spares, in the same breath: "except reminders", "keep the reminders", 除了提醒, 只要提醒. */
const SPARED: readonly RegExp[] = [
  /\b(?:except(?:ing)?(?: for)?|apart from|other than|but not|(?:only|just) (?:send|want|need))\b[^,.;!?]*/gi,
  /\b(?:(?:keep|leave)(?! (?:me|on|\w+ing)\b)|(?<!\b(?:you|they|guys|u) )still (?:want|need|like|send))\b[^,.;!?]*/gi,
  /(?:除了|除咗|除开|除開)[^，,。；;！!？?]*?(?:以外|之外|(?=都|全|其[他它余餘]|一律|[，,。；;別别不]|$))/g,
  /(?:只(?:要|留|收|想收|发|發|传|傳)(?![是有])|[仅僅](?:要|留|收))[^，,。；;！!？?]*/g,
];
/** Clauses that spare what they name: 提醒照发, 提醒可以继续发, 提醒还要… */
const SPARES = /照[发發传傳]|(?:继续|繼續|可以)[发發传傳收]|(?:还|還|仍|仍然|还是|還是)(?:要|需要)的?[了啦哦喔吧\s]*$|保留|[留][着著]/;
/** …unless they refuse or complain of it: 别继续发广告, 怎么还继续发, 照发不误. */
const REFUSES = /别|別|不|勿|怎么|怎麼|为什么|為什麼|老是|一直|[误誤]/;

/**
 * Kinds that a wish to stop is about, without those it spares.
 *
 * @returns `null` = all
 */
export function kindsToStop(text: string): readonly CareKind[] | null {
  const sparing = [
    ...SPARED.flatMap((pattern) => text.match(pattern) ?? []),
    ...text.split(/[，,。.；;！!？?\n]/).filter((clause) => SPARES.test(clause) && !REFUSES.test(clause)),
  ];
  const spared = CARE_KINDS.filter((kind) => sparing.some((part) => NAMED[kind].test(part)));
  if (spared.length === 0 || spared.length === CARE_KINDS.length) return kindsNamed(text);
  const rest = sparing.reduce((left, part) => left.replace(part, " "), text);
  const named = (kindsNamed(rest) ?? []).filter((kind) => !spared.includes(kind));
  return named.length > 0 ? named : CARE_KINDS.filter((kind) => !spared.includes(kind));
}

/**
 * The consents after a wish. Asked back for one kind after a stop of all, the others stay stopped.
 *
 * @param named kinds, `null` = all
 * @param source the inbox entry
 */
export function withConsent(
  consents: CustomerFile["consents"],
  named: readonly CareKind[] | null,
  allowed: boolean,
  at: Instant,
  source: string,
): Readonly<Record<string, Consent>> {
  const said: Consent = { allowed, at, source };
  const next: Record<string, Consent> = { ...consents };
  if (named === null) {
    next["care"] = said;
    for (const kind of CARE_KINDS) if (allowed || next[`care.${kind}`] !== undefined) next[`care.${kind}`] = said;
    // Back in for everything is no wish for advertising that was never agreed to.
    if (allowed && consents["care.campaign"] === undefined) delete next["care.campaign"];
    return next;
  }
  if (allowed) {
    if (next["care"]?.allowed === false)
      for (const kind of CARE_KINDS) if (!named.includes(kind)) next[`care.${kind}`] = { ...next["care"]!, allowed: false };
    next["care"] = said;
  }
  for (const kind of named) next[`care.${kind}`] = said;
  return next;
}
