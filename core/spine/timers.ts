/** Timers that are due become events of their conversation, through the same inbox as everything else. */
import type { Clock, Store, Wakeups } from "../ports.ts";

/** Moves due timers into the inbox; returns how many. A crash between the two can't happen: they share one transaction. */
export async function fireTimers(store: Store, clock: Clock, wakeups: Wakeups): Promise<number> {
  const count = await store.unit(async (unit) => {
    const now = clock.now();
    const due = await unit.timers.due(now, 200);
    for (const timer of due) {
      await unit.inbox.accept({
        id: `timer:${timer.id}:${timer.dueAt}`,
        conversation: timer.conversation,
        receivedAt: now,
        event: { kind: "timer", timer: timer.id, name: timer.name, data: timer.data, dueAt: timer.dueAt },
      });
      await unit.timers.cancel(timer.id);
    }
    return due.length;
  });
  if (count > 0) wakeups.wake("inbox");
  return count;
}
