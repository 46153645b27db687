/** The yardstick on Postgres: the storage work of one message by prepared statements, as `bareTransactions` does it on SQLite. */
import pg from "pg";
import { readMigrations } from "../../storage/migrations/plan.ts";
import { migrate } from "../../storage/postgres/migrate.ts";
import { POSTGRES_MIGRATIONS } from "../../storage/postgres/store.ts";
import { POSTGRES } from "./setup.ts";
import { work } from "./storage.ts";

export interface BarePostgres {
  /** Does `count` messages, `perCommit` a commit, and gives the µs a message. */
  measure(perCommit: number, count: number): Promise<number>;
  /** Drops what it made. */
  end(): Promise<void>;
}

const STATEMENTS = {
  accept:
    "insert into inbox (id, conversation, received_at, event, status, attempts, next_at) values ($1, $2, $3, $4, 'waiting', 0, 0) on conflict (id) do nothing",
  get: "select id, customer_id, state, updated_at from conversations where id = $1",
  put: "insert into conversations (id, customer_id, state, updated_at) values ($1, null, $2, $3) on conflict (id) do update set state = excluded.state, updated_at = excluded.updated_at",
  add: "insert into messages (id, conversation, sender, author, text, buttons, media, at, status, attempts, next_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (conversation, id) do nothing",
  trace: "insert into traces (conversation, trace) values ($1, $2)",
} as const;

export async function openBarePostgres(): Promise<BarePostgres> {
  const schema = `anxin_bare_${process.pid}`;
  const client = new pg.Client({ connectionString: POSTGRES, options: `-c search_path=${schema}` });
  await client.connect();
  await migrate(client, schema, readMigrations(POSTGRES_MIGRATIONS), Date.now());
  const run = (name: keyof typeof STATEMENTS, ...values: readonly unknown[]): Promise<pg.QueryResult> =>
    client.query({ name, text: STATEMENTS[name], values: [...values] });
  let at = 0;

  async function one(): Promise<void> {
    at += 1;
    const { entry, state, messages, trace } = work(at);
    await run("accept", entry.id, entry.conversation, entry.receivedAt, JSON.stringify(entry.event));
    await run("get", entry.conversation);
    await run("put", entry.conversation, JSON.stringify(state), entry.receivedAt);
    for (const m of messages)
      await run(
        "add",
        m.id,
        m.conversation,
        m.from,
        m.author,
        m.text,
        JSON.stringify(m.buttons),
        JSON.stringify(m.media),
        m.at,
        m.status,
        m.attempts,
        m.nextAt,
      );
    await run("trace", entry.conversation, JSON.stringify(trace));
  }

  return {
    async measure(perCommit, count) {
      const began = performance.now();
      for (let done = 0; done < count; done += perCommit) {
        await client.query("begin");
        for (let each = 0; each < perCommit; each++) await one();
        await client.query("commit");
      }
      return ((performance.now() - began) * 1_000) / count;
    },
    async end() {
      await client.query(`drop schema ${schema} cascade`);
      await client.end();
    },
  };
}
