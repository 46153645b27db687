import { describe, expect, test } from "vitest";
import { parseCorpus } from "../../../../core/understanding/intents/corpus.ts";
import { loadLexicon } from "../../../../core/understanding/intents/files.ts";
import { readOnThreads } from "../../../../core/understanding/intents/reading-threads.ts";
import { readInputs, trainingInputs } from "../../../../core/understanding/intents/training.ts";

const wordings = Array.from({ length: 6_000 }, (_, i) => (i % 2 === 0 ? `修${i}号空调,明天来` : `fix ac no ${i} tomorrow`));
const inputs = trainingInputs(parseCorpus("many.txt", `# book\n${wordings.join("\n")}`).examples);
const lexicon = loadLexicon();

describe("readOnThreads", () => {
  const alone = readInputs(inputs, lexicon);

  test("reads the same tokens in the same order as one thread", async () => {
    expect(inputs.length).toBeGreaterThan(5_000);
    expect(await readOnThreads(inputs, lexicon)).toEqual(alone);
  });

  test("reads the same when the second thread does not start, or ends without an answer", async () => {
    expect(await readOnThreads(inputs, lexicon, new URL("./no-such-file.ts", import.meta.url))).toEqual(alone);
    expect(await readOnThreads(inputs, lexicon, new URL("data:text/javascript,0"))).toEqual(alone);
  });
});
