/**
 * The learned model: `natural`'s Classifier keeps documents and counts tokens; dictionary, sparse features and the linear model inside
 * are ours: `natural`'s own models need minutes for a few hundred sentences or give no usable probabilities. The only file that
 * imports its classifiers.
 */
import Classifier from "natural/lib/natural/classifiers/classifier.js";
import type { Intent, Urgency } from "../types.ts";
import { INTENTS, MATTERS } from "../types.ts";
import { KIND_WEIGHT } from "./features.ts";
import type { CompactWeights, LinearWeights, SparseVector } from "./linear.ts";
import { compact, packRows, scoreCompact, scoreOf, trainSoftmax, trainSvm } from "./linear.ts";
import type { Neighbours, Opinion } from "./neighbours.ts";
import { collectNeighbours, createNeighbourhood } from "./neighbours.ts";

/** Raised when features or training change: a stored model of another version is not used. */
export const MODEL_VERSION = 5;

/**
 * Columns of the model: which intent comes first, one each; whether the matter is urgent; whether there is danger now; then for each
 * of {@link MATTERS} whether the message holds it at all, first or further.
 */
export const URGENT_COLUMN = INTENTS.length;
export const DANGER_COLUMN = INTENTS.length + 1;
export const HOLDS_COLUMN = INTENTS.length + 2;
const COLUMNS = INTENTS.length + 2 + MATTERS.length;

/** Settings found by cross-validation over hands (tests/evaluation/cross-validate.ts). */
const SETTINGS = {
  /** A token in fewer messages is dropped: it says more of one writer than of a matter. */
  leastMessages: 2,
  /** The same for tokens that are many and weak: character n-grams and three units in a row. */
  leastMessagesOfWeak: 3,
  /** Power of the inverse document frequency. */
  rarity: 0.8,
  svm: { cost: 1, rounds: 10 },
  softmax: { rate: 0.4, rounds: 10 },
  /** Margin of the support vector machines that weighs as much as one unit of the logistic regression's logit. */
  svmUnit: 0.2,
} as const;

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
export interface TrainingMessage {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly intents: readonly Intent[];
  readonly urgency: Urgency;
  /** Made of two messages: shows what it holds and nothing else, for nobody has said which matter comes first. */
  readonly joined: boolean;
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
  const kept = Object.entries(counts).filter(([token, count]) => count >= (isWeak(token) ? weak : least));
  return {
    indexes: new Map(kept.map(([token], index) => [token, index])),
    tokenWeights: Float32Array.from(
      kept,
      ([token, count]) => Math.log((messages + 1) / count) ** SETTINGS.rarity * (KIND_WEIGHT[token[0]!] ?? 1),
    ),
  };
}

/** How a training message's labels travel through `natural`, which knows one string a document: the corpus's own notation. */
function labelOf(message: TrainingMessage): string {
  return `${message.intents.join("+")} ${message.joined ? JOINED : `!${message.urgency}`}`;
}
/** In place of the urgency, which two messages put together have none of. */
const JOINED = "&";

interface Label {
  readonly intents: readonly number[];
  readonly urgency: string;
  readonly joined: boolean;
}

function readLabel(label: string): Label {
  const [intents = "", mark = ""] = label.split(" ");
  return {
    intents: intents.split("+").map((intent) => (INTENTS as readonly string[]).indexOf(intent)),
    urgency: mark.slice(1),
    joined: mark === JOINED,
  };
}

/** What each column learns of each message: 1 in, -1 out, 0 left aside. */
function targetsOf(labels: readonly Label[]): Int8Array[] {
  const column = (of: (label: Label) => number): Int8Array => Int8Array.from(labels, of);
  const alone = (of: (label: Label) => number): Int8Array => column((label) => (label.joined ? 0 : of(label)));
  return [
    // A further intent of the message is no example against that intent, nor a clean one for it.
    ...INTENTS.map((_, intent) => alone(({ intents }) => (intents[0] === intent ? 1 : intents.includes(intent) ? 0 : -1))),
    alone(({ urgency }) => (urgency === "urgent" ? 1 : urgency === "normal" ? -1 : 0)),
    alone(({ urgency }) => (urgency === "emergency" ? 1 : -1)),
    ...MATTERS.map((matter) => column(({ intents }) => (intents.includes(INTENTS.indexOf(matter)) ? 1 : -1))),
  ];
}

/** The linear model in the form that `natural` works with. */
class LinearIntents {
  readonly #vectors: SparseVector[] = [];
  readonly #labels: string[] = [];
  #linear: LinearWeights | null = null;

