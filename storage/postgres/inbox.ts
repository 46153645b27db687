import { AnxinError } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import { and, eq, gt, lt, lte, notExists, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { mendedText } from "../schema/values.ts";
import { slotFor } from "../sqlite/statements.ts";
import { pgAlias } from "./alias.ts";
import { conversationKey, customerKey, INTAKE_KEY } from "./locks.ts";
import { type Session, slot } from "./session.ts";

/** Conversations looked at for each entry wanted: others are working on some of them. */
const LOOK_AHEAD = 8;

/** The inbox, as in sqlite/inbox.ts. What is handed out is held: no other unit is given entries of those conversations until this one ends. */
export function createInbox(session: Session, { inbox, customerConversations }: Tables): Unit["inbox"] {
  const { db, read, write, ask } = session;
  const earlier = pgAlias(inbox, "earlier");
  const waiting = sql`${inbox.status} = 'waiting'`;
  const earlierWaiting = and(sql`${earlier.status} = 'waiting'`, eq(earlier.conversation, inbox.conversation), lt(earlier.seq, inbox.seq));
  const one = { one: sql`1` };
  const entry = { id: inbox.id, conversation: inbox.conversation, receivedAt: inbox.receivedAt, event: inbox.event };
  const ready = and(
    waiting,
    lte(inbox.nextAt, slot("now")),
    notExists(
      db
        .select(one)
        .from(earlier)
        .where(and(earlierWaiting, gt(earlier.nextAt, slot("now")))),
    ),
  );

  const accept = write(
    "inbox.accept",
    db
      .insert(inbox)
      .values({
        id: slot("id"),
        conversation: slot("conversation"),
        receivedAt: slot("receivedAt"),
        event: slot("event"),
        status: "waiting",
        attempts: 0,
        nextAt: 0,
      })
      .onConflictDoNothing({ target: inbox.id }),
  );
  // Each conversation once, by its first entry: one that writes much takes nobody else's place.
  const candidates = read(
    "inbox.candidates",
    db
      .select({ conversation: inbox.conversation })
      .from(inbox)
      .where(and(waiting, lte(inbox.nextAt, slot("now")), notExists(db.select(one).from(earlier).where(earlierWaiting))))
      .orderBy(inbox.seq)
      .limit(slot("limit")),
  );
  // Tried in the order given, and none beyond the limit: what is tried and got is held.
  const claim = ask<{ key: string }>(
    "claim",
    "select key from unnest($1::text[]) with ordinality as wanted (key, place) where pg_try_advisory_xact_lock(hashtextextended($2 || ':' || key, 0)) limit $3",
  );
  const pending = read(
    "inbox.pending",
    db
      .select({ ...entry, seq: inbox.seq, attempts: inbox.attempts, customerId: customerConversations.customerId })
      .from(inbox)
      .leftJoin(customerConversations, eq(customerConversations.conversation, inbox.conversation))
      .where(and(ready, sql`${inbox.conversation} = any(${slot("conversations")})`))
      // The first of each conversation before the second of any.
      .orderBy(sql`row_number() over (partition by ${inbox.conversation} order by ${inbox.seq})`, inbox.seq)
      .limit(slot("limit")),
  );
  const done = write(
    "inbox.done",
    db
      .update(inbox)
      .set({
        status: "done",
        turn: sql.raw("(select coalesce(max(turn), 0) + 1 from inbox where turn is not null)"),
        doneAt: slotFor(inbox.doneAt, "at"),
      })
      .where(and(eq(inbox.seq, slot("seq")), waiting)),
  );
  const retry = write(
    "inbox.retry",
    db
      .update(inbox)
      .set({ attempts: slotFor(inbox.attempts, "attempts"), nextAt: slotFor(inbox.nextAt, "nextAt"), error: slotFor(inbox.error, "error") })
      .where(and(eq(inbox.seq, slot("seq")), waiting)),
  );
  const dead = write(
    "inbox.dead",
    db
      .update(inbox)
      .set({ status: "dead", doneAt: slotFor(inbox.doneAt, "at"), error: slotFor(inbox.error, "error") })
      .where(and(eq(inbox.seq, slot("seq")), waiting)),
  );
  const nextAt = read(
    "inbox.nextAt",
    db
      .select({ at: inbox.nextAt })
      .from(inbox)
      .where(and(waiting, notExists(db.select(one).from(earlier).where(earlierWaiting))))
      .orderBy(inbox.nextAt)
      .limit(1),
  );
  const allWaiting = read(
    "inbox.allWaiting",
    db
      .select({ conversation: inbox.conversation, at: inbox.receivedAt })
      .from(inbox)
      .where(waiting)
      .orderBy(inbox.seq)
      .limit(slot("limit")),
  );

  const ofConversation = read(
    "inbox.ofConversation",
    db
      .select(one)
      .from(inbox)
      .where(and(waiting, eq(inbox.conversation, slot("conversation"))))
      .limit(1),
  );

  const history = read(
    "inbox.history",
    db
      .select({ ...entry, turn: sql<number>`${inbox.turn}`.mapWith(Number), doneAt: sql<number>`${inbox.doneAt}`.mapWith(Number) })
      .from(inbox)
      .where(gt(inbox.turn, slot("after")))
      .orderBy(inbox.turn)
      .limit(slot("limit")),
  );

  async function claimed(keys: readonly string[], limit: number): Promise<ReadonlySet<string>> {
    const wanted = [...new Set(keys)];
    if (wanted.length === 0) return new Set();
    const got = (await claim(wanted, session.schema, limit)).map((row) => row.key);
    session.hold(got);
    return new Set(got);
  }

  /** Two workers may have taken the same entry: the second one's turn must not count. */
  const demandWaiting = (seq: number, wish: string) => (changes: number) =>
    changes === 1
      ? null
      : new AnxinError(
          "conflict",
          `can't mark inbox entry ${seq} as ${wish}: it isn't waiting any more, or never was; wanted a waiting entry`,
          { seq },
        );

  return {
    async accept({ id, conversation, receivedAt, event }) {
      session.protect(INTAKE_KEY);
      return (await accept.changes({ id, conversation, receivedAt, event })) === 1 ? "new" : "known";
    },
    async pending(now, limit) {
      session.flush();
      const conversations = (await candidates.all({ now, limit: limit * LOOK_AHEAD })).map((row) => conversationKey(row.conversation));
      const held = await claimed(conversations, limit);
      if (held.size === 0) return [];
      // Read again, now that nobody else can change them; a customer who writes on two channels is held as well.
      const rows = await pending.all({ now, limit, conversations: [...held].map((key) => key.slice(conversationKey("").length)) });
      const owners = rows.flatMap(({ customerId }) => (customerId === null ? [] : [customerKey(customerId)]));
      const owned = await claimed(owners, owners.length);
      return rows
        .filter(({ customerId }) => customerId === null || owned.has(customerKey(customerId)))
        .map(({ customerId: _customerId, ...row }) => row)
        .sort((before, after) => before.seq - after.seq);
    },
    async done(seq, at) {
      session.later(done.bind({ seq, at }, demandWaiting(seq, "done")));
    },
    async retry(seq, attempts, next, error) {
      session.flush();
      retry.send({ seq, attempts, nextAt: next, error: mendedText(error) }, demandWaiting(seq, "retried"));
    },
    async dead(seq, at, error) {
      session.flush();
      dead.send({ seq, at, error: mendedText(error) }, demandWaiting(seq, "dead"));
    },
    async nextAt() {
      session.flush();
      return (await nextAt.get())?.at ?? null;
    },
    async waiting(limit) {
      session.flush();
      return allWaiting.all({ limit });
    },
    async waitsFor(conversation) {
      session.flush();
      return (await ofConversation.get({ conversation })) !== undefined;
    },
    async history(after, limit) {
      session.flush();
      return history.all({ after, limit });
    },
  };
}
