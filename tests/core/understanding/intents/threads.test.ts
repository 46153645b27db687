import { describe, expect, test } from "vitest";
import { parseCorpus } from "../../../../core/understanding/intents/corpus.ts";
import { loadLexicon } from "../../../../core/understanding/intents/files.ts";
import { trainModel, trainModelBeside } from "../../../../core/understanding/intents/learner.ts";
import { writeModel } from "../../../../core/understanding/intents/model-file.ts";
import { fitOnThread, readOnThreads } from "../../../../core/understanding/intents/threads.ts";
import { readInputs, trainingInputs, withTokens } from "../../../../core/understanding/intents/training.ts";

const wordings = Array.from({ length: 6_000 }, (_, i) => (i % 2 === 0 ? `修${i}号空调,明天来` : `fix ac no ${i} tomorrow`));
const inputs = trainingInputs(parseCorpus("many.txt", `# book\n${wordings.join("\n")}`).examples);
const lexicon = loadLexicon();
const nowhere = new URL("./no-such-file.ts", import.meta.url);

describe("readOnThreads", () => {
  const alone = readInputs(inputs, lexicon);

  test("reads the same tokens in the same order as one thread", async () => {
    expect(inputs.length).toBeGreaterThan(5_000);
    expect(await readOnThreads(inputs, lexicon)).toEqual(alone);
  });

  test("reads the same when the second thread does not start, or ends without an answer", async () => {
    expect(await readOnThreads(inputs, lexicon, nowhere)).toEqual(alone);
    expect(await readOnThreads(inputs, lexicon, new URL("data:text/javascript,0"))).toEqual(alone);
  });
});

describe("a model trained on two threads", () => {
  const messages = withTokens(inputs, readInputs(inputs, lexicon));
  const alone = writeModel(trainModel(messages));
  const beside = async (thread?: URL): Promise<Uint8Array> =>
    writeModel(await trainModelBeside(messages, (task) => fitOnThread(task, thread)));

  test("is the one trained on one, bit by bit", async () => expect(Buffer.from(alone).equals(await beside())).toBe(true));
  test("also when the second thread fails", async () => expect(Buffer.from(alone).equals(await beside(nowhere))).toBe(true));
});
