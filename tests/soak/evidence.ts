/** What the service left behind, read past its own code: the database file by plain SQL, the transcripts over HTTP. */
import Database from "better-sqlite3";
import pg from "pg";
import type { Booking } from "../../core/booking/state.ts";
import type { BusySpan } from "../../core/spine/outcome.ts";
import type { Shown } from "./customer.ts";
import type { Client } from "./http.ts";

export interface InboxRow {
  readonly seq: number;
  readonly id: string;
  readonly conversation: string;
  readonly status: string;
  readonly turn: number | null;
  readonly receivedAt: number;
  readonly doneAt: number | null;
}

export interface Left {
  /** In the order in which they came in. */
  readonly inbox: readonly InboxRow[];
  /** How many traces there are of each inbox entry. */
  readonly traces: ReadonlyMap<string, number>;
  /** Ids of the notices to staff. */
  readonly notices: readonly string[];
  readonly bookings: readonly Booking[];
  /** Events of bookings: whose, what, and the inbox entry that caused it. */
  readonly bookingEvents: readonly { readonly number: string; readonly cause: string; readonly type: string }[];
  readonly agenda: readonly { readonly technician: string; readonly day: string; readonly busy: readonly BusySpan[] }[];
  /** What SQLite says of the file itself; "ok" when it is whole. */
  readonly integrity: string;
}

/** Reads a database that no process serves any more. */
export function readDatabase(path: string): Left {
  const database = new Database(path, { readonly: true });
  try {
    const all = <Row>(sql: string): Row[] => database.prepare<[], Row>(sql).all();
    return {
      inbox: all<InboxRow>(
        "select seq, id, conversation, status, turn, received_at as receivedAt, done_at as doneAt from inbox order by seq",
      ),
      traces: new Map(
        all<{ entry: string; count: number }>("select trace ->> 'entry' as entry, count(*) as count from traces group by 1").map(
          ({ entry, count }) => [entry, count],
        ),
      ),
      notices: all<{ id: string }>("select id from notices").map(({ id }) => id),
      bookings: all<{ state: string }>("select state from records where kind = 'booking'").map(({ state }) => JSON.parse(state) as Booking),
      bookingEvents: all("select number, cause, event ->> 'type' as type from events where kind = 'booking' order by seq"),
      agenda: all<{ technician: string; day: string; busy: string }>("select technician, day, busy from agenda").map((row) => ({
        ...row,
        busy: JSON.parse(row.busy) as BusySpan[],
      })),
      integrity: database.pragma("integrity_check", { simple: true }) as string,
    };
  } finally {
    database.close();
  }
}

/** The same of a Postgres that no process serves any more. */
export async function readPostgres(url: string): Promise<Left> {
  const client = new pg.Client({ connectionString: url, options: "-c search_path=anxin" });
  await client.connect();
  try {
    const all = async <Row extends pg.QueryResultRow>(text: string): Promise<Row[]> => (await client.query<Row>(text)).rows;
    const inbox = await all<{
      seq: string;
      id: string;
      conversation: string;
      status: string;
      turn: string | null;
      received: string;
      done: string | null;
    }>("select seq, id, conversation, status, turn, received_at as received, done_at as done from inbox order by seq");
    const traces = await all<{ entry: string; count: string }>(
      "select trace ->> 'entry' as entry, count(*) as count from traces group by 1",
    );
    return {
      inbox: inbox.map(({ id, conversation, status, ...row }) => ({
        id,
        conversation,
        status,
        seq: Number(row.seq),
        turn: row.turn === null ? null : Number(row.turn),
        receivedAt: Number(row.received),
        doneAt: row.done === null ? null : Number(row.done),
      })),
      traces: new Map(traces.map(({ entry, count }) => [entry, Number(count)])),
      notices: (await all<{ id: string }>("select id from notices")).map(({ id }) => id),
      bookings: (await all<{ state: Booking }>("select state from records where kind = 'booking'")).map(({ state }) => state),
      bookingEvents: await all("select number, cause, event ->> 'type' as type from events where kind = 'booking' order by seq"),
      agenda: await all("select technician, day, busy from agenda"),
      integrity: "ok",
    };
  } finally {
    await client.end();
  }
}

const PAGE = 500;

/** A whole transcript, as a customer reads it; empty when the service knows no such conversation. */
export async function readTranscript(client: Client, conversation: string): Promise<readonly Shown[]> {
  const transcript: Shown[] = [];
  for (;;) {
    const answer = await client.get(
      `/channels/web/messages?conversation=${conversation}&after=${transcript.at(-1)?.seq ?? 0}&limit=${PAGE}`,
    );
    if (answer.status === 404) return transcript;
    if (answer.status !== 200) throw new Error(`the transcript of ${conversation} was answered ${answer.status}`);
    const { messages } = answer.body as { messages: readonly Shown[] };
    transcript.push(...messages);
    if (messages.length < PAGE) return transcript;
  }
}
