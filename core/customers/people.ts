/** People beside the owner of a product: who drives it, lives with it, pays. They may be called; only the owner is answered. */
import type { CustomerFile, OwnedProduct, ProductPerson } from "./state.ts";

/** Most people kept for one product. */
const MOST = 6;

/** The product with a person more, or with what is new of one who is known (same name, or same phone). */
function withPerson(product: OwnedProduct, person: ProductPerson): OwnedProduct {
  const same = (one: ProductPerson): boolean => one.name === person.name || (person.phone !== null && one.phone === person.phone);
  const known = product.people?.find(same);
  const others = (product.people ?? []).filter((one) => one !== known);
  return { ...product, people: [...others, { ...person, phone: person.phone ?? known?.phone ?? null }].slice(-MOST) };
}

/** The file with a person at one of its products. */
export function withPersonOf(file: CustomerFile, owned: string, person: ProductPerson): CustomerFile {
  return { ...file, products: file.products.map((one) => (one.id === owned ? withPerson(one, person) : one)) };
}

/** Whom to call about a product: who drives it or lives with it, when that is another than the owner. */
export function contactOf(product: OwnedProduct | undefined): ProductPerson | null {
  return (
    product?.people?.find((one) => one.phone !== null && (one.role === "driver" || one.role === "tenant" || one.role === "contact")) ?? null
  );
}

/** Is this the phone of somebody beside the owner? */
export function isPersonsPhone(file: CustomerFile, phone: string): boolean {
  return file.products.some((one) => one.people?.some((person) => person.phone === phone));
}
