import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseCorpus } from "../../../../core/understanding/intents/corpus.ts";
import { loadCorpus, loadLexicon, loadThresholds } from "../../../../core/understanding/intents/files.ts";
import { DANGER_COLUMN, URGENT_COLUMN } from "../../../../core/understanding/intents/inner-model.ts";
import { createScorer, trainModel } from "../../../../core/understanding/intents/learner.ts";
import {
  compact,
  createRandom,
  packRows,
  scoreCompact,
  scoreOf,
  softmaxInPlace,
  trainSoftmax,
  trainSvm,
} from "../../../../core/understanding/intents/linear.ts";
import { readModel, writeModel } from "../../../../core/understanding/intents/model-file.ts";
import { scoreMessage } from "../../../../core/understanding/intents/scoring.ts";
import { readThresholds } from "../../../../core/understanding/intents/thresholds.ts";
import { trainingMessages } from "../../../../core/understanding/intents/training.ts";
import { INTENTS } from "../../../../core/understanding/types.ts";

const CORPUS = `# status
修好没有
我的车修好没有啊
is it ready yet
is my car ready
# quote_price
多少钱
修一下多少钱
how much is it
how much for my car
# emergency
着火了
车着火了快来
it is on fire
my car is on fire
# complaint
气死我了 又坏了	!urgent
又坏了 我要投诉	!urgent
broken again i want to complain	!urgent
态度真差
bad attitude from your man`;

const lexicon = loadLexicon();
const messages = trainingMessages(parseCorpus("small.txt", CORPUS).examples, lexicon);
const model = trainModel(messages);

describe("trainModel", () => {
  const scorer = createScorer(model);
  const best = (text: string): string => {
    const [message] = trainingMessages(parseCorpus("one.txt", `# status\n${text}`).examples, lexicon);
    const { scores } = scorer.score(message!.tokens);
    const intents = scores.subarray(0, INTENTS.length);
    return INTENTS[intents.indexOf(Math.max(...intents))]!;
  };

  test.each([
    ["车修好没有", "status"],
    ["换一个多少钱", "quote_price"],
    ["is the car ready", "status"],
    ["厨房着火了", "emergency"],
  ])("reads %j as %s from wordings it never saw", (text, intent) => expect(best(text)).toBe(intent));

  test("learns danger and urgency beside the intents", () => {
    const scores = (text: string, section: string) =>
      scorer.score(trainingMessages(parseCorpus("x.txt", `# ${section}\n${text}`).examples, lexicon)[0]!.tokens).scores;
    expect(scores("着火了", "emergency")[DANGER_COLUMN]!).toBeGreaterThan(scores("多少钱", "quote_price")[DANGER_COLUMN]!);
    expect(scores("又坏了 气死", "complaint")[URGENT_COLUMN]!).toBeGreaterThan(scores("修好没有", "status")[URGENT_COLUMN]!);
  });

  test("gives the same model for the same messages, bit by bit", () => {
    expect(Buffer.from(writeModel(trainModel(messages))).equals(Buffer.from(writeModel(trainModel(messages))))).toBe(true);
  });

  test("tells which tokens spoke, and which words it knows", () => {
    const { vector, known } = scorer.score(["w多", "w少", "w钱", "wzzz"]);
    expect(known).toBe(0.75);
    const [first] = scorer.explain(vector, INTENTS.indexOf("quote_price"), INTENTS.indexOf("status"), 3);
    expect(["w多", "w少", "w钱"]).toContain(first!.token);
    expect(scorer.score(["l1", "nnone"]).known).toBeNull();
  });

  test("shows some matters as said while a question was open", () => {
    const many = Array.from({ length: 40 }, (_, i) => `车子第${i}个地方坏了`).join("\n");
    const asked = trainingMessages(parseCorpus("m.txt", `# book\n${many}`).examples, lexicon).filter(({ tokens }) =>
      tokens.some((token) => token[0] === "q"),
    );
    expect(asked.length).toBe(10);
  });
});

describe("a stored model", () => {
  test("is read back as the one that was trained", () => {
    const read = readModel(writeModel(model))!;
    expect(read.tokens).toEqual(model.tokens);
    expect(read.linear).toEqual(model.linear);
    expect(read.tokenWeights).toEqual(model.tokenWeights);
    expect(read.neighbours).toEqual(model.neighbours);
    expect(read.neighbours.texts).toContain("my car is on fire");
  });

  test("of another program, another version or cut short is no model", () => {
    const bytes = writeModel(model);
    expect(readModel(new Uint8Array(0))).toBeNull();
    expect(readModel(new TextEncoder().encode("no model at all, but long enough"))).toBeNull();
    expect(readModel(bytes.slice(0, bytes.length - 1))).toBeNull();
    const other = bytes.slice();
    other[4] = 99;
    expect(readModel(other)).toBeNull();
  });
});

