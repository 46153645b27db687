/**
 * Leases on Postgres: locks of one session of the server. No clock decides: a holder that dies or is cut off loses its session
 * and with it the lock, and nobody has it before. The holder hears of it by the end of its connection.
 */
import pg from "pg";
import type { Lease, Leases } from "../../core/ports.ts";
import { describeAddress, poolConfig } from "./connection.ts";
import { isConnectionLoss, translateError } from "./errors.ts";

interface Ground {
  readonly client: pg.Client;
  readonly ended: AbortController;
}

export function createPostgresLeases(options: { readonly url: string; readonly schema?: string }): Leases {
  const schema = options.schema ?? "anxin";
  const held = new Map<string, Lease>();
  const asking = new Set<string>();
  let ground: Promise<Ground> | null = null;
  let closed = false;

  /** One connection for all leases of the process, made when the first is wanted and again after it broke. */
  function stand(): Promise<Ground> {
    ground ??= (async () => {
      // The server must notice soon that a holder is gone: its silence is asked about after these seconds.
      const client = new pg.Client(poolConfig({ url: options.url, schema, connections: 1, session: KEEPALIVE }));
      const ended = new AbortController();
      const lose = (): void => {
        if (ground === current) ground = null;
        ended.abort();
      };
      client.on("error", lose);
      client.on("end", lose);
      await client.connect();
      return { client, ended };
    })();
    const current = ground;
    current.catch(() => {
      if (ground === current) ground = null;
    });
    return current;
  }

  return {
    async acquire(name) {
      // The server gives a session the same lock again: within the process it is we who say no.
      if (closed || held.has(name) || asking.has(name)) return null;
      asking.add(name);
      const key = `${schema}:lease:${name}`;
      try {
        const { client, ended } = await stand();
        const { rows } = await client.query<{ got: boolean }>("select pg_try_advisory_lock(hashtextextended($1, 0)) as got", [key]);
        if (!rows[0]!.got) return null;
        const own = new AbortController();
        const end = (): void => {
          if (held.get(name) === lease) held.delete(name);
          own.abort();
        };
        const lease: Lease = {
          ended: own.signal,
          async release() {
            if (own.signal.aborted) return;
            end();
            await client.query("select pg_advisory_unlock(hashtextextended($1, 0))", [key]).catch(() => undefined);
          },
        };
        if (ended.signal.aborted) return null;
        ended.signal.addEventListener("abort", end, { once: true });
        held.set(name, lease);
        return lease;
      } catch (error) {
        if (isConnectionLoss(error)) return null;
        throw translateError(error, describeAddress(options.url));
      } finally {
        asking.delete(name);
      }
    },
    async close() {
      closed = true;
      await Promise.all([...held.values()].map((lease) => lease.release()));
      const standing = await ground?.catch(() => null);
      await standing?.client.end();
    },
  };
}

const KEEPALIVE = { tcp_keepalives_idle: "5", tcp_keepalives_interval: "5", tcp_keepalives_count: "3" };
