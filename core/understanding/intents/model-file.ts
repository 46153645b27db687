/** A trained model as bytes. Pure. */

import type { Model } from "./learner.ts";
import { MODEL_VERSION } from "./learner.ts";
import type { Neighbours } from "./neighbours.ts";

const MAGIC = "ANXM";
/** Magic, version, rows, columns, bytes of the tokens, wordings, postings, bytes of the wordings' texts. */
const HEADER_BYTES = 32;

/** Bytes of a model in its parts. */
function sizeOf(rows: number, columns: number, names: number, wordings: number, postings: number, texts: number): number {
  return HEADER_BYTES + 4 * (columns + rows + rows) + rows * columns + names + wordings + 4 * (rows + 1) + 5 * postings + texts;
}

export function writeModel(model: Model): Uint8Array {
  const { columns, weights, scales, bias } = model.linear;
  const { neighbours } = model;
  const rows = model.tokens.length;
  const names = new TextEncoder().encode(model.tokens.join("\n"));
  const texts = new TextEncoder().encode(neighbours.texts.join("\n"));
  const bytes = new Uint8Array(sizeOf(rows, columns, names.length, neighbours.intents.length, neighbours.wordings.length, texts.length));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC), 0);
  [MODEL_VERSION, rows, columns, names.length, neighbours.intents.length, neighbours.wordings.length, texts.length].forEach((value, i) =>
    view.setUint32(4 + 4 * i, value, true),
  );
  let at = HEADER_BYTES;
  for (const part of [bias, model.tokenWeights, scales]) {
    for (const value of part) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  for (const part of [
    new Uint8Array(weights.buffer, weights.byteOffset, weights.length),
    names,
    neighbours.intents,
    texts,
    neighbours.weights,
  ]) {
    bytes.set(part, at);
    at += part.length;
  }
  for (const part of [neighbours.starts, neighbours.wordings]) {
    for (const value of part) {
      view.setUint32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/** @returns `null` when the bytes are no model of this version (another program's, cut off, older) */
export function readModel(bytes: Uint8Array): Model | null {
  if (bytes.length < HEADER_BYTES || new TextDecoder().decode(bytes.subarray(0, 4)) !== MAGIC) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [version, rows, columns, nameBytes, wordings, postings, textBytes] = [4, 8, 12, 16, 20, 24, 28].map((from) =>
    view.getUint32(from, true),
  ) as [number, number, number, number, number, number, number];
  if (version !== MODEL_VERSION) return null;
  if (bytes.length !== sizeOf(rows, columns, nameBytes, wordings, postings, textBytes)) return null;
  let at = HEADER_BYTES;
  const floats = (count: number): Float32Array<ArrayBuffer> => {
    const read = new Float32Array(count);
    for (let i = 0; i < count; i += 1) read[i] = view.getFloat32(at + 4 * i, true);
    at += 4 * count;
    return read;
  };
  // A copy: what is kept must not keep the whole file in memory.
  const piece = (count: number): Uint8Array<ArrayBuffer> => {
    at += count;
    return new Uint8Array(bytes.subarray(at - count, at));
  };
  const lines = (count: number): string[] => new TextDecoder().decode(piece(count)).split("\n");
  const whole = (count: number): Uint32Array => {
    const read = new Uint32Array(count);
    for (let i = 0; i < count; i += 1) read[i] = view.getUint32(at + 4 * i, true);
    at += 4 * count;
    return read;
  };
  const bias = floats(columns);
  const tokenWeights = floats(rows);
  const scales = floats(rows);
  const weights = new Int8Array(piece(rows * columns).buffer);
  const tokens = lines(nameBytes);
  const intents = piece(wordings);
  const texts = lines(textBytes);
  const neighbours: Neighbours = { intents, texts, weights: piece(postings), starts: whole(rows + 1), wordings: whole(postings) };
  if (tokens.length !== rows || texts.length !== wordings) return null;
  return { tokens, tokenWeights, linear: { columns, weights, scales, bias }, neighbours };
}
