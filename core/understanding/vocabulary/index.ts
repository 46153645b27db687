import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import type { FaultEntity, ProductEntity, ServiceEntity, Span } from "../types.ts";
import { isPartOf, isPartOfWord } from "./compounds.ts";
import { isGeneralFault } from "./families.ts";
import { isNegated } from "./fillers.ts";
import type { Found, Match } from "./matcher.ts";
import { createMatcher } from "./matcher.ts";
import { partTrouble } from "./parts.ts";
import { symptomAfter, symptomBefore } from "./symptoms.ts";
import type { Token } from "./tokens.ts";
import type { Meaning, VocabularySource } from "./wordings.ts";
import { collectWordings } from "./wordings.ts";

export type { VocabularySource } from "./wordings.ts";

export interface VocabularyEntities {
  readonly product: readonly ProductEntity[];
  /** A fault told without its product, known to several, stands once for each on the same span. */
  readonly fault: readonly FaultEntity[];
  readonly service: readonly ServiceEntity[];
}

/** The words of one or more businesses; built once, read for every message. */
export interface Vocabulary {
  /**
   * @param products ids of products known from the conversation; they settle a fault or service of several products when the
   *   message names none
   */
  read(normalised: Normalised, products?: readonly string[]): VocabularyEntities;
  /** Products that can have this fault. */
  productsOfFault(id: string): readonly string[];
}

/**
 * Vocabulary of products, faults and services in all three languages at once. Wordings are compared by Han character and by stem,
 * through inserted particles and small misspellings; the longest wording wins; denied faults are left out.
 */
export function createVocabulary(sources: readonly VocabularySource[]): Vocabulary {
  const find = createMatcher(collectWordings(sources));
  const kinds = kindsIn(sources);
  const faultProducts = new Map<string, Set<string>>();
  const general = generalFaults(sources, kinds);
  const generalIds = new Set(general.values());
  // One business has a product for all it looks after, the first; a part that fails is of that.
  const anything = sources.length === 1 ? sources[0]!.products[0]?.id : undefined;
  for (const { faults } of sources) {
    for (const fault of faults) {
      const products = faultProducts.get(fault.id) ?? new Set();
      for (const product of fault.products) products.add(product);
      faultProducts.set(fault.id, products);
    }
  }
  return {
    read(normalised, products = []) {
      const found = find(normalised);
      const read = settle(normalised, found, products, kinds);
      if (read.product.length === 0 && ELSEWHERE.test(normalised.text) && read.fault.every(({ id }) => generalIds.has(id)))
        return { ...read, fault: [] };
      return read.fault.length > 0
        ? read
        : { ...read, fault: unlisted(normalised, read.product, general, products[0] ?? anything, read.service.length > 0) };
    },
    productsOfFault: (id) => [...(faultProducts.get(id) ?? [])],
  };
}

/** Pages and payments that don't work are nothing to repair. */
const ELSEWHERE =
  /\b(?:link|web ?site|web ?page|payment|paying|e-?mail|log ?in|password|qr code)\b|网站|网页|链接|付款|登录|登不进|验证码|二维码|小程序/;

/** For each product that is a sort of another: what it is a sort of, and what that is. */
type Kinds = ReadonlyMap<string, readonly string[]>;

function kindsIn(sources: readonly VocabularySource[]): Kinds {
  const parents = new Map<string, string>();
  for (const { products } of sources) for (const { id, kind } of products) if (kind != null && kind !== id) parents.set(id, kind);
  const kinds = new Map<string, string[]>();
  for (const id of parents.keys()) {
    const chain: string[] = [];
    for (let up = parents.get(id); up !== undefined && !chain.includes(up); up = parents.get(up)) chain.push(up);
    kinds.set(id, chain);
  }
  return kinds;
}

/** For each product the fault that only says that something is wrong with it. */
function generalFaults(sources: readonly VocabularySource[], kinds: Kinds): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const { faults } of sources) {
    for (const fault of faults) {
      if (!isGeneralFault(Object.values(fault.words).flat())) continue;
      for (const product of fault.products) if (!own.has(product)) own.set(product, fault.id);
    }
  }
  for (const [id, chain] of kinds) {
    const inherited = chain.map((kind) => own.get(kind)).find((fault) => fault !== undefined);
    if (!own.has(id) && inherited !== undefined) own.set(id, inherited);
  }
  return own;
}

/** The trouble of a product that is named, told in words that no profile lists. */
function unlisted(
  normalised: Normalised,
  products: readonly ProductEntity[],
  general: ReadonlyMap<string, string>,
  otherwise: string | undefined,
  asksForWork: boolean,
): readonly FaultEntity[] {
  // Work asked for says enough of the product; only a part named with its trouble says more.
  for (const { id, at, text } of asksForWork ? [] : products) {
    const fault = general.get(id);
    if (fault === undefined) continue;
    const from = normalised.ends.findIndex((end) => end >= at + text.length);
    const begin = normalised.starts.indexOf(at);
    const symptom =
      (from < 0 ? null : symptomAfter(normalised.text, from + 1)) ??
      (begin < 0 || normalised.hasHan ? null : symptomBefore(normalised.text, begin));
    if (symptom !== null) return [{ ...originalSpan(normalised, symptom.from, symptom.to), id: fault }];
  }
  const fault = general.get(products[0]?.id ?? otherwise ?? "");
  const trouble = fault === undefined ? null : partTrouble(normalised.text);
  return trouble === null || fault === undefined ? [] : [{ ...originalSpan(normalised, trouble.from, trouble.to), id: fault }];
}

