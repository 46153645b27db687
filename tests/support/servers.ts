/**
 * The servers that some suites need: Postgres and Redis. Looked for once before all suites; what isn't there is said plainly, and
 * the suites that need it skip themselves. `ANXIN_SERVERS=required` makes a missing one an error.
 */
import { connect } from "node:net";
import pg from "pg";
import type { TestProject } from "vitest/node";

const POSTGRES = process.env["ANXIN_TEST_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/postgres";
const REDIS = process.env["ANXIN_TEST_REDIS"] ?? "redis://127.0.0.1:6379";
/** A server on this machine answers at once; one that doesn't isn't there. */
const LOOK_MS = 2_000;

declare module "vitest" {
  interface ProvidedContext {
    /** Address of a database that the suites may fill with schemas, or `null`. */
    postgres: string | null;
    redis: string | null;
    /** Begins the names of everything that this run makes on a server. */
    run: string;
  }
}

async function lookForPostgres(): Promise<string | null> {
  const client = new pg.Client({ connectionString: POSTGRES, connectionTimeoutMillis: LOOK_MS });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return POSTGRES;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function lookForRedis(): Promise<string | null> {
  const { hostname, port } = new URL(REDIS);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 6379), timeout: LOOK_MS });
    const end = (answer: string | null) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", end(REDIS)).on("error", end(null)).on("timeout", end(null));
  });
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [postgres, redis] = await Promise.all([lookForPostgres(), lookForRedis()]);
  const run = `anxin_test_${process.pid}_${Date.now().toString(36)}`;
  project.provide("postgres", postgres);
  project.provide("redis", redis);
  project.provide("run", run);
  const missing = [
    ...(postgres === null
      ? [
          `Postgres (looked at ${new URL(POSTGRES).host}; start one with: docker run -p 5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust postgres)`,
        ]
      : []),
    ...(redis === null ? [`Redis (looked at ${new URL(REDIS).host}; start one with: docker run -p 6379:6379 redis)`] : []),
  ];
  // Both rounds of suites look; one says it.
  if (project.name !== "postgres") for (const one of missing) process.stderr.write(`Skipped: the suites that need ${one}\n`);
  if (missing.length > 0 && process.env["ANXIN_SERVERS"] === "required") throw new Error(`missing: ${missing.join("; ")}`);
  return async () => {
    if (postgres === null) return;
    const client = new pg.Client({ connectionString: postgres });
    await client.connect();
    const { rows } = await client.query<{ name: string }>("select nspname as name from pg_namespace where starts_with(nspname, $1)", [run]);
    for (const { name } of rows) await client.query(`drop schema ${name} cascade`);
    await client.end();
  };
}
