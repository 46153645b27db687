/** Names in Latin letters: which cues are looked for, and in what order. */
import type { Normalised } from "../text/normalise.ts";
import { readSignedNames } from "./name-english-signed.ts";
import { groupStart, isCapitalAt, NAME, takeWords } from "./name-english-taken.ts";
import { readTitledNames } from "./name-english-titled.ts";
import { STAFF } from "./name-english-words.ts";
import type { TakeName } from "./name-shapes.ts";

const PERSON =
  "(?:missus|misses|other half|father[ -]in[ -]law|mother[ -]in[ -]law|brother[ -]in[ -]law|sister[ -]in[ -]law|stepdad|stepmum|stepmom|stepson|daughter-in-law|son-in-law|bf|gf|ex|mum|mom|mother|mummy|dad|father|wife|husband|hubby|partner|son|daughter|brother|sister|tenant|lodger|flatmate|housemate|roommate|friend|boyfriend|girlfriend|fiancee?|aunt|auntie|uncle|grandma|grandmother|gran|nan|grandpa|grandad|grandfather|assistant|secretary|pa|colleague|coworker|co-worker|housekeeper|helper|maid|cleaner|nanny|carer|caretaker|concierge|landlord|landlady|boss|cousin|nephew|niece|neighbour|neighbor|mother-in-law|father-in-law|client|customer)";
