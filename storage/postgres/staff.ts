import { AnxinError } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import type { StaffPostRow } from "../../core/spine/staff-posts.ts";
import { and, desc, eq, lt, lte, notExists, or, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { slotFor } from "../sqlite/statements.ts";
import { pgAlias } from "./alias.ts";
import { type Session, slot } from "./session.ts";

/** Outbox to the team chats, where cases stand there, and the audit of what staff did, as in sqlite/staff.ts. */
export function createStaff({ db, read, write }: Session, { staffPosts, staffPlaces, audit }: Tables): Unit["staff"] {
  const earlier = pgAlias(staffPosts, "earlier");
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

  const post = write(
    "staff.post",
    db
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
      .onConflictDoNothing({ target: [staffPosts.channel, staffPosts.id] }),
  );

  const due = read(
    "staff.due",
    db
      .select()
      .from(staffPosts)
      .where(and(waiting, eq(staffPosts.channel, slot("channel")), lte(staffPosts.nextAt, slot("now")), ready))
      .orderBy(staffPosts.seq)
      .limit(slot("limit")),
  );

  const mark = write(
    "staff.mark",
    db
      .update(staffPosts)
      .set({
        status: slotFor(staffPosts.status, "status"),
        attempts: slotFor(staffPosts.attempts, "attempts"),
        repeats: slotFor(staffPosts.repeats, "repeats"),
        nextAt: slotFor(staffPosts.nextAt, "nextAt"),
        error: slotFor(staffPosts.error, "error"),
      })
      .where(eq(staffPosts.seq, slot("seq"))),
  );

  const nextAt = read(
    "staff.nextAt",
    db
      .select({ at: staffPosts.nextAt })
      .from(staffPosts)
      .where(and(waiting, eq(staffPosts.channel, slot("channel")), ready))
      .orderBy(staffPosts.nextAt)
      .limit(1),
  );

  const failed = read(
    "staff.failed",
    db.select().from(staffPosts).where(sql`${staffPosts.status} = 'failed'`).orderBy(desc(staffPosts.seq)).limit(slot("limit")),
  );

  const count = read(
    "staff.count",
    db
      .select({ waiting: sql<number>`count(*)` })
      .from(staffPosts)
      .where(and(waiting, pending, eq(staffPosts.channel, slot("channel")))),
  );

  const oldest = read(
    "staff.oldest",
    db
      .select({ at: staffPosts.at, error: staffPosts.error })
      .from(staffPosts)
      .where(and(waiting, pending, eq(staffPosts.channel, slot("channel"))))
      .orderBy(staffPosts.seq)
      .limit(1),
  );

  const place = read(
    "staff.place",
    db
      .select({ thread: staffPlaces.thread, card: staffPlaces.card })
      .from(staffPlaces)
      .where(and(eq(staffPlaces.channel, slot("channel")), eq(staffPlaces.case, slot("case")))),
  );

  const setPlace = write(
    "staff.setPlace",
    db
      .insert(staffPlaces)
      .values({ channel: slot("channel"), case: slot("case"), thread: slot("thread"), card: slot("card") })
      .onConflictDoUpdate({
        target: [staffPlaces.channel, staffPlaces.case],
        set: { thread: sql`excluded.thread`, card: sql`excluded.card` },
      }),
  );

  const caseOfThread = read(
    "staff.caseOfThread",
    db
      .select({ case: staffPlaces.case })
      .from(staffPlaces)
      .where(and(eq(staffPlaces.channel, slot("channel")), eq(staffPlaces.thread, slot("thread"))))
      .limit(1),
  );

  const record = write(
    "staff.record",
    db
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
      .onConflictDoNothing({ target: [audit.cause, audit.subject, audit.act] }),
  );

  const recordsOf = read(
    "staff.recordsOf",
    db
      .select()
      .from(audit)
      .where(eq(audit.subject, slot("subject")))
      .orderBy(audit.seq)
      .limit(slot("limit")),
  );

  const rowOf = ({ lane, ...row }: Omit<StaffPostRow, "case"> & { readonly lane: string }): StaffPostRow => ({
    ...row,
    case: lane === "" ? null : lane,
  });

  return {
    async post({ id, channel, case: number, to, text, page, buttons, media, at }) {
      post.send({ id, channel, lane: number ?? "", to, text, page, buttons, media, at });
    },
    due: async (channel, now, limit) => (await due.all({ channel, now, limit })).map(rowOf),
    async mark(seq, { status, attempts, repeats, nextAt: next, error }) {
      mark.send({ seq, status, attempts, repeats, nextAt: next, error }, (changes) =>
        changes === 1 ? null : new AnxinError("not_found", `can't mark post ${seq} as ${status}: there is no such post`, { seq }),
      );
    },
    nextAt: async (channel) => (await nextAt.get({ channel }))?.at ?? null,
    failed: async (limit) => (await failed.all({ limit })).map(rowOf),
    async health(channel) {
      const [first, waits] = await Promise.all([oldest.get({ channel }), count.get({ channel })]);
      return { channel, waiting: Number(waits?.waiting ?? 0), oldestAt: first?.at ?? null, error: first?.error ?? null };
    },
    place: async (channel, number) => (await place.get({ channel, case: number })) ?? null,
    async setPlace(channel, number, { thread, card }) {
      setPlace.send({ channel, case: number, thread, card });
    },
    caseOfThread: async (channel, thread) => (await caseOfThread.get({ channel, thread }))?.case ?? null,
    record: async ({ at, by, via, act, subject, before, after, cause }) =>
      (await record.changes({ at, by, via, act, subject, before, after, cause })) === 1 ? "new" : "known",
    recordsOf: async (subject, limit) => (await recordsOf.all({ subject, limit })).map(({ seq: _seq, ...entry }) => entry),
  };
}
