/**
 * Does what only one of many processes may do: runs `begin` while this process holds the lease, and `end` when it is lost or the
 * process stops. The others ask again until it is theirs.
 */
import type { Leases } from "../../core/ports.ts";
import { SECOND_MS } from "../../core/time.ts";

/** How often those who don't hold it ask again, ms: a holder that died is followed within this time. */
const ASK_EVERY_MS = 2 * SECOND_MS;

export interface Held {
  /** Stops asking; ends what runs and gives the lease back. */
  stop(): Promise<void>;
}

export interface HeldWork {
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** @param onError gets what `begin` and `end` throw; it is tried again */
export function holdWhileRunning(leases: Leases, name: string, work: HeldWork, onError: (error: unknown) => void): Held {
  let stopping = false;
  let wake = (): void => undefined;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ASK_EVERY_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function hold(): Promise<void> {
    const lease = await leases.acquire(name);
    if (lease === null) return;
    try {
      await work.begin();
      await new Promise<void>((resolve) => {
        if (stopping || lease.ended.aborted) return resolve();
        lease.ended.addEventListener("abort", () => resolve(), { once: true });
        wake = resolve;
      });
    } finally {
      await work.end().catch(onError);
      await lease.release();
    }
  }

  const running = (async () => {
    while (!stopping) {
      await hold().catch(onError);
      if (!stopping) await pause();
    }
  })();
  return {
    async stop() {
      stopping = true;
      wake();
      await running;
    },
  };
}
