import { randomUUID } from "node:crypto";
import type { Feed } from "../../core/ports.ts";
import { createListeners } from "./listeners.ts";
import type { Hub } from "./redis.ts";

/**
 * How often all who watch look by themselves while nobody tells us of news from other processes, ms. With Redis, a lost hint is
 * made up for too: one part of the watchers looks at each of these moments, so that each looks once in `PARTS` of them.
 */
const LOOK_MS = 1_000;
const PARTS = 10;

/**
 * The feed among processes: news of this process are passed on over Redis, those of others come from there.
 *
 * @param hub `null` = there is no Redis: everybody looks by himself, once a second
 */
export function createSharedFeed(hub: Hub | null): Feed & { close(): void } {
  const origin = randomUUID();
  const { tell, watch, byConversation } = createListeners();

  /** Calls the watchers of one part of the conversations. */
  function lookAgain(part: number | null): void {
    let place = 0;
    for (const [conversation, listeners] of byConversation) {
      place += 1;
      if (part === null || place % PARTS === part) for (const listener of listeners) listener(conversation);
    }
  }

  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
    lookAgain(hub?.up() ? ticks % PARTS : null);
  }, LOOK_MS);
  timer.unref();

  hub?.subscribe(
    (text) => {
      if (!text.startsWith(origin)) tell(text.slice(origin.length + 1));
    },
    () => lookAgain(null),
  );

  return {
    changed(conversation) {
      tell(conversation);
      hub?.publish(`${origin} ${conversation}`);
    },
    watch,
    close: () => clearInterval(timer),
  };
}
