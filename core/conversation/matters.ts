/**
 * Several matters in one message: pieces that can stand alone are read alone, so that each is answered or taken up with its own
 * facts ("are you open on Sunday?" sets no hour of the booking beside it), and none is forgotten.
 */
import { speaksOfAnother } from "../booking/another.ts";
import { names } from "../understanding/intents/further.ts";
import { normalise } from "../understanding/text/index.ts";
import type { Entities, Intent, Understanding } from "../understanding/types.ts";
import type { TurnContext } from "./context.ts";
import type { Reading } from "./reading.ts";

/** One matter of a message. */
export interface Part {
  /** `null`: facts and answers that belong to what is under way. */
  readonly intent: Intent | null;
  readonly text: string;
  readonly understanding: Understanding;
}

/** Matters that are answered at once. */
export const ANSWERED_AT_ONCE: readonly Intent[] = [
  "status",
  "quote_price",
  "warranty",
  "hours_location",
  "reminder_query",
  "opt_out",
  "opt_in",
];
/** Matters that need a flow: one goes on, the others wait their turn. */
export const TAKEN_UP: readonly Intent[] = ["book", "reschedule", "cancel_booking"];
const MATTERS: readonly Intent[] = [...ANSWERED_AT_ONCE, ...TAKEN_UP, "complaint"];

/** Longer messages tell a story, whose parts are not asked for one by one; characters. */
const MAX_LENGTH = 600;
const MAX_PIECES = 12;
/** From this confidence a piece alone stands for a complaint that the whole message did not show. */
const SURE_COMPLAINT = 0.8;
/** And from this one for a question that was announced. */
const SURE_QUESTION = 0.4;

