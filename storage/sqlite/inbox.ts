import { AnxinError } from "../../core/errors.ts";
import type { PendingEntry, Unit } from "../../core/ports.ts";
import type { Instant } from "../../core/time.ts";
import { alias, and, eq, gt, lt, lte, notExists, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { mendedText } from "../schema/values.ts";
import { type Db, type Sync, slot, slotFor } from "./statements.ts";

/**
 * The inbox. An entry is `waiting` until it is `done` or `dead`.
 *
 * Order within a conversation holds because an entry is handed out only when no earlier waiting one of its conversation backs
 * off; the head of a conversation therefore decides when the conversation goes on.
 */
export function createInbox(db: Db, { inbox }: Tables): Sync<Unit["inbox"]> {
  const earlier = alias(inbox, "earlier");
  // Literal conditions: SQLite uses a partial index only when it sees the index's own condition, never through a parameter.
  const waiting = sql`${inbox.status} = 'waiting'`;
  const earlierWaiting = and(sql`${earlier.status} = 'waiting'`, eq(earlier.conversation, inbox.conversation), lt(earlier.seq, inbox.seq));
  const one = { one: sql`1` };
  const entry = { id: inbox.id, conversation: inbox.conversation, receivedAt: inbox.receivedAt, event: inbox.event };

  const accept = db
    .insert(inbox)
    .values({
      id: slot("id"),
      conversation: slot("conversation"),
      receivedAt: slot("receivedAt"),
      event: slot("event"),
      // 0 and not receivedAt: an entry never waits for a clock that was set back.
      status: "waiting",
      attempts: 0,
      nextAt: 0,
    })
    .onConflictDoNothing({ target: inbox.id })
    .prepare();

  const row = { ...entry, seq: inbox.seq, attempts: inbox.attempts };
  const due = and(waiting, lte(inbox.nextAt, slot("now")));
  const heads = db
    .select(row)
    .from(inbox)
    .where(and(due, notExists(db.select(one).from(earlier).where(earlierWaiting))))
    .orderBy(inbox.seq)
    .limit(slot("limit"))
    .prepare();
  const ready = db
    .select(row)
    .from(inbox)
    .where(
      and(
        due,
        notExists(
          db
            .select(one)
            .from(earlier)
            .where(and(earlierWaiting, gt(earlier.nextAt, slot("now")))),
        ),
      ),
    )
    .orderBy(inbox.seq)
    .limit(slot("limit"))
    .prepare();

  /** The first of each conversation before the second of any, so that nobody who writes much holds up the others. */
  function pending(now: Instant, limit: number): PendingEntry[] {
    const first = heads.all({ now, limit });
    if (first.length === 0 || first.length === limit) return first;
    const taken = new Set(first.map(({ seq }) => seq));
    const others = ready.all({ now, limit }).filter(({ seq }) => !taken.has(seq));
    return [...first, ...others.slice(0, limit - first.length)].sort((before, after) => before.seq - after.seq);
  }

  const done = db
    .update(inbox)
    .set({
      status: "done",
      turn: sql.raw("(select coalesce(max(turn), 0) + 1 from inbox where turn is not null)"),
      doneAt: slotFor(inbox.doneAt, "at"),
    })
    .where(and(eq(inbox.seq, slot("seq")), waiting))
    .prepare();

  const retry = db
    .update(inbox)
    .set({ attempts: slotFor(inbox.attempts, "attempts"), nextAt: slotFor(inbox.nextAt, "nextAt"), error: slotFor(inbox.error, "error") })
    .where(and(eq(inbox.seq, slot("seq")), waiting))
    .prepare();

  const dead = db
    .update(inbox)
    .set({ status: "dead", doneAt: slotFor(inbox.doneAt, "at"), error: slotFor(inbox.error, "error") })
    .where(and(eq(inbox.seq, slot("seq")), waiting))
    .prepare();

  const nextAt = db
    .select({ at: inbox.nextAt })
    .from(inbox)
    .where(and(waiting, notExists(db.select(one).from(earlier).where(earlierWaiting))))
    .orderBy(inbox.nextAt)
    .limit(1)
    .prepare();

  const allWaiting = db
    .select({ conversation: inbox.conversation, at: inbox.receivedAt })
    .from(inbox)
    .where(waiting)
    .orderBy(inbox.seq)
    .limit(slot("limit"))
    .prepare();

  const ofConversation = db
    .select({ one: sql`1` })
    .from(inbox)
    .where(and(waiting, eq(inbox.conversation, slot("conversation"))))
    .limit(1)
    .prepare();

  const history = db
    .select({ ...entry, turn: sql<number>`${inbox.turn}`, doneAt: sql<number>`${inbox.doneAt}` })
    .from(inbox)
    .where(gt(inbox.turn, slot("after")))
    .orderBy(inbox.turn)
    .limit(slot("limit"))
    .prepare();

  /** Two workers may have taken the same entry: the second one's turn must not count. */
  function demandWaiting(changes: number, seq: number, wish: string): void {
    if (changes === 1) return;
    throw new AnxinError(
      "conflict",
      `can't mark inbox entry ${seq} as ${wish}: it isn't waiting any more, or never was; wanted a waiting entry`,
      { seq },
    );
  }

  return {
    accept: ({ id, conversation, receivedAt, event }) =>
      accept.run({ id, conversation, receivedAt, event }).changes === 1 ? "new" : "known",
    pending,
    done: (seq, at) => demandWaiting(done.run({ seq, at }).changes, seq, "done"),
    retry: (seq, attempts, next, error) =>
      demandWaiting(retry.run({ seq, attempts, nextAt: next, error: mendedText(error) }).changes, seq, "retried"),
    dead: (seq, at, error) => demandWaiting(dead.run({ seq, at, error: mendedText(error) }).changes, seq, "dead"),
    nextAt: () => nextAt.get()?.at ?? null,
    waiting: (limit) => allWaiting.all({ limit }),
    waitsFor: (conversation) => ofConversation.get({ conversation }) !== undefined,
    history: (after, limit) => history.all({ after, limit }),
  };
}
