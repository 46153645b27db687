/**
 * The learned model: `natural`'s Classifier keeps documents and counts tokens; dictionary, sparse features and the linear model inside
 * are ours: `natural`'s own models need minutes for a few hundred sentences or give no usable probabilities. The only file that
 * imports its classifiers.
 */
import Classifier from "natural/lib/natural/classifiers/classifier.js";
import type { Intent } from "../types.ts";
import { INTENTS } from "../types.ts";
import type { Dictionary } from "./dictionary.ts";
import { createDictionary, vectorOf } from "./dictionary.ts";
import type { SoftmaxTask, Taught } from "./inner-model.ts";
import { LinearIntents, labelOf } from "./inner-model.ts";
import type { CompactWeights, LinearWeights, SparseVector } from "./linear.ts";
import { compact, scoreCompact } from "./linear.ts";
import type { Neighbours, Opinion } from "./neighbours.ts";
import { collectNeighbours, createNeighbourhood } from "./neighbours.ts";

/** Raised when features or training change: a stored model of another version is not used. */
export const MODEL_VERSION = 5;

/** A trained model as data. */
export interface Model {
  /** Tokens in the order of their indexes. */
  readonly tokens: readonly string[];
  /** Weight of each token before the length is made 1. */
  readonly tokenWeights: Float32Array;
  readonly linear: CompactWeights;
  readonly neighbours: Neighbours;
}

/** One training message. */
export interface TrainingMessage extends Taught {
  readonly text: string;
  readonly tokens: readonly string[];
  /** The same words once more, with another question open: they make no word of the dictionary more frequent, and no neighbour. */
  readonly again: boolean;
}

/** `natural`'s Classifier with a dictionary made once, before the first document becomes a vector. */
class MessageClassifier extends Classifier<SparseVector> {
  readonly #inner: LinearIntents;
  readonly #uncounted: TrainingMessage[] = [];
  #dictionary: Dictionary = { indexes: new Map(), tokenWeights: new Float32Array(0) };

  constructor(inner: LinearIntents) {
    super(inner);
    this.#inner = inner;
  }

  /** A message to learn from that makes no word of the dictionary: what stands where two were joined was said by nobody. */
  addUncounted(message: TrainingMessage): void {
    this.#uncounted.push(message);
  }

  /** `features` holds in how many messages each token stood: a message's tokens are distinct. */
  override train(): void {
    this.#dictionary = createDictionary(this.features, this.docs.length);
    for (const message of this.#uncounted) this.#inner.addExample(this.textToFeatures([...message.tokens]), labelOf(message));
    super.train();
  }

  override textToFeatures(tokens: string[]): SparseVector {
    return vectorOf(tokens, this.#dictionary);
  }

  /** @param messages the documents as they were added */
  toModel(messages: readonly TrainingMessage[]): Model {
    const tokens = [...this.#dictionary.indexes.keys()];
    const vectors = this.#inner.vectors.slice(this.#uncounted.length);
    const taught = messages.map(({ intents, text }, i) => ({ vector: vectors[i]!, intent: INTENTS.indexOf(intents[0]!), text }));
    return {
      tokens,
      tokenWeights: this.#dictionary.tokenWeights,
      linear: compact(this.#inner.linear, tokens.length),
      neighbours: collectNeighbours(taught, tokens.length),
    };
  }
}

/** `natural` reads every message; what it read waits to be fitted. */
function prepare(messages: readonly TrainingMessage[]): { readonly inner: LinearIntents; readonly toModel: () => Model } {
  const inner = new LinearIntents();
  const classifier = new MessageClassifier(inner);
  // Without a token `natural` leaves a message out, and so must the list of what stands where.
  const said = messages.filter(({ tokens, joined, again }) => !joined && !again && tokens.length > 0);
  for (const message of said) classifier.addDocument([...message.tokens], labelOf(message));
  for (const message of messages) if (message.joined || message.again) classifier.addUncounted(message);
  classifier.train();
  return { inner, toModel: () => classifier.toModel(said) };
}

/**
 * Trains the model. The same messages in the same order give the same model, bit by bit.
 *
 * @throws Error when no message has a token
 */
export function trainModel(messages: readonly TrainingMessage[]): Model {
  const { inner, toModel } = prepare(messages);
  inner.fit();
  return toModel();
}

/** The very same model, with one of its two halves fitted elsewhere meanwhile. */
export async function trainModelBeside(
  messages: readonly TrainingMessage[],
  elsewhere: (task: SoftmaxTask) => Promise<LinearWeights>,
): Promise<Model> {
  const { inner, toModel } = prepare(messages);
  await inner.fitBeside(elsewhere);
  return toModel();
}

/** A model ready to score messages. */
export interface Scorer {
  /** Scores by column, and the share of the message's words that the model knows (`null` when it has none). */
  score(tokens: readonly string[]): { readonly scores: Float32Array; readonly vector: SparseVector; readonly known: number | null };
  /** What the wordings say that are most like it. */
  opinion(vector: SparseVector): Opinion;
  /** Wording and intent of one of the neighbours. */
  taught(wording: number): { readonly text: string; readonly intent: Intent };
  /** The tokens that spoke most for `column` against `other`, strongest first. */
  explain(
    vector: SparseVector,
    column: number,
    other: number | null,
    count: number,
  ): readonly { readonly token: string; readonly weight: number }[];
}

export function createScorer(model: Model): Scorer {
  const dictionary: Dictionary = { indexes: new Map(model.tokens.map((token, index) => [token, index])), tokenWeights: model.tokenWeights };
  const { columns, weights, scales } = model.linear;
  const { texts, intents } = model.neighbours;
  return {
    opinion: createNeighbourhood(model.neighbours),
    taught: (wording) => ({ text: texts[wording]!, intent: INTENTS[intents[wording]!]! }),
    score: (tokens) => {
      const vector = vectorOf(tokens, dictionary);
      let words = 0;
      let known = 0;
      for (const token of tokens) {
        // Single units only: n-grams of known words are new more often than not.
        if (token.charCodeAt(0) !== 119 || token.includes(" ") || /^w[\d?!]/.test(token)) continue;
        words += 1;
        if (dictionary.indexes.has(token)) known += 1;
      }
      return { scores: scoreCompact(model.linear, vector), vector, known: words === 0 ? null : known / words };
    },
    explain: (vector, column, other, count) => {
      const spoken: { token: string; weight: number }[] = [];
      for (let j = 0; j < vector.indexes.length; j += 1) {
        const feature = vector.indexes[j]!;
        const base = feature * columns;
        const weight = (weights[base + column]! - (other === null ? 0 : weights[base + other]!)) * scales[feature]! * vector.values[j]!;
        if (weight > 0) spoken.push({ token: model.tokens[vector.indexes[j]!]!, weight });
      }
      return spoken.sort((a, b) => b.weight - a.weight).slice(0, count);
    },
  };
}
