/**
 * A visit that puts right what a complaint is about. It is offered beside the case (service standard: where the cause is not known yet,
 * offer a time for an inspection), and free words take it up: "so when can you fix it?", "Tuesday morning then".
 */
import { comingBookings } from "../booking/change-flows.ts";
import type { TurnContext } from "../conversation/context.ts";
import { keepOffered } from "../conversation/offered.ts";
import { askQuestion, keepAsked } from "../conversation/question.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import { topFrame } from "../conversation/stack.ts";
import { openCaseOf } from "./state.ts";

/** The question whether a visit is wanted. */
export const VISIT_QUESTION = "$put_right";

/** What no visit mends: manners, money, people who didn't come. Those who handle the case speak first. */
const NOT_MENDED_BY_A_VISIT =
  /态度|態度|骂|罵|没礼貌|冇禮貌|嚣张|收费|收費|多收|乱收|亂收|太贵|太貴|价钱|價錢|退款|退钱|退錢|赔|賠|没来|沒來|唔嚟|冇嚟|没人来|沒人來|迟到|遲到|失约|失約|放鸽子|放鴿子|\b(?:rude|attitude|manners|charged|overcharg\w*|bill(?:ed)?|refund|compensat\w*|money back|no.?show|never (?:came|showed)|didn'?t (?:come|show|turn up)|nobody (?:came|showed)|late)\b/i;

/** Words that ask for it, behind the offer. */
const ASKS_FOR_IT =
  /(?:什么时候|什麼時候|几时|幾時|几点|幾點|哪天|边日|邊日|多久|尽快|盡快|快点|快點|赶紧|趕緊|马上|馬上).{0,8}|(?:来|來|嚟|派人|上门|上門|给我|幫我|帮我).{0,4}(?:修|整|看|弄|搞|检查|檢查)|修好就行|整返好|\b(?:when|how soon|come|send (?:some(?:one|body)|him|them)|(?:get|want|need) (?:it|this) (?:fixed|sorted|done|repaired|looked at)|fix it|sort it)\b/i;

/** Offers a visit where one can mend it. @returns whether it was offered */
export function offerVisit(turn: TurnContext, reading: Reading): boolean {
  const { fault, service, product } = entitiesOf(reading);
  if (fault.length + service.length + product.length === 0 || NOT_MENDED_BY_A_VISIT.test(reading.text)) return false;
  if (topFrame(turn) || comingBookings(turn).length > 0) return false;
  keepOffered(turn, reading.text);
  askQuestion(turn, null, VISIT_QUESTION, {
    text: turn.words("complaint.offer_visit"),
    question: "choice",
    choices: [
      { id: "intent:book", label: turn.words("complaint.visit"), value: reading.text },
      { id: "intent:confirm_no", label: turn.words("complaint.no_visit") },
    ],
  });
  return true;
}

/**
 * An answer to the offer in free words.
 *
 * @returns "visit" where it is wanted, "kept" where the offer stays open behind what else was told, `null` when the words are about
 * something else
 */
export function answerVisit(turn: TurnContext, reading: Reading): "visit" | "kept" | null {
  if (!reading.understanding || reading.media) return null;
  if (turn.previouslyAsked?.slot !== VISIT_QUESTION)
    // The question is gone, the complaint is not.
    return turn.state.offered && openCaseOf(turn.cases(), "complaint") && asksForIt(reading) ? "visit" : null;
  const intent = reading.understanding.intents[0]?.intent;
  if (intent === "human" || intent === "emergency" || NOT_MENDED_BY_A_VISIT.test(reading.text)) return null;
  if (ASKS_FOR_IT.test(reading.text)) return "visit";
  if (intent === "confirm_no") return null;
  if (intent === "confirm_yes" || intent === "book" || entitiesOf(reading).datetime.length > 0) return "visit";
  if (intent !== "complaint" && intent !== "provide_info") return null;
  keepAsked(turn);
  return "kept";
}

function asksForIt({ text, understanding }: Reading): boolean {
  const intent = understanding?.intents[0]?.intent;
  const other = intent === "human" || intent === "emergency" || intent === "status" || intent === "hours_location";
  return !other && ASKS_FOR_IT.test(text) && !NOT_MENDED_BY_A_VISIT.test(text);
}
