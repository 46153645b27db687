/**
 * The wordings of the corpus that are most like a message, and what they meant: a second opinion beside the linear model, which knows
 * what each word speaks for but not which of them were ever said together (k nearest neighbours by cosine). Pure.
 */
import { INTENTS } from "../types.ts";
import type { SparseVector } from "./linear.ts";

/** Every wording taught, listed under each of its telling tokens. */
export interface Neighbours {
  /** First intent of each wording, as its index. */
  readonly intents: Uint8Array;
  /** The wordings themselves, for staff who ask why. */
  readonly texts: readonly string[];
  /** Wordings with token `t` are `wordings[starts[t] … starts[t + 1])`. */
  readonly starts: Uint32Array;
  readonly wordings: Uint32Array;
  /** Weight of the token in that wording's vector, in 255ths. */
  readonly weights: Uint8Array;
}

/** A token in more wordings tells none of them from the others, and costs the most time. */
const MOST_WORDINGS = 1_500;
/** A longer message is a story, which is like no other; its opinion would cost more than it tells. */
const MOST_TOKENS = 400;
/** Settings found by cross-validation over hands: neighbours asked, power of their likeness, least likeness. */
const COUNT = 15;
const POWER = 4;
const LEAST_LIKENESS = 0.06;

/** One wording taught. */
export interface TaughtWording {
  readonly vector: SparseVector;
  readonly intent: number;
  readonly text: string;
}

/** @param tokens size of the dictionary */
export function collectNeighbours(taught: readonly TaughtWording[], tokens: number): Neighbours {
  const counts = new Uint32Array(tokens);
  for (const { vector } of taught) for (const token of vector.indexes) counts[token]! += 1;
  const starts = new Uint32Array(tokens + 1);
  for (let token = 0; token < tokens; token += 1)
    starts[token + 1] = starts[token]! + (counts[token]! > MOST_WORDINGS ? 0 : counts[token]!);
  const wordings = new Uint32Array(starts[tokens]!);
  const weights = new Uint8Array(wordings.length);
  const next = starts.slice();
  taught.forEach(({ vector: { indexes, values } }, wording) => {
    for (let j = 0; j < indexes.length; j += 1) {
      const token = indexes[j]!;
      if (counts[token]! > MOST_WORDINGS) continue;
      const at = next[token]!;
      next[token] = at + 1;
      wordings[at] = wording;
      weights[at] = Math.round(values[j]! * 255);
    }
  });
  return { intents: Uint8Array.from(taught, ({ intent }) => intent), texts: taught.map(({ text }) => text), starts, wordings, weights };
}

/** What the nearest wordings say. */
export interface Opinion {
  /** Their votes by intent, sum 1; all 0 when nothing taught is like the message. */
  readonly votes: Float64Array;
  /** The nearest first: index of the wording, and its likeness, 0–1. */
  readonly nearest: readonly { readonly wording: number; readonly likeness: number }[];
}

/** Keeps room for its sums between messages; one message is asked about at a time. */
export function createNeighbourhood({ intents, starts, wordings, weights }: Neighbours): (vector: SparseVector) => Opinion {
  const sums = new Float32Array(intents.length);
  const touched = new Uint32Array(intents.length);
  return ({ indexes, values }) => {
    const votes = new Float64Array(INTENTS.length);
    if (indexes.length > MOST_TOKENS) return { votes, nearest: [] };
    let count = 0;
    for (let j = 0; j < indexes.length; j += 1) {
      const value = values[j]! / 255;
      const to = starts[indexes[j]! + 1]!;
      for (let at = starts[indexes[j]!]!; at < to; at += 1) {
        const wording = wordings[at]!;
        if (sums[wording] === 0) {
          touched[count] = wording;
          count += 1;
        }
        sums[wording]! += weights[at]! * value;
      }
    }
    const nearest: { wording: number; likeness: number }[] = [];
    for (let i = 0; i < count; i += 1) {
      const wording = touched[i]!;
      const likeness = sums[wording]!;
      sums[wording] = 0;
      if (likeness < LEAST_LIKENESS || (nearest.length === COUNT && likeness <= nearest[COUNT - 1]!.likeness)) continue;
      if (nearest.length === COUNT) nearest.pop();
      let place = nearest.length;
      while (place > 0 && nearest[place - 1]!.likeness < likeness) place -= 1;
      nearest.splice(place, 0, { wording, likeness });
    }
    let sum = 0;
    for (const { wording, likeness } of nearest) {
      const weight = likeness ** POWER;
      votes[intents[wording]!]! += weight;
      sum += weight;
    }
    if (sum > 0) for (let c = 0; c < votes.length; c += 1) votes[c]! /= sum;
    return { votes, nearest };
  };
}
