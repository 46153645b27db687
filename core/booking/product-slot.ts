/** Which product it is about: one of the customer's own, or a sort of product. */
import type { TurnContext } from "../conversation/context.ts";
import { entitiesOf, type Reading } from "../conversation/reading.ts";
import type { Choice, Json } from "../conversation/state.ts";
import type { OwnedProduct } from "../customers/state.ts";
import { nameIn } from "../profile/model.ts";
import { otherProduct } from "./another.ts";
import { type BookContext, type BookSlot, isAsked, type ProductValue, workOf } from "./book-values.ts";
import { productsFor } from "./work.ts";

export const PRODUCT_SLOT: BookSlot<"product"> = {
  label: ({ turn }) => turn.words("label.product"),
  mention: /产品|產品|车型|車型|哪台|机型|機型|product|which (?:car|unit)|model/i,
  take: takeProduct,
  known: knownProduct,
  ask: askProduct,
  settle: (context, raw) => {
    const value = raw as unknown as ProductValue;
    if (!context.turn.model.product(value.id))
      return { status: "refused", reason: "unknown_product", text: "", prompt: askProduct(context) };
    return { status: "ok", value: raw };
  },
  specifies: ({ turn }, before, value) => {
    const { id } = value as unknown as ProductValue;
    const kind = turn.model.product(id)?.kind;
    return [id, kind].some((one) => one !== undefined && nameIn(turn.model.product(one), turn.lang) === before);
  },
  show: (context, value) => productText(context.turn, value as unknown as ProductValue),
};

/** Plate or serial of a product that is not in the customer's file yet; may be skipped. */
export const IDENTITY_SLOT: BookSlot<"identity"> = {
  label: ({ turn }) => turn.words("label.identity"),
  dependsOn: ["product"],
  optional: true,
  needed: (context) => {
    const value = context.values.product as unknown as ProductValue;
    return (
      isAsked(context, "identity") &&
      value.owned === null &&
      !value.plate &&
      !value.serial &&
      context.turn.model.product(value.id)?.identify !== "none"
    );
  },
  take: (_context, reading, asked) => {
    const { plate, vin } = entitiesOf(reading);
    const found = plate[0]?.value ?? vin[0]?.value;
    if (found) return found;
    const text = reading.text.trim();
    return asked && /^[A-Za-z0-9-]{5,30}$/.test(text) ? text.toUpperCase() : undefined;
  },
  ask: ({ turn, values }) => {
    const plate = turn.model.product((values.product as unknown as ProductValue).id)?.identify === "plate";
    return { text: turn.words(plate ? "book.ask_plate" : "book.ask_serial"), question: "plate" };
  },
  show: (_context, value) => String(value ?? ""),
};

/** What stands before a product that it is not: 不是烘干机,是洗衣机. */
const DENIED = /(?:不是|並不是|唔係|\bnot(?: the| my| a)?)\s*$/i;

function takeProduct(context: BookContext, reading: Reading): Json | undefined {
  const { product, plate, vin } = entitiesOf(reading);
  const { turn } = context;
  const owned = turn.customer()?.products ?? [];
  const byPlate = plate[0] ? owned.find((one) => one.plate === plate[0]!.value) : undefined;
  if (byPlate) return { id: byPlate.product, owned: byPlate.id };
  const told = { plate: plate[0]?.value ?? null, serial: vin[0]?.value ?? null };
  const hasTold = told.plate !== null || told.serial !== null;
  const said = product.find((one) => !DENIED.test(reading.text.slice(0, one.at))) ?? product[0];
  if (said) {
    const mine = owned.filter((one) => one.product === said.id || turn.model.covers([said.id], one.product));
    // "the Buick" among several cars of one's own: brand and model tell which.
    const named = mine.length > 1 ? mine.filter((one) => namedIn(turn, one, reading.text)) : [];
    if (named.length === 1 && !hasTold) return { id: named[0]!.product, owned: named[0]!.id };
    // Only the sort is said and several of one's own are of it: which one is asked.
    if (mine.length > 1 && !hasTold) {
      context.frame.data["among"] = mine.map((one) => one.id);
      return undefined;
    }
    const id = mine.length === 1 ? mine[0]!.product : said.id;
    return { id, owned: mine.length === 1 && !hasTold ? mine[0]!.id : null, ...(hasTold ? told : {}) };
  }
  if (hasTold) {
    const current = (context.frame.raw["product"] ?? knownProduct(context)) as unknown as ProductValue | undefined;
    if (current) return { id: current.id, owned: null, ...told };
  }
  return undefined;
}

