import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFirst, rows } from "./table.ts";

const lines = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");

describe("readDateTimes on what customers type", () => {
  it.each(rows(lines("typed.txt")))("%s is %s at %s", (text, expected, now) => {
    expect(readFirst(text, now)).toBe(expected);
  });
});

describe("readDateTimes on words that only look like a time", () => {
  it.each(lines("timeless.txt").trim().split("\n"))("%s", (text) => {
    expect(readFirst(text)).toMatch(/^(?:none|past .*)$/);
  });
});
