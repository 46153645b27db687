/** Before any test: the model of the understanding is trained and kept, so that no two test processes train it at once. */
import { loadModel } from "../../core/understanding/intents/files.ts";

/** Where tests keep the trained model; the same folder as a service started here. */
const MODEL_DIR = "data/models";

export function setup(): void {
  loadModel([], MODEL_DIR);
}
