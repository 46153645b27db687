import { describe, expect, it } from "vitest";
import { onPostgres, openTestStore } from "../support/store.ts";
import { faultsOf, play, readLibrary } from "./library.ts";

/** On Postgres one dialogue in so many is played with the other suites; `ANXIN_DIALOGUES=all` plays all of them. */
const SAMPLE = onPostgres && process.env["ANXIN_DIALOGUES"] !== "all" ? 5 : 1;

describe("dialogue library", () => {
  for (const { file, script } of readLibrary().filter((_, at) => at % SAMPLE === 0)) {
    it(`${file}${script.title ? `: ${script.title}` : ""}`, async () => {
      expect(faultsOf(script, await play(script, onPostgres ? openTestStore() : undefined))).toEqual([]);
    });
  }
});
