/**
 * Plays the stored events of one store into an empty one, at the times at which they were first worked. Turns are pure, so
 * the same states come out; where they don't, the program has changed what it would do.
 */

import type { TurnDependencies } from "../conversation/turn-effects.ts";
import type { Channel, Store } from "../ports.ts";
import { decideEntry, saveOutcome, type TurnShell } from "./run-turn.ts";

/** @returns number of turns played */
export async function replayHistory(
  from: Store,
  into: Store,
  dependencies: TurnDependencies,
  channels: ReadonlyMap<string, Channel>,
): Promise<number> {
  const shell: TurnShell = { dependencies, channels };
  let after = 0;
  let played = 0;
  for (;;) {
    const entries = await from.unit((unit) => unit.inbox.history(after, 500));
    if (entries.length === 0) return played;
    for (const { turn, doneAt, ...entry } of entries) {
      after = turn;
      played += 1;
      await into.unit(async (unit) => {
        await unit.inbox.accept({ ...entry, receivedAt: doneAt });
        const [pending] = await unit.inbox.pending(doneAt, 1);
        if (!pending) return;
        const outcome = await decideEntry(shell, unit, pending, doneAt);
        await saveOutcome(shell, unit, pending, outcome, doneAt);
      });
    }
  }
}
