/**
 * What a column takes. The checks stand here, in front of both engines, because they differ in what they let through: Postgres
 * refuses NUL in text and in jsonb, SQLite keeps it; both would change a lone surrogate without a word; SQLite keeps a
 * fraction in an integer column. A value is either kept exactly or refused.
 */
import { AnxinError } from "../../core/errors.ts";

/** `\u0000` or a lone surrogate as `JSON.stringify` writes them; the even run of backslashes in front is what makes it an escape. */
const BAD_ESCAPE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

function refuseText(column: string): never {
  throw new AnxinError(
    "unstorable_text",
    `can't store text in "${column}": it holds a NUL or half of a surrogate pair; ` +
      "wanted well-formed text without NUL, cleaned where it comes in",
    { column },
  );
}

/**
 * Text as it may be stored, unchanged.
 *
 * @throws AnxinError `unstorable_text` for NUL and for lone surrogates
 */
export function storableText(column: string, text: string): string {
  if (text.includes("\0") || !text.isWellFormed()) refuseText(column);
  return text;
}

/**
 * Text for the record of a failure, mended instead of refused: an error that quotes broken text must not become a second failure
 * that keeps the first from being noted.
 */
export function mendedText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

/**
 * Data as JSON text.
 *
 * @throws AnxinError `unstorable_text` for NUL and lone surrogates anywhere in it, `unstorable_value` when it is no JSON
 */
export function storableJson(column: string, data: unknown): string {
  const text = JSON.stringify(data) as string | undefined;
  if (text === undefined) {
    throw new AnxinError("unstorable_value", `can't store a ${typeof data} in "${column}"; wanted plain JSON data`, { column });
  }
  // Nearly every text has no `\u` at all, and this first look costs a hundredth of the expression.
  if (text.includes("\\u") && BAD_ESCAPE.test(text)) refuseText(column);
  return text;
}

/**
 * A whole number as it may be stored, unchanged.
 *
 * @throws AnxinError `unstorable_value` when it is no safe integer
 */
export function storableInteger(column: string, value: number): number {
  if (!Number.isSafeInteger(value)) {
    throw new AnxinError("unstorable_value", `can't store ${String(value)} in "${column}"; wanted a whole number`, { column });
  }
  return value;
}
