/** Which products a message speaks of, and which of the work in it belongs to which: "空调不制冷，洗衣机也漏水，一起修". */
import type { TurnContext } from "../conversation/context.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { OwnedProduct } from "../customers/state.ts";
import { TROUBLE } from "./fault-words.ts";
import { namedIn } from "./owned-product.ts";
import type { ProductValue } from "./product-value.ts";
import { NO_WISH, type WorkWish, wishOf } from "./work.ts";

/** A product as a message names it, with the work named for it. */
export interface Mention {
  readonly product: ProductValue;
  readonly wish: WorkWish;
}

const JOINS =
  /和|跟|与|與|以及|同(?!一)|还有|還有|仲有|另外|顺便|順便|顺带|順帶|一起|一齐|一齊|一并|一併|都|也|埋|、|,|，|&|\+|\b(?:and|both|also|too|as well|plus|while (?:you'?re|you are|they'?re) (?:here|there|at it))\b/i;
/** Beside what is under way already: one more thing for the same visit. */
const ALSO =
  /也(?!许|許|没|沒)|还有|還有|仲有|另外|顺便|順便|顺带|順帶|一起|一齐|一齊|一并|一併|加上|加个|加個|再加|连同|連同|\btoo\b|\bas well\b|\balso\b|\bplus\b|\badd\b|while (?:you'?re|you are|they'?re) (?:here|there|at it)|in the same (?:visit|go)/i;
const CORRECTS =
  /不是|唔係|唔系|搞错|搞錯|说错|說錯|换成|換成|改成|改为|改為|而是|应该是|應該是|\bnot (?:the|my|our|a|an|that|this)\b|\b(?:instead|rather|actually|meant?)\b/i;
const ALTERNATIVES = /还是|還是|或者|或是|定係|\bor\b/i;
/** 两台车都……, "both cars". */
const ALL_OF_THEM =
  /[两兩二三四234]\s*[台辆輛部架]|(?:全部|所有)(?:的)?(?:车|車|机|機)|\b(?:both|all (?:of )?(?:my|our|the|three|two|four))\b/i;

/** The customer's own products of a sort. */
function ownedOfSort(turn: TurnContext, sort: string): OwnedProduct[] {
  return (turn.customer()?.products ?? []).filter(
    (one) => one.soldOn === undefined && (one.product === sort || turn.model.covers([sort], one.product)),
  );
}

/** The sort of thing that "the car" and "the machine" stand for, where the shop looks after one sort. */
function onlySort(turn: TurnContext): string | null {
  const roots = turn.model.profile.products.filter((product) => product.kind === undefined);
  return roots.length === 1 ? roots[0]!.id : null;
}

/** The products named, in the order of the words, each once. */
function namedProducts(turn: TurnContext, reading: Reading): { readonly product: ProductValue; readonly at: number }[] {
  const { product, plate } = entitiesOf(reading);
  const owned = turn.customer()?.products ?? [];
  const found: { product: ProductValue; at: number }[] = [];
  const add = (value: ProductValue, at: number): void => {
    // "The Lavida … the car's plate": the sort of thing beside its model is the same one; the closer name counts.
    const same = found.findIndex(({ product: one }) => sameProduct(turn, one, value));
    if (same < 0) found.push({ product: value, at });
    else if (
      value.id !== found[same]!.product.id &&
      turn.model.covers([found[same]!.product.id], value.id) &&
      found[same]!.product.owned === null
    )
      found[same] = { product: value, at: found[same]!.at };
  };
  for (const one of plate) {
    const mine = owned.find((own) => own.plate === one.value);
    if (mine) add({ id: mine.product, owned: mine.id }, one.at);
  }
  const plates = found.length;
  for (const one of product) {
    const mine = ownedOfSort(turn, one.id);
    const named = mine.length > 1 ? mine.filter((own) => namedIn(turn, own, reading.text.slice(one.at, one.at + one.text.length))) : mine;
    // "The GL8 浙A88M66 and the Camry": a plate beside its own car is no second one.
    if (plates > 0 && named.some((own) => found.some(({ product: known }) => known.owned === own.id))) continue;
    if (named.length === 1) add({ id: named[0]!.product, owned: named[0]!.id }, one.at);
    else if (plates === 0) add({ id: one.id, owned: null }, one.at);
  }
  return found.sort((one, other) => one.at - other.at);
}

