/**
 * Which process has the AI bot's connection. A second connection throws the first out, and the first then stays deaf; so one process
 * holds a lease in the store, and connects only while it is its own.
 */

import { once } from "node:events";
import { errorName } from "../../core/errors.ts";
import { SECOND_MS } from "../../core/time.ts";
import { AIBOT_LEASE } from "./memory.ts";
import type { WecomDependencies } from "./types.ts";

/** A holder that died is replaced after this time. */
const LEASE_MS = 30 * SECOND_MS;
const RENEW_MS = 10 * SECOND_MS;

/** What the lease is for. */
interface Connection {
  /** Gives up when `until` is aborted meanwhile. */
  connect(until: AbortSignal): Promise<void>;
  disconnect(): void;
  /** Was it made, and not given up? It may be lost for the moment. */
  isMade(): boolean;
}

interface AibotLease {
  /** Tries to have it from now on; connects and disconnects with it. */
  hold(): void;
  /** Ends that, disconnects, and leaves it to the next process. */
  giveBack(): Promise<void>;
  /** Takes no lease for so long. */
  stayAway(ms: number): void;
}

export function createAibotLease(
  { store, clock, log, random, pause }: Pick<WecomDependencies, "store" | "clock" | "log" | "random" | "pause">,
  connection: Connection,
): AibotLease {
  const holder = Math.floor(random() * 2 ** 52).toString(36) + clock.now().toString(36);
  /** Until when it is ours for sure. */
  let leasedUntil = 0;
  let awayUntil = 0;
  let holding: { readonly end: AbortController; readonly done: Promise<void> } | null = null;

  /** Takes the lease, or keeps it. */
  async function take(): Promise<boolean> {
    const until = await store.unit(async (unit) => {
      const now = clock.now();
      const lease = await AIBOT_LEASE.get(unit);
      if (lease !== null && lease.holder !== holder && lease.until > now) return null;
      await AIBOT_LEASE.set(unit, { holder, until: now + LEASE_MS });
      return now + LEASE_MS;
    });
    if (until !== null) leasedUntil = until;
    return until !== null;
  }

  async function keepTrying(until: AbortSignal): Promise<void> {
    const resting = once(until, "abort");
    while (!until.aborted) {
      try {
        const mine = clock.now() >= awayUntil && (await take());
        if (mine && !connection.isMade() && !until.aborted) await connection.connect(until);
        else if (!mine && connection.isMade()) connection.disconnect();
      } catch (error) {
        log("warn", "wecom_aibot_lease_failed", { error: errorName(error) });
        // Who can't renew it has lost it when its time is over: another process connects then, and each would throw the other out.
        if (connection.isMade() && clock.now() >= leasedUntil) connection.disconnect();
      }
      await Promise.race([pause(RENEW_MS), resting]);
    }
  }

  return {
    hold() {
      if (holding !== null) return;
      const end = new AbortController();
      holding = { end, done: keepTrying(end.signal) };
    },
    async giveBack() {
      holding?.end.abort();
      await holding?.done;
      holding = null;
      connection.disconnect();
      await store.unit(async (unit) => {
        if ((await AIBOT_LEASE.get(unit))?.holder === holder) await AIBOT_LEASE.set(unit, null);
      });
    },
    stayAway(ms) {
      awayUntil = clock.now() + ms;
    },
  };
}
