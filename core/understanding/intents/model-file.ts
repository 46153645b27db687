/** A trained model as bytes: weights in one byte each with a scale a row, about a quarter of their size in memory. Pure. */

import type { Model } from "./learner.ts";
import { MODEL_VERSION } from "./learner.ts";

const MAGIC = "ANXM";
const HEADER_BYTES = 20;

/** Weights as they will be read back: training and loading give the very same model. */
export function roundTrip(model: Model): Model {
  const read = readModel(writeModel(model));
  if (read === null) throw new Error("a model just written could not be read");
  return read;
}

export function writeModel(model: Model): Uint8Array {
  const { columns, weights, bias } = model.linear;
  const rows = model.tokens.length;
  const names = new TextEncoder().encode(model.tokens.join("\n"));
  const bytes = new Uint8Array(HEADER_BYTES + 4 * (columns + rows + rows) + rows * columns + names.length);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC), 0);
  view.setUint32(4, MODEL_VERSION, true);
  view.setUint32(8, rows, true);
  view.setUint32(12, columns, true);
  view.setUint32(16, names.length, true);
  let at = HEADER_BYTES;
  for (const value of bias) {
    view.setFloat32(at, value, true);
    at += 4;
  }
  for (const value of model.tokenWeights) {
    view.setFloat32(at, value, true);
    at += 4;
  }
  const scalesAt = at;
  const weightsAt = at + 4 * rows;
  for (let row = 0; row < rows; row += 1) {
    let largest = 0;
    for (let c = 0; c < columns; c += 1) largest = Math.max(largest, Math.abs(weights[row * columns + c]!));
    const scale = largest / 127;
    view.setFloat32(scalesAt + 4 * row, scale, true);
    if (scale === 0) continue;
    for (let c = 0; c < columns; c += 1) view.setInt8(weightsAt + row * columns + c, Math.round(weights[row * columns + c]! / scale));
  }
  bytes.set(names, weightsAt + rows * columns);
  return bytes;
}

/** @returns `null` when the bytes are no model of this version (another program's, cut off, older) */
export function readModel(bytes: Uint8Array): Model | null {
  if (bytes.length < HEADER_BYTES || new TextDecoder().decode(bytes.subarray(0, 4)) !== MAGIC) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows = view.getUint32(8, true);
  const columns = view.getUint32(12, true);
  const nameBytes = view.getUint32(16, true);
  if (view.getUint32(4, true) !== MODEL_VERSION) return null;
  if (bytes.length !== HEADER_BYTES + 4 * (columns + rows + rows) + rows * columns + nameBytes) return null;
  let at = HEADER_BYTES;
  const floats = (count: number): Float32Array<ArrayBuffer> => {
    const read = new Float32Array(count);
    for (let i = 0; i < count; i += 1) read[i] = view.getFloat32(at + 4 * i, true);
    at += 4 * count;
    return read;
  };
  const bias = floats(columns);
  const tokenWeights = floats(rows);
  const scales = floats(rows);
  const weights = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const scale = scales[row]!;
    for (let c = 0; c < columns; c += 1) weights[row * columns + c] = view.getInt8(at + row * columns + c) * scale;
  }
  const tokens = new TextDecoder().decode(bytes.subarray(at + rows * columns)).split("\n");
  if (tokens.length !== rows) return null;
  return { tokens, tokenWeights, linear: { columns, weights, bias } };
}