/** Has the product this meaning, by itself or as what it is a sort of? */
const fits = (meaning: Meaning, id: string, kinds: Kinds): boolean =>
  meaning.products.includes(id) || (kinds.get(id)?.some((kind) => meaning.products.includes(kind)) ?? false);

function settle(normalised: Normalised, { tokens, matches }: Found, known: readonly string[], kinds: Kinds): VocabularyEntities {
  if (matches.length === 0) return { product: [], fault: [], service: [] };
  // Overlapping matches exclude each other within a group. A fault may name its product, so products are apart.
  const products = longest(tokens, matches, ["product"]);
  const span = (match: Match): Span => originalSpan(normalised, tokens[match.first]!.from, tokens[match.last]!.to);
  const named = products
    .filter((match) => !isPartOfWord(tokens, match) && !isPartOf(tokens, match, products))
    .flatMap((match) => match.meanings.map((meaning) => ({ match, id: meaning.id })));
  // The car in "my car, a Corolla" says no more than the Corolla.
  const mentions = named.filter(({ id }) => !named.some((other) => kinds.get(other.id)?.includes(id)));
  const thing = (match: Match): Span => span(isDetermined(tokens, match) ? { ...match, first: match.first + 1 } : match);
  const product: ProductEntity[] = mentions.map(({ match, id }) => ({ ...thing(match), id }));
  if (product.length === 0) {
    // A brand stands for the product when only one product carries it.
    for (const match of longest(tokens, matches, ["brand"])) {
      const ids = [...new Set(match.meanings.map((meaning) => meaning.id))];
      const id =
        ids.length === 1
          ? ids[0]!
          : (known.find((candidate) => ids.includes(candidate)) ?? commonKind(ids, kinds) ?? onlyFailing(ids, matches));
      if (id === undefined || isPartOfWord(tokens, match)) continue;
      product.push({ ...span(match), id });
      mentions.push({ match, id });
    }
  }
  const fault: FaultEntity[] = [];
  const service: ServiceEntity[] = [];
  const ids = mentions.length > 0 ? mentions.map(({ id }) => id) : known;
  for (const match of longest(
    tokens,
    ofThese(
      matches.flatMap((one) => spokenOf(one, ids, kinds)),
      mentions.length > 0 ? ids : [],
      kinds,
    ),
    ["fault", "service"],
  )) {
    const meanings = bySituation(tokens, match, mentions, known, kinds);
    const isFault = meanings.some((meaning) => meaning.kind === "fault");
    // A kettle is a thing here, not the kettling of a boiler.
    const isThing = ({ match: named, id }: { match: Match; id: string }): boolean =>
      named.first <= match.first && match.last <= named.last && !match.meanings.some((meaning) => fits(meaning, id, kinds));
    if (isFault && !tokens[match.first]!.word.endsWith("ing") && mentions.some(isThing)) continue;
    if (isFault && asksWhether(tokens, match, mentions)) continue;
    if (isFault && isNegated(tokens, match.first) && !startsDenied(tokens, match)) continue;
    for (const meaning of meanings) {
      const list: { id: string; text: string; at: number }[] = meaning.kind === "fault" ? fault : service;
      const entity = { ...span(match), id: meaning.id };
      if (!list.some((other) => other.id === entity.id && other.at === entity.at)) list.push(entity);
    }
  }
  return { product, fault, service };
}

/** What all of several products are a sort of; a brand of air conditioners of every sort stands for the air conditioner. */
function commonKind(ids: readonly string[], kinds: Kinds): string | undefined {
  const [first, ...rest] = ids.map((id) => [id, ...(kinds.get(id) ?? [])]);
  return first?.find((kind) => rest.every((chain) => chain.includes(kind)));
}

/** Of a brand's products the one that can have the trouble told: the Bosch that isn't cleaning the dishes is the dishwasher. */
function onlyFailing(ids: readonly string[], matches: readonly Match[]): string | undefined {
  const failing = ids.filter((id) =>
    matches.some(({ meanings }) => meanings.some(({ kind, products, follows }) => kind === "fault" && !follows && products.includes(id))),
  );
  return failing.length === 1 ? failing[0] : undefined;
}

/** The match without meanings that only follow from others and have no product here; none when nothing is left. */
function spokenOf(match: Match, ids: readonly string[], kinds: Kinds): readonly Match[] {
  if (!match.meanings.some(({ follows }) => follows === "spoken")) return [match];
  const meanings = match.meanings.filter((meaning) => meaning.follows !== "spoken" || ids.some((id) => fits(meaning, id, kinds)));
  return meanings.length === 0 ? [] : [{ ...match, meanings }];
}

