/** Which matter may stand behind another in one message, and what its piece must hold to be taken up as one. */
import { type Ask, readAsks } from "../understanding/rules/asks.ts";
import type { Intent } from "../understanding/types.ts";

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

/** May `further` be asked for in `piece` beside `first`? */
export function canFollow(first: Intent, further: Intent, piece: string): boolean {
  return FOLLOWERS[first]?.includes(further) === true && asksFor(further, piece);
}
