import type { WakeKind, Wakeups } from "../../core/ports.ts";
import { createInProcessWakeups } from "./in-process.ts";
import type { Hub } from "./redis.ts";

/**
 * Wake-ups among processes. Who has listeners of its own wakes those, which costs nothing; a process without (a front) wakes one
 * of the others over Redis.
 */
export function createRedisWakeups(hub: Hub, onError?: (error: unknown) => void): Wakeups {
  const local = createInProcessWakeups(onError);
  const listening: Record<WakeKind, number> = { inbox: 0, outbox: 0, timers: 0, staff: 0 };
  const heard = new Set<WakeKind>();
  return {
    wake(kind) {
      if (listening[kind] > 0) local.wake(kind);
      else hub.wake(kind);
    },
    listen(kind, listener) {
      listening[kind] += 1;
      if (!heard.has(kind)) {
        heard.add(kind);
        hub.onWake(kind, () => local.wake(kind));
      }
      const stop = local.listen(kind, listener);
      let stopped = false;
      return () => {
        stop();
        if (!stopped) listening[kind] -= 1;
        stopped = true;
      };
    },
  };
}
