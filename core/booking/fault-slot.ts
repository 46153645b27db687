/** What is wrong, or what is to be done. */
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Json } from "../conversation/state.ts";
import { nameIn } from "../profile/model.ts";
import { asksAboutAlso } from "./also-slot.ts";
import { workAsBefore } from "./another.ts";
import type { BookContext, BookSlot } from "./book-values.ts";
import { TROUBLE, workText } from "./fault-words.ts";
import { productsIn } from "./mentions.ts";
import type { ProductValue } from "./product-value.ts";
import { type WorkWish, wishOf } from "./work.ts";

export const FAULT_SLOT: BookSlot<"fault"> = {
  label: ({ turn }) => turn.words("label.fault"),
  mention: /故障|问题|問題|毛病|项目|項目|fault|issue|problem|service/i,
  take: takeWork,
  known: ({ frame }) => workAsBefore(frame.data) as unknown as Json | undefined,
  ask: ({ turn, frame }) => {
    const product = (frame.raw["product"] as ProductValue | undefined)?.id;
    return {
      text: turn.words("book.ask_fault", { product: product ? nameIn(turn.model.product(product), turn.lang) : "" }),
      question: "fault",
    };
  },
  show: (context, value) =>
    workText(context.turn, value as unknown as WorkWish, (context.values.product as unknown as ProductValue | undefined)?.id ?? null),
};

function takeWork(context: BookContext, reading: Reading, asked: boolean): Json | undefined {
  // What is wrong with another product of the visit is no word about this one.
  if (asksAboutAlso(context.turn)) return undefined;
  const several = productsIn(context.turn, reading, (context.frame.raw["product"] ?? null) as unknown as ProductValue | null);
  if (several) {
    const wish = several.main?.wish;
    return wish && wish.faults.length + wish.services.length > 0 ? (wish as unknown as Json) : undefined;
  }
  const wish = wishOf(context.turn.model, entitiesOf(reading), reading.text.trim().slice(0, 500) || null);
  if (wish) return wish as unknown as Json;
  if (
    !asked &&
    !reading.choice &&
    context.frame.raw["fault"] === undefined &&
    entitiesOf(reading).product.length > 0 &&
    TROUBLE.test(reading.text)
  ) {
    return { faults: [], services: [], note: reading.text.trim().slice(0, 500) };
  }
  if (!asked || reading.choice || !reading.understanding) return undefined;
  const { intents, decision } = reading.understanding;
  const intent = intents[0]?.intent;
  const matter = intent === "book" || intent === "provide_info" || intent === "confirm_no" || decision !== "act";
  const text = reading.text.trim();
  if (
    !matter ||
    text.length < 2 ||
    (entitiesOf(reading).product.length > 0 && text.length <= entitiesOf(reading).product[0]!.text.length + 2)
  )
    return undefined;
  // Words of one's own are kept for the technician; the work is then to find out what is wrong.
  return { faults: [], services: [], note: text.slice(0, 500) };
}
