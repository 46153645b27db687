import { matchesOf } from "../text/matches.ts";
import type { Normalised } from "../text/normalise.ts";
import type { NameEntity } from "../types.ts";

export type Title = NameEntity["title"];

/** Takes `[from, to)` as a name; its value is `[valueFrom, valueTo)` and, where it stands apart, the given name. */
export type TakeName = (from: number, to: number, valueFrom: number, valueTo: number, title: Title, given?: string) => void;

/** A word of a name, lower case: letters of any Latin alphabet with apostrophe or hyphen inside. */
const WORD = "\\p{Script=Latin}[\\p{Script=Latin}'-]{0,19}";
const NAME = `(${WORD}(?:\\.? ${WORD}){0,3})`;
const STRONG = new RegExp(
  `(?<!your |his |her |their |'s )(?:\\bmy (?:full |first |last )?name(?:'s| is| iz|:)?|\\bname(?:'s| is|\\s?:)|\\b(?:full )?name\\s?[:=-]|\\bthe name's|\\bthe name is|\\bput it under|\\bunder the name(?: of)?|\\bit'?s under|\\bbook(?:ed|ing)? under|\\bcontact(?: person| name)?\\s?:|\\bsurname(?: is)?)[\\s:]{1,2}${NAME}`,
  "gu",
);
const WEAK = new RegExp(
  `(?<!is )(?:\\bthis is|\\bit is|\\bit's|\\bi am|\\bi'm|\\bim|\\bcall me|\\bregards,?|\\bsincerely,?|\\brgds,?|\\bsigned,?|\\byours,?|我个名|我是|我叫|我系|联系人:?|姓名:?|叫我)[\\s]{0,2}${NAME}`,
  "gu",
);
const HERE = new RegExp(`(?:^|[\\n,.!] ?|\\bhi,? |\\bhello,? |\\bhey,? )${NAME} (?:here|speaking|calling)\\b`, "gu");
const TITLED = new RegExp(`\\b(mr|mrs|ms|miss|madam|mdm|mx|dr|sir)\\.? ${NAME}`, "gu");

/** Where a name in running words ends. */
const STOP = new Set(
  (
    "without me code its and my the from here i im i'm i've at on in of for with phone number tel mobile can could calling speaking " +
    "is are was it it's a an to again please pls thanks thank you your we need want would have has had just about regarding re who " +
    "but not so this that by call text email address living live same there because looking booked tomorrow today or if when order " +
    "booking whatsapp plate reg flat room unit block got still mate pal sir then will work"
  ).split(" "),
);
/** Words after "I'm" and "this is" that are no names. */
const NO_NAME = new Set(
  (
    "restaurant shop office hotel school he she don't dont later before after asap back not very so really the a an at in on urgent " +
    "ridiculous unacceptable terrible awful great good fine ok okay sorry happy unhappy angry furious free available busy home late " +
    "stuck waiting calling writing looking asking trying getting having going coming still now never always just your my our his her " +
    "their what why how when where who that this it there here no yes all about for regarding to from with also only too out off sure " +
    "afraid done sick tired interested wondering being one two three again because as of if bad worse new old currently moving " +
    "leaving outside inside locked trapped today tomorrow monday tuesday wednesday thursday friday saturday sunday january february " +
    "march april june july august september october november december disappointed satisfied disgusted disgraceful disgusting " +
    "dangerous broken leaking dead fixed wrong right true false crazy insane nonsense bullshit spam scam test customer owner tenant " +
    "landlord mr mrs ms miss dr some any more nothing something another next last first second under over even already gonna cold hot " +
    "warm warranty service ac abs vin emergency help hello hi thanks pretty quite totally completely absolutely beyond hoping " +
    "planning considering allergic pregnant fed away abroad overseas unable able ready around nearby alone elderly disabled based " +
    "located using driving renting selling cancelling canceling thinking reporting reaching me us them him everyone nobody anyone " +
    "working china hong london you we they"
  ).split(" "),
);

const SOMEONE_ELSE_BEFORE =
  /(?:\b(?:your|not|ask|master|customer|neighbour|neighbor|with|by|ask for|asked for|technician|tech|mechanic|engineer|fitter|guy|manager|advisor|speak to|talk to|see|saw|tell|told|spoke to|called|named|send|sent|that|the|from|dear|hi|hello|hey|thanks|thank you|is|was|did|has|want|prefer|again)|,)\s?$/;
const SOMEONE_ELSE_AFTER =
  /^\s?(?:was|is|said|says|told|came|comes|promised|fixed|did|didn't|didnt|never|has|had|hasn't|who|again|did|will|in\b|available|please\?|around|working|off)/;

