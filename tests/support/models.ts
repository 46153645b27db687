/** The trained model of this code: made once, kept beside a service's own, given to every service that a run starts anew. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { loadModel } from "../../core/understanding/intents/files.ts";

/** The same folder as that of a service started here. */
const KEPT = join(import.meta.dirname, "../../data/models");

/** Trains the model if this code has none yet; on a small or busy machine that takes minutes. */
export async function keepModel(): Promise<void> {
  await loadModel([], KEPT);
}

/** Puts the model into a service's new data folder, so that no start of it is held up by training, however slow the machine. */
export async function giveModel(dataDir: string): Promise<void> {
  await keepModel();
  cpSync(KEPT, join(dataDir, "models"), { recursive: true });
}
