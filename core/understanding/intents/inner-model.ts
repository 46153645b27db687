/** The linear model that works inside `natural`'s Classifier: what its columns mean, what each learns, how the two models become one. */
import type { Intent, Urgency } from "../types.ts";
import { INTENTS, MATTERS } from "../types.ts";
import type { LinearWeights, SparseRows, SparseVector } from "./linear.ts";
import { packRows, scoreOf, trainSoftmax, trainSvm } from "./linear.ts";

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
  svm: { cost: 1, rounds: 10 },
  softmax: { rate: 0.4, rounds: 10 },
  /** Margin of the support vector machines that weighs as much as one unit of the logistic regression's logit. */
  svmUnit: 0.2,
} as const;

/** What a training message is an example of. */
export interface Taught {
  readonly intents: readonly Intent[];
  readonly urgency: Urgency;
  /** Made of two messages: shows what it holds and nothing else, for nobody has said which matter comes first. */
  readonly joined: boolean;
}

/** How a training message's labels travel through `natural`, which knows one string a document: the corpus's own notation. */
export function labelOf({ intents, urgency, joined }: Taught): string {
  return `${intents.join("+")} ${joined ? JOINED : `!${urgency}`}`;
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

/** What the logistic regression learns from: a task that another thread can take. */
export interface SoftmaxTask {
  readonly rows: SparseRows;
  /** First intent of each row. */
  readonly labels: Int32Array;
}

export function fitSoftmax({ rows, labels }: SoftmaxTask): LinearWeights {
  return trainSoftmax(rows, labels, INTENTS.length, SETTINGS.softmax);
}

/** The linear model in the form that `natural` works with. */
export class LinearIntents {
  readonly #vectors: SparseVector[] = [];
  readonly #labels: Label[] = [];
  /** One more than the highest index of a feature. */
  #features = 1;
  #linear: LinearWeights | null = null;

  addExample(features: SparseVector, label: string): void {
    this.#vectors.push(features);
    this.#labels.push(readLabel(label));
    this.#features = features.indexes.reduce((most, index) => Math.max(most, index + 1), this.#features);
  }

  /** What it learnt from, in the order in which it came. */
  get vectors(): readonly SparseVector[] {
    return this.#vectors;
  }

  /** Called by `natural` behind the last example: they are fitted afterwards, by {@link fit} or {@link fitBeside}. */
  train(): void {
    this.#linear = null;
  }

  fit(): void {
    this.#linear = merge(this.#fitSvm(), fitSoftmax(this.#softmaxTask()));
  }

  /** The same, with one of the two models fitted elsewhere meanwhile. */
  async fitBeside(elsewhere: (task: SoftmaxTask) => Promise<LinearWeights>): Promise<void> {
    const soft = elsewhere(this.#softmaxTask());
    const svm = this.#fitSvm();
    this.#linear = merge(svm, await soft);
  }

  #fitSvm(): LinearWeights {
    return trainSvm(packRows(this.#vectors, this.#features), targetsOf(this.#labels), SETTINGS.svm.cost, SETTINGS.svm.rounds);
  }

  #softmaxTask(): SoftmaxTask {
    const alone = this.#labels.flatMap(({ joined }, i) => (joined ? [] : [i]));
    const vectors = alone.map((i) => this.#vectors[i]!);
    return { rows: packRows(vectors, this.#features), labels: Int32Array.from(alone, (i) => this.#labels[i]!.intents[0]!) };
  }

  /** @throws Error before training */
  get linear(): LinearWeights {
    if (this.#linear === null) throw new Error("the model has not been trained");
    return this.#linear;
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
function merge(svm: LinearWeights, soft: LinearWeights): LinearWeights {
  const features = svm.weights.length / COLUMNS;
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
