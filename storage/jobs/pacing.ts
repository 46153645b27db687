import type { Pacing } from "../../core/ports.ts";
import type { Hub, Pace } from "./redis.ts";

/** Paces of one channel: of all its messages together, and of those to one conversation; `null` = not limited. */
export interface ChannelPace {
  readonly channel: Pace | null;
  readonly conversation: Pace | null;
}

/** Conversations remembered by a process that paces alone; forgetting one lets its next message go at once. */
const REMEMBERED = 10_000;

/**
 * Paces sending over all processes, on Redis' clock. Without Redis, or while it doesn't answer, each process keeps the pace by
 * itself: several of them may then be faster together than the platform likes, and it says so, and they wait (`retry`).
 *
 * @param paces by the name of the channel
 * @param now ms, for pacing alone
 */
export function createPacing(hub: Hub | null, paces: ReadonlyMap<string, ChannelPace>, now: () => number): Pacing {
  /** Instant at which all places given so far will have been used up. */
  const used = new Map<string, number>();

  function takeAlone(wanted: readonly (readonly [key: string, pace: Pace])[]): number {
    const at = now();
    let wait = 0;
    for (const [key, { stepMs, burst }] of wanted) wait = Math.max(wait, Math.max(at, used.get(key) ?? 0) - (burst - 1) * stepMs - at);
    if (wait > 0) return Math.ceil(wait);
    for (const [key, { stepMs }] of wanted) {
      const until = Math.max(at, used.get(key) ?? 0) + stepMs;
      // Anew at the end, so that the ones not used for longest are forgotten first.
      used.delete(key);
      used.set(key, until);
      if (used.size > REMEMBERED) used.delete(used.keys().next().value!);
    }
    return 0;
  }

  return {
    async take(conversation) {
      const channel = conversation.slice(0, conversation.indexOf(":"));
      const pace = paces.get(channel);
      const wanted: (readonly [string, Pace])[] = [];
      if (pace?.channel) wanted.push([channel, pace.channel]);
      if (pace?.conversation) wanted.push([conversation, pace.conversation]);
      if (wanted.length === 0) return 0;
      return (await hub?.take(wanted)) ?? takeAlone(wanted);
    },
  };
}
