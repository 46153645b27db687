/** How often Slack takes calls: posts one a second and channel with short bursts, other methods by their tier. */

interface Bucket {
  tokens: number;
  at: number;
}

const POSTS = { burst: 5, perSecond: 1 };
const tier = (perMinute: number) => ({ burst: Math.ceil(perMinute / 2), perSecond: perMinute / 60 });
const TIERS: Readonly<Record<string, { readonly burst: number; readonly perSecond: number }>> = {
  "chat.postEphemeral": tier(100),
  "views.open": tier(100),
  "views.publish": tier(100),
  "users.info": tier(100),
  "files.info": tier(100),
  "files.getUploadURLExternal": tier(100),
  "files.completeUploadExternal": tier(100),
  "auth.test": tier(600),
};

/** @returns seconds to wait, or 0 when the call may pass */
export function createEmulatorPace(now: () => number): (method: string, channel: string) => number {
  const buckets = new Map<string, Bucket>();
  return (method, channel) => {
    const posting = method === "chat.postMessage";
    const limit = posting ? POSTS : (TIERS[method] ?? tier(50));
    const key = posting ? `${method} ${channel}` : method;
    const at = now();
    const bucket = buckets.get(key) ?? { tokens: limit.burst, at };
    bucket.tokens = Math.min(limit.burst, bucket.tokens + (Math.max(0, at - bucket.at) / 1_000) * limit.perSecond);
    bucket.at = at;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / limit.perSecond));
    bucket.tokens -= 1;
    return 0;
  };
}
