/**
 * What English says in more shapes than a table of words holds: refusals of messages in which other words stand between verb and thing,
 * our work told by its day alone (serviced Friday, oil light Sunday), and praise, which speaks of our people as blame does.
 */

/** Things sent to customers, as they name them when they want fewer. */
const SENT =
  "texts?|txts?|messages?|msgs?|sms|emails?|mails?|calls?|ads?|adverts?|promos?|promotions?|newsletters?|notifications?|reminders?|alerts?|offers?|deals?|coupons?|vouchers?|discounts?|surveys?|questionnaires?|feedback|greetings?|wishes|tips|digests?|bulletins?|mail-?outs?|mailings?|broadcasts?|blasts?|nudges?|pings?|pushes|spam|junk|marketing|stuff|robocalls?|follow-?ups?|subscriptions?|whatsapps?|advertising";
/** Sending, done to the customer. */
const SENDING =
  "text(?:ing)?|txt(?:ing|in)?|messag(?:e|ing)|msg(?:ing)?|whatsapp(?:ing)?|email(?:ing)?|contact(?:ing)?|remind(?:ing)?|nag(?:ging)?|bug(?:ging)?|pester(?:ing)?|spam(?:ming)?|harass(?:ing)?|ping(?:ing)?|disturb(?:ing)?|advertis(?:e|ing)";
