/**
 * Long polling, for a shop without a public address. A batch is kept before the next call confirms it, so a crash loses nothing.
 *
 * One holder: Telegram refuses a second poller, and of several processes on one database the one that holds the lease polls. The
 * lease runs out by itself when its holder dies.
 */

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { errorName } from "../../core/errors.ts";
import type { TelegramClient } from "./client.ts";
import type { Notes } from "./notes.ts";
import type { Receive } from "./receive.ts";
import type { TelegramDependencies, TelegramLimits } from "./types.ts";

interface Lease {
  readonly holder: string;
  readonly until: number;
}

export interface Polling {
  /** Polls until the signal, and resolves when it has ended. May be run again then. */
  run(until: AbortSignal): Promise<void>;
}

export interface PollingParts {
  readonly dependencies: TelegramDependencies;
  readonly limits: TelegramLimits;
  readonly client: TelegramClient;
  readonly notes: Notes;
  readonly receive: Receive;
}

const LONGEST_PAUSE_MS = 60_000;

export function createPolling({ dependencies, limits, client, notes, receive }: PollingParts): Polling {
  const { clock, log, pause } = dependencies;
  const me = randomUUID();
  /** A poll and some seconds to renew in; one that hangs longer polls no more, and another may. */
  const leaseMs = limits.pollSeconds * 1_000 + 5_000;

  const hold = (): Promise<boolean> =>
    notes.change<Lease, boolean>("poller", (lease) => {
      const mine = !lease || lease.holder === me || lease.until <= clock.now();
      return mine ? { value: { holder: me, until: clock.now() + leaseMs }, result: true } : { result: false };
    });
  const release = (): Promise<void> =>
    notes.change<Lease, void>("poller", (lease) => (lease?.holder === me ? { value: null, result: undefined } : { result: undefined }));

  /** Keeps a batch in order; `false` = the rest waits for another try. */
  async function keepAll(updates: readonly unknown[], confirm: (update: number) => void): Promise<boolean> {
    for (const update of updates) {
      try {
        await receive.update(update);
      } catch (error) {
        log("error", "telegram.update_not_kept", { error: errorName(error) });
        return false;
      }
      const { update_id: number } = update as { readonly update_id?: unknown };
      if (Number.isSafeInteger(number)) confirm(number as number);
    }
    return true;
  }

  async function loop(until: AbortSignal): Promise<void> {
    const stop = once(until, "abort");
    let offset = 0;
    let failures = 0;
    const again = async (): Promise<void> => {
      failures += 1;
      await Promise.race([stop, pause(Math.min(LONGEST_PAUSE_MS, limits.againMs * 2 ** (failures - 1)))]);
    };
    while (!until.aborted) {
      if (!(await hold())) {
        await again();
        continue;
      }
      const answer = await client.poll(offset, until);
      if (until.aborted) return;
      if (answer.ok) {
        const kept = await keepAll(answer.value, (update) => {
          offset = update + 1;
        });
        if (kept) failures = 0;
        else await again();
        continue;
      }
      const { failure } = answer;
      if (failure.kind === "busy") await Promise.race([stop, pause(failure.afterMs)]);
      else {
        // 409: another program polls with this token, or someone set a webhook. Both end; neither is ours to end.
        log(failure.kind === "unauthorized" || failure.kind === "conflict" ? "error" : "warn", "telegram.poll_failed", {
          failure: failure.kind,
        });
        await again();
      }
    }
  }

  return {
    async run(until) {
      try {
        await loop(until);
      } finally {
        await release();
      }
    },
  };
}
