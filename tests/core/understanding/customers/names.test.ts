import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { read } from "../entities/read.ts";

/** Rows `text | names`; an empty right side means that no name of the customer's is given. */
const ROWS = readFileSync(join(import.meta.dirname, "names.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("# "))
  .map((line): [text: string, names: string[]] => {
    const [text = "", names = ""] = line.split(/ \|(?: |$)/);
    return [text.replaceAll("\\n", "\n"), names === "" ? [] : names.split(",")];
  });

describe("readNames on what customers type", () => {
  test.each(ROWS)("%j names %j", (text, names) => {
    expect(read(text).name.map(({ value }) => value)).toEqual(names);
  });
});
