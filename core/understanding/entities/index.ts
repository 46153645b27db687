import type { Language } from "../../language.ts";
import type { Normalised } from "../text/normalise.ts";
import type { Entities, Question, Span } from "../types.ts";
import { readAddresses } from "./address.ts";
import { readAmounts } from "./amount.ts";
import { readMileages } from "./mileage.ts";
import { readNames } from "./name.ts";
import { readOrderNumbers } from "./order-number.ts";
import { readPhones } from "./phone.ts";
import { readPlates } from "./plate.ts";
import { readScores } from "./score.ts";
import { readVins } from "./vin.ts";

/** Everything read from the text alone, without dates and without the profile's vocabulary. */
export type TextEntities = Pick<Entities, "phone" | "plate" | "vin" | "order_no" | "name" | "address" | "score" | "amount" | "mileage">;

/** What the readers lean on beside the text. */
export interface EntityContext {
  /** What the bot asked last: bare answers count as that kind. */
  readonly asked?: Question | null;
  /** Language of the message; tells apart numbering plans and currencies. */
  readonly language?: Language | null;
  /** Currency of the business. */
  readonly currency?: Entities["amount"][number]["currency"] | null;
  /** Pieces already read as something surer (dates and times); a number or name inside them is nothing else. */
  readonly taken?: readonly Span[];
}

const NOTHING: TextEntities = { phone: [], plate: [], vin: [], order_no: [], name: [], address: [], score: [], amount: [], mileage: [] };

/**
 * Reads phones, plates, VINs, order numbers, names, addresses, scores, amounts and mileages. Where two readings share characters
 * the one with the stricter form stands: VIN, plate, phone, order number, amount, mileage, address, score, name.
 * Never throws; `text` of each entity is verbatim: `original.slice(at, at + text.length)`.
 */
export function readEntities(normalised: Normalised, context: EntityContext = {}): TextEntities {
  if (normalised.text === "") return NOTHING;
  const asked = context.asked ?? null;
  const language = context.language ?? null;
  const used: Span[] = [];
  const settle = <E extends Span>(entities: readonly E[], against: readonly Span[] = []): readonly E[] => {
    const free = entities.filter((entity) => !overlapsAny(entity, used) && !overlapsAny(entity, against));
    used.push(...free);
    return free;
  };
  const taken = context.taken ?? [];
  const digits = normalised.hasDigit;
  const vin = digits ? settle(readVins(normalised)) : [];
  const plate = digits ? settle(readPlates(normalised, asked === "plate")) : [];
  const orders = digits ? readOrderNumbers(normalised, asked === "order_no", asked === "product") : [];
  // 单号 13800138000 is settled by the phone reader itself, which knows the cues of other numbers.
  const phone = settle(readPhones(normalised, { asked: asked === "phone", language }));
  const order_no = settle(
    orders,
    taken.filter((span) => asked !== "order_no" || span.text.length > 8),
  );
  const amount = settle(readAmounts(normalised, { language, currency: context.currency ?? null }));
  const mileage = settle(readMileages(normalised));
  const address = settle(readAddresses(normalised, asked === "address"));
  const score = settle(readScores(normalised, asked === "score"), asked === "score" ? [] : taken);
  const name = settle(readNames(normalised, { asked: asked === "name" }));
  return { phone, plate, vin, order_no, name, address, score, amount, mileage };
}

function overlapsAny(span: Span, others: readonly Span[]): boolean {
  const end = span.at + span.text.length;
  return others.some((other) => span.at < other.at + other.text.length && other.at < end);
}
