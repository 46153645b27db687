import { describe, expect, test } from "vitest";
import { readRow, readRows, shippedWords, TABLES } from "./rows.ts";

const shipped = shippedWords();

describe.each(TABLES)("names, products, faults and times that customers type, %s", (table) => {
  test.each(readRows(table).map((row) => [row.text, row] as const))("%j", (_, row) => {
    expect(readRow(row, shipped)).toEqual(row);
  });
});
