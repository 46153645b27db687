/** A product of the customer's own in words. */
import type { TurnContext } from "../conversation/context.ts";
import type { OwnedProduct } from "../customers/state.ts";
import { nameIn } from "../profile/model.ts";
import type { ProductValue } from "./product-value.ts";

/** Is a word of this product's brand, model or name in the text, one that is not merely the sort of product? */
export function namedIn(turn: TurnContext, owned: OwnedProduct, text: string): boolean {
  const plain = text.toLowerCase();
  const names = [owned.brand, owned.model, ...Object.values(turn.model.product(owned.product)?.name ?? {})];
  const words = names.flatMap((name) => (name ?? "").toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 2);
  return words.some((word) => plain.includes(word));
}

export function ownedText(turn: TurnContext, owned: OwnedProduct): string {
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

/** The products of a file with the one named; `owned` is its id there. */
export function withNamed(
  products: readonly OwnedProduct[],
  product: ProductValue,
): { readonly products: readonly OwnedProduct[]; readonly owned: string } {
  const same = products.find(
    (one) =>
      one.product === product.id && (!product.plate || one.plate === product.plate) && (!product.serial || one.serial === product.serial),
  );
  if (same) return { products, owned: same.id };
  const owned = `p${products.length + 1}`;
  const added: OwnedProduct = {
    id: owned,
    product: product.id,
    brand: null,
    model: null,
    plate: product.plate ?? null,
    serial: product.serial ?? null,
    boughtOn: null,
    mileageKm: null,
  };
  return { products: [...products, added], owned };
}
