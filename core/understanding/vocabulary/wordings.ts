import { LANGUAGES } from "../../language.ts";
import type { Profile } from "../../profile/schema.ts";
import { normalise } from "../text/normalise.ts";
import { isCertain, relatives } from "./families.ts";
import type { Token } from "./tokens.ts";
import { tokenise } from "./tokens.ts";

export type VocabularySource = Pick<Profile, "products" | "faults" | "services">;

/** What a wording stands for. A brand or model only hints at a product. */
export interface Meaning {
  readonly kind: "product" | "brand" | "fault" | "service";
  readonly id: string;
  /** Products that have this fault or take this service; the product itself for products. */
  readonly products: readonly string[];
  /** It only follows from other wordings: `certain` by itself, `spoken` where one of the products is spoken of. */
  readonly follows?: "certain" | "spoken";
}

/** One wording as the matcher takes it. */
export interface Wording {
  readonly tokens: readonly Token[];
  readonly meaning: Meaning;
}

/** Han ways to say that a thing does badly what 不X says it does not do: 不制冷 → 制冷不行. */
const DOES_BADLY = ["不行", "不好", "不了", "不太行", "差", "效果差", "不起来"];

/** All wordings of the profiles in every language, with the orders and turns of phrase that follow from them. */
export function collectWordings(sources: readonly VocabularySource[]): Wording[] {
  const wordings: Wording[] = [];
  const seen = new Set<string>();
  /** Products for which a profile itself says what a wording of work means. */
  const settled = new Map<string, Set<string>>();
  const add = (text: string, meaning: Meaning): void => {
    const tokens = tokenise(normalise(text).text);
    if (!isUsable(tokens)) return;
    const words = tokens.map((token) => token.key).join("\u0000");
    const key = `${meaning.kind}|${meaning.id}|${meaning.products.join(",")}|${words}`;
    if (seen.has(key)) return;
    seen.add(key);
    wordings.push({ tokens, meaning });
    const products = settled.get(words) ?? new Set();
    for (const product of meaning.products) products.add(product);
    settled.set(words, products);
  };
  /** A wording that only follows from others leaves what the profile says itself. */
  const addUnsettled = (text: string, meaning: Meaning): void => {
    const words = tokenise(normalise(text).text)
      .map((token) => token.key)
      .join("\u0000");
    const taken = settled.get(words);
    if (taken === undefined || !meaning.products.some((product) => taken.has(product))) add(text, meaning);
  };
  const productWords = new Set<string>();
  for (const { products } of sources) {
    for (const product of products) {
      const meaning: Meaning = { kind: "product", id: product.id, products: [product.id] };
      for (const text of textsOf(product)) {
        add(text, meaning);
        productWords.add(normalise(text).text);
      }
      for (const text of [...product.brands, ...product.models]) add(text, { ...meaning, kind: "brand" });
    }
  }
  for (const { faults, services } of sources) {
    for (const fault of faults) {
      const meaning: Meaning = { kind: "fault", id: fault.id, products: fault.products };
      for (const text of textsOf(fault)) for (const form of turnsOf(text, productWords, true)) add(form, meaning);
    }
    for (const service of services) {
      if (!service.requestable) continue;
      const meaning: Meaning = { kind: "service", id: service.id, products: service.products };
      for (const text of textsOf(service)) for (const form of turnsOf(text, productWords, false)) add(form, meaning);
    }
  }
  for (const { faults } of sources) {
    for (const fault of faults) {
      const meaning: Meaning = { kind: "fault", id: fault.id, products: fault.products };
      for (const text of relatives(textsOf(fault).map((one) => normalise(one).text)))
        addUnsettled(text, { ...meaning, follows: isCertain(text) ? "certain" : "spoken" });
    }
  }
  return wordings;
}

/** Name and wordings in all languages; a name like 不制冷/制冷差 or 油烟机(抽油烟机) gives each of its parts. */
function textsOf(entry: { name: Profile["products"][number]["name"]; words: Profile["products"][number]["words"] }): string[] {
  const texts: string[] = [];
  for (const language of LANGUAGES) {
    const parts = entry.name[language].split(/[/／、()（）]|\s\|\s/).map((part) => part.trim());
    // 开裂/爆 and "iced (over)": a scrap of a name says nothing by itself. Words under `words` are taken as they are.
    texts.push(...parts.filter((part) => parts.length === 1 || /[\u3400-\u9fff]{2}|[a-z0-9].*[a-z0-9]{4}|^[a-z]{3,}$/i.test(part)));
    texts.push(...entry.words[language]);
  }
  return texts;
}

/** The wording itself and the forms that mean the same. */
function turnsOf(text: string, productWords: ReadonlySet<string>, isFault: boolean): string[] {
  const plain = normalise(text).text;
  const forms = [plain];
  const denied = /^[不唔]([\u3400-\u9fff]{2,3})$/.exec(plain);
  if (isFault && denied) forms.push(...DOES_BADLY.map((tail) => denied[1] + tail));
  if (/没有/.test(plain)) forms.push(plain.replace("没有", "没"));
  // 空调清洗 and 清洗空调 are the same work.
  for (let cut = 2; cut <= plain.length - 2 && plain.length <= 10; cut += 1) {
    if (!/^[\u3400-\u9fffa-z]+$/.test(plain)) break;
    const head = plain.slice(0, cut);
    const tail = plain.slice(cut);
    if (productWords.has(head) || productWords.has(tail)) forms.push(tail + head);
  }
  const words = plain.split(" ");
  if (words.length === 2 && words.every((word) => /^[a-z]{3,}$/.test(word)) && !/^(?:not|no|without)$/.test(words[0]!))
    forms.push(`${words[1]} ${words[0]}`);
  return forms;
}

/** A wording needs something to hold on to: two Han characters, a Han character its writer chose, or two letters. */
function isUsable(tokens: readonly Token[]): boolean {
  if (tokens.length === 0 || tokens.length > 16) return false;
  // Two single letters are an abbreviation (a/c).
  return tokens.some((token) => token.han || token.word.length >= 2) || tokens.length > 1;
}
