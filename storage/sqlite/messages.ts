import { AnxinError } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import { alias, and, desc, eq, gt, lt, lte, notExists, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot, slotFor } from "./statements.ts";

/** Transcript and outbox. The outbox is the rows that are `pending`; of each conversation only the first of them may go out. */
export function createMessages(db: Db, { messages }: Tables): Sync<Unit["messages"]> {
  const earlier = alias(messages, "earlier");
  // Literal for the sake of the partial indexes, as in inbox.ts.
  const unsent = sql`${messages.status} = 'pending'`;
  const firstOfConversation = notExists(
    db
      .select({ one: sql`1` })
      .from(earlier)
      .where(and(sql`${earlier.status} = 'pending'`, eq(earlier.conversation, messages.conversation), lt(earlier.seq, messages.seq))),
  );

  const add = db
    .insert(messages)
    .values({
      id: slot("id"),
      conversation: slot("conversation"),
      from: slot("from"),
      author: slot("author"),
      text: slot("text"),
      buttons: slot("buttons"),
      media: slot("media"),
      at: slot("at"),
      status: slot("status"),
      attempts: slot("attempts"),
      nextAt: slot("nextAt"),
    })
    .onConflictDoNothing({ target: [messages.conversation, messages.id] })
    .prepare();

  const list = db
    .select()
    .from(messages)
    .where(and(eq(messages.conversation, slot("conversation")), gt(messages.seq, slot("after"))))
    .orderBy(messages.seq)
    .limit(slot("limit"))
    .prepare();

  const recent = db
    .select()
    .from(messages)
    .where(eq(messages.conversation, slot("conversation")))
    .orderBy(desc(messages.seq))
    .limit(slot("limit"))
    .prepare();

  const due = db
    .select()
    .from(messages)
    .where(and(unsent, lte(messages.nextAt, slot("now")), firstOfConversation))
    .orderBy(messages.seq)
    .limit(slot("limit"))
    .prepare();

  const mark = db
    .update(messages)
    .set({
      status: slotFor(messages.status, "status"),
      attempts: slotFor(messages.attempts, "attempts"),
      nextAt: slotFor(messages.nextAt, "nextAt"),
    })
    .where(eq(messages.seq, slot("seq")))
    .prepare();

  const nextAt = db
    .select({ at: messages.nextAt })
    .from(messages)
    .where(and(unsent, firstOfConversation))
    .orderBy(messages.nextAt)
    .limit(1)
    .prepare();

  const allUnsent = db
    .select({ conversation: messages.conversation, at: messages.at })
    .from(messages)
    .where(unsent)
    .orderBy(messages.seq)
    .limit(slot("limit"))
    .prepare();

  return {
    add: ({ id, conversation, from, author, text, buttons, media, at, status, attempts, nextAt: next }) =>
      void add.run({ id, conversation, from, author, text, buttons, media, at, status, attempts, nextAt: next }),
    list: (conversation, after, limit) => list.all({ conversation, after, limit }),
    recent: (conversation, limit) => recent.all({ conversation, limit }).reverse(),
    due: (now, limit) => due.all({ now, limit }),
    mark(seq, status, attempts, next) {
      if (mark.run({ seq, status, attempts, nextAt: next }).changes === 1) return;
      throw new AnxinError("not_found", `can't mark message ${seq} as ${status}: there is no such message`, { seq });
    },
    nextAt: () => nextAt.get()?.at ?? null,
    unsent: (limit) => allUnsent.all({ limit }),
  };
}
