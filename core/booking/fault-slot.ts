/** What is wrong, or what is to be done. */
import type { TurnContext } from "../conversation/context.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Json } from "../conversation/state.ts";
import { nameIn } from "../profile/model.ts";
import { workAsBefore } from "./another.ts";
import type { BookContext, BookSlot, ProductValue } from "./book-values.ts";
import { faultsFor, type WorkWish, wishOf } from "./work.ts";

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

/** Words of trouble that are in no list: kept as they are, so that nobody is asked twice what is wrong. */
const TROUBLE =
  /坏了|壞了|打不着|打不著|没反应|沒反應|有问题|有問題|出问题|出問題|异响|異響|卡住|裂了|裂开|裂開|碎了|破了|松了|鬆了|生锈|生鏽|发霉|發霉|起雾|起霧|不[能会會]?[转轉动動吸热熱冷亮响響通走出进進排启啟开開关關]|松动|鬆動|晃|歪了|异味|異味|很吵|噪音|漏|\b(?:won'?t|doesn'?t|not working|broken|stopped working|loose|wobbl\w*|crack\w*|stuck|jammed|nois[ey]\w*|rattl\w*|squeak\w*|smell\w*|scratch\w*|leak\w*|bent|dripping|tripping)\b/i;

function takeWork(context: BookContext, reading: Reading, asked: boolean): Json | undefined {
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

function workText(turn: TurnContext, wish: WorkWish, product: string | null): string {
  const names = [
    ...faultsFor(turn.model, product, wish).map((fault) => nameIn(fault, turn.lang)),
    ...wish.services.map((ids) =>
      nameIn(
        turn.model.service(
          ids.find((id) => product !== null && turn.model.covers(turn.model.service(id)?.products ?? [], product)) ?? ids[0]!,
        ),
        turn.lang,
      ),
    ),
  ].filter(Boolean);
  return names.length > 0 ? names.join(turn.lang === "en" ? ", " : "、") : (wish.note ?? "");
}
