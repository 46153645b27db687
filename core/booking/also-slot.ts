/**
 * Other products in the same visit: "the fridge too, while you're here". One visit when one technician can do it all in one go and in
 * one place; else the customer hears so, and the others are arranged next, as a visit of their own.
 */
import type { TurnContext } from "../conversation/context.ts";
import { askQuestion } from "../conversation/question.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Frame, Json } from "../conversation/state.ts";
import { nameIn } from "../profile/model.ts";
import type { Service } from "../profile/schema.ts";
import { comma, semicolon } from "../wording/format.ts";
import { type BookContext, type BookSlot, servicesOf } from "./book-values.ts";
import { workText } from "./fault-words.ts";
import { isWish, type Mention, productsGivenUp, productsIn, sameProduct } from "./mentions.ts";
import { productText } from "./owned-product.ts";
import type { ProductValue } from "./product-value.ts";
import { findOffers } from "./slots.ts";
import { agendaOf, bookingWindowOf } from "./window.ts";
import { NO_WISH, servicesFor, wishOf } from "./work.ts";

/** Is it the work on another product of the visit that was asked for last? */
export function asksAboutAlso(turn: TurnContext): boolean {
  return turn.previouslyAsked?.flow === "book" && turn.previouslyAsked.slot === "also";
}

/** Does the message add a product to the visit under way, or tell of one that was added? */
export function goesAlong(turn: TurnContext, frame: Frame, reading: Reading): boolean {
  const main = (frame.values["product"] ?? frame.raw["product"] ?? null) as unknown as ProductValue | null;
  return asksAboutAlso(turn) || (productsIn(turn, reading, main)?.more.length ?? 0) > 0;
}

const listOf = (json: Json | undefined): readonly Mention[] => (json ?? []) as unknown as readonly Mention[];

export const ALSO_SLOT: BookSlot<"also"> = {
  label: ({ turn }) => turn.words("label.also"),
  dependsOn: ["product", "fault"],
  needed: ({ frame }) => listOf(frame.raw["also"]).length > 0,
  take: takeAlso,
  settle: settleAlso,
  // Asked by `settle`, which knows what of it is missing.
  ask: (context) => askWork(context.turn, listOf(context.frame.raw["also"])[0]!),
  show: ({ turn }, value) =>
    listOf(value)
      .map(({ product, wish }) => [productText(turn, product), workText(turn, wish, product.id)].filter(Boolean).join(" "))
      .join(semicolon(turn.lang)),
};

export function askWork(turn: TurnContext, { product }: Mention): { text: string; question: "fault" } {
  return { text: turn.words("book.ask_fault", { product: productText(turn, product) }), question: "fault" };
}

function takeAlso(context: BookContext, reading: Reading, asked: boolean): Json | undefined {
  const { turn, frame } = context;
  const known = listOf(frame.raw["also"]);
  const main = (frame.raw["product"] ?? context.values.product ?? null) as unknown as ProductValue | null;
  if (asked) {
    const open = known.find(({ wish }) => !isWish(wish));
    const wish = open ? answerOf(turn, reading, open) : null;
    if (open && wish) return known.map((one) => (one === open ? { ...one, wish } : one)) as unknown as Json;
  }
  const found = productsIn(turn, reading, main)?.more.filter(({ product }) => main === null || !sameProduct(turn, product, main));
  if (!found || found.length === 0) return undefined;
  const others = known.filter(({ product }) => !found.some((one) => sameProduct(turn, one.product, product)));
  return [...others, ...found].slice(0, 5) as unknown as Json;
}

/** What is wrong with a product, in answer to the question. */
export function answerOf(turn: TurnContext, reading: Reading, { product }: Mention): Mention["wish"] | null {
  const { understanding } = reading;
  if (!understanding || reading.choice) return null;
  const { model } = turn;
  const covered = <Entry extends { readonly id: string }>(found: readonly Entry[], products: (id: string) => readonly string[]): Entry[] =>
    found.filter((one) => model.covers(products(one.id), product.id));
  const { entities, intents, decision } = understanding;
  const text = reading.text.trim();
  const wish = wishOf(
    model,
    {
      ...entities,
      fault: covered(entities.fault, (id) => model.fault(id)?.products ?? []),
      service: covered(entities.service, (id) => model.service(id)?.products ?? []),
    },
    text.slice(0, 500) || null,
  );
  if (wish) return wish;
  const intent = intents[0]?.intent;
  const matter = intent === "book" || intent === "provide_info" || decision !== "act";
  // Words of one's own are kept for the technician; the work is then to find out what is wrong.
  return matter && [...text].length >= 2 ? { ...NO_WISH, note: text.slice(0, 500) } : null;
}

/** Where the work is done, when the customer has no say in it. */
export function fixedPlace(turn: TurnContext, product: string, services: readonly Service[]): "shop" | "visit" | null {
  const place = services.find((service) => service.place)?.place ?? turn.model.product(product)?.place;
  return place === "shop" || place === "visit" ? place : null;
}