const NOT = "don't|dont|dnt|dun|do not|didn't|no need to|needn't|need not|never|not to|stop|quit|cease|prefer you didn't|rather you didn't";
/** What one is taken off when a visit is meant: a day's list, a diary. */
const OFF_VISITS =
  /\b(?:off|out of|from|on) (?:(?:the|your|my|that|this) )?(?:waiting list|wait list|schedule|rota|roster|diary|calendar|(?:today|tomorrow|saturday|sunday|monday|tuesday|wednesday|thursday|friday)'?s list|list (?:for|on) (?:today|tomorrow|saturday|sunday|monday|tuesday|wednesday|thursday|friday|the \d))\b/g;

const FEWER = [
  `\\b(?:${NOT}) (?:ever |please |pls |be |keep )?(?:${SENDING})\\b`,
  `\\b(?:${NOT})(?: [\\w']+){0,2} send(?:ing)? (?:me|us|him|her|my \\w+|any|more|these|those|this|that|again|stuff|out)\\b`,
  `\\b(?:don't|dont|do not|dun|don) send(?: any ?more| again| la| leh| le| liao| alr| pls| please)?[.!]*$`,
  `\\b(?:turn|switch|shut) (?:[\\w']+ ){0,4}(?:${SENT})(?: [\\w']+){0,2} off\\b`,
  `\\b(?:disable|deactivate|untick|unfollow|skip|halt|terminate|discontinue|withdraw|refuse|reject|hate|tired of|sick of|bored of|fed up with|enough of|enough with|spare me|save me|easy on|over|not keen on|not a fan of|don't like|don't read|never read|no use for|not interested in)(?: [\\w']+){0,3} (?:${SENT})\\b`,
  `\\b(?:${SENT})(?: [\\w']+){0,4} (?:not|aren't|isn't|no longer|un)(?: ?(?:needed|necessary|required|wanted|useful|welcome|for me))`,
  `^(?:please |pls |and )?no(?: more)?(?: [\\w']+){0,3} (?:${SENT})(?: [\\w']+){0,3}[.!]*$`,
  `\\b(?:too many|so many|fewer|less|another|one more|enough)(?: [\\w']+){0,3} (?:${SENT})\\b`,
  `\\b(?:take|get|cross|strike|scratch|leave|count|keep|drop|pull|remove|delete|rmv|rm|tk) (?:me|us|him|her|both|this|my|our|the)?(?: [\\w']+){0,3} (?:off|out|from)\\b(?: (?:of|your|the|this|that|all|any|these|those|ur))*(?: [\\w'-]+)? ?(?:list|lists|database|contacts|mailing|mailout|campaigns?|newsletters?|group|rota of|broadcast|system|${SENT})\\b`,
  `\\b(?:keep|keeps|kept) (?:on )?(?:${SENDING}|sending|wishing|asking|offering) (?:me|us|him|her|my|to)\\b`,
  "\\b(?:take|get|strike|count|leave|keep) (?:me|us|him|her|it) (?:off|out)(?: please| pls| then| now)?[.!?]*$|\\b(?:want|be|am|come|get|how do i get) (?:off|out of) (?:this|the|your|these|those|it) ?(?:list|lists|thing|group|mailing|texts?|messages?)?[.!?]*$",
  `\\b(?:end|cease|stop|cut|ditch|bin|break off|silence) (?:those|these|this|it|them)\\b.{0,40}\\b(?:${SENT})\\b|\\b(?:${SENT})\\b.{0,60}\\b(?:stop|end|cease|remove|enough|no more|silence|make it stop|take (?:me|her|him|us) off|leave me (?:alone|be))\\b`,
  "\\b(?:wrong (?:number|person|guy|man)|not my (?:car|number|name)|no longer (?:my|own|have|drive|a customer|the owner)|new (?:owner|number))\\b.{0,60}\\b(?:text|texts|texting|remind\\w*|messag\\w*|remove|stop|list|writing|getting)\\b",
  "\\bunsub\\w*\\b|\\buns[a-z]{0,3}[bs]c?r?i?b[a-z]*\\b|\\bwithdraw (?:my )?consent\\b|\\bconsent (?:is )?(?:revoked|withdrawn)\\b|\\bdo not disturb\\b|\\b(?:never|didn't|did not|don't|do not) (?:agree|consent|sign|ask|opt)(?:ed)?(?: up| in)? (?:to|for|in)\\b",
];
const FEWER_MESSAGES = new RegExp(FEWER.join("|"));

/** Work that customers name by its day when they come back with what followed. */
const WORK =
  "serviced|repaired|fixed|mended|cleaned|installed|fitted|replaced|changed|swapped|painted|sprayed|gassed|regassed|washed|aligned|rebuilt|adjusted|sealed|collected|delivered|overhauled|resprayed|reset|calibrated|balanced";
const WORK_NOUN =
  "service|repair|visit|alignment|wash|clean|cleaning|update|fitting|installation|install|overhaul|flush|respray|oil change|tyre change|calibration|handover|delivery|replacement|rebuild|regas|tune-up|treatment|recall|last time|job";
const OUR_WORK = new RegExp(
  `\\b(?:since|after|following|right after|days? after|weeks? after|hours? after) (?:the |that |my |our |its |last |this )?(?:[\\w']+ ){0,2}(?:${WORK_NOUN})\\b|\\b(?:${WORK})(?: [\\w']+){0,2} (?:on |in |last |this |just )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|last week|last month|last year|january|february|march|april|may|june|july|august|september|october|november|december|this morning|in the spring|in summer)\\b|\\bsince (?:collecting|collection|i (?:got|collected|picked)|the (?:man|lad|guy|technician|engineer|fitter|installer))\\b|\\bout of your hands\\b|\\b(?:second|third|fourth|fifth|2nd|3rd|4th|5th|\\d+(?:st|nd|rd|th)) (?:visit|time|no.?show|repair|attempt|technician|engineer)\\b`,
);

/** Pleased with people or work. */
const PLEASED =
  /\b(?:lovely|brilliant|splendid|super|gentleman|patient|polite|kind|helpful|professional|spotless|faultless|flawless|impressed|delighted|chuffed|grateful|thankful|happy|happier|pleased|satisfied|perfect|perfectly|excellent|outstanding|wonderful|fantastic|amazing|awesome|great|superb|top (?:bloke|job|man|lad|notch|work)|hats off|well done|good (?:job|work|lad|man)|nice (?:work|job|one|lad|fella)|kudos|compliments?|bless (?:him|her|you|them)|legends?|heroes|hero|saved (?:my|our|the)|credit where|can'?t fault|cannot fault|never let (?:me |us )?down|recommend(?:ing)?|on time and|hat's off|respect|star|a treat|like (?:new|a dream|butter|a charm)|good as new|thanks?|thank you|appreciated?)\b/;
/** The trouble is over. */
const MENDED =
  /\bno (?:more )?(?:leaks?|drips?|noise|smell|rattle|trouble|problems?)\b|\b(?:leak|noise|rattle|smell|drip|squeak|light)(?:'s| is| has) gone\b|\b(?:works?|working|runs?|running|purring|humming|cooling) (?:again|perfectly|fine|great|nicely|well|beautifully|like)\b|\bnot a (?:peep|drip|drop|squeak)\b|\bit'?s fixed\b|\bnever (?:looked|ran|worked|cleaner)\b/;
/** What spoils praise: it was ironic, or there is more to say. */
const SPOILED =
  /\b(?:but|except|however|although|though|broke\w*|breaking|worse|still|again|yet|flood\w*|ruin\w*|scratch\w*|wrong|late|nobody|nothing|wait\w*|charg\w*|bill|refund|fail\w*|stopped|instead|until|dirty|mess|forgot|lost|dent|crack\w*|left (?:a|my|me|the|mud|oil)|paid|dead|would be (?:nice|great|lovely|good|perfect)|not (?:very |so |at all |that )?(?:happy|pleased|satisfied|impressed|good|great|helpful|kind|professional)|isn't|wasn't|for nothing|unhappy|less than|please|can you|could you|how|when|what|where)\b|\?/;

/** The text without the lists and diaries that visits stand in: to be taken off those refuses no message. */
export const withoutVisitLists = (text: string): string => text.replace(OFF_VISITS, " ");

/** Refuses messages, in a shape of its own. */
export const refusesMessages = (text: string): boolean => FEWER_MESSAGES.test(text);

/** Tells of work done, without saying by whom. */
export const tellsOfWork = (text: string): boolean => OUR_WORK.test(text);

/** Is pleased, and nothing in the message takes it back. Irony without a word of trouble is heard as praise. */
export const praises = (text: string): boolean => {
  if (!PLEASED.test(text) && !MENDED.test(text)) return false;
  return !SPOILED.test(text.replace(MENDED, " "));
};
