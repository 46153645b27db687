/** Token buckets: how often something may happen, per key. */

export interface BucketLimit {
  /** May happen at once. */
  readonly burst: number;
  /** Comes back each second. */
  readonly perSecond: number;
}

export interface TokenBuckets {
  /** @returns 0 when it may happen now, else the ms until it may */
  take(key: string): number;
}

/** Keys remembered at most; the one longest unused goes first. About 100 bytes each. */
const MAX_KEYS = 50_000;

export function createTokenBuckets(limit: BucketLimit, now: () => number): TokenBuckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key) {
      const at = now();
      const known = buckets.get(key);
      const tokens = known ? Math.min(limit.burst, known.tokens + (Math.max(0, at - known.at) / 1_000) * limit.perSecond) : limit.burst;
      const allowed = tokens >= 1;
      // Deleted and set anew, so that the map's order is the order of last use.
      buckets.delete(key);
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at });
      if (buckets.size > MAX_KEYS) buckets.delete(buckets.keys().next().value!);
      return allowed ? 0 : Math.ceil(((1 - tokens) / limit.perSecond) * 1_000);
    },
  };
}
