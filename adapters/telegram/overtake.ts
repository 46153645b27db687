/**
 * Keeps a pressed button behind the messages that were sent before it. Telegram delivers messages of a chat one after another,
 * but presses by another line, so a press can come in before a message of the same customer that is older. Updates are
 * numbered one by one: a press with a gap below its number waits a moment for the gap to fill.
 */

/** Numbers this far apart belong to no one sequence: after a week of silence the next number is chosen at random. */
const FAR = 10_000;
/** Numbers remembered above a gap that nothing waited for; then the gap is given up. */
const MOST_KEPT = 2_000;

export interface UpdateLine {
  /** To be called when an update comes in; the returned function when it is kept. */
  begin(update: number): () => void;
  /** Resolves when every earlier update is kept, or after the wait. */
  clear(update: number): Promise<void>;
}

export function createUpdateLine(pause: () => Promise<void>): UpdateLine {
  /** Everything up to here is kept or given up; `null` until the first update. */
  let base: number | null = null;
  const kept = new Set<number>();
  let waiting: (() => void)[] = [];

  const advance = (): void => {
    while (base !== null && kept.delete(base + 1)) base += 1;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };

  return {
    begin(update) {
      if (base === null || Math.abs(update - base) > FAR) {
        base = update - 1;
        kept.clear();
      }
      return () => {
        if (base !== null && update > base) kept.add(update);
        if (kept.size > MOST_KEPT) base = Math.min(...kept) - 1;
        advance();
      };
    },
    async clear(update) {
      if (base === null || base >= update - 1) return;
      let given = false;
      const over = pause().then(() => {
        given = true;
      });
      while (base !== null && base < update - 1 && !given) {
        await Promise.race([over, new Promise<void>((resolve) => waiting.push(resolve))]);
      }
      if (base === null || base >= update - 1) return;
      // The gap was given its time; later presses don't wait for it again.
      base = update - 1;
      for (const one of kept) if (one <= base) kept.delete(one);
      advance();
    },
  };
}
