import { describe, expect, it } from "vitest";
import { faultsOf, play, readLibrary } from "./library.ts";

describe("dialogue library", () => {
  for (const { file, script } of readLibrary()) {
    it(`${file}${script.title ? `: ${script.title}` : ""}`, async () => {
      expect(faultsOf(script, await play(script))).toEqual([]);
    });
  }
});