/** 开不开, 是不‹是着›: the 不 of an A-not-A question denies nothing. Right behind a product (空调开不开) it is the fault. */
function asksWhether(tokens: readonly Token[], { first, last }: Match, mentions: readonly { match: Match }[]): boolean {
  const middle = tokens[first + 1];
  if (last - first === 2 && middle!.key === "不" && tokens[first]!.key === tokens[last]!.key) {
    return !mentions.some(({ match }) => match.last < first && tokens.slice(match.last + 1, first + 1).every((token) => !token.breaks));
  }
  const before = tokens[first - 1];
  const isDenial = tokens[first]!.key === "不" || tokens[first]!.key === "没";
  return isDenial && before !== undefined && middle !== undefined && !tokens[first]!.breaks && before.han && before.key === middle.key;
}

/** 不制冷 carries its own denial; a second one before it (没有不制冷) is too rare to read. */
function startsDenied(tokens: readonly Token[], match: Match): boolean {
  const key = tokens[match.first]!.key;
  return key === "不" || key === "没" || key === "not";
}

/** Of matches that overlap, those that fit a product named here: 不制冷了 of the air conditioner gives way to 不制冷 of the fridge. */
function ofThese(matches: readonly Match[], ids: readonly string[], kinds: Kinds): readonly Match[] {
  if (ids.length === 0) return matches;
  const fitting = matches.filter(({ meanings }) => meanings.some((meaning) => ids.some((id) => fits(meaning, id, kinds))));
  const overlaps = (one: Match, other: Match): boolean => one.first <= other.last && other.first <= one.last;
  return matches.filter((match) => fitting.includes(match) || !fitting.some((other) => overlaps(match, other)));
}

const isDerived = (match: Match): boolean => match.meanings.every(({ follows }) => follows !== undefined);

/** In wordings that need it to be a thing (my Golf), it is no part of the thing's name. */
const DETERMINERS = new Set(["my", "our", "the", "a", "an", "your"]);
const isDetermined = (tokens: readonly Token[], { first, last }: Match): boolean => last > first && DETERMINERS.has(tokens[first]!.word);

/** The longest matches of the kinds, none overlapping, in order of appearance. */
function longest(tokens: readonly Token[], matches: readonly Match[], kinds: readonly Meaning["kind"][]): Match[] {
  const weight = (match: Match): number => match.size - Number(isDetermined(tokens, match));
  const candidates = matches
    .map((match) => ({ ...match, meanings: match.meanings.filter((meaning) => kinds.includes(meaning.kind)) }))
    .filter((match) => match.meanings.length > 0)
    .sort(
      (a, b) =>
        weight(b) - weight(a) || Number(isDerived(a)) - Number(isDerived(b)) || a.last - a.first - (b.last - b.first) || a.first - b.first,
    );
  const chosen: Match[] = [];
  for (const match of candidates) {
    if (chosen.every((other) => match.last < other.first || match.first > other.last)) chosen.push(match);
  }
  return chosen.sort((a, b) => a.first - b.first);
}

/** Which of several meanings of one wording fits: the nearest product named, else what the conversation knows, else, with no product named, all. */
function bySituation(
  tokens: readonly Token[],
  match: Match,
  mentions: readonly { match: Match; id: string }[],
  known: readonly string[],
  kinds: Kinds,
): readonly Meaning[] {
  if (match.meanings.length === 1) return match.meanings;
  let best: { id: string; distance: number } | null = null;
  for (const mention of mentions) {
    if (!match.meanings.some((meaning) => fits(meaning, mention.id, kinds))) continue;
    const distance = distanceBetween(tokens, mention.match, match);
    if (best === null || distance < best.distance) best = { id: mention.id, distance };
  }
  const id = best?.id ?? known.find((candidate) => match.meanings.some((meaning) => fits(meaning, candidate, kinds)));
  // A product is named, but none that could be meant: saying nothing is better than a fault of something else.
  // A product named inside the wording itself (风扇不转 of the air conditioner) is no other product.
  if (id === undefined)
    return mentions.some((mention) => mention.match.last < match.first || mention.match.first > match.last) ? [] : match.meanings;
  const own = match.meanings.filter((meaning) => meaning.products.includes(id));
  const fitting = own.length > 0 ? own : match.meanings.filter((meaning) => fits(meaning, id, kinds));
  // The fault of that product alone says more than one that many products share.
  const narrowest = Math.min(...fitting.map((meaning) => meaning.products.length));
  return fitting.filter((meaning) => meaning.products.length === narrowest).slice(0, 1);
}

/** Tokens between a product and a fault; a product named before is nearer than one after, one beyond punctuation further. */
function distanceBetween(tokens: readonly Token[], product: Match, fault: Match): number {
  const before = product.first <= fault.first;
  const from = before ? product.last + 1 : fault.last + 1;
  const to = before ? fault.first : product.first;
  let distance = before ? 0 : 3;
  for (let k = from; k <= to; k += 1) distance += tokens[k]?.breaks ? 9 : 1;
  return distance;
}