/** Names in Latin letters; capitals of the typed text tell where "I'm" and "this is" are not enough. */
export function readEnglishNames(normalised: Normalised, asked: boolean, take: TakeName): void {
  const { text } = normalised;
  if (/name|call me|under|contact/.test(text)) {
    for (const match of matchesOf(text, STRONG)) takeWords(normalised, groupStart(match, 1), match[1]!, false, take);
  }
  if (/\b(?:mr|mrs|ms|miss|madam|mdm|mx|dr|sir)\b/.test(text)) {
    for (const match of matchesOf(text, TITLED)) readTitled(normalised, match, take);
  }
  for (const match of matchesOf(text, WEAK)) takeWords(normalised, groupStart(match, 1), match[1]!, true, take, match[0]);
  if (/here|speaking|calling/.test(text)) {
    for (const match of matchesOf(text, HERE)) takeWords(normalised, groupStart(match, 1), match[1]!, true, take, match[0]);
  }
  if (asked) {
    const match = new RegExp(`^[\\s"'(]*(?:(?:it'?s|its|i'?m|just|put|yes|sure|ok)[, ]+)?${NAME}(?=$|[\\s]?[,.!;\\d(+/\\n])`, "u").exec(
      text,
    );
    const inside = normalised.hasHan ? new RegExp(`(?:^|[\\s\\u3400-\\u9fff])${NAME}$`, "u").exec(text) : null;
    if (inside && isCapitalAt(normalised, groupStart(inside, 1))) takeWords(normalised, groupStart(inside, 1), inside[1]!, true, take);
    if (
      match &&
      !/^(?:yes|no|ok|okay|sure|why|what|none|skip|later|nope|cancel|stop|human|agent|hi|hello|thanks|don't|dont|never|not|make|move|change|book|come|send|let|can|could|would|please|try|use|check|fix|need|want|how|when|where|who|is|are|do|does|my|the|any|around|about|at|on|in|from|tomorrow|today|morning|afternoon|evening)\b/.test(
        match[1]!,
      )
    ) {
      takeWords(normalised, groupStart(match, 1), match[1]!, false, take);
    }
  }
}

const groupStart = (match: RegExpMatchArray, group: number): number => match.index! + match[0].lastIndexOf(match[group]!);

/** Takes the leading words of `raw` that can belong to a name. `weak` asks for capitals, or for "here" behind lower case. */
function takeWords(normalised: Normalised, from: number, raw: string, weak: boolean, take: TakeName, whole = ""): void {
  const words = raw.split(" ");
  let to = from;
  let at = from;
  let count = 0;
  const shouting = isShouting(normalised.original);
  for (const word of words) {
    const bare = word.replace(/(?:'s)?[.'-]*$/, "");
    if (bare === "" || STOP.has(bare) || (count === 0 && NO_NAME.has(bare))) break;
    const typed = normalised.original[normalised.starts[at] ?? 0] ?? "";
    const capital = /^\p{Lu}/u.test(typed) && !shouting;
    if (weak && !capital) {
      const spoken =
        count === 0 &&
        /^(?:this is|im|i'm)/.test(whole) &&
        new RegExp(`^.{0,24}?${bare.replace(/[^\p{L}]/gu, "")} (?:here|speaking|calling|from (?!the|my|a)\\w+)`, "u").test(
          normalised.text.slice(from),
        );
      const hereForm = words.length === 1 && /(?:here|speaking|calling)$/.test(whole);
      if (!spoken && !hereForm) break;
    }
    to = at + bare.length;
    at += word.length + 1;
    count += 1;
    if (bare !== word && word.endsWith(".") && bare.length > 1) break;
  }
  if (count === 0 || to - from < 2) return;
  // "snowed in up here" and "do you have English speaking staff" begin with no name.
  if (/(?:here|speaking|calling)$/.test(whole) && count < words.length) return;
  // HB-27C and the like are codes; ABC 大学 is an institution.
  if (/^-?\d/.test(normalised.text.slice(to))) return;
  if (
    weak &&
    count === 1 &&
    /^[A-Z]{2,3}$/.test(normalised.original.slice(normalised.starts[from], normalised.ends[to - 1])) &&
    to - from <= 3
  )
    return;
  if (/^(?:mr|mrs|ms|miss|mdm|madam|dr)$/.test(words[0]!)) return;
  take(from, to, from, to, null);
}

function isCapitalAt(normalised: Normalised, from: number): boolean {
  return /^\p{Lu}/u.test(normalised.original[normalised.starts[from] ?? 0] ?? "");
}

/** A message all in capitals says nothing by them. */
function isShouting(original: string): boolean {
  return original.length > 8 && original === original.toUpperCase() && /[A-Z]{3,} [A-Z]{2,}/.test(original);
}

function readTitled(normalised: Normalised, match: RegExpMatchArray, take: TakeName): void {
  const { text } = normalised;
  const title = match[1]!;
  const words = match[2]!.split(" ");
  const kept: string[] = [];
  for (const word of words) {
    const bare = word.replace(/(?:'s)?['.-]*$/, "");
    if (bare === "" || STOP.has(bare) || NO_NAME.has(bare) || SOMEONE_ELSE_AFTER.test(`${bare} `)) break;
    const typed =
      normalised.original[normalised.starts[groupStart(match, 2) + kept.join(" ").length + (kept.length > 0 ? 1 : 0)] ?? 0] ?? "";
    const everyday = title === "miss" || title === "dr";
    if ((kept.length > 0 || everyday) && !/^\p{Lu}/u.test(typed)) break;
    kept.push(bare);
  }
  if (kept.length === 0 || title === "sir") return;
  const nameFrom = groupStart(match, 2);
  const nameTo = nameFrom + kept.join(" ").length;
  const before = text.slice(Math.max(0, match.index! - 16), match.index);
  const self = /(?:this is|it's|it is|i'm|i am|im|name is|name's|name:|name|call me|contact:?|under|我是|叫我|联系人:?)\s?$/.test(before);
  if (!self && (SOMEONE_ELSE_BEFORE.test(before) || SOMEONE_ELSE_AFTER.test(text.slice(nameTo)))) return;
  take(match.index!, nameTo, nameFrom, nameTo, title === "mr" ? "mr" : title === "dr" || title === "mx" ? null : "ms");
}
