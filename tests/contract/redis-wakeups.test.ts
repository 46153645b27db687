import { describe } from "vitest";
import { createRedisWakeups } from "../../storage/jobs/redis-wakeups.ts";
import { createRedisPlace, redisUrl } from "../support/redis.ts";
import { wakeupsContract } from "./wakeups.ts";

describe.skipIf(redisUrl === null)("redis", () => {
  wakeupsContract("redis", async () => {
    const place = createRedisPlace();
    return { wakeups: createRedisWakeups(place.hub()), dispose: () => place.dispose() };
  });
});
