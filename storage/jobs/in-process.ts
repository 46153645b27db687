import { AsyncResource } from "node:async_hooks";
import type { WakeKind, Wakeups } from "../../core/ports.ts";

/**
 * Wake-ups within one process. Listeners are called soon after the wake, never inside of it, and once for any number of wakes
 * until then. A listener runs in the context in which it was registered, so that a wake given inside a unit of the store
 * doesn't make the listener's own unit a nested one.
 *
 * @param onError gets what a listener throws; the other listeners are called all the same. Left out, it ends the process as
 *   any uncaught error does
 * @param soon one round of the event loop
 */
export function createInProcessWakeups(
  onError?: (error: unknown) => void,
  soon: (call: () => void) => void = (call) => void setImmediate(call),
): Wakeups {
  const listeners: Readonly<Record<WakeKind, Set<() => void>>> = {
    inbox: new Set(),
    outbox: new Set(),
    timers: new Set(),
    staff: new Set(),
  };

  return {
    wake(kind) {
      for (const call of listeners[kind]) call();
    },
    listen(kind, listener) {
      let scheduled = false;
      let stopped = false;
      const inOwnContext = AsyncResource.bind(() => {
        scheduled = false;
        if (stopped) return;
        if (onError === undefined) return listener();
        try {
          listener();
        } catch (error) {
          onError(error);
        }
      });
      const call = (): void => {
        if (scheduled) return;
        scheduled = true;
        soon(inOwnContext);
      };
      listeners[kind].add(call);
      return () => {
        stopped = true;
        listeners[kind].delete(call);
      };
    },
  };
}
