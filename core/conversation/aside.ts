/** Words that are plainly no answer to an open question, whatever it asks: a pause, a push, a courtesy, a question back. */
import type { Question } from "../understanding/types.ts";
import type { Reading } from "./reading.ts";

/** The customer wants time: nothing is wrong, and nothing is to be asked again. */
const PAUSE =
  /不急|不着急|不著急|唔急|不赶时间|不趕時間|(?:再|先)(?:想想|想一下|考虑|考慮|看看|说吧|說吧|讲|講)|回头再|回頭再|过会儿?再|過會兒?再|晚点再|晚點再|等下再|等等再|迟啲再|遲啲再|[諗谂](?:[諗谂]|下|一下)|考虑一下|考慮一下|\bno (?:hurry|rush)\b|\b(?:i'?ll|i will|let me|i(?:'d)? (?:need|have) to|need to) (?:think|check|see|ask|get back|let you know|sleep on)|\bget back to you|\bnot sure yet\b|\bmaybe later\b|\banother (?:day|time) maybe\b|\blet you know\b/i;

const PUSH =
  /^(?:请|請|你们|你們|麻烦|麻煩|拜托|拜託)*(?:快(?:点|點|些|啲|一点|一點)|赶快|趕快|赶紧|趕緊|快来|快來|快嚟|催)|^(?:please |pls )*(?:hurry|be quick|quick(?:ly)?|come (?:now|quick|fast|on)|faster)\b/i;

/** A question and nothing else: it names nothing that could be an answer. */
const BARE_QUESTION =
  /^(?:那|那么|請問|请问|你们|你們|大概|到底|还要|還要|仲要)*(?:什么时候|什麼時候|甚麼時候|几时|幾時|多久|多长时间|多長時間|几点|幾點|怎么办|怎麼辦|点算|點算|点做|點做|为什么|為什麼|点解|點解)|^(?:and |so |but )?(?:how long|how soon|when (?:will|can|do|are|is)|what (?:should|do|now|if)|why)\b/i;

const QUESTION =
  /[?？]\s*$|[吗嗎]\s*[。.!！]*$|(?:什么|什麼|甚麼|怎么|怎麼|哪|几|幾)[^,，。]{0,12}[呢啊呀]\s*$|^(?:how|when|what|where|why|who|which|can|could|do|does|did|is|are|will|would|should)\b/i;

/** Feelings tell nothing that was asked. */
const FEELING =
  /^(?:我|我们|我們|小孩|孩子)?(?:好|很|太|非常)?(?:怕|害怕|慌|紧张|緊張|惊|驚|担心|擔心)(?:[了啊呀死]|得要命)*[。.!！]*$|^(?:i'?m|we'?re) (?:so |very |really )?(?:scared|afraid|frightened|worried|panicking)\b/i;

/** Does the customer want to think, with nothing else said? */
export function asksForTime(text: string): boolean {
  return PAUSE.test(text);
}

/** Is it asked like a question? */
export function isQuestion(text: string): boolean {
  return QUESTION.test(text.trim());
}

/**
 * Can the words not be the answer? Pieces that were found in them (a phone, a time) count all the same: only free words are
 * kept from being taken for an answer.
 *
 * @param asked what is asked; what is wrong with a thing is often told as a question ("why won't it spin?")
 */
export function isAside(reading: Reading, asked: Question): boolean {
  if (reading.choice || !reading.understanding) return false;
  const text = reading.text.trim();
  if (PAUSE.test(text) || PUSH.test(text) || BARE_QUESTION.test(text) || FEELING.test(text)) return true;
  const { decision, intents } = reading.understanding;
  const intent = intents[0]?.intent;
  if (decision === "act" && (intent === "thanks" || intent === "bye" || intent === "greet") && !/\d/.test(text)) return true;
  return asked !== "fault" && QUESTION.test(text);
}
