import { AnxinError } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import { and, desc, eq, gt, lt, lte, notExists, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { slotFor } from "../sqlite/statements.ts";
import { pgAlias, unlessLocked } from "./alias.ts";
import { type Session, slot } from "./session.ts";

/** Transcript and outbox, as in sqlite/messages.ts. Messages that are due and that another unit has in hand are left out. */
export function createMessages({ db, read, write, later, flush }: Session, { messages }: Tables): Unit["messages"] {
  const earlier = pgAlias(messages, "earlier");
  const unsent = sql`${messages.status} = 'pending'`;
  const firstOfConversation = notExists(
    db
      .select({ one: sql`1` })
      .from(earlier)
      .where(and(sql`${earlier.status} = 'pending'`, eq(earlier.conversation, messages.conversation), lt(earlier.seq, messages.seq))),
  );

  const add = write(
    "messages.add",
    db
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
      .onConflictDoNothing({ target: [messages.conversation, messages.id] }),
  );
  const list = read(
    "messages.list",
    db
      .select()
      .from(messages)
      .where(and(eq(messages.conversation, slot("conversation")), gt(messages.seq, slot("after"))))
      .orderBy(messages.seq)
      .limit(slot("limit")),
  );
  const recent = read(
    "messages.recent",
    db
      .select()
      .from(messages)
      .where(eq(messages.conversation, slot("conversation")))
      .orderBy(desc(messages.seq))
      .limit(slot("limit")),
  );
  const due = read(
    "messages.due",
    unlessLocked(
      db
        .select()
        .from(messages)
        .where(and(unsent, lte(messages.nextAt, slot("now")), firstOfConversation))
        .orderBy(messages.seq)
        .limit(slot("limit")),
    ),
  );
  const mark = write(
    "messages.mark",
    db
      .update(messages)
      .set({
        status: slotFor(messages.status, "status"),
        attempts: slotFor(messages.attempts, "attempts"),
        nextAt: slotFor(messages.nextAt, "nextAt"),
      })
      .where(eq(messages.seq, slot("seq"))),
  );
  const nextAt = read(
    "messages.nextAt",
    db.select({ at: messages.nextAt }).from(messages).where(and(unsent, firstOfConversation)).orderBy(messages.nextAt).limit(1),
  );

  const allUnsent = read(
    "messages.allUnsent",
    db
      .select({ conversation: messages.conversation, at: messages.at })
      .from(messages)
      .where(unsent)
      .orderBy(messages.seq)
      .limit(slot("limit")),
  );

  return {
    async add({ id, conversation, from, author, text, buttons, media, at, status, attempts, nextAt: next }) {
      later(add.bind({ id, conversation, from, author, text, buttons, media, at, status, attempts, nextAt: next }));
    },
    async list(conversation, after, limit) {
      flush();
      return list.all({ conversation, after, limit });
    },
    async recent(conversation, limit) {
      flush();
      return (await recent.all({ conversation, limit })).reverse();
    },
    async due(now, limit) {
      flush();
      return due.all({ now, limit });
    },
    async mark(seq, status, attempts, next) {
      flush();
      mark.send({ seq, status, attempts, nextAt: next }, (changes) =>
        changes === 1 ? null : new AnxinError("not_found", `can't mark message ${seq} as ${status}: there is no such message`, { seq }),
      );
    },
    async nextAt() {
      flush();
      return (await nextAt.get())?.at ?? null;
    },
    async unsent(limit) {
      flush();
      return allUnsent.all({ limit });
    },
  };
}
