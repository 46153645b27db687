/** Reading what somebody else serves, without taking more than was meant to be taken. */

/**
 * Reads a body piece by piece and stops at the limit, whatever its headers said of its length.
 *
 * @returns `null` when it is longer than `limitBytes`
 * @throws what the connection throws
 */
export async function readBounded(response: Response, limitBytes: number): Promise<Uint8Array | null> {
  const told = Number(response.headers.get("content-length") ?? 0);
  if (told > limitBytes || response.body === null) {
    await response.body?.cancel();
    return response.body === null ? new Uint8Array() : null;
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body) {
    length += piece.length;
    // Leaving the loop cancels the body.
    if (length > limitBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The content in its own address: what other channels take it by. */
export function dataAddress(bytes: Uint8Array, mime: string | null): string {
  const type = mime !== null && /^[\w.+-]+\/[\w.+-]+$/.test(mime) ? mime : "application/octet-stream";
  return `data:${type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64")}`;
}
