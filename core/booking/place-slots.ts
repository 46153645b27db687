/** Where the work is done: at the customer's or in the shop, and the address. */
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import { type BookContext, type BookSlot, type ProductValue, workOf } from "./book-values.ts";
import { wantsSoonest } from "./time-slot.ts";
import { servicesFor } from "./work.ts";

const VISIT_WORDS =
  /上门|上門|到府|到家|来家|來家|来我|來我|到我|派人|派个|派師傅|师傅来|師傅來|嚟我|上嚟|home visit|come (?:over|to (?:my|our|the))|at (?:my|our) (?:home|house|place|flat|office)|send (?:someone|somebody|a technician)/i;
const SHOP_WORDS =
  /到店|送店|送修|送过去|送過去|开过去|開過去|开来|開來|去你们|去你們|到你们|到你們|拿去|拿过去|揸過嚟|bring (?:it|the|my)|drop (?:it|off)|come (?:in|by)|to (?:the|your) (?:shop|workshop|store)|in[- ]store/i;
const NO_ANSWER = /^(?:不知道|不清楚|不晓得|不曉得|唔知|don'?t know|no idea|not sure|dunno)/i;
const PLACE_LIKE =
  /[\d路街道巷号號村楼樓栋棟幢座区區镇鎮县縣室苑园園城府厦廈邨院]|\b(?:street|st|road|rd|avenue|ave|lane|building|block|flat|floor|tower|court|house|garden)\b/i;

/** A part of town, nothing more: 浦东, 沙田, 信義區. */
const DISTRICT = /^\p{Script=Han}{2,6}$/u;
/** Short words that answer, ask or hurry and name no place. */
const NO_DISTRICT =
  /[吗嗎呢吧啊呀么麼嘛?什怎谁誰几幾多少快慢急好行可以不没沒冇唔别別您你我他她它咁嘅了]|谢|謝|等|先|要|人工|客服|经理|經理|投诉|投訴|取消|预约|預約|今天|明天|后天|後天|上午|下午|晚上/u;
const DISTRICT_LENGTH = 12;
/** What a door is found by: a number, a street, a house. */
const HOUSE =
  /[\d路街道巷号號弄村楼樓栋棟幢座室苑园園城府厦廈邨院里]|\b(?:street|st|road|rd|avenue|ave|lane|building|block|flat|floor|tower|court|house|garden)\b/i;

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
  take: ({ values }, reading, asked) => takeAddress(reading, asked, typeof values.address === "string" ? values.address : null),
  settle: ({ turn, frame }, raw) => {
    const said = String(raw);
    const part = typeof frame.data["district"] === "string" ? frame.data["district"] : null;
    if (HOUSE.test(said) || said.length > DISTRICT_LENGTH) {
      delete frame.data["district"];
      const whole = part !== null && !said.includes(part) && DISTRICT.test(part) ? `${part}${said}` : said;
      return { status: "ok", value: whole };
    }
    // A part of town alone brings nobody to the door; asked once more, then taken as it is.
    if (part !== null) return { status: "ok", value: said === part ? said : `${part}${said}` };
    frame.data["district"] = said;
    return { status: "incomplete", prompt: { text: turn.words("book.ask_address_more", { place: said }), question: "address" } };
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

/**
 * What a message says of the address.
 *
 * @param settled the address so far, of which one number may be corrected
 */
export function takeAddress(reading: Reading, asked: boolean, settled: string | null): string | undefined {
  // A location that was sent counts when it has a name: a technician finds no door by numbers alone.
  if (asked && reading.media?.kind === "location" && reading.media.name) return reading.media.name;
  const swap =
    settled !== null ? /(?:不是|唔係|唔系)\s*([0-9A-Za-z]+)[^0-9A-Za-z]*?(?:是|係|系)\s*([0-9A-Za-z]+)/.exec(reading.text) : null;
  if (swap && settled!.split(swap[1]!).length === 2) return settled!.replace(swap[1]!, swap[2]!);
  const found = entitiesOf(reading).address[0];
  // "There's water at the bottom, it leaks" tells the fault, whatever was asked.
  const tellsFault =
    found !== undefined && !/\d/.test(found.value) && entitiesOf(reading).fault.some((one) => found.value.includes(one.text));
  // 地址改成…: the verb is no part of the place.
  if (found && !tellsFault) return found.value.replace(/^(?:成|为|為|到|去|在)/, "");
  if (!asked || !reading.understanding || reading.choice || reading.understanding.entities.phone.length > 0) return undefined;
  const { fault, service, product } = reading.understanding.entities;
  if (fault.length + service.length + product.length > 0) return undefined;
  const text = reading.text.trim();
  const { intents, decision, entities } = reading.understanding;
  const intent = intents[0]?.intent;
  const other = intent !== "provide_info" && intent !== "book" && decision === "act";
  if (other || text.length > 200 || NO_ANSWER.test(text) || /[??]$/.test(text)) return undefined;
  // A time is no place: what is left beside it has to be one.
  const rest = entities.datetime.reduce((left, one) => left.replace(one.text, " "), text).trim();
  if (rest !== text) return PLACE_LIKE.test(rest) && [...rest].length >= 4 ? rest : undefined;
  if (DISTRICT.test(text) && !NO_DISTRICT.test(text) && !wantsSoonest(text)) return text;
  // Words that seem to mean something else are a place only when they look like one.
  if (intent !== "provide_info" && intent !== "book" && !PLACE_LIKE.test(text)) return undefined;
  return text.length < 4 ? undefined : text;
}
