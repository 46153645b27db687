/** A prefix of its own on the Redis that servers.ts found. */
import { Redis } from "ioredis";
import { inject } from "vitest";
import { connectHub, type Hub } from "../../storage/jobs/redis.ts";

/** Address of Redis; `null` = there is none, and the suite skips itself. */
export const redisUrl = inject("redis");

let count = 0;

export interface RedisPlace {
  readonly prefix: string;
  /** A hub as another process would have it; closed by `dispose`. */
  hub(url?: string): Hub;
  /** Removes every key of the prefix, as a wiped Redis would have none. */
  wipe(): Promise<void>;
  /** What the hubs reported. */
  readonly errors: unknown[];
  dispose(): Promise<void>;
}

export function createRedisPlace(): RedisPlace {
  count += 1;
  const prefix = `${inject("run")}_${process.pid}_${count}`;
  const hubs: Hub[] = [];
  const errors: unknown[] = [];
  const client = new Redis(redisUrl!);
  const wipe = async (): Promise<void> => {
    const keys = await client.keys(`${prefix}*`);
    if (keys.length > 0) await client.del(keys);
  };
  return {
    prefix,
    errors,
    hub(url = redisUrl!) {
      const hub = connectHub({ url, prefix, onError: (error) => errors.push(error) });
      hubs.push(hub);
      return hub;
    },
    wipe,
    async dispose() {
      for (const hub of hubs) await hub.close();
      await wipe();
      client.disconnect();
    },
  };
}

/** Resolves when the hub answers. */
export async function whenUp(hub: Hub): Promise<Hub> {
  while (!hub.up()) await new Promise((resolve) => setTimeout(resolve, 5));
  return hub;
}
