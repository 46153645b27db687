/**
 * `npm run evaluate`: what the understanding is worth on messages by hands that wrote none of its corpus, in two blocks: the sets on
 * which its writers have looked at totals while they worked, and the held-out sets, run for the record alone.
 *
 *   --errors  prints every miss of the first block    --curve   accuracy by size of the corpus
 *   --taught  counts messages that stand in the corpus word for word, too
 *   --public  public sets under ../shared/eval, on throw-away models
 */
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { loadProfile, SHIPPED_PROFILES } from "../../bots/profiles.ts";
import type { Understander } from "../../core/understanding/index.ts";
import { createUnderstander } from "../../core/understanding/index.ts";
import { loadCorpus, loadLexicon, loadModel, loadThresholds, SHIPPED_CORPUS } from "../../core/understanding/intents/files.ts";
import type { Model } from "../../core/understanding/intents/learner.ts";
import { trainModel } from "../../core/understanding/intents/learner.ts";
import { createRandom } from "../../core/understanding/intents/linear.ts";
import { trainingMessages } from "../../core/understanding/intents/training.ts";
import { normalise } from "../../core/understanding/text/index.ts";
import { createVocabulary } from "../../core/understanding/vocabulary/index.ts";
import { datetimeTable, entityTable } from "./entity-tables.ts";
import { confusion, guardTable, intentTable, perIntentTable } from "./intent-tables.ts";
import type { Expected } from "./messages.ts";
import { HELD_SETS, readSet, SETS, ZONE } from "./messages.ts";
import { percent, percentile, table } from "./metrics.ts";
import { evaluatePublicSets } from "./public-sets.ts";
import type { Read } from "./reads.ts";
import { isRight, share } from "./reads.ts";

function buildUnderstander(model: Model): Understander {
  const profiles = SHIPPED_PROFILES.map((name) => loadProfile(name, "en"));
  return createUnderstander({ vocabulary: createVocabulary(profiles), model, lexicon: loadLexicon(), thresholds: loadThresholds() });
}

function readAll(understander: Understander, messages: readonly Expected[]): Read[] {
  for (const { text, now } of messages.slice(0, 200)) understander.understand(text, { now, zone: ZONE });
  return messages.map((expected) => {
    const from = performance.now();
    const got = understander.understand(expected.text, { now: expected.now, zone: ZONE, asked: expected.asked });
    return { expected, got, ms: performance.now() - from };
  });
}

/** Normalised wordings of the corpus. */
const taughtTexts = (): ReadonlySet<string> => new Set(loadCorpus([SHIPPED_CORPUS]).map(({ text }) => normalise(text).text));

/**
 * What everyone types (好的, thanks, 转人工) stands in any corpus and says nothing of messages never seen: unless `countTaught`, it is
 * left out of every figure.
 */
function messagesOf(sets: readonly string[], taught: ReadonlySet<string>, countTaught: boolean): Expected[] {
  const all = sets.flatMap((set) => readSet(set));
  const fresh = all.filter(({ text }) => !taught.has(normalise(text).text));
  const left = all.length - fresh.length;
  if (all.length > 0)
    console.log(`${left} of ${all.length} messages stand in the corpus word for word and are ${countTaught ? "counted" : "left out"}`);
  return countTaught ? all : fresh;
}

/** Everything there is to say of one block of sets; `dates` have times alone. */
function printBlock(reads: readonly Read[], dates: readonly Read[]): void {
  const tables = [intentTable(reads), perIntentTable(reads), `most confused\n${confusion(reads)}`, guardTable(reads), entityTable(reads)];
  console.log(`\n${[...tables, datetimeTable([...reads, ...dates])].join("\n\n")}`);
  const times = reads.map(({ ms }) => ms);
  console.log(`\nms a message: p50 ${percentile(times, 0.5).toFixed(3)}, p99 ${percentile(times, 0.99).toFixed(3)}`);
}

function printErrors(reads: readonly Read[]): void {
  console.log("\nmisses (confidence, expected, got):");
  for (const read of reads) {
    const { expected, got } = read;
    const wrong = [
      ...(isRight(read) ? [] : [`${expected.intents[0]} → ${got.intents[0]!.intent}`]),
      ...(expected.urgency === got.urgency ? [] : [`urgency ${expected.urgency} → ${got.urgency}`]),
    ];
    if (wrong.length > 0)
      console.log(`  ${got.intents[0]!.confidence.toFixed(2)} ${expected.set}:${expected.line} ${wrong.join(", ")} | ${expected.text}`);
  }
}

/** Accuracy when only a share of the corpus is learned: what the last thousand wordings brought. */
function printCurve(messages: readonly Expected[]): void {
  const lexicon = loadLexicon();
  const random = createRandom(3);
  const order = loadCorpus([SHIPPED_CORPUS])
    .map((example) => ({ example, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ example }) => example);
  const rows: (string | number)[][] = [["wordings", "intent"]];
  for (const size of [1_000, 2_000, 4_000, 8_000, 16_000, 24_000, 32_000, 40_000, order.length - 1_000, order.length]) {
    if (size > order.length) continue;
    const model = trainModel(trainingMessages(order.slice(0, size), lexicon));
    rows.push([size, percent(share(readAll(buildUnderstander(model), messages), isRight))]);
  }
  console.log(`\nlearning curve\n${table(rows)}`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      errors: { type: "boolean", default: false },
      curve: { type: "boolean", default: false },
      public: { type: "boolean", default: false },
      taught: { type: "boolean", default: false },
      held: { type: "boolean", default: true },
      models: { type: "string" },
      help: { type: "boolean", default: false },
    },
    allowNegative: true,
  });
  if (values.help) {
    console.log("usage: npm run evaluate -- [--errors] [--curve] [--public] [--taught] [--no-held] [--models FOLDER]");
    return;
  }
  const from = performance.now();
  const { model, stored } = await loadModel([], values.models ?? null);
  const understander = buildUnderstander(model);
  console.log(
    `model ${stored ? "loaded" : "trained"} in ${((performance.now() - from) / 1_000).toFixed(1)} s, ${model.tokens.length} features`,
  );
  const taught = taughtTexts();
  const messages = messagesOf(SETS, taught, values.taught);
  if (messages.length === 0) {
    console.error("no evaluation sets beside this file");
    process.exitCode = 1;
    return;
  }
  const reads = readAll(understander, messages);
  printBlock(
    reads,
    ["dates", "dates-held"].flatMap((set) => readAll(understander, readSet(set))),
  );
  if (values.held) {
    console.log("\nheld out: by a further hand, looked at by nobody who works on the understanding");
    const held = messagesOf(HELD_SETS, taught, values.taught);
    if (held.length > 0) printBlock(readAll(understander, held), []);
  }
  if (values.errors) printErrors(reads);
  if (values.curve) printCurve(messages);
  if (values.public) evaluatePublicSets();
}

await main();