function settleAlso(context: BookContext, raw: Json): ReturnType<NonNullable<BookSlot<"also">["settle"]>> {
  const { turn, frame, values } = context;
  const all = listOf(raw);
  const open = all.find(({ wish }) => !isWish(wish));
  if (open) return { status: "incomplete", prompt: askWork(turn, open) };
  const main = values.product as unknown as ProductValue;
  const together: Mention[] = [];
  const apart: Mention[] = [];
  let services = servicesOf({ ...context, values: { ...values, also: [] } });
  let place = fixedPlace(turn, main.id, services);
  for (const one of all) {
    const own = servicesFor(turn.model, one.product.id, one.wish);
    const there = fixedPlace(turn, one.product.id, own);
    if ((place === null || there === null || place === there) && isPossible(turn, [...services, ...own], place ?? there)) {
      together.push(one);
      services = [...services, ...own];
      place ??= there;
    } else apart.push(one);
  }
  frame.data["apart"] = apart.map(({ product, wish }) => [productText(turn, product), wish.note ?? ""].join(" ").trim());
  if (apart.length === 0) return { status: "ok", value: together as unknown as Json };
  const names = apart.map(({ product }) => productText(turn, product)).join(comma(turn.lang));
  const remark = turn.words("book.two_visits", { product: names, first: nameIn(turn.model.product(main.id), turn.lang) });
  return { status: "ok", value: together as unknown as Json, remark };
}

/** Has one technician an hour for all of it within the time in which bookings are taken? */
function isPossible(turn: TurnContext, services: readonly Service[], place: "shop" | "visit" | null): boolean {
  const window = bookingWindowOf(turn);
  const job = { services, place: place ?? ("visit" as const) };
  return findOffers(turn.model, agendaOf(turn, window), { job, now: turn.now, ...window, limit: 1 }).length > 0;
}

/** What could not go into the visit is taken up right behind it. */
export function takeUpApart({ turn, frame }: BookContext): void {
  for (const text of (frame.data["apart"] ?? []) as readonly string[]) turn.state.matters.push({ intent: "book", text });
}

const LEAVES_OUT =
  /不修|不用|不要|不弄|不整|不做|取消|去掉|唔使|唔要|唔整|算了|免了|\b(?:don'?t|doesn'?t|not|without|drop|skip|leave out|cancel|remove|forget)\b/i;

/** No work is needed any more: sure enough to end a booking, once the customer agrees. */
const NOT_NEEDED =
  /不用(?:再)?(?:修|来|來|弄|整|做|看|洗|保养|保養)|不(?:修|洗|保养|保養|换|換)了|不需要(?:修|弄|做)?了|不必(?:修|弄|做)?了|自己好了|又好了|唔使(?:再)?(?:整|修|睇|做|換)|唔(?:整|修|洗)(?:啦|喇|了)|自己好返|\b(?:doesn'?t|does not|don'?t|do not|no longer|won'?t) need (?:\w+ing|to be|it|any|a |an )|\bneedn'?t be\b|\b(?:works?|working|fine) again\b|\bfixed itself\b/i;

/**
 * "The washer needn't be done": one of several products leaves the visit, the others stay. Where it is the only one, the customer is
 * asked whether the booking is dropped.
 */
export function takeOutProduct({ turn, frame, values }: BookContext, reading: Reading): boolean | "asked" {
  const also = listOf(frame.raw["also"]);
  const main = (frame.raw["product"] ?? values.product) as unknown as ProductValue | undefined;
  if (!main || reading.choice) return false;
  const notNeeded = NOT_NEEDED.test(reading.text);
  if (also.length === 0) return notNeeded && namesProduct(turn, reading, main) && asksToDrop(turn, main);
  if (!notNeeded && (!LEAVES_OUT.test(reading.text) || asksAboutWork(turn, reading))) return false;
  const all: Mention[] = [{ product: main, wish: (frame.raw["fault"] ?? NO_WISH) as unknown as Mention["wish"] }, ...also];
  const gone = all.filter(({ product }) => namesProduct(turn, reading, product));
  if (gone.length !== 1) return false;
  const rest = all.filter((one) => one !== gone[0]);
  frame.raw["product"] = rest[0]!.product as unknown as Json;
  if (isWish(rest[0]!.wish)) frame.raw["fault"] = rest[0]!.wish as unknown as Json;
  else delete frame.raw["fault"];
  frame.raw["also"] = rest.slice(1) as unknown as Json;
  for (const name of ["fault", "product", "also", "identity", "place", "loan", "time"] as const) delete values[name];
  frame.phase = "collecting";
  turn.learnt = true;
  turn.say(turn.words("book.taken_out", { product: productText(turn, gone[0]!.product) }));
  return true;
}

function asksToDrop(turn: TurnContext, product: ProductValue): "asked" {
  askQuestion(turn, "book", "$drop", {
    text: turn.words("book.asks_drop", { product: productText(turn, product) }),
    question: "yesno",
    choices: [
      { id: "drop", label: turn.words("choice.drop") },
      { id: "continue", label: turn.words("choice.continue") },
    ],
  });
  return "asked";
}

/** Words that tell a fault ("it doesn't drain") leave nothing out. */
function asksAboutWork(turn: TurnContext, reading: Reading): boolean {
  return asksAboutAlso(turn) || entitiesOf(reading).fault.length > 0;
}

function namesProduct(turn: TurnContext, reading: Reading, wanted: ProductValue): boolean {
  const { plate } = entitiesOf(reading);
  const own = turn.customer()?.products.find((one) => one.id === wanted.owned);
  if (own?.plate && plate.some((one) => one.value === own.plate)) return true;
  return productsGivenUp(reading).some((one) => one.id === wanted.id || turn.model.covers([one.id], wanted.id));
}
