/**
 * "The fridge too, while you're here", said of a booking that stands: the visit grows where somebody has the hours for all of it; else
 * the customer chooses between another time for all of it and a second visit.
 */
import type { TurnContext } from "../conversation/context.ts";
import { startFlow } from "../conversation/engine.ts";
import { defineFlow, type FlowContext, type Settled } from "../conversation/flow.ts";
import { confirmChoices } from "../conversation/question.ts";
import { readAgain } from "../conversation/read-again.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Choice, Json } from "../conversation/state.ts";
import { nameIn } from "../profile/model.ts";
import { comma, formatClock, formatEstimate } from "../wording/format.ts";
import { answerOf, askWork, fixedPlace } from "./also-slot.ts";
import { bookedItem } from "./book-complete.ts";
import { BOOKING_SLOT, bookingLabel, bookingOf, comingBookings, lateWords, takeBooking } from "./change-flows.ts";
import { isWish, type Mention, productsIn, sameProduct } from "./mentions.ts";
import { productText, withNamed } from "./owned-product.ts";
import { nearestOffers, type Offer, offerAt } from "./slots.ts";
import { type BookedItem, type Booking, bookedItems } from "./state.ts";
import { changeItems, estimateWith, itemsOfBooking, jobWith, sameStart } from "./visit-items.ts";
import { agendaOf, bookingWindowOf } from "./window.ts";
import { servicesFor } from "./work.ts";

type ExtendValues = { booking: Json; added: Json; how: Json };
type ExtendContext = FlowContext<ExtendValues>;

/** Into the same visit; a mere "too" may as well be a booking of its own. */
const TOGETHER =
  /一起|一齐|一齊|一并|一併|顺便|順便|顺带|順帶|顺手|順手|顺路|順路|同一次|同次|这次也|這次也|加上|加进|加進|加到|埋(?:一齊|一齐)?(?:睇|整|修|做)|一次(?:弄|修|做|看)|while (?:you'?re|you are|they'?re|they are|he'?s|he is|she'?s|she is) (?:here|there|at it)|\b(?:in|to|on|during|at) (?:the|that|this|my) (?:same )?(?:visit|appointment|booking|go|time)\b|same visit/i;
const APART =
  /另(?:外)?约|另(?:外)?約|分开|分開|单独|單獨|第二次|改天|下次|另一次|\b(?:separate(?:ly)?|second visit|another visit|own visit|on its own)\b/i;

/** How the added product is done: within an hour for all of it, or by itself. */
type How = { readonly as: "together"; readonly offer: Offer } | { readonly as: "apart" };

/** The products that a message adds to a booking that stands; `null` when it adds none. */
function addedTo(turn: TurnContext, booking: Booking, reading: Reading): Mention | null {
  const main = { id: booking.product, owned: booking.ownedProduct };
  const found = productsIn(turn, reading, main);
  if (!found || found.main !== null) return null;
  const has = (one: Mention): boolean =>
    bookedItems(booking).some((item) => sameProduct(turn, one.product, { id: item.product, owned: item.ownedProduct }));
  const more = found.more.filter((one) => !has(one));
  return more.length === 1 ? more[0]! : null;
}

/** Adds a product to the visit that is coming. @returns whether the message meant that */
export function takeUpExtension(turn: TurnContext, reading: Reading): boolean {
  if (!reading.understanding || reading.choice || !TOGETHER.test(reading.text)) return false;
  const { order_no, datetime } = entitiesOf(reading);
  if (datetime.length > 0) return false;
  const coming = comingBookings(turn);
  const named = coming.filter((one) => order_no.some(({ value }) => value.toUpperCase() === one.number));
  const meant = order_no.length > 0 ? named : coming;
  if (meant.length === 0 || !meant.every((booking) => addedTo(turn, booking, reading) !== null)) return false;
  startFlow(turn, "extend", reading, meant.length === 1 ? { booking: meant[0]!.number, said: reading.text } : { said: reading.text });
  return true;
}

const chosen = ({ turn, values, frame }: ExtendContext): Booking | undefined =>
  bookingOf(turn, values.booking ?? frame.raw["booking"] ?? frame.data["booking"]);

const asksWork = ({ previouslyAsked }: TurnContext): boolean => previouslyAsked?.flow === "extend" && previouslyAsked.slot === "added";

