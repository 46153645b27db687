/** Before any test: the model of the understanding is trained and kept, so that no two test processes train it at once. */
import { keepModel } from "./models.ts";

export async function setup(): Promise<void> {
  await keepModel();
}
