/** A clock that stands still until it is moved: scripts, tests, the simulator. */
import type { Clock } from "../../core/ports.ts";
import type { Instant } from "../../core/time.ts";

export interface VirtualClock extends Clock {
  /** Moves on; going back is refused. @throws RangeError */
  moveTo(at: Instant): void;
}

export function createVirtualClock(start: Instant): VirtualClock {
  let now = start;
  return {
    now: () => now,
    moveTo(at) {
      if (at < now) throw new RangeError("a virtual clock does not go back");
      now = at;
    },
  };
}
