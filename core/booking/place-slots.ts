/** Where the work is done: at the customer's or in the shop, and the address. */
import { entitiesOf } from "../conversation/reading.ts";
import { type BookContext, type BookSlot, type ProductValue, workOf } from "./book-values.ts";
import { servicesFor } from "./work.ts";

const VISIT_WORDS =
  /上门|上門|到府|到家|来家|來家|来我|來我|到我|派人|派个|派師傅|师傅来|師傅來|嚟我|上嚟|home visit|come (?:over|to (?:my|our|the))|at (?:my|our) (?:home|house|place|flat|office)|send (?:someone|somebody|a technician)/i;
const SHOP_WORDS =
  /到店|送店|送修|送过去|送過去|开过去|開過去|开来|開來|去你们|去你們|到你们|到你們|拿去|拿过去|揸過嚟|bring (?:it|the|my)|drop (?:it|off)|come (?:in|by)|to (?:the|your) (?:shop|workshop|store)|in[- ]store/i;
const NO_ANSWER = /^(?:不知道|不清楚|不晓得|不曉得|唔知|don'?t know|no idea|not sure|dunno)/i;
const PLACE_LIKE =
  /[\d路街道巷号號村楼樓栋棟幢座区區镇鎮县縣室苑园園城府厦廈邨院]|\b(?:street|st|road|rd|avenue|ave|lane|building|block|flat|floor|tower|court|house|garden)\b/i;

export const PLACE_SLOT: BookSlot<"place"> = {
  label: ({ turn }) => turn.words("label.place"),
  mention: /地点|地點|上门还是|place|where/i,
  dependsOn: ["product", "fault"],
  take: (context, reading, asked) => {
    const visit = VISIT_WORDS.test(reading.text);
    const shop = SHOP_WORDS.test(reading.text);
    if (visit === shop) return asked && reading.choice ? reading.choice.id : undefined;
    return offeredPlace(context) === "either" || offeredPlace(context) === undefined ? (visit ? "visit" : "shop") : undefined;
  },
  known: (context) => {
    const place = offeredPlace(context);
    return place === "either" ? undefined : place;
  },
  settle: (context, raw) => {
    const place = offeredPlace(context);
    return { status: "ok", value: place && place !== "either" ? place : raw };
  },
  ask: ({ turn }) => ({
    text: turn.words("book.ask_place"),
    question: "choice",
    choices: [
      { id: "visit", label: turn.words("place.visit") },
      { id: "shop", label: turn.words("place.shop") },
    ],
  }),
  show: ({ turn }, value) => turn.words(value === "visit" ? "place.visit" : "place.shop"),
};

export const ADDRESS_SLOT: BookSlot<"address"> = {
  label: ({ turn }) => turn.words("label.address"),
  mention: /地址|address/i,
  dependsOn: ["place"],
  needed: (context) => context.values.place === "visit",
  take: (context, reading, asked) => {
    // A location that was sent counts when it has a name: a technician finds no door by numbers alone.
    if (asked && reading.media?.kind === "location" && reading.media.name) return reading.media.name;
    const settled = context.values.address;
    const swap =
      typeof settled === "string"
        ? /(?:不是|唔係|唔系)\s*([0-9A-Za-z]+)[^0-9A-Za-z]*?(?:是|係|系)\s*([0-9A-Za-z]+)/.exec(reading.text)
        : null;
    if (swap && String(settled).split(swap[1]!).length === 2) return String(settled).replace(swap[1]!, swap[2]!);
    const found = entitiesOf(reading).address[0];
    // "There's water at the bottom, it leaks" tells the fault, whatever was asked.
    const tellsFault =
      found !== undefined && !/\d/.test(found.value) && entitiesOf(reading).fault.some((one) => found.value.includes(one.text));
    if (found && !tellsFault) return found.value;
    if (!asked || !reading.understanding || reading.choice || reading.understanding.entities.phone.length > 0) return undefined;
    const { fault, service, product } = reading.understanding.entities;
    if (fault.length + service.length + product.length > 0) return undefined;
    const text = reading.text.trim();
    const intent = reading.understanding.intents[0]?.intent;
    const other = intent !== "provide_info" && intent !== "book" && reading.understanding.decision === "act";
    // Words that seem to mean something else are a place only when they look like one.
    if (intent !== "provide_info" && intent !== "book" && !PLACE_LIKE.test(text)) return undefined;
    if (other || text.length < 4 || text.length > 200 || NO_ANSWER.test(text) || /[??]$/.test(text)) return undefined;
    return text;
  },
  known: ({ turn }) => turn.customer()?.address ?? undefined,
  ask: ({ turn }) => ({ text: turn.words("book.ask_address"), question: "address" }),
  show: (_context, value) => String(value),
};

function offeredPlace(context: BookContext): "shop" | "visit" | "either" | undefined {
  const product = (context.values.product ?? context.frame.raw["product"]) as unknown as ProductValue | undefined;
  if (!product) return undefined;
  const { model } = context.turn;
  return servicesFor(model, product.id, workOf(context)).find((service) => service.place)?.place ?? model.product(product.id)?.place;
}