/** Is a word of this product's brand, model or name in the text, one that is not merely the sort of product? */
function namedIn(turn: TurnContext, owned: OwnedProduct, text: string): boolean {
  const plain = text.toLowerCase();
  const names = [owned.brand, owned.model, ...Object.values(turn.model.product(owned.product)?.name ?? {})];
  const words = names.flatMap((name) => (name ?? "").toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 2);
  return words.some((word) => plain.includes(word));
}

function knownProduct(context: BookContext): Json | undefined {
  const { turn } = context;
  const other = otherProduct(turn, context.frame.data);
  if (other) return other as unknown as Json;
  const possible = productsFor(turn.model, workOf(context));
  const owned = (turn.customer()?.products ?? []).filter((one) => possible.length === 0 || possible.includes(one.product));
  if (owned.length === 1) return { id: owned[0]!.product, owned: owned[0]!.id };
  if (owned.length > 1) return undefined;
  const general = possible.filter((id) => turn.model.product(id)?.kind === undefined);
  if (general.length === 1) return { id: general[0]!, owned: null };
  if (possible.length === 1) return { id: possible[0]!, owned: null };
  const all = turn.model.profile.products.filter((product) => product.kind === undefined);
  return all.length === 1 ? { id: all[0]!.id, owned: null } : undefined;
}

function askProduct(context: BookContext): { text: string; question: "product"; choices: Choice[] } {
  const { turn } = context;
  const possible = productsFor(turn.model, workOf(context));
  const among = context.frame.data["among"];
  const owned = (turn.customer()?.products ?? []).filter(
    (one) => (possible.length === 0 || possible.includes(one.product)) && (!Array.isArray(among) || among.includes(one.id)),
  );
  if (owned.length > 1) {
    return {
      text: turn.words("book.ask_which"),
      question: "product",
      choices: owned
        .slice(0, 6)
        .map((one) => ({ id: `own:${one.id}`, label: ownedText(turn, one), value: { id: one.product, owned: one.id } })),
    };
  }
  const listed = turn.model.profile.products.filter((product) =>
    possible.length === 0
      ? product.kind === undefined
      : possible.includes(product.id) && (product.kind === undefined || !possible.includes(product.kind)),
  );
  return {
    text: turn.words("book.ask_product"),
    question: "product",
    choices: listed
      .slice(0, 6)
      .map((product) => ({ id: `product:${product.id}`, label: product.name[turn.lang], value: { id: product.id, owned: null } })),
  };
}

function ownedText(turn: TurnContext, owned: OwnedProduct): string {
  const name = nameIn(turn.model.product(owned.product), turn.lang);
  return [
    owned.brand && !name.includes(owned.brand) ? owned.brand : null,
    owned.model && owned.model !== name ? owned.model : null,
    owned.model === name ? name : owned.model ? null : name,
    owned.plate,
  ]
    .filter(Boolean)
    .join(" ");
}

export function productText(turn: TurnContext, value: ProductValue): string {
  const owned = value.owned ? turn.customer()?.products.find((one) => one.id === value.owned) : undefined;
  if (owned) return ownedText(turn, owned);
  return [nameIn(turn.model.product(value.id), turn.lang), value.plate].filter(Boolean).join(" ");
}
