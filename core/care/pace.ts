/**
 * The pace of care: how many touches may be fed now, so that they leave evenly and not all at the beginning of a minute. A bucket of
 * tokens, written as the one instant at which it is full again; small enough to be kept in one row that all processes share.
 */
import { type Instant, MINUTE_MS, SECOND_MS } from "../time.ts";

export interface Pace {
  /** Most touches in any 60 s. */
  readonly perMinute: number;
  /** Most touches at one moment, after a rest: those of a second. */
  readonly burst: number;
  /** From one touch to the next, ms; not whole. */
  readonly everyMs: number;
}

/** @param perMinute at least 1 */
export function paceOf(perMinute: number): Pace {
  const burst = Math.max(1, Math.floor(perMinute / (MINUTE_MS / SECOND_MS)));
  // Whoever begins with a full burst must not go over the pace in that minute: what the burst takes, the rest of it leaves.
  return { perMinute, burst, everyMs: MINUTE_MS / (perMinute - burst + 1) };
}

/** Instants are whole ms and `everyMs` is not: less than this is rounding and no haste, ms. */
const ROUNDING_MS = 0.001;

/** When the bucket is full, as far as the clock can be believed: one that was moved back finds a single place, and goes on from there. */
function standing({ burst, everyMs }: Pace, fullAt: Instant, now: Instant): Instant {
  if (fullAt <= now) return now;
  return fullAt <= now + burst * everyMs + ROUNDING_MS ? fullAt : now + (burst - 1) * everyMs;
}

/** How many may be fed now. */
export function placesAt(pace: Pace, fullAt: Instant, now: Instant): number {
  return Math.floor(pace.burst - (standing(pace, fullAt, now) - now - ROUNDING_MS) / pace.everyMs);
}

/** When the bucket is full again, after `fed` more. */
export function fullAfter(pace: Pace, fullAt: Instant, now: Instant, fed: number): Instant {
  return standing(pace, fullAt, now) + fed * pace.everyMs;
}

/** When it is worth while to look again: a whole burst may go. */
export function burstAt(pace: Pace, fullAt: Instant, now: Instant): Instant {
  return Math.ceil(standing(pace, fullAt, now));
}