/** The work of a message for one of the products in it: what stands nearest behind (else before) its name and makes sense on it. */
function workFor(turn: TurnContext, reading: Reading, all: readonly { product: ProductValue; at: number }[], which: number): WorkWish {
  const { model } = turn;
  const entities = entitiesOf(reading);
  const shared = /都|全部|\b(?:both|all)\b/i.test(reading.text);
  const belongs = (ids: readonly string[], at: number, covers: (id: string) => readonly string[]): boolean => {
    const fits = (index: number): boolean => ids.some((id) => model.covers(covers(id), all[index]!.product.id));
    if (!fits(which)) return false;
    const fitting = all.map((_, index) => index).filter(fits);
    if (fitting.length === 1) return true;
    const before = fitting.filter((index) => all[index]!.at <= at);
    // Words in front of every product, or behind all of them with 都, hold for each.
    if (shared && (before.length === 0 || before.length === fitting.length)) return true;
    return (before.at(-1) ?? fitting[0]) === which;
  };
  const fault = entities.fault.filter((one) => belongs([one.id], one.at, (id) => model.fault(id)?.products ?? []));
  const service = entities.service.filter((one) => belongs([one.id], one.at, (id) => model.service(id)?.products ?? []));
  const wish = wishOf(model, { ...entities, fault, service }, reading.text.trim().slice(0, 500) || null);
  if (wish) return wish;
  // Trouble that is in no list stays as it was said, behind the product's own name.
  const part = reading.text.slice(all[which]!.at, all[which + 1]?.at);
  const said = (all.length === 1 ? part : part.split(/[,，;；。.!！?？]/)[0]!).trim();
  return TROUBLE.test(said) ? { ...NO_WISH, note: said.slice(0, 500) } : NO_WISH;
}

const KEPT_BEFORE = /(?:保留|留着|留著|照修|\bkeep(?: the| my)?|\bnot(?: the| my)?)\s*$/i;
const KEPT_BEHIND = /^(?:的)?(?:照旧|照舊|保留|不变|不變|还修|還修|照修|还要|還要|留着|留著)/;

/** Products of a message that are not said to stay: "不用修洗衣机了,空调照旧". */
export function productsGivenUp(reading: Reading): ReturnType<typeof entitiesOf>["product"] {
  return entitiesOf(reading).product.filter(
    (one) => !KEPT_BEFORE.test(reading.text.slice(0, one.at)) && !KEPT_BEHIND.test(reading.text.slice(one.at + one.text.length)),
  );
}

/** Does the wish name any work, or at least words for the technician? */
export function isWish(wish: WorkWish): boolean {
  return wish.faults.length + wish.services.length > 0 || wish.note !== null;
}

/** Several products in one message, the first of them first; empty when it speaks of one or of none. */
function severalIn(turn: TurnContext, reading: Reading): Mention[] {
  if (!reading.understanding || reading.choice || CORRECTS.test(reading.text) || ALTERNATIVES.test(reading.text)) return [];
  const { product, datetime } = entitiesOf(reading);
  // "The fridge on Monday, the washer on Friday" are two visits.
  if (datetime.filter((one) => !one.past).length > 1) return [];
  const named = namedProducts(turn, reading);
  if (named.length >= 2 && JOINS.test(between(reading.text, named)))
    return named.map((one, index) => ({ product: one.product, wish: workFor(turn, reading, named, index) }));
  const sort = product[0]?.id ?? (ALL_OF_THEM.test(reading.text) ? onlySort(turn) : null);
  if (named.length <= 1 && sort && ALL_OF_THEM.test(reading.text)) {
    const mine = ownedOfSort(turn, sort);
    const wish = wishOf(turn.model, entitiesOf(reading), reading.text.trim().slice(0, 500) || null) ?? NO_WISH;
    if (mine.length >= 2 && (mine.length === 2 || !/[两兩二2]\s*[台辆輛部架]|\bboth\b/i.test(reading.text)))
      return mine.map((own) => ({ product: { id: own.product, owned: own.id }, wish }));
  }
  return [];
}

/** What joins two products stands between them, or around the whole. */
function between(text: string, named: readonly { readonly at: number }[]): string {
  return text.slice(named[0]!.at);
}

/**
 * The products of a message as a booking sees them.
 *
 * @param main what the booking is about so far
 * @returns `null` when the message speaks of one product at most, and adds none; `main` is `null` when the one so far stays
 */
export function productsIn(
  turn: TurnContext,
  reading: Reading,
  main: ProductValue | null,
): { readonly main: Mention | null; readonly more: readonly Mention[] } | null {
  const several = severalIn(turn, reading);
  if (several.length > 0) {
    const at = main === null ? 0 : several.findIndex(({ product }) => sameProduct(turn, product, main));
    if (at < 0 && ALSO.test(reading.text)) return { main: null, more: several };
    const first = several[Math.max(at, 0)]!;
    return { main: first, more: several.filter((one) => one !== first) };
  }
  const one = main === null ? null : oneMoreIn(turn, reading, main);
  return one ? { main: null, more: [one] } : null;
}

/** One product more, beside the one under way; `null` when the message says nothing of the kind. */
function oneMoreIn(turn: TurnContext, reading: Reading, main: ProductValue): Mention | null {
  if (!reading.understanding || reading.choice || CORRECTS.test(reading.text) || ALTERNATIVES.test(reading.text)) return null;
  // With an hour of its own it is a visit of its own.
  if (!ALSO.test(reading.text) || entitiesOf(reading).datetime.length > 0) return null;
  const named = namedProducts(turn, reading).filter(({ product }) => !sameProduct(turn, product, main));
  return named.length === 1 ? { product: named[0]!.product, wish: workFor(turn, reading, named, 0) } : null;
}

/** The same one, or a sort of which the other is. */
export function sameProduct(turn: TurnContext, one: ProductValue, other: ProductValue): boolean {
  if (one.owned !== null && other.owned !== null) return one.owned === other.owned;
  return one.id === other.id || turn.model.covers([one.id], other.id) || turn.model.covers([other.id], one.id);
}
