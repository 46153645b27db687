/**
 * Keeps an engine going in real time: works when woken, and looks at the clock regularly, so that a lost wake-up only makes
 * things late. Stops gracefully: what is under way is finished, nothing new is begun.
 */
import type { Leases, WakeKind } from "../../core/ports.ts";
import { startCareLoop } from "./care-loop.ts";
import type { Engine } from "./engine.ts";
import { holdWhileRunning } from "./holder.ts";
import type { Rounds } from "./rounds.ts";

/** Without any wake-up the tables are looked at this often; a retry or a reminder is at most this late. */
const TICK_MS = 500;

export interface Runner {
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/**
 * @param shared `lanes`: units of the inbox worked on at the same time, more than one only on a store that keeps them apart;
 *   `leases`: care is planned by one process at a time; `rounds`: pauses between two units
 */
export function startRunner(
  engine: Engine,
  onError: (what: string, error: unknown) => void,
  { lanes, leases, rounds }: { readonly lanes: number; readonly leases: Leases; readonly rounds: Pick<Rounds, "next"> },
): Runner {
  let stopping = false;
  const loops = [
    ...Array.from({ length: lanes }, () => loop("inbox", () => engine.work())),
    loop("outbox", () => engine.deliver()),
    loop("timers", () => engine.fire()),
    // Each team chat by itself: one that hangs holds up no other.
    ...[...engine.staffChannels.keys()].map((channel) => loop("staff", () => engine.deliverStaff(channel))),
  ];
  let care: ReturnType<typeof startCareLoop> | null = null;
  const planning = holdWhileRunning(
    leases,
    "care",
    {
      begin: async () => {
        care = startCareLoop(
          () => engine.care.step(),
          (error) => onError("care loop", error),
        );
      },
      end: async () => {
        await care?.stop();
        care = null;
      },
    },
    (error) => onError("care lease", error),
  );

  function loop(kind: WakeKind, step: () => Promise<number>): { stop: () => Promise<void> } {
    let running: Promise<void> | null = null;
    let again = false;
    const run = async (): Promise<void> => {
      do {
        again = false;
        try {
          while (!stopping && (await step()) > 0) await rounds.next();
        } catch (error) {
          onError(`${kind} loop`, error);
          return;
        }
      } while (again && !stopping);
    };
    const wake = (): void => {
      if (stopping) return;
      if (running) {
        again = true;
        return;
      }
      running = run().finally(() => {
        running = null;
      });
    };
    const unlisten = engine.wakeups.listen(kind, wake);
    const timer = setInterval(wake, TICK_MS);
    wake();
    return {
      stop: async () => {
        clearInterval(timer);
        unlisten();
        await running;
      },
    };
  }

  return {
    async stop() {
      stopping = true;
      await Promise.all([planning.stop(), ...loops.map((one) => one.stop())]);
    },
  };
}