/** The products of the booking with the one that comes along. */
function itemsWith({ turn, values }: ExtendContext, booking: Booking): readonly BookedItem[] {
  const { product, wish } = values.added as unknown as Mention;
  const services = servicesFor(turn.model, product.id, wish);
  return [...itemsOfBooking(turn, booking), bookedItem(turn, { product, wish, services }, product.owned)];
}

/** Can it be done in the same place at all? */
function goesTogether({ turn, values }: ExtendContext, booking: Booking): boolean {
  const { product, wish } = values.added as unknown as Mention;
  const services = servicesFor(turn.model, product.id, wish);
  const place = fixedPlace(turn, product.id, services);
  if (booking.place === "pickup") return place !== "visit" && services.every((service) => service.pickup);
  return place === null || place === booking.place;
}

/** The next times at which somebody can do all of it. */
function otherTimes(context: ExtendContext, booking: Booking): Offer[] {
  if (!goesTogether(context, booking)) return [];
  const { turn } = context;
  const job = jobWith(turn, booking, itemsWith(context, booking));
  const search = { job, now: turn.now, moving: booking.number, limit: 2 };
  return nearestOffers(turn.model, agendaOf(turn, bookingWindowOf(turn)), search, booking.start);
}

function askHow(context: ExtendContext): { text: string; question: "choice"; choices: Choice[] } {
  const { turn, values } = context;
  const booking = chosen(context)!;
  const product = productText(turn, (values.added as unknown as Mention).product);
  const times = otherTimes(context, booking).map((offer) => ({
    id: `extend:${offer.start}`,
    label: turn.time(offer.start),
    value: { start: offer.start },
  }));
  return {
    text: turn.words("extend.no_room", {
      number: booking.number,
      booking: bookingLabel(turn, booking),
      product,
      times: times.length > 0 ? times.map(({ label }) => label).join(turn.lang === "en" ? " / " : "、") : "",
    }),
    question: "choice",
    choices: [...times, { id: "extend:apart", label: turn.words("extend.choice_apart", { product }), value: { as: "apart" } }],
  };
}

/** @param raw what the customer wants, or the fact as settled before */
function settleHow(context: ExtendContext, raw: Json): Settled<Json> {
  const { turn } = context;
  const booking = chosen(context)!;
  const wish = raw as { readonly as?: How["as"]; readonly start?: number; readonly offer?: Offer };
  if (wish.as === "apart") return { status: "ok", value: { as: "apart" } };
  const start = wish.offer?.start ?? wish.start;
  const items = itemsWith(context, booking);
  const offer = goesTogether(context, booking) ? hoursFor(context, booking, items, start ?? booking.start) : null;
  if (offer) return { status: "ok", value: { as: "together", offer } as unknown as Json };
  const prompt = askHow(context);
  if (start === undefined) return { status: "incomplete", prompt };
  const text = turn.words("time.busy", { time: turn.time(start) });
  return { status: "refused", reason: "busy", text, prompt };
}

function hoursFor({ turn }: ExtendContext, booking: Booking, items: readonly BookedItem[], start: number): Offer | null {
  if (start === booking.start) return sameStart(turn, booking, items);
  const search = { job: jobWith(turn, booking, items), now: turn.now, moving: booking.number };
  return offerAt(turn.model, agendaOf(turn, bookingWindowOf(turn)), search, start);
}

/** The list of the booking and the file get the product; its hours change. */
function extend(context: ExtendContext, booking: Booking, offer: Offer): void {
  const { turn, values } = context;
  const { product } = values.added as unknown as Mention;
  const file = turn.ensureCustomer();
  const kept = product.owned ? { products: file.products, owned: product.owned } : withNamed(file.products, product);
  if (!product.owned) turn.saveCustomer({ ...file, products: kept.products });
  const items = itemsWith(context, booking).map((item, at, all) => (at === all.length - 1 ? { ...item, ownedProduct: kept.owned } : item));
  const changed = changeItems(turn, booking, items, offer);
  const words = { number: changed.number, product: productText(turn, { ...product, owned: kept.owned }) };
  turn.say(
    turn.words("extend.done", {
      ...words,
      time: turn.span(changed),
      technician: nameIn(turn.model.technician(changed.technician), turn.lang),
      estimate: formatEstimate(changed.estimate),
    }),
  );
  const { staffLanguage } = turn;
  turn.notify(
    "representative",
    turn.staffWords("staff.extended", {
      number: changed.number,
      product: nameIn(turn.model.product(product.id), staffLanguage),
      time: turn.staffTime(changed.start),
      end: formatClock(changed.end, turn.zone),
      technician: nameIn(turn.model.technician(changed.technician), staffLanguage),
      late: lateWords(turn, booking),
    }),
    null,
  );
}

