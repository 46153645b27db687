/**
 * One connection as the operations see it.
 *
 * Statements are pipelined: a write is sent and not waited for, because whatever comes behind it on the same connection sees it
 * done. What it answers is looked at before the commit: a unit with a failed write never commits. So a turn waits for its reads
 * alone.
 */
import type pg from "pg";
import { sql } from "../schema/drizzle.ts";
import type { Db } from "../sqlite/statements.ts";
import { drizzle, fillPlaceholders } from "./drizzle.ts";

/** A query as drizzle builds it; the nominal type is that of SQLite, as for the tables (schema/kit.ts). */
interface Preparable {
  prepare(): unknown;
}
type Rows<Query> = Query extends { prepare(): { all(values?: Record<string, unknown>): (infer Row)[] } } ? Row : never;
type Values = Readonly<Record<string, unknown>>;

export interface Read<Row> {
  all(values?: Values): Promise<Row[]>;
  get(values?: Values): Promise<Row | undefined>;
}

/** A statement with its values, checked and encoded, and not sent yet. */
export type Bound = () => void;

export interface Write {
  /**
   * @param check gets how many rows it changed; what it returns fails the unit
   * @throws AnxinError for a value that can't be stored
   */
  bind(values: Values, check?: (changes: number) => Error | null): Bound;
  /** Sends it now. */
  send(values: Values, check?: (changes: number) => Error | null): void;
  /** Sends it and waits for the number of rows it changed. */
  changes(values: Values): Promise<number>;
}

export interface Session {
  readonly db: Db;
  readonly schema: string;
  read<Query extends Preparable>(name: string, query: Query): Read<Rows<Query>>;
  write(name: string, query: Preparable): Write;
  /** SQL as it stands, with `$1`, `$2` …; for what drizzle has no words for. */
  ask<Row extends pg.QueryResultRow>(name: string, text: string): (...values: readonly unknown[]) => Promise<Row[]>;
  /** Waits for the lock `key` before whatever comes behind; it is held until the unit ends. Once a unit. */
  protect(key: string): void;
  /** Locks that were got without waiting. */
  hold(keys: readonly string[]): void;
  /**
   * Keeps a write back until the end of the unit, or until `flush`: those writes number rows in commit order, and stand under
   * one lock of the whole store that must not be held for long.
   */
  later(write: Bound): void;
  /** Sends what was kept back. */
  flush(): void;
  /** First statement that failed; a unit with one never commits. */
  readonly failure: unknown;
  fail(error: unknown): void;
  /** Forgets the unit before. */
  reset(): void;
  begin(isolation: "read committed" | "serializable", calm: boolean): void;
  /** Sends what was kept back and waits until all that was sent has been answered. */
  settle(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** Order of what is numbered over all conversations: turns, messages, notices, events. */
const ORDER = "order";
/** Units that met others too often go one after another. */
const CALM = "calm";

export function createSession(client: pg.ClientBase, schema: string, onStatement?: (text: string) => void): Session {
  // Drizzle for Postgres answers to the calls of its nominal type.
  const db = drizzle({ client: client as pg.Client }) as unknown as Db;
  let sent: Promise<unknown>[] = [];
  let held = new Set<string>();
  let kept: Bound[] = [];
  let failure: unknown = null;
  let calmed = false;

  function fail(error: unknown): void {
    failure ??= error;
  }

  function run(config: pg.QueryConfig): Promise<pg.QueryResult> {
    onStatement?.(config.text);
    return client.query(config);
  }

  function track(promise: Promise<pg.QueryResult>, check?: (changes: number) => Error | null): void {
    sent.push(
      promise.then((result) => {
        const problem = check?.(result.rowCount ?? 0) ?? null;
        if (problem !== null) fail(problem);
      }, fail),
    );
  }

  const lock = (key: string): void =>
    track(run({ name: "lock", text: "select pg_advisory_xact_lock(hashtextextended($1, 0))", values: [`${schema}:${key}`] }));

  const release = (): Promise<unknown> =>
    calmed ? run({ text: "select pg_advisory_unlock(hashtextextended($1, 0))", values: [`${schema}:${CALM}`] }) : Promise.resolve();

  const session: Session = {
    db,
    schema,
    read(name, query) {
      const prepared = (
        query.prepare as (name: string) => { execute(values?: Values): Promise<unknown>; getQuery(): { sql: string } }
      ).call(query, name);
      const all = async (values?: Values): Promise<never[]> => {
        onStatement?.(prepared.getQuery().sql);
        return (await prepared.execute(values)) as never[];
      };
      return { all, get: async (values) => (await all(values))[0] };
    },
    write(name, query) {
      const { sql: text, params } = (query.prepare as (name: string) => { getQuery(): { sql: string; params: unknown[] } })
        .call(query, name)
        .getQuery();
      const config = (values: Values): pg.QueryConfig => ({ name, text, values: fillPlaceholders(params, values) });
      return {
        bind(values, check) {
          const bound = config(values);
          return () => track(run(bound), check);
        },
        send(values, check) {
          track(run(config(values)), check);
        },
        changes: async (values) => (await run(config(values))).rowCount ?? 0,
      };
    },
    ask:
      (name, text) =>
      async (...values) =>
        (await run({ name, text, values: [...values] })).rows,
    protect(key) {
      if (held.has(key)) return;
      held.add(key);
      lock(key);
    },
    hold(keys) {
      for (const key of keys) held.add(key);
    },
    later: (write) => void kept.push(write),
    flush() {
      if (kept.length === 0) return;
      session.protect(ORDER);
      const writes = kept;
      kept = [];
      for (const write of writes) write();
    },
    get failure() {
      return failure;
    },
    fail,
    reset() {
      sent = [];
      held = new Set();
      kept = [];
      failure = null;
      calmed = false;
    },
    begin(isolation, calm) {
      // Before the unit's own statements, because the first of them fixes what a serialisable unit sees.
      if (calm) track(run({ text: "select pg_advisory_lock(hashtextextended($1, 0))", values: [`${schema}:${CALM}`] }));
      calmed = calm;
      track(run({ text: `begin isolation level ${isolation}` }));
    },
    async settle() {
      session.flush();
      while (sent.length > 0) {
        const waiting = sent;
        sent = [];
        await Promise.all(waiting);
      }
    },
    async commit() {
      await Promise.all([run({ text: "commit" }), release()]);
    },
    async rollback() {
      kept = [];
      await Promise.all([run({ text: "rollback" }), release()]);
    },
  };
  return session;
}

/** A named value of a prepared statement. */
export const slot = sql.placeholder;
