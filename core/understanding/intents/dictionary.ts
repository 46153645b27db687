/** Which tokens count, and how much: from the tokens of a message to a vector. */
import { KIND_WEIGHT } from "./features.ts";
import type { SparseVector } from "./linear.ts";

/** Settings found by cross-validation over hands (tests/evaluation/cross-validate.ts). */
const SETTINGS = {
  /** A token in fewer messages is dropped: it says more of one writer than of a matter. */
  leastMessages: 2,
  /** The same for tokens that are many and weak: character n-grams and three units in a row. */
  leastMessagesOfWeak: 3,
  /** Power of the inverse document frequency. */
  rarity: 0.8,
} as const;

/** Tokens worth keeping, with their weights. */
export interface Dictionary {
  readonly indexes: ReadonlyMap<string, number>;
  readonly tokenWeights: Float32Array;
}

/**
 * Makes the dictionary of a corpus.
 *
 * @param counts in how many messages each token stands
 * @param messages how many messages there are
 * @param least a token in fewer messages is dropped
 */
export function createDictionary(
  counts: Readonly<Record<string, number>>,
  messages: number,
  least: number = SETTINGS.leastMessages,
): Dictionary {
  const weak = Math.max(least, least === 1 ? 1 : SETTINGS.leastMessagesOfWeak);
  const isWeak = (token: string): boolean => token[0] === "c" || token.indexOf(" ") !== token.lastIndexOf(" ");
  const indexes = new Map<string, number>();
  const weights: number[] = [];
  // Of a million tokens most are dropped: no list of them all is made.
  for (const token in counts) {
    const count = counts[token]!;
    if (count < least || (count < weak && isWeak(token))) continue;
    indexes.set(token, weights.length);
    weights.push(Math.log((messages + 1) / count) ** SETTINGS.rarity * (KIND_WEIGHT[token[0]!] ?? 1));
  }
  return { indexes, tokenWeights: Float32Array.from(weights) };
}

/** Tokens to a vector of length 1; unknown tokens fall out. */
export function vectorOf(tokens: readonly string[], { indexes: known, tokenWeights }: Dictionary): SparseVector {
  const indexes = new Int32Array(tokens.length);
  const values = new Float32Array(tokens.length);
  let count = 0;
  let square = 0;
  for (const token of tokens) {
    const index = known.get(token);
    if (index === undefined) continue;
    const value = tokenWeights[index]!;
    indexes[count] = index;
    values[count] = value;
    square += value * value;
    count += 1;
  }
  if (square > 0) {
    const scale = 1 / Math.sqrt(square);
    for (let i = 0; i < count; i += 1) values[i]! *= scale;
  }
  return { indexes: indexes.subarray(0, count), values: values.subarray(0, count) };
}