/** Outright: what follows is a name, capitals or not. */
const STRONG = new RegExp(
  `(?<!your |brand |model |product |car's |van's |dog's |cat's |user |nick|file|street |road |shop |place |driver's |technician's |engineer's |fitter's |mechanic's |guy's |manager's |plumber's |man's |worker's |installer's )(?:\\bname (?:on|for) (?:the|my|this) (?:account|booking|order|file|card|invoice|system|job)(?: is|\\s?:)|\\bmy (?:full |first |last |given |family )?names?(?:'s| is| iz|:| -)?|\\b(?:the |his |her |their |${PERSON}'?s )(?:full |first |last )?name(?:'s| is)|\\bname(?:'s| is|\\s?[:=-])|^names?|[\\n.,!?;] ?names?(?= (?!(?:is|was|isn|and|on|for|of|in|the|to|under|here|not|or|but|it|tag|plate)\\b)[a-z])|\\b(?:first|last|full|given|family|customer|client|owner|contact|account|holder) ?name(?:\\s?[:=-]| is)?|\\b(?:it'?s |put (?:it |me |us )?(?:down )?|book(?:ed|ing)?(?: is| me| it)? |appointment is |reservation is |order is |registered |listed |filed |(?:booking|appointment|reservation|order|job|ref|reference) (?:is |was |made )?)under(?! (?:my|our)\\b)(?: the name(?: of)?)?|\\bunder the name(?: of)?|\\bin the name of|^from\\s?:|\\bcontact(?: person)?(?:\\s?:| is| will be| would be)|\\bunder (?:my|our) (?:${PERSON}'?s? )?name,?|\\bsurname(?: is|'s|\\s?:)?|\\b(?:account holder|customer|client|owner|contact person|site contact|attn|attention)\\s?:|\\bi go by|\\bknown as|\\bregistered to|\\b(?:everyone|everybody|people|friends) calls? me|\\bi(?:'m| am) called|\\b${PERSON}(?:'s| is) (?:called|named)|\\b${PERSON},? named)[\\s:]{1,2}(?:mr |mrs |ms )?${NAME}`,
  "gu",
);
/** These lead to much else: a capital or a well-known first name is asked for. */
const WEAK = new RegExp(
  `(?<!is )(?:\\bthis is|\\bit is|\\bit's|\\bi am|\\bi'm|\\bim|\\bits|(?:^|hello |hi |hey |hello, |hi, )am|\\bcall me|我个名|我是|我叫|我系|联系人:?|姓名:?|叫我|英文名(?:是|叫|系|:)?|名字?(?:是|叫|系|:))[\\s]{0,2}${NAME}`,
  "gu",
);
const HERE = new RegExp(
  `(?:^|[\\n,.!?;:] ?|\\bhi,? |\\bhello,? |\\bhey,? |\\bmorning,? |\\bafternoon,? |\\bit's |\\bits )${NAME} (?:here|speaking|calling|again(?=[,.!]|$)|is (?:my|the) name)\\b`,
  "gu",
);
/** Somebody of the customer's: my wife Emily, for my mum, Linda Chen. Capitals are asked for. */
const RELATIVE = new RegExp(
  `\\b(?:my|our) (?:\\w+ )?(?:${PERSON}|receptionist|manager|supervisor|admin|driver|guard|porter)(?:,| -| is| \\()? ?${NAME}`,
  "gu",
);
const BOOKED_FOR = new RegExp(`\\b(?:reservation|booking|appointment|appt|slot|visit) for (?:mr |mrs |ms )?${NAME}`, "gu");
/** Whom to ask for at the door. */
const AT_THE_DOOR = new RegExp(
  `\\b(?:ask for|look for|see) ${NAME}(?= (?:when (?:you|he|she|they|the)|at (?:the )?(?:front )?(?:reception|door|gate|desk|lobby)|on arrival|upon arrival|once you))`,
  "gu",
);
const CALL_PERSON = new RegExp(
  `\\b(?:call|ring|phone|text|contact|reach|whatsapp|message|speak to) (?:my \\w+,? )?${NAME}(?=(?: instead)?,?(?: (?:on|at))? \\+?\\d[\\d ()-]{5,})`,
  "gu",
);
/** Morning, Gareth Pugh. Dropped my car off: a full name behind a greeting and a comma. */
const GREETING_NAME = new RegExp(
  `^(?:hi|hello|hey|hiya|good \\w+|morning|afternoon|evening)(?: there| all| again)?[,.!] ${NAME}(?=[.;!\\n])`,
  "gu",
);
/** It's for Hannah Osei. */
const IT_IS_FOR = new RegExp(`\\b(?:it's|its|it is|this is|that's|that is|booking is|slot is|job is) for ${NAME}(?=$|[,.!;\\n])`, "gu");
/** The tenant is Aisha Bello. */
const ROLE_IS = new RegExp(
  `\\b(?:tenant|contact|owner|caretaker|housekeeper|concierge|customer|client|occupant|resident)(?:'s name)? is ${NAME}(?=$|[,.!;\\n(]| \\+?\\d| (?:on|at)\\b)`,
  "gu",
);
/** Buzz Petrov: the name at the bell. */
const AT_THE_BELL = new RegExp(
  `\\b(?:buzz(?:er)?|doorbell|bell|intercom|ring)(?: (?:for|is|says|name|under|the (?:bell|buzzer) (?:for|marked)))? ${NAME}(?=$|[,.!;\\n]| (?:when|at|on)\\b)`,
  "gu",
);
/** …, ask for Bev: whoever comes is to ask for them. */
const ASK_FOR = new RegExp(`(?:[.,;!\\n] ?|\\band |\\bjust |\\bthen )ask for ${NAME}(?=$|[.!;\\n])`, "gu");
/** Put Yuki Tanaka as the contact. */
const AS_CONTACT = new RegExp(
  `\\b(?:put|have|list|use|add|with|make|set) (?:my \\w+,? )?${NAME} (?:down )?(?:as|for) (?:the |a |my |our )?(?:site |main |onsite |on-site )?(?:contact|customer|name|owner)\\b`,
  "gu",
);
/** Call back at 555 0178, ask for Rob: who answers that phone. */
const ASK_AT_PHONE = new RegExp(
  `\\d[\\d ()-]{5,}\\d[?.,;]? (?:and |then |pls |please |just )?ask for ${NAME}(?=$|[,.!?;\\n])|\\bask for ${NAME}(?= (?:if|when) you (?:ring|call|phone)\\b)`,
  "gu",
);
/** It's me again, Nadia. */
const TO_NAME = new RegExp(`\\b(?:name to|under) ${NAME}(?=$|[,.!;?\\n]| (?:on|at|for|and|i|phone|please|pls|instead)\\b)`, "gu");
/** I'm the tenant, Leo Marsh. */
const ROLE = new RegExp(`\\b(?:i'm|i am|this is|it's) (?:the|an?|your) (?:[a-z]+ ){0,2}[a-z]+, ${NAME}(?=$|[,.!;\\n])`, "gu");
const CALLED = new RegExp(`\\b${PERSON},? called ${NAME}(?=$|[,.!;\\n]| (?:will|is|can|who|on|at)\\b)`, "gu");
const ME_AGAIN = new RegExp(`\\b(?:me again|only me|just me)(?:,| -)? ${NAME}(?=$|[,.!;\\n])`, "gu");
/** Hi, Daniel from Elm Court. */
const FROM = new RegExp(`^(?:hi|hello|hey|good \\w+)(?: there)?[,!. ]+${NAME} (?:from|at|in) (?!the\\b|your\\b|accounts|sales)`, "gu");

