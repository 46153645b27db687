import { AnxinError } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import type { StaffPostRow } from "../../core/spine/staff-posts.ts";
import { alias, and, desc, eq, lt, notExists, or, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot, slotFor } from "./statements.ts";

/** Outbox to the team chats, where cases stand there, and the audit of what staff did. */
export function createStaff(db: Db, { staffPosts, staffPlaces, audit }: Tables): Sync<Unit["staff"]> {
  const earlier = alias(staffPosts, "earlier");
  // Literal for the sake of the partial indexes, as in inbox.ts.
  const waiting = sql`${staffPosts.status} in ('pending', 'repeating')`;
  const pending = sql`${staffPosts.status} = 'pending'`;
  const repeating = sql`${staffPosts.status} = 'repeating'`;
  // A page that comes again holds nothing back.
  const firstOfLane = notExists(
    db
      .select({ one: sql`1` })
      .from(earlier)
      .where(
        and(
          sql`${earlier.status} in ('pending', 'repeating')`,
          sql`${earlier.status} = 'pending'`,
          eq(earlier.channel, staffPosts.channel),
          eq(earlier.lane, staffPosts.lane),
          lt(earlier.seq, staffPosts.seq),
        ),
      ),
  );
  const ready = or(repeating, and(pending, firstOfLane));

  const post = db
    .insert(staffPosts)
    .values({
      id: slot("id"),
      channel: slot("channel"),
      lane: slot("lane"),
      to: slot("to"),
      text: slot("text"),
      page: slot("page"),
      buttons: slot("buttons"),
      media: slot("media"),
      at: slot("at"),
      status: "pending",
      attempts: 0,
      repeats: 0,
      nextAt: 0,
      error: null,
    })
    .onConflictDoNothing({ target: [staffPosts.channel, staffPosts.id] })
    .prepare();

  const due = db
    .select()
    .from(staffPosts)
    // The plus keeps the planner on the index by seq: what waits is little, and it is wanted in that order.
    .where(and(waiting, eq(staffPosts.channel, slot("channel")), sql`+${staffPosts.nextAt} <= ${slot("now")}`, ready))
    .orderBy(staffPosts.seq)
    .limit(slot("limit"))
    .prepare();

  const mark = db
    .update(staffPosts)
    .set({
      status: slotFor(staffPosts.status, "status"),
      attempts: slotFor(staffPosts.attempts, "attempts"),
      repeats: slotFor(staffPosts.repeats, "repeats"),
      nextAt: slotFor(staffPosts.nextAt, "nextAt"),
      error: slotFor(staffPosts.error, "error"),
    })
    .where(eq(staffPosts.seq, slot("seq")))
    .prepare();

  const nextAt = db
    .select({ at: staffPosts.nextAt })
    .from(staffPosts)
    .where(and(waiting, eq(staffPosts.channel, slot("channel")), ready))
    .orderBy(staffPosts.nextAt)
    .limit(1)
    .prepare();

  const failed = db
    .select()
    .from(staffPosts)
    .where(sql`${staffPosts.status} = 'failed'`)
    .orderBy(desc(staffPosts.seq))
    .limit(slot("limit"))
    .prepare();

  const count = db
    .select({ waiting: sql<number>`count(*)` })
    .from(staffPosts)
    .where(and(waiting, pending, eq(staffPosts.channel, slot("channel"))))
    .prepare();

  const oldest = db
    .select({ at: staffPosts.at, error: staffPosts.error })
    .from(staffPosts)
    .where(and(waiting, pending, eq(staffPosts.channel, slot("channel"))))
    .orderBy(staffPosts.seq)
    .limit(1)
    .prepare();

  const place = db
    .select({ thread: staffPlaces.thread, card: staffPlaces.card })
    .from(staffPlaces)
    .where(and(eq(staffPlaces.channel, slot("channel")), eq(staffPlaces.case, slot("case"))))
    .prepare();

  const setPlace = db
    .insert(staffPlaces)
    .values({ channel: slot("channel"), case: slot("case"), thread: slot("thread"), card: slot("card") })
    .onConflictDoUpdate({
      target: [staffPlaces.channel, staffPlaces.case],
      set: { thread: sql`excluded.thread`, card: sql`excluded.card` },
    })
    .prepare();

  const caseOfThread = db
    .select({ case: staffPlaces.case })
    .from(staffPlaces)
    .where(and(eq(staffPlaces.channel, slot("channel")), eq(staffPlaces.thread, slot("thread"))))
    .limit(1)
    .prepare();

  const record = db
    .insert(audit)
    .values({
      at: slot("at"),
      by: slot("by"),
      via: slot("via"),
      act: slot("act"),
      subject: slot("subject"),
      before: slot("before"),
      after: slot("after"),
      cause: slot("cause"),
    })
    .onConflictDoNothing({ target: [audit.cause, audit.subject, audit.act] })
    .prepare();

  const recordsOf = db
    .select()
    .from(audit)
    .where(eq(audit.subject, slot("subject")))
    .orderBy(audit.seq)
    .limit(slot("limit"))
    .prepare();

  const rowOf = ({ lane, ...row }: Omit<StaffPostRow, "case"> & { readonly lane: string }): StaffPostRow => ({
    ...row,
    case: lane === "" ? null : lane,
  });

  return {
    post: ({ id, channel, case: number, to, text, page, buttons, media, at }) =>
      void post.run({ id, channel, lane: number ?? "", to, text, page, buttons, media, at }),
    due: (channel, now, limit) => due.all({ channel, now, limit }).map(rowOf),
    mark(seq, { status, attempts, repeats, nextAt: next, error }) {
      if (mark.run({ seq, status, attempts, repeats, nextAt: next, error }).changes === 1) return;
      throw new AnxinError("not_found", `can't mark post ${seq} as ${status}: there is no such post`, { seq });
    },
    nextAt: (channel) => nextAt.get({ channel })?.at ?? null,
    failed: (limit) => failed.all({ limit }).map(rowOf),
    health(channel) {
      const first = oldest.get({ channel });
      return { channel, waiting: count.get({ channel })?.waiting ?? 0, oldestAt: first?.at ?? null, error: first?.error ?? null };
    },
    place: (channel, number) => place.get({ channel, case: number }) ?? null,
    setPlace: (channel, number, { thread, card }) => void setPlace.run({ channel, case: number, thread, card }),
    caseOfThread: (channel, thread) => caseOfThread.get({ channel, thread })?.case ?? null,
    record: ({ at, by, via, act, subject, before, after, cause }) =>
      record.run({ at, by, via, act, subject, before, after, cause }).changes === 1 ? "new" : "known",
    recordsOf: (subject, limit) => recordsOf.all({ subject, limit }).map(({ seq: _seq, ...entry }) => entry),
  };
}
