/**
 * The honest estimate while tuning: for every corpus file a model of all other files reads it, so that no writer is judged by a model
 * that knows his hand. Harder than the evaluation sets, for the corpus seeks out hard cases.
 *
 *   --write   puts the temperatures and thresholds found into thresholds.json
 *   --errors  prints every miss (the corpus may be read; the evaluation sets may not)
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Language } from "../../core/language.ts";
import { LANGUAGES } from "../../core/language.ts";
import type { Understander, Understanding } from "../../core/understanding/index.ts";
import { createUnderstander } from "../../core/understanding/index.ts";
import type { Example } from "../../core/understanding/intents/corpus.ts";
import { loadCorpus, loadLexicon, loadThresholds, SHIPPED_CORPUS } from "../../core/understanding/intents/files.ts";
import { trainModel } from "../../core/understanding/intents/learner.ts";
import type { Thresholds } from "../../core/understanding/intents/thresholds.ts";
import { trainingMessages } from "../../core/understanding/intents/training.ts";
import { createVocabulary } from "../../core/understanding/vocabulary/index.ts";
import { calibrationError, coverageAt, percent, Tally, table } from "./metrics.ts";

const NOW = Date.UTC(2026, 10, 18, 4);
const ZONE = "Asia/Shanghai";
/** Share of the messages acted on that must be right. */
const ACT_RIGHT = 0.975;

interface Read {
  readonly example: Example;
  readonly lang: Language;
  readonly got: Understanding;
}

const languageOf = (file: string): Language => file.split(".")[0] as Language;
const isRight = ({ example, got }: Read): boolean => got.intents[0]!.intent === example.intents[0];

function main(): void {
  const { values } = parseArgs({ options: { write: { type: "boolean", default: false }, errors: { type: "boolean", default: false } } });
  const lexicon = loadLexicon();
  const examples = loadCorpus([SHIPPED_CORPUS]);
  const files = [...new Set(examples.map(({ file }) => file))];
  const messages = new Map(
    files.map((file) => [
      file,
      trainingMessages(
        examples.filter((example) => example.file === file),
        lexicon,
      ),
    ]),
  );
  const models = new Map(
    files.map((file) => [file, trainModel(files.filter((other) => other !== file).flatMap((other) => messages.get(other)!))]),
  );

  const readAll = (thresholds: Thresholds, only: Language | null = null): Read[] => {
    const understanders = new Map<string, Understander>();
    for (const [file, model] of models)
      understanders.set(file, createUnderstander({ vocabulary: createVocabulary([]), model, lexicon, thresholds }));
    const wanted = examples.filter(({ file }) => only === null || languageOf(file) === only);
    return wanted.map((example) => ({
      example,
      lang: languageOf(example.file),
      got: understanders.get(example.file)!.understand(example.text, { now: NOW, zone: ZONE, asked: example.asked }),
    }));
  };

  const shipped = loadThresholds();
  const temperature = { ...shipped.temperature };
  const act = { ...shipped.act };
  for (const lang of LANGUAGES) {
    let least = Number.POSITIVE_INFINITY;
    for (const value of [1.6, 1.9, 2.2, 2.5, 2.8, 3.1]) {
      const own = readAll({ ...shipped, temperature: { ...shipped.temperature, [lang]: value } }, lang);
      const error = calibrationError(own.map(sureness));
      if (error >= least) continue;
      least = error;
      temperature[lang] = value;
    }
  }
  console.log(`temperatures: ${JSON.stringify(temperature)}`);
  const reads = readAll({ ...shipped, temperature });
  const rows: (string | number)[][] = [["", "wordings", "intent", "top 3", "calibration", `at ${percent(ACT_RIGHT)}`, "from"]];
  for (const name of [...files, ...LANGUAGES]) {
    const own = reads.filter(({ example, lang }) => example.file === name || lang === name);
    const coverage = coverageAt(own.map(sureness), ACT_RIGHT);
    if (name in act) act[name as Language] = Math.round(coverage.confidence * 100) / 100;
    const top = own.filter(({ example, got }) => got.candidates.slice(0, 3).some(([intent]) => intent === example.intents[0])).length;
    rows.push([
      name,
      own.length,
      percent(own.filter(isRight).length / own.length),
      percent(top / own.length),
      calibrationError(own.map(sureness)).toFixed(3),
      percent(coverage.share),
      coverage.confidence.toFixed(2),
    ]);
  }
  console.log(table(rows));
  for (const intent of ["emergency", "opt_out", "human", "complaint"] as const) {
    const tally = new Tally();
    for (const { example, got } of reads) tally.add(example.intents[0] === intent, got.intents[0]!.intent === intent);
    console.log(`${intent}: recall ${percent(tally.recall)}, precision ${percent(tally.precision)}`);
  }
  if (values.errors) {
    for (const read of reads.filter((one) => !isRight(one))) {
      const { example, got } = read;
      console.log(
        `${got.intents[0]!.confidence.toFixed(2)} ${example.file}:${example.line} ${example.intents.join("+")} → ${got.intents[0]!.intent} | ${example.text}`,
      );
    }
  }
  if (values.write) {
    const path = join(SHIPPED_CORPUS, "..", "intents", "thresholds.json");
    writeFileSync(path, `${JSON.stringify({ ...shipped, temperature, act }, null, 2)}\n`);
    console.log(`written: ${path}`);
  }
}

function sureness(read: Read): { confidence: number; right: boolean } {
  return { confidence: read.got.intents[0]!.confidence, right: isRight(read) };
}

main();