const NO_ANSWER =
  /^(?:yes|no|ok|okay|sure|why|what|none|skip|later|nope|cancel|stop|human|agent|hi|hello|thanks|don't|dont|never|not|make|move|change|book|come|send|let|can|could|would|please|try|use|check|fix|need|want|how|when|where|who|is|are|do|does|my|the|any|around|about|at|on|in|from|tomorrow|today|morning|afternoon|evening|whichever|whatever|whoever|guess|secret|private|anonymous|nobody|noone|hang|hold|wait|second|moment|soon|asap|earliest|earlier|cheaper|cheapest|this|that|these|it|its|him|her|them|he|she|they|you|your|we|us|fine|good|great|perfect|right|exactly|same|either|neither|both|nothing|something|maybe|perhaps|forget|leave|give|tell|just|sorry|pardon|again|still|already|so|then|because|if|for|with|without|only|more|less|price|cost|refund|help)\b/;

/** Names in Latin letters; capitals of the typed text tell where "I'm" and "this is" are not enough. */
export function readEnglishNames(normalised: Normalised, asked: boolean, take: TakeName): void {
  const { text } = normalised;
  readTitledNames(normalised, take);
  for (const match of text.matchAll(STRONG)) {
    // Your technician is rude, his name is Paul: ours, not theirs.
    const told = /^(?:his|her|their|the)\b/.test(match[0]) && STAFF.test(text.slice(Math.max(0, match.index - 40), match.index));
    if (!told) takeWords(normalised, groupStart(match, 1), match[1]!, "announced", take);
  }
  for (const match of text.matchAll(WEAK)) takeWords(normalised, groupStart(match, 1), match[1]!, "hinted", take, match[0]);
  if (/here|speaking|calling|again|name/.test(text)) {
    for (const match of text.matchAll(HERE)) takeWords(normalised, groupStart(match, 1), match[1]!, "hinted", take, match[0]);
  }
  for (const pattern of [
    RELATIVE,
    BOOKED_FOR,
    AT_THE_DOOR,
    AS_CONTACT,
    AT_THE_BELL,
    ROLE_IS,
    IT_IS_FOR,
    CALL_PERSON,
    TO_NAME,
    ROLE,
    CALLED,
    ME_AGAIN,
    FROM,
  ])
    for (const match of text.matchAll(pattern)) takeWords(normalised, groupStart(match, 1), match[1]!, "capital", take);
  for (const match of text.matchAll(GREETING_NAME)) {
    if (match[1]!.includes(" ")) takeWords(normalised, groupStart(match, 1), match[1]!, "capital", take);
  }
  for (const match of text.matchAll(ASK_FOR)) {
    if (!STAFF.test(text.slice(Math.max(0, match.index - 40), match.index)))
      takeWords(normalised, groupStart(match, 1), match[1]!, "capital", take);
  }
  for (const match of text.matchAll(ASK_AT_PHONE)) {
    const group = match[1] === undefined ? 2 : 1;
    takeWords(normalised, groupStart(match, group), match[group]!, "capital", take);
  }
  readSignedNames(normalised, take);
  if (asked) readAnswer(normalised, take);
}

/** The answer to "what is your name". */
function readAnswer(normalised: Normalised, take: TakeName): void {
  const { text } = normalised;
  const match = new RegExp(`^[\\s"'(]*(?:(?:it'?s|its|i'?m|just|put|yes|sure|ok)[, ]+)?${NAME}(?=$|[\\s]?[,.!;\\d(+/\\n])`, "u").exec(text);
  const inside = normalised.hasHan ? new RegExp(`(?:^|[\\s\\u3400-\\u9fff])${NAME}$`, "u").exec(text) : null;
  if (inside && isCapitalAt(normalised, groupStart(inside, 1))) takeWords(normalised, groupStart(inside, 1), inside[1]!, "hinted", take);
  if (match && !NO_ANSWER.test(match[1]!)) takeWords(normalised, groupStart(match, 1), match[1]!, "announced", take);
}
