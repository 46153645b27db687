import type { Instant } from "../time.ts";
import type { TurnContext } from "./context.ts";
import type { Reading } from "./reading.ts";

/** Words said before, read once more. @param at when they were said; left out = as if said now */
export function readAgain(turn: TurnContext, text: string, at: Instant = turn.now): Reading {
  const understanding = turn.dependencies.understander.understand(text, { now: at, zone: turn.zone, lang: turn.lang });
  return { text, understanding, choice: null, media: null };
}
