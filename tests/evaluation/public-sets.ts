/**
 * Guards the engine itself: our features and linear model on public intent sets, on throw-away models. The sets stand beside the
 * repository (../shared/eval) and are never copied into it; the lexicon is left empty, for they are of other trades.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createDictionary, vectorOf } from "../../core/understanding/intents/dictionary.ts";
import { tokensOf } from "../../core/understanding/intents/features.ts";
import { createLexicon } from "../../core/understanding/intents/lexicon.ts";
import { packRows, scoreOf, trainSvm } from "../../core/understanding/intents/linear.ts";
import { normalise } from "../../core/understanding/text/index.ts";
import { areaUnderRoc, percent, table } from "./metrics.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "..", "shared", "eval");
const FILES = ["intent-clinc150-en", "intent-hint3-curekart-en", "intent-hint3-sofmattress-en"] as const;

/** Training sentences below which every token is kept. */
const SMALL = 2_000;

type Labelled = readonly [text: string, label: string];

export function evaluatePublicSets(): void {
  const rows: string[][] = [["public set", "messages", "in scope", "AUROC"]];
  for (const name of FILES) {
    const path = join(FOLDER, `${name}.json`);
    if (!existsSync(path)) continue;
    const set = JSON.parse(readFileSync(path, "utf8")) as { train: Labelled[]; test: Labelled[]; oosTest: string[] };
    const read = trainReader(set.train);
    const inside = set.test.map(([text, label]) => ({ ...read(text), wanted: label }));
    const outside = set.oosTest.map((text) => read(text).sureness);
    const right = inside.filter(({ label, wanted }) => label === wanted).length / inside.length;
    rows.push([
      name,
      String(inside.length),
      percent(right),
      areaUnderRoc(
        inside.map(({ sureness }) => sureness),
        outside,
      ).toFixed(3),
    ]);
  }
  console.log(rows.length === 1 ? "\nno public sets under ../shared/eval" : `\n${table(rows)}`);
}

function trainReader(examples: readonly Labelled[]): (text: string) => { label: string; sureness: number } {
  const lexicon = createLexicon({ dialect: "", concepts: "" });
  const tokens = (text: string): string[] => tokensOf({ text: normalise(text).text, asked: null, evidence: [] }, lexicon);
  const labels = [...new Set(examples.map(([, label]) => label))];
  const documents = examples.map(([text]) => tokens(text));
  const counts: Record<string, number> = {};
  for (const document of documents) for (const token of document) counts[token] = (counts[token] ?? 0) + 1;
  // A few hundred sentences hold too few words twice.
  const dictionary = createDictionary(counts, documents.length, documents.length < SMALL ? 1 : 2);
  const rows = packRows(
    documents.map((document) => vectorOf(document, dictionary)),
    dictionary.indexes.size,
  );
  const model = trainSvm(
    rows,
    labels.map((label) => Int8Array.from(examples, ([, own]) => (own === label ? 1 : -1))),
    1,
    10,
  );
  return (text) => {
    const scores = scoreOf(model, vectorOf(tokens(text), dictionary));
    const best = scores.indexOf(Math.max(...scores));
    // The margin itself tells in from out of scope; a share of 1 would not.
    const sureness = scores[best]!;
    return { label: labels[best]!, sureness };
  };
}
