/** Several matters in one message: pieces that could stand alone are read alone. */

import type { Ask } from "../rules/asks.ts";
import { readAsks } from "../rules/asks.ts";
import type { Intent } from "../types.ts";
import { unitsOf } from "./features.ts";

const BREAK =
  /[。;!\n]+|(?<=\?)|,+|\.(?=\s|$)|另外|还有就是|还有|顺便|顺带|对了|再就是|同时|然后|以及|而且|并且|仲有|顺手|另|\b(?:also|by the way|btw|plus|and then|another thing|one more thing|as well as|while you'?re at it|and (?=(?:can|could|please|what|how|when|where|do|is|are|i|also|tell|let|send|have|book|cancel|move|stop)\b))\b|(?<=\S)\s(?=\p{Script=Han})/gu;

/** Units from which a piece can be a matter by itself. */
const LEAST_UNITS = 3;
const MAX_PIECES = 8;
/** Longer messages tell a story, whose parts are not asked for one by one. */
const MAX_LENGTH = 600;

/** Pieces of a normalised text, in order; empty when it is one piece. */
export function piecesOf(text: string): string[] {
  if (text.length > MAX_LENGTH) return [];
  const pieces = text
    .split(BREAK)
    .map((piece) => piece?.trim() ?? "")
    .filter((piece) => piece !== "" && unitsOf(piece).length >= LEAST_UNITS);
  return pieces.length < 2 || pieces.length > MAX_PIECES ? [] : pieces;
}

const QUESTION =
  /[?吗呢嘛么]|几|多久|多少|什么|哪|怎么|怎样|是不是|有没有|能不能|可不可以|包不包|保不保|好了没|到了没|没有?$|未$|查|问|知道|\b(?:when|what|where|how|which|who|is|are|was|do|does|did|can|could|any|still|check|know|tell)\b/;

/** What a piece must hold to ask for this, beside being read so: a fault told in a complaint asks for no second visit. */
const ASKS: Readonly<Partial<Record<Intent, Ask | "question">>> = {
  book: "new_visit",
  quote_price: "price",
  human: "person",
  opt_out: "fewer_messages",
  opt_in: "messages_back",
  status: "question",
  warranty: "question",
  hours_location: "question",
  reminder_query: "question",
};

/** Matters that may follow, by the first one; not named = none. */
const FOLLOWERS: Readonly<Partial<Record<Intent, readonly Intent[]>>> = {
  book: [
    "quote_price",
    "warranty",
    "hours_location",
    "human",
    "opt_out",
    "opt_in",
    "status",
    "complaint",
    "reminder_query",
    "cancel_booking",
  ],
  reschedule: ["quote_price", "warranty", "hours_location", "human", "opt_out", "opt_in", "status", "complaint", "book"],
  cancel_booking: ["quote_price", "hours_location", "human", "opt_out", "status", "complaint", "book", "warranty"],
  status: ["quote_price", "warranty", "hours_location", "human", "opt_out", "opt_in", "reschedule", "cancel_booking", "complaint", "book"],
  complaint: ["human", "opt_out", "cancel_booking", "quote_price", "status", "warranty"],
  quote_price: ["book", "warranty", "hours_location", "human", "status", "opt_out"],
  warranty: ["book", "quote_price", "hours_location", "human", "status", "reminder_query"],
  hours_location: ["book", "quote_price", "human", "reschedule", "status", "warranty"],
  reminder_query: ["book", "quote_price", "opt_out", "opt_in", "hours_location", "human", "warranty"],
  human: ["complaint", "status", "quote_price", "warranty", "opt_out"],
  opt_out: ["human", "status", "reminder_query", "opt_in", "book", "complaint"],
  opt_in: ["reminder_query", "opt_out", "book", "quote_price"],
  emergency: ["human", "hours_location"],
  thanks: ["book", "quote_price", "status", "reminder_query", "warranty"],
  survey_score: ["complaint", "book", "human"],
  confirm_yes: ["quote_price", "hours_location", "book", "human"],
  confirm_no: ["reschedule", "human"],
};

/** Does the piece hold what asking for `intent` takes? */
export function asksFor(intent: Intent, piece: string): boolean {
  const wanted = ASKS[intent];
  if (wanted === undefined) return true;
  return wanted === "question" ? QUESTION.test(piece) : readAsks(piece).includes(wanted);
}

const JOINS =
  /另外|还有|順便|顺便|顺带|对了|同时|仲有|顺手|再就是|\balso\b|\bby the way\b|\bbtw\b|\bplus\b|\b(?:another|one more) thing\b|\bwhile you\b|\bas well\b/;

/** Does a word announce that another matter follows (另外, by the way)? */
export function announcesMore(text: string): boolean {
  return JOINS.test(text);
}

/** Matters that people call by their name when they mean them. */
const NAMES: Readonly<Partial<Record<Intent, RegExp>>> = {
  complaint:
    /(?<!不是|没有?|不想|不|唔系|唔想)(?:要|想|来|嚟)投诉|投诉你们|\b(?:want|wish|like|here|need) to (?:\w+ )?(?:complain|make a complaint|file a complaint|raise a complaint)\b/,
  human:
    /(?<!不用|不要|唔使|别)转人工|人工客服|\b(?:speak|talk) (?:to|with) (?:a |the |your )?(?:human|person|manager|agent|someone|somebody|boss)\b/,
  opt_out: /(?<!不要|别|没有?|不是)退订|\bunsubscribe me\b/,
};

/** Does the piece call the matter by its name, undenied? */
export function names(intent: Intent, piece: string): boolean {
  return NAMES[intent]?.test(piece) === true;
}

/** May `further` be asked for in `piece` beside `first`? */
export function canFollow(first: Intent, further: Intent, piece: string): boolean {
  return FOLLOWERS[first]?.includes(further) === true && asksFor(further, piece);
}

/** What is done about the thing goes before what is asked about it, whichever is said first. */
const GOES_BEFORE: Readonly<Partial<Record<Intent, readonly Intent[]>>> = {
  complaint: ["human", "warranty", "quote_price", "hours_location"],
  book: ["quote_price", "warranty", "hours_location", "human", "opt_out", "opt_in"],
  reschedule: ["hours_location", "quote_price", "status", "human"],
  cancel_booking: ["complaint", "human", "opt_out", "quote_price", "status"],
  status: ["quote_price", "human", "hours_location", "opt_out", "warranty"],
};

/** Does `intent` lead a message in which `other` scored higher as a whole? */
export function leads(intent: Intent, other: Intent): boolean {
  return GOES_BEFORE[intent]?.includes(other) === true;
}
