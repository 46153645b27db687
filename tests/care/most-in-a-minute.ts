import { type Instant, MINUTE_MS } from "../../core/time.ts";

/** Most of the times, in their order, that fall into any 60 s, wherever these begin. */
export function mostInAMinute(times: readonly Instant[]): number {
  let most = 0;
  let first = 0;
  for (const [index, at] of times.entries()) {
    while (at - times[first]! >= MINUTE_MS) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