export const EXTEND_FLOW = defineFlow<ExtendValues>({
  id: "extend",
  title: (turn) => turn.words("extend.title"),
  absorbs: ["book", "provide_info", "reschedule", "confirm_yes"],
  slots: {
    booking: {
      ...BOOKING_SLOT,
      take: ({ turn }, reading, asked) => (asked ? takeBooking(turn, reading, false) : undefined),
      known: ({ frame }) => frame.data["booking"],
    },
    added: {
      label: ({ turn }) => turn.words("label.also"),
      take: (context, reading) => {
        const { turn, frame } = context;
        const known = frame.raw["added"] as unknown as Mention | undefined;
        if (known && asksWork(turn)) {
          const wish = answerOf(turn, reading, known);
          return wish ? ({ ...known, wish } as unknown as Json) : undefined;
        }
        const booking = chosen(context) ?? comingBookings(turn)[0];
        return booking ? ((addedTo(turn, booking, reading) ?? undefined) as unknown as Json | undefined) : undefined;
      },
      settle: ({ turn }, raw) =>
        isWish((raw as unknown as Mention).wish)
          ? { status: "ok", value: raw }
          : { status: "incomplete", prompt: askWork(turn, raw as unknown as Mention) },
      ask: ({ turn }) => ({ text: turn.words("book.ask_product"), question: "product" }),
      show: ({ turn }, value) => productText(turn, (value as unknown as Mention).product),
    },
    how: {
      label: ({ turn }) => turn.words("label.time"),
      mention: /时间|時間|time|date|day/i,
      dependsOn: ["booking", "added"],
      perishable: true,
      take: (_context, reading, asked) => {
        if (!asked || reading.choice) return undefined;
        if (APART.test(reading.text)) return { as: "apart" };
        const wished = entitiesOf(reading).datetime.find((one) => !one.past);
        return wished ? { start: wished.start } : undefined;
      },
      // From the start that stands, unless the customer says otherwise.
      known: () => ({}),
      settle: settleHow,
      ask: askHow,
      show: ({ turn }, value) => {
        const how = value as unknown as How;
        return how.as === "together" ? turn.time(how.offer.start) : "";
      },
    },
  },
  // A second visit is summed up by its own booking.
  summary: (context) => {
    const { turn, values } = context;
    const how = values.how as unknown as How;
    if (how.as === "apart") return null;
    const booking = chosen(context)!;
    const { product, wish } = values.added as unknown as Mention;
    const text = turn.words("extend.summary", {
      number: booking.number,
      product: productText(turn, product),
      items: servicesFor(turn.model, product.id, wish)
        .map((service) => nameIn(service, turn.lang))
        .join(comma(turn.lang)),
      time: turn.span(how.offer),
      technician: nameIn(turn.model.technician(how.offer.technician), turn.lang),
      estimate: formatEstimate(estimateWith(turn, booking, itemsWith(context, booking))),
    });
    return { text, question: "yesno", choices: confirmChoices(turn) };
  },
  complete: (context, values) => {
    const { turn, frame } = context;
    const how = values.how as unknown as How;
    const booking = bookingOf(turn, values.booking);
    if (how.as === "apart") {
      const { product, wish } = values.added as unknown as Mention;
      const said = wish.note ?? String(frame.data["said"] ?? "");
      const name = productText(turn, product);
      startFlow(turn, "book", readAgain(turn, said.includes(name) ? said : `${name} ${said}`));
    } else if (booking?.status === "confirmed") extend(context, booking, how.offer);
    else turn.say(turn.words("change.none"));
  },
  dropped: ({ turn }) => turn.say(turn.words("cancel.kept")),
});
