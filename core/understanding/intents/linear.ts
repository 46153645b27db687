/** Linear models over sparse examples. Pure and repeatable: the order of examples is shuffled by a fixed seed. */

/** A message as weighted features: `indexes` into the dictionary, `values` of the same length, Euclidean length 1. */
export interface SparseVector {
  readonly indexes: Int32Array;
  readonly values: Float32Array;
}

/** Training examples in one block: those of example `i` are `indexes[starts[i] … starts[i + 1])`. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly indexes: Int32Array;
  readonly values: Float32Array;
  readonly rows: number;
  /** Size of the dictionary. */
  readonly features: number;
}

/** `weights[feature * columns + column]`. */
export interface LinearWeights {
  readonly columns: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** Puts vectors side by side. */
export function packRows(vectors: readonly SparseVector[], features: number): SparseRows {
  const starts = new Int32Array(vectors.length + 1);
  vectors.forEach((vector, i) => {
    starts[i + 1] = starts[i]! + vector.indexes.length;
  });
  const indexes = new Int32Array(starts[vectors.length]!);
  const values = new Float32Array(indexes.length);
  vectors.forEach((vector, i) => {
    indexes.set(vector.indexes, starts[i]!);
    values.set(vector.values, starts[i]!);
  });
  return { starts, indexes, values, rows: vectors.length, features };
}

/** A small repeatable generator (mulberry32), 0 ≤ value < 1. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The first `length` of them. */
function shuffle(order: Int32Array, length: number, random: () => number): void {
  for (let i = length - 1; i > 0; i -= 1) {
    const k = Math.floor(random() * (i + 1));
    const kept = order[i]!;
    order[i] = order[k]!;
    order[k] = kept;
  }
}

const identity = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);

/** An example right by this much more than its margin, and weightless, is not looked at again (shrinking, section 3.2 of the paper). */
const CLEAR_MARGIN = 0.25;

/**
 * One-against-rest support vector machines with squared hinge loss, by dual coordinate descent
 * (Hsieh et al., A Dual Coordinate Descent Method for Large-scale Linear SVM, 2008, algorithm 1).
 *
 * @param targets one array a column: 1 in, -1 out, 0 leave this example aside
 * @param cost penalty of a wrong example, > 0
 * @param rounds passes over the examples, at most
 */
export function trainSvm(rows: SparseRows, targets: readonly Int8Array[], cost: number, rounds: number): LinearWeights {
  const { starts, indexes, values } = rows;
  const columns = targets.length;
  const weights = new Float32Array(rows.features * columns);
  const bias = new Float32Array(columns);
  const square = new Float32Array(rows.rows);
  for (let i = 0; i < rows.rows; i += 1) {
    let sum = 1;
    for (let j = starts[i]!; j < starts[i + 1]!; j += 1) sum += values[j]! * values[j]!;
    square[i] = sum;
  }
  const diagonal = 0.5 / cost;
  const own = new Float32Array(rows.features);
  for (let column = 0; column < columns; column += 1) {
    const target = targets[column]!;
    const order = identity(rows.rows).filter((i) => target[i] !== 0);
    const random = createRandom(column + 1);
    const alpha = new Float32Array(rows.rows);
    own.fill(0);
    let ownBias = 0;
    let active = order.length;
    let clear = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round += 1) {
      shuffle(order, active, random);
      let largest = 0;
      for (let p = 0; p < active; p += 1) {
        const i = order[p]!;
        const sign = target[i]!;
        const from = starts[i]!;
        const to = starts[i + 1]!;
        let margin = ownBias;
        for (let j = from; j < to; j += 1) margin += own[indexes[j]!]! * values[j]!;
        const before = alpha[i]!;
        const gradient = sign * margin - 1 + diagonal * before;
        if (before === 0 && gradient > clear) {
          active -= 1;
          order[p] = order[active]!;
          order[active] = i;
          p -= 1;
          continue;
        }
        const projected = before === 0 ? Math.min(gradient, 0) : gradient;
        if (Math.abs(projected) < 1e-6) continue;
        if (Math.abs(projected) > largest) largest = Math.abs(projected);
        const after = Math.max(before - gradient / (square[i]! + diagonal), 0);
        const step = (after - before) * sign;
        if (step === 0) continue;
        alpha[i] = after;
        ownBias += step;
        for (let j = from; j < to; j += 1) own[indexes[j]!]! += step * values[j]!;
      }
      if (largest < 0.05) break;
      clear = Math.min(largest, CLEAR_MARGIN);
    }
    for (let feature = 0; feature < rows.features; feature += 1) weights[feature * columns + column] = own[feature]!;
    bias[column] = ownBias;
  }
  return { columns, weights, bias };
}

