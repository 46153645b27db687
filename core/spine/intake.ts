/**
 * Takes events in. Entries that arrive close together share one commit (group commit): the first waits for one round of the
 * event loop, and everything that arrived by then is kept with it.
 */
import { AnxinError } from "../errors.ts";
import type { Intake, Store, Unit, Wakeups } from "../ports.ts";
import type { InboxEntry } from "./events.ts";

/** Most entries in one commit: large enough to share its cost, small enough not to make the others wait. */
const MAX_GROUP = 256;

/** Entries that wait to be kept, at most: what a busy small machine keeps in two seconds. Who comes after them hears so at once instead of waiting for an answer. */
const MOST_WAITING = 2_000;

interface Waiting {
  readonly entries: readonly InboxEntry[];
  readonly beside: ((unit: Unit) => Promise<void>) | undefined;
  readonly resolve: (results: readonly ("new" | "known")[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * @param defer one round of the event loop
 * @param maxWaiting entries waiting to be kept beyond which `accept` refuses as overloaded
 */
export function createIntake(store: Store, wakeups: Wakeups, defer: () => Promise<void>, maxWaiting = MOST_WAITING): Intake {
  const queue: Waiting[] = [];
  let waiting = 0;
  let flushing = false;

  async function flush(): Promise<void> {
    flushing = true;
    try {
      while (queue.length > 0) {
        await defer();
        const group: Waiting[] = [];
        let size = 0;
        while (queue.length > 0 && (group.length === 0 || size + queue[0]!.entries.length <= MAX_GROUP)) {
          const next = queue.shift()!;
          group.push(next);
          size += next.entries.length;
        }
        await keep(group);
        waiting -= size;
      }
    } finally {
      flushing = false;
    }
  }

  async function keep(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await store.unit(async (unit) => {
        const all: ("new" | "known")[][] = [];
        for (const one of group) {
          const kept: ("new" | "known")[] = [];
          for (const entry of one.entries) kept.push(await unit.inbox.accept(entry));
          await one.beside?.(unit);
          all.push(kept);
        }
        return all;
      });
      group.forEach((one, index) => one.resolve(results[index]!));
      if (results.some((kept) => kept.includes("new"))) wakeups.wake("inbox");
    } catch (error) {
      // One entry that can't be kept must not take its neighbours with it.
      if (group.length > 1) for (const one of group) await keep([one]);
      else group[0]!.reject(error);
    }
  }

  return {
    accept(entries, beside) {
      if (waiting + entries.length > maxWaiting) {
        return Promise.reject(new AnxinError("overloaded", "too many events wait to be kept; try again in a moment", { waiting }));
      }
      waiting += entries.length;
      return new Promise((resolve, reject) => {
        queue.push({ entries, beside, resolve, reject });
        if (!flushing) void flush();
      });
    },
  };
}
