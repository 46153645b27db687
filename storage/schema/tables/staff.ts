/** Team chats, and what staff did. */
import type { Button, Media } from "../../../core/spine/events.ts";
import type { StaffPostRow } from "../../../core/spine/staff-posts.ts";
import { sql } from "../drizzle.ts";
import type { Kit } from "../kit.ts";

const UNPOSTED = "status in ('pending', 'repeating')";
const POST_FAILED = "status = 'failed'";

export function defineStaffTables(kit: Kit) {
  const { text, instant, integer, flag, json, sequence, table, primaryKey, index, uniqueIndex } = kit;

  const staffPosts = table(
    "staff_posts",
    {
      seq: sequence("seq"),
      id: text("id").notNull(),
      channel: text("channel").notNull(),
      /** Number of the case; empty = the room itself. Posts of one lane leave in order. */
      lane: text("lane").notNull(),
      to: text("recipient"),
      text: text("text").notNull(),
      page: flag("page").notNull(),
      buttons: json<readonly Button[]>("buttons"),
      media: json<Media | null>("media"),
      at: instant("at").notNull(),
      status: text<StaffPostRow["status"]>("status").notNull(),
      attempts: integer("attempts").notNull(),
      repeats: integer("repeats").notNull(),
      nextAt: instant("next_at").notNull(),
      error: text("error"),
    },
    (t) => [
      uniqueIndex("staff_posts_id").on(t.channel, t.id),
      index("staff_posts_waiting").on(t.channel, t.seq).where(sql.raw(UNPOSTED)),
      index("staff_posts_waiting_next").on(t.channel, t.nextAt, t.seq).where(sql.raw(UNPOSTED)),
      index("staff_posts_waiting_lane").on(t.channel, t.lane, t.seq).where(sql.raw(UNPOSTED)),
      index("staff_posts_failed").on(t.seq).where(sql.raw(POST_FAILED)),
    ],
  );

  const staffPlaces = table(
    "staff_places",
    {
      channel: text("channel").notNull(),
      case: text("case_number").notNull(),
      thread: text("thread"),
      card: text("card"),
    },
    (t) => [primaryKey({ name: "staff_places_pk", columns: [t.channel, t.case] }), index("staff_places_thread").on(t.channel, t.thread)],
  );

  const audit = table(
    "audit",
    {
      seq: sequence("seq"),
      at: instant("at").notNull(),
      by: text("staff").notNull(),
      via: text("via").notNull(),
      act: text("act").notNull(),
      subject: text("subject").notNull(),
      before: json<Readonly<Record<string, unknown>>>("before"),
      after: json<Readonly<Record<string, unknown>>>("after"),
      cause: text("cause").notNull(),
    },
    (t) => [uniqueIndex("audit_cause").on(t.cause, t.subject, t.act), index("audit_subject").on(t.subject, t.seq)],
  );

  return { staffPosts, staffPlaces, audit };
}