const BREAK =
  /(?<=[。；;!！?？\n])|(?<=[,，、]|\.\s)|(?=另外|还有|還有|顺便|順便|顺带|順帶|順手|顺手|对了[,，]|對了[,，]|同时|同時|然后|然後|仲有|再就是)|(?<=\s)(?=(?:also|by the way|btw|plus|and (?:also|then|can|could|please|what|how|when|where|do|is|are|i|tell|book|cancel|move)|another thing|one more thing|while you'?re at it)\b)/giu;
const ANNOUNCED =
  /^[\s,，、。.;；]*(?:另外|另|还有|還有|顺便|順便|顺带|順帶|順手|顺手|对了|對了|同时|同時|然后|然後|仲有|再就是|其次|第[二三]|also\b|and also\b|and then\b|then\b|by the way|btw\b|plus\b|and (?:please|can|could|book|cancel|move|change)\b|another thing|one more thing|second(?:ly)?\b|third(?:ly)?\b|while you)/iu;
const SENTENCE_END = /[。；;!！?？\n.]\s*$/u;

/** The pieces of a message with everything between them, in order. */
function piecesOf(text: string): string[] {
  return text.split(BREAK).filter((piece) => piece !== "");
}

/** May the message hold more than one matter? Most don't, and are read once. */
function maySplit({ intents, candidates, entities }: Understanding, text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  const matters = candidates.filter(([intent, share]) => MATTERS.includes(intent) && share >= 0.03).length;
  return (
    intents.length > 1 ||
    matters > 1 ||
    entities.datetime.length > 1 ||
    entities.product.length > 1 ||
    piecesOf(text).some((piece) => ANNOUNCED.test(piece))
  );
}

/** What a question holds; text is normalised, so simplified. */
const QUESTION =
  /[?吗呢嘛么]|几|多久|多少|什么|哪|怎么|怎样|是不是|有没有|能不能|可不可以|包不包|保不保|好了没|到了没|没有?$|未$|查|问|知道|\b(?:when|what|where|how|which|who|is|are|was|do|does|did|can|could|any|still|check|know|tell)\b/;
const QUESTIONS: readonly Intent[] = ["status", "quote_price", "warranty", "hours_location", "reminder_query"];

/** Does a piece hold what asking for this takes? What is told of a price or a state asks for nothing. */
function asksFor(intent: Intent, plain: string): boolean {
  return !QUESTIONS.includes(intent) || QUESTION.test(plain);
}

interface Group {
  intent: Intent | null;
  text: string;
  /** It came after other matters and is to be taken by itself. */
  apart: boolean;
}

/**
 * The matters of a message, in the order in which they were said.
 *
 * @param open a flow is under way: facts in front of the first matter are its own
 * @returns an empty list when the message holds one matter
 */
export function partsOf(turn: TurnContext, reading: Reading, open: boolean): readonly Part[] {
  const { understanding, text } = reading;
  if (!understanding || understanding.urgency === "emergency" || !maySplit(understanding, text)) return [];
  const pieces = piecesOf(text);
  if (pieces.length < 2 || pieces.length > MAX_PIECES) return [];
  const read = (words: string): Understanding =>
    turn.dependencies.understander.understand(words.trim(), { now: turn.now, zone: turn.zone, lang: turn.lang });
  const groups: Group[] = [];
  for (const [at, piece] of pieces.entries()) {
    const own = read(piece);
    const current = groups.at(-1);
    const isLast = at === pieces.length - 1;
    const announced = ANNOUNCED.test(piece);
    const another = current !== undefined && speaksOfAnother(turn, { text: piece, understanding: own, choice: null, media: null });
    const intent = another ? "book" : matterOf(own, understanding, announced, normalise(piece).text);
    if (another) {
      groups.push({ intent, text: piece, apart: true });
      continue;
    }
    if (!current) groups.push({ intent, text: piece, apart: false });
    else if (intent === null) joinFacts(groups, piece, own, isLast);
    else if (current.intent === null && !(open && (announced || ANSWERED_AT_ONCE.includes(intent)))) {
      current.intent = intent;
      current.text += piece;
    } else if (begins(turn, current, intent, piece, own, announced, read)) groups.push({ intent, text: piece, apart: announced });
    else current.text += piece;
  }
  const merged = mergeSame(groups);
  if (merged.length < 2) return [];
  return merged.map(({ intent, text: words }, at) => {
    const whole = at > 0 && asksOfWhatWasNamed(intent, read(words).entities) ? `${merged[at - 1]!.text}${words}` : words;
    return { intent, text: whole.trim(), understanding: read(whole) };
  });
}

/** "The brake pads are worn, is that covered?": a price or a warranty asked of nothing is asked of what was told before. */
function asksOfWhatWasNamed(intent: Intent | null, { product, fault, service }: Entities): boolean {
  return (intent === "warranty" || intent === "quote_price") && product.length + fault.length + service.length === 0;
}

/** The matter a piece stands for by itself, if it is sure enough of one. */
function matterOf(
  { decision, intents, candidates }: Understanding,
  whole: Understanding,
  announced: boolean,
  plain: string,
): Intent | null {
  const first = intents[0]!;
  if (names("complaint", plain)) return "complaint";
  // A question that a word announces as another thing needs less.
  const asks = announced && decision === "clarify" && ANSWERED_AT_ONCE.includes(first.intent) && asksFor(first.intent, plain);
  if (asks && first.confidence >= SURE_QUESTION) return first.intent;
  if (decision !== "act" || !MATTERS.includes(first.intent)) return null;
  if (first.intent !== "complaint" || whole.intents.some(({ intent }) => intent === "complaint")) return first.intent;
  return candidates[0]![1] >= SURE_COMPLAINT ? "complaint" : null;
}

/** Facts belong to what is to be done, not to the question that was put in between. */
function joinFacts(groups: Group[], piece: string, own: Understanding, isLast: boolean): void {
  const current = groups.at(-1)!;
  const bringsFacts = Object.values(own.entities).some((found) => found.length > 0);
  const target = current.intent !== null && ANSWERED_AT_ONCE.includes(current.intent) && bringsFacts ? groups.findLast(isTakenUp) : current;
  if (target && target !== current && isLast) target.text += ` ${piece}`;
  else current.text += piece;
}

const isTakenUp = ({ intent }: Group): boolean => intent === null || TAKEN_UP.includes(intent);

/** Does a piece that means something by itself begin another matter than the one before it? */
function begins(
  turn: TurnContext,
  current: Group,
  intent: Intent,
  piece: string,
  own: Understanding,
  announced: boolean,
  read: (text: string) => Understanding,
): boolean {
  const plain = normalise(piece).text;
  if (current.intent === null) return true;
  if (intent === current.intent) return announced && TAKEN_UP.includes(intent) && isOther(turn, own.entities, read(current.text).entities);
  // What is told in a complaint is the complaint, unless a word says that it is another thing.
  if (current.intent === "complaint") return announced;
  if (TAKEN_UP.includes(intent) && TAKEN_UP.includes(current.intent))
    return (announced || SENTENCE_END.test(current.text)) && isOther(turn, own.entities, read(current.text).entities);
  if (intent === "complaint") return announced || SENTENCE_END.test(current.text);
  return asksFor(intent, plain);
}

/**
 * Is a piece about another thing or another time than the one before it? Work on the same thing ("and the brakes squeal as well") is
 * done in the same visit; it is another matter where it can't be on that thing.
 */
function isOther({ model }: TurnContext, own: Entities, before: Entities): boolean {
  const things = ({ product, plate, order_no }: Entities): string[] => [
    ...product.map((one) => one.id),
    ...[...plate, ...order_no].map((one) => one.value),
  ];
  const known = things(before);
  if (things(own).some((id) => !known.includes(id))) return true;
  const work = ({ fault, service }: Entities): string[] => [...fault, ...service].map((one) => one.id);
  const done = work(before);
  const more = work(own).filter((id) => !done.includes(id));
  if (more.length === 0) return false;
  if (own.datetime.length > 0 && before.datetime.length > 0) return true;
  const onProducts = (id: string): readonly string[] => (model.fault(id) ?? model.service(id))?.products ?? [];
  const sorts = before.product.length > 0 ? before.product.map((one) => one.id) : done.flatMap(onProducts);
  const listed = more.flatMap(onProducts);
  return sorts.length > 0 && !sorts.some((sort) => model.covers(listed, sort));
}

/** "The air conditioner doesn't cool, how much is it, can you come tomorrow": the first and the last are one matter. */
function mergeSame(groups: readonly Group[]): Group[] {
  const merged: Group[] = [];
  for (const group of groups) {
    const same = group.apart ? undefined : merged.find((one) => one.intent === group.intent && isTakenUp(one));
    if (same) same.text += ` ${group.text}`;
    else merged.push({ ...group });
  }
  return merged;
}