/** Turns scores into shares that sum to 1, in place. */
export function softmaxInPlace(scores: Float32Array | Float64Array, temperature = 1): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < scores.length; c += 1) if (scores[c]! > top) top = scores[c]!;
  let sum = 0;
  for (let c = 0; c < scores.length; c += 1) {
    scores[c] = Math.exp((scores[c]! - top) / temperature);
    sum += scores[c]!;
  }
  for (let c = 0; c < scores.length; c += 1) scores[c]! /= sum;
}

/** A class whose share is off by less moves nothing: most of them, most of the time. */
const LEAST_ERROR = 0.003;

/**
 * Multinomial logistic regression by stochastic gradient with AdaGrad steps.
 *
 * @param labels class of each example, 0 … columns − 1
 * @param rate first step, > 0
 */
export function trainSoftmax(
  rows: SparseRows,
  labels: Int32Array,
  columns: number,
  { rate, rounds }: { rate: number; rounds: number },
): LinearWeights {
  const { starts, indexes, values } = rows;
  const weights = new Float32Array(rows.features * columns);
  const history = new Float32Array(rows.features * columns).fill(1e-6);
  const bias = new Float32Array(columns);
  const biasHistory = new Float32Array(columns).fill(1e-6);
  const random = createRandom(17);
  const order = identity(rows.rows);
  const error = new Float32Array(columns);
  const wrong = new Int32Array(columns);
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, order.length, random);
    for (let p = 0; p < order.length; p += 1) {
      const i = order[p]!;
      const from = starts[i]!;
      const to = starts[i + 1]!;
      error.set(bias);
      for (let j = from; j < to; j += 1) {
        const base = indexes[j]! * columns;
        const value = values[j]!;
        for (let c = 0; c < columns; c += 1) error[c]! += weights[base + c]! * value;
      }
      softmaxInPlace(error);
      error[labels[i]!]! -= 1;
      let count = 0;
      for (let c = 0; c < columns; c += 1) {
        if (Math.abs(error[c]!) < LEAST_ERROR) continue;
        wrong[count] = c;
        count += 1;
        biasHistory[c]! += error[c]! * error[c]!;
        bias[c]! -= (rate * error[c]!) / Math.sqrt(biasHistory[c]!);
      }
      for (let j = from; j < to; j += 1) {
        const base = indexes[j]! * columns;
        const value = values[j]!;
        for (let k = 0; k < count; k += 1) {
          const c = wrong[k]!;
          const gradient = error[c]! * value;
          const sum = history[base + c]! + gradient * gradient;
          history[base + c] = sum;
          weights[base + c]! -= (rate * gradient) / Math.sqrt(sum);
        }
      }
    }
  }
  return { columns, weights, bias };
}

/** Scores of every column for one message. */
export function scoreOf(model: LinearWeights, vector: SparseVector): Float32Array {
  const { columns, weights } = model;
  const scores = Float32Array.from(model.bias);
  for (let j = 0; j < vector.indexes.length; j += 1) {
    const base = vector.indexes[j]! * columns;
    const value = vector.values[j]!;
    for (let c = 0; c < columns; c += 1) scores[c]! += weights[base + c]! * value;
  }
  return scores;
}

/** The same in a byte a weight, a quarter of the memory: the weight is `weights[…] * scales[feature]`. */
export interface CompactWeights {
  readonly columns: number;
  readonly weights: Int8Array;
  /** Of each feature: its largest weight is 127. */
  readonly scales: Float32Array;
  readonly bias: Float32Array;
}

/** @param rows features to keep; those behind the last one trained have no weight */
export function compact({ columns, weights, bias }: LinearWeights, rows: number): CompactWeights {
  const bytes = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows && row * columns < weights.length; row += 1) {
    let largest = 0;
    for (let c = 0; c < columns; c += 1) largest = Math.max(largest, Math.abs(weights[row * columns + c]!));
    if (largest === 0) continue;
    scales[row] = largest / 127;
    for (let c = 0; c < columns; c += 1) bytes[row * columns + c] = Math.round((weights[row * columns + c]! * 127) / largest);
  }
  return { columns, weights: bytes, scales, bias };
}

/** Scores of every column for one message. */
export function scoreCompact({ columns, weights, scales, bias }: CompactWeights, vector: SparseVector): Float32Array {
  const scores = Float32Array.from(bias);
  for (let j = 0; j < vector.indexes.length; j += 1) {
    const feature = vector.indexes[j]!;
    const base = feature * columns;
    const value = vector.values[j]! * scales[feature]!;
    for (let c = 0; c < columns; c += 1) scores[c]! += weights[base + c]! * value;
  }
  return scores;
}
