/** Where the work is done: at the customer's or in the shop, and the address. */
import type { TurnContext } from "../conversation/context.ts";
import type { Settled } from "../conversation/flow.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Json } from "../conversation/state.ts";
import { comma } from "../wording/format.ts";
import { fixedPlace } from "./also-slot.ts";
import { type BookContext, type BookSlot, workOf } from "./book-values.ts";
import { type Place, pickupZone } from "./job.ts";
import type { Mention } from "./mentions.ts";
import type { ProductValue } from "./product-value.ts";
import { wantsSoonest } from "./time-wish.ts";
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

/** Fetch it and bring it back; not "I'll pick it up at five". */
const PICKUP_WORDS =
  /(?:上门|上門|来|來|过来|過來|派人|到府)(?:取|接|拿|收)(?:车|車|件|货|貨|机|機|走|一下)?|取送|接送(?:车|車)|代客泊|取(?:车|車|件)(?:上门|服务|服務)|送回(?:来|來|去|给我|給我)|\b(?:pick(?:ed)?[- ]?up(?: service)?|pick (?:it|the \w+|my \w+) up|collect (?:it|the|my)|fetch (?:it|the|my)|collection)\b|bring it back/i;
const FETCHES_THEMSELVES =
  /(?:我|自己)(?:.{0,4})(?:来|來|去|过来|過來|过去|過去)?(?:取|拿|接)|自取|\b(?:i|we)(?:'ll| will| can| could| shall)? (?:come (?:and )?)?(?:pick|collect|fetch)/i;

export const PLACE_SLOT: BookSlot<"place"> = {
  label: ({ turn }) => turn.words("label.place"),
  mention: /地点|地點|上门还是|place|where/i,
  dependsOn: ["product", "fault", "also"],
  take: (context, reading, asked) => {
    if (asked && reading.choice) return reading.choice.id;
    if (PICKUP_WORDS.test(reading.text) && !FETCHES_THEMSELVES.test(reading.text) && context.turn.model.profile.business.booking.pickup)
      return "pickup";
    const visit = VISIT_WORDS.test(reading.text);
    const shop = SHOP_WORDS.test(reading.text) || (context.values.place === "pickup" && FETCHES_THEMSELVES.test(reading.text));
    if (visit === shop) return undefined;
    const places = placesOf(context);
    if (visit && places && !places.includes("visit") && places.includes("pickup")) return "pickup";
    return places === null || places.length > 1 ? (visit ? "visit" : "shop") : undefined;
  },
  known: (context) => {
    const places = placesOf(context);
    if (!places) return undefined;
    const { pickup } = context.turn.model.profile.business.booking;
    const asked = places.filter((place) => place !== "pickup" || pickup?.ask === true);
    return asked.length === 1 ? asked[0] : undefined;
  },
  settle: (context, raw) => {
    const places = placesOf(context);
    if (!places || places.includes(raw as Place)) return { status: "ok", value: raw };
    const value = places[0]!;
    return raw === "pickup" ? { status: "ok", value, remark: context.turn.words("pickup.not_for_this") } : { status: "ok", value };
  },
  ask: (context) => ({
    text: context.turn.words(placesOf(context)?.includes("pickup") ? "pickup.ask_place" : "book.ask_place"),
    question: "choice",
    choices: (placesOf(context) ?? ["visit", "shop"]).map((id) => ({ id, label: context.turn.words(`place.${id}`) })),
  }),
  show: ({ turn }, value) => turn.words(value === "visit" || value === "pickup" ? `place.${value}` : "place.shop"),
};

export const ADDRESS_SLOT: BookSlot<"address"> = {
  label: ({ turn }) => turn.words("label.address"),
  mention: /地址|address/i,
  dependsOn: ["place"],
  needed: (context) => context.values.place === "visit" || context.values.place === "pickup",
  take: ({ values }, reading, asked) => takeAddress(reading, asked, typeof values.address === "string" ? values.address : null),
  settle: (context, raw) => {
    const { turn, frame, values } = context;
    const said = String(raw);
    const part = typeof frame.data["district"] === "string" ? frame.data["district"] : null;
    // A part of town alone brings nobody to the door; asked once more, then taken as it is.
    if (part === null && !HOUSE.test(said) && said.length <= DISTRICT_LENGTH) {
      frame.data["district"] = said;
      return { status: "incomplete", prompt: { text: turn.words("book.ask_address_more", { place: said }), question: "address" } };
    }
    const address = part === null || said.includes(part) ? said : `${part}${said}`;
    if (values.place === "pickup" && pickupZone(turn.model, address) === undefined) return outOfReach(turn);
    if (HOUSE.test(said)) delete frame.data["district"];
    return { status: "ok", value: address };
  },
  known: ({ turn }) => turn.customer()?.address ?? undefined,
  ask: ({ turn }) => ({ text: turn.words("book.ask_address"), question: "address" }),
  show: (_context, value) => String(value),
};

/** The shop fetches from some parts of town only. */
export function outOfReach(turn: TurnContext): Settled<Json> {
  const zones = turn.model.profile.business.booking.pickup?.zones ?? [];
  return {
    status: "refused",
    reason: "out_of_reach",
    text: turn.words("pickup.out_of_reach", { zones: zones.map(({ name }) => name[turn.lang]).join(comma(turn.lang)) }),
    prompt: { text: turn.words("pickup.ask_other"), question: "address" },
  };
}

/** Where the work may be done, the usual first; `null` while the product is not known. */
function placesOf(context: BookContext): readonly Place[] | null {
  const product = (context.values.product ?? context.frame.raw["product"]) as unknown as ProductValue | undefined;
  if (!product) return null;
  const { model } = context.turn;
  const also = (context.values.also ?? []) as unknown as readonly Mention[];
  const items = [{ product, wish: workOf(context) }, ...also].map((one) => ({
    product: one.product.id,
    services: servicesFor(model, one.product.id, one.wish),
  }));
  // Another product of the visit may leave no choice.
  const fixed = items.map((one) => fixedPlace(context.turn, one.product, one.services)).find((place) => place !== null);
  const places: Place[] = fixed ? [fixed] : ["visit", "shop"];
  const fetched =
    model.profile.business.booking.pickup !== undefined && items.every((one) => one.services.every((service) => service.pickup));
  return fetched && places.includes("shop") ? [...places, "pickup"] : places;
}

/** May the customer have it fetched and brought back, though they have not asked for it? */
export function offersPickup(context: BookContext): boolean {
  return context.values.place === "shop" && placesOf(context)?.includes("pickup") === true;
}

/** Confidence from which a message said in place of an address asks for work. */
const SURE_OF_WORK = 0.9;

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
  // A whole answer that only tells a time is no place, though the place was asked.
  const { datetime } = entitiesOf(reading);
  const found = entitiesOf(reading).address.find((one) => !datetime.some(({ text }) => text === one.text));
  // "There's water at the bottom, it leaks" tells the fault, whatever was asked.
  const tellsFault =
    found !== undefined && !/\d/.test(found.value) && entitiesOf(reading).fault.some((one) => found.value.includes(one.text));
  // 地址改成…, 上门…: the verb is no part of the place.
  if (found && !tellsFault) return found.value.replace(/^(?:上门(?:服务)?|上門(?:服務)?|到府(?:服務)?)?(?:成|为|為|到|去|在)?/, "");
  if (!asked || !reading.understanding || reading.choice || reading.understanding.entities.phone.length > 0) return undefined;
  const { fault, service, product } = reading.understanding.entities;
  if (fault.length + service.length + product.length > 0) return undefined;
  const text = reading.text.trim();
  const { intents, decision, entities } = reading.understanding;
  const intent = intents[0]?.intent;
  // An unknown street is often read as work; what surely asks for work (算了,先约人来修) is a place only when it looks like one.
  const asksForWork = intent === "book" && intents[0]!.confidence >= SURE_OF_WORK && !PLACE_LIKE.test(text);
  const other = asksForWork || (intent !== "provide_info" && intent !== "book" && decision === "act");
  if (other || text.length > 200 || NO_ANSWER.test(text) || /[??]$/.test(text)) return undefined;
  // A time is no place: what is left beside it has to be one.
  const rest = entities.datetime.reduce((left, one) => left.replace(one.text, " "), text).trim();
  if (rest !== text) return PLACE_LIKE.test(rest) && [...rest].length >= 4 ? rest : undefined;
  if (DISTRICT.test(text) && !NO_DISTRICT.test(text) && !wantsSoonest(text)) return text;
  // Words that seem to mean something else are a place only when they look like one.
  if (intent !== "provide_info" && intent !== "book" && !PLACE_LIKE.test(text)) return undefined;
  return text.length < 4 ? undefined : text;
}
