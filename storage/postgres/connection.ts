import pg from "pg";
import { AnxinError } from "../../core/errors.ts";

/** How long a start waits for a connection before it says that the database can't be reached, ms. */
const CONNECT_TIMEOUT_MS = 5_000;
/**
 * Limits that Postgres keeps for us, ms. A process that hangs or is cut off in the middle of a unit holds its conversations: the
 * server ends such a session, so that others go on with them. A unit takes tens of milliseconds.
 */
const LIMITS: Readonly<Record<string, number>> = {
  idle_in_transaction_session_timeout: 30_000,
  lock_timeout: 10_000,
  statement_timeout: 30_000,
  tcp_user_timeout: 20_000,
};

/** Name under which the sessions of a schema are seen on the server. */
export const sessionName = (schema: string): string => `anxin/${schema}`;

export interface PoolOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Schema that holds the tables. */
  readonly schema: string;
  /** Most connections of this pool. */
  readonly connections: number;
  /** Further settings of the sessions. */
  readonly session?: Readonly<Record<string, string>>;
}

/** Host, port and database of an address, without user and password: what may stand in messages and logs. */
export function describeAddress(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname || "localhost"}:${port || "5432"}${pathname}`;
  } catch {
    return "(an address that can't be read)";
  }
}

/**
 * How a connection is made.
 *
 * @throws AnxinError `storage_address` when the address is none
 */
export function poolConfig({ url, schema, connections, session = {} }: PoolOptions): pg.PoolConfig {
  if (!URL.canParse(url)) {
    throw new AnxinError("storage_address", "DATABASE_URL is no address; wanted postgres://user:password@host:5432/database", {});
  }
  const settings = { ...LIMITS, search_path: schema, ...session };
  return {
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: sessionName(schema),
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${String(value).replaceAll(/[\\ ]/g, "\\$&")}`)
      .join(" "),
  };
}

/** A pool of connections that pipeline: statements are sent without waiting for the answers to those before them. */
export function createPool(options: PoolOptions): pg.Pool {
  const config: pg.PoolConfig & { readonly pipeline: boolean } = { ...poolConfig(options), pipeline: true };
  const pool = new pg.Pool(config);
  // A connection that the server closed fails the next statement, or is replaced when the next unit asks for one; without
  // listeners, idle or in use, it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
