/** The keys by which a customer file is found, as stored and as asked: one normal form for both. */
import type { CustomerFile } from "../../core/customers/state.ts";
import type { KeyKind } from "./tables.ts";

export interface SearchKey {
  readonly kind: KeyKind;
  readonly value: string;
}

/**
 * The normal form of a phone, plate or serial: full-width forms folded, upper case, without spaces and punctuation, so that
 * `粤B·12345` is `粤b 12345` and `+86 138-0013-8000` is `+8613800138000`. A number with and one without its country code stay
 * different: the country is the profile's to know.
 *
 * @returns `""` when nothing is left; such a key is neither stored nor found
 */
export function searchKey(kind: KeyKind, value: string): string {
  const folded = value.normalize("NFKC");
  return kind === "phone" ? folded.replace(/\D/gu, "") : folded.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** All keys of a file, each once. */
export function searchKeysOf(file: CustomerFile): readonly SearchKey[] {
  const keys = new Map<string, SearchKey>();
  const add = (kind: KeyKind, raw: string | null): void => {
    if (raw === null) return;
    const value = searchKey(kind, raw);
    if (value !== "") keys.set(`${kind} ${value}`, { kind, value });
  };
  for (const phone of file.phones) add("phone", phone);
  for (const product of file.products) {
    add("plate", product.plate);
    add("serial", product.serial);
  }
  return [...keys.values()];
}
