/** How fast we may go, per key: a bucket that holds `burst` and fills by `perSecond`. Each pace names the platform's figure. */
import type { Clock } from "../../core/ports.ts";

export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** One call: 10,000 a minute and 150,000 an hour for a company (document 90454). 2,000 + 38·3600 = 138,800 an hour. */
export const CALL_PACE: Pace = { burst: 2_000, perSecond: 38 };
/** App messages: 30 a minute and 1,000 an hour for a member; what is more is dropped without a word (document 90236). */
export const MEMBER_PACE: Pace = { burst: 14, perSecond: 0.26 };
/** Group robot: 20 a minute (document 99110). */
export const WEBHOOK_PACE: Pace = { burst: 9, perSecond: 0.18 };
/** AI bot: 30 a minute and 1,000 an hour for a conversation (document 101463). */
export const AIBOT_PACE: Pace = { burst: 14, perSecond: 0.26 };

/** Keys remembered at most. A key left alone for long has a full bucket and is forgotten first. */
const MAX_KEYS = 20_000;

export interface Pacer {
  /** Takes one from each key's bucket, or from none. @returns 0 when it was taken, else the ms after which to ask again */
  take(keys: readonly string[]): number;
}

export function createPacer(pace: Pace, clock: Clock): Pacer {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(keys) {
      const at = clock.now();
      const unique = [...new Set(keys)];
      const levels = unique.map((key) => {
        const known = buckets.get(key);
        return known ? Math.min(pace.burst, known.tokens + (Math.max(0, at - known.at) / 1_000) * pace.perSecond) : pace.burst;
      });
      const least = Math.min(pace.burst, ...levels);
      if (least < 1) return Math.ceil(((1 - least) / pace.perSecond) * 1_000);
      unique.forEach((key, index) => {
        buckets.delete(key);
        buckets.set(key, { tokens: levels[index]! - 1, at });
      });
      while (buckets.size > MAX_KEYS) buckets.delete(buckets.keys().next().value!);
      return 0;
    },
  };
}
