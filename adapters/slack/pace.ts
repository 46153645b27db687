/**
 * When a call may be made: Slack counts each method for itself, and posts to each channel for themselves. Kept in this
 * process; a version for several machines only has to keep the same promise.
 */
import { MINUTE_MS, SECOND_MS } from "../../core/time.ts";

export interface Pacer {
  /**
   * Takes the place of one call.
   *
   * @param channel the channel it goes to, when Slack counts it by channel
   * @returns ms to wait before it is made; 0 = now. A wait above `patienceMs` takes no place: ask again later.
   */
  take(method: string, channel: string | null, patienceMs: number): number;
  /** Slack refused a call for its pace: nothing of the kind for `ms`. */
  hold(method: string, channel: string | null, ms: number): void;
}

interface Limit {
  /** May be made at once. */
  readonly burst: number;
  /** Ms until one more may be made. */
  readonly everyMs: number;
}

const perMinute = (calls: number): Limit => ({ burst: Math.ceil(calls / 4), everyMs: MINUTE_MS / calls });
/** One message a second and channel, with short bursts (Slack, "Rate limits", posting messages). */
const POSTING: Limit = { burst: 4, everyMs: SECOND_MS };
/** A workspace takes "several hundred" posts a minute in all. */
const POSTING_IN_ALL: Limit = { burst: 60, everyMs: MINUTE_MS / 300 };
/** Tiers 2, 3 and 4 of Slack's page "Rate limits"; methods not named here have tier 3. */
const TIER_2 = perMinute(20);
const TIER_3 = perMinute(50);
const TIER_4 = perMinute(100);
const TIERS: Readonly<Record<string, Limit>> = {
  "chat.postMessage": POSTING_IN_ALL,
  "chat.postEphemeral": TIER_4,
  "chat.update": TIER_3,
  "views.open": TIER_4,
  "views.publish": TIER_4,
  "users.info": TIER_4,
  "files.info": TIER_4,
  "files.getUploadURLExternal": TIER_4,
  "files.completeUploadExternal": TIER_4,
  "conversations.open": TIER_3,
  "auth.test": perMinute(600),
  "apps.connections.open": TIER_2,
};

/** Keys remembered; the one longest unused is forgotten first. */
const KEYS = 20_000;

export function createPacer(now: () => number): Pacer {
  /** When the bucket of a key would be full again. */
  const full = new Map<string, number>();
  const held = new Map<string, number>();

  const keysOf = (method: string, channel: string | null): readonly (readonly [string, Limit])[] => [
    [method, TIERS[method] ?? TIER_3],
    ...(method === "chat.postMessage" && channel !== null ? [[`${method} ${channel}`, POSTING] as const] : []),
  ];
  const waitOf = (key: string, limit: Limit, at: number): number => {
    const behind = Math.max(0, (full.get(key) ?? at) - at);
    return Math.ceil(Math.max(0, behind - (limit.burst - 1) * limit.everyMs, (held.get(key) ?? at) - at));
  };
  return {
    take(method, channel, patienceMs) {
      const at = now();
      const keys = keysOf(method, channel);
      const wait = Math.max(...keys.map(([key, limit]) => waitOf(key, limit, at)));
      if (wait > patienceMs) return wait;
      for (const [key, limit] of keys) {
        const next = Math.max(full.get(key) ?? at, at) + limit.everyMs;
        // Set anew, so that the map's order is the order of last use.
        full.delete(key);
        full.set(key, next);
        if (full.size > KEYS) full.delete(full.keys().next().value!);
      }
      return wait;
    },
    hold(method, channel, ms) {
      const key = keysOf(method, channel).at(-1)![0];
      held.delete(key);
      held.set(key, now() + ms);
      if (held.size > KEYS) held.delete(held.keys().next().value!);
    },
  };
}
