/** The keys by which a customer file is found, as stored and as asked: one normal form for both. */
import { pinyinOf } from "../../core/customers/pinyin.ts";
import type { CustomerFile } from "../../core/customers/state.ts";
import type { KeyKind } from "./tables/customers.ts";

export interface SearchKey {
  readonly kind: KeyKind;
  readonly value: string;
}

/** Shortest piece of a plate or serial that is stored as the beginning of a fragment, characters. */
const FRAGMENT_LEAST = 3;
/** Longest code that is found by any piece of it: plates; of longer ones only so many last characters. */
const FRAGMENT_WHOLE = 8;

/**
 * The normal form of a phone, plate, serial or name: full-width forms folded, upper case, without spaces and punctuation, so that
 * `粤B·12345` is `粤b 12345` and `+86 138-0013-8000` is `+8613800138000`. A number with and one without its country code stay
 * different: the country is the profile's to know. A tail is kept backwards, so that "ends with" is "begins with".
 *
 * @returns `""` when nothing is left; such a key is neither stored nor found
 */
export function searchKey(kind: KeyKind, value: string): string {
  const folded = value.normalize("NFKC");
  if (kind === "phone") return folded.replace(/\D/gu, "");
  if (kind === "tail") return [...folded.replace(/\D/gu, "")].reverse().join("");
  const plain = folded.replace(/[^\p{L}\p{N}]/gu, "");
  return kind === "pinyin" ? plain.toLowerCase() : plain.toUpperCase();
}

/** All keys of a file, each once. */
export function searchKeysOf(file: CustomerFile): readonly SearchKey[] {
  const keys = new Map<string, SearchKey>();
  const add = (kind: KeyKind, raw: string | null | undefined): void => {
    if (raw === null || raw === undefined) return;
    const value = searchKey(kind, raw);
    if (value !== "") keys.set(`${kind} ${value}`, { kind, value });
  };
  const addPerson = (name: string | null): void => {
    add("name", name);
    // Latin names are looked up by any of their words.
    if (name !== null && /^[\p{Script=Latin}\s.'-]+$/u.test(name)) for (const word of name.split(/\s+/)) add("name", word);
    const latin = name === null ? null : pinyinOf(name);
    add("pinyin", latin?.full);
    add("pinyin", latin?.initials);
  };
  addPerson(file.name);
  for (const phone of file.phones) {
    add("phone", phone);
    add("tail", phone);
  }
  for (const product of file.products) {
    add("plate", product.plate);
    add("serial", product.serial);
    for (const code of [product.plate, product.serial]) {
      const plain = code === null ? "" : searchKey("fragment", code);
      // Every ending of a plate: a piece out of its middle is the beginning of one. Of a long number people say the beginning or the end.
      if (plain.length > FRAGMENT_WHOLE) add("fragment", plain);
      const from = Math.max(0, plain.length - FRAGMENT_WHOLE);
      for (let at = from; at + FRAGMENT_LEAST <= plain.length; at++) add("fragment", plain.slice(at));
    }
    for (const person of product.people ?? []) {
      addPerson(person.name);
      add("tail", person.phone);
    }
  }
  return [...keys.values()];
}
