import type { TurnContext } from "./context.ts";
import type { Reading } from "./reading.ts";

/** Words said before, read once more as if said now. */
export function readAgain(turn: TurnContext, text: string): Reading {
  const understanding = turn.dependencies.understander.understand(text, { now: turn.now, zone: turn.zone, lang: turn.lang });
  return { text, understanding, choice: null, media: null };
}
