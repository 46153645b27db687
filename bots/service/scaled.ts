/** Postgres for any number of processes, and Redis between them. */
import type { Clock } from "../../core/ports.ts";
import { SECOND_MS } from "../../core/time.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { createPacing } from "../../storage/jobs/pacing.ts";
import { connectHub } from "../../storage/jobs/redis.ts";
import { createRedisWakeups } from "../../storage/jobs/redis-wakeups.ts";
import { createSharedFeed } from "../../storage/jobs/shared-feed.ts";
import { createPostgresLeases, openPostgresStore } from "../../storage/postgres/index.ts";
import type { Infrastructure, InfrastructureSettings } from "./ground.ts";
import { CHANNEL_PACES } from "./paces.ts";

/** Longer than any send takes, the tries of an adapter included; so long a message waits whose sender died. */
const SEND_HOLD_MS = 120 * SECOND_MS;
/** Turns in one transaction where others wait for their share: enough to share its cost, few enough to go round. */
const SHARED_GROUP = 16;

/** @throws AnxinError when the database can't be used */
export async function openScaled(
  settings: InfrastructureSettings & { readonly databaseUrl: string },
  clock: Clock,
  onError: (what: string, error: unknown) => void,
): Promise<Infrastructure> {
  const url = settings.databaseUrl;
  const store = await openPostgresStore({ url });
  const hub =
    settings.redisUrl === null
      ? null
      : connectHub({ url: settings.redisUrl, prefix: "anxin", onError: onceAMinute(clock, (error) => onError("redis", error)) });
  const feed = createSharedFeed(hub);
  const leases = createPostgresLeases({ url });
  return {
    store,
    wakeups: hub === null ? createInProcessWakeups() : createRedisWakeups(hub),
    feed,
    leases,
    pacing: createPacing(hub, CHANNEL_PACES, () => clock.now()),
    holdMs: SEND_HOLD_MS,
    group: SHARED_GROUP,
    lanes: 2,
    async problems() {
      try {
        await store.unit((unit) => unit.meta.get("sample"));
        return [];
      } catch (error) {
        return [error instanceof Error ? error.message : "the database does not answer"];
      }
    },
    hubUp: () => hub?.up() ?? null,
    async close() {
      feed.close();
      await hub?.close();
      await leases.close();
      await store.close();
    },
  };
}

/** A Redis that is away says so many times a second; once a minute is enough to know. */
function onceAMinute(clock: Clock, report: (error: unknown) => void): (error: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (clock.now() - last < 60 * SECOND_MS) return;
    last = clock.now();
    report(error);
  };
}
