import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { storableJson, storableText } from "../../../storage/schema/values.ts";

/** Any text at all, with NUL, lone surrogates, backslashes and look-alike escapes more often than chance has them. */
const wild = fc
  .array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\0", "\ud800", "\udfff", "\\", "\\u0000", "\\ud83d", "😀", "u0000")), {
    maxLength: 6,
  })
  .map((parts) => parts.join(""));

const isKeepable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

function accepts(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

describe("storable values", () => {
  test("a text is refused exactly when it holds a NUL or a lone surrogate", () => {
    fc.assert(
      fc.property(wild, (text) => accepts(() => storableText("c", text)) === isKeepable(text)),
      { numRuns: 2000 },
    );
  });

  test("data is refused exactly when a text or a key in it would be", () => {
    const check = (text: string): boolean =>
      [{ deep: [text] }, { [text]: 1 }, text].every((data) => accepts(() => storableJson("c", data)) === isKeepable(text));
    fc.assert(fc.property(wild, check), { numRuns: 2000 });
  });

  test("the error names the column and quotes none of the text", () => {
    expect(() => storableText("words", "secret\0")).toThrow(/"words"/);
    expect(() => storableText("words", "secret\0")).not.toThrow(/secret/);
  });
});
