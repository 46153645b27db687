/** Names behind an English title: Mrs Patel, Mr. O'Neill, Dr Brown. */
import type { Normalised } from "../text/normalise.ts";
import { groupStart, isCapitalAt, NAME } from "./name-english-taken.ts";
import { NO_NAME, STAFF, STOP } from "./name-english-words.ts";
import type { TakeName } from "./name-shapes.ts";

const TITLED = new RegExp(`\\b(mr (?:and|&) mrs|mr|mrs|ms|miss|madam|mdm|mx|dr|sir)\\.? ${NAME}`, "gu");
const SOMEONE_ELSE_BEFORE =
  /(?:\b(?:your|not|ask|master|customer|neighbour|neighbor|with|by|ask for|asked for|technician|tech|mechanic|engineer|fitter|guy|manager|advisor|speak to|talk to|see|saw|tell|told|spoke to|called|named|send|sent|that|the|from|dear|hi|hello|hey|thanks|thank you|is|was|did|has|want|prefer|again)|\b(?:thanks|thank you|hi|hello|hey|dear|ok|okay|yes|no|sorry|not),)\s?$/;
const SOMEONE_ELSE_AFTER =
  /^\s?(?:was|is|said|says|told|came|comes|promised|fixed|did|didn't|didnt|never|has|had|hasn't|who|again|did|will|in\b|available|please\?|around|working|off)/;
const SELF_BEFORE =
  /(?:this is|it's|its|it is|i'm|i am|im|name is|name's|name:|name|call me|contact:?|contact is|under|booking for|appointment for|reservation for|我是|叫我|联系人:?)\s?$/;
/** At the door the customer's people are asked for. */
const AT_THE_DOOR =
  /^ (?:when (?:you|he|she|they|the)|at (?:the )?(?:front )?(?:reception|door|gate|desk|lobby)|on arrival|upon arrival|once you)/;

export function readTitledNames(normalised: Normalised, take: TakeName): void {
  for (const match of normalised.text.matchAll(TITLED)) readTitled(normalised, match, take);
}

function readTitled(normalised: Normalised, match: RegExpMatchArray, take: TakeName): void {
  const { text } = normalised;
  const title = match[1]!;
  const kept: string[] = [];
  const nameFrom = groupStart(match, 2);
  let at = nameFrom;
  let nameTo = nameFrom;
  for (const word of match[2]!.split(" ")) {
    const bare = word.replace(/(?:'s)?['.-]*$/, "");
    const known = kept.length === 0 ? NO_NAME.has(bare) && !isCapitalAt(normalised, nameFrom) : NO_NAME.has(bare);
    if (bare === "" || STOP.has(bare) || known || SOMEONE_ELSE_AFTER.test(`${bare} `)) break;
    const everyday = title === "miss" || title === "dr";
    if ((kept.length > 0 || everyday) && !isCapitalAt(normalised, at)) break;
    kept.push(bare);
    nameTo = at + bare.length;
    at += word.length + 1;
  }
  if (kept.length === 0 || title === "sir") return;
  const before = text.slice(Math.max(0, match.index! - 24), match.index);
  const after = text.slice(nameTo);
  // The assistant of Mr Tanaka writes, not he.
  if (/^'s (?:assistant|wife|husband|son|daughter|surgery|office|secretary|neighbou?r|pa|clinic|friend|colleague)/.test(after)) return;
  if (/called me $/.test(before)) return;
  // The service manager, Mr D'Souza, is ours.
  if (/, $/.test(before) && STAFF.test(text.slice(Math.max(0, match.index! - 40), match.index))) return;
  const atTheDoor = /ask for $/.test(before) && AT_THE_DOOR.test(after);
  if (!SELF_BEFORE.test(before) && !atTheDoor && (SOMEONE_ELSE_BEFORE.test(before) || SOMEONE_ELSE_AFTER.test(after))) return;
  take(
    match.index!,
    nameTo,
    nameFrom,
    nameTo,
    title === "mr" || title === "mrs" ? title : title === "dr" || title === "mx" || title.includes(" ") ? null : "ms",
  );
}
