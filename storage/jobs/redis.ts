/**
 * What processes tell each other over Redis: that rows wait (bull), that a conversation has something new (publish and
 * subscribe), and how fast a channel is being sent to. All of it is hints and pace: the tables are the truth. Redis may be wiped,
 * restarted or away at any time; things are then found by looking, later.
 *
 * bull and ioredis are used here alone.
 */
import Queue from "bull";
import { Redis, type RedisOptions } from "ioredis";
import type { WakeKind } from "../../core/ports.ts";

/** A wake that nobody finished (its worker died) is forgotten after this time, ms; until then the workers' own looks find the rows. */
const WAKE_FORGOTTEN_MS = 5_000;
/** Longest pause between two tries to reach Redis again, ms. */
const LONGEST_RECONNECT_MS = 2_000;
/** A question about pace that isn't answered by then is answered by this process alone, ms. */
const ANSWER_WITHIN_MS = 500;

/**
 * Takes a place in two paces at once, by the generic cell rate algorithm on Redis' own clock: the key holds the instant at which
 * all places given so far will have been used up. Returns how long to wait, µs; 0 = taken, from both.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local wait = 0
local after = {}
for index, key in ipairs(KEYS) do
  local step = tonumber(ARGV[index * 2 - 1])
  local burst = tonumber(ARGV[index * 2])
  local used = tonumber(redis.call('GET', key) or '0')
  if used < now then used = now end
  local early = used - (burst - 1) * step - now
  if early > wait then wait = early end
  after[index] = used + step
end
if wait > 0 then return wait end
for index, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.0f', after[index]), 'PX', math.ceil((after[index] - now) / 1000) + 1000)
end
return 0`;

/** One message each `stepMs` on average, `burst` of them at once. */
export interface Pace {
  readonly stepMs: number;
  readonly burst: number;
}

export interface Hub {
  /** Adds a wake unless one is waiting already. */
  wake(kind: WakeKind): void;
  /** Calls `listener` for wakes that this process is given: each wake goes to one of those who listen. */
  onWake(kind: WakeKind, listener: () => void): void;
  publish(text: string): void;
  /** Calls `listener` with what others publish, and `missed` whenever something may have been missed. */
  subscribe(listener: (text: string) => void, missed: () => void): void;
  /** As `TAKE`, ms; `null` = Redis doesn't answer. */
  take(paces: readonly (readonly [key: string, pace: Pace])[]): Promise<number | null>;
  /** Does it answer? */
  up(): boolean;
  close(): Promise<void>;
}

export interface HubOptions {
  /** `redis://user:password@host:port/number` */
  readonly url: string;
  /** Begins every key, so that several shops can use one Redis. */
  readonly prefix: string;
  readonly onError: (error: unknown) => void;
}

export function connectHub({ url, prefix, onError }: HubOptions): Hub {
  const reconnect = (tries: number): number => Math.min(LONGEST_RECONNECT_MS, 50 * 2 ** Math.min(tries, 10));
  const clients: Redis[] = [];
  let closing = false;
  const connect = (more: Omit<RedisOptions, "replyMapping">): Redis => {
    const client = new Redis(url, {
      retryStrategy: reconnect,
      enableReadyCheck: false,
      maxRetriesPerRequest: null,
      replyMapping: "legacy",
      ...more,
    });
    client.on("error", (error: unknown) => {
      if (!closing) onError(error);
    });
    clients.push(client);
    return client;
  };
  // Says at once that it can't, instead of keeping what is asked until Redis is back: a hint is worth nothing by then.
  const client = connect({ enableOfflineQueue: false });
  // bull's own may wait: they are made when Redis has answered for the first time.
  const bullClients = new Map<string, Redis>();
  const queues = new Map<WakeKind, Queue.Queue>();
  const adding = new Set<WakeKind>();
  const again = new Set<WakeKind>();

  function queue(kind: WakeKind): Queue.Queue {
    let one = queues.get(kind);
    if (!one) {
      one = new Queue(`wake-${kind}`, {
        prefix: `${prefix}:bull`,
        // bull's types are of an older ioredis; what it calls is the same (tried: bull 4.16 on ioredis 6).
        createClient: ((type: string) => {
          if (type === "bclient") return connect({});
          const own = bullClients.get(type) ?? connect({});
          bullClients.set(type, own);
          return own;
        }) as unknown as Queue.QueueOptions["createClient"] & {},
        settings: { lockDuration: WAKE_FORGOTTEN_MS, stalledInterval: WAKE_FORGOTTEN_MS, maxStalledCount: 0, drainDelay: 1 },
      });
      // bull names its connections on the server; when the queue is closed meanwhile, that fails where nobody can catch it.
      (one as unknown as { setWorkerName: () => Promise<void> }).setWorkerName = async () => undefined;
      one.on("error", (error: unknown) => {
        if (!closing) onError(error);
      });
      queues.set(kind, one);
    }
    return one;
  }

  async function add(kind: WakeKind): Promise<void> {
    if (adding.has(kind)) {
      again.add(kind);
      return;
    }
    adding.add(kind);
    try {
      do {
        again.delete(kind);
        // A repeated `jobId` is one job: any number of wakes that nobody has heard yet are one.
        await queue(kind).add({}, { jobId: kind, removeOnComplete: true, removeOnFail: true });
      } while (again.has(kind));
    } catch (error) {
      if (!closing) onError(error);
    } finally {
      adding.delete(kind);
    }
  }

  client.defineCommand("anxinTake", { lua: TAKE });

  return {
    wake: (kind) => void (client.status === "ready" && add(kind)),
    onWake(kind, listener) {
      const process = (): void => {
        if (closing) return;
        queue(kind)
          .process(async () => listener())
          .catch((error: unknown) => {
            if (!closing) onError(error);
          });
      };
      if (client.status === "ready") process();
      else client.once("ready", process);
    },
    publish(text) {
      if (client.status !== "ready") return;
      client.publish(`${prefix}:feed`, text).catch((error: unknown) => {
        if (!closing) onError(error);
      });
    },
    subscribe(listener, missed) {
      const feed = connect({ autoResubscribe: true });
      feed.on("message", (_channel: string, text: string) => listener(text));
      feed.on("ready", missed);
      feed.subscribe(`${prefix}:feed`).catch((error: unknown) => {
        if (!closing) onError(error);
      });
    },
    async take(paces) {
      if (client.status !== "ready") return null;
      const keys = paces.map(([key]) => `${prefix}:pace:${key}`);
      const figures = paces.flatMap(([, { stepMs, burst }]) => [Math.round(stepMs * 1_000), burst]);
      const { anxinTake } = client as unknown as { anxinTake(keys: number, ...values: (string | number)[]): Promise<number> };
      let timer: NodeJS.Timeout | undefined;
      try {
        const late = new Promise<null>((resolve) => {
          timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
        });
        const wait = await Promise.race([anxinTake.call(client, keys.length, ...keys, ...figures), late]);
        return wait === null ? null : Math.ceil(Number(wait) / 1_000);
      } catch (error) {
        if (!closing) onError(error);
        return null;
      } finally {
        clearTimeout(timer);
      }
    },
    up: () => client.status === "ready",
    async close() {
      closing = true;
      // A Redis that is away can't be said good-bye to.
      const gone = new Promise<void>((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS).unref());
      await Promise.race([gone, Promise.all([...queues.values()].map((one) => one.close(true).catch(() => undefined)))]);
      for (const one of clients) one.disconnect();
    },
  };
}
