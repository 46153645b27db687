/** The feed within one process. */
import type { Feed } from "../../core/ports.ts";
import { createListeners } from "../../storage/jobs/listeners.ts";

export function createInProcessFeed(): Feed {
  const { tell, watch } = createListeners();
  return { changed: tell, watch };
}
