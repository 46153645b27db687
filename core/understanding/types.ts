/** What the understanding says of a message. Everything here is data: it is stored in the trace and printed by `understand`. */
import type { Language } from "../language.ts";
import type { DangerKind } from "../profile/schema.ts";
import type { Instant } from "../time.ts";

export const INTENTS = [
  "book",
  "reschedule",
  "cancel_booking",
  "status",
  "complaint",
  "emergency",
  "quote_price",
  "warranty",
  "hours_location",
  "human",
  "reminder_query",
  "opt_out",
  "opt_in",
  "survey_score",
  "confirm_yes",
  "confirm_no",
  "provide_info",
  "greet",
  "thanks",
  "bye",
  "chitchat",
  "abuse",
  "out_of_scope",
] as const;

/** What a customer wants; the labels are fixed by the product's label page. */
export type Intent = (typeof INTENTS)[number];

/** Intents that ask something of the shop, and so may stand beside another in one message. */
export const MATTERS = [
  "book",
  "reschedule",
  "cancel_booking",
  "status",
  "complaint",
  "quote_price",
  "warranty",
  "hours_location",
  "human",
  "reminder_query",
  "opt_out",
  "opt_in",
] as const satisfies readonly Intent[];

/** `emergency` danger now · `urgent` unusable, unsafe, threat or rage · `normal` a matter · `none` no matter. */
export type Urgency = "none" | "normal" | "urgent" | "emergency";

/** What the bot asked last; shifts the reading of a bare answer. */
export type Question =
  | "datetime"
  | "product"
  | "fault"
  | "phone"
  | "address"
  | "name"
  | "plate"
  | "yesno"
  | "choice"
  | "score"
  | "order_no";

/** Fineness of a time: `minute` an instant, `part` a part of a day (上午), `day`, `week`, `month`, `range` any other span. */
export type Grain = "minute" | "hour" | "part" | "day" | "week" | "month" | "range";

/** Where a found piece stands in the message as typed: `text` is verbatim, `at` its first UTF-16 index. */
export interface Span {
  readonly text: string;
  readonly at: number;
}

export interface DateTimeEntity extends Span {
  readonly start: Instant;
  /** Exclusive end of a span; `null` for an instant. */
  readonly end: Instant | null;
  readonly grain: Grain;
  /** The day was said (or follows from what was said), not assumed. */
  readonly daySaid: boolean;
  /** The clock reading or part of the day was said. */
  readonly timeSaid: boolean;
  /** The time lies before the reference time. */
  readonly past: boolean;
  /** Could be read otherwise (12 o'clock without half of day; a bare 3/4). */
  readonly ambiguous: boolean;
}

/** A phone in E.164 where the country is known (`+8613800138000`), digits as typed otherwise. */
export interface PhoneEntity extends Span {
  readonly value: string;
}
export interface PlateEntity extends Span {
  /** Upper case, without spaces and dots. */
  readonly value: string;
}
export interface VinEntity extends Span {
  readonly value: string;
  /** The check digit agrees; `null` where the maker uses none. */
  readonly checked: boolean | null;
}
export interface OrderNumberEntity extends Span {
  readonly value: string;
}
/** A product of the profile's vocabulary. */
export interface ProductEntity extends Span {
  readonly id: string;
}
/** A fault of the profile's catalogue; `service` entities name work asked for by itself (保养, oil change). */
export interface FaultEntity extends Span {
  readonly id: string;
}
export interface ServiceEntity extends Span {
  readonly id: string;
}
export interface NameEntity extends Span {
  /** Name without title. */
  readonly value: string;
  readonly title: "mr" | "ms" | "mrs" | null;
}
export interface AddressEntity extends Span {
  readonly value: string;
}
export interface ScoreEntity extends Span {
  readonly value: number;
  /** Best mark of the scale: 5, 10 or 100. */
  readonly scale: number;
}
export interface AmountEntity extends Span {
  /** Fen or cents. */
  readonly minor: number;
  readonly currency: "CNY" | "TWD" | "HKD" | "USD" | "EUR" | "GBP" | "SGD";
}
export interface MileageEntity extends Span {
  readonly km: number;
}

/** All pieces found, in order of appearance within a kind. For a corrected time the last one counts and stands first. */
export interface Entities {
  readonly datetime: readonly DateTimeEntity[];
  readonly phone: readonly PhoneEntity[];
  readonly plate: readonly PlateEntity[];
  readonly vin: readonly VinEntity[];
  readonly order_no: readonly OrderNumberEntity[];
  readonly product: readonly ProductEntity[];
  readonly fault: readonly FaultEntity[];
  readonly service: readonly ServiceEntity[];
  readonly name: readonly NameEntity[];
  readonly address: readonly AddressEntity[];
  readonly score: readonly ScoreEntity[];
  readonly amount: readonly AmountEntity[];
  readonly mileage: readonly MileageEntity[];
}

/** Why an intent was chosen, for staff. */
export interface Why {
  /** What decided: the open question, a rule by name, or the learned model. */
  readonly by: "question" | "rule" | "model" | "empty";
  readonly rule: string | null;
  /** Pieces of the message that spoke most for the chosen intent, with their weight. */
  readonly features: readonly { readonly text: string; readonly weight: number }[];
  /** The runner-up and how far behind it was, 0–1. */
  readonly runnerUp: { readonly intent: Intent; readonly confidence: number } | null;
  /** The wording of the corpus that is most like the message and means the same; absent when none is much like it. */
  readonly like?: string;
}

/**
 * Things said that rules lean on beside the intent: threat of authority or law, threat of press or bad reviews, strong anger,
 * the same fault come back after our repair, demand of money or gift, request about one's own data (see, export, erase),
 * wish to go back to the bot from a human, wish to undo the last act, wish to start over, to hear it again, to get help,
 * to skip a question.
 */
export const SIGNALS = [
  "legal_threat",
  "press_threat",
  "anger",
  "repeat_repair",
  "compensation",
  "privacy",
  "back_to_bot",
  "undo",
  "start_over",
  "repeat",
  "help",
  "skip",
] as const;
export type Signal = (typeof SIGNALS)[number];

export interface Understanding {
  readonly text: string;
  readonly lang: Language;
  /** Intents of the message in order; the first is acted on, the rest are taken up later. Never empty. */
  readonly intents: readonly { readonly intent: Intent; readonly confidence: number }[];
  /** All likely readings of the first intent, best first, calibrated confidences. */
  readonly candidates: readonly (readonly [Intent, number])[];
  /** `act` without asking · `clarify` among the top candidates · `unknown`: not understood. */
  readonly decision: "act" | "clarify" | "unknown";
  readonly entities: Entities;
  readonly urgency: Urgency;
  readonly signals: readonly Signal[];
  /** Kind of danger when the urgency is `emergency`. */
  readonly danger: DangerKind | null;
  readonly why: Why;
}

/** What the reading may lean on beside the text. */
export interface UnderstandContext {
  readonly now: Instant;
  readonly zone: string;
  /** What the bot asked last, if it is still open. */
  readonly asked?: Question | null;
  /** Language of the conversation so far; decides where the text itself does not (`ok`, `10:30`). */
  readonly lang?: Language | null;
}

/** The understanding of one business; built once, used by every turn. Pure and synchronous. */
export interface Understander {
  understand(text: string, context: UnderstandContext): Understanding;
}
