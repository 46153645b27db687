import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";
import { AnxinError } from "../../core/errors.ts";
import type { Store, Unit } from "../../core/ports.ts";
import type { Instant } from "../../core/time.ts";
import { readMigrations } from "../migrations/plan.ts";
import { postgresKit } from "../schema/kit.ts";
import { defineTables } from "../schema/tables.ts";
import { createPool, describeAddress } from "./connection.ts";
import { createCounterPool } from "./counters.ts";
import { isConnectionLoss, isMeeting, translateError } from "./errors.ts";
import { migrate } from "./migrate.ts";
import { searchPathSafe } from "./names.ts";
import { createSession, type Session } from "./session.ts";
import { createOperations, type Lease, leaseUnit, type Operations } from "./unit.ts";

export const POSTGRES_MIGRATIONS = new URL("../migrations/postgres/", import.meta.url);

/** Tries of a unit that meets others. From the third on such units go one after another, so that each of them gets through. */
const TRIES = 12;
const CALM_FROM = 3;
/** Tries of a unit whose connection was lost before its commit. More would hide that the server is away. */
const TRIES_WITHOUT_CONNECTION = 3;
/** Longest pause before a unit is tried again, ms; doubles from a quarter of a millisecond on. */
const LONGEST_PAUSE_MS = 50;

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Schema that holds the tables; made when missing. */
  readonly schema?: string;
  /** Units of this process that may be under way at the same time; others wait. */
  readonly connections?: number;
  /** Time noted beside a migration; the machine's clock when left out. */
  readonly now?: () => Instant;
  /** Sees the text of each statement before it runs; never its values, which are customers' data. */
  readonly onStatement?: (sql: string) => void;
  /** Called when a unit is tried again. */
  readonly onRetry?: (reason: "met" | "connection") => void;
  /** `false` waits for no disk: for tests alone, where nothing needs to outlive a power cut. */
  readonly durable?: boolean;
}

/**
 * Opens the store of one of any number of processes on one Postgres database, and brings its schema up to date.
 *
 * @throws AnxinError `storage_address`, `storage_unreachable`, `storage_refused`, `storage_not_writable`, `storage_foreign`,
 *   `storage_newer`, `storage_migration_changed`, `storage_busy`, `storage_disk_full`; each says what to do
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const schema = searchPathSafe(options.schema ?? "anxin");
  const address = describeAddress(options.url);
  const session = options.durable === false ? { synchronous_commit: "off" } : {};
  const pool = createPool({ url: options.url, schema, connections: options.connections ?? 8, session });
  const numbers = createPool({ url: options.url, schema, connections: 1, session: { synchronous_commit: "off" } });
  const end = async (): Promise<void> => void (await Promise.all([pool.end(), numbers.end()]));
  try {
    const client = await pool.connect();
    try {
      await migrate(client, schema, readMigrations(POSTGRES_MIGRATIONS), (options.now ?? Date.now)());
    } finally {
      client.release();
    }
  } catch (error) {
    await end();
    throw translateError(error, address);
  }
  const store = createPostgresStore(pool, numbers, schema, options);
  return {
    unit: store.unit,
    async close() {
      await store.close();
    },
  };
}

interface Connected {
  readonly session: Session;
  readonly operations: Operations;
}

/**
 * The store on two pools whose schema is in place: one for units, one for running numbers.
 *
 * Units run side by side. How they are kept apart, and what is numbered in commit order, is told in
 * docs/decisions/0005-many-machines.md.
 */
function createPostgresStore(pool: pg.Pool, numbers: pg.Pool, schema: string, options: PostgresOptions): Store {
  const address = describeAddress(options.url);
  const tables = defineTables(postgresKit);
  const counters = createCounterPool(numbers, schema);
  const known = new WeakMap<pg.PoolClient, Connected>();
  const current = new AsyncLocalStorage<Lease>();
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;

  function connected(client: pg.PoolClient): Connected {
    let one = known.get(client);
    if (!one) {
      const session = createSession(client, schema, options.onStatement);
      one = { session, operations: createOperations(session, tables) };
      known.set(client, one);
    }
    return one;
  }

  async function run<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const result = await once(work, attempt >= CALM_FROM);
      if ("value" in result) return result.value;
      const { error, again } = result;
      if (again === null) throw error;
      if (attempt >= (again === "connection" ? TRIES_WITHOUT_CONNECTION : TRIES)) throw translateError(error, address);
      options.onRetry?.(again);
      const pause = Math.min(LONGEST_PAUSE_MS, 2 ** (attempt - 3));
      await new Promise((resolve) => setTimeout(resolve, again === "connection" ? LONGEST_PAUSE_MS : pause));
    }
  }

  /** One try. `again` says why another one may succeed; `null` = it won't, or it isn't known whether this one did. */
  async function once<T>(
    work: (unit: Unit) => Promise<T>,
    calm: boolean,
  ): Promise<{ readonly value: T } | { readonly error: unknown; readonly again: "met" | "connection" | null }> {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      return isConnectionLoss(error) ? { error, again: "connection" } : { error: translateError(error, address), again: null };
    }
    const { session, operations } = connected(client);
    const lease: Lease = { open: true, begun: false, drawn: [], calls: [] };
    session.reset();
    const unit = leaseUnit(operations, lease, {
      draw: counters.draw,
      begin: (isolation) => session.begin(isolation, calm),
      fail: (error) => {
        session.fail(error);
        return translateError(error, address);
      },
    });
    let committing = false;
    let broken: Error | null = null;
    try {
      const value = await current.run(lease, work, unit);
      await Promise.all(lease.calls);
      lease.open = false;
      if (lease.begun) {
        await session.settle();
        // A caller may have caught the error of a statement; the unit is nevertheless not whole.
        if (session.failure === null) {
          committing = true;
          await session.commit().catch(session.fail);
        }
      }
      if (session.failure !== null) throw session.failure;
      return { value };
    } catch (thrown) {
      lease.open = false;
      await Promise.all(lease.calls);
      const { failure } = session;
      const lost = failure !== null && isConnectionLoss(failure);
      if (lost) broken = failure as Error;
      else if (lease.begun)
        broken = await session.rollback().then(
          () => null,
          (problem: Error) => problem,
        );
      // Nobody knows whether a commit whose answer was lost has happened: then the numbers stay drawn, and it isn't done again.
      const unsure = committing && lost;
      if (!unsure) for (const { number } of lease.drawn) number.giveBack();
      if (failure !== null && isMeeting(failure)) return { error: failure, again: "met" };
      if (lost && !unsure) return { error: failure, again: "connection" };
      // The work's own error is passed on as it is; it may say more than what the server said.
      return { error: thrown === failure ? translateError(failure, address) : thrown, again: null };
    } finally {
      client.release(broken ?? undefined);
    }
  }

  function refuseNested(wish: string): void {
    if (current.getStore()?.open !== true) return;
    throw new AnxinError("nested_unit", `can't ${wish} within a unit: it would wait for itself; use the unit at hand`);
  }

  return {
    async unit(work) {
      refuseNested("begin a unit");
      if (closing !== null) throw new AnxinError("storage_closed", `can't begin a unit: the store on ${address} was closed`);
      const result = run(work);
      const settled = result.then(
        () => undefined,
        () => undefined,
      );
      running.add(settled);
      void settled.then(() => running.delete(settled));
      return result;
    },
    async close() {
      refuseNested("close the store");
      closing ??= Promise.all(running).then(async () => void (await Promise.all([pool.end(), numbers.end()])));
      return closing;
    },
  };
}
