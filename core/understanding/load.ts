/** The understanding of a business, built from what ships with the product and what the shop added. */
import { createBusinessCalendar } from "../calendar/business.ts";
import type { Profile } from "../profile/schema.ts";
import { loadLexicon, loadModel, loadThresholds } from "./intents/files.ts";
import type { Understander } from "./types.ts";
import { createUnderstander } from "./understander.ts";
import { createVocabulary } from "./vocabulary/index.ts";

export interface LoadOptions {
  /** Businesses whose words are known; hours and currency are taken from a single one. */
  readonly profiles: readonly Profile[];
  /** Folder in which the trained model is kept; `null` = it is trained anew (some seconds). */
  readonly modelDir: string | null;
  /** Folders with wordings (`*.txt`) of the shop's own. */
  readonly shopCorpusDirs?: readonly string[];
  /** Hears why a model could not be kept. */
  readonly onProblem?: (problem: unknown) => void;
}

/**
 * Loads or trains the understanding.
 *
 * @throws AnxinError("corpus_invalid") when a wording file cannot be read, naming each line
 */
export async function loadUnderstander(options: LoadOptions): Promise<Understander> {
  const { model } = await loadModel(options.shopCorpusDirs ?? [], options.modelDir, options.onProblem);
  const only = options.profiles.length === 1 ? options.profiles[0]! : null;
  return createUnderstander({
    vocabulary: createVocabulary(options.profiles),
    model,
    lexicon: loadLexicon(),
    thresholds: loadThresholds(),
    calendar: only ? createBusinessCalendar(only.business.hours, only.business.zone) : null,
    currency: only?.business.currency ?? null,
  });
}