describe("the linear models", () => {
  const vectors = [
    { indexes: Int32Array.of(0), values: Float32Array.of(1) },
    { indexes: Int32Array.of(1), values: Float32Array.of(1) },
    { indexes: Int32Array.of(2), values: Float32Array.of(1) },
  ];
  const rows = packRows(vectors, 3);

  test("separate what can be separated", () => {
    const svm = trainSvm(rows, [Int8Array.of(1, -1, -1), Int8Array.of(-1, 1, -1), Int8Array.of(-1, -1, 1)], 10, 50);
    const soft = trainSoftmax(rows, Int32Array.of(0, 1, 2), 3, { rate: 0.5, rounds: 50 });
    vectors.forEach((vector, i) => {
      for (const linear of [svm, soft]) {
        const scores = scoreOf(linear, vector);
        expect(scores.indexOf(Math.max(...scores))).toBe(i);
      }
    });
  });

  test("made compact, score within a hundredth of what they scored", () => {
    const linear = { columns: 2, weights: Float32Array.of(0.5, -1, 0.25, 0, 0, 0), bias: Float32Array.of(0.1, 0.2) };
    const small = compact(linear, 4);
    expect([small.weights.length, small.scales.length]).toEqual([8, 4]);
    for (const vector of [...vectors, { indexes: Int32Array.of(0, 1), values: Float32Array.of(0.6, 0.8) }]) {
      const [whole, compacted] = [scoreOf(linear, vector), scoreCompact(small, vector)];
      whole.forEach((score, c) => expect(Math.abs(compacted[c]! - score)).toBeLessThan(0.01));
    }
  });

  test("leave examples aside that are marked 0", () => {
    const with0 = trainSvm(rows, [Int8Array.of(1, -1, 0)], 1, 20);
    expect(with0.weights[2]).toBe(0);
  });

  test("softmaxInPlace gives shares that sum to 1, humbler at a higher temperature", () => {
    const sharp = Float64Array.of(3, 1, 1000);
    softmaxInPlace(sharp);
    expect(sharp.reduce((a, b) => a + b)).toBeCloseTo(1);
    const [one, other] = [Float64Array.of(2, 0), Float64Array.of(2, 0)];
    softmaxInPlace(one, 1);
    softmaxInPlace(other, 3);
    expect(other[0]!).toBeLessThan(one[0]!);
  });

  test("createRandom repeats itself from its seed and stays within 0 and 1", () => {
    const draw = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 50 }, random);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every((value) => value >= 0 && value < 1)).toBe(true);
  });
});

describe("loadCorpus", () => {
  const folder = mkdtempSync(join(tmpdir(), "anxin-corpus-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("reads every text file of its folders, in order of name", () => {
    const good = join(folder, "good");
    mkdirSync(good);
    writeFileSync(join(good, "b.txt"), "# greet\nhello");
    writeFileSync(join(good, "a.txt"), "# bye\nbye");
    writeFileSync(join(good, "notes.md"), "no corpus");
    expect(loadCorpus([good]).map(({ text }) => text)).toEqual(["bye", "hello"]);
    expect(readdirSync(good)).toContain("notes.md");
  });

  test("names every bad line with its file", () => {
    const bad = join(folder, "bad");
    mkdirSync(bad);
    writeFileSync(join(bad, "a.txt"), "# book\nx\t+nothing\n# bok");
    expect(() => loadCorpus([bad])).toThrow(/a\.txt:2: unknown tag[\s\S]*a\.txt:3: unknown intent/);
  });
});

test("readThresholds refuses data with a number missing", () => {
  expect(() => readThresholds({ danger: 0 })).toThrow(TypeError);
  expect(() => readThresholds(null)).toThrow(TypeError);
  expect(() => readThresholds({ ...loadThresholds(), lean: { complain: 1.2 } })).toThrow("complain");
});

test("an intent leant to is told as surer, the shares still sum to 1", () => {
  const model = trainModel(messages);
  const shares = (lean: Record<string, number>): Float64Array =>
    scoreMessage("my car", ["wmy", "wcar"], "en", createScorer(model), lexicon, { ...loadThresholds(), lean }).shares;
  const [level, leant] = [shares({}), shares({ status: 2 })];
  const status = INTENTS.indexOf("status");
  const price = INTENTS.indexOf("quote_price");
  expect(leant[status]! / leant[price]!).toBeCloseTo((2 * level[status]!) / level[price]!);
  expect(leant.reduce((sum, share) => sum + share)).toBeCloseTo(1);
});
