/** The only file of the understanding that touches the disk: corpus and lexicon in, stored models in and out. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AnxinError } from "../../errors.ts";
import type { Example } from "./corpus.ts";
import { parseCorpus } from "./corpus.ts";
import type { Model } from "./learner.ts";
import { MODEL_VERSION, trainModelBeside } from "./learner.ts";
import type { Lexicon, LexiconTexts } from "./lexicon.ts";
import { createLexicon } from "./lexicon.ts";
import { readModel, writeModel } from "./model-file.ts";
import { fitOnThread, readOnThreads } from "./threads.ts";
import type { Thresholds } from "./thresholds.ts";
import { readThresholds } from "./thresholds.ts";
import { trainingInputs, withTokens } from "./training.ts";

/** Folder of the wordings that ship with the product. */
export const SHIPPED_CORPUS = join(import.meta.dirname, "..", "corpus");

/** Stored models kept; shops with wordings of their own that share a folder have one each. */
const KEPT_MODELS = 6;

/** Code whose change changes the model; hashed with the corpus so that no stale model is ever used. */
const CODE_FOLDERS = ["intents", "rules", "text", "entities", "datetime"];

function textFiles(folder: string): { file: string; content: string }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".txt"))
    .sort()
    .map((file) => ({ file, content: readFileSync(join(folder, file), "utf8") }));
}

/**
 * Wordings of every `*.txt` in the folders.
 *
 * @throws AnxinError("corpus_invalid") naming every bad line with its file
 */
export function loadCorpus(folders: readonly string[]): Example[] {
  const examples: Example[] = [];
  const problems: string[] = [];
  for (const folder of folders) {
    for (const { file, content } of textFiles(folder)) {
      const parsed = parseCorpus(file, content);
      examples.push(...parsed.examples);
      problems.push(...parsed.problems.map(({ line, what }) => `${join(folder, file)}:${line}: ${what}`));
    }
  }
  if (problems.length > 0) throw new AnxinError("corpus_invalid", `wordings that cannot be read:\n  ${problems.join("\n  ")}`);
  return examples;
}

/** The lexicon's texts as shipped. */
function loadLexiconTexts(): LexiconTexts {
  const read = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");
  return { dialect: read("dialect.txt"), concepts: read("concepts.txt") };
}

export function loadLexicon(): Lexicon {
  return createLexicon(loadLexiconTexts());
}

/** Name of the model that these folders and this code give. */
function fingerprint(folders: readonly string[]): string {
  const hash = createHash("sha256").update(`v${MODEL_VERSION}`);
  const root = join(import.meta.dirname, "..");
  for (const folder of CODE_FOLDERS.map((name) => join(root, name))) {
    for (const file of readdirSync(folder).sort()) {
      if (/\.(?:ts|txt)$/.test(file)) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
    }
  }
  for (const folder of folders) for (const { file, content } of textFiles(folder)) hash.update(`\0${file}\0${content}`);
  return hash.digest("hex").slice(0, 24);
}

export interface LoadedModel {
  readonly model: Model;
  /** It came from the folder of stored models. */
  readonly stored: boolean;
}

/**
 * The model of the shipped wordings and the shop's own: read from `modelDir` if it is there, else trained (some seconds) and kept.
 * A folder that cannot be written is no failure: the model is trained again next time, and `onProblem` hears why.
 *
 * @param modelDir `null` = nothing is read or kept
 */
export async function loadModel(
  shopCorpusDirs: readonly string[],
  modelDir: string | null,
  onProblem: (problem: unknown) => void = () => {},
): Promise<LoadedModel> {
  const folders = [SHIPPED_CORPUS, ...shopCorpusDirs];
  const path = modelDir === null ? null : join(modelDir, `understanding-${fingerprint(folders)}.bin`);
  if (path !== null) {
    const model = readStored(path);
    if (model !== null) return { model, stored: true };
  }
  const inputs = trainingInputs(loadCorpus(folders));
  const model = await trainModelBeside(withTokens(inputs, await readOnThreads(inputs, loadLexicon())), fitOnThread);
  if (path !== null && modelDir !== null) store(modelDir, path, model, onProblem);
  return { model, stored: false };
}

function readStored(path: string): Model | null {
  try {
    return readModel(readFileSync(path));
  } catch {
    return null;
  }
}

/** Written beside and moved into place: two processes that start together never read half a model. Old models are cleared away. */
function store(modelDir: string, path: string, model: Model, onProblem: (problem: unknown) => void): void {
  try {
    mkdirSync(modelDir, { recursive: true });
    const aside = mkdtempSync(join(modelDir, ".part-"));
    writeFileSync(join(aside, "model"), writeModel(model));
    renameSync(join(aside, "model"), path);
    rmdirSync(aside);
    const models = readdirSync(modelDir)
      .filter((file) => /^understanding-[0-9a-f]{24}\.bin$/.test(file))
      .map((file) => ({ file: join(modelDir, file), at: statSync(join(modelDir, file)).mtimeMs }))
      .sort((a, b) => b.at - a.at);
    for (const { file } of models.slice(KEPT_MODELS)) rmSync(file, { force: true });
  } catch (problem) {
    onProblem(problem);
  }
}

/** Thresholds as shipped. */
export function loadThresholds(): Thresholds {
  return readThresholds(JSON.parse(readFileSync(join(import.meta.dirname, "thresholds.json"), "utf8")));
}