  addExample(features: SparseVector, label: string): void {
    this.#vectors.push(features);
    this.#labels.push(label);
  }

  train(): void {
    const features = 1 + this.#vectors.reduce((most, vector) => vector.indexes.reduce((a, b) => Math.max(a, b), most), 0);
    const rows = packRows(this.#vectors, features);
    const labels = this.#labels.map(readLabel);
    const svm = trainSvm(rows, targetsOf(labels), SETTINGS.svm.cost, SETTINGS.svm.rounds);
    const alone = labels.flatMap(({ joined }, i) => (joined ? [] : [i]));
    const soft = trainSoftmax(
      packRows(
        alone.map((i) => this.#vectors[i]!),
        features,
      ),
      Int32Array.from(alone, (i) => labels[i]!.intents[0]!),
      INTENTS.length,
      SETTINGS.softmax,
    );
    this.#linear = merge(svm, soft, features);
  }

  /** @throws Error before training */
  get linear(): LinearWeights {
    if (this.#linear === null) throw new Error("the model has not been trained");
    return this.#linear;
  }

  set linear(linear: LinearWeights) {
    this.#linear = linear;
  }

  getClassifications(features: SparseVector): { label: string; value: number }[] {
    const scores = scoreOf(this.linear, features);
    return INTENTS.map((label, column) => ({ label, value: scores[column]! })).sort((a, b) => b.value - a.value);
  }

  classify(features: SparseVector): string {
    return this.getClassifications(features)[0]!.label;
  }
}

/** Both are linear, so is their sum: margins find the class slightly better, logits give honest probabilities. */
function merge(svm: LinearWeights, soft: LinearWeights, features: number): LinearWeights {
  const weights = new Float32Array(features * COLUMNS);
  for (let feature = 0; feature < features; feature += 1) {
    for (let c = 0; c < COLUMNS; c += 1) {
      const margin = svm.weights[feature * COLUMNS + c]!;
      weights[feature * COLUMNS + c] =
        c < INTENTS.length ? margin / SETTINGS.svmUnit + soft.weights[feature * INTENTS.length + c]! : margin;
    }
  }
  const bias = svm.bias.map((margin, c) => (c < INTENTS.length ? margin / SETTINGS.svmUnit + soft.bias[c]! : margin));
  return { columns: COLUMNS, weights, bias };
}

/** `natural`'s Classifier with a dictionary made once, before the first document becomes a vector. */
class MessageClassifier extends Classifier<SparseVector> {
  readonly #inner: LinearIntents;
  readonly #joined: TrainingMessage[] = [];
  #dictionary: Dictionary = { indexes: new Map(), tokenWeights: new Float32Array(0) };

  constructor(inner: LinearIntents) {
    super(inner);
    this.#inner = inner;
  }

  /** A message made of two: what stands where they meet was said by nobody, and makes no word of the dictionary. */
  addJoined(message: TrainingMessage): void {
    this.#joined.push(message);
  }

  /** `features` holds in how many messages each token stood: a message's tokens are distinct. */
  override train(): void {
    this.#dictionary = createDictionary(this.features, this.docs.length);
    for (const message of this.#joined) this.#inner.addExample(this.textToFeatures([...message.tokens]), labelOf(message));
    super.train();
  }

  override textToFeatures(tokens: string[]): SparseVector {
    return vectorOf(tokens, this.#dictionary);
  }

  /** @param messages the documents as they were added */
  toModel(messages: readonly TrainingMessage[]): Model {
    const tokens = [...this.#dictionary.indexes.keys()];
    const taught = messages.map(({ tokens: own, intents, text }) => ({
      vector: vectorOf(own, this.#dictionary),
      intent: INTENTS.indexOf(intents[0]!),
      text,
    }));
    return {
      tokens,
      tokenWeights: this.#dictionary.tokenWeights,
      linear: compact(this.#inner.linear, tokens.length),
      neighbours: collectNeighbours(taught, tokens.length),
    };
  }
}

/**
 * Trains the model. The same messages in the same order give the same model, bit by bit.
 *
 * @throws Error when no message has a token
 */
export function trainModel(messages: readonly TrainingMessage[]): Model {
  const classifier = new MessageClassifier(new LinearIntents());
  for (const message of messages) {
    if (message.joined) classifier.addJoined(message);
    else classifier.addDocument([...message.tokens], labelOf(message));
  }
  classifier.train();
  return classifier.toModel(messages.filter(({ joined }) => !joined));
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
