import { describe, expect, test } from "vitest";
import { readPieces } from "./pieces.ts";
import { readRowPieces, vocabularies } from "./pieces-read.ts";

const vocabularyOf = vocabularies();

describe.each(["en", "zh-CN", "zh-TW"])("every piece of what customers type, %s", (table) => {
  test.each(readPieces(table).map((row) => [row.text, row] as const))("%j", (_, row) => {
    expect(readRowPieces(row, vocabularyOf)).toEqual(row.pieces);
  });
});
